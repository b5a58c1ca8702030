"""Dates as headers, footers and addresses write them: a day with its year, or a month with its year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

FIRST_YEAR, LAST_YEAR = 1979, 2100
"""Years in which a report can have been published. Bounds of sense, since no clock is asked."""

FIRST_URL_YEAR = 1990
"""The first year of an address on the web."""

MAX_URL = 2_000
"""Characters of an address that are looked at."""

_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?[ \t]{1,3})?"
_CLOCK = (
    r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[ \t]?(?:[ap]\.?m\.?)?[ \t]?(?:hrs|h)?[ \t]?"
    r"(?:(?:gmt|utc|bst|cet|cest|est|edt|et|pst|pdt|ist|msk|eet|ast)(?:[+-]\d{1,2})?)?)"
)

DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?:T\d{2}:?\d{2}(?::?\d{2}(?:\.\d{1,9})?)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ \t-](?:of )?{_MONTH.format('m2')},?[ \t-](?P<y2>\d{{4}})"
    rf"|{_MONTH.format('m3')}[ \t]{{1,2}}(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?[ \t]{{1,2}}(?P<y3>\d{{4}})"
    r"|(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4})"
    r")(?![\w/]|[-.]\d)",
    re.IGNORECASE,
)
"""A date with its year: ISO, day and month in words in either order, or all in numbers."""

BEFORE_DATE = re.compile(rf"(?:{_CLOCK}[ \t,|–—-]{{0,4}})?(?:on )?{_WEEKDAY}", re.IGNORECASE)
AFTER_DATE = re.compile(rf"[ \t,|·•–—-]{{0,4}}(?:at )?{_CLOCK}?[ \t.,|·•–—)\]-]{{0,4}}", re.IGNORECASE)
OPENING_MARKS = re.compile(r"[ \t|(\[]{0,4}")
"""What may stand beside a date: a weekday, a time of day, a mark."""

MAX_DATED_LINE = 60
"""Characters of a line that holds nothing but a date, a weekday and a time of day."""

PATH_DAY = re.compile(
    r"(?<![\w.])(?P<y>\d{4})(?:/(?P<m>\d{1,2}|[a-z]{3,9})/(?P<d>\d{1,2})|-(?P<m2>\d{2})-(?P<d2>\d{2})"
    r"|_(?P<m3>\d{2})_(?P<d3>\d{2}))(?!\w)",
    re.ASCII,
)
PATH_COMPACT = re.compile(r"(?<![a-z0-9.])(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=[-_/.])", re.ASCII)
"""Eight digits that something follows: at the very end they may be a number of the article ("-20481234")."""
PATH_MONTH = re.compile(r"/(?P<y>\d{4})/(?P<m>\d{2}|[a-z]{3,9})(?=/)", re.ASCII)

QUERY_KEYS = frozenset(("date", "published", "pubdate", "publishdate", "pub_date", "publish_date"))

ARCHIVES = re.compile(r"^/(?:web/)?\d{8,14}[a-z_]{0,4}/(?=https?:)")
"""How archives of the web begin the path: with the day of the copy, not of publication."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days [start, end] as written: `words`, at an offset in the line or address."""

    start: date
    end: date
    words: str
    at: int


def dates_in(line: str, *, at_start: bool = False) -> list[Days]:
    """The full dates of a line, in order; `at_start`: only one that it begins with, after a
    weekday or a time of day. A date in numbers whose day could be its month is left out."""
    if at_start:
        opening = BEFORE_DATE.match(line)
        match = DATE.match(line, opening.end() if opening else 0)
        return [days] if match and (days := _days(match)) else []
    return [days for match in DATE.finditer(line) if (days := _days(match))]


def line_date(line: str) -> Days | None:
    """The date of a line that holds nothing else but a weekday and a time of day."""
    if len(line) > MAX_DATED_LINE:
        return None
    opening = OPENING_MARKS.match(line)
    start = opening.end() if opening else 0
    found = dates_in(line[start:], at_start=True)
    if not found or AFTER_DATE.fullmatch(line, start + found[0].at + len(found[0].words)) is None:
        return None
    return replace(found[0], at=start + found[0].at)


def _days(match: re.Match[str]) -> Days | None:
    group = match.groupdict()
    for n in "123":
        if group[f"y{n}"]:
            day = _day(group[f"y{n}"], group[f"m{n}"], group[f"d{n}"], FIRST_YEAR)
            break
    else:
        day = _numeric(group["a4"], group["b4"], group["y4"])
    return Days(day, day, match.group(), match.start()) if day else None


def _numeric(first: str, second: str, year: str) -> date | None:
    """The day of a date in numbers, if only one order of day and month gives one."""
    orders = {_day(year, second, first, FIRST_YEAR), _day(year, first, second, FIRST_YEAR)} - {None}
    return orders.pop() if len(orders) == 1 else None


def _day(year: str, month: str, day: str, earliest: int) -> date | None:
    number = _month(month)
    if number is None or not earliest <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _month(written: str) -> int | None:
    """The number of a month in digits or letters."""
    if written.isascii() and written.isdigit():
        return int(written) if 1 <= int(written) <= 12 else None
    key = written.lower()[:3]
    return MONTHS.index(key) + 1 if key in MONTHS and _is_month_name(written.lower()) else None


MONTH_NAME = re.compile(_MONTH.format("m"), re.IGNORECASE)


def _is_month_name(written: str) -> bool:
    return MONTH_NAME.fullmatch(written) is not None


def url_dates(url: str) -> list[Days]:
    """The different days an address names; its months where it names no day.

    Of an address in an archive of the web, only that of the page archived is looked at.
    """
    try:
        parts = urlsplit(url[:MAX_URL])
    except ValueError:
        return []
    path = ARCHIVES.sub("", parts.path)
    if path != parts.path:
        return url_dates(f"{path}?{parts.query}")
    path = path.lower()
    found = [*_path_days(path), *_query_days(parts.query)] or list(_path_months(path))
    return list({days.start: days for days in reversed(found)}.values())[::-1]


def _path_days(path: str) -> Iterator[Days]:
    for match in PATH_DAY.finditer(path):
        month, day = match["m"] or match["m2"] or match["m3"], match["d"] or match["d2"] or match["d3"]
        if found := _day(match["y"], month, day, FIRST_URL_YEAR):
            yield Days(found, found, match.group(), match.start())
    for match in PATH_COMPACT.finditer(path):
        if found := _day(match["y"], match["m"], match["d"], FIRST_URL_YEAR):
            yield Days(found, found, match.group(), match.start())


def _query_days(query: str) -> Iterator[Days]:
    try:
        fields = parse_qsl(query, max_num_fields=50)
    except ValueError:
        return
    for key, value in fields:
        if key.lower() not in QUERY_KEYS:
            continue
        compact = re.match(r"(\d{4})(\d\d)(\d\d)(?!\d)", value, re.ASCII)
        if compact and (found := _day(compact[1], compact[2], compact[3], FIRST_URL_YEAR)):
            yield Days(found, found, compact.group(), 0)
        yield from (d for d in dates_in(value, at_start=True) if d.start.year >= FIRST_URL_YEAR)


def _path_months(path: str) -> Iterator[Days]:
    for match in PATH_MONTH.finditer(path):
        number = _month(match["m"])
        if number is not None and FIRST_URL_YEAR <= int(match["y"]) <= LAST_YEAR:
            year = int(match["y"])
            last = date(year, number, monthrange(year, number)[1])
            yield Days(date(year, number, 1), last, match.group().strip("/"), match.start())

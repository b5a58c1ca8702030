"""A time expression as it stands in the text, before anything is counted from anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from casus.mentions.times_lexemes import CODE, Lexemes, Value, lexicon

Kind = Literal[
    "calendar", "iso", "weekday", "relative", "shift", "duration", "relday", "part", "set", "now", "recent",
    "reckoned", "then", "feast",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as it stands, not yet resolved; `start`/`end` in code points.

    `rel` is the word that relates it to another time ("last", "ago", "that"), `the` whether an article
    stands in it, `year_rel` and `week_rel` the same for a year or week told by words ("last year"),
    `short_year` whether the year has two digits, `figures` a date like "03/04/2015" and `unclear` whether
    nothing tells its day from its month, `mod` "start", "mid" or "end", `part` a TIMEX3 part of the
    day or a clock time, `unit` a unit of `times_calendar`, `count` how many (None with `vague`), `plural`
    whether the unit is in the plural, `feast` the id of a feast or Islamic month and `eve` whether the day
    before it is meant, `nth`, `nth_count` and `nth_unit` the part that "the first three months of 2014" takes (-1
    is the last; the unit "HA" is half, a digit a day of the week), `weekof` the word of "the week of",
    `lead` the word that leads in ("since"), `to_the_day` holds for "seven
    years ago today", `habitual` for "at night", `apposed` where the expression explains the one right before
    it, `to_event` where it goes on to name what it counts from. `first`/`last` are lexeme indices.
    """

    start: int
    end: int
    kind: Kind
    year: int | None = None
    last_year: int | None = None
    short_year: bool = False
    year_rel: str | None = None
    era: str | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    figures: str | None = None
    unclear: bool = False
    feast: str | None = None
    eve: bool = False
    nth: int | None = None
    nth_unit: str | None = None
    nth_count: int | None = None
    weekof: str | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    years: int = 1
    mod: str | None = None
    part: str | None = None
    unit: str | None = None
    count: int | None = None
    vague: bool = False
    rel: str | None = None
    week_rel: str | None = None
    the: bool = False
    plural: bool = False
    to_the_day: bool = False
    habitual: bool = False
    apposed: bool = False
    to_event: bool = False
    lead: str | None = None
    first: int = 0
    last: int = 0


def read(kind: Kind, match: re.Match[str], lexemes: Lexemes) -> Expression | None:
    """What a match says, or None if its numbers make no date."""
    groups = {name: match.span(name) for name, text in match.groupdict().items() if text is not None}
    fields = {name: lexemes.values[first] for name, (first, _) in groups.items()}
    first, last = match.start(), match.end() - 1
    if last > first and lexemes.classes[last] == CODE["dot"] and _ends_sentence(lexemes, last - 1):
        last -= 1
    reader = _Fields(fields)
    count, vague = _count(groups.get("count"), lexemes)
    if count == 1 and "unit" in groups and _is_plural(lexemes, groups["unit"][0]):  # "a months-long siege"
        count, vague = None, True
    if "relday" in fields:
        count = _days_from_today(fields)
    year, years = _year(fields)
    if "century" in fields and year is None:
        return None
    year, month, day = _date(reader, fields, year)
    expression = Expression(
        start=lexemes.starts[first],
        end=lexemes.ends[last],
        kind=kind,
        year=year,
        years=years,
        short_year="year2" in fields,
        last_year=_last_year(year, fields.get("last_year")),
        year_rel=reader.word("year_rel"),
        feast=reader.word("feast") or reader.word("feast2"),
        eve=fields.get("eve") == "eve" and kind != "calendar",
        era=reader.word("era"),
        figures=str(fields["iso"]) if _is_figures(fields.get("iso")) else None,
        month=month,
        day=day,
        last_day=_last_day(reader, groups.get("last_day"), lexemes, first),
        weekday=reader.number("weekday"),
        season=_period(reader),
        quarter=4 if reader.word("quarter") else reader.number("quarter"),
        mod=_mod(reader.word("mod")),
        part="NI" if "relday" in groups and _is_tonight(lexemes, groups["relday"][0]) else _part(fields),
        unit=_unit(fields),
        count=count,
        vague=vague,
        rel="before" if "eve" in fields and kind == "shift" else reader.word("rel"),
        week_rel=reader.word("week_rel"),
        weekof=reader.word("weekof"),
        the=lexemes.classes[first] == CODE["the"] or CODE["the"] in match.group(),
        plural="unit" in groups and _is_plural(lexemes, groups["unit"][0]),
        to_the_day="today" in fields,
        habitual=first == last and lexemes.values[last] == "N",
        lead=_lead(lexemes, first, last),
        first=first,
        last=last,
    )
    if kind == "feast" and "nth" not in fields:
        return _on_day_of(expression)
    if "then" in fields or "then2" in fields:
        return replace(expression, lead="since")
    if "nth" not in fields:
        return expression
    return _with_part(expression, reader, plural=_is_plural(lexemes, groups["nth_unit"][0]))


def _date(reader: _Fields, fields: dict[str, Value], year: int | None) -> tuple[int | None, int | None, int | None]:
    """Year, month and day."""
    if "iso" in fields:
        return _iso(str(fields["iso"]))
    if "newyear" in fields:
        return (year, 12, 31) if fields.get("eve") == "eve" else (year, 1, 1)
    return year, reader.number("month"), reader.number("day")


class _Fields:
    """The values of a match's groups, by type."""

    def __init__(self, values: dict[str, Value]) -> None:
        self._values = values

    def number(self, name: str) -> int | None:
        value = self._values.get(name)
        return value if isinstance(value, int) else None

    def word(self, name: str) -> str | None:
        value = self._values.get(name)
        return value if isinstance(value, str) else None


def _with_part(expression: Expression, reader: _Fields, *, plural: bool) -> Expression:
    """The expression with the part of it that is told: "the last two weeks of …"."""
    unit = reader.word("nth_unit") or str(reader.number("nth_unit"))
    return replace(
        expression,
        nth=reader.number("nth") or (-1 if reader.word("nth") in ("last", "final", "closing") else 1),
        nth_unit="HA" if unit == "half" else unit,
        nth_count=reader.number("nth_count"),
        the=False,
        vague=plural and reader.number("nth_count") is None,
    )


def _on_day_of(expression: Expression) -> Expression:
    """A feast with a day of its own: "12 Rajab", "Eid day"."""
    if expression.day is None:
        return expression
    return replace(expression, nth=expression.day, nth_unit="D", day=None)


def _period(reader: _Fields) -> str | None:
    """A season, or the quarter or half of "Q3 2014" and "H1 2014"."""
    period = reader.word("period")
    return period.upper() if period else reader.word("season")


def _last_day(reader: _Fields, span: tuple[int, int] | None, lexemes: Lexemes, first: int) -> int | None:
    """The day that ends a range; two days told by "and" are one only where they follow on one another."""
    last, day = reader.number("last_day"), reader.number("day")
    if span is None or last is None or day is None:
        return last
    apart = CODE["and"] in lexemes.classes[max(first, span[0] - 2) : span[0]] and last != day + 1
    between = first > 0 and lexemes.values[first - 1] == "between"
    return None if apart and not between else last


def _ends_sentence(lexemes: Lexemes, index: int) -> bool:
    """Whether a full stop after this word is the sentence's own: the word is no abbreviation."""
    return lexemes.ends[index] - lexemes.starts[index] > 4 or lexemes.values[index] in (5, 6, 7)


def _days_from_today(fields: dict[str, Value]) -> int:
    """0 for "today", -2 for "the day before yesterday"."""
    days = fields["relday"]
    assert isinstance(days, int)
    return days + {"before": -1, "after": 1}.get(str(fields.get("rel")), 0)


def _is_tonight(lexemes: Lexemes, index: int) -> bool:
    return lexemes.text(index).lower() == "tonight"


def _is_plural(lexemes: Lexemes, index: int) -> bool:
    return lexemes.text(index).lower().endswith("s")


def _count(span: tuple[int, int] | None, lexemes: Lexemes) -> tuple[int | None, bool]:
    """Number and whether it is vague: "three" 3, "a" 1, "twenty-one" 21, "two hundred" 200, "a couple of" 2."""
    if span is None:
        return None, False
    total = 0
    for index in range(*span):
        value = lexemes.values[index]
        code = lexemes.classes[index]
        if code == CODE["vague"]:
            return (2, False) if value == "couple" else (None, True)
        if value == 100 and total:
            total *= 100
        elif isinstance(value, int):
            total += value
        elif code == CODE["article"]:
            total += 1
    return (total, False) if total else (None, True)


def _year(fields: dict[str, Value]) -> tuple[int | None, int]:
    """The year and how many years it stands for (10 a decade, 100 a century); astronomical before Christ."""
    get = _Fields(fields)
    number, before_christ = get.number("number"), "era" in fields
    for year in (get.number("year"), _year_ahead(get), short_year(get.number("year2"))):
        if year:
            return year, 1
    if number is not None:
        return 1 - number, 1
    decade, century = get.word("decade"), get.number("century")
    if (first := get.number("decade")) is not None:
        return first, 10
    if decade is not None:
        digits = re.sub(r"\D", "", decade)
        if before_christ:
            return -int(digits) - 8, 10
        return int(digits) if len(digits) == 4 else 1900 + int(digits), 10
    if century is not None and 1 <= century <= 21:
        return (1 - 100 * century if before_christ else 100 * (century - 1)), 100
    return None, 1


def short_year(year: int | None) -> int | None:
    """ "4 FEB 90", "10 Nov 11": two digits below 70 are of this century."""
    return None if year is None or year > 99 else year + (2000 if year < 70 else 1900)


def _year_ahead(get: _Fields) -> int | None:
    """The year that the end of a range lends to its start: "(December – March 1954)" begins in 1953."""
    year, month, to_month = get.number("to_year"), get.number("month"), get.number("to_month")
    if year is None or month is None or to_month is None:
        return None
    return year - (month > to_month)


def _last_year(year: int | None, value: Value) -> int | None:
    """The end of "1990-91" or "1980-1988"."""
    if year is None or not isinstance(value, int):
        return None
    last = value if value >= 1000 else year - year % 100 + value
    return last if year < last <= year + 99 else None


def _is_figures(value: Value) -> bool:
    """Whether a date in figures does not begin with its year."""
    return isinstance(value, str) and re.match(r"\d{1,2}[/.-]", value) is not None


def _iso(text: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of "2022-06-16", "2022/6/16", "20220616", "16/06/2022" (by day first), "161530Z JUN 22"."""
    group = re.match(r"(\d{2})\d{4}[a-z]([a-z]{3})(\d{2,4})", re.sub(r"\s", "", text.lower()))
    if group:
        year = int(group[3])
        return short_year(year) or year, int(lexicon()["months"][group[2]]), int(group[1])
    if re.fullmatch(r"\d{8}", text):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    parts = [int(n) for n in re.findall(r"\d+", text)[:3]]
    if re.match(r"\d{4}", text):
        return parts[0], parts[1], parts[2]
    day, month, year = parts
    return year if re.search(r"\d{4}$", text) else short_year(year), month, day


def _mod(word: str | None) -> str | None:
    kinds = {"early": "start", "start": "start", "beginning": "start", "opening": "start"}
    kinds |= {"mid": "mid", "middle": "mid", "late": "end", "end": "end", "close": "end"}
    return kinds.get(word or "", word)


def _part(fields: dict[str, Value]) -> str | None:
    """The part of the day, a TIMEX3 code or a clock time "19:00"."""
    for name in ("post", "noon", "part", "small_hours"):
        value = fields.get(name)
        if value is None:
            continue
        text = str(value)
        if text[0].isdigit():
            return _clock(text)
        return {"N": "NI", "overnight": "NI", "small": "NI", "wee": "NI", "early": "MO"}.get(text, text)
    clock = re.search(r"[T ](\d{2}:\d{2})|^\d{2} ?(\d{4})[a-z]", str(fields.get("iso", "")), re.IGNORECASE)
    return _clock(clock[1] or clock[2]) if clock else None


def _clock(text: str) -> str | None:
    """ "5:30PM" → "17:30", "1600 hrs" → "16:00"; None for what is no time of day."""
    digits = re.findall(r"\d+", text)
    if len(digits[0]) == 4:
        digits = [digits[0][:2], digits[0][2:]]
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    half = re.search(r"([ap])\.?m", text.lower())
    if half:
        hour = hour % 12 + (12 if half.group(1) == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _unit(fields: dict[str, Value]) -> str | None:
    for name in ("set", "overnight"):
        if name in fields:
            return str(fields[name])
    unit = fields.get("unit")
    return "Q" if unit == "quarter" else str(unit) if unit is not None else None


def _lead(lexemes: Lexemes, first: int, last: int) -> str | None:
    """The preposition that leads in, if one stands right before; "by Thursday's shelling" is not by Thursday."""
    owns = lexemes.classes[last + 1 : last + 3] == CODE["apostrophe"] + CODE["genitive"]
    if first == 0 or lexemes.classes[first - 1] not in LEADS or owns:
        return None
    return str(lexemes.values[first - 1])


LEADS = {
    CODE[name]
    for name in ("lead", "since", "to", "in", "on", "at", "of", "and", "or", "before", "after", "than", "from")
}

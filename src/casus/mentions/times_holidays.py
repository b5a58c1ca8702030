"""The days of feasts, and dates of the Islamic calendar; the only owner of `hijridate` and `holidays`.

Both libraries are imported where a text names such a day, not before: most never do.
"""

from __future__ import annotations

import re
import tomllib
import warnings
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

MONTH = "hijri-"
"""Ids of the months of the Islamic calendar: "hijri-9" is Ramadan."""

HIJRI_YEARS = range(1300, 1501)
"""Years that are of the Islamic calendar beside one of its months; the library knows them from 1343 (1924)."""

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Feast:
    """How a feast is found: see `feasts.toml`. `lunar` holds where the sighting of the moon decides."""

    id: str
    names: tuple[str, ...]
    fixed: tuple[int, int] | None = None
    hijri: tuple[int, int | None] | None = None
    country: str | None = None
    holiday: str | None = None
    either: tuple[str, ...] = ()
    offset: int = 0
    days: int = 1
    person: bool = False

    @property
    def lunar(self) -> bool:
        return self.hijri is not None or bool(self.either)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    path = resources.files("casus.knowledge") / "data" / "lexicons" / "feasts.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def feasts() -> dict[str, Feast]:
    """All feasts, and the months of the Islamic calendar, by id."""
    data = _data()
    table = {f["id"]: _feast(f) for f in data["feast"]}
    for number, names in enumerate(data["hijri"]["names"], start=1):
        table[f"{MONTH}{number}"] = Feast(f"{MONTH}{number}", tuple(names), hijri=(number, None), person=True)
    return table


def _feast(row: dict[str, Any]) -> Feast:
    lists = ("names", "either", "fixed", "hijri")
    fields: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in row.items()}
    return Feast(**fields)


def stands_alone(feast: str) -> bool:
    """Whether the name of a month is a time without anything beside it: "the Ramadan truce"."""
    return not feast.startswith(MONTH) or int(feast.removeprefix(MONTH)) in _data()["hijri"]["alone"]


@lru_cache(maxsize=1)
def compounds() -> frozenset[str]:
    """Words that make the name of a feast another name: "the Tet offensive"."""
    return frozenset(_data()["compounds"]["words"])


@lru_cache(maxsize=1)
def _ids() -> dict[str, str]:
    return {_plain(name): feast.id for feast in feasts().values() for name in feast.names}


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.lower())


def feast_id(words: str) -> str | None:
    """The id of the feast that bears a name."""
    return _ids().get(_plain(words))


@lru_cache(maxsize=1)
def names_pattern() -> str:
    """A pattern for all names, the longest first; it has no named groups and no unbounded repeats.

    Names are grouped by their first letter: most words of a text are then passed over at once.
    """
    names = sorted((name for feast in feasts().values() for name in feast.names), key=lambda n: (n[0], -len(n), n))
    groups = groupby(names, key=lambda name: name[0])
    return "|".join(f"{letter}(?:{'|'.join(_name_pattern(name[1:]) for name in same)})" for letter, same in groups)


def _name_pattern(name: str) -> str:
    parts = re.split(r"([ '.])", name)
    signs = {" ": r"[\s'’‘`‑–-]{1,2}", "'": "['’‘`ʿʾ]?", ".": r"\.?"}
    return "".join(signs.get(part, re.escape(part)) for part in parts)


# Days.


@lru_cache(maxsize=512)
def occurrences(feast: str, year: int) -> tuple[Days, ...]:
    """First and last days of a feast that begins in a Gregorian year; none where the libraries know none."""
    known = feasts()[feast]
    if known.either:
        return tuple(sorted(days for other in known.either for days in occurrences(other, year)))
    if known.hijri is not None:
        found = (hijri_days(known, h) for h in _hijri_years(year))
        return tuple(days for days in found if days and days[0].year == year)
    first = _fixed(known, year) if known.fixed else _public(known.country or "", known.holiday or "", year)
    if first is None:
        return ()
    start = first + timedelta(days=known.offset)
    return ((start, start + timedelta(days=known.days - 1)),)


def _fixed(known: Feast, year: int) -> date | None:
    assert known.fixed is not None
    return date(year, *known.fixed) if 1 <= year < 9999 else None


def _hijri_years(year: int) -> range:
    """The years of the Islamic calendar that overlap a Gregorian one, with one to spare."""
    near = (year - 622) * 33 // 32
    return range(near - 1, near + 3)


def hijri_days(known: Feast, hijri_year: int) -> Days | None:
    """First and last days of a feast or month in a year of the Islamic calendar."""
    assert known.hijri is not None
    month, day = known.hijri
    first = hijri_day(hijri_year, month, day or 1)
    if first is None:
        return None
    if day is not None:
        return first, first + timedelta(days=known.days - 1)
    following = hijri_day(hijri_year + month // 12, month % 12 + 1, 1)
    return (first, following - timedelta(days=1)) if following else None


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The day of a date of the Islamic calendar (Umm al-Qura), None where there is none or the library ends."""
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (OverflowError, ValueError):
        return None
    return date(found.year, found.month, found.day)


@lru_cache(maxsize=512)
def _public(country: str, holiday: str, year: int) -> date | None:
    """The first day that a state keeps as a public holiday of that name."""
    from holidays import country_holidays

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of years for which it knows only some of the feasts
        listed = country_holidays(country, years=year, language="en_US", observed=False)
    days = [day for day, names in listed.items() if holiday in _holidays(names)]
    return min(days, default=None)


def _holidays(names: str) -> list[str]:
    """ "Eid al-Fitr (estimated); Ram Navami" as two names."""
    return [name.removesuffix(" (estimated)") for name in names.split("; ")]

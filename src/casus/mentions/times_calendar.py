"""Calendar arithmetic for time expressions: points, their TIMEX3 values and their days (codebook 3)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casus.records.mention import TimePrecision

Range = tuple[date | None, date | None, TimePrecision]
"""First day, last day, precision; None where open or unknown."""

UNKNOWN: Range = (None, None, "unknown")

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month of the meteorological seasons of the north; winter ends in the next year."""

PERIOD_MONTHS = {"Q": 3, "H": 6}
"""Months of a quarter and of a half-year."""

MONTH_THIRDS = {"start": (1, 10), "mid": (11, 20), "end": (21, 31)}
YEAR_THIRDS = {"start": (1, 4), "mid": (5, 8), "end": (9, 12)}
"""Early, mid and late in a month (days) or a year (months): codebook 3."""


@dataclass(frozen=True, slots=True)
class Point:
    """A calendar point as deep as it is known.

    `year` counts astronomically (0 is 1 BC, so 480 BC is -479). `season` is a TIMEX3 season
    or quarter ("SU", "Q1"); `week` the Monday of a week, whose year, month and day are then the Monday's;
    `years` is 10 for a decade and 100 for a century that begin with `year`.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: str | None = None
    week: str | None = None
    years: int = 1

    @property
    def depth(self) -> int:
        """1 year or more, 2 season or month, 3 week or day."""
        if self.day is not None:
            return 3
        return 2 if self.month is not None or self.season is not None else 1


def of_date(day: date) -> Point:
    return Point(day.year, day.month, day.day)


def of_week(day: date, kind: str = "W") -> Point:
    """The week ("W") or weekend ("WE") of a day."""
    monday = day - timedelta(days=day.weekday())
    return Point(monday.year, monday.month, monday.day, week=kind)


def exact_date(point: Point) -> date | None:
    """The day of a point that is known to the day."""
    if point.month is None or point.day is None or point.week is not None:
        return None
    return safe_date(point.year, point.month, point.day)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day or Python's calendar does not reach it."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 31


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether a month has such a day; without a year, in a leap year."""
    return 1 <= day <= days_in(year if year is not None else 2000, month)


def shift(day: date, unit: str, count: int) -> date | None:
    """The day `count` units on (back, if negative); the last of the month where the day is missing."""
    try:
        if unit in DAYS_OF:
            return day + timedelta(days=DAYS_OF[unit] * count)
    except OverflowError:
        return None
    months = day.month - 1 + count * MONTHS_OF[unit]
    year, month = day.year + months // 12, months % 12 + 1
    return safe_date(year, month, min(day.day, days_in(year, month))) if 1 <= year <= 9999 else None


DAYS_OF = {"D": 1, "N": 1, "W": 7, "E": 7, "F": 14}
MONTHS_OF = {"MO": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}


def shift_point(point: Point, unit: str, count: int) -> Point | None:
    """The point `count` units on, no deeper than the unit tells: a year after May 1940 is 1941."""
    if unit in ("Y", "DE", "CE"):
        years = {"Y": 1, "DE": 10, "CE": 100}[unit]
        return whole_years(point.year + years * count, years)
    if unit == "MO":
        if point.month is None:
            return None
        months = point.year * 12 + point.month - 1 + count
        return Point(months // 12, months % 12 + 1)
    day = exact_date(replace(point, week=None))
    moved = shift(day, unit, count) if day else None
    if moved is None:
        return None
    return of_week(moved, point.week) if point.week else of_date(moved)


def whole_years(year: int, years: int) -> Point:
    """The year, decade or century that holds a year; those before Christ begin with their largest number."""
    if years == 1:
        return Point(year)
    if year > 0:
        return Point(year - year % years, years=years)
    before = 1 - year
    return Point(1 - (before - before % years + years - 1), years=years)


def value_of(point: Point) -> str:
    """The TIMEX3 value: "1940-06-22", "1941-SU", "2018-W07", "193" for the 1930s, "BC0480"."""
    day = safe_date(point.year, point.month, point.day) if point.month and point.day else None
    if point.week and day:
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if point.week == "WE" else "")
    if point.years > 1:
        first = point.year if point.year > 0 else -point.year
        era = "" if point.year > 0 else "BC"
        return era + (f"{first // 10:03d}" if point.years == 10 else f"{first // 100:02d}")
    year_text = f"{point.year:04d}" if point.year > 0 else f"BC{1 - point.year:04d}"
    parts = [year_text]
    if point.season:
        parts.append(point.season)
    elif point.month is not None:
        parts.append(f"{point.month:02d}")
        if point.day is not None:
            parts.append(f"{point.day:02d}")
    return "-".join(parts)


def range_of(point: Point, mod: str | None = None) -> Range:
    """The days a point covers, narrowed by `mod` ("start", "mid", "end"); open before the year 1."""
    if not 1 <= point.year <= 9999:
        return UNKNOWN
    if point.month is not None and point.day is not None:
        return _day_range(point)
    if point.season:
        return _season_range(point)
    if point.month is not None:
        return _month_range(point.year, point.month, mod)
    if point.years > 1:
        first, last = _tenths(mod) if mod in YEAR_THIRDS else (0, 10)
        years = point.years // 10
        return (
            safe_date(point.year + first * years, 1, 1), safe_date(point.year + last * years - 1, 12, 31), "year"
        )  # fmt: skip
    if mod in YEAR_THIRDS:
        first, last = YEAR_THIRDS[mod]
        return date(point.year, first, 1), date(point.year, last, days_in(point.year, last)), "season"
    return date(point.year, 1, 1), date(point.year, 12, 31), "year"


def _tenths(mod: str | None) -> tuple[int, int]:
    """Early, mid and late in a decade or century: its first four tenths, the three in the middle, the last three."""
    return {"start": (0, 4), "mid": (4, 7)}.get(mod or "", (7, 10))


def _day_range(point: Point) -> Range:
    assert point.month is not None and point.day is not None
    day = safe_date(point.year, point.month, point.day)
    if day is None:
        return UNKNOWN
    if point.week == "W":
        return day, shift(day, "D", 6), "week"
    if point.week == "WE":
        return shift(day, "D", 5), shift(day, "D", 6), "week"
    return day, day, "day"


def _season_range(point: Point) -> Range:
    assert point.season is not None
    if point.season[0] in PERIOD_MONTHS:
        length = PERIOD_MONTHS[point.season[0]]
        last = length * int(point.season[1])
        return date(point.year, last - length + 1, 1), date(point.year, last, days_in(point.year, last)), "season"
    first, last = SEASON_MONTHS[point.season]
    year = point.year + (last < first)
    return date(point.year, first, 1), safe_date(year, last, days_in(year, last)), "season"


def _month_range(year: int, month: int, mod: str | None) -> Range:
    length = days_in(year, month)
    if mod in MONTH_THIRDS:
        first, last = MONTH_THIRDS[mod]
        return date(year, month, first), date(year, month, min(last, length)), "week"
    return date(year, month, 1), date(year, month, length), "month"


def clip(found: Range, last: date) -> Range:
    """The range without the days after `last` (this year, this week: up to publication)."""
    start, end, precision = found
    if end is None or end <= last or (start is not None and start > last):
        return found
    return start, last, precision

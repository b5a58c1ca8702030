"""Parts of a time: "the first three months of 2014", "the last week of May", "the week of 12 June" (codebook 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from casus.mentions.times_anchor import NO_DAY, Resolved
from casus.mentions.times_calendar import Point, Range, of_date, of_week, shift, value_of
from casus.mentions.times_expressions import Expression
from casus.records.mention import TimePrecision

MONTH_DAYS = 31
FEW_DAYS = 10
"""Days that "the first days of May" stands for: those of "early May"."""


def part_of(found: Expression, whole: Resolved) -> Resolved:
    """The part that `nth` and its unit take of a whole whose days are known; the whole's value where they are not."""
    start, end, _ = whole.days
    if start is None or end is None or found.nth is None:
        return replace(whole, point=None, days=(None, None, "unknown"))
    taken = _taken(found, found.nth, start, end)
    if taken is None or taken[0] is None or taken[1] is None:
        return Resolved(None, note=NO_DAY)
    first, last, precision = taken[0], min(taken[1], end), taken[2]
    if first < start or first > end:
        return Resolved(None, note=NO_DAY)
    if found.nth_count:
        length = duration_value(replace(found, unit=found.nth_unit, count=found.nth_count))
        return Resolved(length, (first, last, precision), type="DURATION")
    point = _point(first, last, precision)
    value = value_of(point) if point else f"{first}/{last}" if found.feast else whole.value
    return replace(whole, value=value, days=(first, last, precision), point=point)


def _point(first: date, last: date, precision: TimePrecision) -> Point | None:
    """The point of a part that is one day, one weekend, one month or one half of a year."""
    if first == last:
        return of_date(first)
    if precision == "month":
        return Point(first.year, first.month)
    if precision == "season" and first.day == 1 and (last.month - first.month, first.month % 6) == (5, 1):
        return Point(first.year, season=f"H{1 + first.month // 6}")
    return of_week(first, "WE") if first.weekday() == 5 and (last - first).days == 1 else None


def _taken(found: Expression, nth: int, start: date, end: date) -> Range | None:
    unit, count = found.nth_unit, found.nth_count or 1
    if unit == "HA":
        return _half(nth, start, end)
    if unit == "MO":
        return _months(nth, count, start, end)
    if unit == "E":
        saturday = _weekday(5, nth, start, end)
        return (saturday, saturday + timedelta(days=1), "week") if saturday else None
    if unit is not None and unit.isdigit():
        day = _weekday(int(unit), nth, start, end)
        return (day, day, "day") if day else None
    if found.vague:
        count = FEW_DAYS if unit == "D" else 3
    length = count * (7 if unit in ("W", "F") else 1)
    first = start + timedelta(days=(nth - 1) * length) if nth > 0 else end - timedelta(days=length - 1)
    return first, first + timedelta(days=length - 1), "day" if length < 7 else "week"


def _half(nth: int, start: date, end: date) -> Range:
    days = (end - start).days + 1
    middle = start + timedelta(days=15 if days <= MONTH_DAYS else days // 2)
    if start.month == 1 and start.day == 1 and 365 <= days <= 366:
        middle = date(start.year, 7, 1)
    precision: TimePrecision = "week" if days <= MONTH_DAYS else "season" if days <= 366 else "year"
    return (start, middle - timedelta(days=1), precision) if nth == 1 else (middle, end, precision)


def _months(nth: int, count: int, start: date, end: date) -> Range | None:
    first = shift(start, "MO", (nth - 1) * count) if nth > 0 else shift(end + timedelta(days=1), "MO", -count)
    after = shift(first, "MO", count) if first else None
    if first is None or after is None:
        return None
    return first, after - timedelta(days=1), "month" if count == 1 else "season"


def _weekday(weekday: int, nth: int, start: date, end: date) -> date | None:
    """The nth such day of the week between two days."""
    if nth > 0:
        return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (nth - 1))
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def week_of(found: Expression, day: Resolved) -> Resolved:
    """The calendar week of a day ("the week of 12 June"), or the seven days from it or up to it."""
    on = day.days[0]
    if on is None or day.days[2] != "day":
        return day
    if found.weekof == "of":
        on -= timedelta(days=on.weekday())
    elif found.weekof in ("ending", "to", "until", "till", "through"):
        on -= timedelta(days=6)
    week = of_week(on + timedelta(days=3))  # the calendar week that holds most of it
    return replace(day, value=value_of(week), days=(on, on + timedelta(days=6), "week"), point=week)


TIMEX_UNITS = {"S": "TXS", "M": "TXM", "H": "TXH", "D": "XD", "N": "XD", "W": "XW", "E": "XWE", "F": "XW"}
TIMEX_UNITS |= {"MO": "XM", "Q": "XQ", "Y": "XY", "DE": "XDE", "CE": "XCE"}


def duration_value(found: Expression) -> str | None:
    """ "P10D", "PT36H"; "PXD" where the number is vague."""
    unit = TIMEX_UNITS.get(found.unit or "")
    if unit is None:
        return None
    count = found.count if found.count is not None else (None if found.vague or found.plural else 1)
    if count is not None and found.unit == "F":
        count *= 2
    return "P" + (unit if count is None else unit.replace("X", str(count)))

"""Temporal expressions of a report of which only the month of publication is known.

They are read as if the report had come out on the first day of that month, and on its last. What
both give is certain ("June 16"); what lies between them is bounded ("today" is some day of the month);
what they put further apart stays as it is without a date of publication. No year is made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casus.mentions.times import find_times
from casus.records.mention import COUNTED_FROM_MONTH, TimeMention, TimePrecision
from casus.records.parse import Parse

SLACK = 7
"""Days by which weeks and week-ends widen a range beyond the month itself."""


def find_times_bounded(
    parse: Parse, first: date, last: date, *, day_first: bool | None = None
) -> tuple[TimeMention, ...]:
    """All temporal expressions of a report published on one of the days [first, last], in text order.

    `day_first` as `find_times` has it.
    """
    early = find_times(parse, first.isoformat(), day_first=day_first)
    late = {t.span: t for t in find_times(parse, last.isoformat(), day_first=day_first)}
    open_ = {t.span: t for t in find_times(parse, None, day_first=day_first)}
    days = (last - first).days
    return tuple(_bounded(t, late.get(t.span), open_.get(t.span), days) for t in early)


def _bounded(early: TimeMention, late: TimeMention | None, unknown: TimeMention | None, days: int) -> TimeMention:
    """One expression read from both ends of the month; `unknown` is what it says with no date."""
    if early == late:
        return early
    if late is None or early.start is None or early.end is None or late.start is None or late.end is None:
        return unknown or _unresolved(early)
    start, end = min(early.start, late.start), max(early.end, late.end)
    shift = abs((date.fromisoformat(late.start) - date.fromisoformat(early.start)).days)
    if shift > days + SLACK or (unknown is not None and unknown.start is not None):
        return unknown or _unresolved(early)
    precision = _precision(start, end)
    value = start[:7] if start[:7] == end[:7] else "XXXX-XX-XX"
    return replace(early, value=value, start=start, end=end, precision=precision, note=COUNTED_FROM_MONTH)


def _unresolved(found: TimeMention) -> TimeMention:
    return replace(found, value=None, start=None, end=None, precision="unknown")


def _precision(start: str, end: str) -> TimePrecision:
    if start[:7] == end[:7]:
        return "month"
    return "season" if start[:4] == end[:4] else "year"

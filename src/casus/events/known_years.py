"""Years for a date that lacks one."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from casus.records.event import EventDate
from casus.records.mention import TimePrecision

PARTIAL = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
"""A TIMEX3 value that lacks its year."""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A date that lacks its year: a month, with or without the day."""

    month: int
    day: int | None

    def within(self, year: int) -> tuple[date, date] | None:
        """First and last day of it in a year; None where the year has no such day."""
        try:
            if self.day is not None:
                return date(year, self.month, self.day), date(year, self.month, self.day)
            return date(year, self.month, 1), date(year, self.month, monthrange(year, self.month)[1])
        except ValueError:
            return None

    def years(self, since: date, until: date) -> list[int]:
        """The years in which it falls, at least partly, between two days."""
        found = []
        for year in range(since.year, until.year + 1):
            days = self.within(year)
            if days is not None and days[0] <= until and days[1] >= since:
                found.append(year)
        return found


def lacks_year(when: EventDate) -> MonthDay | None:
    """What a date without a year says; None where it says nothing or is told in another way."""
    match = PARTIAL.fullmatch(when.value or "")
    if match is None or not 1 <= int(match[1]) <= 12:
        return None
    return MonthDay(int(match[1]), int(match[2]) if match[2] else None)


def in_year(when: EventDate, partial: MonthDay, year: int) -> EventDate:
    """The date with its year, marked as inferred; unchanged where the year has no such day."""
    days = partial.within(year)
    if days is None:
        return when
    value = f"{year:04}-{(when.value or '')[5:]}"
    start, end = (d.isoformat() for d in days)
    precision: TimePrecision = "day" if partial.day is not None else "month"
    return replace(when, start=start, end=end, precision=precision, value=value, inferred=True)

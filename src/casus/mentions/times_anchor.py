"""What a time expression may be counted from, and what it then stands for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from casus.mentions.times_calendar import UNKNOWN, Point, Range, exact_date, is_day, of_date, range_of, shift, value_of
from casus.mentions.times_expressions import Expression
from casus.records.mention import TimeType

NO_ANCHOR = "no publication date to count from"
NO_YEAR = "no year given, and none to be had"
NO_REFERENCE = "relates to a time that the text does not give"
NO_DAY = "no such day"
BEFORE_CHRIST = "before the year 1: no ISO date"
UNCLEAR_ORDER = "day or month first cannot be told"
OTHER_WEEKDAY = "the date is not that day of the week"
VAGUE = "no definite time"

FORWARD_RELS = frozenset(("next", "following", "subsequent", "ensuing", "coming", "upcoming"))
SAME_RELS = frozenset(("same", "that", "those"))
TEXT_RELS = frozenset(("previous", "preceding", "prior", "following", "subsequent", "ensuing"))

FRESH_DAYS = 7
"""Days up to publication that fresh news with no date spans (codebook 3)."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an expression stands for; `point` can serve later expressions as their reference."""

    value: str | None
    days: Range = UNKNOWN
    point: Point | None = None
    type: TimeType = "DATE"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression may be counted from.

    `published` is the day of publication; `reference` the time the text has reached, if it is near enough
    for "the next day", `near` if it is near enough for "the 4th" or "June 16", `day` the day told last, for "in
    the evening"; `event` the time of the
    happening that the expression names ("two days before the ambush"); `year` a year that holds here (a
    heading, "in 2008, … in May"); `narrative` whether the text tells its own chronology; `ahead` whether the
    verb looks ahead (None: no saying), `perfect` whether it runs up to now ("has fought for a month").
    """

    published: date | None
    reference: Point | None
    near: Point | None
    day: Point | None
    event: Point | None
    year: int | None
    narrative: bool
    ahead: bool | None
    perfect: bool

    def reached(self, unit: str) -> Point | None:
        """The time reached, as deep as a unit needs it: "the next day" needs a day."""
        if self.reference is not None and exact_date(self.reference) is None and unit in ("D", "N", "H", "M"):
            return self.day or self.reference
        return self.reference

    @property
    def today(self) -> date | None:
        """The day that "yesterday" or "last week" counts from."""
        if not self.narrative:
            return self.published
        return exact_date(self.reference) if self.reference else None


NOTHING = Anchor(None, None, None, None, None, None, narrative=False, ahead=None, perfect=False)
"""Nothing to count from."""


def pointed(found: Expression, point: Point) -> Resolved:
    """The resolution of an expression whose point is known."""
    days = range_of(point, found.mod)
    if found.last_day is not None and point.month is not None and is_day(point.year, point.month, found.last_day):
        days = (days[0], range_of(replace(point, day=found.last_day))[1], days[2])
    if found.last_year is not None:
        days = (days[0], range_of(Point(found.last_year))[1], days[2])
    value = value_of(point) + (part_suffix(found.part) if point.depth == 3 and not point.week else "")
    return Resolved(value, days, point, type_of(found), None if point.year > 0 else BEFORE_CHRIST)


def type_of(found: Expression) -> TimeType:
    """TIME where a part of the day or a clock time is told."""
    return "TIME" if found.part else "DATE"


def part_suffix(part: str | None) -> str:
    """ "TMO" for a morning, "T19:00" for a clock time."""
    return f"T{part}" if part else ""


def on_day(found: Expression, day: date | None) -> Resolved:
    """The resolution of an expression that stands for one day."""
    return pointed(found, of_date(day)) if day else Resolved(None, note=NO_DAY)


def fresh(published: date) -> Range:
    """The days that fresh news with no date spans: the seven up to publication."""
    return shift(published, "D", 1 - FRESH_DAYS), published, "week"

"""Units told from publication or from the text, and lengths of time (codebook 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from casus.mentions.times_anchor import (
    FORWARD_RELS,
    NO_ANCHOR,
    NO_DAY,
    NO_REFERENCE,
    SAME_RELS,
    TEXT_RELS,
    VAGUE,
    Anchor,
    Resolved,
    fresh,
    on_day,
    part_suffix,
    pointed,
    type_of,
)
from casus.mentions.times_calendar import (
    DAYS_OF,
    MONTHS_OF,
    UNKNOWN,
    Point,
    Range,
    clip,
    exact_date,
    of_date,
    of_week,
    shift,
    shift_point,
    whole_years,
)
from casus.mentions.times_expressions import Expression
from casus.mentions.times_feasts import feast
from casus.mentions.times_within import duration_value

RECENT_DAYS = {"D": 7, "W": 21}
""" "recent days" and "recent weeks", counted up to publication (codebook 3)."""

BACKWARD_RELS = frozenset(("previous", "preceding", "prior"))
FORWARD = frozenset(("later", "after", "afterwards", "afterward", "thereafter"))


def relative(found: Expression, anchor: Anchor) -> Resolved:
    if found.unit is None and found.part is None:
        return Resolved(None, note=VAGUE)
    if found.rel == "recent":
        return _recent_units(found, anchor)
    if found.count is not None or found.vague or _is_running(found):
        return _counted(found, anchor)
    if _tells_from_text(found):
        return _from_text(found, anchor)
    if found.rel is None and found.unit not in ("E",):
        return _of_the_unit(found, anchor)
    return _from_today(found, anchor)


def _is_running(found: Expression) -> bool:
    """ "the past year", "the last month": the length up to now, not the calendar unit before."""
    if found.unit == "N" or found.unit is None or found.mod is not None:
        return False
    return found.rel == "past" or (found.rel == "last" and found.the and found.unit != "E")


def _tells_from_text(found: Expression) -> bool:
    """ "the next day", "that month", "the previous night" relate to the text, "next week" to publication."""
    return found.rel in SAME_RELS or found.rel in TEXT_RELS or (found.rel == "next" and found.the)


def _recent_units(found: Expression, anchor: Anchor) -> Resolved:
    value = f"PX{found.unit}" if found.unit != "MO" else "PXM"
    if anchor.today is None or found.unit not in RECENT_DAYS:
        return Resolved(value, type="DURATION", note=VAGUE if anchor.today else NO_ANCHOR)
    start = shift(anchor.today, "D", 1 - RECENT_DAYS[found.unit])
    return Resolved(value, (start, anchor.today, "week"), type="DURATION")


def _counted(found: Expression, anchor: Anchor) -> Resolved:
    """ "the past 36 hours", "the last three weeks": up to publication; "the next two weeks" stay open."""
    value = duration_value(found)
    if found.rel in ("next", "coming", "upcoming") and anchor.ahead and anchor.published and not anchor.narrative:
        return Resolved(value, _from_now(anchor.published, found), type="DURATION")
    if found.rel not in ("last", "past", "these", "this"):
        return Resolved(value, type="DURATION", note=VAGUE)
    if anchor.today is None:
        return Resolved(value, type="DURATION", note=NO_ANCHOR)
    days = _up_to(anchor.today, found)
    return Resolved(value, days, type="DURATION", note=None if days != UNKNOWN else VAGUE)


def _up_to(today: date, found: Expression) -> Range:
    """The days of a length of time that ends today."""
    unit, count = found.unit, found.count if found.count is not None else (None if found.vague else 1)
    if count is None:
        if unit in ("H", "M"):
            return today, today, "day"
        if unit not in RECENT_DAYS:
            return UNKNOWN
        return shift(today, "D", 1 - RECENT_DAYS[unit]), today, "week"
    if unit in ("H", "M"):
        return shift(today, "D", -_days_of_hours(count, unit)), today, "day"
    if unit == "N":
        return shift(today, "D", -count), shift(today, "D", -1), "day"
    if unit == "D":
        return shift(today, "D", 1 - count), today, "day" if count < 7 else "week"
    if unit in ("W", "F"):
        return shift(today, "D", 1 - (7 if unit == "W" else 14) * count), today, "week"
    if unit is None or unit == "E":
        return UNKNOWN
    start = shift(today, unit, -count)
    precision = "month" if unit == "MO" and count < 12 else "season" if unit == "Q" else "year"
    return (start, today, precision) if start else UNKNOWN  # type: ignore[return-value]


COMING_DAYS = {"D": 7, "W": 21}
""" "The next few days" and "the coming weeks", counted from publication, as "recent weeks" are up to it."""


def _from_now(today: date, found: Expression) -> Range:
    """The days of a length of time that begins today."""
    unit, count = found.unit or "D", found.count
    if count is None:
        return (today, shift(today, "D", COMING_DAYS[unit]), "week") if unit in COMING_DAYS else UNKNOWN
    end = shift(today, "D", _days_of_hours(count, unit)) if unit in ("H", "M") else None
    if unit in DAYS_OF or unit in MONTHS_OF:
        end = shift(today, unit, count)
    precision = _up_to(today, found)[2]
    return (today, end, precision) if end else UNKNOWN


def _days_of_hours(count: int, unit: str) -> int:
    hours = count if unit == "H" else count // 60
    return -(-hours // 24)


def _from_text(found: Expression, anchor: Anchor) -> Resolved:
    """A unit counted from the time that the text has reached."""
    step = 0 if found.rel in SAME_RELS else 1 if found.rel in FORWARD_RELS else -1
    unit = found.unit or "D"
    reference = anchor.day if unit in ("H", "M") else anchor.reached(unit)
    point = _unit_around(reference, unit) if reference else None
    if point is None and found.rel in BACKWARD_RELS and anchor.published and not anchor.narrative:
        point = _unit_around(of_date(anchor.published), unit)
    moved = shift_point(point, unit, step) if point and step else point
    if moved is None:
        return Resolved(_open_value(found, unit), type=type_of(found), note=NO_REFERENCE)
    return pointed(replace(found, part="NI") if unit == "N" and found.part is None else found, moved)


def _unit_around(point: Point, unit: str) -> Point | None:
    """The day, week, month or year that holds a point, None if the point is not known so deep."""
    if unit in ("D", "N", "H", "M"):
        return replace(point, week=None) if exact_date(point) else None
    if unit in ("W", "E", "F"):
        day = exact_date(replace(point, week=None))
        return of_week(day, "WE" if unit == "E" else "W") if day else None
    if unit == "MO":
        return Point(point.year, point.month) if point.month is not None else None
    if unit == "Y":
        return Point(point.year)
    if unit in ("DE", "CE"):
        return whole_years(point.year, 10 if unit == "DE" else 100)
    return None


def _open_value(found: Expression, unit: str) -> str | None:
    """The TIMEX3 value of a unit that hangs in the air."""
    known = {"D": "XXXX-XX-XX", "N": "XXXX-XX-XXTNI", "W": "XXXX-WXX", "E": "XXXX-WXX-WE", "MO": "XXXX-XX", "Y": "XXXX"}
    value = known.get(unit)
    return value + part_suffix(found.part) if value and unit == "D" else value


def _of_the_unit(found: Expression, anchor: Anchor) -> Resolved:
    """ "the end of the month", "late in the year", "earlier in the day": the one now talked about."""
    unit = found.unit or "D"
    base = anchor.day if unit == "D" else anchor.near if anchor.narrative or anchor.published is None else None
    if base is None and anchor.published and not anchor.narrative:
        base = of_date(anchor.published)
    point = _unit_around(base, unit) if base else None
    if point is None:
        return Resolved(_open_value(found, unit), note=NO_ANCHOR if anchor.published is None else NO_REFERENCE)
    return pointed(found, point)


def _from_today(found: Expression, anchor: Anchor) -> Resolved:
    """ "last week", "this year", "last night", "at the weekend": calendar units around publication."""
    unit = found.unit or "D"
    today = anchor.today
    if today is None:
        return Resolved(_open_value(found, unit), type=type_of(found), note=NO_ANCHOR)
    step = {"last": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1}.get(found.rel or "", 0)
    if unit == "N" or found.unit is None:
        return on_day(replace(found, part=found.part or "NI"), shift(today, "D", step))
    if unit == "E":
        return _weekend(found, today, anchor.ahead)
    if unit == "H" or unit == "M":
        return Resolved(None, type="TIME", note=VAGUE)
    if unit == "Q":
        return pointed(found, _quarter(today, step))
    point = _unit_around(of_date(today), unit)
    moved = shift_point(point, unit, step) if point and step else point
    if moved is None:
        return Resolved(_open_value(found, unit), note=VAGUE)
    resolved = pointed(found, moved)
    if found.mod == "later" and found.rel == "this" and resolved.days[1] and resolved.days[1] >= today:
        return replace(resolved, days=(today, *resolved.days[1:]))  # "later this year" is still to come
    whole = found.nth is None and found.mod not in ("start", "mid", "end")
    runs_to_today = found.rel in ("this", "these") and not anchor.ahead and whole
    return replace(resolved, days=clip(resolved.days, today)) if runs_to_today else resolved


def _quarter(today: date, step: int) -> Point:
    quarters = today.year * 4 + (today.month - 1) // 3 + step
    return Point(quarters // 4, season=f"Q{quarters % 4 + 1}")


def _weekend(found: Expression, today: date, ahead: bool | None) -> Resolved:
    """The weekend going on or the last one; "last weekend" the one before this week's; the coming one if ahead."""
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    running = today.weekday() >= 5
    coming = found.rel in ("next", "coming", "upcoming") or ahead or (found.rel == "this" and 2 <= today.weekday() < 5)
    if coming and not (running and found.rel not in ("next",)):
        saturday += timedelta(days=7)
    elif found.rel == "last" and running:
        saturday -= timedelta(days=7)
    return pointed(found, of_week(saturday, "WE"))


def shifted(found: Expression, anchor: Anchor) -> Resolved:
    """ "two weeks ago", "three days later", "the day before"."""
    unit = found.unit or "D"
    count = found.count if found.count is not None else (None if found.vague or found.plural else 1)
    forward = found.rel in FORWARD
    if count is None or found.rel == "now":
        return _vague_shift(found, anchor, unit, forward)
    if found.rel == "ago" or _counts_back_from_now(found, anchor, unit):
        return _ago(found, anchor, unit, count)
    reference = _counted_from(found, anchor)
    if found.apposed and reference is not None:
        return pointed(found, reference)
    moved = _moved(reference, unit, count if forward else -count) if reference else None
    if moved is None:
        return Resolved(_open_value(found, unit), type=type_of(found), note=NO_REFERENCE)
    return pointed(found, moved)


def counted(found: Expression, base: Point) -> Resolved | None:
    """An expression counted from the day of a happening; hours are of the same day."""
    unit = found.unit or "D"
    count = found.count if found.count is not None else (None if found.vague or found.plural else 1)
    if count is None:
        day = exact_date(base) if unit in ("H", "M") and found.rel in FORWARD else None
        return _hours_of(day) if day else None
    moved = _moved(base, unit, count if found.rel in FORWARD else -count)
    return pointed(found, moved) if moved else None


def _counted_from(found: Expression, anchor: Anchor) -> Point | None:
    """The feast, the happening or the time reached that "two days before" counts from."""
    if found.feast is not None:
        first = feast(Expression(found.start, found.end, "feast", feast=found.feast, eve=found.eve, lead="on"), anchor)
        return of_date(first.days[0]) if first.days[0] else None
    if anchor.event is not None or anchor.narrative or found.apposed:
        return anchor.event or anchor.reference
    return None if found.to_event else anchor.reached(found.unit or "D")


def _counts_back_from_now(found: Expression, anchor: Anchor, unit: str) -> bool:
    """ "Six years after the dam broke, its engineers are in court": it broke six years ago."""
    return found.rel == "after" and found.to_event and unit in ("Y", "MO") and not anchor.narrative and not anchor.event


def _vague_shift(found: Expression, anchor: Anchor, unit: str, forward: bool) -> Resolved:
    """ "hours later" is the same day; "weeks later", "a few days ago" are no definite time."""
    day = exact_date(anchor.reference) if anchor.reference and found.rel != "ago" else None
    if found.rel == "ago" and unit in ("H", "M"):
        day = anchor.today
    if unit in ("H", "M") and day:
        return _hours_of(day)
    return Resolved("FUTURE_REF" if forward else "PAST_REF", note=VAGUE)


def _hours_of(day: date) -> Resolved:
    """Some time of a day: "hours later"."""
    return Resolved(f"{day}TXX", (day, day, "day"), of_date(day), "TIME")


def _moved(point: Point, unit: str, count: int) -> Point | None:
    if unit in ("H", "M"):
        return point if exact_date(point) and count < 24 else None
    if unit == "Q":
        return None
    return shift_point(point, "Y", 10 * count) if unit == "DE" else shift_point(point, unit, count)


def _ago(found: Expression, anchor: Anchor, unit: str, count: int) -> Resolved:
    """Days to the day, weeks to the calendar week, months to the month, years to the year (codebook 3).

    A single year ago is told to the month, and "seven years ago today" to the day.
    """
    today = anchor.today
    if today is None:
        return Resolved(_open_value(found, unit) or "PAST_REF", note=NO_ANCHOR)
    if unit in ("H", "M"):
        return on_day(found, shift(today, "D", -(count // 24 if unit == "H" else 0)))
    day = shift(today, unit, -count) if unit != "Q" else None
    if day is None:
        return Resolved(None, note=NO_DAY)
    if unit in ("D", "N", "E") or found.to_the_day:
        return on_day(found, day)
    if unit in ("W", "F"):
        return pointed(found, of_week(day))
    if unit == "MO" or (unit == "Y" and count == 1):
        return pointed(found, Point(day.year, day.month))
    return pointed(found, Point(day.year))


# Lengths, repetitions and the rest.


def duration(found: Expression, anchor: Anchor) -> Resolved:
    """A length of time; only one that runs up to now has days ("has fought for a month")."""
    runs = anchor.perfect and found.lead in ("for", "in", "over") and anchor.today is not None
    days = _up_to(anchor.today, found) if runs and anchor.today else UNKNOWN
    return Resolved(duration_value(found), days, type="DURATION")


def ending(found: Expression, day: date) -> Range:
    """The days of a length of time that ends on a day."""
    return _up_to(day, found)


def repeated(found: Expression, anchor: Anchor) -> Resolved:
    if found.weekday is not None:
        return Resolved(f"XXXX-WXX-{found.weekday + 1}", type="SET")
    if found.unit is not None and found.unit.startswith("P"):
        return Resolved(found.unit, type="SET")
    return Resolved(duration_value(found), type="SET")


def part(found: Expression, anchor: Anchor) -> Resolved:
    """ "in the evening", "at 4pm": of the day that the text has reached."""
    day = exact_date(anchor.day) if anchor.day and not found.habitual else None
    if day is None:
        return Resolved("XXXX-XX-XX" + part_suffix(found.part), type="TIME", note=NO_REFERENCE)
    return on_day(found, day)


def now(found: Expression, anchor: Anchor) -> Resolved:
    days = UNKNOWN if anchor.published is None or anchor.narrative else fresh(anchor.published)
    return Resolved("PRESENT_REF", days, note=None if days != UNKNOWN else NO_ANCHOR)


def recent(found: Expression, anchor: Anchor) -> Resolved:
    return Resolved("PAST_REF", note=VAGUE)


def then(found: Expression, anchor: Anchor) -> Resolved:
    """ "since then": from the time that the text has reached; that it runs on is said by "since"."""
    reference = anchor.reference
    return replace(pointed(found, reference), type="DATE") if reference else Resolved("PAST_REF", note=NO_REFERENCE)

"""Dates, days of the week and days told from today: their points and days (codebook 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from casus.mentions.times_anchor import (
    FORWARD_RELS,
    NO_ANCHOR,
    NO_DAY,
    NO_REFERENCE,
    NO_YEAR,
    OTHER_WEEKDAY,
    SAME_RELS,
    TEXT_RELS,
    UNCLEAR_ORDER,
    Anchor,
    Resolved,
    on_day,
    part_suffix,
    pointed,
    type_of,
)
from casus.mentions.times_calendar import (
    PERIOD_MONTHS,
    SEASON_MONTHS,
    Point,
    exact_date,
    is_day,
    of_date,
    range_of,
    safe_date,
    shift,
    value_of,
)
from casus.mentions.times_expressions import Expression

LONGEST_PAST = 335
"""Days (11 months) that a date without a year may lie back before the coming one is the nearer reading."""


def calendar(found: Expression, anchor: Anchor) -> Resolved:
    if found.month is not None and found.day is not None and not is_day(found.year, found.month, found.day):
        return Resolved(None, note=NO_DAY)
    if found.year is not None and found.year < 1 and found.era is None:
        return Resolved(None, note="no such year")
    season = f"Q{found.quarter}" if found.quarter else found.season
    if found.month is None and season is None and found.day is not None:
        return _day_alone(found, anchor)
    year = found.year if found.year is not None else _year_of(found, anchor, season)
    if year is None:
        return Resolved(_partial_value(found, season), type=type_of(found), note=NO_YEAR)
    if found.day is not None and found.month is not None and not is_day(year, found.month, found.day):
        return Resolved(None, note=NO_DAY)
    if found.year is None and found.year_rel is None:
        year = _year_by_weekday(found, year, anchor)
    return checked(found, pointed(found, Point(year, found.month, found.day, season, years=found.years)))


def checked(found: Expression, resolved: Resolved) -> Resolved:
    """The resolution, with a note where the day of the week that stands beside a date is not that date's."""
    day = exact_date(resolved.point) if resolved.point else None
    if found.weekday is None or day is None or day.weekday() == found.weekday:
        return resolved
    return replace(resolved, note=OTHER_WEEKDAY)


WEEKDAY_DAYS = 200
"""Days from publication within which a day of the week may choose the year: the same date a year on or back
falls on the next weekday, so farther off it would prove a misprint right."""


def _year_by_weekday(found: Expression, year: int, anchor: Anchor) -> int:
    """The year, or the one beside it if only there the date falls on the weekday told, near publication."""
    if found.weekday is None or found.month is None or found.day is None or anchor.published is None:
        return year
    for other in (year, year + 1, year - 1):
        day = safe_date(other, found.month, found.day)
        near = other == year or (day is not None and abs((day - anchor.published).days) <= WEEKDAY_DAYS)
        if day is not None and near and day.weekday() == found.weekday:
            return other
    return year


def _partial_value(found: Expression, season: str | None) -> str | None:
    """ "XXXX-06-16": what is known when the year is not."""
    if season is not None:
        return f"XXXX-{season}"
    if found.month is None:
        return "XXXX"
    value = f"XXXX-{found.month:02d}"
    return value + (f"-{found.day:02d}{part_suffix(found.part)}" if found.day is not None else "")


def _year_of(found: Expression, anchor: Anchor, season: str | None) -> int | None:
    """The year of a month, day or season that comes without one."""
    month = found.month if found.month is not None else _season_month(season)
    if found.year_rel is not None:
        return year_by_words(found.year_rel, anchor)
    if found.rel in SAME_RELS or (found.rel in TEXT_RELS and anchor.reference):
        return _chained_year(anchor.reference, month)
    if anchor.year is not None and found.rel is None:
        return anchor.year
    if anchor.narrative and found.rel is None:
        return _chained_year(anchor.reference, month, 11 if found.lead == "since" else BACKWARD_MONTHS)
    if anchor.published is None:
        return _tied_year(anchor.near, month) if found.rel is None else None
    return _year_by_news(found, anchor.published, month, anchor.ahead)


def _season_month(season: str | None) -> int:
    if season is None:
        return 1
    if season in SEASON_MONTHS:
        return SEASON_MONTHS[season][0]
    return PERIOD_MONTHS[season[0]] * (int(season[1]) - 1) + 1


def year_by_words(rel: str, anchor: Anchor) -> int | None:
    """The year of "last year", "that year", "the following year"."""
    if rel in SAME_RELS or rel in TEXT_RELS:
        reference = anchor.reference
        step = 1 if rel in FORWARD_RELS else -1 if rel in TEXT_RELS else 0
        return reference.year + step if reference else None
    today = anchor.published if not anchor.narrative else anchor.today
    if today is None:
        return None
    return today.year + {"this": 0, "next": 1, "coming": 1}.get(rel, -1)


BACKWARD_MONTHS = 5
"""How many months a narrative may step back with no year said. 2 to 6 tried on WikiWars, 2026-11."""


def _chained_year(reference: Point | None, month: int, backward: int = BACKWARD_MONTHS) -> int | None:
    """The year that puts the month nearest to the time the text has reached, rather after than before it."""
    if reference is None:
        return None
    if reference.month is None and reference.season is None:
        return reference.year
    reached = reference.month if reference.month is not None else _season_month(reference.season)
    distance = (month - reached + backward) % 12 - backward
    return reference.year + (reached - 1 + distance) // 12


TIED_MONTHS = 2
"""Months after a full date within which the text ties a date without a year to it."""


def _tied_year(near: Point | None, month: int) -> int | None:
    """The year of a full date just told, if the month lies close to it."""
    if near is None or near.month is None:
        return None
    year = _chained_year(near, month)
    if year is None:
        return None
    distance = 12 * (year - near.year) + month - near.month
    return year if 0 <= distance <= TIED_MONTHS else None


def _year_by_news(found: Expression, published: date, month: int, ahead: bool | None) -> int | None:
    """The latest such date up to publication, or the coming one if the sentence looks ahead."""
    day = found.day if found.day is not None else 1
    if found.rel == "last" or found.rel == "past":
        return published.year - (month >= published.month)
    if found.rel == "this":
        return published.year
    if found.rel in ("next", "coming", "upcoming") or ahead or (ahead is None and found.lead == "from"):
        passed = (month, day) < (published.month, published.day if found.day is not None else 1)
        return published.year + (passed or (found.rel == "next" and month == published.month))
    start = _clamped(published.year, month, day)
    if start is None or start > published + timedelta(days=1):
        earlier = _clamped(published.year - 1, month, day)
        if start and earlier and (published - earlier).days > LONGEST_PAST and found.day is not None:
            return published.year
        return published.year - 1
    return published.year


def _clamped(year: int, month: int, day: int) -> date | None:
    return safe_date(year, month, day) or safe_date(year, month, 28)


def _day_alone(found: Expression, anchor: Anchor) -> Resolved:
    """ "the 4th", "Tuesday the 9th": a day of the month that the text or publication gives."""
    assert found.day is not None
    base = anchor.near if anchor.published and not anchor.narrative else anchor.reference
    month: tuple[int, int] | None = None
    if base is not None and base.month is not None and (anchor.narrative or anchor.published is None or found.rel):
        month = (base.year, base.month)
    elif anchor.published is not None:
        published = anchor.published
        back = found.day > published.day and not anchor.ahead
        months = published.year * 12 + published.month - 1 - back
        month = (months // 12, months % 12 + 1)
    if month is None:
        return Resolved(f"XXXX-XX-{found.day:02d}", note=NO_YEAR if anchor.published is None else NO_REFERENCE)
    if not is_day(month[0], month[1], found.day):
        return Resolved(None, note=NO_DAY)
    return pointed(found, Point(month[0], month[1], found.day))


def iso(found: Expression, anchor: Anchor) -> Resolved:
    """A date in figures; one whose order is not to be told keeps its year (`times_numeric`)."""
    year, month, day = found.year, found.month, found.day
    if found.unclear and year is not None:
        return Resolved(f"{year:04d}-XX-XX", range_of(Point(year)), type=type_of(found), note=UNCLEAR_ORDER)
    if year is None or month is None or day is None or safe_date(year, month, day) is None:
        return Resolved(None, note=NO_DAY)
    return checked(found, pointed(found, Point(year, month, day)))


# Days of the week, and days told from today.


def weekday(found: Expression, anchor: Anchor) -> Resolved:
    assert found.weekday is not None
    unresolved = f"XXXX-WXX-{found.weekday + 1}{part_suffix(found.part)}"
    if found.rel in SAME_RELS or anchor.narrative or anchor.published is None:
        return _weekday_in_text(found, anchor, unresolved)
    today = anchor.published
    back = (today.weekday() - found.weekday) % 7
    if found.week_rel == "before":
        return on_day(found, shift(today, "D", -(back or 7) - 7))
    if found.week_rel is not None:
        return _weekday_of_week(found, found.week_rel, today)
    if found.rel == "last":
        return on_day(found, shift(today, "D", -(back or 7)))
    if found.rel in ("next", "coming", "upcoming") or found.rel == "this":
        return _coming_weekday(found, anchor, today, back)
    if anchor.ahead or (anchor.ahead is None and found.lead in ("by", "until") and back):
        return on_day(found, shift(today, "D", 7 - back if back else 0))
    return on_day(found, shift(today, "D", -back))


def _weekday_in_text(found: Expression, anchor: Anchor, unresolved: str) -> Resolved:
    """A weekday counted from the text: the first one on or after the day it has reached."""
    reached = exact_date(anchor.near) if anchor.near else None
    if reached is None or (found.rel not in SAME_RELS and not anchor.narrative):
        return Resolved(unresolved, type=type_of(found), note=NO_ANCHOR)
    assert found.weekday is not None
    return on_day(found, shift(reached, "D", (found.weekday - reached.weekday()) % 7))


def _weekday_of_week(found: Expression, week_rel: str, today: date) -> Resolved:
    """ "Monday of last week"."""
    assert found.weekday is not None
    step = {"last": -1, "next": 1}.get(week_rel, 0)
    return on_day(found, shift(today, "D", 7 * step + found.weekday - today.weekday()))


def _coming_weekday(found: Expression, anchor: Anchor, today: date, back: int) -> Resolved:
    """ "next Friday" comes; "this Friday" is that of this week, unless the verb says otherwise."""
    assert found.weekday is not None
    within = shift(today, "D", found.weekday - today.weekday())
    if found.rel == "this" and anchor.ahead is None:
        return on_day(found, within)
    if found.rel == "this" and anchor.ahead is False:
        return on_day(found, shift(today, "D", -back))
    return on_day(found, shift(today, "D", 7 - back))


def relday(found: Expression, anchor: Anchor) -> Resolved:
    """Yesterday, today, tonight, tomorrow; overnight is the night to the day of publication."""
    today = anchor.published if not anchor.narrative else None
    if found.unit == "overnight":
        if today is None:
            return Resolved("XXXX-XX-XXTNI", type="TIME", note=NO_ANCHOR)
        before = shift(today, "D", -1)
        point = of_date(before) if before else of_date(today)
        return Resolved(value_of(point) + "TNI", (before, today, "day"), point, "TIME")
    if today is None:
        return Resolved("XXXX-XX-XX" + part_suffix(found.part), type=type_of(found), note=NO_ANCHOR)
    assert found.count is not None
    return on_day(found, shift(today, "D", found.count))

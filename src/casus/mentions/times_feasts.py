"""Feasts and dates of the Islamic calendar: which occurrence is meant, and its days (codebook 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from casus.mentions.times_anchor import NO_DAY, NO_YEAR, OTHER_WEEKDAY, Anchor, Resolved, part_suffix, type_of
from casus.mentions.times_calendar import MONTH_THIRDS, Point, clip, of_date, range_of
from casus.mentions.times_dates import calendar, year_by_words
from casus.mentions.times_expressions import Expression
from casus.mentions.times_holidays import (
    HIJRI_YEARS,
    MONTH,
    Days,
    compounds,
    feasts,
    hijri_days,
    occurrences,
    stands_alone,
)
from casus.mentions.times_lexemes import Lexemes
from casus.mentions.times_within import part_of
from casus.records.mention import TimePrecision
from casus.records.parse import Parse

SIGHTED = "by the calculated calendar; where the moon is sighted it may be a day off"
UNKNOWN_FEAST = "the day of this feast is not known for that year"

COMING_DAYS = 45
"""Days to a feast still to come from which "before Eid" means it rather than the last one, unless that was
within LAST_DAYS. The feasts come once a year, so one of the two is always more than five months off."""
LAST_DAYS = 90


LEADS = frozenset(("in", "during", "since", "until", "before", "after", "by", "throughout"))
"""What leads in a month that is also a man's name."""


def same_eid(expressions: list[Expression]) -> list[Expression]:
    """The expressions, a bare "Eid" read as the one that the text names in full, if it names just one."""
    either = set(feasts()["eid"].either)
    named = either & {e.feast for e in expressions}
    if len(named) != 1:
        return expressions
    (full,) = named
    return [replace(e, feast=full) if e.feast == "eid" else e for e in expressions]


def feast(found: Expression, anchor: Anchor) -> Resolved:
    """The days of a feast or month; "the eve of" it is the day before."""
    assert found.feast is not None
    known = feasts()[found.feast]
    if known.fixed and known.days == 1:
        return _fixed(found, known.fixed, anchor)
    note = SIGHTED if known.lunar else None
    if found.year is not None and found.year in HIJRI_YEARS and known.hijri:
        days = hijri_days(known, found.year)
        return _resolved(found, days, SIGHTED) if days else Resolved(None, note=NO_DAY)
    days = _occurrence(found, anchor)
    if days is None:
        year = found.year if found.year is not None else _year_told(found, anchor)
        value = (f"{year:04d}" if year and year > 0 else "XXXX") + ("" if found.feast.startswith(MONTH) else "-XX-XX")
        note = NO_YEAR if year is None and anchor.published is None else UNKNOWN_FEAST
        return Resolved(value, type=type_of(found), note=note)
    resolved = _resolved(found, days, note)
    runs = anchor.published and not anchor.narrative and not anchor.ahead and found.nth is None and found.mod is None
    return replace(resolved, days=clip(resolved.days, anchor.published)) if runs and anchor.published else resolved


def _fixed(found: Expression, day: tuple[int, int], anchor: Anchor) -> Resolved:
    """A feast with a fixed date is that date."""
    on = date(2000, *day) - timedelta(days=found.eve)
    return calendar(replace(found, kind="calendar", month=on.month, day=on.day, nth=None), anchor)


def _resolved(found: Expression, days: Days, note: str | None) -> Resolved:
    first, last = days
    if found.eve:
        first = last = first - timedelta(days=1)
    elif found.mod in MONTH_THIRDS and (last - first).days > MONTH_THIRDS["mid"][0]:
        start, end = MONTH_THIRDS[found.mod]
        first, last = first + timedelta(days=start - 1), min(last, first + timedelta(days=end - 1))
    elif found.lead == "on" and found.nth is None:
        last = first
    length = (last - first).days + 1
    if length == 1:
        point = of_date(first)
        value = first.isoformat() + part_suffix(found.part)
        return Resolved(value, (first, first, "day"), point, type_of(found), note)
    precision: TimePrecision = "day" if length < 7 else "week" if length < 25 else "month"
    return Resolved(f"{first}/{last}", (first, last, precision), note=note)


def _year_told(found: Expression, anchor: Anchor) -> int | None:
    """The year that the expression or the passage gives."""
    if found.year_rel is not None:
        return year_by_words(found.year_rel, anchor)
    return anchor.year if found.rel is None else None


def _occurrence(found: Expression, anchor: Anchor) -> Days | None:
    """The occurrence of a feast that is meant."""
    assert found.feast is not None
    year = found.year if found.year is not None else _year_told(found, anchor)
    if year is not None:
        return next(iter(_all(found.feast, (year,))), None)
    reference = _day_of(anchor.reference) if anchor.narrative else None
    if anchor.narrative:
        near = _all(found.feast, range(reference.year - 1, reference.year + 2)) if reference else []
        return min(near, key=lambda days: (abs((days[0] - reference).days), days), default=None) if reference else None
    if anchor.published is None:
        return None
    return _by_news(found, anchor.published, anchor.ahead)


def _day_of(reference: Point | None) -> date | None:
    return range_of(reference)[0] if reference else None


def _all(name: str, years: Iterable[int]) -> list[Days]:
    return sorted(days for year in years if 1 < year < 9998 for days in occurrences(name, year))


def _by_news(found: Expression, published: date, ahead: bool | None) -> Days | None:
    """The one before or after publication, as the words and the verb say; else the last, if no other is near."""
    assert found.feast is not None
    around = _all(found.feast, range(published.year - 2, published.year + 3))
    over = [_begins(found, days) <= published + timedelta(days=1) for days in around]
    past = [days for days, begun in zip(around, over, strict=True) if begun]
    coming = [days for days, begun in zip(around, over, strict=True) if not begun]
    if found.rel in ("next", "coming", "upcoming"):
        return next(iter(coming), None)
    if found.rel in ("last", "past", "previous"):
        return next((days for days in reversed(past) if days[1] < published), None)
    if found.rel == "this":
        return min(around, key=lambda days: (abs((days[0] - published).days), days), default=None)
    waits = found.lead in ("before", "until", "till", "by")
    if ahead and (not past or past[-1][1] < published):
        return next(iter(coming), None)
    if coming and past and (ahead is None or waits):
        soon = (coming[0][0] - published).days <= COMING_DAYS
        return coming[0] if soon and (published - past[-1][1]).days > LAST_DAYS else past[-1]
    return past[-1] if past else None


def _begins(found: Expression, days: Days) -> date:
    """The first day of what is meant of a feast: that of its last week, of its eve."""
    whole = _resolved(found, days, None)
    return part_of(found, whole).days[0] or days[0] if found.nth is not None else whole.days[0] or days[0]


def sighted(found: Expression, resolved: Resolved) -> Resolved:
    """A day of the Islamic calendar with the day of the week told beside it: the sighting that makes both true."""
    day = resolved.days[0]
    if found.weekday is None or day is None or resolved.days[1] != day or resolved.note != SIGHTED:
        return resolved
    for near in (day, day - timedelta(days=1), day + timedelta(days=1)):
        if near.weekday() == found.weekday:
            point = of_date(near)
            return replace(resolved, value=near.isoformat(), days=(near, near, "day"), point=point, note=None)
    return replace(resolved, note=OTHER_WEEKDAY)


def is_feast(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """Whether the name of a feast is one here: not "the Tet offensive", not a man called Ramadan."""
    assert found.feast is not None
    known = feasts()[found.feast]
    last = parse.token_at(found.end - 1)
    following = parse.tokens[last.i + 1 : last.i + 2]
    if known.fixed is None and following and following[0].lower in compounds():
        return False
    if found.nth is not None or found.year is not None or found.eve:
        return True
    if known.person and _is_name(parse, found):
        return False
    return bool(found.lead in LEADS or found.mod or found.rel) or stands_alone(found.feast)


def _is_name(parse: Parse, found: Expression) -> bool:
    """Whether the word stands beside another part of a name: "Ramadan Shallah", "Tariq Ramadan"."""
    first, last = parse.token_at(found.start), parse.token_at(found.end - 1)
    beside = (*parse.tokens[max(0, first.i - 1) : first.i], *parse.tokens[last.i + 1 : last.i + 2])
    return first.entity == "PERSON" or any(
        t.pos == "PROPN" and t.text.istitle() and t.sentence == first.sentence and t.entity != "DATE" for t in beside
    )

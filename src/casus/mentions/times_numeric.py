"""Dates written in figures only: whether the day or the month stands first (codebook 3: never guess).

Evidence in this order: a date of the same text that only one order allows; a date that one order puts after
publication; the publisher's habit; the order of the dates that the text writes out ("3 April", "April 3").
Without any, what both orders share is told: the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from casus.mentions.times_calendar import safe_date
from casus.mentions.times_expressions import Expression, short_year
from casus.mentions.times_lexemes import CODE, Lexemes

NEAR_DAYS = 60
"""Days up to publication in which the date of a fresh event lies; a date in figures near it is read so."""


def in_order(
    expressions: list[Expression], lexemes: Lexemes, published: date | None, day_first: bool | None
) -> list[Expression]:
    """The expressions, those in figures with day and month told apart, or marked `unclear`."""
    figures = [e for e in expressions if e.figures]
    if not figures:
        return expressions
    orders: dict[str, set[bool]] = {}
    for sign, first in (evidence for e in figures for evidence in _certain(e)):
        orders.setdefault(sign, set()).add(first)
        orders.setdefault(ANY, set()).add(first)
    if day_first is None:
        day_first = _written_order(expressions, lexemes)
    return [_ordered(e, _habit(e, orders, published, day_first)) if e.figures else e for e in expressions]


ANY = ""
"""The key of the evidence from dates with whatever sign."""


def _habit(
    found: Expression, orders: dict[str, set[bool]], published: date | None, day_first: bool | None
) -> bool | None:
    """The order for one date: that of the dates with the same signs, of all dates, else the evidence outside."""
    for sign in (_sign(found), ANY):
        if len(orders.get(sign, ())) == 1:
            return next(iter(orders[sign]))
    if orders:
        return None
    by_publication = _by_publication(found, published)
    return day_first if by_publication is None else by_publication


def _sign(found: Expression) -> str:
    return next((c for c in found.figures or "" if not c.isdigit()), "")


def _readings(figures: str) -> tuple[date | None, date | None]:
    """The date with the day first, and with the month first; None where there is no such day."""
    one, two, last = re.findall(r"\d+", figures)
    year = int(last) if len(last) == 4 else short_year(int(last)) or 0
    return safe_date(year, int(two), int(one)), safe_date(year, int(one), int(two))


def _certain(found: Expression) -> Iterator[tuple[str, bool]]:
    """The sign and whether the day stands first, of a date that only one order allows; full stops mean day first."""
    if found.figures:
        by_day, by_month = _readings(found.figures)
        if _sign(found) == "." and by_day:
            yield ".", True
        elif (by_day is None) != (by_month is None):
            yield _sign(found), by_day is not None


def _by_publication(found: Expression, published: date | None) -> bool | None:
    """The order that puts a date just before publication, where the other puts it after or far from it."""
    if published is None or not found.figures:
        return None
    by_day, by_month = (_is_near(day, published) for day in _readings(found.figures))
    return by_day if by_day != by_month else None


def _is_near(day: date | None, published: date) -> bool:
    return day is not None and -NEAR_DAYS <= (day - published).days <= 1


def _written_order(expressions: Iterable[Expression], lexemes: Lexemes) -> bool | None:
    """The order of day and month in the dates with the month's name, if the text keeps to one."""
    orders = set()
    for found in expressions:
        if found.kind == "calendar" and found.month is not None and found.day is not None and found.feast is None:
            classes = lexemes.classes[found.first : found.last + 1]
            month = next((k for k, c in enumerate(classes) if c in (CODE["month"], CODE["maymonth"])), None)
            if month is not None:
                orders.add(any(c in (CODE["day"], CODE["ordinal"]) for c in classes[:month]))
    return orders.pop() if len(orders) == 1 else None


def _ordered(found: Expression, day_first: bool | None) -> Expression:
    by_day, by_month = _readings(found.figures or "")
    if by_day is None or by_month is None or by_day == by_month:
        only = by_day or by_month
        return replace(found, month=only.month, day=only.day) if only else found
    if day_first is None:
        return replace(found, month=None, day=None, unclear=True)
    chosen = by_day if day_first else by_month
    return replace(found, month=chosen.month, day=chosen.day)

"""Conditions, orders and groups as SQL, the same for every database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, distinct, func, or_, select

from casus.errors import InputError
from casus.store.base import ActorTerm, Conditions, Grouping, Sort
from casus.store.privacy import NAME_WITHHELD
from casus.store.search import reports_with
from casus.store.tables import event, participant

SHORTEST_CUT = 4
"""Letters from which the last word of an actor's name may be the beginning of one ("Houthi"
finds Houthis); shorter words must stand as they are, or IS would find every Israeli."""

killed = func.coalesce(event.c.killed_best, event.c.killed_low)
"""The number killed that filters and sorts go by."""


def where(conditions: Conditions, *, fts: bool) -> list[ColumnElement[bool]]:
    """All that must hold of an event."""
    found: list[ColumnElement[bool]] = [_takes_part(term) for term in conditions.actors]
    if conditions.since is not None:
        found.append(func.coalesce(event.c.date_end, event.c.date_start) >= conditions.since)
    if conditions.until is not None:
        found.append(func.coalesce(event.c.date_start, event.c.date_end) <= conditions.until)
    if conditions.countries:
        found.append(event.c.country.in_(sorted(conditions.countries)))
    if conditions.types:
        found.append(event.c.sub_event_type.in_(sorted(conditions.types)))
    if conditions.min_killed is not None:
        found.append(killed >= conditions.min_killed)
    if conditions.terms:
        found.append(reports_with(conditions.terms, fts=fts))
    return found


def _takes_part(term: ActorTerm) -> ColumnElement[bool]:
    """One of the names holds the words side by side, or the registry knows the actor by that name."""
    ending = "%" if len(term.words.rpartition(" ")[2]) >= SHORTEST_CUT else " %"
    named = participant.c.names.like(f"% {term.words}{ending}")
    known = participant.c.registry.in_(sorted(term.registry))
    return event.c.number.in_(select(participant.c.event).where(or_(named, known) if term.registry else named))


def order(sort: Sort) -> list[ColumnElement[Any]]:
    """What events are sorted by; what is unknown comes last, ties go by id.

    Raises:
        InputError: if there is no such order.
    """
    oldest = [event.c.date_start.is_(None), event.c.date_start, event.c.date_end]
    first: dict[Sort, list[ColumnElement[Any]]] = {
        "date": [],
        "newest": [event.c.date_start.is_(None), event.c.date_start.desc(), event.c.date_end.desc()],
        "killed": [killed.is_(None), killed.desc()],
        "country": [event.c.country.is_(None), event.c.country, event.c.place.is_(None), event.c.place],
        "added": [event.c.report, event.c.position],
    }
    if sort not in first:
        raise InputError(f"no order {sort!r}: expected one of {', '.join(first)}")
    return [*first[sort], *oldest, event.c.id, event.c.number]


def counts(by: Grouping, conditions: Conditions, *, fts: bool, with_names: bool) -> Select[tuple[str | None, int]]:
    """Key and number of events; an event counts once for each actor that takes part in it.

    Raises:
        InputError: if there is no such key.
    """
    keys: dict[Grouping, ColumnElement[Any]] = {
        "type": event.c.sub_event_type,
        "country": event.c.country,
        "month": func.substr(event.c.date_start, 1, 7),
        "actor": participant.c.name
        if with_names
        else case((participant.c.private, NAME_WITHHELD), else_=participant.c.name),
    }
    if by not in keys:
        raise InputError(f"events are not counted by {by!r}: expected one of {', '.join(keys)}")
    key = keys[by].label("key")
    source = event.join(participant, participant.c.event == event.c.number) if by == "actor" else event
    query = select(key, func.count(distinct(event.c.number)).label("events")).select_from(source)
    return query.where(*where(conditions, fts=fts)).group_by(key)

"""An event as the report tells it, before it gets ids."""

from __future__ import annotations

from dataclasses import dataclass

from casus.records.actor import Actor
from casus.records.event import Actuality, EventDate, Location, Participant
from casus.records.mention import WeaponMention
from casus.records.span import Span


@dataclass(frozen=True, slots=True)
class Account:
    """One happening with its slots filled.

    `figures` and `claims` index the findings; None among the claims is the author's own
    word. `evidence` holds the clauses that report it, the fullest first.
    """

    sub_event_type: str
    actuality: Actuality
    background: bool
    date: EventDate
    location: Location
    participants: tuple[Participant, ...]
    weapons: tuple[WeaponMention, ...]
    figures: tuple[int, ...]
    claims: tuple[int | None, ...]
    evidence: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Told:
    """The accounts of a report, and its actors with those that the accounts imply
    ("Unidentified armed group")."""

    accounts: tuple[Account, ...]
    actors: tuple[Actor, ...]

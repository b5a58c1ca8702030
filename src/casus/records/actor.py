"""Actors: who acts and who is acted upon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casus.records.span import Span

ActorKind = Literal[
    "state forces",
    "rebel group",
    "political militia",
    "identity militia",
    "rioters",
    "protesters",
    "civilians",
    "external forces",
    "organisation",
    "person",
    "unidentified",
]

ARMED_KINDS: frozenset[ActorKind] = frozenset(
    ("state forces", "rebel group", "political militia", "identity militia", "external forces", "unidentified")
)
"""Kinds whose members bear arms as such."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of a report with all its mentions, in text order.

    `name` is the registry's canonical name where linked, else the fullest form in the
    report; `registry` the id there; `country` ISO 3166-1 alpha-3; `member_of` the id of
    the actor that a person or unit belongs to.
    """

    id: str
    name: str
    kind: ActorKind
    registry: str | None
    country: str | None
    member_of: str | None
    mentions: tuple[Span, ...]

"""Events as one report tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casus.records.mention import PlacePrecision, TimePrecision, WeaponMention
from casus.records.span import Span

Actuality = Literal["actual", "attempted", "planned", "denied"]
Role = Literal["actor1", "assoc_actor1", "actor2", "assoc_actor2"]

SUB_EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Air/drone strike",
        "Shelling/artillery/missile attack",
        "Suicide bomb",
        "Remote explosive/landmine/IED",
        "Grenade",
        "Chemical weapon",
    ),
    "Violence against civilians": ("Attack", "Abduction/forced disappearance", "Sexual violence"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Arrests",
        "Agreement",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
"""Event type → sub-event types (codebook 2.1, after ACLED)."""

EVENT_TYPE: dict[str, str] = {sub: family for family, subs in SUB_EVENT_TYPES.items() for sub in subs}
"""Sub-event type → event type."""


@dataclass(frozen=True, slots=True)
class EventDate:
    """When (codebook 3); ISO dates, None where unknown."""

    start: str | None
    end: str | None
    precision: TimePrecision
    value: str | None
    span: Span | None


UNDATED = EventDate(None, None, "unknown", None, None)


@dataclass(frozen=True, slots=True)
class Location:
    """Where (codebook 4); `country` ISO 3166-1 alpha-3, degrees in WGS 84."""

    name: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    precision: PlacePrecision
    near: bool
    span: Span | None


NOWHERE = Location(None, None, None, None, None, None, "unknown", False, None)


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor in a role; `span` the words that put it there."""

    actor: str
    role: Role
    span: Span | None


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as this report tells it. `figures` and `claims` are ids in the reading."""

    id: str
    sub_event_type: str
    actuality: Actuality
    background: bool
    date: EventDate
    location: Location
    participants: tuple[Participant, ...]
    weapons: tuple[WeaponMention, ...]
    figures: tuple[str, ...]
    claims: tuple[str, ...]
    evidence: tuple[Span, ...]
    confidence: float

    @property
    def event_type(self) -> str:
        return EVENT_TYPE[self.sub_event_type]

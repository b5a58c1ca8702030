"""Events as one report tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casus.records.mention import PlaceCandidate, PlacePrecision, PlaceRelation, TimePrecision, WeaponMention
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
    """When (codebook 3); ISO dates, None where unknown.

    `inferred` holds where the days, or their year, do not stand in the report but follow from what
    it names; `note` is then the reason. A note without `inferred` says within what an unknown date lies.
    """

    start: str | None
    end: str | None
    precision: TimePrecision
    value: str | None
    span: Span | None
    inferred: bool = False
    note: str | None = None


UNDATED = EventDate(None, None, "unknown", None, None)


@dataclass(frozen=True, slots=True)
class Location:
    """Where (codebook 4); `country` ISO 3166-1 alpha-3, degrees in WGS 84.

    `relation` tells how the text places the event by the place named ("12 km south of X");
    `uncertainty_km` how exact a computed or given point is. `candidates` are the other readings
    of the name, best first, for a reviewer to switch to, and `score` is the share of the chosen one.
    `within` is the smallest known place that the text puts round one without a point.
    """

    name: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    precision: PlacePrecision
    near: bool
    span: Span | None
    relation: PlaceRelation | None = None
    uncertainty_km: float | None = None
    score: float | None = None
    candidates: tuple[PlaceCandidate, ...] = ()
    within: PlaceCandidate | None = None


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

"""Expressions of time and place, and words for weapons, as found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casus.records.span import Span

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimePrecision = Literal["day", "week", "month", "season", "year", "unknown"]
PlacePrecision = Literal["site", "town", "district", "province", "region", "country", "unknown"]
RelationKind = Literal["offset", "distance", "direction", "near", "halfway", "between", "road", "coordinates"]

COUNTED_FROM_MONTH = "counted from the month of publication; the day is not known"
"""The note of a time that only the month of publication bounds."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A temporal expression. `value` is a TIMEX3 value ("XXXX-06-16" if the year is not to be
    had), `start`/`end` are ISO dates or None, `note` says why something stayed unknown."""

    span: Span
    type: TimeType
    value: str | None
    start: str | None
    end: str | None
    precision: TimePrecision
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One reading of a place name; latitude/longitude in degrees (WGS 84), score in [0, 1]."""

    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    score: float


@dataclass(frozen=True, slots=True)
class PlaceRelation:
    """How the text places something by a place that it names: "12 km south of X".

    `kind` is "offset" (distance and direction), "distance", "direction", "near", "halfway",
    "between", "road" or "coordinates"; `words` are the words of the text and `span` where they
    stand. `to` is the name of the place related to, `other` the second one of "between X and Y",
    "halfway" and "road". `distance_km` in kilometres, `bearing` in degrees clockwise from true north.
    """

    kind: RelationKind
    words: str
    span: Span
    to: str | None = None
    other: str | None = None
    distance_km: float | None = None
    bearing: float | None = None

    def is_between(self, name: str) -> bool:
        """Whether `name` is one of the two ends of a way, and not a place on it."""
        return self.other is not None and (name == self.to or name.startswith(self.other))


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name with what it was resolved to; `country` ISO 3166-1 alpha-3.

    `near` holds when the text says near or outside the place; `candidates` are the
    runners-up, best first, and `score` is the share in [0, 1] of the reading that was chosen.
    `within` is the index, in the tuple of mentions, of a place that the text says holds this
    one ("Hasaka in northeastern Syria").

    Where the point was computed from a relation or given as coordinates, `relation` says how, and
    `uncertainty_km` is the radius in kilometres within which the place should lie. A computed
    point has no `geonames_id`: it is not that of the gazetteer's place.
    """

    span: Span
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    precision: PlacePrecision
    near: bool = False
    within: int | None = None
    candidates: tuple[PlaceCandidate, ...] = ()
    score: float | None = None
    relation: PlaceRelation | None = None
    uncertainty_km: float | None = None


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A word for a weapon; `name` is the lexicon's name for it."""

    span: Span
    name: str

"""Expressions of time and place, and words for weapons, as found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casus.records.span import Span

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimePrecision = Literal["day", "week", "month", "season", "year", "unknown"]
PlacePrecision = Literal["site", "town", "district", "province", "region", "country", "unknown"]


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
class PlaceMention:
    """A place name with what it was resolved to; `country` ISO 3166-1 alpha-3.

    `near` holds when the text says near or outside the place; `candidates` are the
    runners-up, best first. `within` is the index, in the tuple of mentions, of a place
    that the text says holds this one ("Hasaka in northeastern Syria").
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


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A word for a weapon; `name` is the lexicon's name for it."""

    span: Span
    name: str

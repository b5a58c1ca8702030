"""Where an event happened (codebook 4)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from casus.events.attachment import SPECIFIC, fullest
from casus.events.candidates import Candidate
from casus.records.account import Account
from casus.records.event import NOWHERE, Location
from casus.records.findings import Findings
from casus.records.mention import PlaceMention

MAINLY = 0.6
"""Share of a report's resolved places that must lie in one country for it to be the report's."""

LOOK_BACK = 6
"""Sentences before the first trigger that may still set the scene."""


def locate(findings: Findings, members: tuple[Candidate, ...], told: tuple[Account, ...]) -> Location:
    """The most specific place tied to the event; else the scene set before it; else the
    place the report opens with."""
    scored: dict[int, float] = {}
    for rank, member in enumerate(members):
        for attached in member.places:
            score = attached.score - 0.3 * min(rank, 5)
            scored[attached.index] = max(scored.get(attached.index, -9.0), score)
    good = [i for i in scored if scored[i] > 0.0]
    if good:
        best = min(good, key=lambda i: (-scored[i], i))
        return _with_country(findings, location_of(findings.places[fullest(findings.places, best)]))
    scene = _scene(findings, members)
    return location_of(scene) if scene else NOWHERE


def _with_country(findings: Findings, location: Location) -> Location:
    """The country of the report's other places, where all but a few lie in one, for a village
    or street that the gazetteer does not know. A border area keeps none (two countries)."""
    if location.country is not None or location.precision not in ("site", "town", "district"):
        return location
    counts = Counter(p.country for p in findings.places if p.country)
    if not counts:
        return location
    country, most = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return replace(location, country=country) if most >= MAINLY * counts.total() else location


def _scene(findings: Findings, members: tuple[Candidate, ...]) -> PlaceMention | None:
    """The place named last before the event that is not a speaker's seat, else the report's first."""
    first = min(m.sentence for m in members)
    before = []
    for apart in range(LOOK_BACK + 1):
        for index in findings.places_in.get(first - apart, ()):
            place = findings.places[index]
            if _sets_scene(findings, place):
                before.append((apart - 1.5 * SPECIFIC[place.precision], -place.span.start, place))
    if before:
        return min(before, key=lambda entry: entry[:2])[2]
    return next((p for p in findings.places if _sets_scene(findings, p)), None)


def _sets_scene(findings: Findings, place: PlaceMention) -> bool:
    """A resolved place that is neither a speaker's seat nor a country as an actor."""
    if not place.country or findings.names_speaker(place.span):
        return False
    root = findings.parse.root_in(place.span)
    return place.precision != "country" or root.dep == "pobj"


def location_of(place: PlaceMention) -> Location:
    """The record of a place mention."""
    return Location(
        name=place.name,
        country=place.country,
        admin1=place.admin1,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames_id=place.geonames_id,
        precision=place.precision,
        near=place.near,
        span=place.span,
    )

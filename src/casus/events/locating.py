"""Where an event happened (codebook 4)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from casus.events.candidates import Candidate
from casus.events.place_features import SUBJECTS, Setting
from casus.events.place_roles import holders, role_of
from casus.events.scoring_model import load_weights, weighted_sum
from casus.records.account import Account
from casus.records.event import NOWHERE, Location
from casus.records.findings import Findings
from casus.records.mention import PlaceCandidate, PlaceMention

DEEPEST = 4
"""Places of a chain that are climbed: a street in a quarter of a town in a district."""

MAINLY = 0.6
"""Share of a report's resolved places that must lie in one country for it to be the report's."""


def locate(findings: Findings, members: tuple[Candidate, ...], told: tuple[Account, ...]) -> Location:
    """The likeliest place of an event among those named near it or at the head of the report.

    `members` are its tellings, fullest first, `told` the events told before. A report that
    names no place gives an unknown location.
    """
    options = Setting(findings, members, told).options()
    if not options:
        return NOWHERE
    weights = load_weights("locating")
    best = min(options, key=lambda option: (-weighted_sum(weights, option[1]), option[0]))[0]
    return _in_country(findings, best)


def _in_country(findings: Findings, index: int) -> Location:
    """The record of a place; for a village or street that the gazetteer does not know, with the country and
    province of the place that the text puts around it, else the country where the report's other places lie."""
    location = location_of(findings.places[index])
    holder = holders(findings, [index]).get(index)
    if location.latitude is None:
        location = replace(location, within=_around(findings, index, holder))
    if location.country is not None or location.precision not in ("site", "town", "district"):
        return location
    if holder is not None and findings.places[holder].country is not None:
        return replace(location, country=findings.places[holder].country, admin1=findings.places[holder].admin1)
    return replace(location, country=_theatre(findings))


def _around(findings: Findings, index: int, holder: int | None) -> PlaceCandidate | None:
    """The smallest place with a point that the text puts round another: up the chain "in A in B". The point of a
    country or region says nothing."""
    outer = holder if holder is not None else findings.places[index].within
    for _ in range(DEEPEST):
        if outer is None:
            return None
        place = findings.places[outer]
        if place.latitude is not None and place.precision in ("site", "town", "district", "province"):
            return PlaceCandidate(
                place.name, place.country, place.admin1, place.latitude, place.longitude, place.geonames_id,
                1.0 if place.score is None else place.score,
            )  # fmt: skip
        outer = place.within
    return None


def _theatre(findings: Findings) -> str | None:
    """The country in which all but a few of the report's places lie; countries that act rather than say where
    do not count. Mixed reports and border areas have none."""
    counts = Counter(p.country for p in findings.places if p.country and not _acts(findings, p))
    if not counts:
        return None
    country, most = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return country if most >= MAINLY * counts.total() else None


def _acts(findings: Findings, place: PlaceMention) -> bool:
    parse = findings.parse
    return place.precision == "country" and role_of(parse, parse.root_in(place.span)).relation in SUBJECTS


def location_of(place: PlaceMention) -> Location:
    """The record of a place mention; a way between two places is named by the words for it."""
    way = place.relation if place.relation and place.relation.is_between(place.name) else None
    return Location(
        name=way.words if way else place.name,
        country=place.country,
        admin1=place.admin1,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames_id=place.geonames_id,
        precision="region" if way else place.precision,
        near=place.near,
        span=way.span if way else place.span,
        relation=place.relation,
        uncertainty_km=place.uncertainty_km,
        score=None if way else place.score,
        candidates=() if way else place.candidates,
    )

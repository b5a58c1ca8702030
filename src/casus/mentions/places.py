"""Places in a report: which words name them, and where in the world they are (codebook section 4).

1. find the names: gazetteer matches weighed by the tagger and their neighbours (`places_spots`)
2. grow them into phrases: parts, borders, sites, near (`places_compose`)
3. link each to the place that the text says holds it ("Hasaka in northeastern Syria")
4. resolve all together by what the report is about (`places_resolve`)
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Gazetteer, Place
from casus.knowledge.gazetteer_names import fold
from casus.knowledge.gazetteer_words import load_place_words
from casus.mentions.places_compose import Draft, compose
from casus.mentions.places_resolve import Link, Resolved, holds, resolve
from casus.mentions.places_spots import find_spots
from casus.records.mention import PlaceCandidate, PlaceMention, PlacePrecision
from casus.records.parse import Parse
from casus.records.span import Span

RUNNERS_UP = 5

MAIN_COUNTRY = 0.3
"""The share from which a report is about a country, for "the border with Turkey"."""

PRECISIONS: dict[str, PlacePrecision] = {
    "continent": "region", "region": "region", "water": "region", "mountain": "region", "country": "country",
    "province": "province", "district": "district", "town": "town", "neighbourhood": "site", "site": "site",
}  # fmt: skip

RANKS = {"site": 0, "town": 1, "district": 2, "province": 3, "region": 4, "country": 5}

_LINK = re.compile(
    r"(?:,|,? (?:in|of|within)|,? \()\s*(?:the )?(?:[a-z-]+ ){0,2}?(?:(?:province|district|state|region|governorate|city|town|county) of )?",
)


def find_places(parse: Parse, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The places that the text names, in text order, none overlapping.

    Spans count code points of the text. A part of a place ("northern Syria") and a site in a
    town carry the point of the place named; an unknown place has no point, and a country only
    where the text itself puts it in one.
    """
    words = load_place_words()
    drafts = compose(parse, find_spots(parse, gazetteer, words), gazetteer, words)
    holders = _holders(parse, drafts)
    links = [
        Link(fold(_span(parse, draft).of(parse.text)), holder, _adjective_before(parse, draft))
        for draft, holder in zip(drafts, holders, strict=True)
    ]
    named = _named_countries(parse, drafts)
    resolved, shares = resolve(drafts, links, named)
    return _mentions(parse, drafts, resolved, links, shares)


def _span(parse: Parse, draft: Draft) -> Span:
    return Span(parse.tokens[draft.first].start, parse.tokens[draft.last].end)


def _holders(parse: Parse, drafts: list[Draft]) -> list[int | None]:
    """For each draft the index of the next one if the words between say "in", or a comma joins a larger place."""
    holders: list[int | None] = [None] * len(drafts)
    for i, (a, b) in enumerate(zip(drafts, drafts[1:], strict=False)):
        between = parse.text[parse.tokens[a.last].end : parse.tokens[b.first].start]
        if between in ("'s ", "’s ") and not _may_hold(b, a) and _may_hold(a, b):
            holders[i + 1] = i
        elif len(between) < 45 and _LINK.fullmatch(between) and _may_hold(b, a):
            holders[i] = i + 1
    return holders


def _may_hold(outer: Draft, inner: Draft) -> bool:
    """Whether the first can be the larger: a country or province, or any known place round an unknown one."""
    if not outer.places or outer.countries:
        return False
    rank = max(RANKS[PRECISIONS[p.kind]] for p in outer.places[:3])
    if inner.places and inner.places[0].kind == "country" and inner.whole:
        # Countries lie in nothing; but Lebanon, Ohio is no country.
        return any(holds(o, p) for o in outer.places[:3] for p in inner.places[1:] if o.kind == "province")
    if inner.precision == "site" or not inner.places:
        return rank > 0
    return rank > min(RANKS[PRECISIONS[p.kind]] for p in inner.places)


def _adjective_before(parse: Parse, draft: Draft) -> str | None:
    """The country of "the Syrian city of" | Afrin, "Turkish" | Cyprus not: a noun of division must stand between."""
    words = load_place_words()
    tokens = parse.tokens
    i = draft.first - 1
    if i < 0 or tokens[i].lower not in ("of", "town", "city", "village", "province", "capital"):
        return None
    for k in range(i, max(-1, i - 4), -1):
        code = load_countries().by_adjective.get(tokens[k].lower)
        if code:
            return code
        if not (tokens[k].lower in words.divisions or tokens[k].lower in ("of", "border", "capital", "port", "coastal") or tokens[k].pos == "ADJ"):
            return None
    return None


def _named_countries(parse: Parse, drafts: list[Draft]) -> dict[str, float]:
    """How often adjectives and borders point to each country; an adjective weighs half."""
    counts: dict[str, float] = defaultdict(float)
    for draft in drafts:
        for code in draft.countries:
            counts[code] += 1.0
    adjectives = load_countries().by_adjective
    for token in parse.tokens:
        code = adjectives.get(token.lower)
        if code and token.text[0].isupper():
            counts[code] += 0.5
    return dict(sorted(counts.items()))


def _mentions(
    parse: Parse, drafts: list[Draft], resolved: list[Resolved], links: list[Link], shares: dict[str, float]
) -> tuple[PlaceMention, ...]:
    found = []
    for draft, result, link in zip(drafts, resolved, links, strict=True):
        outer = resolved[link.holder].place if link.holder is not None else None
        found.append(_mention(parse, draft, result, outer, link, shares))
    return _agreed(tuple(found))


def _agreed(mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """An unknown name that the text puts somewhere once is there each time it comes."""
    known = {fold(m.name): m for m in reversed(mentions) if m.country is not None and m.latitude is None}
    return tuple(
        replace(m, country=known[fold(m.name)].country, admin1=known[fold(m.name)].admin1)
        if m.country is None and m.latitude is None and fold(m.name) in known
        else m
        for m in mentions
    )


def _mention(
    parse: Parse, draft: Draft, resolved: Resolved, outer: Place | None, link: Link, shares: dict[str, float]
) -> PlaceMention:
    span = _span(parse, draft)
    place = resolved.place
    country = place.country if place else outer.country if outer else link.adjective or _border_country(draft, shares)
    return PlaceMention(
        span=span,
        name=span.of(parse.text),
        country=country,
        admin1=place.admin1 if place else outer.admin1 if outer else None,
        latitude=place.lat if place else None,
        longitude=place.lon if place else None,
        geonames_id=place.geonames_id if place and draft.whole else None,
        precision=_precision(draft, place),
        near=draft.near,
        within=link.holder,
        candidates=tuple(_candidate(p, round(share, 3)) for p, share in resolved.readings[1 : RUNNERS_UP + 1]),
    )


def _precision(draft: Draft, place: Place | None) -> PlacePrecision:
    if draft.precision is not None:
        return draft.precision
    return PRECISIONS[place.kind] if place else "town"


def _border_country(draft: Draft, shares: dict[str, float]) -> str | None:
    """Whose side of a border: its own country's, and of several or none the one that the report is about."""
    sides = draft.countries or tuple(c for c in sorted(shares) if c not in draft.beyond and shares[c] >= MAIN_COUNTRY)
    if not sides or not (draft.countries or draft.beyond):
        return None
    return max(sides, key=lambda c: shares.get(c, 0.0))


def _candidate(place: Place, share: float) -> PlaceCandidate:
    return PlaceCandidate(place.name, place.country, place.admin1, place.lat, place.lon, place.geonames_id, share)

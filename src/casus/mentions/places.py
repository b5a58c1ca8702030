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
from itertools import pairwise

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Gazetteer, Place
from casus.knowledge.gazetteer_names import fold
from casus.knowledge.gazetteer_words import PlaceWords, load_place_words
from casus.mentions.places_compose import compose
from casus.mentions.places_draft import Draft
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
    r"(?:,|,? (?:in|of|within)|,? \()\s?(?:the )?(?:[a-z-]+ ){0,2}?"
    r"(?:(?:province|district|state|region|governorate|city|town|county) of )?"
)
"""What may stand between a place and the place that holds it."""


def find_places(parse: Parse, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The places that the text names, in text order, none overlapping.

    Spans count code points of the text. A part of a place ("northern Syria") and a site in a
    town carry the point of the place named; an unknown place has no point, and a country only
    where the text itself puts it in one.
    """
    words = load_place_words()
    drafts = compose(parse, find_spots(parse, gazetteer, words), gazetteer, words)
    links = _links(parse, drafts, words)
    resolved, shares = resolve(drafts, links, _adjectives(parse, drafts))
    return _agreed(_mentions(parse, drafts, resolved, links, shares))


def _span(parse: Parse, draft: Draft) -> Span:
    return Span(parse.tokens[draft.first].start, parse.tokens[draft.last].end)


def _links(parse: Parse, drafts: list[Draft], words: PlaceWords) -> list[Link]:
    return [
        Link(fold(_span(parse, draft).of(parse.text)), holder, _adjective_before(parse, draft, words))
        for draft, holder in zip(drafts, _holders(parse, drafts), strict=True)
    ]


def _holders(parse: Parse, drafts: list[Draft]) -> list[int | None]:
    """For each draft the index of a neighbour that holds it: "X, Y", "X in Y", "Y's X"."""
    holders: list[int | None] = [None] * len(drafts)
    for i, (a, b) in enumerate(pairwise(drafts)):
        between = parse.text[parse.tokens[a.last].end : parse.tokens[b.first].start]
        if between in ("'s ", "’s ") and not _may_hold(b, a) and _may_hold(a, b):
            holders[i + 1] = i
        elif len(between) < 45 and _LINK.fullmatch(between) and _may_hold(b, a):
            holders[i] = i + 1
    return holders


def _may_hold(outer: Draft, inner: Draft) -> bool:
    """Whether the first can be the larger: by kind, or any known place round an unknown one or a site."""
    if not outer.places or outer.countries or outer.precision == "site":
        return False
    rank = max(RANKS[PRECISIONS[p.kind]] for p in outer.places[:3])
    if inner.places and inner.places[0].kind == "country" and inner.whole:
        # Countries lie in nothing; but Lebanon, Ohio is no country.
        return any(holds(o, p) for o in outer.places[:3] for p in inner.places[1:] if o.kind == "province")
    if inner.precision == "site" or not inner.places:
        return rank > 0
    return rank > min(RANKS[PRECISIONS[p.kind]] for p in inner.places)


def _adjective_before(parse: Parse, draft: Draft, words: PlaceWords) -> str | None:
    """The country of "the Syrian city of" | Afrin; a noun for a kind of place must stand between."""
    tokens = parse.tokens
    i = draft.first - 1
    if i < 0 or not (tokens[i].lower in ("of", "capital") or tokens[i].lower in words.divisions):
        return None
    for token in reversed(tokens[max(0, i - 4) : i + 1]):
        code = load_countries().by_adjective.get(token.lower)
        if code is not None:
            return code
        between = token.lower in words.divisions or token.lower in ("of", "border", "capital", "port")
        if not between and token.pos != "ADJ":
            return None
    return None


def _adjectives(parse: Parse, drafts: list[Draft]) -> dict[str, float]:
    """How often adjectives and borders point to each country; an adjective weighs half a name."""
    counts: dict[str, float] = defaultdict(float)
    for draft in drafts:
        for code in (*draft.countries, *draft.beyond):
            counts[code] += 1.0
    adjectives = load_countries().by_adjective
    for token in parse.tokens:
        if token.text[0].isupper() and token.lower in adjectives:
            counts[adjectives[token.lower]] += 0.5
    return dict(sorted(counts.items()))


def _mentions(
    parse: Parse, drafts: list[Draft], resolved: list[Resolved], links: list[Link], shares: dict[str, float]
) -> tuple[PlaceMention, ...]:
    found = []
    for draft, result, link in zip(drafts, resolved, links, strict=True):
        outer = resolved[link.holder].place if link.holder is not None else None
        country = outer.country if outer else link.adjective or _border_country(draft, shares)
        found.append(_mention(_span(parse, draft), parse.text, draft, result.place, country))
        found[-1] = replace(
            found[-1],
            admin1=found[-1].admin1 or (outer.admin1 if outer else None),
            within=link.holder,
            candidates=tuple(_candidate(p, share) for p, share in result.readings[1 : RUNNERS_UP + 1]),
        )
    return tuple(found)


def _mention(span: Span, text: str, draft: Draft, place: Place | None, country: str | None) -> PlaceMention:
    """A mention of the place, or of an unknown one in the country."""
    if place is None:
        precision = draft.precision or "town"
        return PlaceMention(span, span.of(text), country, None, None, None, None, precision, draft.near)
    return PlaceMention(
        span=span,
        name=span.of(text),
        country=place.country,
        admin1=place.admin1,
        latitude=place.lat,
        longitude=place.lon,
        geonames_id=place.geonames_id if draft.whole else None,
        precision=draft.precision or PRECISIONS[place.kind],
        near=draft.near,
    )


def _border_country(draft: Draft, shares: dict[str, float]) -> str | None:
    """Whose side of a border: its own country's, and of several or none the one that the report is about."""
    if not draft.countries and not draft.beyond:
        return None
    sides = draft.countries or tuple(c for c in sorted(shares) if c not in draft.beyond and shares[c] >= MAIN_COUNTRY)
    return max(sides, key=lambda c: shares.get(c, 0.0), default=None)


def _candidate(place: Place, share: float) -> PlaceCandidate:
    return PlaceCandidate(
        place.name, place.country, place.admin1, place.lat, place.lon, place.geonames_id, round(share, 3)
    )


def _agreed(mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """An unknown name that the text puts somewhere once is there each time it comes."""
    known = {fold(m.name): m for m in reversed(mentions) if m.country is not None and m.latitude is None}
    return tuple(
        replace(m, country=known[fold(m.name)].country, admin1=known[fold(m.name)].admin1)
        if m.country is None and m.latitude is None and fold(m.name) in known
        else m
        for m in mentions
    )

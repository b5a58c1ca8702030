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

from casus.knowledge.gazetteer import Gazetteer, Place
from casus.knowledge.gazetteer_names import fold
from casus.knowledge.gazetteer_words import PlaceWords, load_place_words
from casus.knowledge.registry import Registry
from casus.mentions.places_actors import Theatre, read_theatre
from casus.mentions.places_adjectives import adjectives_of, country_of_adjective
from casus.mentions.places_apposed import with_related
from casus.mentions.places_compose import compose
from casus.mentions.places_coordinates import find_coordinates
from casus.mentions.places_draft import Draft
from casus.mentions.places_evidence import read_scene
from casus.mentions.places_positions import add_positions, without_positions
from casus.mentions.places_relations import find_relations, place_told
from casus.mentions.places_resolve import Link, Resolved, holds, resolve
from casus.mentions.places_settle import settle
from casus.mentions.places_spots import find_spots
from casus.records.mention import PlaceCandidate, PlaceMention, PlacePrecision
from casus.records.parse import Parse
from casus.records.span import Span

RUNNERS_UP = 5

CERTAIN_COUNTRY, TIMES_NEXT = 0.5, 1.8
"""The share of what stands around an unknown name, and of the report, from which its country is taken from them,
and how many times as much it must be as that of the next country."""

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


def find_places(
    parse: Parse, gazetteer: Gazetteer, *, registry: Registry | None = None, times: tuple[Span, ...] = ()
) -> tuple[PlaceMention, ...]:
    """The places that the text names, in text order, none overlapping.

    With a registry the names of known actors are no places, and the countries they act in weigh; words of
    `times`, the spans of the dates and times found, are no places ("16 March").

    Spans count code points of the text. A part of a place ("northern Syria") and a site in a
    town carry the point of the place named; an unknown place has no point, and a country only
    where the text itself or most of what stands around it puts it in one.
    """
    words = load_place_words()
    positions = find_coordinates(parse.text)
    theatre = read_theatre(parse, registry)
    scene = read_scene(parse, words, theatre.names, times)
    spots = find_spots(parse, gazetteer, words, scene, theatre.countries)
    drafts = without_positions(parse, compose(parse, spots, gazetteer, words, scene), positions)
    drafts = with_related(parse, drafts, gazetteer, words)
    links = _links(parse, drafts, words)
    told = find_relations(parse, drafts, [link.holder for link in links])
    resolved, shares = resolve(drafts, links, _countries_named(parse, drafts, theatre))
    resolved, told = settle(resolved, links, told)
    mentions = place_told(_agreed(_mentions(parse, drafts, resolved, links, shares)), told)
    return add_positions(parse.text, mentions, positions)


def _span(parse: Parse, draft: Draft) -> Span:
    return Span(parse.tokens[draft.first].start, parse.tokens[draft.last].end)


def _links(parse: Parse, drafts: list[Draft], words: PlaceWords) -> list[Link]:
    return [
        Link(
            fold(_span(parse, draft).of(parse.text)),
            holder,
            _adjective_before(parse, draft, words),
            _speaks(parse, draft, words),
        )
        for draft, holder in zip(drafts, _holders(parse, drafts), strict=True)
    ]


def _speaks(parse: Parse, draft: Draft, words: PlaceWords) -> bool:
    """Whether the verb beside the name is of governments: "Moscow has denied", "warned Damascus"."""
    following = parse.tokens[draft.last + 1 : draft.last + 4]
    verbs = [next((t for t in following if t.pos not in ("AUX", "ADV")), None)]
    verbs += [parse.tokens[draft.first - 1]] if draft.first else []
    return any(v is not None and v.pos == "VERB" and v.lemma.lower() in words.governing for v in verbs)


def _holders(parse: Parse, drafts: list[Draft]) -> list[int | None]:
    """For each draft the index of a neighbour that holds it: "X, Y", "X in Y", "Y's X"."""
    holders: list[int | None] = [None] * len(drafts)
    for i, (a, b) in enumerate(pairwise(drafts)):
        between = parse.text[parse.tokens[a.last].end : parse.tokens[b.first].start]
        if between in ("'s ", "’s ") and not _may_hold(b, a) and _may_hold(a, b):
            holders[i + 1] = i
        elif (
            len(between) < 45
            and _LINK.fullmatch(between)
            and (_may_hold(b, a) or (between.startswith((" of ", " in ")) and _is_site_in_site(b, a)))
            and not (_is_clause(parse, a, b) or _goes_on(parse, b, between))
        ):
            holders[i] = i + 1
    return holders


def _is_clause(parse: Parse, a: Draft, b: Draft) -> bool:
    """Whether words between them begin a clause: "in Manbij, where US forces are deployed"."""
    between = parse.tokens[a.last + 1 : b.first]
    return any(t.tag in ("WRB", "WDT", "WP", "WP$") or t.pos in ("VERB", "AUX", "SCONJ", "PRON") for t in between)


def _goes_on(parse: Parse, outer: Draft, between: str) -> bool:
    """Whether what follows a comma is only the beginning of something else: "left Manbij, US-backed forces"."""
    if between != ", " or outer.last + 1 >= len(parse.tokens):
        return False
    after = parse.tokens[outer.last + 1]
    if after.text in ("-", "–") and after.start == parse.tokens[outer.last].end:
        return True
    country = bool(outer.places) and outer.places[0].kind == "country"
    return country and (after.pos in ("NOUN", "PROPN", "VERB", "AUX", "ADJ") or after.lower in ("'s", "’s"))


def _may_hold(outer: Draft, inner: Draft) -> bool:
    """Whether the first can be the larger: by kind, or any known place round an unknown one or a site."""
    if not outer.places or outer.countries or outer.precision == "site":
        return False
    if outer.precision is not None and outer.precision == inner.precision:
        return False
    rank = max(RANKS[PRECISIONS[p.kind]] for p in outer.places[:3])
    if inner.places and inner.places[0].kind == "country" and inner.whole:
        # Countries lie in nothing; but Lebanon, Ohio is no country.
        return any(holds(o, p) for o in outer.places[:3] for p in inner.places[1:] if o.kind == "province")
    if inner.precision == "site" or not inner.places:
        return rank > 0
    return rank > min(RANKS[PRECISIONS[p.kind]] for p in inner.places)


def _is_site_in_site(outer: Draft, inner: Draft) -> bool:
    """ "the Zorkani quarter of" | Ain al-Hilweh: a known camp holds its parts."""
    unknown_part = inner.precision == "site" and not inner.places
    return unknown_part and bool(outer.places) and PRECISIONS[outer.places[0].kind] == "site"


def _adjective_before(parse: Parse, draft: Draft, words: PlaceWords) -> str | None:
    """The country of "the Syrian city of" | Afrin; a noun for a kind of place must stand between."""
    tokens = parse.tokens
    i = draft.first - 1
    if i < 0 or not (tokens[i].lower in ("of", "capital") or tokens[i].lower in words.divisions):
        return None
    for token in reversed(tokens[max(0, i - 4) : i + 1]):
        found = country_of_adjective(parse, token)
        if found is not None:
            return found[1]
        between = token.lower in words.divisions or token.lower in ("of", "border", "capital", "port")
        if not between and token.pos != "ADJ":
            return None
    return None


def _countries_named(parse: Parse, drafts: list[Draft], theatre: Theatre) -> dict[str, float]:
    """How often adjectives, borders and actors point to each country; an adjective weighs half a name."""
    counts: dict[str, float] = defaultdict(float, theatre.countries)
    for draft in drafts:
        for code in (*draft.countries, *draft.beyond):
            counts[code] += 1.0
    for _, _, country in adjectives_of(parse):
        counts[country] += 0.5
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
            score=_share_of(result),
            candidates=tuple(_candidate(p, share) for p, share in _runners_up(result)),
        )
    return _set_by_context(parse, found, shares)


def _set_by_context(parse: Parse, mentions: list[PlaceMention], shares: dict[str, float]) -> tuple[PlaceMention, ...]:
    """The mentions; an unknown name lies where most of what stands near it and most of the report does."""
    sentences = [parse.sentence_of(m.span).index for m in mentions]
    found = []
    for mention, own in zip(mentions, sentences, strict=True):
        if mention.country is None and mention.latitude is None and mention.within is None:
            near: dict[str, float] = defaultdict(float)
            for other, index in zip(mentions, sentences, strict=True):
                if other.country is not None and other.name != mention.name:
                    near[other.country] += 1.0 / (1 + abs(index - own))
            mention = replace(mention, country=_main_country(near, shares))
        found.append(mention)
    return tuple(found)


def _main_country(near: dict[str, float], shares: dict[str, float]) -> str | None:
    """The country that has most of both, None if none has enough."""
    total = sum(near.values())
    if not total:
        return None
    both = {c: 0.5 * w / total + 0.5 * shares.get(c, 0.0) for c, w in sorted(near.items())}
    best, *others = sorted(both, key=lambda c: (-both[c], c))
    following = both[others[0]] if others else 0.0
    return best if both[best] >= max(CERTAIN_COUNTRY, TIMES_NEXT * following) else None


def _share_of(result: Resolved) -> float | None:
    """The share of the reading that was chosen; None where none was."""
    return next((round(share, 3) for place, share in result.readings if place is result.place), None)


def _runners_up(result: Resolved) -> list[tuple[Place, float]]:
    return [(place, share) for place, share in result.readings if place is not result.place][:RUNNERS_UP]


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

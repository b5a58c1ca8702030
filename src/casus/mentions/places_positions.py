"""Coordinates among the places of a text: the point of the name beside them, or a place of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from casus.mentions.places_coordinates import Coordinates
from casus.mentions.places_draft import Draft
from casus.mentions.places_geodesy import Point, kilometres
from casus.records.mention import PlaceCandidate, PlaceMention, PlaceRelation
from casus.records.parse import Parse

SAME_KM = 50.0
"""Distance from a given point within which a reading of the name beside it is that place."""

LENDS_KM = 150.0
"""Distance within which a position without a name lies in the country of the nearest town that the text names."""

MOST_POSITIONS = 1000
"""Positions of one text that become places; a text with more is a list of coordinates."""

NEIGHBOUR = 2.0
"""Degrees of latitude beyond which a town is not looked at: more than LENDS_KM."""

_BESIDE = re.compile(
    r"\s?[,;(\[:–-]{0,2}\s?(?:(?:which\s)?(?:is\s|lies\s)?(?:located\s|situated\s)?(?:at\s|is\s)?)?"
    r"(?:the\s)?(?:gps\s|map\s|geographic(?:al)?\s|grid\s)?(?:co-?ordinates?|coords?|position|location|gps|grid|mgrs|utm|geolocation)?"
    r"(?:\sreference)?(?:\sof|\sat|\sare|\swere)?\s?[:=(]?\s?",
    re.IGNORECASE,
)
_IN = re.compile(
    r"[)\]]?,?\s(?:in|of|near|inside|north of|south of|east of|west of)?\s?(?:the\s)?(?:[a-z]{3,12}\s){0,2}(?:of\s)?"
)
_WIDE = frozenset(("country", "province", "region", "district"))


def without_positions(parse: Parse, drafts: list[Draft], positions: Sequence[Coordinates]) -> list[Draft]:
    """The drafts that are no letters of coordinates."""
    if not positions:
        return drafts
    spans = [p.span for p in positions]
    kept = []
    for draft in drafts:
        start, end = parse.tokens[draft.first].start, parse.tokens[draft.last].end
        i = bisect_left(spans, end, key=lambda s: s.start)
        if not i or spans[i - 1].end <= start:
            kept.append(draft)
    return kept


def add_positions(
    text: str, mentions: tuple[PlaceMention, ...], positions: Sequence[Coordinates]
) -> tuple[PlaceMention, ...]:
    """The mentions with the points given beside them, and one for each position that has no name, in text order."""
    placed, towns = list(mentions), _towns(mentions) if positions else {}
    alone: list[PlaceMention] = []
    for position in positions[:MOST_POSITIONS]:
        if position.point is None:
            continue
        beside = _beside(text, placed, position)
        if beside is not None:
            placed[beside] = _given(text, placed[beside], position)
        else:
            alone.append(_own(text, placed, towns, position))
    return _in_order(placed, alone) if alone else tuple(placed)


def _beside(text: str, mentions: list[PlaceMention], position: Coordinates) -> int | None:
    """The named place right before a position that it must be of; of a chain the innermost."""
    i = bisect_left(mentions, position.span.start, key=lambda m: m.span.start) - 1
    if i < 0 or not _BESIDE.fullmatch(re.sub(r"\s", " ", text[mentions[i].span.end : position.span.start])[:60]):
        return None
    while i and mentions[i - 1].within == i:
        i -= 1
    mention = mentions[i]
    taken = mention.relation is not None and mention.relation.kind == "coordinates"
    return None if mention.precision in _WIDE or taken or mention.near else i


def _given(text: str, mention: PlaceMention, position: Coordinates) -> PlaceMention:
    """The named place at the point given. A reading of the name near it tells the country; none far off does."""
    assert position.point is not None
    relation = PlaceRelation("coordinates", position.span.of(text), position.span, mention.name)
    given = replace(
        mention, latitude=position.point[0], longitude=position.point[1], relation=relation,
        uncertainty_km=position.uncertainty_km,
    )  # fmt: skip
    here = _distance(mention.latitude, mention.longitude, position.point)
    if here is None or here <= SAME_KM:
        return given
    close = [c for c in mention.candidates if (_distance(c.latitude, c.longitude, position.point) or SAME_KM) < SAME_KM]
    if close:
        return _switched(given, mention, close[0])
    return replace(given, country=None, admin1=None, geonames_id=None, score=None)


def _switched(given: PlaceMention, mention: PlaceMention, chosen: PlaceCandidate) -> PlaceMention:
    """The mention with a runner-up chosen, whose place among the runners-up the former choice does not take:
    it lies elsewhere than the text says."""
    others = tuple(c for c in mention.candidates if c is not chosen)
    return replace(
        given, country=chosen.country, admin1=chosen.admin1, geonames_id=chosen.geonames_id, score=chosen.score,
        candidates=others,
    )  # fmt: skip


def _distance(latitude: float | None, longitude: float | None, point: Point) -> float | None:
    return None if latitude is None or longitude is None else kilometres((latitude, longitude), point)


def _own(
    text: str, mentions: list[PlaceMention], towns: dict[Point, PlaceMention], position: Coordinates
) -> PlaceMention:
    """A site known by its position alone, in the place that the text puts it in, else in the country of the
    nearest town named."""
    assert position.point is not None
    words = position.span.of(text)
    relation = PlaceRelation("coordinates", words, position.span)
    holder = _holder(text, mentions, position)
    outer = mentions[holder] if holder is not None else _nearest(towns, position.point)
    return PlaceMention(
        position.span, words, outer.country if outer else None, outer.admin1 if outer and holder is not None else None,
        *position.point, None, "site", within=holder, relation=relation, uncertainty_km=position.uncertainty_km,
    )  # fmt: skip


def _holder(text: str, mentions: list[PlaceMention], position: Coordinates) -> int | None:
    """The country or province right after a position ("36.2 N, 37.1 E, in Aleppo province") or right before it."""
    i = bisect_left(mentions, position.span.end, key=lambda m: m.span.start)
    if i < len(mentions) and mentions[i].precision in _WIDE:
        between = re.sub(r"\s", " ", text[position.span.end : mentions[i].span.start])
        if len(between) < 40 and _IN.fullmatch(between):
            return i
    if i and mentions[i - 1].precision in _WIDE:
        between = re.sub(r"\s", " ", text[mentions[i - 1].span.end : position.span.start])
        if len(between) < 60 and _BESIDE.fullmatch(between):
            return i - 1
    return None


def _towns(mentions: Sequence[PlaceMention]) -> dict[Point, PlaceMention]:
    """The towns and sites that a text names and the gazetteer knows, each once."""
    found: dict[Point, PlaceMention] = {}
    for m in mentions:
        if m.latitude is not None and m.longitude is not None and m.country and m.precision not in _WIDE:
            found.setdefault((m.latitude, m.longitude), m)
    return found


def _nearest(towns: dict[Point, PlaceMention], point: Point) -> PlaceMention | None:
    """The town nearest to a point, up to LENDS_KM."""
    close = [town for town in towns if abs(town[0] - point[0]) < NEIGHBOUR]
    known = [(km, town) for town in close if (km := kilometres(town, point)) <= LENDS_KM]
    return towns[min(known)[1]] if known else None


def _in_order(mentions: list[PlaceMention], more: list[PlaceMention]) -> tuple[PlaceMention, ...]:
    """All in text order, with `within` counting as before."""
    merged = sorted(((m.span, n) for n, m in enumerate([*mentions, *more])))
    index = {n: new for new, (_, n) in enumerate(merged)}
    found = [*mentions, *more]
    return tuple(
        replace(found[n], within=index[w]) if (w := found[n].within) is not None else found[n] for _, n in merged
    )

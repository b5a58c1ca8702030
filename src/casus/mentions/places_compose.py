"""From names of places to the phrases that stand for places (codebook section 4)."""

from __future__ import annotations

from dataclasses import replace

from casus.knowledge.gazetteer import Gazetteer
from casus.knowledge.gazetteer_words import PlaceWords
from casus.mentions.places_borders import find_borders
from casus.mentions.places_draft import Draft, is_proper, words_of
from casus.mentions.places_evidence import STRONG, Scene
from casus.mentions.places_parts import as_part, is_near, shared_divisions, with_division
from casus.mentions.places_sites import as_site, named_sites
from casus.mentions.places_spots import Spot
from casus.mentions.places_strangers import find_strangers
from casus.records.parse import Parse

WELL_KNOWN = 300_000
"""Population from which a name stands for its place even when another name follows."""


def compose(parse: Parse, spots: list[Spot], gazetteer: Gazetteer, words: PlaceWords, scene: Scene) -> list[Draft]:
    """Drafts in text order, none overlapping; a border takes the names inside it."""
    kept = [spot for spot in spots if not _outgrown(parse, spot, words)]
    grown = shared_divisions(parse, [_grow(parse, spot, gazetteer, words) for spot in kept], words)
    taken = {i for spot in kept for i in range(spot.first, spot.last + 1)} | scene.timed
    sites = list(named_sites(parse, taken, gazetteer, words, scene))
    taken.update(i for site in sites for i in range(site.first, site.last + 1))
    strangers = find_strangers(parse, taken, gazetteer, words, scene)
    borders = [replace(b, near=is_near(parse, b.first, words)) for b in find_borders(parse, grown)]
    return _without_overlaps([*borders, *grown, *sites, *strangers])


def _without_overlaps(drafts: list[Draft]) -> list[Draft]:
    """The drafts in text order; of two that overlap the one earlier in the list."""
    kept: list[Draft] = []
    taken: set[int] = set()
    for draft in drafts:
        tokens = range(draft.first, draft.last + 1)
        if taken.isdisjoint(tokens):
            kept.append(draft)
            taken.update(tokens)
    return sorted(kept, key=lambda d: d.first)


def _outgrown(parse: Parse, spot: Spot, words: PlaceWords) -> bool:
    """Whether a small place's name is only the first word of another: "in Wadi" | Barada."""
    tokens = parse.tokens
    if not spot.first or tokens[spot.first - 1].lower not in (*STRONG, "of") or spot.last + 1 >= len(tokens):
        return False
    if any(p.kind in ("country", "province", "continent") or p.population > WELL_KNOWN for p in spot.places):
        return False
    follower = tokens[spot.last + 1]
    if follower.sentence != tokens[spot.last].sentence or follower.entity in ("DATE", "TIME"):
        return False
    others = (words.not_places, words.org_after, words.facilities, words.divisions, words.directions, words.titles)
    return is_proper(follower) and not any(follower.lower in group for group in others)


def _grow(parse: Parse, spot: Spot, gazetteer: Gazetteer, words: PlaceWords) -> Draft:
    draft = Draft(spot.first, spot.last, spot.places)
    draft = as_site(parse, with_division(parse, draft, words), words)
    if draft.last > spot.last:
        # "Laurel County" and "Donetsk airport" may be known as a whole.
        draft = replace(draft, places=gazetteer.lookup(words_of(parse, draft.first, draft.last)) or draft.places)
    draft = as_part(parse, draft, words)
    return replace(draft, near=is_near(parse, draft.first, words))

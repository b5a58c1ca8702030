"""Sites: names that a noun for a facility ends, "Donetsk airport", "Vokzalna Street"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casus.knowledge.gazetteer import Gazetteer, Place
from casus.knowledge.gazetteer_words import PlaceWords, load_place_words, load_toponym_model
from casus.mentions.places_adjectives import is_adjective
from casus.mentions.places_draft import Draft, words_of
from casus.mentions.places_evidence import STRONG, Features, Scene, evidence
from casus.mentions.places_parts import is_near
from casus.mentions.places_spots import is_unit, weigh
from casus.records.parse import Parse, Token

MODIFIERS = 3
"""Words between a name and its facility noun: "Damascus International Airport"."""

ENOUGH = -1.2
"""Log-odds that the name of a site needs."""

PLACED = 2.0
"""Log-odds added after a preposition of place."""

_INSIDE = frozenset(("-", "–", "al", "el", "ez", "es", "border", "air", "police"))


def as_site(parse: Parse, draft: Draft, words: PlaceWords) -> Draft:
    """The draft grown to the facility noun that follows its name, if one does."""
    last = _facility_end(parse, draft.last + 1, words)
    if last is None:
        return draft
    # A street or market that bears the name of a country does not lie in it.
    places = tuple(p for p in draft.places if p.kind not in ("country", "continent"))
    return replace(draft, last=last, places=places, precision="site", whole=False)


def _facility_end(parse: Parse, start: int, words: PlaceWords) -> int | None:
    """The token of the facility noun that ends the phrase started before `start`, if there is one."""
    tokens = parse.tokens
    for i in range(start, min(start + MODIFIERS + 1, len(tokens))):
        token = tokens[i]
        if token.sentence != tokens[start - 1].sentence or "\n" in words_of(parse, start - 1, i):
            return None
        if i + 1 < len(tokens) and (token.lower, tokens[i + 1].lower) in words.facility_phrases:
            return i + 1
        if token.lower in words.facilities:
            return i if i == start or token.text[0].isupper() or token.pos == "NOUN" else None
        if not (token.text[0].isupper() or token.pos == "ADJ" or token.text in "-–"):
            return None
    return None


def named_sites(
    parse: Parse, taken: set[int], gazetteer: Gazetteer, words: PlaceWords, scene: Scene
) -> Iterator[Draft]:
    """Sites whose name no gazetteer match begins; `taken` are the tokens of those matches."""
    weights = load_toponym_model("sites")
    for first, last in find_sites(parse, taken, words):
        strength = weigh(site_evidence(parse, first, last, words, scene), weights)
        if strength + (PLACED if _is_placed(parse, first, last) else 0.0) >= ENOUGH:
            places = _town_of(parse, first, last, gazetteer)
            yield Draft(first, last, places, "site", is_near(parse, first, words), whole=False)


def _is_placed(parse: Parse, first: int, last: int) -> bool:
    """Whether a preposition of place stands before, and the noun is a plain word: "in the Zorkani quarter"."""
    tokens = parse.tokens
    i = first - 1 if first and tokens[first - 1].lower == "the" else first
    return i > 0 and tokens[i - 1].lower in STRONG and tokens[last].text.islower()


def find_sites(parse: Parse, taken: set[int], words: PlaceWords) -> Iterator[tuple[int, int]]:
    """First and last tokens of names that a facility noun ends, beside the tokens taken."""
    for token in parse.tokens:
        if token.i in taken or not _ends_site(parse, token, words):
            continue
        first = _name_start(parse, token.i)
        if first < token.i and taken.isdisjoint(range(first, token.i)) and not is_unit(parse, token.i, words):
            yield first, token.i


def site_evidence(parse: Parse, first: int, last: int, words: PlaceWords, scene: Scene) -> Features:
    """The features of tokens [first, last] as the name of a site."""
    found = evidence(parse, first, last, (), words, scene)
    head = parse.tokens[last]
    found[f"noun: {head.lower}"] = 1.0
    if head.text[0].islower():
        found["plain noun"] = 1.0
    return found


def _ends_site(parse: Parse, token: Token, words: PlaceWords) -> bool:
    if token.lower in words.facilities:
        return True
    return token.i > 0 and (parse.tokens[token.i - 1].lower, token.lower) in words.facility_phrases


def _name_start(parse: Parse, end: int) -> int:
    """The first capitalised word of the run before the facility noun; `end` if there is none."""
    tokens = parse.tokens
    named = end
    for i in range(end - 1, -1, -1):
        token = tokens[i]
        if token.sentence != tokens[end].sentence:
            break
        if token.text[0].isupper() and token.pos in ("PROPN", "ADJ", "NOUN"):
            adjective = is_adjective(parse, token) or token.lower in load_place_words().not_places
            named = i if token.pos == "PROPN" or (token.pos == "ADJ" and not adjective and i > 0) else named
        elif token.lower not in _INSIDE:
            break
    shouted = all(t.text.isupper() for t in tokens[named : end + 1])
    return end if shouted else named


def _town_of(parse: Parse, first: int, last: int, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that the first words of a site's name may be: "Huntsville" | High School."""
    for end in range(last, first - 1, -1):
        found = gazetteer.lookup(words_of(parse, first, end))
        places = tuple(p for p in found if p.kind not in ("country", "continent") and not p.alternate)
        if places:
            return places
    return ()

"""Words around a name that say how much of the place is meant: "Borno state", "the north of Syria", "near Kutum".

Part of a province or country is a region, part of a town a site; near or outside a place is the
place itself with `near` (codebook section 4).
"""

from __future__ import annotations

from dataclasses import replace

from casus.knowledge.gazetteer import Place
from casus.knowledge.gazetteer_words import PlaceWords
from casus.mentions.places_draft import Draft
from casus.records.mention import PlacePrecision
from casus.records.parse import Parse

_PRECISIONS: dict[str, PlacePrecision] = {
    "province": "province", "district": "district", "town": "town", "region": "region",
}  # fmt: skip

_DISTANCES = frozenset(("km", "kms", "kilometres", "kilometers", "miles", "mile", "metres", "meters", "m", "minutes"))

_JOINTS = (", ", " and ", ", and ", " or ")

_POSSESSIVE = ("'s", "’s", "'", "’")


def with_division(parse: Parse, draft: Draft, words: PlaceWords) -> Draft:
    """The draft with the noun that tells its kind: "Borno state" grows, "the town of" | Douma does not."""
    tokens = parse.tokens
    if draft.last + 1 < len(tokens):
        kind = words.divisions.get(tokens[draft.last + 1].lower)
        if kind and tokens[draft.last + 1].text not in ("State", "Republic"):
            return replace(draft, last=draft.last + 1, precision=_division_precision(draft.places, kind))
    if draft.first > 1 and tokens[draft.first - 1].lower == "of":
        kind = words.divisions.get(tokens[draft.first - 2].lower)
        if kind:
            return replace(draft, precision=_division_precision(draft.places, kind))
    return draft


def shared_divisions(parse: Parse, drafts: list[Draft], words: PlaceWords) -> list[Draft]:
    """The drafts with the noun that a list of them shares: "Homs, Hama and Idlib" | "provinces"."""
    found = list(drafts)
    for i in range(len(found) - 1, -1, -1):
        kind = _plural_after(parse, found[i], words)
        while kind is not None and i >= 0 and found[i].whole and found[i].precision is None:
            found[i] = replace(found[i], precision=_division_precision(found[i].places, kind))
            between = parse.text[parse.tokens[found[i - 1].last].end : parse.tokens[found[i].first].start] if i else ""
            if between not in _JOINTS:
                break
            i -= 1
    return found


def _plural_after(parse: Parse, draft: Draft, words: PlaceWords) -> str | None:
    """The kind of the noun in the plural after a draft, None if there is none."""
    if draft.last + 1 >= len(parse.tokens):
        return None
    noun = parse.tokens[draft.last + 1]
    kind = words.divisions.get(noun.lemma.lower()) if noun.tag in ("NNS", "NNPS") else None
    return kind if kind in ("province", "district", "town") else None


def _division_precision(places: tuple[Place, ...], kind: str) -> PlacePrecision:
    """ "region" may be said of a province, "province" of what GeoNames has as a district."""
    if kind == "province" and places and all(p.kind != "province" for p in places):
        return "district" if any(p.kind == "district" for p in places) else "province"
    return _PRECISIONS[kind]


def as_part(parse: Parse, draft: Draft, words: PlaceWords) -> Draft:
    """The draft grown by the direction that makes it a part: "far north-western" | Zimbabwe, Turkey | "'s south"."""
    first = _direction_before(parse, draft.first, words)
    if first is None:
        first = _direction_of(parse, draft.first, words)
    if first is not None:
        return replace(draft, first=first, precision=_part_precision(draft), whole=False)
    last = _owned_direction(parse, draft.last, words)
    if last is not None:
        return replace(draft, last=last, precision="region", whole=False)
    return draft


def _part_precision(draft: Draft) -> PlacePrecision:
    in_town = draft.places and draft.places[0].kind in ("town", "neighbourhood") and draft.precision in (None, "town")
    return "site" if in_town or draft.precision == "site" else "region"


def _direction_before(parse: Parse, first: int, words: PlaceWords) -> int | None:
    """Where the directions right before the name begin, None if there are none."""
    tokens = parse.tokens
    start = None
    i = first - 1
    while i >= 0 and tokens[i].sentence == tokens[first].sentence:
        if tokens[i].lower in words.directions:
            start = i
        elif tokens[i].text not in ("-", "–"):
            break
        i -= 1
    return start


def _direction_of(parse: Parse, first: int, words: PlaceWords) -> int | None:
    """Where "the north of" begins; without the article it says near ("just north of Kabul")."""
    tokens = parse.tokens
    if first < 3 or tokens[first - 1].lower != "of" or tokens[first - 2].lower not in words.direction_nouns:
        return None
    i = first - 3
    while i > 0 and (tokens[i].lower in words.directions or tokens[i].text in ("-", "–")):
        i -= 1
    return i if tokens[i].lower == "the" else None


def _owned_direction(parse: Parse, last: int, words: PlaceWords) -> int | None:
    """The end of "Turkey's south" or "Syria's eastern desert", None if nothing such follows."""
    tokens = parse.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text not in _POSSESSIVE:
        return None
    i = last + 2
    while i < len(tokens) and (tokens[i].lower in words.directions or tokens[i].text in ("-", "–")):
        i += 1
    if i == last + 2:
        return None
    if i < len(tokens) and words.divisions.get(tokens[i].lower) == "region":
        return i
    ends = i == len(tokens) or tokens[i].pos not in ("NOUN", "PROPN", "ADJ")
    return i - 1 if ends and tokens[i - 1].lower in words.direction_nouns else None


def is_near(parse: Parse, first: int, words: PlaceWords) -> bool:
    """Whether the words before say near or outside: "just outside", "12 km south of", "on the outskirts of"."""
    tokens = parse.tokens
    i = first - 1
    while i >= 0 and (tokens[i].lower in ("the", "of") or tokens[i].lower in words.divisions):
        i -= 1
    if i >= 0 and tokens[i].lower in words.near:
        return True
    line = parse.text[max(0, tokens[first].start - 40) : tokens[first].start].lower().rstrip().removesuffix(" the")
    return line.endswith(words.near_phrases) or _at_distance(parse, first, words)


def _at_distance(parse: Parse, first: int, words: PlaceWords) -> bool:
    tokens = parse.tokens
    if first < 3 or tokens[first - 1].lower not in ("of", "from"):
        return False
    if tokens[first - 1].lower == "of" and tokens[first - 2].lower in words.directions:
        return tokens[first - 3].lower != "the"
    return tokens[first - 2].lower in _DISTANCES

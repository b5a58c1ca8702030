"""From names of places to the phrases that stand for places: parts, borders, sites, places near others.

"northwestern Syria" is a region, "the border with Turkey" a region, "Donetsk airport" a site,
"12 km south of Kutum" is near Kutum (codebook section 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Gazetteer, Place
from casus.knowledge.gazetteer_words import PlaceWords
from casus.mentions.places_spots import OPINION, Spot
from casus.records.mention import PlacePrecision
from casus.records.parse import Parse, Token

MODIFIERS = 3
"""Words between a name and its facility noun: "Damascus International Airport"."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A phrase for a place before it is known which place: tokens [first, last], possible places.

    `precision` is set where the words tell it; `whole` is False for a part of the place named
    or a site in it; `countries` are countries that the words tie to a border.
    """

    first: int
    last: int
    places: tuple[Place, ...]
    precision: PlacePrecision | None = None
    near: bool = False
    whole: bool = True
    countries: tuple[str, ...] = ()


def compose(parse: Parse, spots: list[Spot], gazetteer: Gazetteer, words: PlaceWords) -> list[Draft]:
    """Drafts in text order, none overlapping; a border or site takes the names inside it."""
    grown = [_grow(parse, spot, words) for spot in spots]
    taken = {i for spot in spots for i in range(spot.first, spot.last + 1)}
    sites = list(_named_sites(parse, taken, words))
    borders = list(_borders(parse, grown, gazetteer))
    strangers = list(_strangers(parse, gazetteer, words))
    return _without_overlaps([*borders, *grown, *sites, *strangers])


def _without_overlaps(drafts: list[Draft]) -> list[Draft]:
    """Earlier in the list wins."""
    kept: list[Draft] = []
    taken: set[int] = set()
    for draft in drafts:
        tokens = range(draft.first, draft.last + 1)
        if taken.isdisjoint(tokens):
            kept.append(draft)
            taken.update(tokens)
    return sorted(kept, key=lambda d: d.first)


def _grow(parse: Parse, spot: Spot, words: PlaceWords) -> Draft:
    draft = Draft(spot.first, spot.last, spot.places)
    draft = _with_division(parse, draft, words)
    draft = _as_site(parse, draft, words)
    draft = _as_part(parse, draft, words)
    return replace(draft, near=_is_near(parse, draft.first, words))


def _with_division(parse: Parse, draft: Draft, words: PlaceWords) -> Draft:
    """ "Borno state", "the town of Douma": the noun tells the precision."""
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


def _division_precision(places: tuple[Place, ...], kind: str) -> PlacePrecision:
    if kind == "province" and all(p.kind != "province" for p in places):
        return "district" if any(p.kind == "district" for p in places) else "province"
    return kind  # type: ignore[return-value]


def _as_site(parse: Parse, draft: Draft, words: PlaceWords) -> Draft:
    last = _facility_end(parse, draft.last + 1, words)
    return draft if last is None else replace(draft, last=last, precision="site", whole=False)


def _facility_end(parse: Parse, start: int, words: PlaceWords) -> int | None:
    """The token of the facility noun that ends the phrase started before `start`, if there is one."""
    tokens = parse.tokens
    for i in range(start, min(start + MODIFIERS + 1, len(tokens))):
        token = tokens[i]
        pair = (token.lower, tokens[i + 1].lower) if i + 1 < len(tokens) else None
        if pair in words.facility_phrases:
            return i + 1
        if token.lower in words.facilities:
            return i if i == start or token.text[0].isupper() or token.pos == "NOUN" else None
        if not (token.text[0].isupper() and token.text[0].isalpha() or token.pos == "ADJ" or token.text in "-–"):
            return None
    return None


def _as_part(parse: Parse, draft: Draft, words: PlaceWords) -> Draft:
    first = _direction_start(parse, draft.first, words)
    if first is not None:
        return replace(draft, first=first, precision=_part_precision(draft), whole=False)
    first = _direction_of(parse, draft.first, words)
    if first is not None:
        return replace(draft, first=first, precision=_part_precision(draft), whole=False)
    last = _owned_direction(parse, draft.last, words)
    if last is not None:
        return replace(draft, last=last, precision="region", whole=False)
    return draft


def _part_precision(draft: Draft) -> PlacePrecision:
    """Part of a province is a region; part of a town is a site."""
    if draft.precision == "site":
        return "site"
    if draft.places and draft.places[0].kind in ("town", "neighbourhood") and draft.precision in (None, "town"):
        return "site"
    return "region"


def _direction_start(parse: Parse, first: int, words: PlaceWords) -> int | None:
    """Where the directions right before the name begin: "far north-western" | Zimbabwe."""
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
    """Where "the north of" | Syria begins; without its article it says "north of", which is near."""
    tokens = parse.tokens
    if first < 3 or tokens[first - 1].lower != "of" or tokens[first - 2].lower not in words.direction_nouns:
        return None
    i = first - 3
    while i > 0 and (tokens[i].lower in words.directions or tokens[i].text in ("-", "–")):
        i -= 1
    return i if tokens[i].lower == "the" else None


def _owned_direction(parse: Parse, last: int, words: PlaceWords) -> int | None:
    """The end of "Turkey's south", "Syria's eastern desert"."""
    tokens = parse.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text not in ("'s", "’s", "'", "’"):
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


def _is_near(parse: Parse, first: int, words: PlaceWords) -> bool:
    """Whether the words before say near or outside: "just outside", "12 km south of", "outskirts of"."""
    tokens = parse.tokens
    i = first - 1
    while i >= 0 and (tokens[i].lower == "the" or words.divisions.get(tokens[i].lower) or tokens[i].lower == "of"):
        i -= 1
    if i >= 0 and tokens[i].lower in words.near:
        return True
    line = parse.text[max(0, tokens[first].start - 40) : tokens[first].start].lower().rstrip()
    line = line.removesuffix(" the")
    if any(line.endswith(phrase) for phrase in words.near_phrases):
        return True
    if first > 2 and tokens[first - 1].lower in ("of", "from"):
        k = first - 2
        if tokens[first - 1].lower == "of" and tokens[k].lower in words.directions:
            return tokens[k - 1].lower != "the"
        return tokens[k].lower in ("km", "kilometres", "kilometers", "miles", "metres", "meters", "mile", "m")
    return False


def _named_sites(parse: Parse, taken: set[int], words: PlaceWords) -> Iterator[Draft]:
    """Names that a facility noun ends or begins, and the gazetteer does not know: "Vokzalna Street"."""
    for token in parse.tokens:
        if token.i in taken:
            continue
        if _ends_site(parse, token, words):
            first = _name_start(parse, token.i, words)
            if first < token.i and taken.isdisjoint(range(first, token.i)):
                yield Draft(first, token.i, (), "site", _is_near(parse, first, words), whole=False)


def _ends_site(parse: Parse, token: Token, words: PlaceWords) -> bool:
    before = parse.tokens[token.i - 1] if token.i else None
    return token.lower in words.facilities or before is not None and (before.lower, token.lower) in words.facility_phrases


def _name_start(parse: Parse, end: int, words: PlaceWords) -> int:
    """The first capitalised word of the run before the facility noun; `end` if there is none."""
    tokens = parse.tokens
    i = end
    named = end
    while i > 0 and tokens[i - 1].sentence == tokens[end].sentence:
        token = tokens[i - 1]
        if token.text[0].isupper() and token.pos in ("PROPN", "ADJ", "NOUN"):
            named = i - 1 if token.pos == "PROPN" else named
        elif not (token.text in ("-", "–") or token.lower in ("al", "el", "ez", "es", "border", "air", "police")):
            break
        i -= 1
    if named < end and all(t.text.isupper() for t in tokens[named:end]) and tokens[end].text.isupper():
        return end
    return named


def _strangers(parse: Parse, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Draft]:
    """Names the tagger or a noun ("the village of X") calls places, known loosely or not at all."""
    i = 0
    tokens = parse.tokens
    while i < len(tokens):
        last = _entity_end(parse, i)
        if tokens[i].entity in ("GPE", "LOC", "FAC") and tokens[i].begins and last >= i:
            first = i
            while first < last and tokens[first].lower in ("the", "a") :
                first += 1
            draft = _stranger(parse, first, last, gazetteer, words)
            if draft is not None:
                yield draft
        i = max(i, last) + 1


def _entity_end(parse: Parse, i: int) -> int:
    tokens = parse.tokens
    last = i
    while last + 1 < len(tokens) and tokens[last + 1].entity == tokens[i].entity and not tokens[last + 1].begins:
        last += 1
    while last > i and tokens[last].text in ("'s", "’s"):
        last -= 1
    return last


def _stranger(parse: Parse, first: int, last: int, gazetteer: Gazetteer, words: PlaceWords) -> Draft | None:
    tokens = parse.tokens[first : last + 1]
    if not any(t.pos == "PROPN" and t.text[0].isupper() for t in tokens) or "\n" in parse.text[tokens[0].start : tokens[-1].end]:
        return None
    word = tokens[-1].lower
    if len(tokens) == 1 and (word in words.not_places or len(word) < 3 or word in load_countries().by_adjective):
        return None
    name = parse.text[tokens[0].start : tokens[-1].end]
    draft = Draft(first, last, gazetteer.lookup(name) or gazetteer.lookup_loosely(name))
    precision: PlacePrecision | None = "site" if tokens[0].entity == "FAC" else None
    return replace(_as_part(parse, _with_division(parse, draft, words), words), near=_is_near(parse, first, words)) if precision is None else replace(draft, precision="site", whole=False)


def _borders(parse: Parse, grown: list[Draft], gazetteer: Gazetteer) -> Iterator[Draft]:
    """ "the border with Turkey", "the Turkish border", "the Syria-Iraq border", "the border between X and Y"."""
    adjectives = load_countries().by_adjective
    for token in parse.tokens:
        if token.lower not in ("border", "borders", "frontier") or token.pos != "NOUN":
            continue
        first, last, countries = token.i, token.i, []
        i = token.i - 1
        while i >= 0 and parse.tokens[i].sentence == token.sentence:
            code = adjectives.get(parse.tokens[i].lower) or _country_at(i, grown)
            if code:
                countries.insert(0, code)
                first = i
            elif parse.tokens[i].text not in ("-", "–", "/"):
                break
            i -= 1
        after = _border_with(parse, token.i, grown)
        if after is not None:
            last = after[0]
            countries += after[1]
        if countries:
            the = first - 1 if first and parse.tokens[first - 1].lower in ("the", "its") else first
            yield Draft(the, last, (), "region", whole=False, countries=tuple(dict.fromkeys(countries)))


def _country_at(i: int, grown: list[Draft]) -> str | None:
    for draft in grown:
        if draft.first <= i <= draft.last and draft.places and draft.places[0].kind == "country" and draft.whole:
            return draft.places[0].country
    return None


def _border_with(parse: Parse, i: int, grown: list[Draft]) -> tuple[int, list[str]] | None:
    tokens = parse.tokens
    if i + 2 >= len(tokens) or tokens[i + 1].lower not in ("with", "between", "of", "to"):
        return None
    found: list[str] = []
    end = None
    k = i + 2
    while k < len(tokens) and k < i + 12:
        code = _country_at(k, grown)
        if code:
            found.append(code)
            end = k
        elif not (tokens[k].lower in ("the", "and", "neighbouring", "neighboring", "of", "republic") and tokens[i + 1].lower in ("between", "with", "of")):
            break
        if code and tokens[i + 1].lower != "between":
            while k + 1 < len(tokens) and _country_at(k + 1, grown) == code:
                k += 1
                end = k
            break
        k += 1
    return (end, found) if end is not None else None


LABELS = OPINION

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
from casus.mentions.places_spots import ARTICLES, STRONG, Spot
from casus.records.mention import PlacePrecision
from casus.records.parse import Parse, Token

MODIFIERS = 3
"""Words between a name and its facility noun: "Damascus International Airport"."""


WELL_KNOWN = 300_000
"""Population from which a name stands for its place even when another name follows."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A phrase for a place before it is known which place: tokens [first, last], possible places.

    `precision` is set where the words tell it; `whole` is False for a part of the place named or a site
    in it; `countries` are countries that the words tie to a border.
    """

    first: int
    last: int
    places: tuple[Place, ...]
    precision: PlacePrecision | None = None
    near: bool = False
    whole: bool = True
    countries: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


def compose(parse: Parse, spots: list[Spot], gazetteer: Gazetteer, words: PlaceWords) -> list[Draft]:
    """Drafts in text order, none overlapping; a border or site takes the names inside it."""
    spots = [spot for spot in spots if not _outgrown(parse, spot, words)]
    grown = [_grow(parse, spot, gazetteer, words) for spot in spots]
    taken = {i for spot in spots for i in range(spot.first, spot.last + 1)}
    sites = list(_named_sites(parse, taken, gazetteer, words))
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


def _outgrown(parse: Parse, spot: Spot, words: PlaceWords) -> bool:
    """Whether a small place's name is only the first word of another: "in Wadi" | Barada."""
    tokens = parse.tokens
    if not spot.first or tokens[spot.first - 1].lower not in (*STRONG, "of") or spot.last + 1 >= len(tokens):
        return False
    if any(p.kind in ("country", "province", "continent") or p.population > WELL_KNOWN for p in spot.places):
        return False
    follower = tokens[spot.last + 1]
    if not _proper(follower) or follower.entity in ("DATE", "TIME") or follower.sentence != tokens[spot.last].sentence:
        return False
    others = (words.not_places, words.org_after, words.facilities, words.divisions, words.directions, words.titles)
    return not any(follower.lower in group for group in others)


def _grow(parse: Parse, spot: Spot, gazetteer: Gazetteer, words: PlaceWords) -> Draft:
    draft = Draft(spot.first, spot.last, spot.places)
    draft = _as_site(parse, _with_division(parse, draft, words), words)
    if draft.last > spot.last:
        # "Laurel County" and "Donetsk airport" may be known as a whole.
        draft = replace(draft, places=gazetteer.lookup(_words(parse, draft.first, draft.last)) or draft.places)
    draft = _as_part(parse, draft, words)
    return replace(draft, near=_is_near(parse, draft.first, words))


def _words(parse: Parse, first: int, last: int) -> str:
    return parse.text[parse.tokens[first].start : parse.tokens[last].end]


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


def _named_sites(parse: Parse, taken: set[int], gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Draft]:
    """Names that a facility noun ends or begins, and the gazetteer does not know: "Vokzalna Street"."""
    for token in parse.tokens:
        if token.i in taken:
            continue
        if _ends_site(parse, token, words):
            first = _name_start(parse, token.i, words)
            if first < token.i and taken.isdisjoint(range(first, token.i)):
                places = _town_of(parse, first, token.i, gazetteer)
                yield Draft(first, token.i, places, "site", _is_near(parse, first, words), whole=False)


def _town_of(parse: Parse, first: int, last: int, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The towns that the first words of a site's name may be: "Huntsville" | High School."""
    for end in range(last, first - 1, -1):
        places = tuple(
            p
            for p in gazetteer.lookup(_words(parse, first, end))
            if p.kind not in ("country", "continent") and not p.alternate
        )
        if places:
            return places
    return ()


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
    """Names that the tagger, a noun or a preposition makes places, known loosely or not at all."""
    tokens = parse.tokens
    for sentence in parse.sentences:
        i = sentence.first
        while i <= sentence.last:
            last = i
            if _proper(tokens[i]):
                last = _run_end(parse, i, sentence.last)
                if _stands_as_place(parse, i, last, words):
                    draft = _stranger(parse, i, last, gazetteer, words)
                    if draft is not None:
                        yield draft
            i = last + 1


def _proper(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[0].isupper() and any(c.islower() for c in token.text)


def _run_end(parse: Parse, i: int, end: int) -> int:
    """The last token of the proper name that begins at i; hyphens and articles inside belong to it."""
    tokens = parse.tokens
    last = i
    k = i + 1
    while k <= end:
        if _proper(tokens[k]):
            last = k
        elif not (tokens[k].text in "-–" and tokens[k].start == tokens[k - 1].end or tokens[k].lower in ARTICLES):
            break
        k += 1
    return last


def _stands_as_place(parse: Parse, first: int, last: int, words: PlaceWords) -> bool:
    """Whether an unknown name is where only a place would be: "in", "the village of", or the tagger's word."""
    tokens = parse.tokens
    inside = {t.entity for t in tokens[first : last + 1]}
    if inside & {"DATE", "TIME", "MONEY", "EVENT", "WORK_OF_ART", "LANGUAGE"}:
        return False
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and after.lower in words.org_after:
        return False
    if before is not None and before.lower == "of" and first > 1 and tokens[first - 2].lower in words.divisions:
        return True
    if after is not None and words.divisions.get(after.lower) in ("town", "district", "province") and after.text.islower():
        return True
    if inside & {"GPE", "LOC", "FAC"}:
        return True
    return before is not None and before.lower in STRONG and last - first < 4 and not _used_otherwise(tokens, before, after)


def _used_otherwise(tokens: tuple[Token, ...], before: Token, after: Token | None) -> bool:
    """ "in Parliament House documents", "into Facebook": the name only modifies, or the preposition is a verb's."""
    if after is not None and after.pos in ("NOUN", "PROPN", "ADJ") and after.start - tokens[after.i - 1].end <= 1:
        return True
    return before.lower in ("into", "through", "across", "at") and tokens[before.i - 1].pos == "VERB" and before.lower != "into"


def _stranger(parse: Parse, first: int, last: int, gazetteer: Gazetteer, words: PlaceWords) -> Draft | None:
    tokens = parse.tokens[first : last + 1]
    text = parse.text[tokens[0].start : tokens[-1].end]
    word = tokens[-1].lower
    if "\n" in text or len(tokens) == 1 and (
        word in words.not_places or len(word) < 3 or word in load_countries().by_adjective
    ):
        return None
    draft = Draft(first, last, gazetteer.lookup(text) or gazetteer.lookup_loosely(text))
    if tokens[0].entity == "FAC":
        return replace(draft, precision="site", whole=False)
    draft = _as_part(parse, _with_division(parse, draft, words), words)
    return replace(draft, near=_is_near(parse, first, words))


def _borders(parse: Parse, grown: list[Draft], gazetteer: Gazetteer) -> Iterator[Draft]:
    """ "the border with Turkey", "the Turkish border", "the Syria-Iraq border", "the border between X and Y"."""
    adjectives = load_countries().by_adjective
    for token in parse.tokens:
        if token.lower not in ("border", "borders", "frontier") or token.pos != "NOUN":
            continue
        first, last = token.i, token.i
        countries: list[str] = []
        beyond: list[str] = []
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
            last, beyond = after
            if parse.tokens[token.i + 1].lower == "between":
                countries, beyond = beyond, []
        if countries or beyond:
            the = first - 1 if first and parse.tokens[first - 1].lower in ("the", "its") else first
            yield Draft(the, last, (), "region", whole=False, countries=tuple(dict.fromkeys(countries)), beyond=tuple(beyond))


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



"""Which words of a text are names of places: gazetteer matches weighed by what stands around them.

A name alone proves little: half of the words of English are a village somewhere. So every
match gets a strength from its size in the world, the tagger's opinion and its neighbours, and
only matches of enough strength are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import log10

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Gazetteer, Place
from casus.knowledge.gazetteer_names import fold
from casus.knowledge.gazetteer_words import PlaceWords
from casus.records.parse import Parse, Token

LONGEST = 9
"""Tokens in the longest name looked up; hyphens are tokens ("Deir ez-Zor" has four)."""

ENOUGH = 0.8
"""Strength a match needs. This and the weights below were tuned by hand on the training readings, LGL and
TR-News, 2026-11."""

OPINION = {"GPE": 2.5, "LOC": 2.0, "FAC": 1.5, "PERSON": -2.0, "ORG": -1.0, "NORP": -2.5, "": -0.3}
"""What the tagger's entity type adds; types not listed take one off."""

STRONG = frozenset(
    ("in", "at", "near", "into", "outside", "inside", "around", "towards", "toward", "through", "across", "throughout")
)
"""Prepositions that persons and groups seldom follow."""

ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "ez", "es", "ed"))
"""Lower-case words that Arabic names begin with, before a hyphen."""

LINKS = ARTICLES | frozenset(
    (
        "de",
        "del",
        "la",
        "le",
        "los",
        "las",
        "da",
        "do",
        "dos",
        "of",
        "and",
        "the",
        "on",
        "sur",
        "sous",
        "en",
        "aux",
        "au",
        "du",
        "des",
        "upon",
        "di",
        "am",
    )
)
"""Lower-case words that names hold inside."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Tokens [first, last] that name a place; `places` empty where the gazetteer has none."""

    first: int
    last: int
    places: tuple[Place, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole text says.

    `flat` tells for each sentence whether its capitals mean nothing, `surnames` the last words
    of persons named in full; after the first look `countries` has the share of each country
    in the text's places and adjectives, and `names` the keys of the places found.
    """

    flat: tuple[bool, ...]
    surnames: frozenset[str]
    countries: dict[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


def read_setting(parse: Parse) -> Setting:
    """Look over the text once before matching."""
    flat = tuple(_is_flat(parse.sentence_tokens(s)) for s in parse.sentences)
    return Setting(flat, frozenset(_surnames(parse)))


def _second_look(parse: Parse, setting: Setting, spots: list[Spot]) -> Setting:
    """The setting with what the first look found: small places of those countries count for more."""
    counts: Counter[str] = Counter()
    adjectives = load_countries().by_adjective
    for token in parse.tokens:
        code = adjectives.get(token.lower)
        if code and token.text[0].isupper():
            counts[code] += 1
    for spot in spots:
        if spot.places[0].country:
            counts[spot.places[0].country] += 1
    total = sum(counts.values())
    names = frozenset(fold(_text(parse, spot.first, spot.last)) for spot in spots)
    return replace(setting, countries={c: n / total for c, n in counts.items()}, names=names)


def _is_flat(tokens: tuple[Token, ...]) -> bool:
    """Whether capitals say nothing here: all capitals, or none after the first word."""
    words = [t.text for t in tokens if t.text[0].isalpha() and len(t.text) > 1]
    if len(words) < 4:
        return bool(words) and all(w.isupper() for w in words)
    upper = sum(w.isupper() for w in words)
    return upper > 0.6 * len(words) or (not any(w[0].isupper() for w in words[1:]) and words[0][0].islower())


def _surnames(parse: Parse) -> Iterator[str]:
    """Last words of persons named in full, as they come back alone later."""
    tokens = parse.tokens
    for i, token in enumerate(tokens):
        last = i + 1 == len(tokens) or tokens[i + 1].entity != "PERSON" or tokens[i + 1].begins
        named = token.entity == "PERSON" and not token.begins and last and token.text[:1].isupper()
        if named and tokens[i - 1].lower not in STRONG:  # the tagger takes "Near Palmyra" for a person
            yield token.lower


def find_spots(parse: Parse, gazetteer: Gazetteer, words: PlaceWords) -> list[Spot]:
    """Matches that are strong enough, longest first at each word, in text order, none overlapping.

    The text is looked over twice: the second time knowing what it is about.
    """
    setting = read_setting(parse)
    first = _scan(parse, gazetteer, words, setting)
    return _scan(parse, gazetteer, words, _second_look(parse, setting, first))


def _scan(parse: Parse, gazetteer: Gazetteer, words: PlaceWords, setting: Setting) -> list[Spot]:
    spots: list[Spot] = []
    i = 0
    while i < len(parse.tokens):
        spot = _spot_at(parse, i, gazetteer, words, setting)
        if spot is None:
            i += 1
        else:
            spots.append(spot)
            i = spot.last + 1
    return spots


def _spot_at(parse: Parse, i: int, gazetteer: Gazetteer, words: PlaceWords, setting: Setting) -> Spot | None:
    if not _may_begin(parse, i, setting):
        return None
    for last in range(min(len(parse.tokens), i + LONGEST) - 1, i - 1, -1):
        if not _may_span(parse, i, last, setting):
            continue
        text = _text(parse, i, last)
        if text in words.abbreviations:
            return Spot(i, last, gazetteer.lookup(words.abbreviations[text]), ENOUGH)
        places = gazetteer.lookup(text)
        if not places:
            continue
        strength = _strength(parse, i, last, places, words, setting)
        if strength >= ENOUGH:
            return Spot(i, last, places, strength)
    return None


def _text(parse: Parse, first: int, last: int) -> str:
    return parse.text[parse.tokens[first].start : parse.tokens[last].end]


def _may_begin(parse: Parse, i: int, setting: Setting) -> bool:
    token = parse.tokens[i]
    if token.lower in ("a", "an", "the"):
        return False
    if not token.text[0].isalpha() and token.text[0] not in "'‘’ʿ":
        return False
    if setting.flat[token.sentence]:
        return token.pos in ("PROPN", "NOUN", "ADJ", "X", "INTJ", "NUM") or token.entity in ("GPE", "LOC", "FAC")
    if token.text[0].isupper() and token.pos != "ADP":
        return True
    following = parse.tokens[i + 1 : i + 3]
    if token.lower not in ARTICLES or not any(t.text[0].isupper() for t in following):
        return False
    return following[0].text == "-" or token.lower in ("al", "el")  # not "At" | Bay Hospital


def _may_span(parse: Parse, first: int, last: int, setting: Setting) -> bool:
    """Whether the tokens can be one name: one line, no stop inside, a capital or link in each word."""
    tokens = parse.tokens[first : last + 1]
    if "\n" in _text(parse, first, last) or not _may_end(tokens[-1]):
        return False
    if any(not (t.text[0].isalnum() or t.text in "-–'’‘.&") for t in tokens):
        return False
    if any(t.text in "-–" and t.start > tokens[k].end for k, t in enumerate(tokens[1:])):
        return False
    if setting.flat[tokens[0].sentence]:
        return True
    written = all(t.text[0].isupper() or not t.text[0].isalpha() or t.lower in LINKS for t in tokens)
    return written and (not tokens[-1].text[0].isalpha() or tokens[-1].text[0].isupper())


def _may_end(token: Token) -> bool:
    """A word or number, or an abbreviation with its full stop; not a bare mark."""
    return token.text[-1].isalnum() or (token.text[0].isalpha() and token.text[-1] in ".'’")


def _strength(
    parse: Parse, first: int, last: int, places: tuple[Place, ...], words: PlaceWords, setting: Setting
) -> float:
    tokens = parse.tokens[first : last + 1]
    flat = setting.flat[tokens[0].sentence]
    strength = _renown(places, setting) + _opinion(parse, first, last) + _neighbours(parse, first, last, words, flat)
    if fold(_text(parse, first, last)) in setting.names:
        strength += 1.0
    if sum(t.text[0].isalpha() for t in tokens) > 1:
        return strength + (2.5 if tokens[-1].lower in words.divisions else 1.0)
    if not flat and not any(t.pos == "PROPN" for t in tokens):
        strength -= 1.0
    return strength - _doubt(tokens[-1], places, words, setting)


def _doubt(token: Token, places: tuple[Place, ...], words: PlaceWords, setting: Setting) -> float:
    """What a single word loses that is more often something else: a common word, a surname, a short form."""
    word = token.lower.rstrip(".")
    country = any(p.kind == "country" for p in places)
    doubt = 3.5 if word in words.not_places else 0.0
    doubt += 3.0 if word in setting.surnames else 0.0
    if country:
        # "us" and "car" are countries in capitals only.
        return doubt + (4.0 if len(word) <= 3 and not token.text.isupper() else 0.0)
    doubt += 4.0 if word in load_countries().by_adjective else 0.0
    letters = sum(c.isalpha() for c in word)
    return doubt + (0.0 if letters > 3 else 2.0 if letters == 3 else 3.0)


def _renown(places: tuple[Place, ...], setting: Setting) -> float:
    """What the best-known bearer of the name adds, in the countries that the text is about."""
    return max(_fame(place) + _fitness(place, setting.countries) for place in places)


def _fitness(place: Place, countries: dict[str, float]) -> float:
    if not countries or place.country is None or place.kind == "country":
        return 0.0
    most = 1.5 if place.country in load_countries().english else 2.3
    return min(most, 6 * countries.get(place.country, 0.0))


def _fame(place: Place) -> float:
    if place.kind == "country":
        fame = 3.0
    elif place.capital:
        fame = 2.4
    elif place.kind in ("town", "district"):
        fame = max(-1.0, min(2.6, 0.9 * (log10(place.population + 1) - 4.0)))
    else:
        fame = 1.5
    return fame - (1.0 if place.alternate else 0.0) - (0.5 if place.kind == "district" else 0.0)


def _opinion(parse: Parse, first: int, last: int) -> float:
    """What the tagger adds: its type for the head of the name, less where the entity is longer."""
    tokens, head = parse.tokens, parse.tokens[last]
    after = last + 1 < len(tokens) and bool(head.entity) and _same_entity(head, tokens[last + 1])
    before = first > 0 and bool(tokens[first].entity) and _same_entity(tokens[first - 1], tokens[first])
    opinion = OPINION.get(head.entity, -1.0)
    if head.entity in ("PERSON", "ORG", "NORP") and not before and not after:
        # The tagger gives unknown names one of these; it is hardly better than chance on them.
        opinion += 1.0 if first == last and head.entity == "PERSON" else 0.5
    if head.entity in ("PERSON", "ORG", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW") and (before or after):
        opinion -= 1.5
    return opinion


def _same_entity(left: Token, right: Token) -> bool:
    """Whether a name goes on from one token to the next; marks and prepositions that the tagger took in do not."""
    if left.entity != right.entity or right.begins:
        return False
    outer = (left, right)
    return all(t.text[0].isalnum() and t.pos != "ADP" and t.lower not in STRONG and t.lower != "'s" for t in outer)


def _neighbours(parse: Parse, first: int, last: int, words: PlaceWords, flat: bool) -> float:
    """What the words around the name add or take."""
    tokens = parse.tokens
    total = _before(parse, first, words, flat) if first else 0.0
    if last + 1 < len(tokens) and tokens[last + 1].sentence == tokens[last].sentence:
        total += _after(parse, tokens[last + 1], words, flat)
    return total


def _before(parse: Parse, first: int, words: PlaceWords, flat: bool) -> float:
    before = parse.tokens[first - 1]
    word = before.lower.rstrip(".")
    if word in words.locative or word in words.directions:
        return _preposition(parse, first, words)
    named = before.text[0].isupper()
    if word in words.titles and named:
        return -3.0
    if word in words.facility_leads and named:
        return 0.5
    if word in ("and", "or", ",") and first > 1 and parse.tokens[first - 2].entity in ("GPE", "LOC"):
        return 0.8
    if named and before.pos == "PROPN" and not flat and before.sentence == parse.tokens[first].sentence:
        return -1.5
    if before.text in "-–" and first > 1 and parse.tokens[first].start == before.end:
        return -1.0 if parse.tokens[first - 2].text[0].isupper() else 0.0
    return 0.0


def _preposition(parse: Parse, first: int, words: PlaceWords) -> float:
    """What "the village of", "in" or "north of" adds, and less for prepositions that persons follow too."""
    word = parse.tokens[first - 1].lower
    if word == "of" and first > 1:
        head = parse.tokens[first - 2].lower
        if head in words.divisions:
            return 2.5
        if head == "out" or head in words.direction_nouns:
            return 1.7
    if word in STRONG:
        return 1.7
    return 1.2 if word in words.directions else 1.0


def _after(parse: Parse, after: Token, words: PlaceWords, flat: bool) -> float:
    word = after.lower
    named = after.text[0].isupper()
    if word in words.divisions:
        return 2.5
    if word in words.settings:
        return 1.5
    if word in words.facilities:
        return 0.8
    if word in words.org_after and (named or after.pos in ("NOUN", "PROPN")):
        return -3.0 if named else -0.3
    if after.text == "," and after.i + 1 < len(parse.tokens) and parse.tokens[after.i + 1].text[0].isupper():
        return 0.4
    return -1.5 if named and after.pos == "PROPN" and not flat else 0.0

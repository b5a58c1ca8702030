"""Which words of a text are names of places: gazetteer matches weighed by what stands around them.

A name alone proves little: half of the words of English are a village somewhere. So every
match gets log-odds from its size in the world, the tagger's opinion, its neighbours and the rest
of the text (`places_evidence`), and only those of enough are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Gazetteer, Place
from casus.knowledge.gazetteer_names import fold
from casus.knowledge.gazetteer_words import PlaceWords, load_toponym_model
from casus.mentions.places_adjectives import adjectives_of, in_adjective
from casus.mentions.places_draft import is_proper, words_of
from casus.mentions.places_evidence import STRONG, Features, Scene, evidence, same_entity
from casus.records.parse import Parse, Token

LONGEST = 9
"""Tokens in the longest name looked up; hyphens are tokens ("Deir ez-Zor" has four)."""

ENOUGH = -0.9
"""Log-odds that a match needs; from -0.8 to 0 the F1 in cross-validation is the same within half a point."""

FLAT_ENOUGH = -1.4
"""The same where capitals say nothing."""

AT_HOME = 0.6
"""Log-odds added for a name that no English-speaking country has, in a text about a country that has it."""

DATELINE = 3.0
"""Log-odds added at the head of a dateline."""

COUNTRY = 2.5
"""Log-odds added for a country: the annotated news, which is local, leaves many of them out."""

CITY = 1.3
"""The same for a capital, and for a city of GREAT population outside the English-speaking countries."""

GREAT = 500_000

SURE = 9.0
"""Log-odds of an abbreviation, which is a place whenever it is written so."""

HOME = 0.25
"""The share from which a text is about a country."""

LOOKS = 3
"""How often the text is looked over, each time knowing what the time before found."""

ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "ez", "es", "ed"))
"""Lower-case words that Arabic names begin with, before a hyphen."""

LINKS = ARTICLES | frozenset(
    ("de", "del", "la", "le", "los", "las", "da", "do", "dos", "of", "and", "the", "on", "sur", "sous", "en", "aux")
)
LINKS |= frozenset(("au", "du", "des", "upon", "di", "am"))
"""Lower-case words that names hold inside."""

_OTHERWISE = frozenset(("before: name", "before: person", "before: title", "after: name PERSON", "after: group named"))

_DOUBTS = frozenset(("surname", "titled", "common word"))

_MARKS = "-–'’‘.&"


@dataclass(frozen=True, slots=True)
class Spot:
    """Tokens [first, last] that name a place, the places of that name, and the log-odds that they do."""

    first: int
    last: int
    places: tuple[Place, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens [first, last] that the gazetteer knows, under the folded name `key`.

    `entity` is the tagger's type of the last word, `flat` says that capitals mean nothing here;
    `strength` is what speaks for them but for the rest of the text, None where they can be nothing else.
    """

    first: int
    last: int
    places: tuple[Place, ...]
    key: str
    entity: str
    flat: bool
    strength: float | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the last look found: the share of each country in the text, and the first tokens of each name found."""

    countries: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, frozenset[int]] = field(default_factory=dict)


def find_spots(
    parse: Parse, gazetteer: Gazetteer, words: PlaceWords, scene: Scene, theatre: Mapping[str, float]
) -> list[Spot]:
    """Matches that are strong enough, longest first at each word, in text order, none overlapping.

    The text is looked over twice: the second time knowing what it is about. `theatre` weighs
    the countries that its actors are known to act in.
    """
    matches = [
        [_weighed(parse, match, words, scene) for match in found]
        for found in find_matches(parse, gazetteer, words, scene)
    ]
    spots = _choose(matches, Setting())
    for _ in range(LOOKS - 1):
        spots = _choose(matches, second_look(parse, spots, theatre))
    return spots


def find_matches(parse: Parse, gazetteer: Gazetteer, words: PlaceWords, scene: Scene) -> Iterator[list[Match]]:
    """For each token that can begin a name, what the gazetteer knows from there on, longest first."""
    for token in parse.tokens:
        if token.i in scene.timed or not _may_begin(parse, token, scene):
            continue
        flat = scene.flat[token.sentence]
        found = []
        for last in reversed(_ends(parse, token.i, flat)):
            text = words_of(parse, token.i, last)
            short = _abbreviated(parse, token.i, last, words)
            places = gazetteer.lookup(text if short is None else short)
            if short is None and (not places or _is_no_place(parse, token.i, last, places, words)):
                continue
            if scene.actors.get(token.i, (token.i, last)) != (token.i, last):
                continue  # "Tigray" | "People's Liberation Front" is no place
            strength = 0.0 if short is None else None
            found.append(Match(token.i, last, places, fold(text), parse.tokens[last].entity, flat, strength))
        if found:
            yield found


def _abbreviated(parse: Parse, first: int, last: int, words: PlaceWords) -> str | None:
    """What an abbreviation stands for; its full stop may be a token of its own, and codes follow a comma."""
    text = words_of(parse, first, last)
    if text in words.abbreviations:
        return words.abbreviations[text]
    if parse.text[parse.tokens[last].end : parse.tokens[last].end + 1] == "." and f"{text}." in words.abbreviations:
        return words.abbreviations[f"{text}."]
    if (
        first == last
        and first > 1
        and parse.tokens[first - 1].text == ","
        and parse.tokens[first - 2].text[0].isupper()
    ):
        return words.postal.get(text)
    return None


def _weights(match: Match) -> Mapping[str, float]:
    return load_toponym_model("flat spots" if match.flat else "spots")


def _weighed(parse: Parse, match: Match, words: PlaceWords, scene: Scene) -> Match:
    if match.strength is None:
        return match
    features = evidence(parse, match.first, match.last, match.places, words, scene)
    extra = _standing(match, features, words)
    if "dateline" in features and "common word" not in features:
        extra += DATELINE
    return replace(match, strength=weigh(features, _weights(match)) + extra)


def _standing(match: Match, features: Features, words: PlaceWords) -> float:
    """What a country, a capital or a great city is surer to be, where nothing makes it a person's or a group's."""
    if match.key in words.names_of_persons or _OTHERWISE & features.keys():
        return 0.0
    usual = [p for p in match.places if not p.alternate]
    if any(p.kind == "country" for p in usual):
        return COUNTRY
    english = load_countries().english
    great = any(p.capital or (p.population >= GREAT and p.country not in english) for p in usual)
    doubted = any(name in _DOUBTS or name.startswith("after: name") for name in features)
    return CITY if great and not doubted else 0.0


def weigh(features: Features, weights: Mapping[str, float]) -> float:
    """The log-odds of a linear model; features without a weight count nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def _choose(matches: list[list[Match]], setting: Setting) -> list[Spot]:
    spots: list[Spot] = []
    free = 0
    for found in matches:
        if found[0].first < free:
            continue
        for match in found:
            strength = SURE
            if match.strength is not None:
                around = context(match, setting)
                strength = match.strength + weigh(around, _weights(match))
                strength += AT_HOME if any(name.startswith("at home") for name in around) else 0.0
            if strength >= (FLAT_ENOUGH if match.flat else ENOUGH):
                spots.append(Spot(match.first, match.last, match.places, strength))
                free = match.last + 1
                break
    return spots


def context(match: Match, setting: Setting) -> Features:
    """What the places found elsewhere say of a match."""
    found: Features = {}
    if setting.names.get(match.key, frozenset()) - {match.first}:
        found["found elsewhere"] = 1.0
    for place in match.places:
        name = "fitness" if place.country in load_countries().english else "fitness, not English"
        found[name] = max(found.get(name, 0.0), _fitness(place, setting.countries))
    if found.get("fitness, not English", 0.0) >= HOME:
        found[f"at home: {match.entity or 'none'}"] = 1.0
    return found


def _fitness(place: Place, countries: Mapping[str, float]) -> float:
    """How much the text is about the place's country."""
    if place.country is None or place.kind == "country":
        return 0.0
    return min(0.4, countries.get(place.country, 0.0))


def second_look(parse: Parse, spots: list[Spot], theatre: Mapping[str, float]) -> Setting:
    """What the first look found: small places of those countries count for more."""
    counts: Counter[str] = Counter()
    for _, _, country in adjectives_of(parse):
        counts[country] += 1
    for spot in spots:
        if spot.places and spot.places[0].country:
            counts[spot.places[0].country] += 1
    weighed = {code: counts.get(code, 0) + theatre.get(code, 0.0) for code in sorted({*counts, *theatre})}
    total = sum(weighed.values())
    names: dict[str, frozenset[int]] = {}
    for spot in spots:
        key = fold(words_of(parse, spot.first, spot.last))
        names[key] = names.get(key, frozenset()) | {spot.first}
    return Setting({c: n / total for c, n in weighed.items()} if total else {}, names)


def is_unit(parse: Parse, last: int, words: PlaceWords) -> bool:
    """Whether the name goes on to that of an armed unit: Aleppo | "Martyrs Brigade", Golani | "brigade"."""
    for token in parse.tokens[last + 1 : last + 5]:
        if token.sentence != parse.tokens[last].sentence:
            return False
        if token.lower in words.plain_units and (token.i == last + 1 or token.text[0].isupper()):
            return True
        if not token.text[0].isupper() and token.lower not in ("'s", "’s"):
            return False
        if token.lower in words.units:
            return True
    return False


def _is_no_place(parse: Parse, first: int, last: int, places: tuple[Place, ...], words: PlaceWords) -> bool:
    """Whether the words are something else wherever they stand so: an adjective, a unit, a word, part of a site."""
    head = parse.tokens[last]
    country = any(p.kind == "country" for p in places)
    if _is_somebody(parse, first, last, words) or in_adjective(parse, first, last):
        return True
    if head.lower in words.makes and (first == 0 or parse.tokens[first - 1].lower not in STRONG):
        return True  # "two Toyota pickups"
    if is_unit(parse, last, words) or (words_of(parse, first, last).lower() in _adjectives() and not country):
        return True
    if first != last:
        return False
    if country and len(head.text) <= 3 and not head.text.isupper():
        return True  # "us"
    if head.lower in words.facilities or head.lower in words.divisions or head.lower in words.facility_leads:
        return True  # "Station"
    before = parse.tokens[first - 1] if first and parse.tokens[first - 1].sentence == head.sentence else None
    if head.lower in words.not_places and head.pos != "PROPN" and (before is None or before.lower not in STRONG):
        return True  # "was Nice"
    after = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    if after is not None and head.lower in words.names_of_persons and head.entity == "PERSON":
        return same_entity(head, after)  # "Georgia" | Smith
    named = after is not None and after.text[0].isupper()
    if named and after is not None and head.lower in words.directions and after.sentence == head.sentence:
        return True  # "SOUTHWEST" | ASIA
    if named and after is not None and after.lower in words.papers:
        return True  # "The Washington" | "Post"
    site = named and after is not None and after.lower in words.facilities
    return site and before is not None and is_proper(before)  # "Yablunska" | Lane | "Street"


def _is_somebody(parse: Parse, first: int, last: int, words: PlaceWords) -> bool:
    """Whether the words are a person's: an age follows ("Pedro Carbo, 51,"), or a phrase says that it is a name."""
    tokens = parse.tokens
    following = tokens[last + 1 : last + 4]
    age = (
        len(following) == 3 and following[0].text == "," and following[1].text.isdigit() and len(following[1].text) == 2
    )
    if age and first < last and tokens[last].entity == "PERSON" and following[2].text in (",", "and"):
        return True
    line = parse.text[max(0, tokens[first].start - 60) : tokens[first].start].lower().rstrip(" \"'“‘")
    line = line.removesuffix(" el").removesuffix(" the")
    return line.endswith(words.naming) and not any(word in words.divisions for word in line.split())


def _adjectives() -> Mapping[str, str]:
    return load_countries().by_adjective


def _may_begin(parse: Parse, token: Token, scene: Scene) -> bool:
    if token.lower in ("a", "an", "the"):
        return False
    if not token.text[0].isalpha() and token.text[0] not in "'‘’ʿ":
        return False
    if scene.flat[token.sentence]:
        return token.pos in ("PROPN", "NOUN", "ADJ", "X", "INTJ", "NUM") or token.entity in ("GPE", "LOC", "FAC")
    if token.text[0].isupper() and token.pos != "ADP":
        return True
    following = parse.tokens[token.i + 1 : token.i + 3]
    if token.lower not in ARTICLES or not any(t.text[0].isupper() for t in following):
        return False
    return following[0].text == "-" or token.lower in ("al", "el")  # not "At" | Bay Hospital


def _ends(parse: Parse, first: int, flat: bool) -> list[int]:
    """Where a name that begins here may end: on one line, no stop inside, a capital or link in each word."""
    tokens = parse.tokens
    ends = []
    for i in range(first, min(len(tokens), first + LONGEST)):
        token = tokens[i]
        if i > first and "\n" in parse.text[tokens[i - 1].end : token.start]:
            break
        if not token.text[0].isalnum() and token.text not in _MARKS:
            break
        if i > first and token.text in "-–" and token.start > tokens[i - 1].end:
            break
        letter, upper = token.text[0].isalpha(), token.text[0].isupper()
        if not flat and letter and not upper and token.lower not in LINKS:
            break
        if _may_end(token) and (flat or upper or not letter):
            ends.append(i)
    return ends


def _may_end(token: Token) -> bool:
    """A word or number, or an abbreviation with its full stop; not a bare mark."""
    return token.text[-1].isalnum() or (token.text[0].isalpha() and token.text[-1] in ".'’")

"""Names that no gazetteer match explains, and that yet stand where a place would stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casus.knowledge.gazetteer import Gazetteer, Place
from casus.knowledge.gazetteer_words import PlaceWords, load_toponym_model
from casus.mentions.places_adjectives import is_adjective
from casus.mentions.places_draft import Draft, is_proper, words_of
from casus.mentions.places_evidence import SAYING, STRONG, Features, Scene, evidence
from casus.mentions.places_frames import flat_names, is_framed, is_weakly_framed
from casus.mentions.places_parts import as_part, is_near, with_division
from casus.mentions.places_spots import ARTICLES, is_unit, weigh
from casus.records.parse import Parse

LONGEST_NAME = 6
"""Tokens of an unknown name; longer runs are titles and organisations."""

ENOUGH = -1.0
"""Log-odds that an unknown name needs."""

WEAK_FRAME = 1.2
"""Log-odds added after words that places often follow ("captured")."""

SAME_LIST = 1.2
"""Log-odds added after a place in a list."""

_NO_PLACES = frozenset(("DATE", "TIME", "MONEY", "EVENT", "WORK_OF_ART", "CARDINAL", "PERCENT", "LAW"))


def find_strangers(
    parse: Parse, taken: set[int], gazetteer: Gazetteer, words: PlaceWords, scene: Scene
) -> Iterator[Draft]:
    """Names beside the tokens taken whose frame makes them places, known loosely or not at all."""
    runs = [run for run in find_runs(parse, taken, words) if scene.actors.keys().isdisjoint(range(run[0], run[1] + 1))]
    persons = {words_of(parse, *run) for run in runs if _speaks(parse, run[1])}
    framed = {words_of(parse, *run) for run in runs if is_framed(parse, *run, words)} - persons
    places_end = set(taken)
    for first, last in runs:
        places = known_places(parse, first, last, gazetteer)
        listed = SAME_LIST if _is_listed(parse, first, last, places_end) else 0.0
        own = words_of(parse, first, last) not in persons and is_framed(parse, first, last, words)
        again = words_of(parse, first, last) in framed and (first == last or parse.tokens[last].entity != "ORG")
        features = stranger_evidence(parse, first, last, places, words, scene)
        if own or again or _is_likely(parse, first, last, features, words, listed):
            places_end.add(last)
            yield _stranger(parse, first, last, places, words)
    for sentence in parse.sentences:
        if scene.flat[sentence.index]:
            for first, last in flat_names(parse, sentence.first, sentence.last, taken, words):
                yield _stranger(parse, first, last, known_places(parse, first, last, gazetteer), words)


def _is_likely(parse: Parse, first: int, last: int, features: Features, words: PlaceWords, extra: float) -> bool:
    """Whether a name that no frame makes a place is one by all that speaks for it, `extra` in log-odds besides."""
    if _is_person(parse, first, last):
        return False
    frame = WEAK_FRAME if is_weakly_framed(parse, first, last, words) else 0.0
    return weigh(features, load_toponym_model("strangers")) + frame + extra >= ENOUGH


def _is_listed(parse: Parse, first: int, last: int, places_end: set[int]) -> bool:
    """Whether the name ends a list of places: Qamenas | "and" | Talamenes."""
    tokens = parse.tokens
    if first < 2 or tokens[first - 1].lower not in ("and", "or") or tokens[last].entity in ("PERSON", "ORG"):
        return False
    return first - (3 if tokens[first - 2].text == "," else 2) in places_end


def _speaks(parse: Parse, last: int) -> bool:
    """Whether the name is the subject of a verb of saying, as persons are."""
    return last + 1 < len(parse.tokens) and parse.tokens[last + 1].lower in SAYING


def find_runs(parse: Parse, taken: set[int], words: PlaceWords) -> Iterator[tuple[int, int]]:
    """First and last tokens of proper names that may be places."""
    for sentence in parse.sentences:
        i = sentence.first
        while i <= sentence.last:
            if parse.tokens[i].lower in STRONG:
                i += 1  # the tagger takes the first word of "Near Palmyra" for a part of the name
                continue
            last = _run_end(parse, i, sentence.last, taken) if is_proper(parse.tokens[i]) else i
            if is_proper(parse.tokens[i]) and i not in taken and _may_be_place(parse, i, last, words):
                yield _with_article(parse, i, taken), last
            i = last + 1


def _with_article(parse: Parse, first: int, taken: set[int]) -> int:
    """Where the name begins with its article: "al-" | Shabaab."""
    tokens = parse.tokens
    if first < 2 or {first - 1, first - 2} & taken or tokens[first - 2].end != tokens[first - 1].start:
        return first
    return first - 2 if tokens[first - 1].text == "-" and tokens[first - 2].lower in ARTICLES else first


def _run_end(parse: Parse, first: int, end: int, taken: set[int]) -> int:
    """The last token of the proper name that begins at `first`; hyphens and articles inside belong to it."""
    tokens = parse.tokens
    last = first
    for k in range(first + 1, end + 1):
        if k in taken:
            break
        if is_proper(tokens[k]):
            last = k
        elif not ((tokens[k].text in "-–" and tokens[k].start == tokens[k - 1].end) or tokens[k].lower in ARTICLES):
            break
    return last


def _may_be_place(parse: Parse, first: int, last: int, words: PlaceWords) -> bool:
    tokens = parse.tokens[first : last + 1]
    text = words_of(parse, first, last)
    word = text.lower()
    if len(tokens) > LONGEST_NAME or "\n" in text or len(word) < 3:
        return False
    if word.removeprefix("al-") in words.not_places or any(is_adjective(parse, t) for t in tokens):
        return False
    return not {t.entity for t in tokens} & _NO_PLACES and not is_unit(parse, last, words)


def _is_person(parse: Parse, first: int, last: int) -> bool:
    """Whether the tagger takes several words for a person, and no preposition of place says no."""
    tokens = parse.tokens
    if first == last or tokens[last].entity != "PERSON":
        return False
    return not first or tokens[first - 1].lower not in STRONG


def stranger_evidence(
    parse: Parse, first: int, last: int, places: tuple[Place, ...], words: PlaceWords, scene: Scene
) -> Features:
    """The features of tokens [first, last] as the name of a place that the gazetteer has not."""
    found = evidence(parse, first, last, (), words, scene)
    inside = [t.lower.rstrip(".") for t in parse.tokens[first : last + 1]]
    found[f"tokens: {min(4, sum(w[0].isalnum() for w in inside))}"] = 1.0
    if any(w in words.org_after or w in words.units or w in words.plain_units for w in inside):
        found["group inside"] = 1.0
    if inside[0] in words.titles:
        found["begins with a title"] = 1.0
    if any(w in words.facilities for w in inside):
        found["facility inside"] = 1.0
    if any(w in words.not_places for w in inside):
        found["common word inside"] = 1.0
    if places:
        found["known loosely"] = 1.0
    return found


def known_places(parse: Parse, first: int, last: int, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places of that name, else those it may be a spelling of."""
    text = words_of(parse, first, last)
    return gazetteer.lookup(text) or gazetteer.lookup_loosely(text)


def _stranger(parse: Parse, first: int, last: int, places: tuple[Place, ...], words: PlaceWords) -> Draft:
    draft = Draft(first, last, places)
    if parse.tokens[first].entity == "FAC":
        draft = replace(draft, precision="site", whole=False)
    else:
        draft = as_part(parse, with_division(parse, draft, words), words)
    return replace(draft, near=is_near(parse, first, words))

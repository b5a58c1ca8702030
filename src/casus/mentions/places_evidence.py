"""What speaks for and against a name being the name of a place, as named features of a linear model.

Weights are fitted by `scripts/train_toponyms` (`knowledge/data/models/toponyms.json`). What the
whole text says of a word ("Bingham" was a person two lines before) is read once, as a `Scene`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor, log10

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Place
from casus.knowledge.gazetteer_words import PlaceWords
from casus.mentions.places_adjectives import is_adjective
from casus.records.parse import Parse, Token
from casus.records.span import Span

STRONG = frozenset(
    ("in", "at", "near", "into", "outside", "inside", "around", "towards", "toward", "through", "across", "throughout")
)
"""Prepositions that persons and groups seldom follow."""

SAYING = frozenset(("said", "says", "told", "added", "asked", "stated"))

NEIGHBOURS = frozenset(("nearby", "neighbouring", "neighboring", "adjacent"))

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a text says of its words, all in lower case.

    `flat` tells for each sentence whether its capitals mean nothing; `surnames` are last words of
    persons named in full, `titled` words after a title, `placed` words after "in" and the like;
    `types` counts the tagger's types of each capitalised word; `actors` has for each token of a known
    actor's name the first and last token of that name; `timed` are the tokens of times.
    """

    flat: tuple[bool, ...]
    surnames: frozenset[str]
    titled: frozenset[str]
    placed: frozenset[str]
    types: dict[str, Counter[str]]
    actors: Mapping[int, tuple[int, int]]
    timed: frozenset[int] = frozenset()


def read_scene(
    parse: Parse,
    words: PlaceWords,
    actors: Mapping[int, tuple[int, int]] | None = None,
    times: tuple[Span, ...] = (),
) -> Scene:
    """Look over the text once before matching."""
    types: dict[str, Counter[str]] = {}
    titled, placed = set(), set()
    for token in parse.tokens:
        if not token.text[0].isupper():
            continue
        types.setdefault(token.lower, Counter())[token.entity] += 1
        before = parse.tokens[token.i - 1] if token.i else None
        if before is not None and before.lower in STRONG:
            placed.add(token.lower)
        if before is not None and before.lower.rstrip(".") in words.titles and before.text[0].isupper():
            titled.add(token.lower)
    flat = tuple(is_flat(parse.sentence_tokens(s)) for s in parse.sentences)
    surnames = frozenset(_surnames(parse))
    return Scene(flat, surnames, frozenset(titled), frozenset(placed), types, actors or {}, _timed(parse, times))


def _timed(parse: Parse, times: tuple[Span, ...]) -> frozenset[int]:
    """Tokens of times, without the places that "two days after the fall of Gori" names."""
    inside = [token for span in times for token in parse.tokens_in(span)]
    return frozenset(t.i for t in inside if t.entity not in ("GPE", "LOC", "FAC"))


def is_flat(tokens: tuple[Token, ...]) -> bool:
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


def evidence(
    parse: Parse, first: int, last: int, places: tuple[Place, ...], words: PlaceWords, scene: Scene
) -> Features:
    """The features of tokens [first, last] as the name of one of these places."""
    head = parse.tokens[last]
    flat = scene.flat[head.sentence]
    found: Features = {"bias": 1.0}
    if flat:
        found["flat"] = 1.0
    before, after = dict(_before(parse, first, words, flat)), dict(_after(parse, last, words, flat))
    found.update(before)
    found.update(after)
    frame = next(iter(before), "unclear")
    found[f"{head.entity or 'none'} {frame}"] = 1.0
    if "preposition" not in frame and "of" not in frame:
        found[f"dependency: {head.dep}"] = 1.0
    found.update(_form(parse, first, last, words))
    if "common word" in found and any(name.startswith("after: name") for name in after):
        found["common word in a name"] = 1.0
    found.update(_tagged(parse, first, last))
    found.update(_seen(parse, first, last, scene))
    if _is_dateline(parse, first, last):
        found["dateline"] = 1.0
    if places:
        found.update(renown(places))
    return found


def renown(places: tuple[Place, ...]) -> Features:
    """How well known the best-known bearer of the name is."""
    best = max(places, key=_fame)
    kind = "capital" if best.capital else "town" if best.kind == "district" else best.kind
    found = {f"kind: {kind}": 1.0, f"renown: {floor(_fame(best))}": 1.0, "readings": log10(len(places))}
    found["renown"] = _fame(best)
    if not any(p.country in load_countries().english for p in places):
        found["not English"] = 1.0
    if best.alternate:
        found["alternate"] = 1.0
    return found


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


def _form(parse: Parse, first: int, last: int, words: PlaceWords) -> Iterator[tuple[str, float]]:
    """The words of the name themselves."""
    tokens = parse.tokens[first : last + 1]
    head = tokens[-1]
    if sum(t.text[0].isalpha() for t in tokens) > 1:
        yield "several words", 1.0
        if head.lower in words.divisions:
            yield "ends in a division", 1.0
        if tokens[0].lower in words.directions:
            yield "begins with a direction", 1.0
        if all(t.lower in words.not_places or not t.text[0].isalpha() for t in tokens):
            yield "all common words", 1.0
        return
    yield "single", 1.0
    word = head.lower.rstrip(".")
    if word in words.not_places:
        yield "common word", 1.0
    letters = sum(c.isalpha() for c in word)
    if letters < 4:
        yield f"letters: {letters}", 1.0
    if head.text.isupper() and letters > 1:
        yield "capitals", 1.0
    if is_adjective(parse, head):
        yield "adjective", 1.0
    if not any(t.pos == "PROPN" for t in tokens):
        yield "no proper noun", 1.0


def _is_dateline(parse: Parse, first: int, last: int) -> bool:
    """Whether a line begins with the name in capitals, and a dash ends the dateline: "OUARZAZATE, July 9 -"."""
    tokens = parse.tokens
    if not parse.text[tokens[first].start : tokens[last].end].isupper():
        return False
    if first and "\n" not in parse.text[tokens[first - 1].end : tokens[first].start]:
        return False
    following = [t.text for t in tokens[last + 1 : last + 9]]
    return (
        bool(following)
        and following[0] in ("-", "–", "—", "--", ",", "(", "/")
        and bool({"-", "–", "—", "--"} & set(following))
    )


def _tagged(parse: Parse, first: int, last: int) -> Iterator[tuple[str, float]]:
    """What the tagger says: its type for the head, and whether its entity is longer."""
    tokens, head = parse.tokens, parse.tokens[last]
    after = last + 1 < len(tokens) and bool(head.entity) and same_entity(head, tokens[last + 1])
    before = first > 0 and bool(tokens[first].entity) and same_entity(tokens[first - 1], tokens[first])
    kind = head.entity if head.entity in ("GPE", "LOC", "FAC", "PERSON", "ORG", "NORP", "") else "other"
    extent = "whole" if not before and not after else "both" if before and after else "begin" if after else "end"
    yield f"type: {kind or 'none'}", 1.0
    if kind:
        yield f"type: {kind} {extent}", 1.0


def same_entity(left: Token, right: Token) -> bool:
    """Whether a name goes on from one token to the next; marks and prepositions that the tagger took in do not."""
    if left.entity != right.entity or right.begins:
        return False
    outer = (left, right)
    return all(t.text[0].isalnum() and t.pos != "ADP" and t.lower not in STRONG and t.lower != "'s" for t in outer)


def _seen(parse: Parse, first: int, last: int, scene: Scene) -> Iterator[tuple[str, float]]:
    """What the rest of the text says of the word."""
    head = parse.tokens[last]
    if first == last:
        if head.lower in scene.surnames:
            yield "surname", 1.0
        if head.lower in scene.titled:
            yield "titled", 1.0
    own = parse.tokens[first - 1].lower in STRONG if first else False
    if not own and parse.tokens[first].lower in scene.placed:
        yield "placed elsewhere", 1.0
    types = scene.types.get(head.lower)
    if types is None:
        return
    others = sum(types.values()) - 1
    if others > 0:
        yield "comes again", min(2.0, log10(others) + 1.0)
        less = {head.entity: 1}
        place = sum(types[t] - less.get(t, 0) for t in ("GPE", "LOC", "FAC")) / others
        yield "elsewhere place", place
        yield "elsewhere person", (types["PERSON"] - less.get("PERSON", 0)) / others
        yield "elsewhere group", sum(types[t] - less.get(t, 0) for t in ("ORG", "NORP")) / others


def _before(parse: Parse, first: int, words: PlaceWords, flat: bool) -> Iterator[tuple[str, float]]:
    tokens = parse.tokens
    if not first or tokens[first - 1].sentence != tokens[first].sentence:
        yield "begins sentence", 1.0
        return
    before = tokens[first - 1]
    word = before.lower.rstrip(".")
    named = before.text[0].isupper() and before.pos == "PROPN" and not flat
    if word == "of":
        yield _of(parse, first, words), 1.0
    elif word in STRONG:
        yield "before: strong preposition", 1.0
    elif word in NEIGHBOURS:
        yield "before: nearby", 1.0
    elif word in words.locative:
        yield "before: preposition", 1.0
        yield f"before: {word}", 1.0
    elif word in words.directions:
        yield "before: direction", 1.0
    elif word in words.titles and before.text[0].isupper():
        yield "before: title", 1.0
    elif word in words.facility_leads and before.text[0].isupper():
        yield "before: facility", 1.0
    elif named:
        yield "before: name", 1.0
        if before.entity == "PERSON":
            yield "before: person", 1.0
    elif word in ("and", "or", ","):
        yield from _in_list(tokens, first, word)
    elif before.text in "-–/" and before.end == tokens[first].start:
        yield "before: hyphen", 1.0
        if first > 1 and len(tokens[first - 2].text) == 1:
            yield "before: letter and hyphen", 1.0
    elif before.pos in ("VERB", "DET", "ADJ", "NOUN", "PUNCT"):
        yield f"before: {before.pos if before.pos != 'PUNCT' else before.text[:1]}", 1.0


def _of(parse: Parse, first: int, words: PlaceWords) -> str:
    if first > 1:
        head = parse.tokens[first - 2].lower
        if head in words.divisions:
            return "before: division of"
        if head == "out" or head in words.direction_nouns:
            return "before: direction of"
        if head in words.settings or head in words.facilities:
            return "before: setting of"
    return "before: of"


def _in_list(tokens: tuple[Token, ...], first: int, word: str) -> Iterator[tuple[str, float]]:
    other = tokens[first - 2] if first > 1 else None
    if other is not None and other.entity in ("GPE", "LOC"):
        yield f"before: place {'comma' if word == ',' else 'and'}", 1.0
    elif other is not None and other.entity in ("PERSON", "ORG"):
        yield "before: other name and", 1.0
    else:
        yield f"before: {word}", 1.0


def _after(parse: Parse, last: int, words: PlaceWords, flat: bool) -> Iterator[tuple[str, float]]:
    tokens = parse.tokens
    if last + 1 >= len(tokens) or tokens[last + 1].sentence != tokens[last].sentence:
        yield "ends sentence", 1.0
        return
    after = tokens[last + 1]
    word = after.lower
    named = after.text[0].isupper() and after.pos in ("PROPN", "NOUN", "ADJ") and not flat
    if word in words.divisions:
        yield f"after: division {'named' if named else ''}", 1.0
    elif word in words.facilities:
        yield f"after: facility {'named' if named else ''}", 1.0
    elif word in words.settings:
        yield "after: setting", 1.0
    elif word in words.org_after and (named or after.pos in ("NOUN", "PROPN")):
        yield f"after: group {'named' if named else ''}", 1.0
    elif named:
        yield f"after: name {after.entity or 'none'}", 1.0
    elif word in ("'s", "’s"):
        yield "after: 's", 1.0
    elif after.text == ",":
        yield from _after_comma(tokens, last)
    elif after.pos in ("VERB", "AUX"):
        yield f"after: {'saying' if word in SAYING else after.pos}", 1.0
    elif after.pos in ("NOUN", "PUNCT", "ADP", "CCONJ", "NUM"):
        yield f"after: {after.pos}", 1.0
    if after.text[0].isalpha() and after.pos in ("PROPN", "NOUN"):
        yield f"next: {word}", 1.0
    run = _run(tokens, last, flat)
    for other in run[1:]:
        if other.lower in words.org_after:
            yield "run: group", 1.0
            break


def _after_comma(tokens: tuple[Token, ...], last: int) -> Iterator[tuple[str, float]]:
    yield "after: comma", 1.0
    if last + 2 < len(tokens):
        following = tokens[last + 2]
        if following.entity == "GPE":
            yield "after: comma place", 1.0
        elif following.text[0].isupper():
            yield "after: comma name", 1.0
        elif following.text[0].isdigit():
            yield "after: comma number", 1.0


def _run(tokens: tuple[Token, ...], last: int, flat: bool) -> list[Token]:
    """The capitalised words that go on after the name."""
    run: list[Token] = []
    for token in tokens[last + 1 : last + 6]:
        if flat or not token.text[0].isupper():
            break
        run.append(token)
    return run

"""Names that only a relation shows to be places: "Otombo, 60 km east of" | X, and the two ends of "the X-Y road"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from casus.knowledge.gazetteer import Gazetteer
from casus.knowledge.gazetteer_words import PlaceWords
from casus.knowledge.lexicon import load_lexicon
from casus.mentions.places_distances import phrase_after, phrase_before
from casus.mentions.places_draft import Draft, is_proper, words_of
from casus.mentions.places_parts import is_near
from casus.mentions.places_relations import DESCRIBED, LINK
from casus.records.parse import Parse
from casus.records.span import Span

LONGEST_NAME = 4
"""Tokens of a name that a relation shows to be a place."""

MOST_NAMES = 100
"""Names of a text that are looked for again in it."""

_MEASURED = frozenset(("offset", "distance"))
_JOINT = re.compile(rf"\s?[,(]\s?{DESCRIBED}\Z")


def with_related(parse: Parse, drafts: list[Draft], gazetteer: Gazetteer, words: PlaceWords) -> list[Draft]:
    """The drafts, those of ways between two places taken apart, and the names that a told distance makes places,
    each time they come; a draft inside such a name goes."""
    apart = [part for draft in drafts for part in _ends(parse, draft, gazetteer)]
    taken = {i for draft in apart for i in range(draft.first, draft.last + 1)}
    names = {d.last: d for d in (*_before(parse, apart, taken, gazetteer), *_after(parse, taken, gazetteer))}
    told = [d for d in names.values() if not _is_other(parse, d, words)]
    found = [replace(d, near=is_near(parse, d.first, words)) for d in _everywhere(parse, told)]
    tokens = {i for draft in found for i in range(draft.first, draft.last + 1)}
    kept = [d for d in apart if tokens.isdisjoint(range(d.first, d.last + 1))]
    return sorted((*kept, *found), key=lambda d: d.first) if found else apart


def _everywhere(parse: Parse, told: list[Draft]) -> list[Draft]:
    """The names wherever the text has them, none overlapping."""
    found: dict[int, Draft] = {}
    for draft in told[:MOST_NAMES]:
        for match in re.finditer(re.escape(words_of(parse, draft.first, draft.last)), parse.text):
            inside = parse.tokens_in(Span(*match.span()))
            whole = inside[0].start == match.start() and inside[-1].end == match.end()
            if whole and not any(t.i in found for t in inside):
                found.update(dict.fromkeys((t.i for t in inside), replace(draft, first=inside[0].i, last=inside[-1].i)))
    return list({d.first: d for d in found.values()}.values())


def _ends(parse: Parse, draft: Draft, gazetteer: Gazetteer) -> tuple[Draft, ...]:
    """X and Y of "the X-Y road", where the gazetteer knows one of them; else the draft as it is."""
    tokens = parse.tokens[draft.first : draft.last + 1]
    ways = load_lexicon("distances")["ways"]["words"]
    if draft.precision != "site" or len(tokens) < 4 or tokens[-1].lower not in ways:
        return (draft,)
    for k in range(1, len(tokens) - 2):
        named = all(t.text[0].isupper() for t in (tokens[0], tokens[k + 1]))
        if tokens[k].text not in "-–—/" or not named:
            continue
        end = next((j for j in range(k + 1, len(tokens)) if not is_proper(tokens[j])), len(tokens) - 1)
        one = Draft(
            draft.first, draft.first + k - 1, gazetteer.lookup(words_of(parse, draft.first, draft.first + k - 1))
        )
        span = draft.first + k + 1, draft.first + min(end, len(tokens) - 1) - 1
        two = Draft(*span, gazetteer.lookup(words_of(parse, *span)))
        if one.places and two.places:
            return one, two
    return (draft,)


def _before(parse: Parse, drafts: list[Draft], taken: set[int], gazetteer: Gazetteer) -> Iterator[Draft]:
    """Names right before a distance from a place found: "Otombo, about 60 km east of" | Kisangani."""
    for draft in drafts:
        start = parse.tokens[draft.first].start
        phrase = phrase_before(parse.text, start, parse.sentence_of(parse.tokens[draft.first]).span.start)
        if phrase is not None and phrase.kind in _MEASURED:
            yield from _name_before(parse, phrase.start, taken, gazetteer)


def _name_before(parse: Parse, end: int, taken: set[int], gazetteer: Gazetteer) -> Iterator[Draft]:
    """The proper name that a comma or bracket, and a description of it at most, part from `end`."""
    begin = max(0, end - LINK)
    joint = _JOINT.search(re.sub(r"\s", " ", parse.text[begin:end]))
    if joint is None or begin + joint.start() == 0:
        return
    last = parse.token_at(begin + joint.start() - 1).i
    yield from _named(parse, last, taken, gazetteer)


def _after(parse: Parse, taken: set[int], gazetteer: Gazetteer) -> Iterator[Draft]:
    """Names right before a distance from a place left out: "Otombo, 18 km to the west"."""
    for token in parse.tokens:
        if is_proper(token) and token.i not in taken and parse.text[token.end : token.end + 1] == ",":
            found = phrase_after(parse.text, token.end)
            if found is not None:
                yield from _named(parse, token.i, taken, gazetteer)


def _named(parse: Parse, last: int, taken: set[int], gazetteer: Gazetteer) -> Iterator[Draft]:
    """The run of proper nouns that ends at a token, unless a place has it already."""
    if not is_proper(parse.tokens[last]) or last in taken:
        return
    first = last
    while first > 0 and last - first < LONGEST_NAME:
        before = parse.tokens[first - 1]
        joined = before.text in "-–" and before.end == parse.tokens[first].start
        if before.sentence != parse.tokens[last].sentence or not (is_proper(before) or joined):
            break
        first -= 1
    text = words_of(parse, first, last)
    if "\n" not in text and is_proper(parse.tokens[first]):
        yield Draft(first, last, gazetteer.lookup(text) or gazetteer.lookup_loosely(text))


def _is_other(parse: Parse, draft: Draft, words: PlaceWords) -> bool:
    """Whether a name is that of a person with a title, a day or a month, or a word that is hardly ever a place."""
    tokens = parse.tokens
    titled = draft.first and tokens[draft.first - 1].lower.rstrip(".") in words.titles
    return bool(titled) or words_of(parse, draft.first, draft.last).lower() in words.not_places

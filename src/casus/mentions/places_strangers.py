"""Names that no gazetteer match explains, and that yet stand where only a place would stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Gazetteer
from casus.knowledge.gazetteer_words import PlaceWords
from casus.mentions.places_draft import Draft, is_proper, words_of
from casus.mentions.places_parts import as_part, is_near, with_division
from casus.mentions.places_spots import ARTICLES, STRONG
from casus.records.parse import Parse, Token

LONGEST_NAME = 4
"""Tokens of an unknown name after a preposition; longer runs are titles and organisations."""

_NO_PLACES = frozenset(("DATE", "TIME", "MONEY", "EVENT", "WORK_OF_ART", "LANGUAGE", "CARDINAL", "PERCENT", "LAW"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))


def find_strangers(parse: Parse, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Draft]:
    """Names that the tagger, a noun or a preposition makes places, known loosely or not at all."""
    for sentence in parse.sentences:
        i = sentence.first
        while i <= sentence.last:
            last = _run_end(parse, i, sentence.last) if is_proper(parse.tokens[i]) else i
            if is_proper(parse.tokens[i]) and _stands_as_place(parse, i, last, words):
                yield from _stranger(parse, i, last, gazetteer, words)
            i = last + 1


def _run_end(parse: Parse, first: int, end: int) -> int:
    """The last token of the proper name that begins at `first`; hyphens and articles inside belong to it."""
    tokens = parse.tokens
    last = first
    for k in range(first + 1, end + 1):
        if is_proper(tokens[k]):
            last = k
        elif not ((tokens[k].text in "-–" and tokens[k].start == tokens[k - 1].end) or tokens[k].lower in ARTICLES):
            break
    return last


def _stands_as_place(parse: Parse, first: int, last: int, words: PlaceWords) -> bool:
    """Whether the tagger says so, or "the village of" or "in" comes before, or "village" after."""
    tokens = parse.tokens
    types = {t.entity for t in tokens[first : last + 1]}
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if types & _NO_PLACES or (after is not None and after.lower in words.org_after):
        return False
    if types & _PLACES:
        return True
    if after is not None and after.text.islower() and words.divisions.get(after.lower) not in (None, "region"):
        return True
    if before is None:
        return False
    if before.lower == "of" and first > 1 and tokens[first - 2].lower in words.divisions:
        return True
    return before.lower in STRONG and last - first < LONGEST_NAME and not _used_otherwise(tokens, before, after)


def _used_otherwise(tokens: tuple[Token, ...], before: Token, after: Token | None) -> bool:
    """ "in Vandal shirts", "shouting at Marta": the name only modifies, or the preposition is a verb's."""
    if after is not None and after.pos in ("NOUN", "PROPN", "ADJ") and after.start - tokens[after.i - 1].end <= 1:
        return True
    return before.lower in ("through", "across", "at") and before.i > 0 and tokens[before.i - 1].pos == "VERB"


def _stranger(parse: Parse, first: int, last: int, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Draft]:
    text = words_of(parse, first, last)
    word = text.lower()
    if "\n" in text or len(word) < 3 or word in words.not_places or word in load_countries().by_adjective:
        return
    draft = Draft(first, last, gazetteer.lookup(text) or gazetteer.lookup_loosely(text))
    if parse.tokens[first].entity == "FAC":
        draft = replace(draft, precision="site", whole=False)
    else:
        draft = as_part(parse, with_division(parse, draft, words), words)
    yield replace(draft, near=is_near(parse, first, words))

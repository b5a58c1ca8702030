"""Adjectives of countries in a text, those of several words too: "Syrian", "Sri Lankan", "Bissau-Guinean"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from casus.knowledge.countries import load_countries
from casus.records.parse import Parse, Token

LONGEST = 3
"""Words in the longest adjective: "Papua New Guinean"."""


@cache
def _last_words() -> frozenset[str]:
    """What a last token of an adjective can be, hyphens cut or not."""
    table = load_countries().by_adjective
    return frozenset(last for a in table for last in (a.split()[-1], a.split()[-1].rsplit("-", 1)[-1]))


def country_of_adjective(parse: Parse, last: Token) -> tuple[int, str] | None:
    """The index of the first token and the country of the longest adjective that ends here, None if none does."""
    table = load_countries().by_adjective
    if parse.text[last.start : last.end].lower() not in _last_words():
        return None
    for first in range(max(parse.sentences[last.sentence].first, last.i - LONGEST + 1), last.i + 1):
        country = table.get(" ".join(parse.text[parse.tokens[first].start : last.end].lower().split()))
        if country is not None:
            return first, country
    return None


def adjectives_of(parse: Parse) -> Iterator[tuple[int, int, str]]:
    """First token, last token and country of each adjective with a capital, in text order."""
    for token in parse.tokens:
        if token.text[0].isupper():
            found = country_of_adjective(parse, token)
            if found is not None:
                yield found[0], token.i, found[1]


def is_adjective(parse: Parse, token: Token) -> bool:
    """Whether the token is an adjective or a part of one: "Syrian", "Sri", "Lankan"."""
    return country_of_adjective(parse, token) is not None or in_adjective(parse, token.i, token.i)


def in_adjective(parse: Parse, first: int, last: int) -> bool:
    """Whether tokens [first, last] are the beginning or the whole of an adjective of several words: "Sri" | Lankan."""
    for end in range(last, min(len(parse.tokens), last + LONGEST)):
        token = parse.tokens[end]
        if token.sentence != parse.tokens[last].sentence:
            return False
        found = country_of_adjective(parse, token)
        if found is not None and found[0] <= first and found[0] < end:
            return True
    return False

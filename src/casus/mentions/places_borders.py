"""Borders: "the border with Turkey", "the Turkish border", "the Syria-Iraq border", "the border between X and Y"."""

from __future__ import annotations

from collections.abc import Iterator

from casus.mentions.places_adjectives import country_of_adjective
from casus.mentions.places_draft import Draft
from casus.records.parse import Parse, Token

REACH = 12
"""Tokens after the word "border" in which its countries are looked for."""

_AFTER = frozenset(("with", "between", "of", "to"))
_SKIPPED = frozenset(("the", "and", "neighbouring", "neighboring", "nearby"))


def find_borders(parse: Parse, drafts: list[Draft]) -> Iterator[Draft]:
    """Borders whose countries the text names, by adjective or by one of the drafts."""
    named = {
        i: draft
        for draft in drafts
        if draft.whole and draft.places and draft.places[0].kind == "country"
        for i in range(draft.first, draft.last + 1)
    }
    for token in parse.tokens:
        if token.lower in ("border", "borders", "frontier") and token.pos == "NOUN":
            border = _border(parse, token, named)
            if border is not None:
                yield border


def _border(parse: Parse, token: Token, named: dict[int, Draft]) -> Draft | None:
    first, own = _countries_before(parse, token, named)
    last, after = _countries_after(parse, token, named)
    if not own and not after:
        return None
    if first and parse.tokens[first - 1].lower in ("the", "its"):
        first -= 1
    both = after and parse.tokens[token.i + 1].lower == "between"
    countries = (*own, *after) if both else own
    return Draft(first, last, (), "region", whole=False, countries=countries, beyond=() if both else after)


def _country(parse: Parse, last: Token, named: dict[int, Draft]) -> tuple[int, str] | None:
    """The first token and the country of the name or adjective that ends here."""
    country = named[last.i].places[0].country if last.i in named else None
    return (named[last.i].first, country) if country is not None else country_of_adjective(parse, last)


def _countries_before(parse: Parse, token: Token, named: dict[int, Draft]) -> tuple[int, tuple[str, ...]]:
    """ "Syrian-Turkish" | border: where the phrase begins, and the countries in text order."""
    first, found = token.i, []
    i = token.i - 1
    while i >= parse.sentences[token.sentence].first:
        one = _country(parse, parse.tokens[i], named)
        if one is not None:
            i, country = one
            found.append(country)
            first = i
        elif parse.tokens[i].text not in ("-", "–", "/"):
            break
        i -= 1
    return first, tuple(dict.fromkeys(reversed(found)))


def _countries_after(parse: Parse, token: Token, named: dict[int, Draft]) -> tuple[int, tuple[str, ...]]:
    """border | "with Turkey": where the phrase ends, and the countries; only "between" takes two."""
    last, found = token.i, []
    following = parse.tokens[token.i + 1 : token.i + REACH]
    if not following or following[0].lower not in _AFTER:
        return last, ()
    for t in following[1:]:
        if t.i in named:
            found.append(named[t.i].places[0].country or "")
            last = named[t.i].last
            if following[0].lower != "between":
                break
        elif t.lower not in _SKIPPED:
            break
    return last, tuple(dict.fromkeys(found))

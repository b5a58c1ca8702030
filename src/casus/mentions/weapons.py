"""Words for weapons, under one name each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from casus.knowledge.lexicon import load_lexicon
from casus.records.mention import WeaponMention
from casus.records.parse import Parse, Token
from casus.records.span import Span

DASHES = frozenset("-–—")


def find_weapons(parse: Parse) -> tuple[WeaponMention, ...]:
    """Weapons in text order, the longest phrase at each place, none inside another.

    The name is the lexicon's ("ak-47" → rifle). A word that only looks like a weapon ("mine
    workers", "a think tank", "sticks to the plan") is left out.
    """
    found: list[WeaponMention] = []
    i = 0
    while i < len(parse.tokens):
        hit = _at(parse, i)
        if hit is None:
            i += 1
            continue
        end, name = hit
        found.append(WeaponMention(Span(parse.tokens[i].start, parse.tokens[end - 1].end), name))
        i = end
    return tuple(found)


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word → phrases in pieces as a text may be cut, longest first, with their names."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrases in load_lexicon("weapons")["names"].items():
        for phrase in phrases:
            pieces = tuple(phrase.replace("-", " - ").split())
            table.setdefault(pieces[0], []).append((pieces, name))
    return {word: tuple(sorted(found, key=lambda p: -len(p[0]))) for word, found in table.items()}


@cache
def _list(key: str) -> frozenset[str]:
    return frozenset(load_lexicon("weapons")["plain"][key])


def _at(parse: Parse, i: int) -> tuple[int, str] | None:
    """End (exclusive) and name of the weapon that starts at token i."""
    if not _may_begin(parse.tokens[i].lower):
        return None
    pieces, ends = _pieces(parse, i)
    for form in dict.fromkeys((pieces[0], _singular(pieces[0]))) if pieces else ():
        for phrase, name in _phrases().get(form, ()):
            n = len(phrase)
            if n > len(pieces) or not _same(phrase, pieces[:n]) or ends[n - 1] is None:
                continue
            end = ends[n - 1] or 0
            if _is_weapon(parse, i, end, phrase):
                return end, name
    return None


@lru_cache(maxsize=100_000)
def _may_begin(word: str) -> bool:
    """Whether a word of this form can be the first of a weapon's name."""
    first = (word.replace("-", " - ").split() or [word])[0]
    first = "-" if first in DASHES else first
    return first in _phrases() or _singular(first) in _phrases()


def _pieces(parse: Parse, i: int) -> tuple[list[str], list[int | None]]:
    """Up to nine lower-case pieces from token i, hyphens apart, with the token end after each
    (None inside a token)."""
    pieces: list[str] = []
    ends: list[int | None] = []
    for token in parse.tokens[i : i + 9]:
        if token.sentence != parse.tokens[i].sentence:
            break
        parts = token.lower.replace("-", " - ").split() or [token.lower]
        pieces += ["-" if p in DASHES else p for p in parts]
        ends += [None] * (len(parts) - 1) + [token.i + 1]
    return pieces[:9], ends[:9]


def _same(phrase: tuple[str, ...], pieces: list[str]) -> bool:
    """Whether the pieces are the phrase, the last one in singular or plural."""
    return list(phrase[:-1]) == pieces[:-1] and phrase[-1] in (pieces[-1], _singular(pieces[-1]))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word == "knives":
        return "knife"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _is_weapon(parse: Parse, first: int, end: int, phrase: tuple[str, ...]) -> bool:
    """Whether a word with other senses names a weapon here."""
    token: Token = parse.tokens[end - 1]
    if len(phrase) > 1 or phrase[0] not in _list("nouns_only"):
        return True
    if token.pos not in ("NOUN", "PROPN"):
        return False
    before = parse.tokens[first - 1].lower if first else ""
    after = parse.tokens[end].lemma if end < len(parse.tokens) else ""
    return before not in _list("not_after") and after not in _list("not_before")

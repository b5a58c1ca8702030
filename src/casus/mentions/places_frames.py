"""Frames: words around a name that stand beside places, whatever the gazetteer knows.

A strong frame makes any name a place ("the village of", "near", "stormed"); a weak one only speaks for it, since
persons and groups stand there too ("captured", "withdrew from").
"""

from __future__ import annotations

from casus.knowledge.gazetteer_words import PlaceWords
from casus.mentions.places_evidence import NEIGHBOURS
from casus.records.parse import Parse, Token

LONGEST_ALONE = 4
"""Tokens of an unknown name that a frame makes a place; longer ones are organisations and titles."""

_SURROUNDINGS = frozenset(
    ("area", "areas", "outskirts", "countryside", "suburbs", "neighbourhood", "neighborhood", "community")
)
_BESIDE = frozenset(("near", "outside", "towards", "toward")) | NEIGHBOURS


def is_framed(parse: Parse, first: int, last: int, words: PlaceWords) -> bool:
    """Whether the words around can stand beside a place alone: "the village of" | Talmena | "district", "nearby"."""
    tokens = parse.tokens
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if is_division_of(parse, first, words) or (after is not None and _is_division(after, words)):
        return True
    if tokens[last].entity == "NORP" or last - first >= LONGEST_ALONE:
        return False
    if after is not None and after.text in _SURROUNDINGS:
        return True
    apart = after is None or after.pos not in ("NOUN", "PROPN", "ADJ") or after.start - tokens[last].end > 1
    return apart and _is_beside(parse, first, words)


def is_division_of(parse: Parse, first: int, words: PlaceWords) -> bool:
    """Whether a noun for a kind of place and "of" stand before: "the villages of", "the island of"."""
    tokens = parse.tokens
    if first < 2 or tokens[first - 1].lower != "of":
        return False
    noun = tokens[first - 2]
    named = noun.text[0].isupper() and not noun.text.isupper()
    return not named and (_is_division(noun, words) or noun.lower in words.lands)


def _is_division(noun: Token, words: PlaceWords) -> bool:
    """Whether it is a common noun for a town or division, of any number; "sea" and "river" are names of their own."""
    if noun.pos not in ("NOUN", "PROPN") or (noun.text[0].isupper() and not noun.text.isupper()):
        return False
    kind = words.divisions.get(noun.lower) or words.divisions.get(noun.lemma.lower(), "region")
    return kind != "region"


def _is_beside(parse: Parse, first: int, words: PlaceWords) -> bool:
    """ "near" | Talmena, "close to", "residents of", "stormed", "rebel-held"."""
    tokens = parse.tokens
    if not first:
        return False
    before = tokens[first - 1]
    if before.lower in _BESIDE or before.lower in words.overrunning:
        return True
    if before.lower in words.holding and first > 1 and tokens[first - 2].text in "-–":
        return True
    if before.lower in ("of", "from") and first > 1 and tokens[first - 2].lower in words.dwellers:
        return True
    return _line(parse, first).endswith(words.near_phrases)


def is_weakly_framed(parse: Parse, first: int, last: int, words: PlaceWords) -> bool:
    """Whether places often stand here: "captured" | Talmena, "withdrew from", "the road to", "the mayor of"."""
    tokens = parse.tokens
    if not first or last - first >= LONGEST_ALONE or tokens[last].entity == "NORP":
        return False
    if (first != last and tokens[last].entity == "ORG") or is_numbered(parse, last):
        return False  # "Financial Services", "Highway" | 9
    if tokens[first - 1].lower in words.taking:
        return True
    return _line(parse, first).endswith(words.ways)


def is_numbered(parse: Parse, last: int) -> bool:
    """Whether a number follows the name."""
    return last + 1 < len(parse.tokens) and parse.tokens[last + 1].text[0].isdigit()


def _line(parse: Parse, first: int) -> str:
    """What stands before, in small letters, without an article at its end."""
    line = parse.text[max(0, parse.tokens[first].start - 40) : parse.tokens[first].start].lower()
    return line.rstrip().removesuffix(" the") if line.endswith(" ") else line


def flat_names(parse: Parse, first: int, last: int, taken: set[int], words: PlaceWords) -> list[tuple[int, int]]:
    """Names in a sentence, tokens [first, last], whose capitals say nothing: only after "the village of" or "near"."""
    tokens = parse.tokens
    found = []
    for i in range(first + 1, last + 1):
        token = tokens[i]
        if i in taken or not token.text.isalpha() or len(token.text) < 4 or token.lower in words.not_places:
            continue
        near = tokens[i - 1].lower in ("near", "outside") and token.pos == "PROPN"
        if near or (is_division_of(parse, i, words) and token.pos in ("PROPN", "NOUN", "X")):
            end = i
            while end < last and tokens[end + 1].pos == "PROPN" and end + 1 not in taken and end - i < 2:
                end += 1
            found.append((i, end))
    return found

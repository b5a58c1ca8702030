"""Texts in capitals, as old wires sent them, given ordinary case before they are parsed."""

from __future__ import annotations

import re
from collections.abc import Callable

MOSTLY = 0.6
"""Share of capitals among the letters from which a text counts as written in capitals."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
OPENING = re.compile(r"(?:^|[.!?:]\s|\n\s*|[\"“])\W*([^\W\d_])")


def in_capitals(text: str) -> bool:
    """Whether most letters of the text are capitals."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) / len(letters) > MOSTLY


def recase(text: str, is_name: Callable[[str], bool]) -> str:
    """The text in ordinary case, character for character as long as before.

    A word that opens a sentence, and one that `is_name` (given in lower case) takes for
    part of a name, gets a capital. Characters whose other case is longer stay as they are.
    """

    def word(match: re.Match[str]) -> str:
        lowered = _same_length(match.group(), str.lower)
        return _same_length(lowered, str.capitalize) if is_name(lowered) else lowered

    plain = WORD.sub(word, text)
    return OPENING.sub(lambda m: m.group()[:-1] + _same_length(m.group(1), str.upper), plain)


def _same_length(word: str, change: Callable[[str], str]) -> str:
    changed = change(word)
    return changed if len(changed) == len(word) else word

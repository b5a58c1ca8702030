"""Time words in scanned text: letters and digits that the scanner took for others, read as what they were."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

SCAN_ERRORS = (
    (re.compile(r"(?<=[^\W\d_]{2})1|(?<=[^\W\d_])1(?=[^\W\d_])"), "l"),
    (re.compile(r"\b1(?=(?!st\b|[ap]m\b)[^\W\d_]{2})"), "l"),
    (re.compile(r"\b[lI](?=\d\b)|(?<=\b\d)[lI]\b"), "1"),
    (re.compile(r"(?<=\b\d)O\b|(?<=\b\d)O(?=\d)|\bO(?=\d\b)"), "0"),
)
"""Letters and digits that scanning mixes up: "Apri1", "1ast", "March l2", "2O June". All keep the length."""

DIGITS = {ord(first) + n: str(n) for first in "٠۰०" for n in range(10)}
"""Arabic, Persian and Devanagari digits, which dates in English text are written with now and then."""

SPLIT = re.compile(r"(?<![^\W\d_])[^\W\d_]*rn[^\W\d_]*", re.IGNORECASE)
"""A word with the letters that a scanned "m" falls apart into."""

NEVER = re.compile(r"(?:^|[^\W\d_aeiou])rn", re.IGNORECASE)
"""Where an English word has no "rn": at its beginning ("rnen"), after a consonant ("Arrned")."""

DAMAGED = 2
"""Words with it, other than those of time, that show a text to be badly scanned."""


@dataclass(frozen=True, slots=True)
class Unscanned:
    """A text as it was before the scan; `at` gives the offset in the text as it stands of each of its
    characters and of its end, None where they are the same."""

    text: str
    at: tuple[int, ...] | None = None

    def offset(self, index: int) -> int:
        return index if self.at is None else self.at[index]


def unscanned(text: str, known: Collection[str]) -> Unscanned:
    """The text with ASCII digits and the commonest scanning errors undone; `known` are the words of times.

    "rn" becomes "m" only where that makes a known word ("Septernber") and other words show the same damage.
    """
    text = text.translate(DIGITS)
    for pattern, letter in SCAN_ERRORS:
        text = pattern.sub(letter, text)
    broken = split_words(text, known)
    places = {m.start() for m in broken}
    damaged = (m for m in SPLIT.finditer(text) if m.start() not in places and NEVER.search(m.group()))
    return joined(text, broken if sum(1 for _ in damaged) >= DAMAGED else ())


def split_words(text: str, known: Collection[str]) -> list[re.Match[str]]:
    """The words with "rn" that are known with "m" and only so."""
    found = SPLIT.finditer(text)
    return [m for m in found if m.group().lower().replace("rn", "m") in known and m.group().lower() not in known]


def joined(text: str, words: Collection[re.Match[str]]) -> Unscanned:
    """The text with "m" for each "rn" in these of its words."""
    parts: list[str] = []
    at: list[int] = []
    done = 0
    for place in [m.start() + n.start() for m in words for n in re.finditer("rn", m.group(), re.IGNORECASE)]:
        parts += [text[done:place], "M" if text[place].isupper() else "m"]
        at += range(done, place + 1)
        done = place + 2
    parts.append(text[done:])
    at += range(done, len(text) + 1)
    return Unscanned("".join(parts), tuple(at) if words else None)

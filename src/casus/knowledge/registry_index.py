"""Finding names in a text by a dictionary of folded n-grams."""

from __future__ import annotations

import re
import unicodedata
from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import neg
from typing import Generic, Literal, TypeVar

from casus.records.span import Span

Case = Literal["any", "capital", "exact"]
"""How a name must be written: in any case; with its capitals; letter for letter."""

PIECE = re.compile(r"[^\W_]+")
DASHES = "-\u2010\u2011\u2012\u2013"
"""Hyphens, and the dash written for them; a longer one parts a sentence."""
PARTING_DASH = re.compile(rf"\s[{DASHES}]\s|[{DASHES}]{{2}}")
QUOTES = "'\"`\u2018\u2019\u201b\u201c\u201d\u00ab\u00bb\u00b4"
ABBREVIATIONS = re.compile(
    "[a-z]|adm|brig|capt|cmdr|col|cpl|dr|gen|gov|jr|lt|maj|mrs?|ms|mt|pres|prof|rep|rev|sen|sgt|sr|st"
)
"""Words, folded, that stand with a period or without."""
SHORT_ACRONYM = 3
"""Acronyms up to this length are words too often ("It", "Car") to be taken in another case."""

T = TypeVar("T")


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word without case and diacritics: "Séléka" and "seleka" are one key."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=32_768)
def fold_name(name: str) -> str:
    """The key of a name: its folded letter and digit runs, one space between them."""
    return " ".join(_folded(name))


def _folded(text: str) -> list[str]:
    """The letter and digit runs of a text, each folded."""
    if text.isascii():  # at once, as their lower case is all there is to fold
        return PIECE.findall(text.lower())
    return [fold(piece) for piece in PIECE.findall(text)]


def natural_case(name: str) -> Case:
    """The case a name asks for: none if it is all lower case, else its capitals."""
    return "any" if name == name.lower() and not name[:1].isdigit() else "capital"


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """Where a name stands and all that it can mean, in the order they were added."""

    span: Span
    values: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class _Form(Generic[T]):
    """One spelling of a name: its pieces as written and what parts them, the case it asks for, what it means."""

    pieces: tuple[str, ...]
    gaps: tuple[str, ...]
    case: Case
    value: T


class NameIndex(Generic[T]):
    """Names and what they mean; look-up takes time linear in the text."""

    def __init__(self, names: Iterable[tuple[str, Case, T]]) -> None:
        self._forms: dict[str, list[_Form[T]]] = {}
        self._sizes: dict[str, list[int]] = {}
        for name, case, value in names:
            self._add(name, case, value)

    def _add(self, name: str, case: Case, value: T) -> None:
        pieces = tuple(PIECE.findall(name))
        if not pieces:
            return
        self._forms.setdefault(fold_name(name), []).append(_Form(pieces, _gaps(name), case, value))
        sizes = self._sizes.setdefault(fold(pieces[0]), [])
        if len(pieces) not in sizes:
            insort(sizes, len(pieces), key=neg)

    def lookup(self, name: str) -> tuple[T, ...]:
        """All that a whole name can mean, whatever its case."""
        return _unique(form.value for form in self._forms.get(fold_name(name), ()))

    def find(self, text: str) -> tuple[Hit[T], ...]:
        """Longest names of the text, left to right, none overlapping another.

        Spans are code points of `text`. Names found only in the wrong case are left out; a text
        without any capital is not held to them. A name runs over the end of a line, but neither over
        an empty line nor over commas, periods, brackets and the like that it is not written with.
        """
        pieces = [(m.group(), m.start(), m.end()) for m in PIECE.finditer(text)]
        keys = _folded(text)
        lowered = text == text.lower()
        found: list[Hit[T]] = []
        i = 0
        while i < len(pieces):
            size, values = self._longest_at(text, pieces, keys, i, lowered) if keys[i] in self._sizes else (0, ())
            if size:
                found.append(Hit(Span(pieces[i][1], pieces[i + size - 1][2]), values))
            i += size or 1
        return tuple(found)

    def _longest_at(
        self, text: str, pieces: Sequence[tuple[str, int, int]], keys: Sequence[str], i: int, lowered: bool
    ) -> tuple[int, tuple[T, ...]]:
        for size in self._sizes[keys[i]]:
            forms = self._forms.get(" ".join(keys[i : i + size])) if i + size <= len(keys) else None
            if forms is None:
                continue
            run = pieces[i : i + size]
            words = [p[0] for p in run]
            gaps = [text[a[2] : b[1]] for a, b in pairwise(run)]
            values = _unique(f.value for f in forms if _agrees(f, words, lowered) and _runs_on(f, words, gaps))
            if values:
                return size, values
        return 0, ()


def _agrees(form: _Form[T], words: Sequence[str], lowered: bool) -> bool:
    """Whether the words of the text are written as the form asks."""
    if form.case == "any":
        return True
    if form.case == "exact":
        return list(form.pieces) == list(words)
    if lowered:
        return len(form.pieces) > 1 or len(form.pieces[0]) > SHORT_ACRONYM
    if len(words) == 1 and form.pieces[0].isupper():
        return words[0].isupper() or (len(words[0]) > SHORT_ACRONYM and words[0].istitle())
    wanted = sum(not p[:1].islower() for p in form.pieces)
    given = sum(not w[:1].islower() for w in words)
    return 2 * given >= wanted or (given > 0 and len(words) > 2)


def _gaps(name: str) -> tuple[str, ...]:
    """What stands between the pieces of a name."""
    return tuple(name[a.end() : b.start()] for a, b in pairwise(PIECE.finditer(name)))


def _runs_on(form: _Form[T], words: Sequence[str], gaps: Sequence[str]) -> bool:
    """Whether the words of the text stand together as those of the form do."""
    return all(
        gap in (" ", own) or _joins(gap, own, word) for gap, own, word in zip(gaps, form.gaps, words, strict=False)
    )


def _joins(gap: str, own: str, before: str) -> bool:
    """Whether words with a gap between them can be one name, where its own gap is `own`."""
    if len(f"x{gap}x".splitlines()) > 2:
        return False
    allowed = set(own)
    if not allowed.isdisjoint(DASHES) or not PARTING_DASH.search(gap):
        allowed.update(DASHES)
    if ABBREVIATIONS.fullmatch(fold(before)):
        allowed.add(".")
    return all(mark in allowed or mark.isspace() or _is_light(mark) for mark in gap)


def _is_light(mark: str) -> bool:
    """Whether a mark may stand in any name: quotation marks, and what is not seen by itself."""
    return mark in QUOTES or mark == "_" or unicodedata.category(mark)[0] in "MC"


def _unique(values: Iterable[T]) -> tuple[T, ...]:
    kept: list[T] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return tuple(kept)

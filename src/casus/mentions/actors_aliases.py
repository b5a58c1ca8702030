"""Other names that a text itself gives: "Falcon Brigades (FB)", "the Front, formerly known as the League"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from casus.knowledge.registry_index import Hit, NameIndex
from casus.records.span import Span

T = TypeVar("T")

ABBREVIATION = re.compile(
    r"[’'\"”]?\s?\((?:the |or |then |now |hereafter )?[’'\"“]?([A-Z][A-Za-z&/-]{1,11})[’'\"”]?[),;]"
)
"""An abbreviation in brackets right after the name it stands for."""

_LEAD = (
    r"[’'\"”]?\s?[,(]?\s?(?:(?:a |the )?(?:group|movement|organi[sz]ation|militia)\s)?"
    r"(?:(?:who|which|that) (?:is |are |was |were )?)?"
)
_HOW = r"(?:also|formerly|previously|better|commonly|widely|locally|now|once|sometimes|then)\s"
_KNOWN = r"(?:known|abbreviated|calls? itself|calls? themselves|calling (?:itself|themselves)|a\.?k\.?a\.?|alias)\s"
_AFTER = (
    r"(?:as |by |under |locally |collectively |simply ){0,3}(?:the |its |their |acronym |initials |name |Arabic ){0,5}"
    r"[’'\"“‘]?"
)
KNOWN_AS = re.compile(
    _LEAD
    + rf"(?:(?:(?:and|or)\s)?(?:{_HOW}){{0,2}}{_KNOWN}"
    + rf"|(?:and\s)?(?:{_HOW}){{1,2}}(?:called|named|renamed|dubbed|styled)\s|(?:formerly|previously)\s)"
    + _AFTER
)
"""Words between a name and another name of the same body or person."""

ASIDE = re.compile(r"\s?\([^()\n]{1,100}\)(?=,? )")
"""A bracket between a name and its other names: the name in its own script, a year."""

BRACKETED = re.compile(r"(?<=\w)(?= \(([A-Z]{2,10})\))")
PIECE = re.compile(r"[^\W\d_][\w’']*")
CLOSING = re.compile(r"[’'\"”]?\)")
CAPITAL = re.compile(r"(?<![\w’'-])[A-Z]")
WORD = re.compile(r"[^\W\d_][\w’'-]*\.?")
INSIDE = frozenset(("of", "for", "the", "al", "el", "in", "and", "de", "la", "e", "du", "ul", "wal", "bin", "ibn"))
LONGEST, LONGEST_ACRONYM = 8, 10
"""Words of a name and letters of an abbreviation at most."""
CHAIN, WINDOW = 3, 120
"""Other names of one name at most, and the code points within which each begins."""


def other_names(text: str, name: Span) -> Iterator[Span]:
    """Spans of the other names that stand right after a name, nearest first."""
    end = name.end
    for _ in range(CHAIN):
        found = _abbreviation(text, name, end) or _spelled_out(text, name, end) or _known_as(text, end)
        aside = None if found else ASIDE.match(text, end)
        if aside:
            yield from _translated(text, Span(*aside.span()))
            found = _known_as(text, aside.end())
        if found is None:
            return
        yield found
        closing = CLOSING.match(text, found.end)
        end = closing.end() if closing else found.end


def _translated(text: str, bracket: Span) -> Iterator[Span]:
    """Names in a bracket that opens with a language: "(Arabic: ..., "Falcons of the North")"."""
    at = text.find(":", bracket.start, bracket.end)
    while 0 <= at < bracket.end:
        start = CAPITAL.search(text, at, bracket.end)
        found = name_at(text, start.start()) if start else None
        if found is None or found.end > bracket.end:
            return
        if " " in found.of(text):
            yield found
        at = found.end


def _abbreviation(text: str, name: Span, end: int) -> Span | None:
    """A bracketed abbreviation: of several capitals, or made of letters of the name ("Isis")."""
    match = ABBREVIATION.match(text, end)
    if match is None:
        return None
    short = match.group(1)
    if sum(c.isupper() for c in short) < 2 and not _is_within(short.lower(), name.of(text).lower()):
        return None
    return Span(*match.span(1))


def _is_within(short: str, long: str) -> bool:
    """Whether the letters of one stand in the other in this order."""
    letters = iter(long)
    return all(c in letters for c in short)


def _spelled_out(text: str, name: Span, end: int) -> Span | None:
    """The full name in brackets after its abbreviation: "FB (Falcon Brigades)"."""
    short = name.of(text).removeprefix("the ").removeprefix("The ")
    if not short.isupper() or len(short) > LONGEST_ACRONYM or text[end : end + 2] != " (":
        return None
    full = name_at(text, end + 2)
    return full if full and text[full.end : full.end + 1] == ")" and initials(full.of(text)) == short else None


def defined_names(text: str) -> Iterator[Span]:
    """Names that the text abbreviates right behind them, by their initials: "Board of Mills and Ferries (BMF)"."""
    for match in BRACKETED.finditer(text):
        words = list(PIECE.finditer(text, max(0, match.start() - WINDOW), match.start()))
        wanted = list(match.group(1))
        for word in reversed(words):
            first = word.group()[0]
            if wanted and first == wanted[-1]:
                wanted.pop()
                if not wanted:
                    yield Span(word.start(), match.start())
                    break
            elif first.isupper() or word.group() not in INSIDE:
                break


def abbreviation_before(text: str, name: Span) -> str | None:
    """The abbreviation whose full name, in brackets, is this one: "FB (Falcon Brigades)"."""
    start = text.rfind(" ", 0, max(0, name.start - 2)) + 1
    short = text[start : name.start - 2] if text[max(0, name.start - 2) : name.start] == " (" else ""
    return short if short and short == initials(name.of(text)) and len(short) <= LONGEST_ACRONYM else None


def initials(name: str) -> str:
    """First letters of the capitalised words of a name: "FB" of "Falcon Brigades"."""
    return "".join(w[0] for w in name.replace("-", " ").split() if w[:1].isupper())


def _known_as(text: str, end: int) -> Span | None:
    match = KNOWN_AS.match(text, end, end + WINDOW)
    return name_at(text, match.end()) if match else None


def name_at(text: str, start: int) -> Span | None:
    """The run of capitalised words that begins at `start`; small words inside it belong to it."""
    end, at = start, start
    for _ in range(LONGEST):
        match = WORD.match(text, at)
        if match is None:
            break
        word = match.group()
        capital = word[:1].isupper() or any(part[:1].isupper() for part in word.split("-")[1:])
        if capital:
            end = match.end() - (1 if word.endswith(".") else 0)
        elif end == start or word not in INSIDE:
            break
        at = match.end()
        if text[at : at + 1] != " ":
            break
        at += 1
    return Span(start, end) if end > start else None


def find_names_in(text: str, names: Mapping[str, T]) -> tuple[Hit[T], ...]:
    """Where names stand in a text, letter for letter as whole words, with what they mean."""
    return NameIndex((name, "exact", value) for name, value in names.items()).find(text) if names else ()

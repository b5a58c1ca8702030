"""Office-holders whose term bounds a date: "under President Obama", "then-Prime Minister Nouri al-Maliki"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casus.events.candidates import Candidate
from casus.events.known_years import in_year, lacks_year
from casus.knowledge.known_events import Office, fold
from casus.records.event import EventDate
from casus.records.findings import Findings
from casus.records.parse import Token
from casus.records.span import Span

BEFORE = 8
"""Words before a name in which "then" or "under" still refers to it: "under the Libyan leader Colonel Gaddafi"."""

PERIODS = frozenset(("administration", "presidency", "premiership"))
"""Words that, right after the name, mean the term: "the Obama administration"."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office in which the report places something, and the words that do so."""

    office: Office
    span: Span


def terms_named(findings: Findings, members: Sequence[Candidate], offices: Iterable[Office]) -> tuple[Term, ...]:
    """The terms of office in which the sentences of an account place it."""
    parse, listed = findings.parse, tuple(offices)
    sentences = [parse.sentences[i] for i in dict.fromkeys(m.sentence for m in members)]
    return tuple(term for s in sentences for term in _terms_in(parse.sentence_tokens(s), listed))


def _terms_in(tokens: tuple[Token, ...], offices: tuple[Office, ...]) -> Iterator[Term]:
    words = [fold(t.text) for t in tokens]
    for office in offices:
        for name in office.names:
            last = name.split()[-1]
            for k, word in enumerate(words):
                if word == last and f" {' '.join(filter(None, words[: k + 1]))}".endswith(f" {name}"):
                    first = _placed(tokens, words, k, office)
                    if first is not None:
                        yield Term(office, Span(tokens[first].start, tokens[k].end))


def _placed(tokens: tuple[Token, ...], words: list[str], k: int, office: Office) -> int | None:
    """The first of the words that place something in the term of the person named at `k`; None if none do."""
    if k + 1 < len(words) and words[k + 1] in PERIODS:
        return k
    for first in range(k - 1, max(-1, k - 1 - BEFORE), -1):
        if words[first] == "then":
            return first if _has_title(words[first + 1 : k], office) else None
        if words[first] == "under":
            return first
        if tokens[first].pos in ("VERB", "AUX", "SCONJ", "CCONJ") or tokens[first].text in (",", ";", ":"):
            return None
    return None


def _has_title(words: list[str], office: Office) -> bool:
    between = f" {' '.join(filter(None, words))} "
    return any(f" {title} " in between for title in office.titles)


def bounded_by(when: EventDate, terms: Sequence[Term]) -> EventDate:
    """The date with the one year that a term leaves it, else with a note of the term; unchanged where
    the terms are of several persons, or one still lasts."""
    if len({t.office.person for t in terms}) != 1:
        return when
    holder = terms[0].office
    days = sorted({(t.office.since, t.office.until) for t in terms if t.office.until is not None})
    if len(days) < len({t.office.since for t in terms}):
        return when
    within = " or ".join(f"between {since} and {until}" for since, until in days)
    noted = replace(when, note=f"{within}, when {holder.person} was {holder.office} ({holder.source})")
    partial = lacks_year(when)
    years = {y for since, until in days for y in partial.years(since, until)} if partial else set()
    return in_year(noted, partial, years.pop()) if partial and len(years) == 1 else noted

"""Which times and places the text ties to a trigger, and how strongly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casus.events.triggers import Trigger
from casus.language.layout import dateline_end
from casus.records.findings import Findings
from casus.records.mention import TimeMention
from casus.records.parse import Parse, Token
from casus.records.span import Span

SPECIFIC = {"site": 0.5, "town": 0.6, "district": 0.4, "region": 0.2, "province": 0.2, "country": 0.0, "unknown": -0.2}
"""A more specific place is the likelier place of an event (codebook 4)."""

PARTIES = frozenset(("from", "to", "with", "by", "between", "against"))
"""Prepositions that name a party or a direction rather than a place."""

LOCATIVE = frozenset(
    ("in", "at", "near", "outside", "on", "around", "inside", "across", "through", "throughout", "of", "into")
)


def attach_places(
    findings: Findings, token: Token, triggers: list[Trigger], *, aims_at_place: bool
) -> list[tuple[int, float]]:
    """(index of place, score) of the sentence's places, best first; scores fall from about 5.

    With `aims_at_place` (territory taken, a town attacked) the place may be the verb's object.
    """
    parse = findings.parse
    scored = []
    for index in findings.places_in.get(token.sentence, ()):
        place = findings.places[index]
        if findings.names_speaker(place.span):
            continue
        root = parse.root_in(place.span)
        score = _closeness(parse, token, root, triggers) + SPECIFIC[place.precision]
        score += _grammar(parse, root, place.precision == "country", aims_at_place)
        scored.append((index, round(score, 4)))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def _grammar(parse: Parse, root: Token, is_country: bool, aims_at_place: bool) -> float:
    """What the place's grammatical role says: "in X" is where, a country as subject is who."""
    preposition = parse.head(root)
    if preposition.pos == "ADP" and root.dep == "pobj":
        if preposition.lower in LOCATIVE:
            return 1.0
        return -1.0 if preposition.lower in PARTIES else 0.0
    if root.dep in ("dobj", "nsubjpass") and aims_at_place:
        return 1.2
    if is_country and root.dep in ("nsubj", "nsubjpass", "dobj", "poss", "compound", "amod", "conj"):
        return -4.0
    return 0.0


def attach_times(findings: Findings, token: Token, triggers: list[Trigger]) -> list[tuple[int, float]]:
    """(index of time, score) of the sentence's times, best first; durations and sets rank low."""
    parse = findings.parse
    scored = []
    for index in findings.times_in.get(token.sentence, ()):
        time = findings.times[index]
        root = parse.root_in(time.span)
        score = _closeness(parse, token, root, triggers) - _vague(time)
        score -= 3.0 if in_dateline(parse, time.span) else 0.0
        scored.append((index, round(score, 4)))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


LONG = 400
"""Days from which a range is longer than an event."""


def in_dateline(parse: Parse, span: Span) -> bool:
    """Whether the words stand in the report's dateline ("MOPTI, Mali, Sept 8 (Agency) -")."""
    return span.end <= dateline_end(parse.text)


def _vague(time: TimeMention) -> float:
    """What a time that hardly says when an event happened loses."""
    if time.type == "SET":
        return 3.0
    if time.type == "DURATION" or _years_long(time):
        return 2.0
    return 0.0 if time.start or (time.value or "").startswith("XXXX") else 1.0


def _years_long(time: TimeMention) -> bool:
    """Whether it spans years ("since 2004"): the time of a state or of a total."""
    if time.start is None or time.end is None:
        return False
    return (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days > LONG


def _closeness(parse: Parse, token: Token, root: Token, triggers: list[Trigger]) -> float:
    """How near a phrase stands to a trigger: in its subtree, in its clause, or only beside it."""
    above = list(_path_up(parse, root))
    positions = {t.i: depth for depth, t in enumerate(above)}
    score = 0.0
    if token.i in positions:
        between = sum(1 for t in triggers if t.token in positions and positions[t.token] < positions[token.i])
        score += 3.0 - 1.2 * between
    elif any(t.i in positions for t in parse.ancestors(token)):
        score += 1.2 if _same_clause(parse, token, root) else 0.2
    if not _crosses_boundary(parse, token, root):
        score += 0.6
    return score - 0.04 * abs(token.i - root.i)


def _path_up(parse: Parse, token: Token) -> Iterator[Token]:
    yield token
    yield from parse.ancestors(token)


def _clause(parse: Parse, token: Token) -> Token:
    """The verb that governs a token, or the sentence's root."""
    for t in _path_up(parse, token):
        if t.pos in ("VERB", "AUX"):
            return t
    return token


def _same_clause(parse: Parse, a: Token, b: Token) -> bool:
    return _clause(parse, a).i == _clause(parse, b).i


def _crosses_boundary(parse: Parse, a: Token, b: Token) -> bool:
    """Whether a semicolon or a quotation mark stands between two tokens."""
    low, high = sorted((a.i, b.i))
    return any(t.text in (";", "“", "”", '"') for t in parse.tokens[low:high])

"""The parties of a telling where the codebook puts them, if grammar puts them elsewhere.

Who comes under fire is acted upon; an attack that is beaten off was begun by the other side; a missile that is
shot down was fired by somebody; a town that falls to somebody was taken by him.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from casus.events.candidates import ActorIndex, Candidate, Party
from casus.knowledge.lexicon import load_lexicon
from casus.records.findings import Findings
from casus.records.parse import Token

Sides = tuple[tuple[Party, ...], tuple[Party, ...]]

FALLING = frozenset(("fall", "fall to", "fall into hand"))
"""Triggers whose "to" names who takes what fell."""

WHERE = frozenset(("near", "in", "at", "around", "outside", "inside", "across", "between", "on"))
"""Prepositions that the name of somebody does not begin with."""

JOINING = frozenset(("and", ",", "or", "/", "-", "–"))


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table = load_lexicon("frames")
    return {name: frozenset(table[name]) for name in ("under", "repelling", "losing", "shot_down", "retreating")}


def righted(findings: Findings, index: ActorIndex, member: Candidate, fought: bool) -> Candidate:
    """A telling with its parties on the sides of the codebook (section 4); `fought` if it tells of a battle."""
    kept = [tuple(_without_places(findings, side)) for side in (member.agents, member.patients, member.mutual)]
    agents, patients = _turned(findings, index, member, kept[0], kept[1])
    if fought and member.trigger.key in _words()["retreating"]:
        agents, patients = (), (*agents, *patients)
    agents = tuple(_with_joined(findings, agents))
    acting = {p.actor for p in agents}
    patients = tuple(p for p in _with_joined(findings, patients) if p.actor not in acting)
    mutual = _with_others(findings, index, kept[2]) if len(kept[2]) == 1 else kept[2]
    return replace(member, agents=agents, patients=patients, mutual=mutual)


def _with_others(findings: Findings, index: ActorIndex, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The second of two groups whose people fight each other: "a battle between inmates of A and B"."""
    parse = findings.parse
    found = list(parties)
    for token in [t for p in parties for t in parse.tokens_in(p.span)]:
        for other in parse.children(token):
            party = index.party(other) if other.dep == "conj" else None
            if party is not None and party.actor not in {p.actor for p in found}:
                found.append(party)
    return tuple(found)


def _turned(
    findings: Findings, index: ActorIndex, member: Candidate, agents: tuple[Party, ...], patients: tuple[Party, ...]
) -> Sides:
    trigger, token = member.trigger, findings.parse.tokens[member.trigger.token]
    words = _words()
    if trigger.form == "verb" and trigger.key in words["under"]:
        return tuple(_below(findings, index, token, ("from", "by"))), (*agents, *patients)
    if trigger.form == "verb" and trigger.key in words["losing"]:
        return (), (*agents, *patients)
    if trigger.form == "verb" and (trigger.key in words["repelling"] or _is_shot_down(findings, member)):
        return patients, agents
    if trigger.key in FALLING:
        takers = tuple(_below(findings, index, token, ("to", "into")))
        if takers:
            taken = {p.actor for p in takers}
            return takers, tuple(p for p in (*agents, *patients) if p.actor not in taken)
    return agents, patients


def _is_shot_down(findings: Findings, member: Candidate) -> bool:
    """Whether what is brought down flies without a crew: who fired it acts (codebook 2.1)."""
    if member.trigger.kind != "intercept":
        return False
    heads = [*member.frame.patients, *member.frame.agents]
    return any(findings.parse.tokens[i].lemma in _words()["shot_down"] for i in heads)


def _below(findings: Findings, index: ActorIndex, token: Token, prepositions: Sequence[str]) -> Iterator[Party]:
    """The parties after certain prepositions below a word."""
    parse = findings.parse
    for child in parse.children(token):
        deeper = [child, *(c for c in parse.children(child) if c.dep in ("dobj", "pobj", "prep"))]
        for preposition in (t for d in deeper for t in (d, *parse.children(d)) if t.lower in prepositions):
            for name in (c for c in parse.children(preposition) if c.dep == "pobj"):
                party = index.party(name)
                if party is not None:
                    yield party


def _without_places(findings: Findings, parties: Sequence[Party]) -> Iterator[Party]:
    for party in parties:
        first = findings.parse.token_at(party.span.start)
        if not (first.pos == "ADP" and first.lower in WHERE):
            yield party


def _with_joined(findings: Findings, parties: Sequence[Party]) -> list[Party]:
    """Parties with those that share their noun: the first of "Indian and Pakistani troops"."""
    found: list[Party] = []
    for party in parties:
        for actor in findings.actors:
            if actor.id == party.actor or actor.kind == "person":
                continue
            for span in actor.mentions:
                if party.span.contains(span) and _joins(findings, span.end, party.span.end):
                    found.append(Party(actor.id, span))
        found.append(party)
    return list({p.actor: p for p in reversed(found)}.values())[::-1]


def _joins(findings: Findings, end: int, limit: int) -> bool:
    after = findings.parse.token_at(end)
    return end <= after.start < limit and after.lower in JOINING

"""Who is blamed for an event or owns up to it, said apart from the event itself (codebook 4).

"A bomb went off near the market on Monday. The governor blamed the rebels." The rebels
are actor1, and the governor's claim says so.
"""

from __future__ import annotations

from casus.events.candidates import ActorIndex, Candidate, Party
from casus.records.findings import Findings
from casus.records.parse import Parse, Token

REACH = 3
"""Sentences after an event in which blame still means it."""

BLAMING = frozenset(("blame", "accuse", "suspect"))
OWNING = frozenset(("claim", "admit", "acknowledge", "accept", "take"))
DEED = frozenset(("responsibility", "attack", "bombing", "blast", "killing", "raid", "ambush", "assault", "shooting"))


def responsible(findings: Findings, actors: ActorIndex, members: tuple[Candidate, ...]) -> tuple[Party, ...]:
    """The first party that owns up to the event or is blamed for it, if any."""
    first, last = min(m.sentence for m in members), max(m.sentence for m in members)
    parse = findings.parse
    for sentence in parse.sentences[first : last + REACH + 1]:
        for token in parse.sentence_tokens(sentence):
            found = _at(parse, actors, token)
            if found:
                return found[:1]
    return ()


def pointed_at(findings: Findings, actors: ActorIndex) -> tuple[Party, ...]:
    """All whom the report says that somebody blames for something, or that own up to something."""
    return tuple(p for token in findings.parse.tokens for p in _at(findings.parse, actors, token))


def _at(parse: Parse, actors: ActorIndex, verb: Token) -> tuple[Party, ...]:
    heads = _pointed_at(parse, verb) if verb.pos == "VERB" else []
    return tuple(p for h in heads if not _negated(parse, h) and (p := actors.party(h)) is not None)


def _negated(parse: Parse, head: Token) -> bool:
    """ "No group claimed responsibility" makes nobody responsible."""
    return head.lower in ("nobody", "none") or any(c.lower in ("no", "neither") for c in parse.children(head))


def _pointed_at(parse: Parse, verb: Token) -> list[Token]:
    """The head of the phrase that a verb of blaming or owning up makes responsible."""
    children = parse.children(verb)
    if any(c.dep == "neg" for c in children) or verb.pos != "VERB":
        return []
    passive = any(c.dep == "nsubjpass" for c in children)
    if verb.lemma in BLAMING:
        on = [d for c in children if c.dep == "prep" and c.lower == "on" for d in parse.children(c) if d.dep == "pobj"]
        return on or [c for c in children if c.dep == ("nsubjpass" if passive else "dobj")]
    if verb.lemma in OWNING and any(c.lemma in DEED and c.dep in ("dobj", "nsubjpass") for c in children):
        if passive:
            return [d for c in children if c.dep == "agent" for d in parse.children(c) if d.dep == "pobj"]
        return [c for c in children if c.dep == "nsubj"]
    return []

"""Words that come through another: "SANA quoted the army as saying", "AFP reported, citing two officials"."""

from __future__ import annotations

from casus.claims.cues import SUBJECTS, Cue, joined
from casus.records.parse import Parse, Token

CITING = ("citing", "quoting")
CARRYING = ("carry", "publish", "broadcast", "air", "run", "quote", "cite", "reach", "interview")


def relay_of(parse: Parse, cue: Cue) -> Token | None:
    """For "SANA quoted the army as saying" and "the army was quoted by SANA as saying": SANA."""
    above = parse.head(cue.token)
    if cue.token.dep != "pcomp" or above.lower != "as":
        return None
    quoting = parse.head(above)
    passive = any(c.dep in ("auxpass", "nsubjpass") for c in parse.children(quoting))
    if not passive:
        return next((c for c in parse.children(quoting) if c.dep == "nsubj"), None)
    by = [c for v in (quoting, cue.token) for c in parse.children(v) if c.lower == "by"]
    return next((p for c in by for p in parse.children(c) if p.dep == "pobj"), None)


def hearer_of(parse: Parse, cue: Cue) -> Token | None:
    """Who was told it, or carried it: "told Reuters", "speaking to Radio Belo, ...", "in a note published by AFP"."""
    above = parse.head(cue.token)
    if cue.token.dep == "pcomp" and above.lower == "as":
        held = [c for c in parse.children(parse.head(above)) if c.dep == "prep" and c.lower in ("in", "on")]
        return next((p for c in held for p in parse.children(c) if p.dep == "pobj"), None)
    speaking = [c for c in parse.children(cue.token) if c.dep == "advcl" and c.lemma in ("speak", "talk", "tell")]
    for verb in (cue.token, *speaking):
        for child in parse.children(verb):
            if child.dep in ("dobj", "dative") and child.i > verb.i and child.lower != "to":
                return child
            if child.lower == "to":
                return next((p for p in parse.children(child) if p.dep == "pobj"), None)
    carried = [t for t in parse.subtree(cue.token) if t.dep == "acl" and t.lemma in CARRYING]
    agents = [p for t in carried[:1] for a in parse.children(t) if a.dep == "agent" for p in parse.children(a)]
    return agents[0] if agents else None


def cited_by(parse: Parse, cue: Cue) -> tuple[Token, ...]:
    """For "Reuters reported, citing two officials": the officials."""
    for clause in _clauses(parse, cue):
        named = [c for c in parse.children(clause) if c.dep in ("dobj", "pobj")]
        if named:
            return joined(parse, named[0])
    return ()


def _clauses(parse: Parse, cue: Cue) -> tuple[Token, ...]:
    """Participles of citing that belong to a reporting clause, wherever the tree hangs them."""
    hung_on = [cue.token]
    hung_on += [c for c in parse.children(cue.token) if c.dep in (*SUBJECTS, "ccomp")]
    found = [c for t in hung_on for c in parse.children(t) if c.lower in CITING and c.dep in ("advcl", "prep", "acl")]
    return tuple(c for c in found if not _inside(parse, c, cue))


def _inside(parse: Parse, clause: Token, cue: Cue) -> bool:
    """Whether the participle stands in the statement, behind its subject, so that it is no part of the report of it."""
    above = parse.head(clause)
    own = [c for c in parse.children(above) if c.dep in SUBJECTS]
    return above.dep == "ccomp" and bool(own) and own[0].i < clause.i


def opening(parse: Parse, complement: Token) -> int:
    """The first token of a complement: its "that", or what stands behind a "citing X," that the tree hung on it."""
    marks = [c.i for c in parse.children(complement) if c.dep == "mark" and c.lower == "that" and c.i < complement.i]
    if marks:
        return marks[0]
    tree = [t.i for t in parse.subtree(complement)]
    for child in parse.children(complement):
        if child.lower in CITING and child.dep in ("advcl", "prep") and child.i < complement.i:
            behind = parse.subtree(child)[-1].i
            tree = [i for i in tree if i > behind]
    return tree[0] if tree else complement.i

"""Verbs that another keeps from being done: "failed to confirm", "neither confirmed nor denied"."""

from __future__ import annotations

from casus.claims.cues import negated, words
from casus.records.parse import Parse, Token


def withheld(parse: Parse, verb: Token) -> bool:
    """Whether a verb is governed by one that keeps it from happening: "failed to", "was unable to", "stopped short of".

    A second negation undoes it ("did not fail to confirm").
    """
    above = parse.head(verb)
    if above.dep == "prep":
        above = parse.head(above)
    if verb.dep not in ("xcomp", "pcomp", "acl") or above.i == verb.i:
        return False
    return above.lemma in words("scope", "withholding") and not _denied(parse, above)


def _denied(parse: Parse, governor: Token) -> bool:
    """Whether the verb that withholds is negated itself, or the verb above a predicate ("was not unable")."""
    return negated(parse, governor) or (governor.pos in ("ADJ", "NOUN") and negated(parse, parse.head(governor)))


def neither(parse: Parse, verb: Token) -> bool:
    """Whether a verb is one of "neither confirmed nor denied"."""
    first = verb
    while first.dep == "conj" and first.head != first.i:
        first = parse.head(first)
    joined = [c for c in parse.children(first) if c.dep in ("preconj", "cc")]
    return any(c.lower == "neither" for c in joined) and (first.i == verb.i or any(c.lower == "nor" for c in joined))

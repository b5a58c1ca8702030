"""Phrases that deny or do not vouch for the clause under them: "it is not true that", "no evidence that"."""

from __future__ import annotations

from collections.abc import Iterator

from casus.claims.cues import negated, noun_sort, subjects, words
from casus.claims.edges import trimmed
from casus.claims.phrases import Attribution
from casus.records.claim import Stance
from casus.records.parse import Parse, Token
from casus.records.span import Span


def operators(parse: Parse) -> Iterator[Attribution]:
    """Phrases that say that the clause under them is untrue or unproven, as attributions of whoever speaks there."""
    for token in parse.tokens:
        if token.pos in ("ADJ", "NOUN", "VERB") and token.lower in words("scope", "untrue") | words("scope", "true"):
            yield from _untrue(parse, token)
        elif token.pos == "NOUN" and token.lemma in words("scope", "proof"):
            yield from _unproven(parse, token)
        elif token.lemma in words("scope", "retracting"):
            yield from _retracted(parse, token)


def _untrue(parse: Parse, predicate: Token) -> Iterator[Attribution]:
    """ "It is not true that X", "it is false that X", "that X is a lie"."""
    verb = parse.head(predicate)
    if verb.lemma != "be" or predicate.dep not in ("acomp", "attr"):
        return
    against = (predicate.lower in words("scope", "untrue")) != negated(parse, verb)
    stance: Stance = "denies" if against else "confirms"
    clauses = [c for c in parse.children(verb) if c.dep in ("ccomp", "csubj") and _that(parse, c)]
    clauses += [c for c in parse.children(predicate) if c.dep in ("ccomp", "acl") and _that(parse, c)]
    for clause in clauses[:1]:
        content = _clause(parse, clause)
        if content and (against or predicate.lower in words("scope", "true")):
            yield Attribution(predicate.i, (), None, predicate.span, content, stance, "none", own=True)


def _unproven(parse: Parse, noun: Token) -> Iterator[Attribution]:
    """ "There is no evidence that X", "the UN has seen no sign of X": nobody vouches for X there."""
    if not (any(c.lower == "no" for c in parse.children(noun)) or negated(parse, parse.head(noun))):
        return
    heads = subjects(parse, parse.head(noun)) if noun.dep == "dobj" else ()
    heads = tuple(h for h in heads if h.dep != "expl")
    for child in parse.children(noun):
        content = _clause(parse, child) if child.dep in ("acl", "ccomp") and _that(parse, child) else ()
        if child.dep == "prep" and child.lower == "of":
            content = trimmed(parse, child.i + 1, parse.subtree(child)[-1].i)
        if content:
            yield Attribution(noun.i, heads, None, noun.span, content, "unknown", "none", own=not heads)


def _retracted(parse: Parse, verb: Token) -> Iterator[Attribution]:
    """ "The army took back its statement that X": it no longer vouches for X."""
    back = any(c.lower == "back" for c in parse.children(verb))
    if verb.lemma in ("take", "walk") and not back:
        return
    said = [c for c in parse.children(verb) if c.dep in ("dobj", "nsubjpass") and retractable(c)]
    agents = [p for c in parse.children(verb) if c.dep == "agent" for p in parse.children(c) if p.dep == "pobj"]
    for noun in said[:1]:
        heads = tuple(agents) if noun.dep == "nsubjpass" else subjects(parse, verb)
        clauses = [c for c in parse.children(noun) if c.dep in ("acl", "ccomp", "relcl") and _that(parse, c)]
        tree = parse.subtree(noun)
        content = _clause(parse, clauses[0]) if clauses else trimmed(parse, tree[0].i, tree[-1].i)
        if heads and content:
            yield Attribution(verb.i, heads, None, verb.span, content, "unknown", "none")


def retractable(noun: Token) -> bool:
    """Whether a noun is something said, which can be taken back."""
    return noun_sort(noun.lemma) is not None or noun.lemma in words("scope", "said")


def _that(parse: Parse, clause: Token) -> bool:
    return any(c.lower == "that" and c.dep == "mark" for c in parse.children(clause))


def _clause(parse: Parse, clause: Token) -> tuple[Span, ...]:
    tree = parse.subtree(clause)
    return trimmed(parse, tree[0].i, tree[-1].i)

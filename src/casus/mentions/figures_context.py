"""What surrounds a figure: whether it happened at all, and whether it sums up a war or a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from casus.knowledge.lexicon import load_lexicon
from casus.records.parse import Parse, Token

CHAIN = 12
"""Verbs above the outcome that are looked at: "is said to have tried to kill"."""
CLAUSE_DEPS = frozenset(("xcomp", "conj", "ccomp", "pcomp", "advcl", "acl", "auxpass", "oprd", "dep", "dobj"))
COMPLETING = frozenset(("xcomp", "acl", "pobj", "nsubj", "dobj", "amod", "nummod", "conj", "ccomp"))
PURPOSE_DEPS = frozenset(("advcl", "acl", "relcl", "pcomp"))
WITHIN = frozenset(("in", "over", "during", "within"))
QUOTES = frozenset("\"'“”‘’«»")
YEAR = re.compile(r"(?:19|20)\d\d\Z")
MEASURES = frozenset(("past", "last", "recent", "few", "several", "the", "many"))


@cache
def _cue(kind: str) -> frozenset[str]:
    return frozenset(load_lexicon("outcomes")["context"][kind])


def is_negated(parse: Parse, token: Token) -> bool:
    """Whether "not" or "never" stands before the verb itself."""
    return any(
        c.dep == "neg" and c.i < token.i and c.lower in ("not", "n't", "never", "nt") for c in parse.children(token)
    )


def is_without(parse: Parse, token: Token) -> bool:
    """Whether "without" governs the verb: "without hitting anyone"."""
    return token.dep == "pcomp" and parse.head(token).lower == "without"


def is_unreal(parse: Parse, token: Token, depth: int = 0) -> bool:
    """Whether the words say the thing was only wished, planned, tried, feared or supposed."""
    if _supposed(parse, token) or _for_a_purpose(parse, token):
        return True
    head = parse.head(token)
    if token.dep == "acomp" and head.lemma == "be" and depth < CHAIN:
        return is_unreal(parse, head, depth + 1)
    if head.i == token.i or token.dep not in CLAUSE_DEPS or depth >= CHAIN:
        return False
    if token.dep in ("xcomp", "pcomp", "acl", "dobj") and head.lemma in _cue("unreal_verbs"):
        return True
    if token.dep == "ccomp" and _not_asserted(parse, token, head):
        return True
    if token.dep in ("xcomp", "ccomp", "csubj") and head.lemma == "be" and _infinitive(parse, token):
        return True
    if token.dep in ("xcomp", "auxpass", "oprd") or (token.dep == "conj" and not _finite(parse, token)):
        return is_unreal(parse, head, depth + 1)
    return False


def _not_asserted(parse: Parse, token: Token, head: Token) -> bool:
    """ "expecting 300 families to flee", "do not know that he was killed"."""
    if head.lemma in _cue("unreal_verbs") and _infinitive(parse, token):
        return True
    return head.lemma in _cue("unknowing") and is_negated(parse, head)


def _supposed(parse: Parse, token: Token) -> bool:
    for child in parse.children(token):
        if child.dep == "aux" and child.lower in _cue("unreal"):
            return True
        if child.dep == "mark" and child.lower in _cue("unreal_marks"):
            return True
    return False


def _for_a_purpose(parse: Parse, token: Token) -> bool:
    """ "to kill ten": an infinitive of purpose."""
    return token.dep in PURPOSE_DEPS and _infinitive(parse, token)


def _infinitive(parse: Parse, token: Token) -> bool:
    """Whether a verb stands with "to" and not in the perfect."""
    words = {c.lower for c in parse.children(token) if c.dep == "aux"}
    return "to" in words and not words & {"have", "had"}


def _finite(parse: Parse, token: Token) -> bool:
    """Whether a verb has a subject or tense of its own, so that it does not share the modal before."""
    return token.tag in ("VBD", "VBZ", "VBP") or any(c.dep in ("nsubj", "nsubjpass") for c in parse.children(token))


def in_scare_quotes(parse: Parse, token: Token) -> bool:
    """Whether a single word stands in quotation marks: an exercise with 240 "killed"."""
    around = parse.tokens[max(0, token.i - 1) : token.i + 2]
    return len(around) == 3 and around[0].text in QUOTES and around[2].text in QUOTES


def is_cumulative(parse: Parse, clause: Token) -> bool:
    """Whether a total over a war or a period is told: "since January", "this year", "in three months".

    `clause` is the word for the outcome, or the head of the people counted.
    """
    return any(_tells_period(parse, token) for token in _adjuncts(parse, clause))


def _adjuncts(parse: Parse, clause: Token) -> Iterator[Token]:
    """What hangs on the outcome's verb, on the verb or noun it completes, or anywhere below a toll."""
    if clause.pos == "NOUN":
        yield from parse.subtree(clause)
    yield from parse.children(clause)
    if clause.dep in COMPLETING and clause.head != clause.i:
        yield from (c for c in parse.children(parse.head(clause)) if c.i != clause.i)


def _tells_period(parse: Parse, token: Token) -> bool:
    phrase = parse.subtree(token)[:9]
    words = [t.lower for t in phrase]
    if words[0] == "since":
        return any(w in _cue("openings") or YEAR.match(w) for w in words[1:])
    if words[0] in WITHIN and phrase[0].pos == "ADP":
        measured = any(t.lower in MEASURES or t.pos == "NUM" for t in phrase[1:5])
        war = any(w in _cue("wars") for w in words[1:]) and not any(w in ("hours", "days") for w in words)
        return war or (measured and any(w in _cue("periods") for w in words[1:6]))
    return words[:2] in (["this", "year"], ["this", "month"]) or words[:4] == ["so", "far", "this", "year"]

"""What surrounds a figure: whether it happened at all, and whether it sums up a war or a period."""

from __future__ import annotations

import re
from functools import cache

from casus.knowledge.lexicon import load_lexicon
from casus.records.parse import Parse, Token

CLAUSE_DEPS = frozenset(("xcomp", "conj", "ccomp", "pcomp", "advcl", "acl", "auxpass", "oprd", "dep", "dobj"))
PURPOSE_DEPS = frozenset(("advcl", "acl", "relcl", "pcomp"))
WITHIN = frozenset(("in", "over", "during", "within", "past", "last"))
DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\Z|yesterday\Z|dawn\Z|morning\Z|midnight\Z|noon\Z|night\Z|today\Z|then\Z"
)


@cache
def _cue(kind: str) -> frozenset[str]:
    return frozenset(load_lexicon("outcomes")["context"][kind])


def is_negated(parse: Parse, token: Token) -> bool:
    """Whether "not" or "never" stands at the verb itself."""
    return any(c.dep == "neg" and c.lower in ("not", "n't", "never", "nt") for c in parse.children(token))


def is_unreal(parse: Parse, token: Token) -> bool:
    """Whether the words say the thing was only wished, planned, tried, feared or supposed."""
    if _supposed(parse, token) or _for_a_purpose(parse, token):
        return True
    head = parse.head(token)
    if head.i == token.i or token.dep not in CLAUSE_DEPS:
        return False
    if token.dep in ("xcomp", "pcomp", "acl", "dobj") and head.lemma in _cue("unreal_verbs"):
        return True
    if token.dep in ("xcomp", "ccomp", "csubj") and head.lemma == "be" and _infinitive(parse, token):
        return True
    if token.dep in ("xcomp", "auxpass", "oprd") or (token.dep == "conj" and not _finite(parse, token)):
        return is_unreal(parse, head)
    return False


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


def is_cumulative(parse: Parse, first: Token, clause: Token | None) -> bool:
    """Whether a total over a war or a period is told: "since January", "this year", "in three months"."""
    words = _clause_words(parse, first, clause)
    for k, token in enumerate(words):
        following = words[k + 1 : k + 6]
        if token.lower in _cue("since") and following and not any(DAY.match(t.lower) for t in following[:3]):
            return True
        if token.lower == "this" and following and following[0].lemma in ("year", "month"):
            return True
        if (
            token.lower in WITHIN
            and any(t.lower in _cue("periods") for t in following[:4])
            and _measured(following[:3])
        ):
            return True
    return False


def _clause_words(parse: Parse, first: Token, clause: Token | None) -> tuple[Token, ...]:
    """The words around the outcome: its clause, and the sentence's where that is short of words."""
    top = clause or first
    while top.dep in ("xcomp", "acl", "relcl", "amod", "nummod", "conj", "pobj", "prep", "dobj") and top.head != top.i:
        top = parse.head(top)
    return parse.subtree(top)


def _measured(words: tuple[Token, ...]) -> bool:
    return any(t.pos == "NUM" or t.lower in ("past", "last", "recent", "few", "several", "the") for t in words)

"""Whether an event is told as happened, tried, planned, denied or only imagined (codebook 2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from casus.knowledge.lexicon import load_lexicon
from casus.records.event import Actuality
from casus.records.parse import Parse, Token


@dataclass(frozen=True, slots=True)
class Modality:
    """How the text presents a happening.

    `hypothetical` (conditions, possibilities, wishes) is not an event unless planned;
    `anterior` is told in the past perfect; `ongoing` in the present tense or progressive;
    `perfect` in the present perfect, the tense of fresh news.
    """

    actuality: Actuality
    hypothetical: bool
    anterior: bool
    ongoing: bool
    perfect: bool


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_lexicon("modality").items() if name != "source"}


def modality_of(parse: Parse, token: Token) -> Modality:
    """The modality of a trigger, from its auxiliaries and what governs it."""
    verb = _verb_of(parse, token)
    auxiliaries = {c.lower for c in parse.children(verb) if c.dep in ("aux", "auxpass")} if verb else set()
    governors = tuple(_governors(parse, token))
    words = _words()
    actuality: Actuality = "actual"
    if _attempted(parse, token, governors):
        actuality = "attempted"
    elif _negated(parse, token, verb):
        actuality = "denied"
    elif _planned(parse, token, auxiliaries, governors):
        actuality = "planned"
    hypothetical = bool(auxiliaries & words["possible"]) or _conditional(parse, verb or token)
    had = bool(auxiliaries & {"had", "'d"}) and "would" not in auxiliaries
    perfect = bool(auxiliaries & {"has", "have", "'ve"}) and not auxiliaries & {"to", "may", "might", "could", "would"}
    ongoing = bool(auxiliaries & {"is", "are", "'re"}) and verb is not None and verb.tag == "VBG"
    ongoing = ongoing or (verb is not None and verb.tag in ("VBZ", "VBP") and not perfect)
    return Modality(actuality, hypothetical, had, ongoing, perfect)


def _verb_of(parse: Parse, token: Token) -> Token | None:
    """The trigger itself if a verb, else the verb that its phrase depends on."""
    if token.pos in ("VERB", "AUX"):
        return token
    return next((t for t in parse.ancestors(token) if t.pos in ("VERB", "AUX")), None)


def _governors(parse: Parse, token: Token) -> list[Token]:
    """Words above the trigger whose meaning reaches it: up to the first finite clause."""
    found = []
    for current in (token, *parse.ancestors(token)):
        head = parse.head(current)
        if head.i == current.i:
            break
        if (
            current.dep in ("relcl", "conj", "advcl", "parataxis", "ccomp", "nsubj", "nsubjpass")
            and current.i != token.i
        ):
            break
        if current.dep in ("relcl", "advcl", "parataxis"):
            break
        found.append(head)
        if head.pos == "VERB" and head.tag in ("VBD", "VBZ", "VBP") and current.dep != "xcomp":
            break
    return found


def _planned(parse: Parse, token: Token, auxiliaries: set[str], governors: tuple[Token, ...]) -> bool:
    words = _words()
    if auxiliaries & words["future"] and "have" not in auxiliaries:
        return True
    if "would" in auxiliaries and "have" not in auxiliaries:
        return True
    if any(c.lower in words["planned_modifier"] for c in parse.children(token)):
        return True
    return any(g.lemma in words["planning"] for g in governors) and _unfinished(parse, token)


def _unfinished(parse: Parse, token: Token) -> bool:
    """An infinitive, a gerund or a noun: what a verb of planning may govern."""
    return token.tag in ("VB", "VBG") or token.pos in ("NOUN", "PROPN")


def _attempted(parse: Parse, token: Token, governors: tuple[Token, ...]) -> bool:
    words = _words()
    if any(c.lower in words["attempted_modifier"] for c in parse.children(token)):
        return True
    for governor in governors:
        if governor.lemma in words["trying"] and token.tag == "VB":
            return True
        if governor.lemma in words["foiling"]:
            return True
        if governor.lemma in ("attempt", "bid") and governor.pos == "NOUN":
            return True
    return any(c.lemma == "fail" and c.dep in ("conj", "relcl") for c in parse.children(token))


def _negated(parse: Parse, token: Token, verb: Token | None) -> bool:
    """ "did not attack", "no attack took place"; not the "not only" and "not yet" kinds alone."""
    if any(c.dep == "neg" or (c.dep == "det" and c.lower == "no") for c in parse.children(token)):
        return True
    if verb is not None and verb.i != token.i and token.dep in ("dobj", "nsubj", "nsubjpass", "attr"):
        return any(c.dep == "neg" for c in parse.children(verb))
    return False


def _conditional(parse: Parse, token: Token) -> bool:
    """Whether the clause stands under "if" or "unless"."""
    for current in (token, *parse.ancestors(token)):
        if any(c.dep == "mark" and c.lower in ("if", "unless", "lest") for c in parse.children(current)):
            return True
        if current.dep in ("ccomp", "relcl", "ROOT"):
            return False
    return False

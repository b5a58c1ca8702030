"""How the speaker stands to the statement, and how surely (codebook section 6)."""

from __future__ import annotations

from casus.claims.cues import Cue, Sort, negated, words
from casus.claims.withholding import neither, withheld
from casus.records.claim import Hedge, Stance
from casus.records.parse import Parse, Token
from casus.records.span import Span

STANCE_OF: dict[Sort, Stance] = {
    "confirming": "confirms",
    "denying": "denies",
    "disputing": "disputes",
    "doubting": "denies",
}
HEDGE_OF: dict[Sort, Hedge] = {"claiming": "possible", "believing": "probable", "doubting": "probable"}


def judge(parse: Parse, cue: Cue, content: tuple[Span, ...]) -> tuple[Stance, Hedge]:
    """Stance and hedge of a verb's statement; its negation and the words of the statement itself count."""
    stance, hedge = STANCE_OF.get(cue.sort, "asserts"), HEDGE_OF.get(cue.sort, "none")
    if claims_deed(parse, cue.token):
        stance, hedge = ("denies" if cue.sort == "denying" else "confirms"), "none"
    elif claims_event(parse, cue):
        stance, hedge = "confirms", "none"
    if cue.passive and cue.sort in ("asserting", "accusing") and not _by_somebody(parse, cue.token):
        hedge = "possible"
    if neither(parse, cue.token):
        return "unknown", "none"
    if withheld(parse, cue.token) and not negated(parse, cue.token):
        stance, hedge = ("asserts", "possible") if stance == "denies" else ("unknown", "none")
    elif negated(parse, cue.token):
        stance, hedge = _turned(cue.sort, stance, hedge)
    elif stance == "asserts" and calls_untrue(parse, cue, content):
        stance = "denies"
    elif [s.of(parse.text).lower() for s in content] == ["otherwise"]:
        stance = "disputes"
    return stance, hedge


def _by_somebody(parse: Parse, verb: Token) -> bool:
    return any(c.dep == "agent" for c in parse.children(verb))


def _turned(sort: Sort, stance: Stance, hedge: Hedge) -> tuple[Stance, Hedge]:
    """What "not" makes of a report: "did not rule out" leaves it open, "does not believe" denies it."""
    if sort == "believing":
        return "denies", "probable"
    if sort == "doubting":
        return "asserts", "none"
    if stance == "denies":
        return "asserts", "possible"
    return "unknown", "none"


def claims_deed(parse: Parse, verb: Token) -> bool:
    """Whether the verb takes the deed on itself or off: "claimed responsibility for"."""
    if verb.lemma not in words("speech", "objects", "responsibility_verbs"):
        return False
    objects = [c for c in parse.children(verb) if c.dep in ("dobj", "nsubjpass")]
    return any(c.lemma in words("speech", "objects", "responsibility") for c in objects)


def claims_event(parse: Parse, cue: Cue) -> bool:
    """Whether an attack itself is claimed: "an attack claimed by X", "X claimed the bombing"."""
    if cue.token.lemma != "claim":
        return False
    deps = ("nsubjpass",) if cue.passive else ("dobj",)
    deeds = [c for c in parse.children(cue.token) if c.dep in deps]
    if cue.passive and cue.token.dep == "acl":
        deeds = [parse.head(cue.token)]
    return any(d.lemma in words("speech", "objects", "deeds") for d in deeds)


def calls_untrue(parse: Parse, cue: Cue, content: tuple[Span, ...]) -> bool:
    """Whether the statement is that something is a lie: its predicate is a noun or adjective of denial."""
    denials = words("speech", "objects", "denial")
    for token in (t for span in content for t in parse.tokens_in(span)):
        predicate = token.dep in ("oprd", "attr", "acomp", "pobj", "dobj", "ccomp", "xcomp")
        if predicate and (token.lemma in denials or token.lower in denials):
            above = parse.head(token)
            if _near(cue.token, above):
                return not negated(parse, above)
    return False


def _near(verb: Token, token: Token) -> bool:
    """Whether a token is the verb itself, or the top of what it reports."""
    return token.i == verb.i or (token.head == verb.i and token.lemma in ("be", "as", "call"))

"""Speakers who say that they do not say: "declined to comment", "could not confirm", "no comment from"."""

from __future__ import annotations

from collections.abc import Iterator

from casus.claims.cues import negated, subjects, words
from casus.claims.edges import trimmed
from casus.claims.phrases import Attribution
from casus.records.parse import Parse, Token

REFUSING = ("decline", "refuse")
REFUSED = frozenset(("verify", "confirm", "say", "discuss", "identify", "give", "provide", "speak"))
TELLING = ("say", "tell", "explain")
CHECKING = ("verify", "confirm", "corroborate", "establish", "authenticate", "ascertain")


def silent(parse: Parse) -> Iterator[Attribution]:
    """Attributions of stance `unknown`; the content is what is not confirmed, or the clause that says so."""
    for token in parse.tokens:
        if token.pos in ("VERB", "AUX"):
            yield from _verbs(parse, token)
        elif token.pos == "NOUN" and token.lemma in words("speech", "objects", "comment"):
            yield from _no_comment(parse, token)


def _verbs(parse: Parse, token: Token) -> Iterator[Attribution]:
    if token.lemma in REFUSING:
        said = [c for c in parse.children(token) if c.dep == "xcomp"]
        if not said or said[0].lemma not in words("speech", "verbs", "silent") | REFUSED:
            return
    elif token.lemma in words("speech", "verbs", "silent"):
        if not negated(parse, token):
            return
    elif token.lemma in TELLING:
        yield from _not_told(parse, token)
        return
    elif token.lemma in CHECKING:
        if not (negated(parse, token) or _unable(parse, token)):
            return
    else:
        return
    yield from _unknown(parse, token)


def _not_told(parse: Parse, token: Token) -> Iterator[Attribution]:
    """ "Could not say who fired", "would not say how many": the question that stays open."""
    modal = any(c.dep == "aux" and c.lower in ("could", "can", "would", "will") for c in parse.children(token))
    asked = [c for c in parse.children(token) if c.dep == "ccomp" and c.i > token.i]
    first = parse.subtree(asked[0])[0] if asked else token
    asks = first.tag in ("WP", "WRB", "WDT", "WP$") or first.lower in ("whether", "if")
    heads = subjects(parse, token)
    if not (asks and heads and ((modal and negated(parse, token)) or _unable(parse, token))):
        return
    content = trimmed(parse, first.i, parse.subtree(asked[0])[-1].i)
    if content:
        yield Attribution(token.i, heads, None, token.span, content, "unknown", "none")


def _unable(parse: Parse, token: Token) -> bool:
    """ "was unable to verify", "was not possible to confirm"."""
    above = parse.head(token)
    return token.dep == "xcomp" and (above.lower in ("unable", "impossible") or negated(parse, above))


def _unknown(parse: Parse, token: Token) -> Iterator[Attribution]:
    """What a speaker, or the report itself, does not confirm."""
    own = subjects(parse, token) or subjects(parse, parse.head(token))
    passive = any(c.dep in ("auxpass", "nsubjpass") for c in parse.children(token))
    agents = [p for c in parse.children(token) if c.dep == "agent" for p in parse.children(c) if p.dep == "pobj"]
    heads = tuple(agents) if passive else tuple(own)
    behind = [c for c in parse.children(token) if c.dep in ("conj", "cc", "advcl", "ccomp") and c.i > token.i]
    loose = {t.i for c in behind for t in parse.subtree(c)}
    tree = [t for t in parse.subtree(token) if t.i not in loose and (passive or t.i >= token.i)]
    content = trimmed(parse, tree[0].i, tree[-1].i)
    if content:
        yield Attribution(token.i, heads, None, token.span, content, "unknown", "none", own=not heads)


def _no_comment(parse: Parse, token: Token) -> Iterator[Attribution]:
    """ "had no comment", "made no comment", "there was no word from the port"."""
    if not any(c.lower == "no" for c in parse.children(token)):
        return
    above = parse.head(token)
    links = [c for c in parse.children(token) if c.dep == "prep" and c.lower in ("from", "by")]
    heads: tuple[Token, ...] = tuple(n for c in links for n in parse.children(c) if n.dep == "pobj")
    if not heads and above.lemma in ("have", "make", "give", "offer", "issue"):
        heads = subjects(parse, above)
    tree = parse.subtree(token)
    content = trimmed(parse, tree[0].i, tree[-1].i)
    if heads and content:
        yield Attribution(token.i, heads, None, token.span, content, "unknown", "none")

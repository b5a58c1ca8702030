"""The words that name a speaker: the head word of who says it, and the phrase around it."""

from __future__ import annotations

from casus.claims.cues import Cue, can_speak, joined, resumed, shared_subject, subjects, words
from casus.records.parse import Parse, Token
from casus.records.span import Span

NAME_PARTS = ("compound", "amod", "poss", "nummod", "det", "nmod", "quantmod", "case", "advmod", "punct", "neg")
NAME_LINKS = ("of", "for", "in", "at", "from", "with", "close", "near")
BREAKS = frozenset((",", ";", ":", "-", "–", "—"))
"""Marks that no speaker's name goes across ("NAIROBI - Police")."""


def speaker_heads(parse: Parse, cue: Cue) -> tuple[Token, ...] | None:
    """The head words of those who say it; () if nobody is named, None if there is no speaker to find."""
    token = cue.token
    if cue.speaker is not None:
        return (cue.speaker,)
    if cue.passive:
        agents = [p for a in parse.children(token) if a.dep == "agent" for p in parse.children(a) if p.dep == "pobj"]
        return joined(parse, agents[0]) if agents else ()
    head = _subject(parse, token, 0)
    if head is None or head.lower in words("speakers", "nobody"):
        return None
    if head.dep == "expl" or head.lower == "there" or (head.lower == "one" and not parse.children(head)):
        return ()
    return joined(parse, head)


def _subject(parse: Parse, token: Token, depth: int) -> Token | None:
    """The subject of a verb, its own or the one it shares with the verb or noun it hangs on."""
    own = subjects(parse, token)
    if own:
        return _antecedent(parse, token, own[-1])
    shared = shared_subject(parse, token)
    if shared is not None:
        return shared
    outer = resumed(parse, token)
    if outer is not None:
        return _subject(parse, outer, depth + 1)
    above = parse.head(token)
    if above.i == token.i or depth > 4:
        return None
    if token.dep in ("acl", "relcl"):
        return above
    if token.dep == "pcomp" and above.lower == "as":
        return next((c for c in parse.children(parse.head(above)) if c.dep in ("dobj", "nsubjpass")), None)
    if token.dep in ("conj", "advcl", "xcomp", "ccomp", "parataxis", "dep") and above.pos in ("VERB", "AUX"):
        found = _subject(parse, above, depth + 1)
        if found is not None and token.dep == "conj" and above.dep == "ccomp" and not can_speak(found):
            return _subject(parse, parse.head(above), depth + 1) or found
        return found
    if token.dep in ("pcomp", "conj"):
        return _subject(parse, above, depth + 1)
    return None


def _antecedent(parse: Parse, verb: Token, subject: Token) -> Token:
    """For a relative pronoun, the noun it stands for."""
    if subject.tag in ("WP", "WDT") and verb.dep == "relcl":
        return parse.head(verb)
    return subject


def phrase(parse: Parse, head: Token) -> Span:
    """The words that name the speaker: the head with what stands before it and a short "of ..." behind it."""
    first = last = head.i
    for child in parse.children(head):
        if child.i < head.i and child.dep in NAME_PARTS:
            first = min(first, parse.subtree(child)[0].i)
    last = _link_end(parse, head, last)
    breaks = [t.i for t in parse.tokens[first : head.i] if t.lower in BREAKS and not _hyphen(parse, t)]
    first = breaks[-1] + 1 if breaks else first
    while first < head.i and parse.tokens[first].pos in ("PUNCT", "CCONJ", "ADV"):
        first += 1
    return Span(parse.tokens[first].start, parse.tokens[last].end)


def _hyphen(parse: Parse, token: Token) -> bool:
    """Whether a dash stands inside a word ("attorney-general"); between spaces it ends a dateline."""
    return token.text == "-" and not parse.text[max(0, token.start - 1)].isspace()


def _link_end(parse: Parse, head: Token, last: int) -> int:
    """The end of "of ..." and the like, where it follows at once and holds no clause."""
    for child in parse.children(head):
        if child.dep == "prep" and child.i == last + 1 and child.lower in NAME_LINKS:
            tree = parse.subtree(child)
            if len(tree) <= 8 and not any(t.pos == "VERB" or t.lower == "," for t in tree):
                last = tree[-1].i
    return last


def hung_on(parse: Parse, token: Token, head: Token) -> bool:
    """Whether a token lies in a clause hung on the head, so that it says nothing about whom the head speaks for."""
    for above in (token, *parse.ancestors(token)):
        if above.i == head.i:
            return False
        if above.dep in ("relcl", "acl", "conj"):
            return True
    return False


def bare_name(parse: Parse, span: Span, head: Token) -> str:
    """The name in the text, white space made plain, without "the" before a proper name."""
    name = " ".join(span.of(parse.text).split())
    if head.pos == "PROPN" and name.lower().startswith("the "):
        return name[4:]
    return name

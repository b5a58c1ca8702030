"""Attributions that point elsewhere: "That was the word of the governor", "the clinic's tally is smaller: ..."."""

from __future__ import annotations

from collections.abc import Iterator

from casus.claims.asides import remark
from casus.claims.cues import can_speak, clause_of, joined, negated, subjects, verb_sort, words
from casus.claims.edges import trimmed
from casus.claims.phrases import Attribution
from casus.claims.stance import STANCE_OF
from casus.records.parse import Parse, Token
from casus.records.span import Span


def pointing_back(parse: Parse) -> Iterator[Attribution]:
    """ "The information was given by the administrator": he stands behind the sentence before, in its paragraph."""
    for sentence in parse.sentences[1:]:
        before = parse.sentences[sentence.index - 1]
        if "\n" in parse.text[before.span.end - 1 : sentence.span.start]:
            continue
        for token in parse.sentence_tokens(sentence):
            heads = _sources(parse, token)
            content = trimmed(parse, before.first, before.last)
            if heads and content:
                confirming = token.lemma in words("speech", "verbs", "confirming")
                yield Attribution(
                    token.i, heads, None, token.span, content, "confirms" if confirming else "asserts", "none"
                )


def _sources(parse: Parse, token: Token) -> tuple[Token, ...]:
    """Whom a sentence names as the source of the one before, by this word of it."""
    if token.lower == "according" and token.dep == "prep" and parse.head(token).lemma == "be":
        above = parse.head(token)
        to = [p for c in parse.children(token) if c.lower == "to" for p in parse.children(c) if p.dep == "pobj"]
        back = [s for s in subjects(parse, above) if s.lower in words("references", "back")]
        return joined(parse, to[0]) if to and back else ()
    if token.pos != "VERB" or token.lemma not in words("references", "giving"):
        return ()
    told = [s for s in subjects(parse, token) if s.lemma in words("references", "told") or _this(parse, s)]
    by = [p for c in parse.children(token) if c.dep == "agent" for p in parse.children(c) if p.dep == "pobj"]
    return joined(parse, by[0]) if told and by and can_speak(by[0]) else ()


def _this(parse: Parse, subject: Token) -> bool:
    return subject.lower in words("references", "back") and not list(parse.children(subject))


def taken_up(parse: Parse) -> Iterator[Attribution]:
    """ "They shot down a drone, a claim that the army denied": whose word that is on the clause before the comma."""
    for noun in parse.tokens:
        if not remark(parse, noun):
            continue
        content = _clause_before(parse, noun)
        for verb in (c for c in parse.children(noun) if c.dep in ("relcl", "acl")):
            sort = verb_sort(verb.lemma)
            if content and sort is not None:
                heads = _judges(parse, verb)
                stance = "unknown" if negated(parse, verb) else STANCE_OF.get(sort, "asserts")
                yield Attribution(verb.i, heads, None, verb.span, content, stance, "none", own=not heads)


def _judges(parse: Parse, verb: Token) -> tuple[Token, ...]:
    """Who does what the verb says, without the relative pronoun."""
    named = tuple(s for s in subjects(parse, verb) if s.tag not in ("WDT", "WP") and s.dep != "nsubjpass")
    return named or tuple(p for c in parse.children(verb) if c.dep == "agent" for p in parse.children(c))


def _clause_before(parse: Parse, noun: Token) -> tuple[Span, ...]:
    """The clause that ends at the comma before a noun that takes it up."""
    comma = parse.subtree(noun)[0].i - 1
    verb = clause_of(parse, parse.head(noun))
    said = [c for c in parse.children(verb) if c.dep == "ccomp" and parse.subtree(c)[0].i < comma]
    if said and verb_sort(verb.lemma) is not None:
        verb = said[0]
    inside = [t.i for t in parse.subtree(verb) if t.i < comma]
    return trimmed(parse, inside[0], comma - 1) if inside else ()


def counts(parse: Parse) -> Iterator[Attribution]:
    """ "The parish list has eight names", "the clinic's tally is smaller: 9 dead": the numbers of a count."""
    for token in parse.tokens:
        kind = token.lemma if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass") else ""
        if kind not in words("references", "holding") | words("references", "standing"):
            continue
        for subject in subjects(parse, token)[:1]:
            heads = _counting(parse, subject, kind)
            content = _counted(parse, token)
            if heads and content:
                yield Attribution(token.i, heads, None, token.span, content, "asserts", "none")


def _counting(parse: Parse, subject: Token, verb: str) -> tuple[Token, ...]:
    """Whose count it is: its owner, or the list itself."""
    if subject.lemma not in words("references", "counts") and subject.lower not in words("references", "counts"):
        return ()
    owners = [c for c in parse.children(subject) if c.dep == "poss" and c.entity not in ("DATE", "TIME")]
    kept = [p for c in parse.children(subject) if c.lower in ("at", "by", "from") for p in parse.children(c)]
    found = owners or [p for p in kept if can_speak(p)]
    if found:
        return (found[0],)
    return (subject,) if verb in words("references", "holding") else ()


def _counted(parse: Parse, verb: Token) -> tuple[Span, ...]:
    """What follows the verb, if there is a number in it."""
    last = parse.sentence_of(verb).last
    stop = next((i for i in range(verb.i + 1, last + 1) if parse.tokens[i].lower == ";"), last + 1)
    said = parse.tokens[verb.i + 1 : stop]
    return trimmed(parse, verb.i + 1, stop - 1) if any(t.pos == "NUM" for t in said) else ()

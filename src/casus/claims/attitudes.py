"""What people want, ask for, favour and think of things: attributed to them, but no statement of what happened.

"The mayor wants the camp closed" says whose wish it is; it does not say, on the mayor's word,
that anything happened. Attitudes are therefore kept apart from claims, and no event is read on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from casus.claims.cues import SUBJECTS, can_speak, reporting_cue, words
from casus.claims.deeds import is_deed
from casus.claims.edges import trimmed
from casus.claims.phrases import owner
from casus.claims.speaker_words import speaker_heads
from casus.claims.speakers import UNKNOWN, Speakers
from casus.knowledge.lexicon import load_lexicon
from casus.records.actor import Actor
from casus.records.attitude import AttitudeMention
from casus.records.claim import ClaimMention
from casus.records.parse import Parse, Token
from casus.records.span import Span

NOT_A_VERB = ("amod", "compound", "aux", "auxpass", "case", "mark", "prep")
ASIDES = ("relcl", "advcl", "parataxis")
BREAKS = frozenset((",", ";", "-", "–", "—", "("))
PEOPLE = ("PERSON", "ORG", "NORP", "GPE")

Held = tuple[Token, tuple[Token, ...], tuple[Span, ...]]
"""The word for an attitude, the head words of those who have it, and what it is about."""


def find_attitudes(
    parse: Parse, actors: tuple[Actor, ...], claims: tuple[ClaimMention, ...]
) -> tuple[AttitudeMention, ...]:
    """The attitudes of a report, in text order; a word that already reports one of the claims is left to it."""
    taken = {c.cue for c in claims}
    speakers = Speakers(parse, actors)
    found: list[AttitudeMention] = []
    for word, heads, content in _held(parse):
        if word.span in taken or not content or is_deed(parse, speakers, word, heads):
            continue
        for speaker in [speakers.resolve(head) for head in heads] or [UNKNOWN]:
            if speaker is not None:
                found += [AttitudeMention(speaker, word.span, span) for span in content]
    return tuple(dict.fromkeys(found))


def _held(parse: Parse) -> Iterator[Held]:
    for token in parse.tokens:
        if token.pos == "VERB" and token.dep not in NOT_A_VERB:
            yield from _verb(parse, token)
        elif token.pos in ("ADJ", "VERB") and token.dep in ("acomp", "ROOT", "conj", "oprd"):
            yield from _predicate(parse, token)
        elif token.pos == "NOUN" and token.lemma in load_lexicon("attitudes")["nouns"]:
            yield from _noun(parse, token)


def _verb(parse: Parse, verb: Token) -> Iterator[Held]:
    """ "Wants peace", "hopes to return", "urged them to leave", "sees it as a threat"."""
    cue = reporting_cue(parse, verb)
    said = [c for c in parse.children(verb) if c.i > verb.i and _is_object(parse, verb, c)]
    if cue.passive:
        if said and verb.lemma in words("attitudes", "passive"):
            yield verb, (), _content(parse, verb, said)
        return
    heads = speaker_heads(parse, cue) or ()
    heads = tuple(h for h in heads if holds_views(h))
    if said and heads:
        yield verb, heads, _content(parse, verb, said)


def _is_object(parse: Parse, verb: Token, child: Token) -> bool:
    """Whether a dependent to the right of a verb is what the attitude is about."""
    if child.dep in ("dobj", "prep", "dative"):
        return _is_plain_object(verb, child)
    if child.dep not in ("ccomp", "xcomp", "advcl"):
        return False
    if child.dep == "advcl":
        return parse.subtree(child)[0].lower == "for" and "for" in _links("verbs", verb.lemma)
    if any(t.dep == "aux" and t.lower == "to" for t in parse.children(child)):
        own = any(t.dep in SUBJECTS for t in parse.children(child))
        lists = ("told_to",) if own else ("infinitive", "told_to")
        return any(verb.lemma in words("attitudes", "verbs", name) for name in lists)
    first = parse.subtree(child)[0]
    asks = first.tag in ("WP", "WRB", "WDT") or first.lower in ("whether", "if")
    return child.dep == "ccomp" and verb.lemma in words("attitudes", "verbs", "question" if asks else "clause")


def _is_plain_object(verb: Token, child: Token) -> bool:
    lemma = verb.lemma
    if child.dep == "dobj":
        return lemma in words("attitudes", "verbs", "object")
    if child.lower == "as":
        return lemma in words("attitudes", "verbs", "as")
    return child.lower in _links("verbs", lemma)


def _links(table: str, lemma: str) -> list[str]:
    known: dict[str, Any] = load_lexicon("attitudes")[table]
    return cast("list[str]", known.get("prepositions", known).get(lemma, []))


def _content(parse: Parse, verb: Token, said: list[Token]) -> tuple[Span, ...]:
    """The objects, with what stands between them and goes on with them; without times, places and asides."""
    first = min(parse.subtree(p)[0].i for p in said)
    parts = said + [c for c in parse.children(verb) if c.i > verb.i and _goes_on(parse, c, first)]
    first = min(first, *(parse.subtree(p)[0].i for p in parts))
    opener = parse.tokens[first]
    leave = opener.dep in ("prep", "mark") and opener.lower in ("for", *_links("verbs", verb.lemma))
    return trimmed(parse, first + leave, max(_end(parse, p) for p in parts))


def _goes_on(parse: Parse, child: Token, first: int) -> bool:
    """Whether a dependent of the verb says more of the object before it ("a levy on coal", "them for their help")."""
    tree = parse.subtree(child)
    if child.dep == "dobj":
        return True
    if tree[0].i <= first or parse.tokens[tree[0].i - 1].lower in BREAKS:
        return False
    if child.dep in ("xcomp", "advcl"):
        return tree[0].lower == "to"
    told = any(t.entity in ("DATE", "TIME", "GPE", "EVENT") for t in tree)
    return child.dep == "prep" and child.lower in words("attitudes", "going_on") and not told


def _end(parse: Parse, part: Token) -> int:
    """The last token of a phrase, without the asides hung on its end."""
    last = part.i
    stop = len(parse.tokens)
    tree = parse.subtree(part)
    for token in tree:
        start = parse.subtree(token)[0].i
        if token.dep in ASIDES and start > part.i and parse.tokens[start - 1].lower in BREAKS:
            stop = min(stop, start)
    for token in tree:
        if token.i < stop:
            last = max(last, token.i)
    return last


def _predicate(parse: Parse, word: Token) -> Iterator[Held]:
    """ "Is willing to talk", "were critical of the plan", "is worried that"."""
    above = parse.head(word)
    verb = above if word.dep in ("acomp", "oprd") else word
    subjects = [c for c in parse.children(verb) if c.dep in SUBJECTS]
    links = _links("adjectives", word.lower)
    said = [c for c in parse.children(word) if c.i > word.i and _completes(word, c, links)]
    heads = tuple(s for s in subjects[-1:] if holds_views(s))
    if said and heads:
        last = max(_end(parse, p) for p in said)
        first = min(parse.subtree(p)[0].i for p in said)
        yield word, heads, trimmed(parse, first + (parse.tokens[first].dep == "prep"), last)


def _completes(word: Token, child: Token, links: list[str]) -> bool:
    if child.dep in ("xcomp", "ccomp"):
        return word.lower in words("attitudes", "adjectives", "clause")
    return child.dep in ("prep", "agent") and child.lower in links


def _noun(parse: Parse, noun: Token) -> Iterator[Held]:
    """ "X's demand for talks", "criticism of the plan by X"."""
    links = _links("nouns", noun.lemma)
    said = [c for c in parse.children(noun) if c.i > noun.i and _opens(parse, c, links)]
    heads = owner(parse, noun) or tuple(c for c in parse.children(noun) if c.dep == "poss")
    if said and heads:
        last = max(_end(parse, p) for p in said)
        first = min(parse.subtree(p)[0].i for p in said)
        yield noun, heads, trimmed(parse, first + (parse.tokens[first].dep == "prep"), last)


def _opens(parse: Parse, child: Token, links: list[str]) -> bool:
    if child.dep == "prep":
        return child.lower in links
    first = parse.subtree(child)[0]
    return child.dep in ("acl", "ccomp", "relcl") and first.lower in ("that", "to") and first.lower in links


def holds_views(head: Token) -> bool:
    """Whether a noun or pronoun is somebody: a person, people, a body."""
    if head.pos == "PRON" or head.tag in ("PRP", "WP", "DT", "WDT"):
        return head.lower not in ("it", "which", "that", "this", "these", "what", "there")
    counted = head.pos == "NUM" or head.lemma in words("attitudes", "holders")
    return (
        counted or head.entity in PEOPLE or can_speak(head) or head.lemma in _people() or head.lemma.endswith(_ends())
    )


@cache
def _people() -> frozenset[str]:
    table = load_lexicon("people")
    kinds = ("civilians", "combatants", "detainees", "unknown")
    return frozenset(w for k in kinds for w in cast("str", table[k]).split())


@cache
def _ends() -> tuple[str, ...]:
    return tuple(load_lexicon("people")["suffixes"])

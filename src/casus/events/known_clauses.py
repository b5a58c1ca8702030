"""What the clause around a trigger names, for recognising a known event in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casus.events.candidates import Candidate
from casus.knowledge.known_events import fold
from casus.knowledge.lexicon import load_lexicon
from casus.records.findings import Findings
from casus.records.parse import Parse, Token

CLAUSAL = frozenset(("ccomp", "advcl", "parataxis", "relcl", "csubj"))
"""Dependencies that open another clause."""

BESIDE = frozenset(
    ("after", "before", "since", "following", "until", "till", "like", "unlike", "than", "despite", "besides", "as")
)
"""Prepositions under which another happening is named than the one told."""

SIDES = frozenset(("nsubj", "nsubjpass", "dobj", "attr", "pobj", "agent", "npadvmod"))
"""Where a noun stands in the clause whose happening it is: "the attack killed 130 at the Bataclan"."""

NAME_PARTS = frozenset(("compound", "amod", "nmod", "nummod", "punct", "flat", "case", "det", "nn"))
PARTY_OF_NOUN = frozenset(("poss", "compound", "nmod"))
AIMS = frozenset(("of", "on", "against", "at", "in"))
KINDS_OF_PLACE = frozenset(
    ("city", "town", "village", "capital", "stronghold", "province", "region", "district", "enclave", "camp", "island")
)
"""Nouns whose name follows: "the city of Mosul"."""


def clause_of(parse: Parse, member: Candidate) -> tuple[Token, ...]:
    """The words of the clause that reports the trigger, its parties with them, in text order."""
    token = parse.tokens[member.trigger.token]
    found = set(_below(parse, token, relative=True))
    verb = _verb_of(parse, token)
    if verb is not None:
        found.update(_below(parse, verb))
        if verb.dep in ("relcl", "acl"):
            found.update(_below(parse, parse.head(verb)))
    for head in (*member.frame.agents, *member.frame.patients):
        found.update(_below(parse, parse.tokens[head]))
    return tuple(parse.tokens[i] for i in sorted(found))


def _verb_of(parse: Parse, token: Token) -> Token | None:
    """The verb of the trigger's clause: itself, or what it is a party or a circumstance of."""
    if token.pos in ("VERB", "AUX"):
        return token
    head = parse.head(token)
    if token.dep in ("compound", "appos", "amod") and head.pos in ("NOUN", "PROPN") and head.i != token.i:
        token, head = head, parse.head(head)
    if token.dep == "pobj" and head.pos == "ADP" and head.lower not in BESIDE:
        head = parse.head(head)
        return head if head.pos in ("VERB", "AUX") else None
    return head if token.dep in SIDES and head.pos in ("VERB", "AUX") and head.i != token.i else None


def _below(parse: Parse, top: Token, *, relative: bool = False) -> Iterator[int]:
    """The words of a clause or phrase without other clauses in it; `relative`: with a clause on the top word."""
    stack = [top]
    while stack:
        token = stack.pop()
        yield token.i
        for child in parse.children(token):
            own = relative and token.i == top.i and child.dep in ("relcl", "acl")
            if own or not _opens_another(child):
                stack.append(child)


def _opens_another(token: Token) -> bool:
    if token.dep in CLAUSAL or (token.dep == "conj" and token.pos in ("VERB", "AUX")):
        return True
    return token.lower in BESIDE and token.dep in ("prep", "mark", "advmod")


def is_beside(parse: Parse, member: Candidate) -> bool:
    """Whether the trigger is what another happening is counted from or likened to: "after the fall of Mosul"."""
    token = parse.tokens[member.trigger.token]
    for current in (token, *parse.ancestors(token)):
        if current.i != token.i and current.pos in ("VERB", "AUX"):
            return False
        marks = (c for c in parse.children(current) if c.dep in ("mark", "advmod"))
        if current.dep in ("pobj", "pcomp", "advcl") and (
            parse.head(current).lower in BESIDE or any(c.lower in BESIDE for c in marks)
        ):
            return True
    return False


def parties_named(findings: Findings, member: Candidate, *, acted_on: bool) -> tuple[Token, ...]:
    """Heads of the phrases that name whom or what it was done to (`acted_on`), or who did it."""
    parse, frame = findings.parse, member.frame
    token = parse.tokens[member.trigger.token]
    if not acted_on:
        return _named(parse, (*frame.agents, *frame.mutual))
    heads = [*frame.patients, *frame.mutual]
    if member.trigger.key in load_lexicon("known_events")["undergone"]:
        heads += frame.agents
    if member.trigger.form == "noun":
        heads += _of_noun(parse, token)
    return _named(parse, heads)


def _of_noun(parse: Parse, noun: Token) -> Iterator[int]:
    """Whom a noun is done to by its grammar: "Mosul's fall", "the Srebrenica massacre", "the raid on Entebbe"."""
    for child in parse.children(noun):
        if child.dep in PARTY_OF_NOUN:
            yield child.i
        elif child.dep == "prep" and child.lower in AIMS:
            yield from (c.i for c in parse.children(child) if c.dep == "pobj")


def _named(parse: Parse, heads: Iterable[int]) -> tuple[Token, ...]:
    """The heads, and the names that follow a word for a kind of place."""
    found: dict[int, Token] = {}
    for i in heads:
        token = parse.tokens[i]
        found[i] = token
        if token.lemma.lower() in KINDS_OF_PLACE:
            for child in parse.children(token):
                if child.dep in ("appos", "compound", "nmod"):
                    found[child.i] = child
                elif child.dep == "prep" and child.lower == "of":
                    found.update({c.i: c for c in parse.children(child) if c.dep == "pobj"})
    return tuple(found[i] for i in sorted(found))


def ends_with(parse: Parse, head: Token, names: Iterable[str]) -> bool:
    """Whether the phrase up to its head word ends with one of the names (folded)."""
    phrase = f" {fold(_name_of(parse, head))}"
    return any(phrase.endswith(f" {name}") for name in names)


def _name_of(parse: Parse, head: Token) -> str:
    """The words of a name up to its head, and to the end of a proper name that goes on behind it."""
    first = last = head.i
    while first > 0 and parse.tokens[first - 1].sentence == head.sentence:
        before = parse.tokens[first - 1]
        if before.pos != "PROPN" and not (before.dep in NAME_PARTS and before.head in range(first, head.i + 1)):
            break
        first -= 1
    while last + 1 < len(parse.tokens) and _goes_on(parse, head, parse.tokens[last + 1]):
        last += 1
    return parse.text[parse.tokens[first].start : parse.tokens[last].end]


def _goes_on(parse: Parse, head: Token, after: Token) -> bool:
    """Whether a person's name runs on behind the word that the parser took for its head."""
    same = after.entity == head.entity == "PERSON" and not after.begins and after.sentence == head.sentence
    return same and after.pos in ("PROPN", "PUNCT", "NOUN") and after.text not in (",", ";", "(", ")", "'s", "’s")


def has_words(words: str, alternatives: Iterable[str]) -> bool:
    """Whether one of the folded words or phrases stands among folded words."""
    return any(f" {alternative} " in f" {words} " for alternative in alternatives)

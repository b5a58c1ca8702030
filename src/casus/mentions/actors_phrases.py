"""Noun phrases around a head word: short spans without clauses."""

from __future__ import annotations

from dataclasses import dataclass

from casus.knowledge.registry_roles import LONGEST_COMPOUND, load_roles
from casus.records.parse import Parse, Token
from casus.records.span import Span

LEFT = frozenset(
    (
        "det",
        "amod",
        "compound",
        "nummod",
        "poss",
        "nmod",
        "quantmod",
        "predet",
        "advmod",
        "punct",
        "case",
        "npadvmod",
        "neg",
        "preconj",
    )
)
MODIFIER = frozenset(("compound", "amod", "nmod", "npadvmod"))
BARE = frozenset(("same", "other", "more", "than", "at", "least", "remaining", "last", "of", "suspected", "alleged"))
BRACKETS = frozenset("()[]")
QUOTES = frozenset("\"“”‘’'`«»—–,;:()[]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens [first, last] with the head word; `object` is the head of its of-phrase, if it has one."""

    head: int
    first: int
    last: int
    object: int | None

    def span(self, parse: Parse) -> Span:
        return Span(parse.tokens[self.first].start, parse.tokens[self.last].end)


def phrase_of(parse: Parse, head: Token) -> Phrase:
    """Determiner, modifiers and head; quantity words before ("hundreds of") belong to it."""
    first = _left_edge(parse, head)
    quantity = _quantity_before(parse, head)
    if quantity is not None:
        first = min(first, _left_edge(parse, quantity))
    return Phrase(head.i, first, head.i, _object_of(parse, head))


def _left_edge(parse: Parse, head: Token) -> int:
    """The first token of an unbroken run of left modifiers."""
    inside = {head.i}
    for child in parse.children(head):
        if child.i < head.i and child.dep in LEFT:
            inside.update(t.i for t in parse.subtree(child))
    first = head.i
    while first - 1 in inside and parse.tokens[first - 1].text not in BRACKETS:
        first -= 1
    while first < head.i and parse.tokens[first].text in QUOTES:
        first += 1
    return first


def _quantity_before(parse: Parse, head: Token) -> Token | None:
    """The word of quantity in "hundreds of fighters" or "a group of armed men"."""
    preposition = parse.head(head)
    if head.dep != "pobj" or preposition.lower != "of":
        return None
    word = parse.head(preposition)
    known = load_roles().around["quantities"]
    if word.i < head.i and (word.lemma in known or word.lower in known or word.pos in ("NUM", "DET")):
        return word
    return None


def _object_of(parse: Parse, head: Token) -> int | None:
    """The object of an of-phrase right after the head ("fighters of the movement")."""
    for child in parse.children(head):
        if child.dep == "prep" and child.lower in ("of", "from") and child.i == head.i + 1:
            return next((t.i for t in parse.children(child) if t.dep == "pobj"), None)
    return None


def is_head(parse: Parse, token: Token) -> bool:
    """Whether a noun heads its phrase, and does not stand before another noun as its modifier."""
    if token.pos not in ("NOUN", "PROPN") or not token.text[:1].isalpha():
        return False
    head = parse.head(token)
    return not (token.dep in MODIFIER and head.i > token.i and head.pos in ("NOUN", "PROPN", "ADJ"))


def role_of(parse: Parse, head: Token) -> tuple[str | None, int]:
    """The role of a noun, compounds first, and the index of the first token that tells it."""
    noun = load_roles().noun
    words = [head.lemma]
    best: tuple[str | None, int] = (noun.get(head.lemma) or _of_proper_noun(head), head.i)
    for i in range(head.i - 1, max(-1, head.i - LONGEST_COMPOUND), -1):
        token = parse.tokens[i]
        if token.sentence != head.sentence:
            break
        words.insert(0, token.lemma)
        for form in {" ".join(words), " ".join([*words[:-1], head.lower])}:
            if form in noun:
                best = (noun[form], i)
    return best


def _of_proper_noun(head: Token) -> str | None:
    """Proper nouns keep their plural as lemma ("Forces")."""
    if head.pos != "PROPN" or not head.lower.endswith("s"):
        return None
    return load_roles().noun.get(head.lower[:-1])


def left_words(parse: Parse, phrase: Phrase) -> tuple[Token, ...]:
    """The tokens of a phrase before its head."""
    return parse.tokens[phrase.first : phrase.head]


def is_definite(parse: Parse, phrase: Phrase) -> bool:
    """Whether it begins with a word that points back: the, this, those."""
    return parse.tokens[phrase.first].lower in ("the", "this", "that", "these", "those", "both")


def is_bare(parse: Parse, phrase: Phrase, noun: int) -> bool:
    """Whether only determiners and numbers ("more than 60,000") stand before the noun that begins at token `noun`."""
    quantities = load_roles().around["quantities"]
    return all(
        t.pos in ("DET", "NUM") or t.dep in ("quantmod", "advmod", "nummod") or t.lower in BARE or t.lemma in quantities
        for t in left_words(parse, phrase)
        if t.i < noun
    )

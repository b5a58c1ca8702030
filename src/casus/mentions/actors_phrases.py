"""Noun phrases around a head word: short spans without clauses."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

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
WEEKDAYS = frozenset(day.lower() for day in calendar.day_name)
DIGITS = {"1": "l", "0": "o", "5": "s"}
MISREAD_DIGIT = re.compile(r"(?<=[A-Za-z])[015]|[015](?=[A-Za-z]{2})")
DASHES = frozenset("-–—")
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
    while first - 1 in inside and not _ends_phrase(parse, first - 1):
        first -= 1
    while first < head.i and (parse.tokens[first].text in QUOTES or _is_date(parse.tokens[first])):
        first += 1
    return first


def _is_date(token: Token) -> bool:
    """Whether a date leads a phrase that is no part of it: "on Friday rebel fighters ..."."""
    return token.entity in ("DATE", "TIME") and (token.dep == "npadvmod" or token.lower in WEEKDAYS)


def _ends_phrase(parse: Parse, i: int) -> bool:
    """Whether a token can be no part of the phrase after it: a bracket, a dash between spaces, the end of a heading."""
    token = parse.tokens[i]
    around = parse.text[token.start - 1 : token.start], parse.text[token.end : token.end + 1]
    dash = token.text in DASHES and all(c.isspace() for c in around if c)
    return dash or token.text in BRACKETS or "\n\n" in parse.text[token.end : parse.tokens[i + 1].start]


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
    words = [head.lemma if head.lemma in noun else repaired(head.lemma)]
    office = noun.get(_with_of(parse, head))
    if office:
        return office, head.i
    best: tuple[str | None, int] = (noun.get(words[0]) or _of_proper_noun(head), head.i)
    for i in range(head.i - 1, max(-1, head.i - LONGEST_COMPOUND), -1):
        token = parse.tokens[i]
        if token.sentence != head.sentence:
            break
        words.insert(0, token.lemma)
        for form in {" ".join(words), " ".join([*words[:-1], head.lower])}:
            if form in noun:
                best = (noun[form], i)
    return best


@lru_cache(maxsize=4096)
def repaired(word: str) -> str:
    """A word that a scanner misread ("guerri1la", "farrner") as it should be, if that is a noun of the table."""
    plain = MISREAD_DIGIT.sub(lambda m: DIGITS[m.group()], word)
    plain = "".join("l" if c == "I" and i else c for i, c in enumerate(plain)).lower().replace("rn", "m")
    if plain == word:
        return word
    singular = f"{plain[:-3]}man" if plain.endswith("men") else plain.removesuffix("s")
    noun = load_roles().noun
    return next((form for form in (plain, singular) if form in noun), word)


def _with_of(parse: Parse, head: Token) -> str:
    """A noun with the one after "of": "ministry of defence"."""
    after = parse.tokens[head.i + 1 : head.i + 3]
    joined = len(after) == 2 and after[0].lower == "of" and after[0].sentence == head.sentence
    return f"{head.lemma.lower()} of {after[1].lower}" if joined else ""


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

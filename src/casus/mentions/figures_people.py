"""Who is counted: noun phrases for people, with their number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from casus.knowledge.lexicon import load_lexicon
from casus.mentions.figures_numbers import DASHES, Number
from casus.records.actor import ARMED_KINDS, Actor
from casus.records.figure import Population, Quantity
from casus.records.parse import Parse, Token
from casus.records.span import Span

Sort = Literal["count", "single", "definite", "name", "pronoun"]
"""How a group is told: with a number, as one person ("a farmer"), as one already known ("the
farmer", "her husband"), by name, or by a pronoun."""

SINGLE = frozenset(("single", "definite", "name"))
ONE = Quantity(1, 1, 1)
POPULATIONS: tuple[Population, ...] = ("civilians", "combatants", "detainees", "unknown")
COLLECTIVE = frozenset(("police", "personnel", "staff", "militia", "crew", "infantry"))
PERSONS = frozenset(("he", "she", "him", "her", "his", "whose"))
QUOTES = frozenset("\"'“”‘’()«»")
NOMINAL = frozenset(("NOUN", "PROPN"))
LISTED = 16
"""Tokens between two people of a list at most: "a guard, Omar Haddad, 52, of Kismayo, and a driver"."""
JOINED = 20
"""Nouns joined by "and" at most, as in a list of victims."""
REACH = 7
"""Tokens from a number to its noun at most: "three former city police traffic officers"."""


@dataclass(frozen=True, slots=True)
class Group:
    """People over tokens [first, last]; `node` ties them to the tree, `noun` names them (None
    for a bare number), `of_known` holds for "two of them", "ten of the raiders"."""

    node: int
    first: int
    last: int
    quantity: Quantity
    sort: Sort
    noun: int | None
    of_known: bool = False
    definite: bool = False


@cache
def _natures() -> Mapping[str, str]:
    table = load_lexicon("people")
    found = dict.fromkeys(table["things"].split(), "thing")
    for population in POPULATIONS:
        found.update(dict.fromkeys(table[population].split(), population))
    return found


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(load_lexicon("people")["suffixes"])


@cache
def marks(population: str) -> frozenset[str]:
    """Words that turn a general noun into one for this population."""
    return frozenset(load_lexicon("people")["marks"][population])


def nature(token: Token) -> str | None:
    """The population that a noun names, "thing" for no people, None for a noun not known."""
    natures = _natures()
    if token.entity == "PERSON" and token.pos == "PROPN":
        return "unknown"
    lower = token.lower
    if lower == "by" and token.pos == "NOUN":
        # "a passer-by", cut into three
        return "civilians"
    for form in (token.lemma, lower, lower[:-1] if lower.endswith("s") else lower, _singular(lower)):
        if form in natures:
            return natures[form]
    return "unknown" if any(token.lemma.endswith(s) for s in _suffixes()) else None


def _singular(word: str) -> str:
    for plural, single in (("ies", "y"), ("men", "man"), ("ren", ""), ("es", "")):
        if word.endswith(plural):
            return word[: -len(plural)] + single
    return word


def group_of_number(parse: Parse, number: Number) -> Group | None:
    """The people that a number counts; None if it counts things."""
    noun, of_known = _noun_of(parse, number)
    nested = noun is not None and any(c.dep == "nummod" and c.i > number.last for c in parse.children(noun))
    last = number.last if nested or noun is None else max(number.last, noun.i)
    last = _with_joined(parse, last) if noun is not None and not nested else last
    first = _family(parse, number.first)
    if noun is not None and nature(noun) == "thing" and not (of_known and _is_body_of_people(noun)):
        return None
    node = _node(parse, first, last, noun)
    noun_index = noun.i if noun and noun.pos != "PRON" else None
    return Group(node.i, first, last, number.quantity, "count", noun_index, of_known, number.definite)


def _is_body_of_people(noun: Token) -> bool:
    """Whether a noun stands for its members: "one of the unit", "two of the convoy"."""
    return noun.lemma in load_lexicon("people")["groups"]


def _with_joined(parse: Parse, last: int) -> int:
    """Take "and local militiamen" after "nine soldiers" into the phrase: one number counts both."""
    for joined in parse.children(parse.tokens[last]):
        between = parse.tokens[last + 1 : joined.i]
        plain = all(t.pos in ("CCONJ", "ADJ", "NOUN", "PROPN") for t in between)
        joins = plain and len(between) in (1, 2, 3) and between[0].lower in ("and", "or")
        if joins and joined.dep == "conj" and joined.tag == "NNS" and nature(joined) not in (None, "thing"):
            return joined.i
    return last


def _node(parse: Parse, first: int, last: int, noun: Token | None) -> Token:
    """The token of the phrase that hangs outside it, the noun where several do."""
    members = range(first, last + 1)
    if noun is not None and noun.head not in members:
        return noun
    return parse.root_in(Span(parse.tokens[first].start, parse.tokens[last].end))


def _family(parse: Parse, first: int) -> int:
    """Take "a family of" before the number into the phrase."""
    tokens = parse.tokens
    groups = load_lexicon("people")["groups"]
    if first >= 2 and tokens[first - 1].lower == "of" and tokens[first - 2].lemma in groups:
        start = first - 2
        return start - 1 if start and tokens[start - 1].pos == "DET" else start
    return first


def _noun_of(parse: Parse, number: Number) -> tuple[Token | None, bool]:
    """The noun counted, and whether it is "of" people already known."""
    tokens = parse.tokens
    at = _skip_quotes(parse, number.last + 1)
    if at < len(tokens) and tokens[number.last].lower != "of" and tokens[at].lower != "of":
        return (None if tokens[at].pos == "DET" else _scan(parse, number, at)), False
    at = _skip_quotes(parse, at + 1 if tokens[number.last].lower != "of" and at < len(tokens) else at)
    if at >= len(tokens):
        return None, False
    if tokens[at].pos == "PRON" and tokens[at].tag != "PRP$":
        return tokens[at], True
    known = tokens[at].lower in ("the", "these", "those", "its", "their", "his", "her", "our")
    return _scan(parse, number, at), known


def _skip_quotes(parse: Parse, at: int) -> int:
    while at < len(parse.tokens) and parse.tokens[at].text in QUOTES:
        at += 1
    return at


def _scan(parse: Parse, number: Number, at: int) -> Token | None:
    """The last noun of the run of nouns and their modifiers that starts at a token."""
    noun: Token | None = None
    sentence = parse.tokens[number.last].sentence
    for token in parse.tokens[at : at + REACH]:
        if token.sentence != sentence:
            break
        if noun is not None and noun.tag == "NNS" and token.entity == "PERSON":
            # "president for 30 years Omar Haddad"
            break
        if noun is not None and token.pos not in NOMINAL and token.text not in DASHES and not _goes_on(noun, token):
            break
        if token.pos in NOMINAL or token.lemma in ("other", "more") or nature(token) in ("civilians", "combatants"):
            noun = token
        elif not _modifies(token):
            break
    return noun


def _goes_on(noun: Token, token: Token) -> bool:
    """Whether a noun only modifies one after this adjective: "900 ISIS female fighters"."""
    return token.pos == "ADJ" and noun.dep in ("compound", "nmod", "npadvmod") and noun.head > token.i


def _modifies(token: Token) -> bool:
    if token.pos in ("ADJ", "DET", "NUM") or token.text in QUOTES or token.text in DASHES or token.tag == "PRP$":
        return True
    return token.dep in ("amod", "compound", "nmod", "advmod", "punct") and token.tag in (
        "VBN",
        "VBG",
        "RB",
        "HYPH",
        "JJ",
    )


def group_of_token(parse: Parse, token: Token, *, human: bool = False) -> Group | None:
    """One person told without a number ("a farmer", "its leader", "Karim Haddad", "he").

    `human` holds where only a human can stand: then a proper noun of no known kind is a name.
    """
    if token.pos == "PRON":
        return Group(token.i, token.i, token.i, ONE, "pronoun", None) if token.lower in PERSONS else None
    named = token.pos == "PROPN" and (token.entity == "PERSON" or (human and not token.entity and token.tag == "NNP"))
    told = nature(token) or ("unknown" if _has_name(parse, token) else None)
    if token.pos not in NOMINAL or (told in (None, "thing") and not named):
        return None
    before = [c for c in parse.children(token) if c.i < token.i and c.dep not in ("punct", "relcl", "cc", "prep")]
    own = [c.i for c in before if token.i - c.i <= REACH and "\n" not in parse.text[c.end : token.start]]
    first = min(own, default=token.i)
    if token.tag in ("NNS", "NNPS") or token.lower.endswith(("men", "people")) or token.lower in COLLECTIVE:
        return None
    if named and not any(t.lower in ("some", "no", "any") for t in before):
        return Group(token.i, min(first, _name_start(parse, token)), token.i, ONE, "name", token.i)
    sort = _article(before)
    return Group(token.i, first, token.i, ONE, sort, token.i, definite=sort == "definite") if sort else None


def _has_name(parse: Parse, noun: Token) -> bool:
    """Whether a person's name explains a noun: "his successor, Omar Nadir"."""
    return any(c.dep == "appos" and c.entity == "PERSON" and c.pos == "PROPN" for c in parse.children(noun))


def _name_start(parse: Parse, token: Token) -> int:
    first = token.i
    while first and parse.tokens[first - 1].entity == "PERSON" and parse.tokens[first - 1].sentence == token.sentence:
        first -= 1
    return first


def _article(before: Sequence[Token]) -> Sort | None:
    """How the words before a singular noun present it; None where they count no one."""
    for token in before:
        if token.lower in ("a", "an", "another", "one"):
            return "single"
        if token.lower in ("the", "this", "that"):
            return "definite"
        if token.tag == "PRP$" or token.dep == "poss":
            return "definite"
        if token.lower in ("no", "any", "every", "each", "some", "what", "which"):
            return None
    return None


def summed(parse: Parse, groups: Sequence[Group]) -> list[Group]:
    """Join "a woman and her two children" to three, "a nurse and a doctor" to two."""
    kept: list[Group] = []
    singly = False
    for group in groups:
        if kept and _apposed(parse, kept[-1], group):
            kept[-1] = replace(kept[-1], last=group.last)
        elif kept and _together(parse, kept[-1], group, singly):
            one, two = kept[-1], group
            total = (one.quantity.best or 0) + (two.quantity.best or 0)
            named = one.sort == two.sort == "name"
            summed_up = Quantity(total, total, total)
            kept[-1] = replace(one, last=two.last, quantity=summed_up, sort="name" if named else "count")
        else:
            singly = group.sort in SINGLE and not kept
            kept.append(group)
    return kept


def _apposed(parse: Parse, one: Group, two: Group) -> bool:
    """Whether a name behind a comma explains the person before: "its founder, teacher Omar Haddad, and ..."."""
    if one.sort not in ("single", "definite") or two.sort != "name" or one.quantity != ONE:
        return False
    between = parse.tokens[one.last + 1 : two.first]
    return bool(between) and between[0].text == "," and all(t.pos in NOMINAL for t in between[1:])


def _together(parse: Parse, one: Group, two: Group, singly: bool) -> bool:
    """Whether two groups of one list are told as one; `singly` holds where the first is one person
    or several told one by one."""
    exact = all(g.quantity.low == g.quantity.high and g.quantity.best for g in (one, two))
    near = parse.tokens[one.last].sentence == parse.tokens[two.first].sentence and two.first - one.last <= LISTED
    along = any(t.lower in ("along", "alongside", "together") for t in parse.tokens[one.last + 1 : two.first])
    if not exact or two.first <= one.last or not near or along:
        return False
    owned = any(t.tag == "PRP$" for t in parse.tokens[two.first - 1 : two.last])
    if owned:
        told = {population_of(parse, one), population_of(parse, two)} - {"unknown"}
        return len(told) <= 1
    told = {population_of(parse, one), population_of(parse, two)} - {"unknown"}
    return singly and two.sort in ("single", "name") and len(told) <= 1


def first_joined(parse: Parse, token: Token) -> Token:
    """The first of the words that "and" joins to this one, at most JOINED steps away."""
    for _ in range(JOINED):
        if token.dep != "conj" or token.head == token.i:
            break
        token = parse.head(token)
    return token


def told_of(parse: Parse, group: Group) -> str | None:
    """What the noun of a group names: `nature`, with a bare number or a name taken for people."""
    if group.noun is None or group.sort == "name":
        return "unknown"
    noun = parse.tokens[group.noun]
    if group.of_known and _is_body_of_people(noun):
        return "unknown"
    return nature(noun) or ("unknown" if _has_name(parse, noun) else None)


def population_of(parse: Parse, group: Group) -> Population:
    """The population that the words of a group tell, `unknown` when they tell none."""
    words = {t.lower for t in parse.tokens[group.first : group.last + 1]}
    told = nature(parse.tokens[group.noun]) if group.noun is not None else None
    general = told == "civilians" and parse.tokens[group.noun or 0].lemma in marks("general")
    if told in ("civilians", "combatants", "detainees") and not (general and words & marks("combatants")):
        return cast(Population, told)
    for population in POPULATIONS[:3]:
        if words & marks(population):
            return population
    return "unknown"


LONGEST_MENTION = 400
"""Characters of the longest mention of an actor that is reckoned with."""


def actor_of(parse: Parse, group: Group, actors: Sequence[Actor]) -> Actor | None:
    """The actor whose people a group is: one mentioned in it, else in its "of" phrase."""
    tokens = parse.tokens
    own = Span(tokens[group.first].start, tokens[group.last].end)
    hit = _mentioned(own, actors)
    if hit is not None:
        return hit
    for child in parse.children(tokens[group.node]):
        if child.dep in ("prep", "poss") and child.lower in ("of", "from"):
            below = parse.subtree(child)
            return _mentioned(Span(below[0].start, below[-1].end), actors)
    return None


def _mentioned(span: Span, actors: Sequence[Actor]) -> Actor | None:
    """The actor mentioned first in the span; mentions are in text order, so few are looked at."""
    best: tuple[int, Actor] | None = None
    for actor in actors:
        begin = bisect_left(actor.mentions, span.start - LONGEST_MENTION, key=lambda m: m.start)
        end = bisect_left(actor.mentions, span.end, key=lambda m: m.start)
        for mention in actor.mentions[begin:end]:
            if mention.overlaps(span) and (best is None or mention.start < best[0]):
                best = mention.start, actor
    return best[1] if best else None


def population_of_actor(actor: Actor | None) -> Population:
    """What an actor's kind says of its people."""
    if actor is None:
        return "unknown"
    if actor.kind in ("civilians", "protesters"):
        return "civilians"
    return "combatants" if actor.kind in ARMED_KINDS and actor.kind != "unidentified" else "unknown"

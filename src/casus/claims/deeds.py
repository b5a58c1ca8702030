"""Words that are views in talk and deeds in war: "attacked the plan" and "attacked the town".

Who does it and what it is done to tell them apart. Ground, convoys and buildings are hit by no speech
unless a politician makes it; those who bear arms attack and hold whatever is no matter of words; a
battle is helped on by those who fight.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from casus.claims.cues import words
from casus.claims.speakers import Speakers
from casus.knowledge.lexicon import load_lexicon
from casus.records.actor import ARMED_KINDS
from casus.records.parse import Parse, Token

Deed = Literal["strike", "help", "guard"]
DEEDS: tuple[Deed, ...] = ("strike", "help", "guard")


def is_deed(parse: Parse, speakers: Speakers, word: Token, heads: tuple[Token, ...]) -> bool:
    """Whether a word for an attitude tells here of what somebody did; `heads` are the words for who did it."""
    sort = next((d for d in DEEDS if word.lemma in words("attitudes", "deeds", d)), None)
    if sort is None:
        return False
    objects = _objects(parse, word)
    armed = any(_bears_arms(speakers, head) for head in heads)
    if sort == "help":
        fought = any(_is_ground(o) or _bears_arms(speakers, o) or _is("operations", o) for o in objects)
        return (armed and fought) or _by_means_of_war(parse, word)
    if any(_is("matters", o) or (sort == "guard" and _is("operations", o)) for o in objects):
        return False
    if armed or (any(map(_is_ground, objects)) and not any(map(_speaks_for_itself, heads))):
        return bool(objects)
    states = all(head.entity in ("GPE", "NORP") for head in heads)
    return sort == "strike" and states and any(_bears_arms(speakers, o) or o.entity in ("GPE", "LOC") for o in objects)


def _objects(parse: Parse, word: Token) -> list[Token]:
    """The head words of what it is done to; behind "the whole of" and "dozens of", what these count."""
    if word.pos == "NOUN":
        found = [o for p in parse.children(word) if p.dep == "prep" and p.i > word.i for o in _governed(parse, p)]
    else:
        found = [c for c in parse.children(word) if c.dep == "dobj"]
    for token in found:
        if token.pos == "NUM" or _is("shares", token):
            found += [o for p in parse.children(token) if p.lower == "of" for o in _governed(parse, p)]
    return found


def _governed(parse: Parse, preposition: Token) -> list[Token]:
    return [c for c in parse.children(preposition) if c.dep == "pobj"]


def _is(kind: str, token: Token) -> bool:
    return token.pos == "NOUN" and token.lemma in words("attitudes", "deeds", kind)


def _is_ground(token: Token) -> bool:
    """A place that is taken and held, a building, a convoy; a name counts by its last word ("Douma district")."""
    named = token.pos == "PROPN" and token.entity in ("GPE", "LOC", "FAC")
    return (token.pos == "NOUN" or named) and token.lower in _ground()


@cache
def _ground() -> frozenset[str]:
    singular = words("frames", "territory") | words("attitudes", "deeds", "targets")
    plural = {f"{w[:-1]}ies" if w.endswith("y") and w[-2] not in "aeiou" else f"{w}s" for w in singular}
    return singular | plural


def _bears_arms(speakers: Speakers, token: Token) -> bool:
    """Whether a word is for fighters, a force, or an actor that bears arms; those who speak for them do not count."""
    if _speaks_for_itself(token) or token.entity == "GPE":
        return False
    if token.lemma in _fighters() or token.lemma in words("attitudes", "deeds", "armed"):
        return True
    actor = speakers.actor_at(token)
    return actor is not None and actor.kind in ARMED_KINDS


def _speaks_for_itself(token: Token) -> bool:
    """Whether a word is for a person who makes speeches: a name, an office."""
    return token.entity == "PERSON" or token.lemma in words("speakers", "official")


def _by_means_of_war(parse: Parse, word: Token) -> bool:
    """Whether arms or fire are what it is done with, wherever the parser hangs the phrase."""
    given = (
        o
        for part in (word, *_objects(parse, word))
        for p in parse.children(part)
        if p.lower == "with"
        for o in _governed(parse, p)
    )
    return any(_is("means", o) or any(_is("means", c) for c in parse.children(o)) for o in given)


@cache
def _fighters() -> frozenset[str]:
    return frozenset(cast("str", load_lexicon("people")["combatants"]).split())

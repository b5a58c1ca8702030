"""Custody told from abduction by who takes people (codebook 2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from casus.knowledge.lexicon import load_lexicon
from casus.mentions.figures_triggers import CHAIN, Trigger, is_passive
from casus.records.actor import Actor
from casus.records.parse import Parse, Token

PHRASE_REACH = 6
"""Tokens from the head of an agent to the words that tell whose it is."""
DOUBTFUL = frozenset(("custody", "captivity"))
AROUND = 50
"""Tokens on each side in which a sign of law may stand, in the same sentence: bounds the work."""
SENTENCES = 2
"""Sentences back to the armed people that may have taken those "led away"."""
BACK = 200
"""Tokens back to them at most: bounds the work."""
STATE_KINDS = frozenset(("state forces", "external forces"))
ARMED_GROUPS = frozenset(("rebel group", "political militia", "identity militia", "unidentified"))
SPEECH = frozenset(("say", "tell", "add", "report", "claim", "deny", "confirm", "accord", "announce"))


def settle_custody(parse: Parse, triggers: Sequence[Trigger], actors: Sequence[Actor]) -> tuple[Trigger, ...]:
    """Triggers with "custody" and "captivity" told apart by the taker: captivity is detention, by
    the state, and custody abduction, by others; where no taker is told they stay as they are."""
    powers = _powers(parse, actors)
    return tuple(_settled(parse, t, powers) if t.outcome in DOUBTFUL else t for t in triggers)


def _settled(parse: Parse, trigger: Trigger, powers: Mapping[int, bool]) -> Trigger:
    verb = parse.tokens[trigger.token]
    authority = _by_agent(parse, verb, powers)
    if authority is None and trigger.outcome == "custody":
        authority = _nearest_power(parse, verb)
    if authority is None:
        return trigger
    armed = authority is False and any(_agents(parse, verb))
    return replace(trigger, outcome="captivity" if authority else "custody", armed=armed)


def _powers(parse: Parse, actors: Sequence[Actor]) -> Mapping[int, bool]:
    """Tokens of the actors' mentions → whether the actor is of a state; others left out."""
    powers: dict[int, bool] = {}
    for actor in actors:
        if actor.kind in STATE_KINDS or actor.kind in ARMED_GROUPS:
            for mention in actor.mentions:
                powers.update({t.i: actor.kind in STATE_KINDS for t in parse.tokens_in(mention)})
    return powers


@cache
def _people(key: str) -> frozenset[str]:
    words = load_lexicon("people")[key]
    return frozenset(words.split() if isinstance(words, str) else words)


def _by_agent(parse: Parse, verb: Token, powers: Mapping[int, bool]) -> bool | None:
    """Whether the agent is of the state; None where no armed agent is named and no sign of law stands near."""
    agents = [[t for t in parse.subtree(a) if abs(t.i - a.i) <= PHRASE_REACH] for a in _agents(parse, verb)]
    for agent in agents:
        words = {form for t in agent for form in (t.lemma, t.lower, t.lower.removesuffix("s"))}
        if words & _people("authorities"):
            return True
        if words & (_people("lawless") | _people("combatants")):
            return False
    near = parse.tokens[max(0, verb.i - AROUND) : verb.i + AROUND]
    around = {form for t in near if t.sentence == verb.sentence for form in (t.lemma, t.lower)}
    if around & set(load_lexicon("outcomes")["context"]["takers"]):
        return True
    return next((powers[t.i] for agent in agents for t in agent if t.i in powers), None)


def _agents(parse: Parse, verb: Token) -> Iterator[Token]:
    """Who does it: the subject of an active verb or of one that it is joined to, or "by" whom."""
    for child in parse.children(verb):
        if child.dep == "agent" or (child.dep == "prep" and child.lower == "by"):
            yield from parse.children(child)
    current = verb
    for _ in range(CHAIN):
        if is_passive(parse, current):
            return
        subjects = [c for c in parse.children(current) if c.dep == "nsubj"]
        yield from subjects
        if subjects or current.dep != "conj":
            return
        current = parse.head(current)


def _nearest_power(parse: Parse, verb: Token) -> bool | None:
    """Whether the armed people named last, in this sentence or the two before, are of the state;
    those who only speak do not count."""
    for token in reversed(parse.tokens[max(0, verb.i - BACK) : verb.i]):
        if verb.sentence - token.sentence > SENTENCES:
            return None
        known = token.lemma in _people("lawful") or token.lemma in _people("lawless")
        if known and not _speaks(parse, token):
            return token.lemma in _people("lawful")
    return None


def _speaks(parse: Parse, token: Token) -> bool:
    return token.dep in ("nsubj", "compound", "pobj") and any(
        t.lemma in SPEECH for t in (parse.head(token), parse.head(parse.head(token)))
    )

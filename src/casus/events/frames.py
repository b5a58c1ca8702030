"""Who acts and who is acted upon at a trigger, read off the parse.

A frame holds head words of noun phrases, not actors: which actor a phrase names is
looked up later. Passives, relative clauses, shared subjects, participles, light verbs
("carried out an attack") and nouns ("the killing of X by Y") all end in one form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from casus.events.triggers import Trigger
from casus.knowledge.lexicon import load_lexicon
from casus.records.parse import Parse, Token

HOPS = 6
"""Verbs climbed in search of a shared subject; deeper chains are parser errors."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Head tokens of the phrases around a trigger, as indices, in text order.

    `mutual` are parties named together ("clashes between A and B", "A and B fought").
    """

    agents: tuple[int, ...]
    patients: tuple[int, ...]
    mutual: tuple[int, ...]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """The sets of `frames.toml`: light verbs, prepositions and verbs of suffering."""
    table = load_lexicon("frames")
    return {name: frozenset(words) for name, words in table.items() if name != "source"}


def frame_of(parse: Parse, trigger: Trigger) -> Frame:
    """The parties of one trigger."""
    token = parse.tokens[trigger.token]
    agents, patients = _verb_frame(parse, token) if trigger.form == "verb" else _noun_frame(parse, token)
    mutual: list[Token] = []
    if trigger.kind in ("clash", "agreement"):
        mutual = list(_with_whom(parse, token))
    return Frame(_indices(parse, agents), _indices(parse, patients), _indices(parse, mutual))


def _indices(parse: Parse, heads: list[Token]) -> tuple[int, ...]:
    """The heads and what is coordinated with them, relative pronouns replaced."""
    found: set[int] = set()
    for head in heads:
        for token in _with_conjuncts(parse, _antecedent(parse, head)):
            found.add(token.i)
    return tuple(sorted(found))


def _with_conjuncts(parse: Parse, token: Token) -> Iterator[Token]:
    yield token
    for child in parse.children(token):
        if child.dep in ("conj", "appos") and child.pos in ("NOUN", "PROPN", "PRON", "NUM"):
            yield from _with_conjuncts(parse, child)


def _antecedent(parse: Parse, token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.tag not in ("WDT", "WP", "WP$") and token.lower != "that":
        return token
    for ancestor in parse.ancestors(token):
        if ancestor.dep in ("relcl", "acl"):
            return parse.head(ancestor)
    return token


# --- verbs -----------------------------------------------------------------------


def _verb_frame(parse: Parse, verb: Token) -> tuple[list[Token], list[Token]]:
    agents, patients = list(_subjects(parse, verb)), list(_objects(parse, verb))
    if _is_passive(parse, verb):
        patients, agents = agents + [o for o in patients if o.dep == "dobj"], _by_agents(parse, verb)
    elif any(o.dep == "dobj" for o in patients):
        pass
    elif verb.lemma in _words()["undergoing"]:
        patients, agents = agents + patients, _causes(parse, verb)
    elif verb.lemma in _words()["going_off"]:
        agents = [m for a in agents for m in parse.children(a) if m.dep in ("compound", "amod", "poss")]
    return agents, patients


def _is_passive(parse: Parse, verb: Token) -> bool:
    """Whether the verb's grammatical subject undergoes the action."""
    if any(c.dep in ("nsubjpass", "auxpass") for c in parse.children(verb)):
        return True
    if verb.dep in ("acl", "amod") and verb.tag == "VBN":
        return True
    governor = parse.head(verb)
    return verb.dep == "conj" and verb.tag == "VBN" and governor.pos == "VERB" and _is_passive(parse, governor)


def _subjects(parse: Parse, verb: Token, hops: int = HOPS) -> list[Token]:
    """The verb's subject, its own or the one it shares with the verb above."""
    own = [c for c in parse.children(verb) if c.dep in ("nsubj", "nsubjpass")]
    if own or hops == 0:
        return own
    governor = parse.head(verb)
    if verb.dep == "acl" and verb.tag == "VBG" and parse.tokens[verb.i - 1].dep == "cc":
        # "killing a guard and wounding two": the parser hangs the second on the guard.
        while governor.pos != "VERB" and governor.head != governor.i:
            governor = parse.head(governor)
        return _subjects(parse, governor, hops - 1)
    if verb.dep in ("acl", "relcl", "amod") and governor.pos in ("NOUN", "PROPN", "PRON"):
        return [governor]
    if verb.dep == "xcomp" and governor.pos in ("VERB", "AUX", "ADJ"):
        controlled = [c for c in parse.children(governor) if c.dep == "dobj"]
        return controlled or _subjects(parse, governor, hops - 1)
    if verb.dep in ("conj", "advcl", "pcomp", "dep") and governor.i != verb.i:
        while governor.pos == "ADP" and governor.head != governor.i:
            governor = parse.head(governor)
        if governor.pos in ("VERB", "AUX"):
            return _subjects(parse, governor, hops - 1)
    return []


def _objects(parse: Parse, verb: Token) -> Iterator[Token]:
    """Direct objects and what the verb is aimed at ("fired on the crowd")."""
    aims = _words()["aims"]
    for child in parse.children(verb):
        if child.dep in ("dobj", "dative"):
            yield child
        elif child.dep == "prep" and child.lower in aims:
            yield from (c for c in parse.children(child) if c.dep == "pobj")


def _by_agents(parse: Parse, token: Token) -> list[Token]:
    """Objects of "by" below a passive verb or a noun."""
    return [
        deep
        for child in parse.children(token)
        if child.lower == "by" and child.dep in ("agent", "prep")
        for deep in parse.children(child)
        if deep.dep == "pobj"
    ]


def _causes(parse: Parse, verb: Token) -> list[Token]:
    """Who a victim fell to: "died at the hands of X", "by X"."""
    found = _by_agents(parse, verb)
    for token in parse.subtree(verb):
        if token.lower == "hands" and token.i > verb.i:
            found += [d for c in parse.children(token) if c.lower == "of" for d in parse.children(c)]
            found += [c for c in parse.children(token) if c.dep == "poss"]
    return found


# --- nouns -----------------------------------------------------------------------


def _noun_frame(parse: Parse, noun: Token) -> tuple[list[Token], list[Token]]:
    agents, patients = _by_agents(parse, noun), []
    aims, acted_on = _words()["aims"], _words()["acted_on"]
    for child in parse.children(noun):
        if child.dep in ("poss", "compound", "amod", "nmod"):
            agents.append(child)
        elif child.dep == "prep" and child.lower in aims:
            patients += [c for c in parse.children(child) if c.dep == "pobj"]
        elif child.dep == "prep" and child.lower in ("of", "to"):
            target = patients if noun.lemma in acted_on else agents
            target += [c for c in parse.children(child) if c.dep == "pobj"]
        elif child.dep in ("acl", "relcl"):
            more_agents, more_patients = _clause_on_noun(parse, child)
            agents += more_agents
            patients += more_patients
    more_agents, more_patients = _from_governor(parse, noun)
    return agents + more_agents, patients + more_patients


def _clause_on_noun(parse: Parse, verb: Token) -> tuple[list[Token], list[Token]]:
    """Parties in a clause on the noun: "claimed by X", "that killed X", "targeting X"."""
    if _is_passive(parse, verb):
        return _by_agents(parse, verb), []
    return [], [o for o in _objects(parse, verb) if o.dep == "dobj"]


def _from_governor(parse: Parse, noun: Token) -> tuple[list[Token], list[Token]]:
    """Parties given by the verb that the noun depends on ("launched an attack")."""
    light, suffering = _words()["light"], _words()["suffering"]
    verb = _governing_verb(parse, noun)
    if verb is None:
        return [], []
    subjects = [s for s in _subjects(parse, verb) if s.i != noun.i]
    if noun.dep in ("dobj", "attr", "oprd") and verb.lemma in light and not _is_passive(parse, verb):
        return subjects, []
    if noun.dep == "nsubjpass":
        return _by_agents(parse, verb), []
    if noun.dep in ("dobj", "pobj") and verb.lemma in suffering:
        return [], subjects
    if noun.dep == "nsubj":
        return [], [o for o in _objects(parse, verb) if o.dep == "dobj"]
    if noun.dep == "pobj" and (_is_passive(parse, verb) or _harms_himself(parse, verb)):
        return [], subjects
    return [], []


def _harms_himself(parse: Parse, verb: Token) -> bool:
    """Whether the verb tells of harm to its own subject ("killed himself", "committed suicide")."""
    if verb.lemma not in _words()["self_harm"]:
        return False
    return verb.lemma in ("die", "detonate") or any(
        c.dep == "dobj" and c.lower.endswith(("self", "selves", "suicide")) for c in parse.children(verb)
    )


def _governing_verb(parse: Parse, noun: Token) -> Token | None:
    """The verb above the noun, across a preposition, a coordination or "a series of"."""
    token = noun
    for _ in range(HOPS):
        head = parse.head(token)
        if head.i == token.i:
            return None
        if head.pos in ("VERB", "AUX"):
            return head
        if head.pos not in ("ADP", "NOUN", "SCONJ"):
            return None
        token = head
    return None


def _with_whom(parse: Parse, token: Token) -> Iterator[Token]:
    """The parties after "with" and "between"."""
    for child in parse.children(token):
        if child.dep == "prep" and child.lower in ("with", "between", "against", "among"):
            yield from (c for c in parse.children(child) if c.dep == "pobj" and c.lemma not in _words()["helping"])

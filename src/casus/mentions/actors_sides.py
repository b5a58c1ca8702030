"""Words for both parties of a fight, or for one of two: "both sides", "the two armies", "the former", "the latter"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casus.mentions.actors_found import Found
from casus.mentions.actors_phrases import phrase_of
from casus.mentions.actors_resolve import Reference, Setting
from casus.records.actor import ARMED_KINDS
from casus.records.parse import Token
from casus.records.span import Span

PARTIES = frozenset(("side", "party", "belligerent", "camp", "combatant", "adversary", "foe", "rival", "enemy"))
FORCES = frozenset(("army", "military", "force", "militia", "group", "faction", "government", "country", "movement"))
BOTH = frozenset(("both", "two", "each", "either", "opposing", "warring", "rival"))
ONE = {"former": 0, "latter": 1}
STATES = frozenset(("army", "military", "government", "country"))
REACH = 5
"""Sentences back in which the two are named."""


def find_sides(setting: Setting) -> Iterator[Found]:
    """Phrases that stand for two actors named before, or for one of them; they hold no reference yet."""
    for token in setting.parse.tokens:
        if token.lower in ONE and token.dep not in ("amod", "compound") and _has(setting, token, frozenset(("the",))):
            yield Found(phrase_of(setting.parse, token).span(setting.parse), token.i, None, token.lower)
        elif token.lemma in PARTIES | FORCES and _has(setting, token, BOTH):
            phrase = phrase_of(setting.parse, token)
            if not setting.names.within(phrase.first, phrase.object or phrase.head):
                yield Found(_with_members(setting, token, phrase.span(setting.parse)), token.i, None, "both")


def _with_members(setting: Setting, head: Token, span: Span) -> Span:
    """The phrase with the people of both: "men of both armies"."""
    preposition = setting.parse.head(head)
    people = setting.parse.head(preposition)
    if preposition.lower != "of" or people.lemma not in setting.roles.members or people.i > head.i:
        return span
    return phrase_of(setting.parse, people).span(setting.parse).cover(span)


def _has(setting: Setting, head: Token, words: frozenset[str]) -> bool:
    return any(t.i < head.i and t.lower in words for t in setting.parse.children(head))


def two_before(setting: Setting, item: Found, before: Sequence[Found]) -> list[Reference]:
    """The last two bodies that bear arms before a mention, the one named earlier first; none if they are not two."""
    tokens = setting.parse.tokens
    sentence = tokens[item.head].sentence
    states = tokens[item.head].lemma in STATES
    named: dict[str, Reference] = {}
    for found in reversed(before):
        if sentence - tokens[found.head].sentence > REACH or len(named) == 2:
            break
        reference = found.reference
        told = tokens[found.head].lower in ONE or found.span.overlaps(item.span)
        if reference is None or told or not _fights(reference, states):
            continue
        named.setdefault(reference.country or reference.name if states else reference.name, reference)
    return list(reversed(named.values())) if len(named) == 2 else []


def _fights(reference: Reference, states: bool) -> bool:
    if states:
        return reference.kind == "state forces"
    return reference.kind in ARMED_KINDS and reference.kind != "unidentified"


def chosen(item: Found, pair: Sequence[Reference]) -> Sequence[Reference]:
    """Those of the two that the words mean."""
    return [pair[ONE[item.pointing]]] if item.pointing in ONE and pair else pair

"""Common nouns with the name of the body beside them: "the militia, known as the Hill Watch", "the gang Los Altos"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casus.mentions.actors_aliases import other_names
from casus.mentions.actors_found import Found
from casus.mentions.actors_phrases import phrase_of
from casus.mentions.actors_resolve import Setting
from casus.records.actor import ActorKind

UNNAMED = frozenset(("unidentified", "rebel group", "political militia"))
NAMED: frozenset[ActorKind] = frozenset(
    ("rebel group", "political militia", "identity militia", "organisation", "external forces")
)


def name_apposed(setting: Setting, nouns: Sequence[Found], named: Sequence[Found]) -> list[Found]:
    """Nouns that only point back, or stand for somebody unknown, made the body that is named beside them.

    Nouns that are words of a name ("the Army of Dawn") are left out.
    """
    over: dict[int, Found] = {}
    for item in named:
        if item.reference and (item.reference.kind in NAMED or item.reference.belongs):
            over.update((t.i, item) for t in setting.parse.tokens_in(item.span))
    return [_named_beside(setting, noun, over) for noun in nouns if not _is_word_of(noun, over)]


def _is_word_of(noun: Found, over: Mapping[int, Found]) -> bool:
    name = over.get(noun.head)
    if name is None or name.reference is None:
        return False
    return name.reference.registry is None and name.span.contains(noun.span)


def _named_beside(setting: Setting, noun: Found, over: Mapping[int, Found]) -> Found:
    reference = noun.reference
    nameless = reference is not None and reference.registry is None and reference.kind in UNNAMED
    if noun.pointing is None and not nameless:
        return noun
    parse = setting.parse
    head = parse.tokens[noun.head]
    beside = [t.i for t in parse.children(head) if t.dep == "appos"]
    owner = phrase_of(parse, head).object
    beside += [owner] if owner is not None else []
    beside += [parse.token_at(s.start).i for s in other_names(parse.text, noun.span)]
    for i in beside:
        if i in over and not over[i].span.overlaps(noun.span):
            return Found(noun.span, noun.head, over[i].reference)
    return noun

"""Who is in a report: every mention of a possible actor, grouped into actors.

A mention is a short noun phrase ("a senior Daesh leader"); an actor is all that stand
for the same body, named as in the registry where it is known (codebook 4).

    1. names          registry names, countries, abbreviations       actors_names
    2. noun phrases   nouns of a role, with the names beside them    actors_nouns, actors_resolve
    3. names alone    groups, countries as agents                    actors_named, actors_apposed
    4. persons        and the body they are of                       actors_persons
    5. words that point back ("the group", "both sides", "they")     actors_reference, actors_sides
    6. the first person of statements ("we")                          actors_firstperson
    7. grouping by canonical name
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casus.knowledge.registry import Registry
from casus.mentions.actors_apposed import name_apposed
from casus.mentions.actors_firstperson import find_first_person
from casus.mentions.actors_found import Found, without_nested
from casus.mentions.actors_named import find_named
from casus.mentions.actors_names import find_names
from casus.mentions.actors_nouns import find_nouns
from casus.mentions.actors_persons import enlisted, find_persons
from casus.mentions.actors_reference import resolve_backward
from casus.mentions.actors_resolve import Reference, Setting
from casus.records.actor import Actor
from casus.records.ids import content_id
from casus.records.mention import PlaceMention
from casus.records.parse import Parse
from casus.records.span import Span

__all__ = ["actor_at", "find_actors"]


def find_actors(parse: Parse, places: Sequence[PlaceMention], registry: Registry) -> tuple[Actor, ...]:
    """All possible actors of a text with their mentions, by first mention.

    Mentions are spans of `parse.text` in code points. `places` tell which country
    "the army" is of.
    """
    setting = Setting.of(parse, find_names(parse, places, registry), registry)
    nouns = find_nouns(setting)
    named = find_named(setting, nouns)
    nouns = name_apposed(setting, nouns, named)
    persons = find_persons(setting, [*nouns, *named])
    found = without_nested([*nouns, *named, *persons])
    settled = enlisted(setting, resolve_backward(setting, enlisted(setting, found)))
    spoken = find_first_person(setting, settled)
    said = {f.span for f in spoken}
    return _group([*(f for f in settled if f.span not in said), *spoken])


def actor_at(actors: Iterable[Actor], span: Span) -> Actor | None:
    """The actor of the smallest mention that overlaps a span; a person before his body, the first among equals."""
    best: tuple[int, bool, int] | None = None
    chosen: Actor | None = None
    for actor in actors:
        for mention in actor.mentions:
            rank = (len(mention), actor.kind != "person", mention.start)
            if mention.overlaps(span) and (best is None or rank < best):
                best, chosen = rank, actor
    return chosen


def _group(found: Iterable[Found]) -> tuple[Actor, ...]:
    """Actors by canonical name, in the order of their first mentions."""
    mentions: dict[str, list[Span]] = {}
    references: dict[str, Reference] = {}
    for item in sorted(found, key=lambda f: (f.span.start, f.span.end)):
        reference = item.reference
        if reference is None:
            continue
        references.setdefault(reference.name, reference)
        mentions.setdefault(reference.name, []).append(item.span)
        if reference.belongs and references[reference.name].belongs is None:
            references[reference.name] = reference
    _add_bodies(references, mentions)
    ordered = sorted(references, key=lambda n: (mentions[n][0].start, references[n].kind != "person", n))
    return tuple(_actor(references[name], mentions[name]) for name in ordered)


def _add_bodies(references: dict[str, Reference], mentions: dict[str, list[Span]]) -> None:
    """A body known only through its person is mentioned where he is."""
    for name in list(references):
        body = references[name].belongs
        if body is not None and body.name not in references:
            references[body.name] = body
            mentions[body.name] = [mentions[name][0]]


def _actor(reference: Reference, mentions: Sequence[Span]) -> Actor:
    return Actor(
        id=_id(reference),
        name=reference.name,
        kind=reference.kind,
        registry=reference.registry,
        country=reference.country,
        member_of=_id(reference.belongs) if reference.belongs else None,
        mentions=tuple(sorted(set(mentions))),
    )


def _id(reference: Reference) -> str:
    return content_id("act", {"name": reference.name})

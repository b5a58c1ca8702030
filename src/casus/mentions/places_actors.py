"""What the known actors of a text say of its places: whose names are none, and where they act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casus.knowledge.registry import Registry
from casus.records.parse import Parse

FIRST, OTHER = 0.5, 0.15
"""What an actor adds to the country that is its theatre, and to the others it acts in; a name of a place adds 1."""

MOST_COUNTRIES = 6
"""Actors of more countries than this say nothing of where a report is about."""


@dataclass(frozen=True, slots=True)
class Theatre:
    """`countries` weighs the countries that the text's actors act in, once for each actor; `names` has for each
    token of an actor's name the first and last token of that name."""

    countries: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def read_theatre(parse: Parse, registry: Registry | None) -> Theatre:
    """The actors that the registry knows by names that only they bear; nothing without a registry."""
    if registry is None:
        return Theatre()
    names: dict[int, tuple[int, int]] = {}
    actors: set[str] = set()
    for hit in registry.find(parse.text):
        if all(sense.shared for sense in hit.values):
            continue
        tokens = parse.tokens_in(hit.span)
        names.update((token.i, (tokens[0].i, tokens[-1].i)) for token in tokens)
        if len(hit.values) == 1:
            actors.add(hit.values[0].entry)
    countries: dict[str, float] = {}
    for actor in sorted(actors):
        acts_in = registry.entries[actor].countries
        if len(acts_in) <= MOST_COUNTRIES:
            for k, code in enumerate(acts_in):
                countries[code] = countries.get(code, 0.0) + (OTHER if k else FIRST)
    return Theatre(dict(sorted(countries.items())), names)

"""The actor registry: who is known to fight, under which names.

Organised actors and persons come from the tables in `data/actors/`; the military, the
police, the security forces and the government of every country follow by rule from
`nationalities.toml`, with ids such as `state:TUR:military`.

A table is TOML: `source` says where its facts come from; `actors` lists the actors:

    id         stable, never reused
    name       best-known English name
    kind       a kind of `casus.records.actor`
    countries  ISO 3166-1 alpha-3, the theatre first
    aliases    other names; written in lower case they match in any case
    exact      names that must match letter for letter ("IS")
    shared     names that other actors or common usage bear too; the report's countries decide
    since      first year, until: last year, where known
    part_of    id of the actor this one belongs to
    source     where it differs from the table's

and `states` lists proper names of state forces: `state` (alpha-3), `branch`, `aliases`, `exact`, `shared`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from casus.errors import KnowledgeError
from casus.knowledge.registry_index import Case, Hit, NameIndex, natural_case
from casus.knowledge.registry_load import Alias, RegistryEntry, check, read_entries
from casus.knowledge.registry_states import (
    STATE_NAMES,
    Branch,
    Country,
    CountryName,
    read_countries,
    state_id,
)

__all__ = [
    "Alias",
    "Branch",
    "Country",
    "CountryName",
    "Registry",
    "RegistryEntry",
    "Sense",
    "build_registry",
    "load_registry",
    "state_id",
]

TABLES = (
    "middle_east",
    "africa",
    "asia",
    "europe",
    "americas",
    "international",
    "state_forces",
    "leaders",
)
"""Tables of `data/actors/` that hold actors, in the order they are read."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a name: an entry's id, and whether the name is borne by others or by common usage too."""

    entry: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Registry:
    """Known actors by id, and where their names stand in a text."""

    entries: Mapping[str, RegistryEntry]
    countries: Mapping[str, Country]
    _names: NameIndex[Sense]
    _nationalities: NameIndex[CountryName]

    def find(self, text: str) -> tuple[Hit[Sense], ...]:
        """Names of actors in a text, longest first from the left, with what they can mean."""
        return self._names.find(text)

    def find_countries(self, text: str) -> tuple[Hit[CountryName], ...]:
        """Names of countries, their adjectives, their people and their seats in a text."""
        return self._nationalities.find(text)

    def lookup(self, name: str) -> tuple[RegistryEntry, ...]:
        """All actors that bear a name, in any case."""
        return tuple(self.entries[s.entry] for s in self._names.lookup(name))

    def state(self, code: str, branch: Branch) -> RegistryEntry | None:
        """A state's forces or government; None for a country that is not in the table."""
        return self.entries.get(state_id(code, branch))


@lru_cache(maxsize=4)
def load_registry(extra_files: tuple[Path, ...] = ()) -> Registry:
    """The packaged registry with the user's own tables merged in; read once a process.

    Raises:
        KnowledgeError: if a table is missing or broken; the message names file and entry.
    """
    data = files("casus.knowledge").joinpath("data", "actors")
    countries = read_countries(data.joinpath("nationalities.toml"))
    tables = [data.joinpath(f"{name}.toml") for name in TABLES]
    return build_registry(countries, read_entries([*tables, *extra_files]))


def build_registry(countries: Iterable[Country], read: Iterable[RegistryEntry]) -> Registry:
    """A registry of the states of some countries and of the entries read.

    An entry with the id of a state's forces adds its names to them.

    Raises:
        KnowledgeError: if ids, names or links clash.
    """
    by_code = {c.code: c for c in countries}
    states = {e.id: e for c in by_code.values() for e in _state_entries(c)}
    listed = list(read)
    check(listed, known=states)
    entries = dict(states)
    for entry in listed:
        entries[entry.id] = _merged(entries[entry.id], entry) if entry.id in states else entry
    names = ((a.text, a.case, Sense(e.id, a.shared)) for e in entries.values() for a in e.aliases)
    return Registry(
        MappingProxyType(entries), MappingProxyType(by_code), NameIndex(names), NameIndex(_country_names(by_code))
    )


def _merged(state: RegistryEntry, entry: RegistryEntry) -> RegistryEntry:
    """A state's forces with the proper names a table gives them."""
    if entry.kind != state.kind:
        raise KnowledgeError(f"{entry.source}: {entry.id} is {state.kind}, not {entry.kind}")
    return RegistryEntry(
        id=state.id,
        name=state.name,
        kind=state.kind,
        countries=state.countries,
        aliases=(*state.aliases, *entry.aliases),
        since=None,
        until=None,
        part_of=None,
        source=entry.source,
    )


def _state_entries(country: Country) -> Iterable[RegistryEntry]:
    for branch, words in STATE_NAMES.items():
        name = f"{words} {country.name}"
        yield RegistryEntry(
            id=state_id(country.code, branch),
            name=name,
            kind="state forces",
            countries=(country.code,),
            aliases=(Alias(name, "capital", False),),
            since=None,
            until=None,
            part_of=None,
            source="by rule from nationalities.toml",
        )


def _country_names(countries: Mapping[str, Country]) -> Iterable[tuple[str, Case, CountryName]]:
    for code, country in countries.items():
        named = CountryName(code, "name")
        for name in (country.short_name, *country.aliases):
            yield name, _case(name), named
        for word in country.adjectives:
            yield word, _case(word), CountryName(code, "adjective")
        for word in country.people:
            yield word, _case(word), CountryName(code, "people")
        for word in country.seats:
            yield word, _case(word), CountryName(code, "seat")


def _case(name: str) -> Case:
    """Abbreviations of countries are words too often to be taken in another case."""
    return "exact" if name.replace(".", "").isupper() else natural_case(name)

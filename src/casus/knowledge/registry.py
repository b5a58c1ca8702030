"""The actor registry: who is known to fight, under which names.

Organised actors and persons come from the tables in `data/actors/`; the military, the
police, the security forces and the government of every country follow by rule from
`nationalities.toml`, with ids such as `state:TUR:military`.

A table is TOML, `docs/actors.md` explains it: `source` says where its facts come from; `actors` lists the actors:

    id         stable, never reused
    name       best-known English name
    kind       a kind of `casus.records.actor`
    countries  ISO 3166-1 alpha-3, the theatre first
    aliases    other names; written in lower case they match in any case
    exact      names that must match letter for letter ("IS")
    shared     names that other actors or common usage bear too; the report's countries decide
    since      first year, until: last year, where known; of a person, the years in the post
    part_of    id of the actor this one belongs to, or that this person leads
    links      what it is to others: kind ("part of", "faction of", "splinter of", "successor of",
               "ally of"), actor, since, until
    title      what a person is to the actor led; terms: further posts (actor, title, since, until)
    ids        ucdp (number), acled (name), wikidata (Q...), where known for certain
    see        where the facts of the entry can be checked
    source     where it differs from the table's

A row with an `id` that is known, and with neither name nor kind, adds its names to that actor.
`states` lists proper names of state forces: `state` (alpha-3), `branch`, `aliases`, `exact`, `shared`, `see`;
a row of the branch "government" may have `ids`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from casus.knowledge.registry_check import problems
from casus.knowledge.registry_entry import (
    AddedNames,
    Alias,
    FieldIds,
    Link,
    LinkKind,
    RegistryEntry,
    Term,
    united,
)
from casus.knowledge.registry_index import Case, Hit, NameIndex, natural_case
from casus.knowledge.registry_load import read_entries, read_rows
from casus.knowledge.registry_states import (
    STATE_NAMES,
    Branch,
    Country,
    CountryName,
    read_countries,
    state_id,
)
from casus.knowledge.registry_user import user_tables
from casus.knowledge.tables import PACKAGED, RowError, Table, open_table

__all__ = [
    "Alias",
    "Branch",
    "Country",
    "CountryName",
    "FieldIds",
    "Link",
    "LinkKind",
    "OwnTable",
    "Registry",
    "RegistryEntry",
    "Sense",
    "Term",
    "build_registry",
    "check_table",
    "load_registry",
    "packaged_countries",
    "packaged_tables",
    "state_id",
]

ACTORS = PACKAGED / "actors"
COUNTRIES = ACTORS / "nationalities.toml"
OTHER_TABLES = ("nationalities", "roles")
"""Files of the folder that hold no actors."""
TABLES = tuple(
    sorted(
        (file.stem for file in ACTORS.glob("*.toml") if file.stem not in OTHER_TABLES),
        key=lambda name: (name.startswith("leaders"), name),
    )
)
"""Tables of the folder that hold actors, in the order they are read: by name, persons last."""

T = TypeVar("T", Link, Term)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a name: an entry's id, and whether the name is borne by others or by common usage too."""

    entry: str
    shared: bool


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A user's table that a registry holds; `digest` identifies its text (SHA-256, the first 12 digits)."""

    path: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Known actors by id, and where their names stand in a text; `own` are the user's tables in it."""

    entries: Mapping[str, RegistryEntry]
    countries: Mapping[str, Country]
    _names: NameIndex[Sense]
    _nationalities: NameIndex[CountryName]
    _linked: Mapping[str, Sequence[tuple[RegistryEntry, Link]]]
    _posts: Mapping[str, Sequence[tuple[RegistryEntry, Term]]]
    own: tuple[OwnTable, ...] = ()

    @property
    def note(self) -> str | None:
        """What a coder must know to read alike elsewhere: the user's tables by digest; None without any."""
        own = [f"{Path(x.path).name} ({x.rows:,} {'row' if x.rows == 1 else 'rows'}, {x.digest})" for x in self.own]
        return f"actors were looked up in tables of the user's as well: {', '.join(own)}" if own else None

    def find(self, text: str) -> tuple[Hit[Sense], ...]:
        """Names of actors in a text, longest first from the left, with what they can mean."""
        return self._names.find(text)

    def find_countries(self, text: str) -> tuple[Hit[CountryName], ...]:
        """Names of countries, their adjectives, their people and their seats in a text."""
        return self._nationalities.find(text)

    def lookup(self, name: str) -> tuple[RegistryEntry, ...]:
        """All actors that bear a name, in any case."""
        return tuple(self.entries[s.entry] for s in self._names.lookup(name))

    def lookup_in(self, name: str, year: int | None) -> tuple[RegistryEntry, ...]:
        """The actors that bear a name and may have been active in a year: this is how namesakes are told apart.

        Years that the registry does not know are not held against an actor. Without a year, as `lookup`.
        """
        return tuple(e for e in self.lookup(name) if year is None or e.active_in(year))

    def state(self, code: str, branch: Branch) -> RegistryEntry | None:
        """A state's forces or government; None for a country that is not in the table."""
        return self.entries.get(state_id(code, branch))

    def linked_to(self, id: str) -> tuple[tuple[RegistryEntry, Link], ...]:
        """The actors with a link to this one, and the link, in the order of the tables."""
        return tuple(self._linked.get(id, ()))

    def leaders(self, id: str) -> tuple[tuple[RegistryEntry, Term], ...]:
        """The persons who hold or held a post with an actor, and the post, the earliest first."""
        return tuple(sorted(self._posts.get(id, ()), key=lambda x: (x[1].since or 0, x[1].until or 9999, x[0].id)))


def load_registry(extra_files: tuple[Path, ...] = ()) -> Registry:
    """The packaged registry with the user's own tables and these files; a file is read again when it has changed.

    Raises:
        KnowledgeError: if a table is missing or broken; the message names file, line and row.
    """
    files = _without_repeats((*user_tables(), *extra_files))
    return _load(tuple((file, _stamp(file)) for file in files))


def check_table(file: Path, table: Table | None = None) -> tuple[RowError, ...]:
    """All that is wrong with a table of actors beside the packaged ones and the user's own, by line.

    `table` is what the file shall say, where that is not written yet. A packaged table is checked beside the
    others, and every actor in it has to say where that can be checked.

    Raises:
        KnowledgeError: if it cannot be read at all, or another table is broken.
    """
    table = table or open_table(file)
    packaged = any(_same(x, file) for x in packaged_tables())
    if packaged:
        known = read_entries(x for x in packaged_tables() if not _same(x, file))
    else:
        known = [*_packaged(), *read_entries(x for x in user_tables() if not _same(x, file))]
    rows = list(read_rows([table]))
    wrong = [x for x in rows if isinstance(x, RowError)]
    read = [x for x in rows if not isinstance(x, RowError)]
    countries = packaged_countries()
    wrong += problems([*known, *read], _states(countries), {c.code for c in countries})
    if packaged:
        unseen = [x.place for x in read if isinstance(x, RegistryEntry) and x.place and not x.see]
        wrong += [place.at("see").error("see is missing: where can it be checked?") for place in unseen]
    return tuple(sorted(wrong, key=lambda x: (x.file, x.line or 0)))


@lru_cache(maxsize=4)
def _load(stamped: tuple[tuple[Path, object], ...]) -> Registry:
    tables = [open_table(file) for file, _ in stamped]
    read = [*_packaged(), *read_entries(tables)]
    own = tuple(
        OwnTable(t.name, sum(e.place is not None and e.place.table is t for e in read), t.digest) for t in tables
    )
    return replace(build_registry(packaged_countries(), read), own=own)


@lru_cache(maxsize=1)
def packaged_countries() -> tuple[Country, ...]:
    """The countries whose forces the registry knows, by code."""
    return read_countries(COUNTRIES)


@lru_cache(maxsize=1)
def _packaged() -> tuple[RegistryEntry | AddedNames, ...]:
    """What the packaged tables tell, read once a process."""
    return tuple(read_entries(packaged_tables()))


def packaged_tables() -> tuple[Path, ...]:
    """The packaged tables of actors, in the order they are read."""
    return tuple(ACTORS / f"{name}.toml" for name in TABLES)


def build_registry(countries: Iterable[Country], read: Iterable[RegistryEntry | AddedNames]) -> Registry:
    """A registry of the states of some countries and of the entries read.

    Raises:
        KnowledgeError: if ids, names or links clash.
    """
    by_code = {c.code: c for c in countries}
    listed, states = list(read), _states(by_code.values())
    for problem in problems(listed, states, by_code):
        raise problem
    entries = states | {e.id: e for e in listed if isinstance(e, RegistryEntry)}
    for added in listed:
        if isinstance(added, AddedNames):
            entries[added.id] = _with_names(entries[added.id], added)
    return Registry(
        MappingProxyType(entries),
        MappingProxyType(by_code),
        NameIndex((a.text, a.case, Sense(e.id, a.shared)) for e in entries.values() for a in e.aliases),
        NameIndex(_country_names(by_code)),
        _by_actor((e, link) for e in entries.values() for link in e.all_links),
        _by_actor((e, term) for e in entries.values() for term in e.posts),
    )


def _by_actor(told: Iterable[tuple[RegistryEntry, T]]) -> Mapping[str, Sequence[tuple[RegistryEntry, T]]]:
    """Links or posts by the actor that they lead to."""
    found: dict[str, list[tuple[RegistryEntry, T]]] = {}
    for entry, link in told:
        found.setdefault(link.actor, []).append((entry, link))
    return MappingProxyType(found)


def _states(countries: Iterable[Country]) -> dict[str, RegistryEntry]:
    return {e.id: e for c in countries for e in _state_entries(c)}


def _with_names(entry: RegistryEntry, added: AddedNames) -> RegistryEntry:
    return replace(
        entry,
        aliases=united((*entry.aliases, *added.aliases)),
        ids=entry.ids if added.ids == FieldIds() else added.ids,
        see=tuple(dict.fromkeys((*entry.see, *added.see))),
        places=(*entry.places, added.place),
        source=entry.source if added.source in entry.source else f"{entry.source.rstrip('.')}; {added.source}",
    )


def _without_repeats(files: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(x for i, x in enumerate(files) if not any(_same(x, y) for y in files[:i]))


def _same(one: Path, two: Path) -> bool:
    try:
        return one.samefile(two)
    except (OSError, ValueError):
        return one == two


def _stamp(file: Path) -> tuple[int, int] | None:
    """What changes when a file is written anew; None if it is not there, which opening it will tell."""
    try:
        status = file.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


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

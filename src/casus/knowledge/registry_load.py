"""Reading and checking the tables of the actor registry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

from casus.errors import KnowledgeError
from casus.knowledge.registry_index import Case, fold_name, natural_case
from casus.knowledge.registry_states import STATE_NAMES, read_table, state_id, strings
from casus.records.actor import ActorKind

KINDS: frozenset[str] = frozenset(get_args(ActorKind))
ACTOR_KEYS = frozenset(
    ("id", "name", "kind", "countries", "aliases", "exact", "shared", "since", "until", "part_of", "source")
)
STATE_KEYS = frozenset(("state", "branch", "aliases", "exact", "shared"))
YEARS = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as written, the case it must match in, and whether other actors bear it too."""

    text: str
    case: Case
    shared: bool


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """One known actor; `aliases` begin with its name. See `casus.knowledge.registry` for the fields."""

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...]
    aliases: tuple[Alias, ...]
    since: int | None
    until: int | None
    part_of: str | None
    source: str


def read_entries(tables: Iterable[Traversable | Path]) -> list[RegistryEntry]:
    """Entries of some tables, in order.

    Raises:
        KnowledgeError: if a table or a row is broken; links and names are checked by `check`.
    """
    return [entry for table in tables for entry in _entries_of(table)]


def _entries_of(file: Traversable | Path) -> Iterator[RegistryEntry]:
    table = read_table(file)
    for key, read in (("actors", _actor), ("states", _state)):
        rows = table.get(key, [])
        if not isinstance(rows, list):
            raise KnowledgeError(f"{file.name}: {key} must be a list of tables")
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                raise KnowledgeError(f"{file.name}: {key} {number} must be a table, got {row!r}")
            yield read(f"{file.name}: {key} {number} ({row.get('id') or row.get('state')})", row, table["source"])


def _actor(where: str, row: dict[str, Any], source: str) -> RegistryEntry:
    _check_keys(where, row, ACTOR_KEYS, required=("id", "name", "kind"))
    if row["kind"] not in KINDS:
        raise KnowledgeError(f"{where}: kind {row['kind']!r} is none of {', '.join(sorted(KINDS))}")
    since, until = _year(where, row, "since"), _year(where, row, "until")
    if since and until and since > until:
        raise KnowledgeError(f"{where}: since {since} is after until {until}")
    return RegistryEntry(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        countries=strings(row, "countries", where),
        aliases=_aliases(where, row, name=row["name"]),
        since=since,
        until=until,
        part_of=row.get("part_of"),
        source=f"{where.split(':')[0]}: {row.get('source', source)}",
    )


def _state(where: str, row: dict[str, Any], source: str) -> RegistryEntry:
    _check_keys(where, row, STATE_KEYS, required=("state", "branch"))
    if row["branch"] not in STATE_NAMES:
        raise KnowledgeError(f"{where}: branch {row['branch']!r} is none of {', '.join(STATE_NAMES)}")
    return RegistryEntry(
        id=state_id(row["state"], row["branch"]),
        name="",
        kind="state forces",
        countries=(row["state"],),
        aliases=_aliases(where, row, name=None),
        since=None,
        until=None,
        part_of=None,
        source=f"{where.split(':')[0]}: {source}",
    )


def _check_keys(where: str, row: dict[str, Any], allowed: Collection[str], required: Sequence[str]) -> None:
    for key in row:
        if key not in allowed:
            raise KnowledgeError(f"{where}: unknown key {key!r}, expected {', '.join(sorted(allowed))}")
    for key in required:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise KnowledgeError(f"{where}: {key} must be a non-empty text, got {row.get(key)!r}")


def _year(where: str, row: dict[str, Any], key: str) -> int | None:
    value = row.get(key)
    if value is None or (type(value) is int and value in YEARS):
        return value
    raise KnowledgeError(f"{where}: {key} must be a year, got {value!r}")


def _aliases(where: str, row: dict[str, Any], *, name: str | None) -> tuple[Alias, ...]:
    """The name and all other names of a row, each once."""
    listed = [Alias(name, natural_case(name), False)] if name else []
    listed += [Alias(x, natural_case(x), False) for x in strings(row, "aliases", where)]
    listed += [Alias(x, "exact", False) for x in strings(row, "exact", where)]
    listed += [Alias(x, natural_case(x), True) for x in strings(row, "shared", where)]
    return tuple({(a.text, a.case): a for a in reversed(listed)}.values())[::-1]


def check(entries: Sequence[RegistryEntry], *, known: Collection[str]) -> None:
    """Check ids, links and names of entries against each other; `known` are ids given elsewhere.

    Raises:
        KnowledgeError: for an id used twice, a link to nowhere, a name of two actors
            that is not listed as shared by both, a state that is no country.
    """
    _check_ids(entries, known)
    _check_links(entries, known)
    _check_names(entries)


def _check_ids(entries: Sequence[RegistryEntry], known: Collection[str]) -> None:
    seen: dict[str, RegistryEntry] = {}
    for entry in entries:
        if entry.id.startswith("state:") and entry.id not in known:
            raise KnowledgeError(f"{_where(entry)}: no such country or branch; see nationalities.toml")
        if entry.id in seen and entry.id not in known:
            raise KnowledgeError(f"{_where(entry)}: the id is taken by {_where(seen[entry.id])}")
        seen[entry.id] = entry


def _check_links(entries: Sequence[RegistryEntry], known: Collection[str]) -> None:
    ids = {e.id for e in entries} | set(known)
    for entry in entries:
        if entry.part_of is not None and (entry.part_of not in ids or entry.part_of == entry.id):
            raise KnowledgeError(f"{_where(entry)}: part_of {entry.part_of!r} is no other actor")


def _check_names(entries: Sequence[RegistryEntry]) -> None:
    owners: dict[str, tuple[RegistryEntry, Alias]] = {}
    for entry in entries:
        for alias in entry.aliases:
            owner, first = owners.setdefault(fold_name(alias.text), (entry, alias))
            if owner.id != entry.id and not (alias.shared and first.shared):
                raise KnowledgeError(
                    f"{_where(entry)}: the name {alias.text!r} belongs to {_where(owner)}; list it as shared in both"
                )


def _where(entry: RegistryEntry) -> str:
    return f"{entry.source.split(':')[0]}: {entry.id}"

"""Reading the tables of the actor registry, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, get_args

from casus.knowledge.registry_entry import AddedNames, Alias, FieldIds, Link, LinkKind, RegistryEntry, Term, united
from casus.knowledge.registry_index import PIECE, natural_case
from casus.knowledge.registry_states import STATE_NAMES, state_id
from casus.knowledge.tables import Place, Row, RowError, Table, open_table, rows_of, shown
from casus.records.actor import ActorKind

KINDS: frozenset[str] = frozenset(get_args(ActorKind))
LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)

NAME_KEYS = frozenset(("id", "aliases", "exact", "shared", "see", "source"))
ACTOR_KEYS = NAME_KEYS | {
    *("name", "kind", "countries", "since", "until", "part_of"),
    *("links", "ids", "title", "terms"),
}
STATE_KEYS = frozenset(("state", "branch", "aliases", "exact", "shared", "ids", "see", "source"))
TABLE_KEYS = frozenset(("source", "actors", "states"))
LINK_KEYS = frozenset(("kind", "actor", "since", "until"))
TERM_KEYS = frozenset(("actor", "title", "since", "until"))
ID_KEYS = frozenset(("ucdp", "acled", "wikidata"))

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,99}")
WIKIDATA_ID = re.compile(r"Q[1-9][0-9]{0,11}")
YEARS = range(1800, 2101)
LONGEST_NAME = 200
"""Characters of a name; the longest ones of organisations have about half as many."""

T = TypeVar("T", bound=str)

Entries = list[RegistryEntry | AddedNames]


def read_entries(tables: Iterable[Traversable | Path | Table]) -> Entries:
    """What the rows of some tables tell, in order.

    Raises:
        KnowledgeError: if a table or a row is broken; how rows fit together is for `registry_check`.
    """
    found: Entries = []
    for entry in read_rows(tables):
        if isinstance(entry, RowError):
            raise entry
        found.append(entry)
    return found


def read_rows(tables: Iterable[Traversable | Path | Table]) -> Iterator[RegistryEntry | AddedNames | RowError]:
    """What each row tells, or what is wrong with it.

    Raises:
        KnowledgeError: if a table cannot be read at all.
    """
    for file in tables:
        table = file if isinstance(file, Table) else open_table(file)
        for key in sorted(table.data.keys() - TABLE_KEYS):
            yield Place(table, (key,), "table").error(f"unknown key {shown(key)}, expected actors, states and source")
        for key, label, read in (("actors", "id", _actor_or_names), ("states", "state", _state)):
            for row in rows_of(table, key, label):
                try:
                    yield read(row)
                except RowError as error:
                    yield error


def _actor_or_names(row: Row) -> RegistryEntry | AddedNames:
    """An actor; or, where neither name nor kind stands, names for one that is known from elsewhere."""
    if row.values.keys() & {"name", "kind"}:
        return _actor(row)
    row.check_keys(NAME_KEYS, ("id",))
    aliases = _aliases(row, None)
    if not aliases:
        raise row.error("id", "neither name and kind of an actor nor aliases for one that is known")
    return AddedNames(_id(row), aliases, row.texts("see"), _source(row), row.place)


def _actor(row: Row) -> RegistryEntry:
    row.check_keys(ACTOR_KEYS, ("id", "name", "kind"))
    name = row.values["name"]
    if (wrong := _no_name(name)) is not None:
        raise row.error("name", wrong)
    since, until = _years(row)
    return RegistryEntry(
        id=_id(row),
        name=name,
        kind=_one_of(row, "kind", get_args(ActorKind)),
        countries=row.texts("countries"),
        aliases=_aliases(row, name),
        since=since,
        until=until,
        part_of=row.text("part_of"),
        source=_source(row),
        links=tuple(_link(link) for link in row.rows("links")),
        ids=_ids(row),
        see=row.texts("see"),
        title=row.text("title"),
        terms=tuple(_term(term) for term in row.rows("terms")),
        places=(row.place,),
    )


def _state(row: Row) -> AddedNames:
    row.check_keys(STATE_KEYS, ("state", "branch"))
    branch = _one_of(row, "branch", tuple(STATE_NAMES))
    if "ids" in row.values and branch != "government":
        raise row.error("ids", "ids of states are those of their governments; give them in a row of that branch")
    id = state_id(row.values["state"], branch)
    return AddedNames(id, _aliases(row, None), row.texts("see"), _source(row), row.place, _ids(row))


def _link(row: Row) -> Link:
    row.check_keys(LINK_KEYS, ("kind", "actor"))
    return Link(_one_of(row, "kind", LINK_KINDS), row.values["actor"], *_years(row))


def _term(row: Row) -> Term:
    row.check_keys(TERM_KEYS, ("actor",))
    return Term(row.values["actor"], row.text("title"), *_years(row))


def _ids(row: Row) -> FieldIds:
    value = row.values.get("ids", {})
    if not isinstance(value, dict):
        raise row.error("ids", f"ids must be a table, got {shown(value)}")
    ids = Row(row.place.at("ids"), value)
    ids.check_keys(ID_KEYS, ())
    ucdp, wikidata = value.get("ucdp"), ids.text("wikidata")
    if ucdp is not None and (type(ucdp) is not int or ucdp < 1):
        raise ids.error("ucdp", f"ucdp must be the number of an actor, got {shown(ucdp)}")
    if wikidata is not None and not WIKIDATA_ID.fullmatch(wikidata):
        raise ids.error("wikidata", f"wikidata must be an item such as Q42, got {shown(wikidata)}")
    return FieldIds(ucdp, ids.text("acled"), wikidata)


def _id(row: Row) -> str:
    id: str = row.values["id"]
    if not ID.fullmatch(id):
        raise row.error("id", f"id must be letters, digits and : . _ - without spaces, got {shown(id)}")
    return id


def _one_of(row: Row, key: str, known: tuple[T, ...]) -> T:
    for value in known:
        if row.values[key] == value:
            return value
    raise row.error(key, f"{key} {shown(row.values[key])} is none of {', '.join(sorted(known))}")


def _years(row: Row) -> tuple[int | None, int | None]:
    since, until = _year(row, "since"), _year(row, "until")
    if since is not None and until is not None and since > until:
        raise row.error("since", f"since {since} is after until {until}")
    return since, until


def _year(row: Row, key: str) -> int | None:
    value: Any = row.values.get(key)
    if value is None or (type(value) is int and value in YEARS):
        return value
    raise row.error(key, f"{key} must be a year from {YEARS[0]} to {YEARS[-1]}, got {shown(value)}")


def _aliases(row: Row, name: str | None) -> tuple[Alias, ...]:
    """The name and all other names of a row, each once; one that is listed as shared anywhere is shared."""
    named = {key: row.texts(key) for key in ("aliases", "exact", "shared")}
    for key, names in named.items():
        for number, text in enumerate(names):
            if (wrong := _no_name(text)) is not None:
                raise row.place.at(key, number).error(wrong)
    exact, shared = frozenset(named["exact"]), frozenset(named["shared"])
    listed = [Alias(x, natural_case(x), x in shared) for x in ([name] if name else []) + list(named["aliases"])]
    listed += [Alias(x, "exact", x in shared) for x in named["exact"]]
    listed += [Alias(x, natural_case(x), True) for x in named["shared"] if x not in exact]
    return united(listed)


def _no_name(text: str) -> str | None:
    """Why a text can be no name."""
    if not PIECE.search(text):
        return f"a name holds a letter or a digit, got {shown(text)}"
    return f"a name has at most {LONGEST_NAME} characters, got {shown(text)}" if len(text) > LONGEST_NAME else None


def _source(row: Row) -> str:
    """The table's file and where the facts of the row come from."""
    table = row.place.table
    return f"{Path(table.name).name}: {row.text('source') or table.source}"

"""How the rows of the actor registry fit together: ids, countries, names, links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter

from casus.knowledge.registry_entry import AddedNames, FieldIds, RegistryEntry
from casus.knowledge.registry_index import fold_name
from casus.knowledge.tables import RowError

INSIDE = ("part of", "faction of")
"""Links whose chains must not come back to where they began."""

TOGETHER = (*INSIDE, "ally of")
"""Links for which both actors must be active at a time; the others begin while the other one was there."""

Years = tuple[int, int]
ALWAYS: Years = (0, 9999)


def problems(
    entries: Sequence[RegistryEntry | AddedNames], states: Mapping[str, RegistryEntry], countries: Collection[str]
) -> Iterator[RowError]:
    """What is wrong with entries beside each other; `states` follow by rule, `countries` are the codes known.

    A name of two actors has to be listed as shared by both; an actor cannot be part of itself by a chain of
    links that hold in one year; links and posts have to hold in years in which both actors may have been active.
    """
    actors = [e for e in entries if isinstance(e, RegistryEntry)]
    known = {e.id: e for e in (*reversed(actors), *states.values())}
    yield from _ids(actors, states)
    yield from (_unknown(e) for e in entries if isinstance(e, AddedNames) and e.id not in known)
    yield from _ids_of_states([e for e in entries if isinstance(e, AddedNames)])
    yield from _countries(actors, countries)
    yield from _names([*states.values(), *entries])
    for entry in actors:
        yield from _links(entry, known)
    yield from _circles(actors)


def _ids(actors: Iterable[RegistryEntry], states: Collection[str]) -> Iterator[RowError]:
    names = "or give only the id and names, to add names to it"
    seen: dict[str, RegistryEntry] = {}
    for entry in actors:
        first = seen.setdefault(entry.id, entry)
        if entry.id in states:
            yield _wrong(entry, f"forces of states follow by rule; choose another id, {names}", "id")
        elif entry.id.startswith("state:"):
            yield _wrong(entry, "no such country or branch; see nationalities.toml", "id")
        elif first is not entry:
            yield _wrong(entry, f"the id is taken by {_told(first)}; choose another, {names}", "id")


def _unknown(names: AddedNames) -> RowError:
    if names.id.startswith("state:"):
        return names.place.error(f"no such country or branch: {names.id}; see nationalities.toml")
    return names.place.at("id").error("no actor has this id; give name and kind to tell of a new one")


def _ids_of_states(names: Iterable[AddedNames]) -> Iterator[RowError]:
    """Rows that give a government other ids than a row before did."""
    seen: dict[str, AddedNames] = {}
    for row in names:
        if row.ids != FieldIds() and seen.setdefault(row.id, row).ids != row.ids:
            yield row.place.at("ids").error(f"{row.id} has other ids already ({seen[row.id].place}); give them once")


def _countries(actors: Iterable[RegistryEntry], known: Collection[str]) -> Iterator[RowError]:
    for entry in actors:
        for number, code in enumerate(entry.countries):
            if code not in known:
                problem = f"{code[:20]!r} is no country; expected ISO 3166-1 alpha-3 codes such as SYR"
                yield _wrong(entry, problem, "countries", number)


def _names(entries: Iterable[RegistryEntry | AddedNames]) -> Iterator[RowError]:
    told = [(entry, alias, fold_name(alias.text)) for entry in entries for alias in entry.aliases]
    shared = {(entry.id, key) for entry, alias, key in told if alias.shared}
    owners: dict[str, RegistryEntry | AddedNames] = {}
    for entry, alias, key in told:
        owner = owners.setdefault(key, entry)
        if owner.id != entry.id and not {(entry.id, key), (owner.id, key)} <= shared:
            path, what = _name_path(entry, alias.text)
            how = "list it as shared in both"
            if owner.place is None or entry.place is None or owner.place.table is not entry.place.table:
                how += f', of {owner.id} by a row {{ id = "{owner.id}", shared = ["{alias.text}"] }}'
            yield _wrong(entry, f"the {what} {alias.text!r} belongs to {_told(owner)}; {how}", *path)


def _name_path(entry: RegistryEntry | AddedNames, name: str) -> tuple[Sequence[str | int], str]:
    """Where in its row a name of an entry stands, and whether it is its name or an alias."""
    if entry.place is not None:
        key, number = entry.place.path
        row = entry.place.table.data[str(key)][number]
        for listed in ("aliases", "exact", "shared"):
            if name in row.get(listed, ()):
                return (listed, row[listed].index(name)), "alias"
    return ("name",), "name"


def _links(entry: RegistryEntry, known: Mapping[str, RegistryEntry]) -> Iterator[RowError]:
    """Links and posts that lead nowhere or hold in no year."""
    if entry.kind != "person" and (entry.title or entry.terms):
        yield _wrong(entry, "only persons have a title and terms", "title" if entry.title else "terms")
    told: list[tuple[tuple[str | int, ...], str, str, Years]] = []
    if entry.part_of is not None:
        told.append((("part_of",), "part of", entry.part_of, ALWAYS))
    told += [(("links", i), x.kind, x.actor, _years(x.since, x.until)) for i, x in enumerate(entry.links)]
    told += [(("terms", i), "part of", x.actor, _years(x.since, x.until)) for i, x in enumerate(entry.terms)]
    for path, kind, id, years in told:
        other = known.get(id)
        if other is None or other is entry:
            near = get_close_matches(id, known.keys() - {entry.id}, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield _wrong(entry, f"{path[0]} {id[:60]!r} is no other actor{hint}", *path)
        elif (why := _never(kind, entry, other, years)) is not None:
            yield _wrong(entry, f"{kind} {id} cannot hold: {why}", *path)


def _never(kind: str, entry: RegistryEntry, other: RegistryEntry, years: Years) -> str | None:
    """Why a link holds in no year; None if it can. The years of a person are those of the first post."""
    own = _years(entry.since, entry.until) if not entry.terms else ALWAYS
    bounds = [(entry.id, own), (other.id, _years(other.since, other.until))]
    for id, (since, until) in bounds if kind in TOGETHER else bounds[:1]:
        if years[0] > until:
            return f"it begins in {years[0]}, and {id} ended in {until}"
        if years[1] < since:
            return f"it ended in {years[1]}, and {id} began in {since}"
    if kind in TOGETHER and max(b[0] for _, b in bounds) > min(b[1] for _, b in bounds):
        return f"{entry.id} and {other.id} were active in no year together"
    if kind not in TOGETHER and years[0] != ALWAYS[0] and years[0] < bounds[1][1][0]:
        return f"it begins in {years[0]}, and {other.id} began in {bounds[1][1][0]}"
    return None


def _circles(actors: Sequence[RegistryEntry]) -> Iterator[RowError]:
    """A chain by which an actor is part of itself in some year: the first found."""
    inside = {
        e.id: [(x.actor, _years(x.since, x.until)) for x in e.all_links if x.kind in INSIDE and x.actor != e.id]
        for e in actors
        if e.links or e.part_of is not None
    }
    if not _circle({id: [x for x, _ in links] for id, links in inside.items()}):
        return
    for year in sorted({year for links in inside.values() for _, years in links for year in years}):
        chain = _circle({id: [x for x, (a, z) in links if a <= year <= z] for id, links in inside.items()})
        if chain:
            order = {e.id: number for number, e in enumerate(actors)}
            last = max(range(len(chain)), key=lambda i: order[chain[i]])
            told = [*chain[last:], *chain[: last + 1]]
            yield _wrong(actors[order[told[0]]], f"is part of itself: {' in '.join(told)}")
            return


def _circle(inside: Mapping[str, Sequence[str]]) -> list[str]:
    """Ids of which each is inside the next, and the last in the first; [] if there are none."""
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[:0:-1]
    return []


def _years(since: int | None, until: int | None) -> Years:
    return (ALWAYS[0] if since is None else since, ALWAYS[1] if until is None else until)


def _told(entry: RegistryEntry | AddedNames) -> str:
    return f"{entry.id} ({entry.place})" if entry.place else entry.id


def _wrong(entry: RegistryEntry | AddedNames, problem: str, *path: str | int) -> RowError:
    """What is wrong with a row, at a place in it; of an entry that came from no table, the id is told."""
    if entry.place is None:
        return RowError("actors", None, f"{entry.id}: {problem}")
    return entry.place.at(*path).error(problem)

"""`casus actors`: look actors up, add one's own, check a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from casus.cli import UNREADABLE, complain
from casus.cli.files import open_output
from casus.cli.output import path_text, print_json, print_rows
from casus.cli.reading import actors_option
from casus.errors import InputError
from casus.records.actor import ActorKind

if TYPE_CHECKING:
    from casus.knowledge.registry import Registry, RegistryEntry
    from casus.knowledge.tables import RowError

LINK = re.compile(r"(part of|faction of|splinter of|successor of|ally of) (\S+)(?: (\d{4})?(-)?(\d{4})?)?")

SHOWN_PROBLEMS = 100
"""What is wrong with one file, told one by one."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
kinds = click.Choice(get_args(ActorKind), case_sensitive=False)
to_option = click.option("--to", metavar="FILE", help="Add to this file instead of your own table.")
from_option = click.option("--from", "source", metavar="FILE", help="From this file instead of your own table.")


@click.group(short_help="Look actors up, add your own, check a table.")
def actors() -> None:
    """Look actors up as Casus knows them, add actors and names of your own, or check a table of them.

    What you add is used by every later reading, and each reading says so in a note. The variable
    CASUS_ACTORS names the files to use instead; empty, it means the packaged registry alone.
    """


@actors.command(short_help="Add an actor, or names of one.")
@click.option("--id", metavar="ID", help="Its id; without one, own: and the name.")
@click.option("--name", metavar="NAME", help="Its best-known English name.")
@click.option("--kind", type=kinds, help="What it is.")
@click.option("--country", multiple=True, metavar="NAME", help="Where it acts: ISO code or name; repeat for several.")
@click.option("--alias", multiple=True, metavar="NAME", help="Another name; repeat for several.")
@click.option("--exact", multiple=True, metavar="NAME", help="A name that counts only letter for letter.")
@click.option("--shared", multiple=True, metavar="NAME", help="A name that others bear too.")
@click.option("--since", type=int, metavar="YEAR", help="The first year in which it was active.")
@click.option("--until", type=int, metavar="YEAR", help="The last one.")
@click.option("--part-of", metavar="ID", help="The actor that it belongs to, or that a person leads.")
@click.option("--link", multiple=True, metavar="LINK", help='As "splinter of ID 2014" or "ally of ID 2014-2017".')
@click.option("--see", multiple=True, metavar="TEXT", help="Where what you say of it can be checked.")
@to_option
@json_option
def add(*, to: str | None, as_json: bool, **told: Any) -> None:
    """Add an actor to your own table, or names to an actor that is known.

    \b
    casus actors add --name "Lake Wardens" --kind "rebel group" --country Chad --alias Wardens
    casus actors add --id boko-haram --alias "the Lake Sect"

    An actor has a name and a kind. With an id that is known and no name, the names are added to that
    actor. An id that is in your table already is replaced. A name that another actor bears is refused,
    unless both list it as shared.

    Exit code: 0 if it is added or there already, 2 if not.
    """
    from casus.knowledge.registry_edit import add_row
    from casus.knowledge.registry_user import own_table

    target = Path(to) if to else own_table()
    row = _row(told)
    outcome = add_row(target, row)
    if as_json:
        print_json({"table": path_text(target), "id": row["id"], "outcome": outcome})
        return
    words = {"added": "added", "replaced": "added in place of what was there", "already there": "already there"}
    click.echo(f"{row['id']} {words[outcome]}: {path_text(target)}")
    _print_use(target)


def _row(told: dict[str, Any]) -> dict[str, Any]:
    """The row that the options tell, in the order in which tables have it."""
    if not told["id"] and not told["name"]:
        raise click.UsageError("give --name and --kind of an actor, or --id and names for one that is known")
    row = {
        "id": told["id"] or f"own:{_slug(told['name'])}",
        "name": told["name"],
        "kind": told["kind"],
        "countries": [_code(country) for country in told["country"]],
        "aliases": list(told["alias"]),
        "exact": list(told["exact"]),
        "shared": list(told["shared"]),
        "since": told["since"],
        "until": told["until"],
        "part_of": told["part_of"],
        "links": [_link(link) for link in told["link"]],
        "see": list(told["see"]),
    }
    return {key: value for key, value in row.items() if value not in (None, [])}


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if not slug:
        raise click.UsageError("the name has no Latin letters to make an id of; give one with --id")
    return slug[:80]


def _code(country: str) -> str:
    """The alpha-3 code of a country.

    Raises:
        click.BadParameter: if there is no such country.
    """
    from casus.knowledge.registry import packaged_countries

    for known in packaged_countries():
        if country.upper() == known.code or country.lower() in {n.lower() for n in (known.name, known.short_name)}:
            return known.code
        if country in known.aliases:
            return known.code
    raise click.BadParameter(f"{country!r} is no country; expected a name or an ISO code such as SYR")


def _link(told: str) -> dict[str, Any]:
    found = LINK.fullmatch(" ".join(told.split()))
    if found is None or (found[5] and not found[4]):
        raise click.BadParameter(f'{told!r} is no link; write "splinter of ID", "ally of ID 2014" or "... 2014-2017"')
    years = {key: int(year) for key, year in (("since", found[3]), ("until", found[5])) if year}
    return {"kind": found[1], "actor": found[2], **years}


def _print_use(target: Path) -> None:
    """How to have a file used that is not among those used anyway."""
    from casus.knowledge.registry_user import ACTORS_VARIABLE, user_tables

    if target not in user_tables():
        click.echo(f"to use it: --actors {path_text(target)}, or {ACTORS_VARIABLE}={path_text(target)}")


@actors.command(short_help="Remove what was added.")
@click.argument("id", metavar="ID")
@from_option
@json_option
def remove(id: str, *, source: str | None, as_json: bool) -> None:
    """Remove an actor, or names, from your own table by the id. Exit code: 2 if it is not in there."""
    from casus.knowledge.registry_edit import remove_row
    from casus.knowledge.registry_user import own_table

    target = Path(source) if source else own_table()
    if not remove_row(target, id):
        raise InputError(f"no actor {id!r} in {path_text(target)}; see `casus actors list --own`")
    if as_json:
        print_json({"table": path_text(target), "removed": id})
    else:
        click.echo(f"{id} removed")


@actors.command("list", short_help="List actors.")
@click.option("--country", metavar="NAME", help="Only those that act in this country: ISO code or name.")
@click.option("--kind", type=kinds, help="Only those of this kind.")
@click.option("--active", type=int, metavar="YEAR", help="Only those that may have been active in this year.")
@click.option("--text", metavar="WORDS", help="Only those with these words in one of their names.")
@click.option("--own", is_flag=True, help="Only what your own tables tell.")
@click.option("--states", is_flag=True, help="Governments and forces of states too, which follow by rule.")
@actors_option
@json_option
def list_actors(*, tables: tuple[str, ...], as_json: bool, states: bool, own: bool, **filters: Any) -> None:
    """List the actors that Casus knows. All filters given must hold."""
    from casus.knowledge.registry import load_registry

    registry = load_registry(tuple(map(Path, tables)))
    filters["country"] = _code(filters["country"]) if filters["country"] else None
    tables_own = {table.path for table in registry.own}
    found = [
        e
        for e in registry.entries.values()
        if _fits(e, **filters)
        and (states or e.places)
        and (not own or any(place.table.name in tables_own for place in e.places))
    ]
    if as_json:
        print_json([_entry_json(registry, e) for e in found])
    elif not found:
        complain("no actor fits these filters")
    else:
        print_rows(("id", "kind", "years", "countries", "name"), [_cells(e) for e in found])


def _fits(entry: RegistryEntry, *, country: str | None, kind: str | None, active: int | None, text: str | None) -> bool:
    from casus.knowledge.registry_index import fold_name

    return (
        (country is None or country in entry.countries)
        and kind in (None, entry.kind)
        and (active is None or entry.active_in(active))
        and (text is None or any(fold_name(text) in fold_name(alias.text) for alias in entry.aliases))
    )


def _cells(entry: RegistryEntry) -> tuple[str, ...]:
    return entry.id, entry.kind, _years(entry.since, entry.until), " ".join(entry.countries), entry.name


def _years(since: int | None, until: int | None) -> str:
    """ "2003-2011", "2003-", "-2011", "2003"; "" where neither is known."""
    if since == until:
        return str(since or "")
    return f"{since or ''}-{until or ''}"


@actors.command(short_help="Show an actor.")
@click.argument("name", metavar="NAME-OR-ID")
@actors_option
@json_option
def show(name: str, *, tables: tuple[str, ...], as_json: bool) -> None:
    """Show all that Casus knows of an actor: names, years, links both ways, leaders, ids, and where to check it.

    All actors that bear the name are shown. Exit code: 2 if there is none.
    """
    from casus.cli.terminal import clean
    from casus.knowledge.registry import load_registry

    registry = load_registry(tuple(map(Path, tables)))
    found = (registry.entries[name],) if name in registry.entries else registry.lookup(name)
    if not found:
        look = "look with `casus actors list --text`, or add it with `casus actors add`"
        raise InputError(f"no actor called {name[:100]!r}{_hint(registry, name)}; {look}")
    if as_json:
        print_json([_entry_json(registry, entry) for entry in found])
        return
    with open_output(None) as stream:
        for number, entry in enumerate(found):
            lines = [f"{label:<12}{clean(text)}" for label, text in _told(registry, entry)]
            stream.write("\n" * (number > 0) + "\n".join([clean(f"{entry.name} ({entry.id})"), *lines]) + "\n")


def _hint(registry: Registry, name: str) -> str:
    """The names and ids nearest to one that is not known."""
    from difflib import get_close_matches

    known = sorted({*registry.entries, *(a.text for e in registry.entries.values() for a in e.aliases)})
    near = get_close_matches(name[:100], known, 3)
    return f" (did you mean {' or '.join(map(repr, near))}?)" if near else ""


def _told(registry: Registry, entry: RegistryEntry) -> Iterator[tuple[str, str]]:
    """What is known of an actor, line by line, each with what it is."""
    yield "kind", entry.kind
    names = [registry.countries[code].short_name for code in entry.countries]
    rows = {
        "where": ", ".join(names),
        "active": _years(entry.since, entry.until),
        "names": ", ".join(a.text for a in entry.aliases[1:] if a.case != "exact" and not a.shared),
        "exactly": ", ".join(a.text for a in entry.aliases if a.case == "exact" and not a.shared),
        "shared": ", ".join(a.text for a in entry.aliases if a.shared),
    }
    yield from ((label, text) for label, text in rows.items() if text)
    for link in entry.all_links:
        yield "link", _dated(f"{link.kind} {_called(registry, link.actor)}", link.since, link.until)
    for other, link in registry.linked_to(entry.id):
        yield "linked by", _dated(f"{other.name} ({other.id}): {link.kind} it", link.since, link.until)
    for term in entry.posts:
        yield "post", _dated(f"{term.title or 'leads'}, {_called(registry, term.actor)}", term.since, term.until)
    for person, term in registry.leaders(entry.id):
        title = f", {term.title}" if term.title else ""
        yield "leader", _dated(f"{person.name} ({person.id}){title}", term.since, term.until)
    yield from ((f"{key} id", str(value)) for key, value in _ids(entry).items())
    yield from (("check in", text) for text in entry.see)
    yield from (("row", str(place)) for place in entry.places)
    yield "source", entry.source


def _called(registry: Registry, id: str) -> str:
    return f"{registry.entries[id].name} ({id})"


def _dated(told: str, since: int | None, until: int | None) -> str:
    years = _years(since, until)
    return f"{told}, {years}" if years else told


def _ids(entry: RegistryEntry) -> dict[str, Any]:
    return {key: value for key, value in asdict(entry.ids).items() if value is not None}


def _entry_json(registry: Registry, entry: RegistryEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "countries": list(entry.countries),
        "since": entry.since,
        "until": entry.until,
        "names": [asdict(alias) for alias in entry.aliases],
        "links": [asdict(link) for link in entry.all_links],
        "linked_by": [{**asdict(link), "actor": e.id} for e, link in registry.linked_to(entry.id)],
        "posts": [asdict(term) for term in entry.posts],
        "leaders": [{**asdict(term), "actor": e.id, "name": e.name} for e, term in registry.leaders(entry.id)],
        "ids": _ids(entry),
        "see": list(entry.see),
        "source": entry.source,
        "rows": [str(place) for place in entry.places],
    }


@actors.command(short_help="Check a table of actors.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@json_option
def check(files: tuple[str, ...], *, as_json: bool) -> None:
    """Tell all that is wrong with tables of actors, by line, beside the packaged ones and your own.

    Exit code: 0 if nothing is, 2 if anything is.
    """
    found = {file: _problems(Path(file)) for file in files}
    if as_json:
        print_json([{"file": file, "problems": [_problem_json(x) for x in wrong]} for file, wrong in found.items()])
    for file, wrong in found.items():
        for problem in wrong[:SHOWN_PROBLEMS]:
            complain(str(problem))
        if len(wrong) > SHOWN_PROBLEMS:
            complain(f"{file}: and {len(wrong) - SHOWN_PROBLEMS:,} more")
        if not wrong and not as_json:
            click.echo(f"{file}: nothing is wrong")
    if any(found.values()):
        raise SystemExit(UNREADABLE)


def _problems(file: Path) -> tuple[RowError, ...]:
    from casus.knowledge.registry import check_table
    from casus.knowledge.tables import RowError

    try:
        return check_table(file)
    except RowError as error:
        return (error,)


def _problem_json(problem: RowError) -> dict[str, Any]:
    return {"file": problem.file, "line": problem.line, "problem": problem.problem}

"""`casus gazetteer`: look places up, add one's own, build the full GeoNames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casus.cli import UNREADABLE, complain
from casus.cli.output import path_text, print_json, print_rows
from casus.errors import InputError

if TYPE_CHECKING:
    from casus.knowledge.gazetteer import Place
    from casus.knowledge.gazetteer_rows import BadRow

SHOWN_BAD = 100
"""Bad rows of one file that are told one by one."""

to_option = click.option("--to", metavar="FILE", help="Add to this file instead of your own gazetteer.")
from_option = click.option("--from", "source", metavar="FILE", help="Of this file instead of your own gazetteer.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(short_help="Look places up, add your own, build the full GeoNames.")
def gazetteer() -> None:
    """Look places up as Casus does, add places of your own, or build the full GeoNames.

    What you add is used by every later reading, and each reading says so in a note. The variable
    CASUS_GAZETTEER names the files to use instead; empty, it means the packaged gazetteer alone.
    """


@dataclass(slots=True)
class Taken:
    """What became of one file given to `casus gazetteer add`; `outcome` None: nothing was taken."""

    file: str
    outcome: str | None
    places: int
    bad: list[dict[str, str]]


@gazetteer.command(short_help="Add places from files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@to_option
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out and add the others.")
@json_option
def add(files: tuple[str, ...], *, to: str | None, skip_bad: bool, as_json: bool) -> None:
    """Add places from files: CSV, TSV, JSON Lines, GeoJSON points, or TOML as Casus's own supplement.

    Columns: name, country, latitude, longitude; and if known admin1, kind, population, aliases
    (| between them), source. One bad row and nothing of its file is added, unless --skip-bad is given. A file
    that is added again replaces what it brought before.

    Exit code: 0 if every file is added or there already, 2 if not.
    """
    from casus.knowledge.gazetteer_layers import added_file

    target = Path(to) if to else added_file()
    done = [_add_file(Path(file), target, skip_bad) for file in files]
    if as_json:
        print_json({"gazetteer": path_text(target), "files": [asdict(taken) for taken in done]})
    else:
        _print_taken(done)
        _print_use(target)
    if any(taken.outcome is None for taken in done):
        raise SystemExit(UNREADABLE)


def _add_file(file: Path, target: Path, skip_bad: bool) -> Taken:
    from casus.knowledge.gazetteer import Gazetteer
    from casus.knowledge.gazetteer_rows import AddedPlace, read_rows
    from casus.knowledge.gazetteer_user import add_rows

    try:
        with closing(Gazetteer()) as base:
            rows = list(read_rows(file, base))
        good = [row for row in rows if isinstance(row, AddedPlace)]
        bad = [row for row in rows if not isinstance(row, AddedPlace)]
        told = [asdict(row) for row in bad]
        _complain_of(file, bad)
        if bad and not (skip_bad and good):
            complain(f"{file}: nothing added; mend {_counted(len(bad), 'row')}, or leave them out with --skip-bad")
            return Taken(path_text(file), None, 0, told)
        return Taken(path_text(file), add_rows(target, file.name, good), len(good), told)
    except InputError as error:
        complain(str(error))
        return Taken(path_text(file), None, 0, [])


def _complain_of(file: Path, bad: list[BadRow]) -> None:
    for row in bad[:SHOWN_BAD]:
        complain(f"{file}: {row.where}: {row.problem}")
    if len(bad) > SHOWN_BAD:
        complain(f"{file}: and {len(bad) - SHOWN_BAD:,} more bad rows")


def _print_taken(done: list[Taken]) -> None:
    words = {"added": "added", "replaced": "added in place of what it brought before", "already there": "already there"}
    for taken in (t for t in done if t.outcome):
        left = f", {_counted(len(taken.bad), 'bad row')} left out" if taken.bad else ""
        click.echo(f"{taken.file}: {_counted(taken.places, 'place')} {words[taken.outcome or '']}{left}")


def _print_use(target: Path) -> None:
    """How to have a file used that is not among those used anyway."""
    from casus.knowledge.gazetteer_layers import LAYERS_VARIABLE, user_layers

    if target.exists() and target not in user_layers():
        click.echo(f"to use it: {LAYERS_VARIABLE}={path_text(target)}")


@gazetteer.command(short_help="Remove what a file brought, or a source.")
@click.argument("name", metavar="FILE|SOURCE")
@from_option
@json_option
def remove(name: str, *, source: str | None, as_json: bool) -> None:
    """Remove all places that a file brought, or whose source is so called.

    `casus gazetteer list` names both. Exit code: 2 if there is no such file or source.
    """
    from casus.knowledge.gazetteer_user import remove_rows

    target = _added(source)
    count = remove_rows(target, name) or remove_rows(target, Path(name).name)
    if not count:
        raise InputError(f"nothing in {path_text(target)} came from {name!r}; see `casus gazetteer list`")
    if as_json:
        print_json({"gazetteer": path_text(target), "removed": count})
    else:
        click.echo(f"{_counted(count, 'place')} removed")


@gazetteer.command("list", short_help="List the files that were added.")
@from_option
@json_option
def list_added(*, source: str | None, as_json: bool) -> None:
    """List the files that were added, with their places and sources."""
    from casus.knowledge.gazetteer_user import list_origins

    target = _added(source)
    found = list_origins(target)
    if as_json:
        print_json({"gazetteer": path_text(target), "files": [asdict(origin) for origin in found]})
    elif not found:
        complain(f"nothing was added to {path_text(target)}")
    else:
        rows = [(o.name, f"{o.places:,}", ", ".join(o.sources)) for o in found]
        print_rows(("file", "places", "sources"), rows)


def _added(given: str | None) -> Path:
    from casus.knowledge.gazetteer_layers import added_file

    return Path(given) if given else added_file()


@gazetteer.command(short_help="Show all places of a name.")
@click.argument("name", metavar="NAME")
@click.option("--country", metavar="NAME", help="Only places in this country: ISO code or name.")
@json_option
def show(name: str, *, country: str | None, as_json: bool) -> None:
    """Show all places of a name with their country, province, point, kind, population and source.

    If no place is so called, those whose name sounds alike in another spelling. Exit code: 2 if
    there is none at all.
    """
    from casus.knowledge.gazetteer import load_gazetteer

    base = load_gazetteer()
    code = _code(country) if country else None
    exact = [p for p in base.lookup(name) if code in (None, p.country)]
    found = exact or [p for p in base.lookup_loosely(name) if code in (None, p.country)]
    if not found:
        where = f" in {country}" if country else ""
        raise InputError(f"no place called {name!r}{where}; add it with `casus gazetteer add`, or try another spelling")
    if as_json:
        print_json([_place_json(place, spelled=bool(exact)) for place in found])
        return
    if not exact:
        complain(f"no place is spelled {name!r}; these sound alike")
    print_rows(("name", "kind", "province", "country", "point", "people", "source"), map(_place_cells, found))


def _code(country: str) -> str:
    """The alpha-3 code of a country.

    Raises:
        click.BadParameter: if there is no such country.
    """
    from casus.knowledge.countries import load_countries

    known = load_countries()
    code = known.by_name.get(country.lower(), country.upper())
    if code not in {c.code for c in known.all}:
        raise click.BadParameter(f"{country!r} is no country; expected a name or an ISO code such as SYR")
    return code


def _place_json(place: Place, *, spelled: bool) -> dict[str, Any]:
    return {
        "name": place.name,
        "kind": place.kind,
        "admin1": place.admin1,
        "country": place.country,
        "latitude": place.lat,
        "longitude": place.lon,
        "population": place.population,
        "capital": place.capital,
        "geonames_id": place.geonames_id,
        "source": place.source,
        "match": "alike" if not spelled else "alternate" if place.alternate else "usual",
    }


def _place_cells(place: Place) -> tuple[str, ...]:
    source = f"{place.source} {place.geonames_id}" if place.geonames_id else place.source
    point = f"{place.lat:.4f}, {place.lon:.4f}"
    country, admin1 = place.country or "", place.admin1 or ""
    return place.name, place.kind, admin1, country, point, f"{place.population:,}", source


@gazetteer.command(short_help="Show what places are looked up in.")
@json_option
def info(*, as_json: bool) -> None:
    """Show the files that places are looked up in, those that count most first, and what each is made from."""
    from casus.knowledge.gazetteer import load_gazetteer

    layers = load_gazetteer().info()
    if as_json:
        print_json([{"file": path_text(layer.path), **told} for layer, told in layers])
        return
    for layer, told in layers:
        click.echo(f"{layer.name} {layer.digest}: {_counted(layer.places, 'place')}, {int(told['names']):,} names")
        click.echo(f"  {path_text(layer.path)}")
        for key in sorted(set(told) - {"digest", "format", "name", "names", "places"}):
            value = told[key]
            click.echo(f"  {key}: {f'{int(value):,}' if value.isdecimal() else value}")


@gazetteer.command(short_help="Build the full GeoNames.")
@click.option("--geonames", required=True, metavar="FILE", help="A dump of GeoNames: allCountries.zip, or a country's.")
@click.option("--alternate", metavar="FILE", help="Its alternate names: alternateNamesV2.zip.")
@click.option("--admin1", metavar="FILE", help="Its names of provinces: admin1CodesASCII.txt.")
@to_option
@json_option
def build(*, geonames: str, alternate: str | None, admin1: str | None, to: str | None, as_json: bool) -> None:
    """Build a gazetteer of all places of GeoNames, to be used beside the packaged one.

    Download the files from https://download.geonames.org/export/dump/. They are read as a stream;
    what was built before stays until all is done. allCountries takes a good while and several gigabytes
    beside the finished file.
    """
    from casus.knowledge.gazetteer import Gazetteer
    from casus.knowledge.gazetteer_geonames import build_geonames, total_bytes
    from casus.knowledge.gazetteer_layers import geonames_file

    target = Path(to) if to else geonames_file()
    files = [Path(file) if file else None for file in (geonames, alternate, admin1)]
    total = sum(total_bytes(file) for file in files[:2] if file)
    with _progress(total) as step, closing(Gazetteer()) as base:
        taken = build_geonames(Path(geonames), target, base, alternate=files[1], admin1=files[2], step=step)
    if taken.broken:
        complain(f"{_counted(taken.broken, 'line')} could not be read, the first {', '.join(taken.bad)}")
    if as_json:
        print_json({"gazetteer": path_text(target), **asdict(taken)})
        return
    click.echo(
        f"{_counted(taken.places, 'place')} built, {taken.left_out:,} of other kinds left out: {path_text(target)}"
    )
    _print_use(target)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, if that is a terminal; counts bytes read."""
    import sys

    if not sys.stderr.isatty():
        yield lambda read: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=total)
        read = 0

        def step(more: int) -> None:
            nonlocal read
            read += more
            progress.update(task, completed=read, description="reading" if read < total else "sorting and writing")

        yield step


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"

"""`casus add`, `casus events`, `casus show`: reports into a casebook, and what is in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Unpack

import click

from casus.cli import UNREADABLE, complain
from casus.cli.files import open_output
from casus.cli.reading import actors_option, reader
from casus.errors import ConflictError, DateError, InputError, ReportError

if TYPE_CHECKING:
    from casus.records.reading import Reading
    from casus.records.report import Report
    from casus.store import Casebook, Filters, Grouping, Sort

Form = Literal["json", "jsonl"] | None
"""None: for people."""

SORTS = ("date", "newest", "killed", "country", "added")
GROUPINGS = ("type", "country", "actor", "month")

db_option = click.option(
    "--db",
    envvar="CASUS_DB",
    default="casus.db",
    show_default=True,
    show_envvar=True,
    metavar="PATH|URL",
    help="The casebook: a file, or a database URL.",
)


@dataclass(slots=True)
class Tally:
    """What became of the reports given to `casus add`; `events` are those of the reports added."""

    added: int = 0
    already: int = 0
    unreadable: int = 0
    events: int = 0
    errors: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        reports = "1 report" if self.added == 1 else f"{self.added} reports"
        events = "1 event" if self.events == 1 else f"{self.events} events"
        return f"{reports} added with {events}, {self.already} already there, {self.unreadable} could not be read"


@click.command(short_help="Read reports into a casebook.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--published", metavar="DATE", help="Publication date (YYYY-MM-DD) of reports that do not carry theirs.")
@click.option("--publisher", metavar="NAME", help="Publisher of reports that do not name theirs.")
@click.option("--title", metavar="TEXT", help="Title of reports that have none.")
@actors_option
@db_option
@click.option("--reread", is_flag=True, help="Read reports that are there already once more, and replace their events.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def add(
    paths: tuple[str, ...],
    *,
    published: str | None,
    publisher: str | None,
    title: str | None,
    tables: tuple[str, ...],
    db: str,
    reread: bool,
    as_json: bool,
) -> None:
    """Read reports into a casebook, which is made if it is not there.

    PATH is what `casus read` takes: a text file, a JSON Lines file, a folder, or - for standard
    input. Reports that are there already are not read again, so that what was interrupted goes
    on where it stopped. Each report is stored whole or not at all, and nothing twice. An id that
    is there with another text is an error.

    Exit code: 0 if at least one report was added or there already, 2 if none.
    """
    from casus.intake import read_inputs
    from casus.store import Casebook

    read_one = reader(tables)
    try:
        items = read_inputs(paths, published=published, publisher=publisher, title=title, stdin=sys.stdin.buffer)
    except DateError as error:
        raise click.BadParameter(str(error), param_hint="--published") from None
    tally = Tally()
    with ExitStack() as stack:
        # Opened with the first report: a mistyped path leaves no empty casebook behind.
        open_book = cache(lambda: stack.enter_context(Casebook(db)))
        stack.callback(_print_tally, tally, db, as_json)
        step = stack.enter_context(_progress())
        add_reports(items, open_book, read_one, tally, reread=reread, step=step)
    if not tally.added and not tally.already:
        raise SystemExit(UNREADABLE)


def add_reports(
    items: Iterable[Report | ReportError],
    open_book: Callable[[], Casebook],
    read: Callable[[Report], Reading],
    tally: Tally,
    *,
    reread: bool = False,
    step: Callable[[Tally], None] = lambda tally: None,
) -> None:
    """Read the reports that the casebook does not have, and store each as soon as it is read.

    What cannot be read or stored for its own fault is told on standard error and counted.

    Raises:
        CasebookError: if the casebook fails; what was stored before it stays.
        LanguageError, KnowledgeError: if the installation is broken.
    """
    for item in items:
        try:
            if isinstance(item, ReportError):
                raise item
            _add_one(item, open_book(), read, tally, reread)
        except (InputError, ConflictError) as error:
            tally.unreadable += 1
            tally.errors.append(str(error))
            complain(str(error))
        step(tally)


def _add_one(report: Report, book: Casebook, read: Callable[[Report], Reading], tally: Tally, reread: bool) -> None:
    if book.has(report) and not reread:
        tally.already += 1
        return
    reading = read(report)
    if book.add(reading, reread=reread):
        tally.added += 1
        tally.events += len(reading.events)
    else:
        tally.already += 1


@contextmanager
def _progress() -> Iterator[Callable[[Tally], None]]:
    """A running count on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda tally: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda tally: progress.update(task, description=str(tally))


def _print_tally(tally: Tally, db: str, as_json: bool) -> None:
    """The last line of `add`, also when it was interrupted: what is stored stays stored."""
    if as_json:
        _print_json({"casebook": _shown(db), **asdict(tally)}, indent=2)
    elif tally != Tally():
        click.echo(f"{tally}: {_shown(db)}")


def _shown(db: str) -> str:
    """The casebook's name without a password in it, and without bytes that are no text."""
    from casus.store.address import parse_address

    return str(parse_address(db)).encode("utf-8", "backslashreplace").decode()


def _print_json(value: Any, *, indent: int | None) -> None:
    with open_output(None) as stream:
        stream.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


@click.command(short_help="List the events of a casebook.")
@db_option
@click.option(
    "--since", metavar="DATE", help="Events on or after a day, a month or a year (2022-06-16, 2022-06, 2022)."
)
@click.option("--until", metavar="DATE", help="Events on or before it.")
@click.option("--country", multiple=True, metavar="NAME", help="ISO alpha-3 code or name; repeat for any of several.")
@click.option("--actor", multiple=True, metavar="NAME", help="An actor that takes part; repeat for all of several.")
@click.option("--type", "type", multiple=True, metavar="TYPE", help="Event type or sub-event type, or how it begins.")
@click.option("--min-killed", type=click.IntRange(min=0), metavar="N", help="At least so many killed.")
@click.option("--text", metavar="WORDS", help='Words in the report\'s text or title; "in quotes" for a phrase.')
@click.option("--sort", type=click.Choice(SORTS), default="date", show_default=True, help="Order of the list.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="List no more than N.")
@click.option("--count", is_flag=True, help="Print how many, instead of a list.")
@click.option("--by", type=click.Choice(GROUPINGS), help="Count by this.")
@click.option("--json", "form", flag_value="json", default=None, help="Print a JSON array.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Print a JSON object a line.")
@click.option("--with-names", is_flag=True, help="With --json, --jsonl and --by: name private persons harmed too.")
def events(
    *,
    db: str,
    sort: Sort,
    limit: int | None,
    count: bool,
    by: Grouping | None,
    form: Form,
    with_names: bool,
    **filters: Unpack[Filters],
) -> None:
    """List the events of a casebook, or count them. All filters given must hold.

    An event here is what one report tells of one happening: the accounts of several reports are
    not yet fused, so one happening told by three reports is listed three times.

    \b
    casus events --country Syria --since 2022 --min-killed 10
    casus events --actor "Islamic State" --type drone --sort newest --limit 20
    casus events --text '"car bomb" market' --count --by month
    """
    from casus.store import Casebook

    with Casebook(db, readonly=True) as book:
        if by is not None:
            _print_counts(book, by, form, with_names, filters)
        elif count:
            _print_count(book, form, filters)
        elif form is not None:
            _print_records(book, form, with_names, sort, limit, filters)
        else:
            _print_table(book, db, sort, limit, filters)


def _print_count(book: Casebook, form: Form, filters: Filters) -> None:
    number = book.count(**filters)
    if form is None:
        click.echo(str(number))
    else:
        _print_json({"events": number}, indent=None)


def _print_counts(book: Casebook, by: Grouping, form: Form, with_names: bool, filters: Filters) -> None:
    # For people, as in the list of events, everyone is named; what leaves the casebook is not.
    found = book.counts(by, with_names=with_names or form is None, **filters)
    if form == "json":
        _print_json([{by: c.key, "events": c.events} for c in found], indent=2)
    elif form == "jsonl":
        for c in found:
            _print_json({by: c.key, "events": c.events}, indent=None)
    else:
        from casus.cli.casebook_view import print_counts

        with open_output(None) as stream:
            print_counts(stream, by, found)


def _print_records(
    book: Casebook, form: Form, with_names: bool, sort: Sort, limit: int | None, filters: Filters
) -> None:
    """One after the other, so that a large casebook is never held whole."""
    from casus.store import account_to_contract

    found = book.scan(sort=sort, limit=limit, **filters)
    lines = (json.dumps(account_to_contract(e, with_names=with_names), ensure_ascii=False) for e in found)
    with open_output(None) as stream:
        if form == "jsonl":
            stream.writelines(f"{line}\n" for line in lines)
            return
        stream.write("[")
        for number, line in enumerate(lines):
            stream.write(f"{',' if number else ''}\n{line}")
        stream.write("\n]\n")


def _print_table(book: Casebook, db: str, sort: Sort, limit: int | None, filters: Filters) -> None:
    from casus.cli.casebook_view import print_events

    found = book.events(sort=sort, limit=limit, **filters)
    if found:
        with open_output(None) as stream:
            print_events(stream, found)
    else:
        total = book.count()
        known = f"none of its {total} events fits these filters" if total else "it holds no events yet"
        complain(f"nothing to list in {_shown(db)}: {known}")


@click.command(short_help="Show one event with every claim and quote.")
@click.argument("id", metavar="ID")
@db_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--with-names", is_flag=True, help="With --json: name private persons harmed too.")
def show(id: str, *, db: str, as_json: bool, with_names: bool) -> None:
    """Show one event with every claim, figure and quote, and the report that tells of it.

    ID is the id of an event or of a report, or the beginning of one that fits no other.
    """
    from casus.store import Casebook

    with Casebook(db, readonly=True) as book:
        found = book.find(id)
        if as_json:
            _print_json(_found_json(book, found.kind, found.id, with_names), indent=2)
            return
        from casus.cli.casebook_view import print_event, print_report

        with open_output(None) as stream:
            if found.kind == "event":
                record = book.event(found.id)
                print_event(stream, book.reading(record.report.id), record)
            else:
                print_report(stream, book.report(found.id), book.events_of(found.id))


def _found_json(book: Casebook, kind: str, id: str, with_names: bool) -> dict[str, Any]:
    from casus.store import account_to_contract, report_to_contract

    if kind == "event":
        return account_to_contract(book.event(id), with_names=with_names)
    told = [account_to_contract(e, with_names=with_names) for e in book.events_of(id)]
    return {**report_to_contract(book.report(id), with_names=with_names), "events": told}

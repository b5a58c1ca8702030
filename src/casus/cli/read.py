"""`casus read`: reports in, what they say out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from casus.cli import UNREADABLE, complain
from casus.cli.files import open_output
from casus.cli.reading import actors_option, reader
from casus.errors import DateError, ReportError

if TYPE_CHECKING:
    from casus.cli.terminal import Color
    from casus.records.reading import Reading
    from casus.records.report import Report

FORMATS = ("text", "json", "jsonl", "html")

SHOW_PROGRESS_FROM = 4
"""Reports from which progress is shown: fewer are read before one has looked."""


@click.command(short_help="Read reports and print what they say.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--published", metavar="DATE", help="Publication date (YYYY-MM-DD) of reports that do not carry theirs.")
@click.option("--publisher", metavar="NAME", help="Publisher of reports that do not name theirs.")
@click.option("--title", metavar="TEXT", help="Title of reports that have none.")
@actors_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of output.")
@click.option("--output", type=click.Path(), metavar="FILE", help="Write to a file instead of standard output.")
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="When to colour the text form; auto: on a terminal, unless NO_COLOR is set.",
)
def read(
    paths: tuple[str, ...],
    *,
    published: str | None,
    publisher: str | None,
    title: str | None,
    tables: tuple[str, ...],
    form: str,
    output: str | None,
    color: Color,
) -> None:
    """Read reports and print what they say.

    PATH is a text file (.txt, with or without a YAML header), a JSON Lines file (.jsonl: id,
    title, publisher, published, url, text), a folder of them, or - for standard input.

    Forms: text, an account for people; json, one object, or an array for several reports;
    jsonl, one object a line; html, one page that needs nothing else.

    What cannot be read is named on standard error and the rest is read. Exit code: 0 if at
    least one report was read, 2 if none.
    """
    from casus.intake import read_inputs

    read_one = reader(tables)
    try:
        items = read_inputs(paths, published=published, publisher=publisher, title=title, stdin=_stdin())
    except DateError as error:
        raise click.BadParameter(str(error), param_hint="--published") from None
    with open_output(output) as stream, _progress(stream) as advance:
        count = _write(_readings(items, read_one, advance), stream, form, color)
        if not count:
            raise SystemExit(UNREADABLE)


def _stdin() -> BinaryIO:
    return sys.stdin.buffer


def _readings(
    items: Iterable[Report | ReportError], read_one: Callable[[Report], Reading], advance: Callable[[], None]
) -> Iterator[Reading]:
    """A reading of each report; what is no report is named on standard error."""
    for item in items:
        try:
            if isinstance(item, ReportError):
                raise item
            yield read_one(item)
        except ReportError as error:
            complain(str(error))
        else:
            advance()


@contextmanager
def _progress(stream: TextIO) -> Iterator[Callable[[], None]]:
    """A count of reports read on standard error, if that is a terminal and the output is not."""
    if not sys.stderr.isatty() or stream.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} reports read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, visible=False)
        count = 0

        def advance() -> None:
            nonlocal count
            count += 1
            progress.update(task, completed=count, visible=count >= SHOW_PROGRESS_FROM)

        yield advance


def _write(readings: Iterator[Reading], stream: TextIO, form: str, color: Color) -> int:
    """Write the readings in a form as they come; returns how many there were."""
    if form == "text":
        return _write_text(readings, stream, color)
    if form == "jsonl":
        return _write_lines(readings, stream)
    if form == "json":
        return _write_json(readings, stream)
    return _write_page(readings, stream)


def _write_text(readings: Iterator[Reading], stream: TextIO, color: Color) -> int:
    from casus.cli.terminal import open_console, print_reading

    console = open_console(stream, color)
    count = 0
    for reading in readings:
        print_reading(console, reading)
        stream.flush()
        count += 1
    return count


def _write_lines(readings: Iterator[Reading], stream: TextIO) -> int:
    count = 0
    for reading in readings:
        stream.write(_json(reading, indent=None) + "\n")
        stream.flush()
        count += 1
    return count


def _write_json(readings: Iterator[Reading], stream: TextIO) -> int:
    """One object for one report, an array for several; only two readings are held at a time."""
    first = next(readings, None)
    if first is None:
        return 0
    second = next(readings, None)
    if second is None:
        stream.write(_json(first, indent=2) + "\n")
        return 1
    stream.write(f"[\n{_json(first, indent=2)},\n{_json(second, indent=2)}")
    count = 2
    for reading in readings:
        stream.write(f",\n{_json(reading, indent=2)}")
        count += 1
    stream.write("\n]\n")
    return count


def _json(reading: Reading, *, indent: int | None) -> str:
    import json

    from casus.records.contract import to_contract

    return json.dumps(to_contract(reading), ensure_ascii=False, indent=indent)


def _write_page(readings: Iterator[Reading], stream: TextIO) -> int:
    from casus.records.display import page

    kept = tuple(readings)
    if kept:
        stream.write(page(kept))
    return len(kept)

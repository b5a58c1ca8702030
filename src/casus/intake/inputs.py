"""Paths, folders and standard input, one report after the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from casus.errors import ReportError
from casus.intake.dates import parse_published
from casus.intake.decode import MAX_TEXT_BYTES, too_long
from casus.intake.jsonlines import bounded_lines, is_object, read_lines
from casus.intake.metadata import Metadata, mend, parse_metadata
from casus.intake.textfile import MAX_HEADER, read_text
from casus.records.report import Report

TEXT = frozenset((".txt", ".text", ""))
LINES = frozenset((".jsonl", ".ndjson"))
IN_FOLDERS = frozenset((".txt", ".jsonl"))
"""Endings of names, by what a file holds; in folders only the usual two are looked for."""

MOST_BYTES = MAX_TEXT_BYTES + MAX_HEADER
"""Bytes read of a text file: a report at the limit with its header."""

MAX_BLANK_LINES = 1000
"""Blank lines at the beginning of standard input after which it is taken as text."""

STDIN = "-"
STDIN_NAME = "standard input"


def read_inputs(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Report | ReportError]:
    """The reports under the paths in order, and a ReportError in place of each that cannot be read.

    A path is a text file, a JSON Lines file, a folder (searched for *.txt and *.jsonl, sorted by
    path) or "-" for `stdin`. `published`, `publisher` and `title` fill what a report does
    not say itself. A report that comes twice is given once; an id that comes back with another
    text is an error. Files are read as the iterator moves, JSON Lines a line at a time.

    Raises:
        DateError, ReportError: at once, if `published` is no date or a value is too long.
    """
    given = {"published": published and parse_published(published), "publisher": publisher, "title": title}
    defaults = parse_metadata({key: value and mend(value) for key, value in given.items()})
    return _once(item for path in paths for item in _read_path(os.fspath(path), defaults, stdin))


def _once(items: Iterable[Report | ReportError]) -> Iterator[Report | ReportError]:
    """Each report once; an id that returns with another text becomes an error."""
    seen: dict[str, str] = {}
    for item in items:
        if isinstance(item, ReportError):
            yield item
        elif item.id not in seen:
            seen[item.id] = item.sha256
            yield item
        elif seen[item.id] != item.sha256:
            yield ReportError(f"report id {item.id!r} came before with another text; give each report its own id")


def _read_path(path: str, defaults: Metadata, stdin: BinaryIO | None) -> Iterator[Report | ReportError]:
    if path == STDIN:
        yield from _read_stdin(stdin, defaults)
    elif Path(path).is_dir():
        yield from _read_folder(Path(path), defaults)
    else:
        yield from _read_file(Path(path), defaults)


def _read_file(path: Path, defaults: Metadata) -> Iterator[Report | ReportError]:
    ending = path.suffix.lower()
    try:
        with path.open("rb") as stream:
            if ending in LINES:
                yield from read_lines(bounded_lines(stream), str(path), defaults)
            elif ending in TEXT:
                yield _read_one(stream.read(MOST_BYTES + 1), str(path), defaults)
            else:
                yield ReportError(f"{path}: a {ending} file; expected .txt or .jsonl")
    except OSError as error:
        yield ReportError(f"{path}: {_reason(error)}")


def _read_one(data: bytes, name: str, defaults: Metadata) -> Report | ReportError:
    """One report as text; `name` is what errors call it."""
    try:
        if len(data) > MOST_BYTES:
            raise ReportError(too_long())
        return read_text(data, defaults)
    except ReportError as error:
        return ReportError(f"{name}: {error}")


def _read_folder(folder: Path, defaults: Metadata) -> Iterator[Report | ReportError]:
    unreadable: list[OSError] = []
    found = list(_files_below(folder, unreadable))
    for error in unreadable:
        yield ReportError(f"{error.filename}: {_reason(error)}")
    if not found and not unreadable:
        yield ReportError(f"{folder}: no .txt or .jsonl file in this folder")
    for path in sorted(found):
        if path.is_file():
            yield from _read_file(path, defaults)


def _files_below(folder: Path, unreadable: list[OSError]) -> Iterator[Path]:
    """Reports in a folder and its folders, hidden ones left out; folders that do not open go to `unreadable`."""
    for root, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and Path(name).suffix.lower() in IN_FOLDERS:
                yield Path(root, name)


def _read_stdin(stdin: BinaryIO | None, defaults: Metadata) -> Iterator[Report | ReportError]:
    """JSON Lines if the first line that is not blank is a JSON object, else one report as text."""
    if stdin is None:
        yield ReportError(f"{STDIN_NAME}: nothing to read")
        return
    head: list[bytes | None] = []
    for line in bounded_lines(stdin):
        head.append(line)
        if line is None or line.strip() or len(head) > MAX_BLANK_LINES:
            break
    if head and head[-1] and is_object(head[-1]):
        yield from read_lines(chain(head, bounded_lines(stdin)), STDIN_NAME, defaults)
    else:
        start = b"".join(line or b"" for line in head)
        yield _read_one(start + stdin.read(MOST_BYTES + 1), STDIN_NAME, defaults)


def _reason(error: OSError) -> str:
    """Why a file cannot be read, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return (error.strerror or str(error)).lower()

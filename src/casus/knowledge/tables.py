"""Reading the TOML tables of the knowledge layer, packaged or a user's own, with errors that name file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from casus.errors import KnowledgeError
from casus.knowledge.tables_lines import line_of

PACKAGED = Path(__file__).parent / "data"

MOST_BYTES = 8 * 2**20
"""Bytes of the largest table that is read, far more than anybody writes by hand."""

SHOWN = 60
"""Characters of a wrong value that an error repeats."""

SYNTAX_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


class RowError(KnowledgeError):
    """What is wrong at one place of a table; `line` from 1, None where no line is to blame."""

    def __init__(self, file: str, line: int | None, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}" if line else f"{file}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: what errors call it, its source, and what the source says."""

    name: str
    text: str
    data: dict[str, Any]

    @property
    def source(self) -> str:
        """Where its facts come from."""
        return str(self.data["source"])

    @property
    def digest(self) -> str:
        """What identifies all that it holds (SHA-256, the first 12 digits)."""
        return sha256(self.text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a table, written "mine.toml:12"; the line is looked for when it is asked for."""

    table: Table
    path: tuple[str | int, ...]
    label: str

    def __str__(self) -> str:
        return f"{self.table.name}:{self.line}"

    @property
    def line(self) -> int:
        return line_of(self.table.text, self.path)

    def at(self, *path: str | int) -> Place:
        """A place within it."""
        return Place(self.table, (*self.path, *path), self.label)

    def error(self, problem: str) -> RowError:
        """What is wrong here, to be raised."""
        return RowError(self.table.name, self.line, f"{self.label}: {problem}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and where it stands."""

    place: Place
    values: dict[str, Any]

    def check_keys(self, allowed: Collection[str], required: Collection[str]) -> None:
        """Refuse keys that are not known, and required ones that are missing or no text.

        Raises:
            RowError: naming the key.
        """
        for key in self.values:
            if key not in allowed:
                raise self.error(key, f"unknown key {key[:SHOWN]!r}, expected {', '.join(sorted(allowed))}")
        for key in required:
            if self.text(key) is None:
                raise self.error(key, f"{key} is missing; every row has {', '.join(required)}")

    def text(self, key: str) -> str | None:
        """A text that is not empty; None where there is none.

        Raises:
            RowError: if it is something else.
        """
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        raise self.error(key, f"{key} must be a non-empty text, got {shown(value)}")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; () where there is none.

        Raises:
            RowError: if it is something else.
        """
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, f"{key} must be a list of names, got {shown(value)}")
        for number, item in enumerate(value):
            if not isinstance(item, str) or not item.strip():
                raise self.place.at(key, number).error(f"{key} must be a list of names, got {shown(item)} in it")
        return tuple(value)

    def rows(self, key: str) -> tuple[Row, ...]:
        """The tables in a list of the row; () where there is none.

        Raises:
            RowError: if it is something else.
        """
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(x, dict) for x in value):
            raise self.error(key, f"{key} must be a list of tables, got {shown(value)}")
        return tuple(Row(self.place.at(key, number), x) for number, x in enumerate(value))

    def error(self, key: str, problem: str) -> RowError:
        """What is wrong with a key, to be raised."""
        return self.place.at(key).error(problem)


def shown(value: object) -> str:
    """A wrong value as errors repeat it: its beginning."""
    told = repr(value)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}..."


def open_table(file: Traversable | Path) -> Table:
    """A TOML table with a `source`. A packaged one is called by its name, another by its path.

    Raises:
        KnowledgeError: if the file is missing, too large, no UTF-8 TOML, or says no source.
    """
    name = str(file) if isinstance(file, Path) and not file.is_relative_to(PACKAGED) else file.name
    return parse_table(name, _text(file, name))


def parse_table(name: str, text: str) -> Table:
    """A TOML table with a `source` from its text.

    Raises:
        RowError: if it is no TOML, or says no source.
    """
    data = _parsed(name, text)
    if not isinstance(data.get("source"), str) or not data["source"].strip():
        line = line_of(text, ("source",)) if "source" in data else None
        raise RowError(name, line, 'says no source; add a line source = "where its facts come from" at its top')
    return Table(name, text, data)


def read_table(file: Traversable | Path) -> dict[str, Any]:
    """What a TOML table with a `source` says.

    Raises:
        KnowledgeError: as `open_table`.
    """
    return open_table(file).data


def rows_of(table: Table, key: str, label: str) -> Iterator[Row]:
    """The rows of a table under a key; errors call each by its value of `label`, or by its number.

    Raises:
        RowError: if they are no list of tables.
    """
    rows = table.data.get(key, [])
    if not isinstance(rows, list):
        raise Place(table, (key,), key).error(f"must be a list of tables, got {shown(rows)}")
    for number, row in enumerate(rows):
        place = Place(table, (key, number), f"{key} {number + 1}")
        if not isinstance(row, dict):
            raise place.error(f"must be a table, got {shown(row)}")
        name = row.get(label)
        yield Row(Place(table, (key, number), name[:SHOWN]) if name and isinstance(name, str) else place, row)


def _text(file: Traversable | Path, name: str) -> str:
    try:
        with file.open("rb") as stream:
            read = stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise RowError(name, None, f"cannot be read ({why}); give the path of a TOML file") from None
    except ValueError:
        raise RowError(name, None, "is no path; give the path of a TOML file") from None
    if len(read) > MOST_BYTES:
        raise RowError(name, None, f"is larger than {MOST_BYTES // 2**20} MB; is it a table at all?")
    try:
        return read.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        problem = f"no UTF-8 (byte 0x{read[error.start]:02x}); save the file as UTF-8"
        raise RowError(name, line, problem) from None


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise RowError(name, None, "is nested too deep to be a table") from None
    except ValueError as error:
        said = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "a number with too many digits"
        where = SYNTAX_LINE.search(said)
        line = (int(where[1]) if where[1] else text.count("\n") + 1) if where else None
        mend = "mend this line" if line else "mend the file"
        raise RowError(name, line, f"no TOML: {SYNTAX_LINE.sub('', said)}; {mend}") from None

"""A user's own table of actors: rows added, replaced and removed, the file always written as a whole.

What the user wrote between the rows, comments too, stays as it is. What was there stays there if anything
goes wrong.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from casus.errors import InputError
from casus.knowledge.registry import check_table
from casus.knowledge.tables import RowError, Table, open_table, parse_table
from casus.knowledge.tables_lines import block_of, line_of

HEAD = """\
# Actors added with `casus actors add`. You may edit this file; `casus actors check` tells what is wrong with it.
source = "added by the user of Casus"
"""

Outcome = Literal["added", "replaced", "already there"]


def add_row(target: Path, row: Mapping[str, Any]) -> Outcome:
    """Write a row of `actors`, in place of the one that has its id; a row that is there changes nothing.

    Raises:
        KnowledgeError: if `target` is broken.
        InputError: if the row does not fit with the actors known, or `target` cannot be written.
    """
    table = open_table(target) if target.exists() else parse_table(str(target), HEAD)
    number = _number(table, row["id"])
    written = ["[[actors]]", *(f"{key} = {_toml(value)}" for key, value in row.items())]
    if number is None:
        _as_blocks(table)
        text = "\n".join([table.text.rstrip(), "", *written]) + "\n"
    elif table.data["actors"][number] == row:
        return "already there"
    else:
        text = _replaced(table, number, written)
    _check(target, table, text, "nothing added")
    _write(target, text)
    return "added" if number is None else "replaced"


def remove_row(target: Path, id: str) -> bool:
    """Drop the row that has an id; False if there is none.

    Raises:
        KnowledgeError: if `target` is broken.
        InputError: if other rows need this one, or `target` cannot be written.
    """
    table = open_table(target) if target.exists() else parse_table(str(target), HEAD)
    number = _number(table, id)
    if number is None:
        return False
    text = _replaced(table, number, ())
    _check(target, table, text, "nothing removed")
    _write(target, text)
    return True


def _number(table: Table, id: str) -> int | None:
    rows = table.data.get("actors", [])
    if not isinstance(rows, list):
        return None
    return next((i for i, row in enumerate(rows) if isinstance(row, dict) and row.get("id") == id), None)


def _as_blocks(table: Table) -> None:
    """Refuse a table to which no [[actors]] can be appended."""
    if "actors" in table.data and block_of(table.text, ("actors", 0)) is None:
        line = line_of(table.text, ("actors",))
        raise RowError(
            table.name, line, "its actors are no [[actors]] blocks; add the row by hand, or name another file"
        )


def _replaced(table: Table, number: int, instead: Sequence[str]) -> str:
    """The text of a table with other lines in place of a row; without any, the row goes."""
    block = block_of(table.text, ("actors", number))
    if block is None:
        line = line_of(table.text, ("actors", number))
        raise RowError(table.name, line, "is no [[actors]] block; change it by hand")
    lines = table.text.rstrip("\n").split("\n")
    first, last = block[0] - 1, block[1]
    if not instead and lines[last : last + 1] == [""]:
        last += 1
    return "\n".join([*lines[:first], *instead, *lines[last:]]).rstrip("\n") + "\n"


def _check(target: Path, table: Table, text: str, refused: str) -> None:
    """Refuse a change that makes a table wrong, and to change one that is wrong already."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(f"{refused}: it holds bytes that are no text") from None
    before = check_table(target, table)
    if before:
        raise before[0]
    for problem in check_table(target, parse_table(table.name, text)):
        raise InputError(f"{refused}: {problem.problem}")


def _toml(value: object) -> str:
    """A value as TOML writes it: texts, years, and lists of texts or of small tables."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(x)}" for key, x in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(x) for x in value) + "]"
    return str(value)


def _write(target: Path, text: str) -> None:
    """The whole file anew, in place of the old one only when it is all written; links are followed."""
    target = target.resolve()
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".actors.", suffix=".part", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        temporary.replace(target)
    except OSError as error:
        raise InputError(f"cannot write {target}: {(error.strerror or str(error)).lower()}") from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

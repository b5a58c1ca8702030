"""Where the rows of a TOML table stand in its source, so that an error can name the line.

`tomllib` tells lines only of what is no TOML. This scan walks a text that `tomllib` has read already, and so
asks for no more than the grammar's outline: headers, keys, and which brackets hold what.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType

Path = tuple[str | int, ...]
"""Keys and positions from 0, as one would index the parsed table: ("actors", 2, "aliases", 0)."""

TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}=,.\n]"
    r"|[^\s\[\]{}=,.\"'\#]+",
    re.DOTALL,
)


@lru_cache(maxsize=16)
def lines_of(text: str) -> Mapping[Path, int]:
    """The line, from 1, on which each key, row and item of a TOML text begins."""
    scan = _Scan(text)
    with suppress(RecursionError):  # of what lies too deep, the line of what holds it is told
        scan.document()
    return MappingProxyType(scan.lines)


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line of a place in a TOML text; of what holds it, if it is not there; 1 if nothing does."""
    lines = lines_of(text)
    inner = tuple(path)
    while inner and inner not in lines:
        inner = inner[:-1]
    return lines.get(inner, 1)


def block_of(text: str, row: Path) -> tuple[int, int] | None:
    """First and last line of a row written as [[rows]], from its header to its last key; None if it is not.

    Comments and empty lines after the last key are left to what follows.
    """
    scan = _Scan(text)
    with suppress(RecursionError):
        scan.document()
    starts = [line for line, place in scan.headers if place == row]
    if not starts:
        return None
    after = [line for line, place in scan.headers if line > starts[0] and place[: len(row)] != row]
    return starts[0], max(line for line in scan.ends if line < min(after, default=line + 1))


class _Scan:
    """One walk over the tokens: the `lines` on which things begin, those on which tokens end, and the `headers`."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self.headers: list[tuple[int, Path]] = []
        self.ends: list[int] = []
        self._tokens: list[tuple[str, int]] = []
        self._at = 0
        self._rows: dict[Path, int] = {}
        line, end = 1, 0
        for found in TOKEN.finditer(text):
            line += text.count("\n", end, found.start())
            token = found.group()
            if not token.startswith("#"):
                self._tokens.append((token, line))
            line += token.count("\n")
            if not token.startswith(("#", "\n")):
                self.ends.append(line)
            end = found.end()

    def document(self) -> None:
        table: Path = ()
        while self._skip_newlines():
            if self._token() == "[":
                line = self._line()
                table = self._header(line)
                self.headers.append((line, table))
            else:
                self._pair(table)

    def _token(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _line(self) -> int:
        return self._tokens[min(self._at, len(self._tokens) - 1)][1]

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][0] if self._at <= len(self._tokens) else ""

    def _skip_newlines(self) -> bool:
        """Past empty lines; whether anything follows."""
        while self._token() == "\n":
            self._at += 1
        return self._at < len(self._tokens)

    def _header(self, line: int) -> Path:
        """[table] or [[row]]; the place it opens."""
        self._next()
        rows = self._token() == "["
        if rows:
            self._next()
        place = self._keys((), "]", line)
        self._next()
        if not rows:
            return place
        self._next()
        self._rows[place] = self._rows.get(place, -1) + 1
        self.lines[(*place, self._rows[place])] = line
        return (*place, self._rows[place])

    def _keys(self, place: Path, end: str, line: int) -> Path:
        """A dotted key up to its end, below a place; a key that names rows means the last of them."""
        keys = []
        while self._token() not in (end, ""):
            if self._token() != ".":
                keys.append(_plain(self._token()))
            self._next()
        for number, key in enumerate(keys, 1):
            place = (*place, key)
            self.lines.setdefault(place, line)
            if place in self._rows and number < len(keys):
                place = (*place, self._rows[place])
        return place

    def _pair(self, table: Path) -> None:
        place = self._keys(table, "=", self._line())
        self._next()
        self._value(place)

    def _value(self, place: Path) -> None:
        if self._token() == "[":
            self._array(place)
        elif self._token() == "{":
            self._inline(place)
        else:
            while self._token() not in (",", "]", "}", "\n", ""):
                self._next()

    def _array(self, place: Path) -> None:
        self._next()
        item = 0
        while self._skip_newlines() and self._token() != "]":
            if self._token() == ",":
                self._next()
                continue
            self.lines[(*place, item)] = self._line()
            self._value((*place, item))
            item += 1
        self._next()

    def _inline(self, place: Path) -> None:
        self._next()
        while self._skip_newlines() and self._token() != "}":
            if self._token() == ",":
                self._next()
            else:
                self._pair(place)
        self._next()


def _plain(key: str) -> str:
    """A key without its quotes and escapes."""
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key

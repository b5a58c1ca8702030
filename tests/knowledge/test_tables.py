"""Reading tables: what is refused, and that errors name the line that is to blame."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import KnowledgeError
from casus.knowledge.tables import MOST_BYTES, RowError, open_table, parse_table, read_table, rows_of
from casus.knowledge.tables_lines import block_of, line_of, lines_of

MIXED = '''\
source = "x" # = [ {
actors = [
  # { id = "no row" }
  { id = "a", aliases = ["x", # "c
     "y"], ids = { ucdp = 3 } }, { id = "b" },

  { id = "c", links = [
      { kind = "q", actor = "z" },
      { kind = "r", actor = "z" } ] },
]
note = """
[[states]]
a ] [ "" x
"""
literal = \'\'\'
{ \'\' [
\'\'\'
day = 1979-05-27 07:32:00
numbers = [1.5, -2]

[[states]]
state = "A"
a.b = 3

[[states.links]]
x = 1
[[states.links]]
"y" = 1
# of the next

[[states]]
"state" = "B"
[other]
z = {}
'''


@pytest.mark.parametrize(
    "path, line",
    [
        (("actors",), 2),
        (("actors", 0), 4),
        (("actors", 0, "aliases", 0), 4),
        (("actors", 0, "aliases", 1), 5),
        (("actors", 0, "ids", "ucdp"), 5),
        (("actors", 1, "id"), 5),
        (("actors", 2, "links", 1, "kind"), 9),
        (("literal",), 15),
        (("day",), 18),
        (("states", 0), 21),
        (("states", 0, "a", "b"), 23),
        (("states", 0, "links", 1, "y"), 28),
        (("states", 1, "state"), 32),
        (("other", "z"), 34),
        (("actors", 2, "name"), 7),  # not there: its row
        (("nothing",), 1),
    ],
)
def test_lines_are_those_of_the_source(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(MIXED)
    assert line_of(MIXED, path) == line


@pytest.mark.parametrize(
    "row, lines", [(("states", 0), (21, 28)), (("states", 1), (31, 32)), (("actors", 0), None), (("states", 7), None)]
)
def test_blocks_end_with_their_last_key(row: tuple[str | int, ...], lines: tuple[int, int] | None) -> None:
    assert block_of(MIXED, row) == lines


VALUES = st.recursive(
    st.text(max_size=6) | st.integers(-9, 9999) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\"'.#=[]{} ,", max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


def written(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(k)} = {written(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(written, value)) + "\n]"
    return str(value).lower() if isinstance(value, bool | int) else quoted(value)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def paths(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*at, key)
        yield from paths(part, (*at, key))


@given(st.lists(st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3), max_size=4), st.booleans())
def test_every_key_and_item_of_a_table_has_its_line(rows: list[dict[str, Any]], blocks: bool) -> None:
    if blocks:
        text = "".join("[[rows]]\n" + "".join(f"{k} = {written(v)}\n" for k, v in row.items()) for row in rows)
    else:
        text = f"# first\nrows = {written(rows)}\n"
    read = tomllib.loads(text)
    found = lines_of(text)
    assert set(paths(read)) <= set(found)
    rows_found = [found["rows", i] for i in range(len(rows))]
    assert rows_found == sorted(set(rows_found)), "every row begins on a line of its own"
    for i, row in enumerate(rows):
        for key in row:
            assert key in text.split("\n")[found["rows", i, key] - 1]


@given(st.text("ab=[]{}\"'.,#\n \\", max_size=40))
def test_no_table_that_can_be_read_holds_the_scan_up(text: str) -> None:
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(paths(read)) <= set(lines_of(text))


@pytest.mark.parametrize(
    "body, words",
    [
        (b"rows = []", "mine.toml: says no source"),
        (b"source = 3", "mine.toml:1: says no source"),
        (b'source = "t"\nrows = [\n1,', "mine.toml:3: no TOML"),
        (b'source = "t"\nrows = "\n', "mine.toml:2: no TOML"),
        (b'source = "t"\nsource = "u"', "mine.toml:2: no TOML"),
        (b'source = "t"\nday = 2001-02-30', "mine.toml:2: no TOML"),
        (b'source = "t"\nn = ' + b"9" * 9999, "too many digits"),
        (b'source = "t"\nrows = ' + b"[" * 20_000, "nested too deep"),
        (b"\xff\xfes\0o\0", "mine.toml:1: no UTF-8 (byte 0xff)"),
        (b'source = "t"\nname = "S\xe9l\xe9ka"', "mine.toml:2: no UTF-8 (byte 0xe9)"),
        (b"#" * (MOST_BYTES + 1), "larger than 8 MB"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(tmp_path: Path, body: bytes, words: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(body)
    with pytest.raises(KnowledgeError) as caught:
        read_table(file)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("file", ["absent.toml", ".", "a\0b.toml"])
def test_what_is_no_file_is_refused(tmp_path: Path, file: str) -> None:
    with pytest.raises(KnowledgeError, match="give the path of a TOML file"):
        open_table(tmp_path / file)


def test_marks_and_line_ends_of_other_systems_are_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b'\xef\xbb\xbfsource = "t"\r\nrows = [\r\n  1 ]\r\n')
    table = open_table(file)
    assert table.data == {"source": "t", "rows": [1]}
    assert line_of(table.text, ("rows", 0)) == 3


def test_the_digest_hangs_on_every_character() -> None:
    one, two = parse_table("a", 'source = "t"'), parse_table("b", 'source = "t" ')
    assert one.digest == parse_table("b", 'source = "t"').digest != two.digest
    assert len(one.digest) == 12


@pytest.mark.parametrize(
    "row, words",
    [
        ('{ id = "r", names = ["a", 3] }', "mine.toml:3: r: names must be a list of names, got 3 in it"),
        ('{ id = "r", names = "a" }', "mine.toml:3: r: names must be a list of names"),
        ('{ id = "r", inner = [1] }', "mine.toml:3: r: inner must be a list of tables"),
        ('{ id = "r", other = 1 }', "mine.toml:3: r: unknown key 'other'"),
        ("{ id = 7 }", "mine.toml:3: rows 1: id must be a non-empty text, got 7"),
        ("{ names = [] }", "mine.toml:3: rows 1: id is missing"),
        ("3", "mine.toml:3: rows 1: must be a table, got 3"),
    ],
)
def test_rows_are_refused_by_line(row: str, words: str) -> None:
    table = parse_table("mine.toml", f'source = "t"\nrows = [\n  {row}\n]')
    with pytest.raises(RowError) as caught:
        for found in rows_of(table, "rows", "id"):
            found.check_keys(("id", "names", "inner"), ("id",))
            found.texts("names")
            found.rows("inner")
    assert words in str(caught.value)
    assert caught.value.line == 3

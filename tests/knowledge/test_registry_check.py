"""What is wrong with a table of actors, and that it is told with file and line."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from casus.errors import KnowledgeError
from casus.knowledge.registry import check_table, load_registry, packaged_tables
from casus.knowledge.tables import RowError


@pytest.fixture(autouse=True)
def no_own_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUS_ACTORS", "")


def table(folder: Path, *rows: str) -> Path:
    """A table of which the first row stands on line 3."""
    file = folder / "mine.toml"
    file.write_text('source = "a test"\nactors = [\n' + ",\n".join(rows) + "\n]\n", encoding="utf-8")
    return file


def row(id: str, name: str, more: str = "") -> str:
    return f'{{ id = "{id}", name = "{name}", kind = "rebel group"{more} }}'


def links(kind: str, actor: str, years: str = "") -> str:
    return f', links = [{{ kind = "{kind}", actor = "{actor}"{years} }}]'


DUNES = row("dunes", "Dune Riders", ', since = 1995, until = 2005, aliases = ["Riders"]')
HILLS = row("hills", "Hill Wardens", ", since = 2010, until = 2020")

WRONG = [
    ([DUNES, row("dunes", "Other")], "mine.toml:4: dunes: the id is taken by dunes (mine.toml:3)"),
    ([row("boko-haram", "Other")], "mine.toml:3: boko-haram: the id is taken by boko-haram (africa.toml:"),
    ([row("state:TUR:military", "Other")], "forces of states follow by rule"),
    ([row("state:XXX:military", "Other")], "no such country or branch"),
    ([row("a b", "Other")], "mine.toml:3: a b: id must be letters, digits"),
    ([row("a", "---")], "mine.toml:3: a: a name holds a letter or a digit"),
    ([row("a", "Other", ', exact = ["IX",\n "!"]')], "mine.toml:4: a: a name holds a letter or a digit"),
    (
        [DUNES, row("a", "Other", ', aliases = ["Others",\n "riders"]')],
        "mine.toml:5: a: the alias 'riders' belongs to dunes (mine.toml:3); list it as shared in both",
    ),
    ([DUNES, row("a", "Riders")], "mine.toml:4: a: the name 'Riders' belongs to dunes (mine.toml:3)"),
    ([DUNES, row("a", "Other", ', shared = ["Riders"]')], "mine.toml:4: a: the alias 'Riders' belongs to dunes"),
    ([row("a", "Boko Haram")], 'by a row { id = "boko-haram", shared = ["Boko Haram"] }'),
    ([row("a", "Military forces of Turkey")], "belongs to state:TUR:military"),
    (['{ id = "person:x", name = "Dune Riders", kind = "person" }', DUNES], "belongs to person:x (mine.toml:3)"),
    ([row("a", "Other", ', countries = ["TUR",\n "XXX"]')], "mine.toml:4: a: 'XXX' is no country"),
    ([row("a", "Other", ', countries = ["TR"]')], "mine.toml:3: a: 'TR' is no country"),
    ([row("a", "Other", ', part_of = "boko-harem"')], "is no other actor; did you mean 'boko-haram'?"),
    ([row("a", "Other", ', part_of = "a"')], "mine.toml:3: a: part_of 'a' is no other actor"),
    ([DUNES, row("a", "Other", links("part of", "dune"))], "mine.toml:4: a: links 'dune' is no other actor; did you"),
    (
        [row("a", "Other", links("enemy of", "boko-haram"))],
        "mine.toml:3: a: kind 'enemy of' is none of ally of, faction",
    ),
    ([row("a", "Other", ', links = [{ kind = "part of" }]')], "mine.toml:3: a: actor is missing"),
    ([row("a", "Other", links("ally of", "boko-haram", ", since = 1700"))], "since must be a year from 1800 to 2100"),
    ([row("a", "Other", links("ally of", "boko-haram", ", since = 2010, until = 2009"))], "since 2010 is after until"),
    (
        [DUNES, HILLS, row("a", "Other", ", since = 2001" + links("ally of", "hills", ", until = 2004"))],
        "mine.toml:5: a: ally of hills cannot hold: it ended in 2004, and hills began in 2010",
    ),
    (
        [DUNES, row("a", "Other", links("faction of", "dunes", ", since = 2006"))],
        "mine.toml:4: a: faction of dunes cannot hold: it begins in 2006, and dunes ended in 2005",
    ),
    (
        [DUNES, row("a", "Other", ", since = 2006" + links("part of", "dunes"))],
        "part of dunes cannot hold: a and dunes were active in no year together",
    ),
    (
        [HILLS, row("a", "Other", links("splinter of", "hills", ", since = 2008"))],
        "splinter of hills cannot hold: it begins in 2008, and hills began in 2010",
    ),
    (
        [row("a", "Other", ', part_of = "b"'), row("b", "Third", ', part_of = "a"')],
        "mine.toml:4: b: is part of itself: b in a in b",
    ),
    (
        [
            row("a", "Other", links("faction of", "b", ", since = 2010")),
            row("b", "Third", ', part_of = "c"'),
            row("c", "Fourth", links("part of", "a", ", until = 2010")),
        ],
        "mine.toml:5: c: is part of itself: c in a in b in c",
    ),
    (
        [row("a", "Other", ', ids = { wikidata = "P12" }')],
        "mine.toml:3: a: wikidata must be an item such as Q42, got 'P12'",
    ),
    ([row("a", "Other", ', ids = { wikidata = "Q042" }')], "wikidata must be an item"),
    ([row("a", "Other", ', ids = { ucdp = "12" }')], "mine.toml:3: a: ucdp must be the number of an actor"),
    ([row("a", "Other", ", ids = { gtd = 3 }")], "mine.toml:3: a: unknown key 'gtd'"),
    ([row("a", "Other", ', ids = "Q1"')], "ids must be a table"),
    ([row("a", "Other", ', see = ""')], "see must be a list"),
    ([row("a", "Other", ', title = "emir"')], "mine.toml:3: a: only persons have a title and terms"),
    ([row("a", "Other", ', terms = [{ actor = "boko-haram" }]')], "only persons have a title and terms"),
    (
        ['{ id = "p", name = "Idris Mahal", kind = "person", terms = [\n{ actor = "nobody-known" }] }'],
        "mine.toml:4: p: terms 'nobody-known' is no other actor",
    ),
    (['{ id = "boko-haram" }'], "neither name and kind of an actor nor aliases"),
    (['{ id = "nobody-known", aliases = ["X Y"] }'], "mine.toml:3: nobody-known: no actor has this id"),
    (['{ id = "boko-haram", aliases = ["X Y"], since = 2002 }'], "unknown key 'since'"),
]


@pytest.mark.parametrize("rows, words", WRONG)
def test_what_is_wrong_is_told_by_line(tmp_path: Path, rows: list[str], words: str) -> None:
    told = [str(problem).replace(f"{tmp_path}/", "") for problem in check_table(table(tmp_path, *rows))]
    assert any(words in line for line in told), told


@pytest.mark.parametrize("rows", [rows for rows, _ in WRONG[::9]])
def test_what_is_wrong_stops_loading(tmp_path: Path, rows: list[str]) -> None:
    file = table(tmp_path, *rows)
    told = [str(problem) for problem in check_table(file)]
    with pytest.raises(KnowledgeError) as caught:
        load_registry((file,))
    assert str(caught.value) in told
    assert str(caught.value).startswith(f"{file}:")


RIGHT = [
    [DUNES, HILLS],
    [row("a", "Other", ', shared = ["Riders"]'), DUNES.replace('aliases = ["Riders"]', 'shared = ["Riders"]')],
    [row("a", "Namesakes", ', shared = ["Namesakes"]'), row("b", "namesakes", ', shared = ["Namesakes"]')],
    ['{ id = "boko-haram", shared = ["Boko Haram"] }', row("a", "Other", ', shared = ["Boko Haram"]')],
    ['{ id = "state:TUR:military", aliases = ["Eagles of the Strait"] }'],
    [
        row("a", "Other", links("part of", "b", ", until = 2009")),
        row("b", "Third", links("part of", "a", ", since = 2010")),
    ],
    [DUNES, row("a", "Other", ", since = 2006" + links("successor of", "dunes", ", since = 2006"))],
    [DUNES, row("a", "Other", ", since = 2004" + links("splinter of", "dunes", ", since = 2004"))],
    [row("a", "Other", ', ids = { ucdp = 570, acled = "Other (Chad)", wikidata = "Q42" }, see = ["our files"]')],
]


@pytest.mark.parametrize("rows", RIGHT)
def test_nothing_is_wrong_with_sound_tables(tmp_path: Path, rows: list[str]) -> None:
    file = table(tmp_path, *rows)
    assert check_table(file) == ()


def test_all_that_is_wrong_is_told_in_the_order_of_lines(tmp_path: Path) -> None:
    file = table(
        tmp_path, row("a", "Other", ', part_of = "x"'), '{ id = "b" }', row("c", "other", ', countries = ["X"]')
    )
    found = check_table(file)
    assert [x.line for x in found] == [3, 4, 5, 5]
    assert all(isinstance(x, RowError) and x.file == str(file) for x in found)


@pytest.mark.parametrize("file", packaged_tables(), ids=lambda file: file.stem)
def test_packaged_tables_are_sound_and_say_where_they_can_be_checked(file: Path) -> None:
    assert [str(x) for x in check_table(file)] == []


def test_persons_come_after_those_they_lead() -> None:
    names = [file.stem for file in packaged_tables()]
    assert {"africa", "middle_east", "state_forces", "leaders"} <= set(names)
    assert not {"nationalities", "roles"} & set(names)
    assert all(name.startswith("leaders") for name in names[names.index("leaders") :])


def test_a_packaged_actor_must_say_where_it_can_be_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = table(tmp_path, row("a", "Other"), row("b", "Third", ', see = ["our files"]'))
    assert check_table(file) == ()
    monkeypatch.setattr("casus.knowledge.registry.ACTORS", tmp_path)
    monkeypatch.setattr("casus.knowledge.registry.TABLES", ("mine",))
    assert [str(x) for x in check_table(file)] == [f"{file}:3: a: see is missing: where can it be checked?"]


def test_large_tables_are_checked_in_time(tmp_path: Path) -> None:
    ring = [
        row(f"r{i}", f"Ring {i}", links("part of", f"r{(i + 1) % 1000}", f", since = {1990 + i % 30}"))
        for i in range(1000)
    ]
    file = table(tmp_path, *ring)
    start = time.perf_counter()
    found = check_table(file)
    assert time.perf_counter() - start < 5
    assert "is part of itself" in found[0].problem


def test_the_table_in_the_documents_is_sound(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "actors.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    whole, names, namesakes = (x if x.startswith("source") else f'source = "t"\n{x}' for x in blocks)
    file = tmp_path / "ours.toml"
    for body in (whole, names):
        file.write_text(body, encoding="utf-8")
        assert check_table(file) == ()
    known = table(tmp_path, row("desert-falcons", "Desert Falcons", ', aliases = ["Falcons"]'))
    file.write_text(namesakes, encoding="utf-8")
    found = load_registry((known, file))
    assert [e.id for e in found.lookup("Falcons")] == ["desert-falcons", "ours:falcons-2024"]

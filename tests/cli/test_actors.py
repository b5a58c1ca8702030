"""`casus actors` and `--actors`: adding, removing, listing, showing, checking, and what is said of bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casus.cli import main
from casus.knowledge.registry import Registry
from casus.records.reading import Reading
from casus.records.report import Report

WARDENS = ("--name", "Lake Wardens", "--kind", "Rebel Group", "--country", "Chad", "--alias", "Wardens of the Lake")

OURS = """\
source = "our team"

[[actors]]
id = "ours:falcons"
name = "Falcons of the Ridge"
kind = "political militia"
countries = ["LBY"]
since = 2019
until = 2022
exact = ["FR"]
links = [{ kind = "ally of", actor = "boko-haram", since = 2020 }]
ids = { ucdp = 99999, wikidata = "Q42" }
see = ["our file 7"]

[[actors]]
id = "ours:omar"
name = "Omar al-Ridge"
kind = "person"
part_of = "ours:falcons"
title = "commander"
since = 2020
"""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the user's data, empty at first."""
    folder = tmp_path / "data"
    monkeypatch.setenv("CASUS_DATA", str(folder))
    monkeypatch.delenv("CASUS_ACTORS", raising=False)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def ours(tmp_path: Path) -> str:
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    return "ours.toml"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same table at one place for many tests: what has not changed is not read again."""
    file = tmp_path_factory.mktemp("kept") / "kept.toml"
    file.write_text(OURS, encoding="utf-8")
    return str(file)


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["actors", *map(str, args)])


def loaded(*args: str | Path) -> Any:
    done = run(*args, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_an_added_actor_is_shown_listed_and_removed(data: Path) -> None:
    done = run("add", *WARDENS, "--since", "2016", "--link", "splinter of  boko-haram 2016-2018")
    assert (done.exit_code, done.stdout) == (0, f"own:lake-wardens added: {data / 'actors.toml'}\n")
    assert loaded("add", *WARDENS) == {
        "table": str(data / "actors.toml"),
        "id": "own:lake-wardens",
        "outcome": "replaced",
    }
    assert "already there" in run("add", *WARDENS).stdout
    assert [e["id"] for e in loaded("list", "--own")] == ["own:lake-wardens"]
    assert [e["id"] for e in loaded("show", "wardens of the lake")] == ["own:lake-wardens"]
    assert loaded("remove", "own:lake-wardens") == {"table": str(data / "actors.toml"), "removed": "own:lake-wardens"}
    assert run("show", "Lake Wardens").exit_code == 2
    assert loaded("list", "--own") == []


def test_all_options_are_written_as_a_row(data: Path) -> None:
    run("add", *WARDENS)
    options = ["--exact", "RW", "--shared", "Riders", "--until", "2020", "--part-of", "own:lake-wardens"]
    links = ["--link", "ally of boko-haram 2014-", "--link", "successor of own:lake-wardens"]
    done = run("add", *WARDENS[2:4], "--id", "own:r", "--name", "River Wardens", *options, *links, "--see", "file 9")
    assert done.exit_code == 0, done.stderr
    (found,) = loaded("show", "own:r")
    assert [(n["text"], n["case"], n["shared"]) for n in found["names"]] == [
        ("River Wardens", "capital", False),
        ("RW", "exact", False),
        ("Riders", "capital", True),
    ]
    assert (found["since"], found["until"], found["see"]) == (None, 2020, ["file 9"])
    assert [(x["kind"], x["actor"], x["since"], x["until"]) for x in found["links"]] == [
        ("part of", "own:lake-wardens", None, None),
        ("ally of", "boko-haram", 2014, None),
        ("successor of", "own:lake-wardens", None, None),
    ]
    assert "nothing removed: own:r: part_of" in run("remove", "own:lake-wardens").stderr


def test_names_are_added_to_an_actor_that_is_known(data: Path) -> None:
    assert run("add", "--id", "boko-haram", "--alias", "Sect of the Lake").exit_code == 0
    (found,) = loaded("show", "sect of the lake")
    assert found["id"] == "boko-haram"
    assert found["rows"][1] == f"{data / 'actors.toml'}:4"


@pytest.mark.parametrize(
    "options, words",
    [
        ((), "give --name and --kind"),
        (("--name", "X"), "kind is missing"),
        (("--name", "X", "--kind", "army"), "'army' is not one of 'state forces'"),
        (("--name", "X" * 201, "--kind", "rebel group"), "a name has at most 200 characters"),
        (("--name", "Χ", "--kind", "rebel group"), "no Latin letters"),
        ((*WARDENS, "--country", "Atlantis"), "'Atlantis' is no country"),
        ((*WARDENS, "--link", "enemy of boko-haram"), "is no link; write"),
        ((*WARDENS, "--link", "ally of boko-haram soon"), "is no link; write"),
        ((*WARDENS, "--link", "ally of nobody-known"), "links 'nobody-known' is no other actor"),
        ((*WARDENS, "--since", "2010", "--until", "2009"), "since 2010 is after until 2009"),
        ((*WARDENS, "--since", "soon"), "is not a valid integer"),
        ((*WARDENS, "--alias", "Boko Haram"), "the alias 'Boko Haram' belongs to boko-haram (africa.toml:"),
        (("--id", "nobody-known", "--alias", "X"), "no actor has this id"),
    ],
)
def test_what_cannot_be_added_is_told_in_one_line(data: Path, options: tuple[str, ...], words: str) -> None:
    done = run("add", *options)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not data.exists()


def test_namesakes_need_both_rows_to_share_the_name() -> None:
    falcons = ("--id", "own:f", "--name", "Boko Haram (2031)", "--kind", "rebel group", "--shared", "Boko Haram")
    assert 'by a row { id = "boko-haram", shared = ["Boko Haram"] }' in run("add", *falcons).stderr
    assert run("add", "--id", "boko-haram", "--shared", "Boko Haram").exit_code == 0
    assert run("add", *falcons).exit_code == 0
    assert [e["id"] for e in loaded("show", "Boko Haram")] == ["boko-haram", "own:f"]


def test_another_file_is_used_only_if_named(tmp_path: Path) -> None:
    done = run("add", *WARDENS, "--to", "team.toml")
    assert "to use it: --actors team.toml, or CASUS_ACTORS=team.toml" in done.stdout
    assert run("show", "Lake Wardens").exit_code == 2
    assert [e["name"] for e in loaded("show", "Lake Wardens", "--actors", "team.toml")] == ["Lake Wardens"]
    assert run("remove", "own:lake-wardens").exit_code == 2
    assert run("remove", "own:lake-wardens", "--from", "team.toml").exit_code == 0


@pytest.mark.parametrize(
    "filters, there, away",
    [
        (("--country", "Libya"), "ours:falcons", "boko-haram"),
        (("--country", "NGA"), "boko-haram", "ours:falcons"),
        (("--kind", "Person"), "ours:omar", "ours:falcons"),
        (("--active", "2021"), "ours:falcons", "islamic-state-iraq"),
        (("--active", "2018"), "boko-haram", "ours:falcons"),
        (("--text", "the ridge"), "ours:falcons", "ours:omar"),
        (("--own",), "ours:omar", "boko-haram"),
        (("--own", "--kind", "person"), "ours:omar", "ours:falcons"),
        ((), "boko-haram", "state:BLZ:police"),
        (("--states",), "state:BLZ:police", "ours:nobody"),
    ],
)
def test_filters_hold_together(kept: str, filters: tuple[str, ...], there: str, away: str) -> None:
    ids = [e["id"] for e in loaded("list", "--actors", kept, *filters)]
    assert there in ids and away not in ids


def test_the_list_for_people_names_the_same(kept: str) -> None:
    text = run("list", "--actors", kept, "--country", "LBY").stdout.splitlines()
    ids = [e["id"] for e in loaded("list", "--actors", kept, "--country", "LBY")]
    assert [line.split()[0] for line in text] == ["id", *ids]
    (line,) = [line for line in text if line.startswith("ours:falcons ")]
    assert " ".join(line.split()) == "ours:falcons political militia 2019-2022 LBY Falcons of the Ridge"


def test_nothing_that_fits_is_no_error() -> None:
    done = run("list", "--text", "no such words")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no actor fits" in done.stderr
    assert loaded("list", "--text", "no such words") == []


def test_show_tells_all_that_is_known(kept: str) -> None:
    lines = run("show", "ours:falcons", "--actors", kept).stdout.splitlines()
    assert lines == [
        "Falcons of the Ridge (ours:falcons)",
        "kind        political militia",
        "where       Libya",
        "active      2019-2022",
        "exactly     FR",
        "link        ally of Boko Haram (boko-haram), 2020-",
        "leader      Omar al-Ridge (ours:omar), commander, 2020-",
        "ucdp id     99999",
        "wikidata id Q42",
        "check in    our file 7",
        f"row         {kept}:3",
        "source      kept.toml: our team",
    ]
    assert "post        commander, Falcons of the Ridge" in run("show", "ours:omar", "--actors", kept).stdout
    assert (
        "linked by   Falcons of the Ridge (ours:falcons): ally of it, 2020-"
        in run("show", "boko-haram", "--actors", kept).stdout
    )


def test_show_as_json_holds_the_same(kept: str) -> None:
    (found,) = loaded("show", "ours:falcons", "--actors", kept)
    assert found["leaders"] == [
        {"actor": "ours:omar", "title": "commander", "since": 2020, "until": None, "name": "Omar al-Ridge"}
    ]
    assert found["ids"] == {"ucdp": 99999, "wikidata": "Q42"}
    assert found["links"] == [{"kind": "ally of", "actor": "boko-haram", "since": 2020, "until": None}]
    (known,) = loaded("show", "boko-haram", "--actors", kept)
    assert {"kind": "ally of", "actor": "ours:falcons", "since": 2020, "until": None} in known["linked_by"]


def test_an_unknown_name_gets_near_ones() -> None:
    done = run("show", "Boko Harem")
    assert done.exit_code == 2
    assert "did you mean 'Boko Haram'" in done.stderr


def test_check_tells_every_problem_by_line(tmp_path: Path, ours: str) -> None:
    (tmp_path / "bad.toml").write_text(OURS.replace("LBY", "LBX").replace("2022", "2018"), encoding="utf-8")
    (tmp_path / "worse.toml").write_text(OURS.replace("[[actors]]", "[[actors", 1), encoding="utf-8")
    done = run("check", ours, "bad.toml", "worse.toml", "absent.toml")
    assert done.exit_code == 2
    assert done.stdout == "ours.toml: nothing is wrong\n"
    told = done.stderr.splitlines()
    assert told[0] == "casus: bad.toml:8: ours:falcons: since 2019 is after until 2018"
    assert any(line.startswith("casus: worse.toml:3: no TOML") for line in told)
    assert "casus: absent.toml: cannot be read" in told[-1]


def test_check_as_json(tmp_path: Path, ours: str) -> None:
    assert loaded("check", ours) == [{"file": "ours.toml", "problems": []}]
    (tmp_path / "bad.toml").write_text(OURS.replace("LBY", "LBX"), encoding="utf-8")
    done = run("check", "bad.toml", "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout) == [
        {
            "file": "bad.toml",
            "problems": [
                {
                    "file": "bad.toml",
                    "line": 7,
                    "problem": "ours:falcons: 'LBX' is no country; expected ISO 3166-1 alpha-3 codes such as SYR",
                }
            ],
        }
    ]


def test_check_takes_ones_own_table_once(data: Path) -> None:
    run("add", *WARDENS)
    assert run("check", data / "actors.toml").exit_code == 0


def test_ones_own_table_broken_is_one_line_everywhere(data: Path) -> None:
    data.mkdir()
    (data / "actors.toml").write_text('source = "t"\n[[actors]]\nid = "a"\nname = 3\n', encoding="utf-8")
    for args in (("list",), ("show", "x"), ("add", *WARDENS), ("check", str(data / "actors.toml"))):
        done = run(*args)
        assert done.exit_code == 2
        assert f"{data / 'actors.toml'}:4: a: name must be a non-empty text, got 3" in done.stderr
        assert done.stderr.count("\n") == 1


def test_control_characters_are_not_obeyed(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text(OURS.replace("our file 7", "our\\u001b[31m file"), encoding="utf-8")
    done = run("show", "ours:falcons", "--actors", "odd.toml")
    assert "\x1b" not in done.stdout


@pytest.fixture
def registries(monkeypatch: pytest.MonkeyPatch) -> list[Registry | None]:
    """The registries that reports were read with, by a reader that stands in for the pipeline's."""
    seen: list[Registry | None] = []

    def read_report(report: Report, *, registry: Registry | None = None) -> Reading:
        seen.append(registry)
        return Reading(report, "en", False, (), (), (), (), (), (), ())

    monkeypatch.setattr("casus.pipeline.read_report", read_report)
    return seen


@pytest.fixture
def report(tmp_path: Path) -> str:
    (tmp_path / "report.txt").write_text("The derby ended without a goal.", encoding="utf-8")
    return "report.txt"


@pytest.mark.parametrize("command", ["read", "add"])
def test_reports_are_read_with_the_tables_given(
    command: str, ours: str, report: str, registries: list[Registry | None], tmp_path: Path
) -> None:
    run("add", *WARDENS, "--to", "team.toml")
    done = CliRunner().invoke(main, [command, report, "--actors", ours, "--actors", "team.toml"])
    assert done.exit_code == 0, done.stderr
    (registry,) = registries
    assert registry is not None
    assert {"ours:falcons", "own:lake-wardens", "boko-haram"} <= set(registry.entries)
    assert CliRunner().invoke(main, ["read", report]).exit_code == 0
    assert registries[1] is None


@pytest.mark.parametrize("command", ["read", "add"])
def test_a_broken_table_stops_before_anything_is_read(
    command: str, report: str, registries: list[Registry | None], tmp_path: Path
) -> None:
    (tmp_path / "bad.toml").write_text(OURS.replace("LBY", "LBX"), encoding="utf-8")
    done = CliRunner().invoke(main, [command, report, "--actors", "bad.toml"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("casus: bad.toml:7: ours:falcons: 'LBX' is no country")
    assert done.stderr.count("\n") == 1
    assert registries == []
    assert not (tmp_path / "casus.db").exists()

"""`casus add`, `casus events`, `casus show` as they are called, with a reader that needs no model."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casus.cli import main
from casus.errors import LanguageError, ReportError
from casus.records.claim import Speaker
from casus.records.figure import Quantity
from casus.records.reading import Reading
from casus.records.report import Report
from casus.store import Casebook
from generated_readings import made_reading, made_report
from sample_readings import empty, sample, unsure


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own folder to work in, and no casebook but the one there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CASUS_DB", raising=False)
    return tmp_path


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the reports that were read, by a reader that stands in for the pipeline's."""
    read: list[str] = []

    def read_report(report: Report) -> Reading:
        read.append(report.id)
        if "REFUSE" in report.text:
            raise ReportError(f"report {report.id!r} cannot be read")
        return made_reading(report)

    monkeypatch.setattr("casus.pipeline.read_report", read_report)
    return read


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "casus.db"
    with Casebook(file) as book:
        book.add_many([*(made_reading(made_report(n)) for n in range(20)), sample(), empty()])
    return file


@pytest.fixture
def filled(filled_once: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CASUS_DB", str(filled_once))
    return filled_once


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def one_line(result: Result) -> str:
    """The single line of complaint with which a command ended."""
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith("casus: ")
    return lines[0]


def write_reports(path: Path, reports: list[Report]) -> str:
    fields = ("id", "title", "publisher", "published", "url", "text")
    lines = (json.dumps({name: getattr(r, name) for name in fields}) for r in reports)
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


# add


def test_add_reads_each_report_once(place: Path, reader: list[str]) -> None:
    reports = [made_report(n) for n in range(5)]
    file = write_reports(place / "reports.jsonl", reports[:3])
    first = run("add", file)
    assert first.exit_code == 0
    assert first.stdout == "3 reports added with 6 events, 0 already there, 0 could not be read: casus.db\n"
    write_reports(place / "reports.jsonl", reports)
    second = run("add", file)
    assert second.stdout == "2 reports added with 5 events, 3 already there, 0 could not be read: casus.db\n"
    assert reader == [r.id for r in reports]
    with Casebook("casus.db") as book:
        assert [r.id for r in book.reports()] == reader


def test_add_does_not_load_the_pipeline_for_what_is_there(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_reports(place / "reports.jsonl", [made_report(1)])
    with Casebook("casus.db") as book:
        book.add(made_reading(made_report(1)))
    monkeypatch.setitem(sys.modules, "casus.pipeline", None)
    assert "0 reports added with 0 events, 1 already there" in run("add", file).stdout


def test_add_says_what_could_not_be_read_and_goes_on(place: Path, reader: list[str]) -> None:
    reports = [made_report(1), replace(made_report(2), text="REFUSE this"), made_report(3)]
    file = write_reports(place / "reports.jsonl", reports)
    result = run("add", "missing.txt", file)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "casus: missing.txt: no such file or folder",
        "casus: report 'rpt-000002' cannot be read",
    ]
    assert "2 reports added with 6 events, 0 already there, 2 could not be read" in result.stdout


def test_add_goes_on_after_a_reading_that_cannot_be_stored(
    place: Path, reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsound(report: Report) -> Reading:
        reading = made_reading(report)
        return replace(reading, claims=()) if report.id == "rpt-000001" else reading

    monkeypatch.setattr("casus.pipeline.read_report", unsound)
    result = run("add", write_reports(place / "reports.jsonl", [made_report(n) for n in range(3)]))
    assert result.exit_code == 0 and "'rpt-000001' cannot be stored" in result.stderr
    assert "2 reports added with 4 events, 0 already there, 1 could not be read" in result.stdout


def test_names_that_are_no_text(place: Path, reader: list[str]) -> None:
    """Arguments in another encoding reach the program with lone surrogates."""
    file = write_reports(place / "reports.jsonl", [made_report(1)])
    assert "1 report added" in run("add", file, "--db", "caf\udce9.db").stdout
    assert "evt_" in run("events", "--db", "caf\udce9.db").stdout
    assert "lone surrogates" in one_line(run("events", "--db", "caf\udce9.db", "--text", "caf\udce9"))
    assert "lone surrogates" in one_line(run("show", "--db", "caf\udce9.db", "caf\udce9"))
    assert "no country" in one_line(run("events", "--db", "caf\udce9.db", "--country", "caf\udce9"))


def test_add_json(place: Path, reader: list[str]) -> None:
    file = write_reports(place / "reports.jsonl", [made_report(1)])
    assert json.loads(run("add", "--json", "--db", "x.db", "missing.txt", file).stdout) == {
        "casebook": "x.db",
        "added": 1,
        "already": 0,
        "unreadable": 1,
        "events": 2,
        "errors": ["missing.txt: no such file or folder"],
    }


def test_add_with_nothing_to_read_makes_no_casebook(place: Path, reader: list[str]) -> None:
    result = run("add", "missing.txt")
    assert result.exit_code == 2 and "0 reports added" in result.stdout
    assert list(place.iterdir()) == []


def test_add_refuses_another_text_under_an_id(place: Path, reader: list[str]) -> None:
    file = write_reports(place / "a.jsonl", [made_report(1)])
    run("add", file)
    other = write_reports(place / "b.jsonl", [replace(made_report(2), id=made_report(1).id), made_report(3)])
    result = run("add", other)
    assert result.exit_code == 0
    assert "report id 'rpt-000001' is in the casebook with another text" in result.stderr
    assert "1 report added with 4 events, 0 already there, 1 could not be read" in result.stdout


def test_add_rereads_when_told(place: Path, reader: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_reports(place / "a.jsonl", [made_report(1), made_report(2)])
    run("add", file)
    monkeypatch.setattr(
        "casus.pipeline.read_report",
        lambda report: replace(made_reading(report), notes=("new",) * (report.id[-1] == "2")),
    )
    result = run("add", file, "--reread")
    assert "1 report added with 3 events, 1 already there" in result.stdout
    with Casebook("casus.db") as book:
        assert [r.notes for r in book.reports()] == [(), ("new",)]


def test_add_fills_what_reports_do_not_say(place: Path, reader: list[str]) -> None:
    (place / "a.txt").write_text("Nothing happened.", encoding="utf-8")
    run("add", "a.txt", "--published", "2022-06-17", "--publisher", "P", "--title", "T")
    with Casebook("casus.db") as book:
        assert [(r.published, r.publisher, r.title) for r in book.reports()] == [("2022-06-17", "P", "T")]


def test_add_reads_standard_input(place: Path, reader: list[str]) -> None:
    assert "1 report added" in run("add", "-", stdin=b"Nothing happened.").stdout


def test_add_with_an_impossible_date(place: Path, reader: list[str]) -> None:
    assert "2022-02-30" in one_line(run("add", "a.txt", "--published", "2022-02-30"))


def test_add_stops_when_the_casebook_fails(place: Path, reader: list[str]) -> None:
    file = write_reports(place / "a.jsonl", [made_report(n) for n in range(3)])
    (place / "notes.db").write_text("my notes")
    assert "notes.db is no database" in one_line(run("add", file, "--db", "notes.db"))
    assert "is a folder" in one_line(run("add", file, "--db", str(place)))
    assert reader == []


def test_add_tells_what_was_stored_before_it_stopped(
    place: Path, reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(report: Report) -> Reading:
        if report.id == "rpt-000002":
            raise LanguageError("no pipeline")
        return made_reading(report)

    monkeypatch.setattr("casus.pipeline.read_report", broken)
    result = run("add", write_reports(place / "a.jsonl", [made_report(n) for n in range(4)]))
    assert (result.exit_code, result.stderr) == (2, "casus: no pipeline\n")
    assert "2 reports added with 3 events" in result.stdout
    with Casebook("casus.db") as book:
        assert len(book.reports()) == 2


# events


def test_events_as_lines(filled: Path) -> None:
    result = run("events", "--min-killed", "12", "--country", "Kyrgyzstan")
    header, line = result.stdout.splitlines()
    assert header.split() == ["id", "date", "place", "type", "actors", "killed", "injured", "said", "by", "from"]
    assert line.startswith("evt_1  2023-05-05  near Tolmaq, KGZ  Armed clash  Red Valley Front → Military forces of")
    assert "≥42–" not in line and "Valley Courier" in line and "the defence ministry, The Front's spokesman" in line


def test_events_are_all_there_in_order(filled: Path) -> None:
    lines = run("events").stdout.splitlines()[1:]
    with Casebook(filled) as book:
        assert [line.split()[0] for line in lines] == [e.id for e in book.events()]
    newest = [
        json.loads(x)["id"] for x in run("events", "--sort", "newest", "--limit", "3", "--jsonl").stdout.splitlines()
    ]
    with Casebook(filled) as book:
        assert newest == [e.id for e in book.events(sort="newest", limit=3)]


def test_events_json(filled: Path) -> None:
    found = json.loads(run("events", "--json").stdout)
    lines = [json.loads(x) for x in run("events", "--jsonl").stdout.splitlines()]
    assert found == lines and len(found) == 52
    event = next(e for e in found if e["id"] == "evt_1")
    assert event["schema"] == "casus.account/1"
    assert (event["date_start"], event["place"], event["country"]) == ("2023-05-05", "Tolmaq", "KGZ")
    assert event["actor1"] == [{"name": "Red Valley Front", "registry": None, "kind": "rebel group"}]
    assert [(f["low"], f["best"], f["high"], f["speaker"], f["quote"]) for f in event["figures"]] == [
        (12, 12, None, "the defence ministry", "at least 12 soldiers"),
        (30, None, 40, "The Front's spokesman", "between 30 and 40 men"),
    ]
    text = sample().report.text
    assert all(
        text[c["start"] : c["end"]] == c["quote"] for c in [*event["claims"], *event["evidence"], *event["figures"]]
    )
    assert event["report"]["sha256"] == sample().report.sha256


def test_an_account_has_the_fields_of_the_event_contract(filled: Path) -> None:
    """The names that `casus export` will give, so that what reads them needs no change."""
    event = json.loads(run("events", "--limit", "1", "--jsonl").stdout)
    shared = {"id", "event_type", "sub_event_type", "actuality", "date_start", "date_end", "date_precision", "place",
              "country", "admin1", "latitude", "longitude", "place_precision", "actor1", "assoc_actor1", "actor2",
              "assoc_actor2", "figures", "claims", "confidence"}  # fmt: skip
    assert shared <= set(event)
    assert {"outcome", "population", "of", "low", "best", "high"} <= set(event["figures"][0])
    assert {"speaker", "kind", "interest", "stance", "hedge", "quote"} <= set(event["claims"][0])
    assert not {"status", "independent_sources", "lineages"} & set(event), "nothing is fused yet"


def test_events_without_any(place: Path) -> None:
    Casebook("casus.db").close()
    result = run("events")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "casus: nothing to list in casus.db: it holds no events yet\n"
    assert run("events", "--json").stdout == "[\n]\n" and json.loads(run("events", "--json").stdout) == []
    assert run("events", "--jsonl").stdout == ""
    assert run("events", "--count").stdout == "0\n"


def test_events_that_fit_nothing(filled: Path) -> None:
    result = run("events", "--country", "PER")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "none of its 52 events fits these filters" in result.stderr


def test_counting(filled: Path) -> None:
    assert run("events", "--count").stdout == "52\n"
    assert run("events", "--count", "--json").stdout == '{"events": 52}\n'
    assert run("events", "--country", "KGZ", "--count", "--by", "type").stdout.splitlines() == [
        "type                               events",
        "Armed clash                        1",
        "Shelling/artillery/missile attack  1",
    ]
    assert json.loads(run("events", "--country", "KGZ", "--by", "month", "--json").stdout) == [
        {"month": "2023-05", "events": 1},
        {"month": None, "events": 1},
    ]
    assert "unknown" in run("events", "--by", "month").stdout
    total = sum(json.loads(x)["events"] for x in run("events", "--by", "country", "--jsonl").stdout.splitlines())
    assert total == 52


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--since", "2022-02-30"], "'2022-02-30' is no date"),
        (["--until", "soon"], "'soon' is no date"),
        (["--since", "2023", "--until", "2022"], "lies after"),
        (["--country", "Narnia"], "no country 'Narnia'"),
        (["--type", "war"], "no event type 'war'"),
        (["--actor", "..."], "no actor '...'"),
        (["--text", " "], "nothing to look for"),
        (["--min-killed", "-1"], "--min-killed"),
        (["--min-killed", "many"], "many"),
        (["--sort", "size"], "size"),
        (["--by", "colour"], "colour"),
        (["--limit", "0"], "--limit"),
        (["--country", "\x1b[31mred"], "\\x1b[31mred"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"], ["--jsonl"], ["--count"]])
def test_filters_that_make_no_sense(filled: Path, arguments: list[str], problem: str, form: list[str]) -> None:
    result = run("events", *arguments, *form)
    assert result.exit_code == 2 and problem in result.stderr
    assert "\x1b" not in result.stderr and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [["events"], ["show", "evt_1"], ["events", "--count"], ["show", "--json", "evt_1"]])
def test_a_missing_casebook_is_not_made(place: Path, command: list[str]) -> None:
    assert "no casebook casus.db: make one with `casus add`" in one_line(run(*command))
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("command", [["events"], ["show", "evt_1"]])
def test_what_is_no_casebook(place: Path, command: list[str]) -> None:
    (place / "notes.txt").write_text("my notes", encoding="utf-8")
    assert "notes.txt is no database" in one_line(run(*command, "--db", "notes.txt"))
    assert "is a folder" in one_line(run(*command, "--db", str(place)))
    with sqlite3.connect("newer.db") as connection:
        connection.execute("CREATE TABLE casebook (key TEXT, value TEXT)")
        connection.execute("INSERT INTO casebook VALUES ('version', '99')")
    connection.close()
    assert "newer.db was made by a newer Casus" in one_line(run(*command, "--db", "newer.db"))
    assert "secret" not in one_line(run(*command, "--db", "nonsense://me:secret@host/name"))


def test_the_option_wins_over_the_environment(filled: Path, place: Path) -> None:
    assert "no casebook other.db" in one_line(run("events", "--db", "other.db"))


# show


def test_show_an_event(filled: Path) -> None:
    result = run("show", "evt_1")
    assert result.exit_code == 0
    shown = " ".join(result.stdout.split())
    for words in (
        "Armed clash (Battles)",
        "5 May 2023",
        "near Tolmaq (town, KGZ)",
        "by Red Valley Front (rebel group)",
        "Military forces of Kyrgyzstan (state forces, KGZ, kgz-mil)",
        "at least 12 killed (combatants, Military forces of Kyrgyzstan), said by the defence ministry (target side)",
        "30–40 killed (combatants, Red Valley Front), denied by The Front's spokesman (perpetrator side)",
        "said by the defence ministry (target side) [organisation]",
        "The Front's spokesman denied that it had lost between 30 and 40 men.",
        "Army post stormed near Tolmaq",
        "Valley Courier",
        "2023-05-06",
        "https://example.org/1",
        sample().report.sha256,
        "not yet fused",
    ):
        assert words in shown, words


def test_show_how_a_place_was_found(place: Path) -> None:
    with Casebook(place / "casus.db") as book:
        book.add(unsure())
    shown = " ".join(run("show", "evt_1").stdout.split())
    assert "where 12 km south of Tolmaq (town, KGZ) 42.5000, 72.1000 (within 7.6 km)" in shown
    assert "or Tolmaq (Navoiy, UZB) 41%, Tolmaq-on-Sea under 1% (chosen: 52%)" in shown


def test_show_json(filled: Path) -> None:
    listed = next(json.loads(x) for x in run("events", "--jsonl").stdout.splitlines() if '"evt_1"' in x)
    assert json.loads(run("show", "evt_1", "--json").stdout) == listed


def test_show_a_report(filled: Path) -> None:
    shown = run("show", "rpt_sample").stdout
    assert "note: one sentence is cut" in shown and "evt_1" in shown and "evt_2" in shown
    value = json.loads(run("show", "rpt_sample", "--json").stdout)
    assert (value["id"], value["notes"], [e["id"] for e in value["events"]]) == (
        "rpt_sample",
        ["one sentence is cut"],
        ["evt_1", "evt_2"],
    )
    assert "no events" in run("show", "rpt_empty").stdout


def test_show_by_the_beginning(filled: Path) -> None:
    event = made_reading(made_report(3)).events[0].id
    assert event in run("show", event[:13]).stdout
    assert "begins several ids" in one_line(run("show", "evt_"))
    assert "nothing in" in one_line(run("show", "zzz"))
    assert "nothing in" in one_line(run("show", ""))


# Text from outside


ESCAPE = "\x1b]0;owned\x07\x1b[2J"


def hostile() -> Reading:
    """A reading in which all that comes from outside tries to get at the terminal."""
    bad = f"{ESCAPE}[red]x[/red]\u202e\r\nnew"
    reading = sample(title=f"title {bad}")
    speaker = Speaker(f"speaker {bad}", "official", None, f"via {bad}", "none", None)
    event = reading.events[0]
    return replace(
        reading,
        report=replace(reading.report, publisher=f"paper {bad}", url=f"u {bad}", text=reading.report.text + bad),
        notes=(f"note {bad}",),
        actors=tuple(replace(a, name=f"actor {bad}") for a in reading.actors),
        claims=tuple(replace(c, speaker=speaker) for c in reading.claims),
        events=(replace(event, location=replace(event.location, name=f"place {bad}")),),
    )


@pytest.mark.parametrize(
    "command",
    [["events"], ["events", "--by", "actor"], ["show", "evt_1"], ["show", "rpt_sample"], ["events", "--jsonl"]],
)
def test_text_from_outside_cannot_reach_the_terminal(place: Path, command: list[str]) -> None:
    with Casebook("casus.db") as book:
        book.add(hostile())
    shown = run(*command).stdout
    assert not {"\x1b", "\x07", "\r"} & set(shown)
    assert "[red]x[/red]" in shown, "markup is text"
    if "--jsonl" not in command:
        assert "\u202e" not in shown
        assert not any(line.startswith("new") for line in shown.splitlines())


def on_a_terminal(columns: int, *arguments: str) -> str:
    """What the command writes to a terminal so wide."""
    ours, theirs = pytest.importorskip("pty").openpty()
    code = "import sys; from casus.cli import main; main(sys.argv[1:])"
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.wait() == 0
    return shown.decode()


@pytest.mark.parametrize("columns", [80, 160])
def test_a_terminal_gets_colour_and_no_line_too_long(place: Path, columns: int) -> None:
    with Casebook("casus.db") as book:
        book.add_many([hostile(), made_reading(made_report(3))])
    shown = on_a_terminal(columns, "events")
    assert "\x1b[1m" in shown and "\x1b[2J" not in shown and "\x1b]0" not in shown
    plain = "".join(part.partition("m")[2] if i else part for i, part in enumerate(shown.split("\x1b[")))
    assert max(len(line) for line in plain.splitlines()) <= columns
    assert "5 events." in plain and "[red]" in plain


# Names of persons harmed


def victim() -> Reading:
    """The sample with a private person among the killed."""
    reading = sample()
    person = replace(reading.actors[1], name="Tolmaq Friday", kind="person", registry=None)
    figure = replace(reading.figures[0], quantity=Quantity(1, 1, 1))
    return replace(reading, actors=(reading.actors[0], person), figures=(figure, *reading.figures[1:]))


@pytest.mark.parametrize(
    "command",
    [["events", "--json"], ["events", "--jsonl"], ["show", "evt_1", "--json"], ["show", "rpt_sample", "--json"],
     ["events", "--by", "actor", "--json"]],
)  # fmt: skip
def test_persons_harmed_are_not_named_in_what_leaves(place: Path, command: list[str]) -> None:
    with Casebook("casus.db") as book:
        book.add(victim())
    without, named = run(*command).stdout, run(*command, "--with-names").stdout
    assert "Tolmaq Friday" not in without and "Person (name withheld)" in without
    assert "Tolmaq Friday" in named and "withheld" not in named


def test_the_coders_own_view_names_them(place: Path) -> None:
    with Casebook("casus.db") as book:
        book.add(victim())
    for command in (["events"], ["show", "evt_1"], ["events", "--by", "actor"]):
        assert "Tolmaq Friday" in run(*command).stdout


def test_every_command_tells_that_nothing_is_fused() -> None:
    assert "not yet fused" in run("events", "--help").stdout.replace("\n  ", " ")


def test_short_forms(filled: Path) -> None:
    from casus.cli.casebook_view import short_date, short_number
    from casus.records.event import UNDATED, EventDate

    dates: list[tuple[Any, str]] = [
        (("2022-06-16", "2022-06-16"), "2022-06-16"),
        (("2022-02-01", "2022-02-28"), "2022-02"),
        (("2022-01-01", "2022-12-31"), "2022"),
        (("2022-12-01", "2022-12-31"), "2022-12"),
        (("2021-01-01", "2022-12-31"), "2021-01-01..2022-12-31"),
        (("2022-06-10", "2022-06-16"), "2022-06-10..06-16"),
        (("2022-06-10", None), "2022-06-10.."),
        ((None, "2022-06-10"), "..2022-06-10"),
    ]
    for (start, end), words in dates:
        assert short_date(EventDate(start, end, "day", None, None)) == words
    assert short_date(UNDATED) == "?"
    assert short_date(replace(UNDATED, value="XXXX-06-16")) == "XXXX-06-16"
    assert short_date(replace(UNDATED, value="XXXX-XX-XX")) == "?"
    numbers = [((12, 12, 12), "12"), ((12, 12, None), "≥12"), ((None, 30, 30), "≤30"), ((None, 40, None), "~40"),
               ((24, None, 99), "24–99"), ((10, 12, 15), "10–12–15"), ((None, None, None), "?"),
               ((10, 14, None), "~14 (≥10)"), ((None, 14, 20), "~14 (≤20)"), ((1000, 1000, 1000), "1,000")]  # fmt: skip
    assert [short_number(Quantity(*n)) for n, _ in numbers] == [words for _, words in numbers]
    assert short_number(None) == ""

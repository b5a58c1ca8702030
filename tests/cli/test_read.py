"""`casus read` with a stand-in for the pipeline: forms of output, files, errors, pipes, signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path
from types import ModuleType, SimpleNamespace

import jsonschema
import pytest
from click.testing import CliRunner, Result

from casus.cli import main
from casus.errors import LanguageError
from casus.records.reading import Reading
from casus.records.report import Report
from sample_readings import TEXT, sample

STUB = """
import signal, sys, time, types
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
from casus.records.reading import Reading
stub = types.ModuleType("casus.pipeline")
def read_report(report):
    time.sleep({seconds})
    return Reading(report, "en", False, (), (), (), (), (), (), ())
stub.read_report = read_report
sys.modules["casus.pipeline"] = stub
from casus.cli import main
main()
"""


def stand_in(report: Report) -> Reading:
    """The hand-made reading for its text, nothing for any other."""
    if report.text.startswith(TEXT):
        made = sample(report.text)
        return Reading(report, *(getattr(made, name) for name in Reading.__slots__[1:]))
    return Reading(report, "en", False, report.notes, (), (), (), (), (), ())


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    stub = ModuleType("casus.pipeline")
    stub.read_report = stand_in  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "casus.pipeline", stub)
    return SimpleNamespace(module=stub)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(f"---\ntitle: Tolmaq\n---\n{TEXT}", encoding="utf-8")
    (folder / "b.jsonl").write_text('{"id": "b1", "text": "The derby ended."}\nbroken\n', encoding="utf-8")
    return folder


def read(*args: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, args)], input=stdin)


def test_text_is_the_default_and_errors_are_lines_on_stderr(reports: Path) -> None:
    done = read(reports)
    assert done.exit_code == 0
    assert "Tolmaq\n" in done.stdout and "at least 12 killed" in done.stdout and "The derby ended." in done.stdout
    assert done.stderr.startswith(f"casus: {reports / 'b.jsonl'}, line 2: not JSON") and done.stderr.count("\n") == 1


def test_json_of_one_report_is_one_valid_object(reports: Path) -> None:
    done = read(reports / "a.txt", "--format", "json")
    value = json.loads(done.stdout)
    schema = json.loads(files("casus.records").joinpath("reading.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(value)
    assert value["report"]["title"] == "Tolmaq"


@pytest.mark.parametrize("count", [2, 3, 5])
def test_json_of_several_reports_is_an_array(count: int) -> None:
    lines = "\n".join(json.dumps({"text": f"Report {n}."}) for n in range(count))
    values = json.loads(read("-", "--format", "json", stdin=lines).stdout)
    assert [v["report"]["text"] for v in values] == [f"Report {n}." for n in range(count)]


def test_jsonl_has_one_object_a_line(reports: Path) -> None:
    lines = read(reports, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["report"]["text"] for line in lines] == [TEXT, "The derby ended."]


def test_html_is_one_page_for_all(reports: Path) -> None:
    page = read(reports, "--format", "html").stdout
    assert page.startswith("<!doctype html>") and page.count("<section") == 2


def test_the_terminal_gets_no_escapes_from_a_report() -> None:
    done = read("-", "--title", "\x1b]0;x\x07[red]T[/red]", "--color", "never", stdin="\x1b[2JText.")
    assert "\x1b" not in done.stdout and "[red]T[/red]" in done.stdout


def test_colour_on_demand(reports: Path) -> None:
    assert "\x1b[" in read(reports, "--color", "always").stdout
    assert "\x1b[" not in read(reports).stdout


def test_options_reach_the_report() -> None:
    done = read("-", "--published", "2022-06-17", "--publisher", "P", "--format", "json", stdin="Shells fell.")
    report = json.loads(done.stdout)["report"]
    assert (report["published"], report["publisher"]) == ("2022-06-17", "P")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html"])
def test_nothing_read_is_exit_2_and_no_output(form: str, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.write_text("old", encoding="utf-8")
    done = read(tmp_path / "missing.txt", "--format", form, "--output", output)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"casus: {tmp_path / 'missing.txt'}: no such file or folder\n"
    assert output.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_an_impossible_date_is_refused(reports: Path) -> None:
    done = read(reports, "--published", "2022-02-30")
    assert done.exit_code == 2 and "2022-02-30" in done.stderr and done.stderr.count("\n") == 1


def test_a_file_is_written_whole_and_keeps_its_permissions(reports: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("old", encoding="utf-8")
    output.chmod(0o640)
    assert read(reports, "--format", "jsonl", "--output", output).exit_code == 0
    assert len(output.read_bytes().splitlines()) == 2
    assert output.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "reports"]


def test_what_breaks_in_the_middle_leaves_the_old_file(
    reports: Path, tmp_path: Path, pipeline: SimpleNamespace
) -> None:
    def breaks(report: Report) -> Reading:
        if report.id == "b1":
            raise LanguageError("no English pipeline found")
        return stand_in(report)

    pipeline.module.read_report = breaks
    output = tmp_path / "out.jsonl"
    output.write_text("old", encoding="utf-8")
    done = read(reports, "--format", "jsonl", "--output", output)
    assert (done.exit_code, done.stderr) == (2, "casus: no English pipeline found\n")
    assert output.read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "reports"]


@pytest.mark.parametrize("output", ["no/such/folder/x.json", "."])
def test_a_file_that_cannot_be_written_is_one_line(output: str, reports: Path, tmp_path: Path) -> None:
    done = read(reports / "a.txt", "--output", tmp_path / output)
    assert done.exit_code == 2
    assert done.stderr.startswith("casus: cannot write ") and done.stderr.count("\n") == 1


def test_a_link_stays_a_link(reports: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    read(reports / "a.txt", "--format", "json", "--output", link)
    assert link.is_symlink() and json.loads(target.read_text(encoding="utf-8"))


def run(*args: str, seconds: float = 0) -> subprocess.Popen[bytes]:
    """The command in its own process, with a pipeline that takes its time and finds nothing."""
    command = [sys.executable, "-c", STUB.format(seconds=seconds), "read", *args]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )


def test_a_reader_that_stops_early_is_no_error() -> None:
    with run("-", "--format", "jsonl") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(b'{"text": "A."}\n')
        process.stdin.flush()
        assert process.stdout.readline().startswith(b'{"schema"')
        process.stdout.close()
        process.stdin.write(b"".join(b'{"text": "Report %d."}\n' % n for n in range(200)))
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 1


def test_ctrl_c_is_one_line_and_130(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with run("-", "--format", "jsonl", "--output", str(output), seconds=30) as process:
        assert process.stdin and process.stderr
        process.stdin.write(b'{"text": "A."}\n')
        process.stdin.flush()
        deadline = time.monotonic() + 20
        while not list(tmp_path.glob(".out.jsonl.*.part")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        # The line break before it ends the line on which a terminal shows ^C.
        assert process.stderr.read() == b"\ncasus: stopped\n"
        assert process.wait(20) == 130
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_controls_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    done = read(tmp_path / "a\x1b[31m\nb.txt")
    assert done.stderr == f"casus: {tmp_path}/a\\x1b[31m\\x0ab.txt: no such file or folder\n"


@pytest.mark.parametrize(("count", "shown"), [(2, False), (6, True)])
def test_progress_is_shown_on_a_terminal_from_the_fourth_report(count: int, shown: bool, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    lines = "".join(json.dumps({"text": f"Report {n}."}) + "\n" for n in range(count))
    (tmp_path / "r.jsonl").write_text(lines, encoding="utf-8")
    ours, theirs = pty.openpty()
    code = STUB.format(seconds=0.15)
    subprocess.run(
        [sys.executable, "-c", code, "read", str(tmp_path), "--format", "jsonl"],
        stdout=subprocess.DEVNULL, stderr=theirs, check=True, env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 4096):
            seen += piece
    except OSError:  # the other side is closed: all has been read
        pass
    os.close(ours)
    assert (b"reports read" in seen) == shown


def test_output_is_utf8_whatever_the_locale() -> None:
    with run("-", "--format", "json") as process:
        out, error = process.communicate('{"text": "Хасака — Nariño."}'.encode(), timeout=20)
    assert json.loads(out.decode("utf-8"))["report"]["text"] == "Хасака — Nariño."
    assert error == b""


def test_a_fault_of_casus_costs_one_report_only(reports: Path, pipeline: SimpleNamespace) -> None:
    def faulty(report: Report) -> Reading:
        if report.title == "Tolmaq":
            raise IndexError("list index out of range")
        return stand_in(report)

    pipeline.module.read_report = faulty
    done = read(reports)
    assert done.exit_code == 0
    assert "Tolmaq: could not be read, an error inside casus (IndexError: list index out of range)" in done.stderr
    assert "Traceback" not in done.stderr
    assert read(reports / "a.txt").exit_code == 2

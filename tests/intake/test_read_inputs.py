"""Paths, folders, standard input; duplicates."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from casus.errors import DateError, ReportError
from casus.intake import read_inputs
from casus.intake.decode import MAX_TEXT_BYTES
from casus.records.report import Report


def texts(items: Iterable[Report | ReportError]) -> list[str]:
    """Texts of reports and, after "!", messages of errors."""
    return [x.text if isinstance(x, Report) else f"!{x}" for x in items]


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_folder_is_searched_in_order_of_paths(tmp_path: Path) -> None:
    put(tmp_path / "b.txt", "B.")
    put(tmp_path / "a" / "z.jsonl", '{"text": "AZ1."}\n{"text": "AZ2."}\n')
    put(tmp_path / "a" / "c.TXT", "AC.")
    put(tmp_path / "notes.md", "not looked at")
    put(tmp_path / ".hidden.txt", "not looked at")
    put(tmp_path / ".git" / "x.txt", "not looked at")
    assert texts(read_inputs([tmp_path])) == ["AC.", "AZ1.", "AZ2.", "B."]


def test_a_folder_without_reports_says_so(tmp_path: Path) -> None:
    put(tmp_path / "photo.jpg", b"\xff\xd8")
    assert texts(read_inputs([tmp_path])) == [f"!{tmp_path}: no .txt or .jsonl file in this folder"]


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    paths = [
        tmp_path / "missing.txt",
        put(tmp_path / "empty.txt", ""),
        put(tmp_path / "picture.txt", b"\x89PNG\x00\x01"),
        put(tmp_path / "page.html", "<p>Text.</p>"),
        put(tmp_path / "good.txt", "Good."),
    ]
    found = texts(read_inputs(paths))
    assert found[-1] == "Good."
    for message, path, why in zip(
        found, paths, ["no such file", "empty", "binary", "expected .txt or .jsonl"], strict=False
    ):
        assert message.startswith(f"!{path}: ") and why in message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = put(tmp_path / "secret.txt", "Secret.")
    path.chmod(0)
    assert "permission denied" in texts(read_inputs([path]))[0]


def test_ten_megabytes_in_one_line_are_refused_with_the_limit(tmp_path: Path) -> None:
    path = put(tmp_path / "long.txt", b"war " * 2_500_000)
    assert texts(read_inputs([path]))[0].startswith(f"!{path}: longer than 2 MB")


def test_the_limit_counts_the_text_and_not_its_header(tmp_path: Path) -> None:
    header = b"---\ntitle: T\n---\n"
    most, more = (
        put(tmp_path / "a.txt", header + b"x" * MAX_TEXT_BYTES),
        put(tmp_path / "b.txt", b"x" * (MAX_TEXT_BYTES + 1)),
    )
    report, error = read_inputs([most, more])
    assert isinstance(report, Report) and report.title == "T"
    assert "longer than 2 MB" in str(error)


def test_the_same_report_twice_is_read_once(tmp_path: Path) -> None:
    one, two = put(tmp_path / "1.txt", "Same."), put(tmp_path / "2.txt", "Same.")
    assert texts(read_inputs([one, two, one])) == ["Same."]


def test_an_id_with_another_text_is_an_error(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "One."}, {"id": "a", "text": "One."}, {"id": "a", "text": "Two."}, {"text": "Three."}]
    path = put(tmp_path / "r.jsonl", "\n".join(map(json.dumps, rows)))
    one, error, three = texts(read_inputs([path]))
    assert (one, three) == ("One.", "Three.")
    assert "'a'" in error and "another text" in error


def test_options_reach_every_report_that_lacks_them(tmp_path: Path) -> None:
    path = put(tmp_path / "r.jsonl", '{"text": "A."}\n{"text": "B.", "published": "2020-01-01", "publisher": "Own"}\n')
    found = list(read_inputs([path], published="2022-06-17", publisher="P", title="T"))
    assert [(r.published, r.publisher, r.title) for r in found if isinstance(r, Report)] == [
        ("2022-06-17", "P", "T"),
        ("2020-01-01", "Own", "T"),
    ]


def test_an_impossible_date_for_all_is_refused_at_once() -> None:
    with pytest.raises(DateError, match="2022-02-30"):
        read_inputs(["x.txt"], published="2022-02-30")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Shells fell.\nMore fell.\n", ["Shells fell.\nMore fell.\n"]),
        (b"\n\n  Shells fell.", ["\n\n  Shells fell."]),
        (b'\n{"text": "A."}\n{"text": "B."}', ["A.", "B."]),
        (b'{"text": "A."}\nnot json\n{"text": "B."}', ["A.", "!standard input, line 2: ", "B."]),
        (b'\xef\xbb\xbf{"text": "A."}\n', ["A."]),
        (b"---\ntitle: T\n---\nShells.", ["Shells."]),
        (b"[1, 2]", ["[1, 2]"]),
        (b"", ["!standard input: empty"]),
        (b"\n" * 5000, ["!standard input: empty"]),
        (b"x" * (MAX_TEXT_BYTES + 10_000), ["!standard input: longer than 2 MB"]),
    ],
    ids=["text", "blank first", "jsonl", "jsonl broken", "jsonl mark", "header", "json list", "empty", "blank", "long"],
)
def test_standard_input_is_text_or_json_lines(data: bytes, expected: list[str]) -> None:
    found = texts(read_inputs(["-"], stdin=io.BytesIO(data)))
    assert len(found) == len(expected)
    for got, wanted in zip(found, expected, strict=True):
        assert got.startswith(wanted) if wanted.startswith("!") else got == wanted


def test_standard_input_streams_json_lines() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as stdin, os.fdopen(writer, "wb") as out:
        found = read_inputs(["-"], stdin=stdin)
        out.write(b'{"text": "A."}\n')
        out.flush()
        first = next(found)
        assert isinstance(first, Report) and first.text == "A."
        out.write(b'{"text": "B."}\n')
        out.flush()
        second = next(found)
        assert isinstance(second, Report) and second.text == "B."

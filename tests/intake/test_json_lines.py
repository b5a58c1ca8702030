"""JSON Lines: one report a line, broken lines named."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from casus.errors import ReportError
from casus.intake import jsonlines
from casus.intake.decode import MAX_TEXT_BYTES
from casus.intake.metadata import Metadata
from casus.records.report import Report

GOOD = {"id": "r1", "title": "T", "publisher": "P", "published": "2022-06-17", "url": "u", "text": "Shells fell."}


def lines(*items: object) -> bytes:
    return b"\n".join(i if isinstance(i, bytes) else json.dumps(i).encode() for i in items) + b"\n"


def read(data: bytes) -> list[Report | ReportError]:
    return list(jsonlines.read_lines(jsonlines.bounded_lines(io.BytesIO(data)), "wire.jsonl", Metadata()))


def test_a_line_is_a_report() -> None:
    assert read(lines(GOOD)) == [Report("r1", "Shells fell.", "T", "P", "u", "2022-06-17")]


def test_blank_lines_other_fields_and_a_mark_do_no_harm() -> None:
    found = read(b"\xef\xbb\xbf" + lines({**GOOD, "events": [1]}, b"", b"  ", {"text": "More.", "title": None}))
    assert [type(x) for x in found] == [Report, Report]


def test_numbers_as_ids_and_missing_ids() -> None:
    first, second = read(lines({"id": 17, "text": "A."}, {"id": "", "text": "A."}))
    assert isinstance(first, Report) and isinstance(second, Report)
    assert first.id == "17" and second.id.startswith("rpt_")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"text": "cut off', "not JSON"),
        (b"[1]", "expected an object"),
        (b"17", "expected an object"),
        (b'{"title": "no text"}', "text: field required"),
        (b'{"text": null}', "text"),
        (b'{"text": ["a"]}', "text"),
        (b'{"text": "  "}', "empty"),
        (b'{"text": "a\\u0000b"}', "binary"),
        (b'{"text": "a", "published": "2022-02-30"}', "2022-02-30"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b'{"text": ' + b"[" * 100_000, "not JSON"),
        (b'{"text": "a", "id": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"schema": "casus.reading/1", "text": "a"}', "Casus record"),
    ],
    ids=[
        "cut",
        "list",
        "number",
        "no text",
        "null",
        "wrong",
        "empty",
        "nul",
        "date",
        "bytes",
        "deep",
        "long number",
        "own",
    ],
)
def test_a_broken_line_is_named_and_the_rest_is_read(line: bytes, why: str) -> None:
    before, error, after = read(lines(GOOD, line, {"text": "More."}))
    assert isinstance(before, Report) and isinstance(after, Report)
    assert isinstance(error, ReportError)
    assert str(error).startswith("wire.jsonl, line 2: ") and why in str(error)
    assert "\n" not in str(error) and len(str(error)) < 300


def test_a_report_that_is_too_long_is_refused() -> None:
    (error,) = read(lines({"text": "x" * (MAX_TEXT_BYTES + 1)}))
    assert "longer than 2 MB" in str(error)


def test_a_line_too_long_to_hold_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "MAX_LINE_BYTES", 64)
    first, second, third = read(lines({"text": "x" * 400}, {"text": "x" * 48}, {"text": "Short."}))
    assert "line 1: longer than" in str(first)
    assert isinstance(second, Report) and isinstance(third, Report)


@pytest.mark.parametrize("size", [63, 64, 65, 127, 128, 129])
def test_lines_around_the_bound_keep_their_neighbours(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "MAX_LINE_BYTES", 64)
    found = list(jsonlines.bounded_lines(io.BytesIO(b"x" * size + b"\nlast\n")))
    assert len(found) == 2 and found[-1] == b"last\n"


def test_half_of_a_surrogate_pair_is_mended_with_a_note() -> None:
    (report,) = read(b'{"text": "He said \\ud83d.", "title": "\\udc00 T"}')
    assert isinstance(report, Report)
    assert report.text == "He said \ufffd." and "U+FFFD" in report.notes[0]
    assert report.title == "\ufffd T"


def test_the_text_is_kept_to_the_last_space() -> None:
    (report,) = read(lines({"text": "  Shells\r\nfell. \n", "title": " T "}))
    assert isinstance(report, Report)
    assert (report.text, report.title) == ("  Shells\r\nfell. \n", "T")


def test_lines_are_read_as_they_are_asked_for() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b'{"text": "Again."}\n'

    found = jsonlines.read_lines(endless(), "x", Metadata())
    assert isinstance(next(found), Report) and isinstance(next(found), Report)

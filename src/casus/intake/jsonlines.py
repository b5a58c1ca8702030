"""Reports as JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pydantic import ValidationError

from casus.errors import ReportError
from casus.intake.decode import MARKS, MAX_TEXT_BYTES, check_text, too_long
from casus.intake.metadata import Metadata, first_problem, make_report, mend
from casus.records.report import Report

MAX_LINE_BYTES = 8 * MAX_TEXT_BYTES
"""Most bytes of one line: a JSON escape takes six bytes for a character."""

UTF8_MARK = MARKS[0][0]


class Line(Metadata):
    """A report as one JSON object; other fields are ignored."""

    text: str


def read_lines(lines: Iterable[bytes | None], name: str, defaults: Metadata) -> Iterator[Report | ReportError]:
    """The reports of JSON Lines, one at a time, and an error for each broken line.

    `lines` come from `bounded_lines`; `name` is what errors call their file. Blank lines are skipped.
    """
    for number, data in enumerate(lines, start=1):
        if data is not None and not data.strip():
            continue
        try:
            yield parse_line(data, defaults, first=number == 1)
        except ReportError as error:
            yield ReportError(f"{name}, line {number}: {error}")


def bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines of a stream; None for a line that is too long to hold, which is skipped."""
    while line := stream.readline(MAX_LINE_BYTES):
        if len(line) < MAX_LINE_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)
        yield None


def parse_line(data: bytes | None, defaults: Metadata, *, first: bool = False) -> Report:
    """The report of one line; `first` allows a byte order mark before it.

    Raises:
        ReportError: if the line is too long, not UTF-8, not JSON, or holds no report.
    """
    if data is None:
        raise ReportError(too_long())
    given = _object(data.removeprefix(UTF8_MARK) if first else data)
    mended = {key: mend(value) if isinstance(value, str) else value for key, value in given.items()}
    line = _validated(mended)
    check_text(line.text)
    notes = () if mended == given else ("broken escapes in the JSON line: replaced by U+FFFD",)
    return make_report(line.text, line.filled(defaults), notes)


def is_object(data: bytes) -> bool:
    """Whether the bytes are one JSON object."""
    try:
        return isinstance(json.loads(data.removeprefix(UTF8_MARK)), dict)
    except (ValueError, RecursionError):
        return False


def _object(data: bytes) -> dict[str, object]:
    try:
        value = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise ReportError("not UTF-8: JSON Lines must be") from None
    except json.JSONDecodeError as error:
        raise ReportError(f"not JSON: {error.msg[:1].lower()}{error.msg[1:]} at character {error.colno}") from None
    except (ValueError, RecursionError):
        raise ReportError("not JSON that can be read: a number too long or nested too deep") from None
    if not isinstance(value, dict):
        raise ReportError("expected an object with at least a field text")
    if str(value.get("schema", "")).startswith("casus."):
        raise ReportError("this is a Casus record, not a report; give the reports themselves")
    return value


def _validated(value: dict[str, object]) -> Line:
    try:
        return Line.model_validate(value)
    except ValidationError as error:
        raise ReportError(first_problem(error)) from None

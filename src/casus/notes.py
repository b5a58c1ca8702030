"""What a coder should know about a report before trusting its reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casus.records.findings import Findings
from casus.records.report import Report
from casus.records.span import Span

GARBLED = re.compile(r"[.!?][ \t]+[.,;!?](?![.\d])")
"""A sentence end, space, and another mark: words have dropped out ("the elite West. .")."""

MOJIBAKE = re.compile(r"â€|Ã[\x80-\xbf©¨¼¶]|ï¿½|\ufffd")
"""UTF-8 read as another encoding somewhere on the way."""

CUT = re.compile(r"(\.\.\.|…|\[\+?\d+ chars\]|\[…\]|\[\.\.\.\])\s*$")
"""Endings that aggregators leave where they cut a text."""

QUOTED = 60
"""Characters quoted in a note."""


def notes_on(report: Report, findings: Findings, *, month_known: bool = False) -> tuple[str, ...]:
    """Notes in the order: dates, then the text's own damage. Each says what was done about it.

    `month_known`: of the publication date, the month is known and has its own note.
    """
    return (*_on_dates(report, findings, month_known), *_on_text(report.text))


def _on_dates(report: Report, findings: Findings, month_known: bool) -> Iterator[str]:
    if report.published is None and findings.times and not month_known:
        yield "no publication date: dates without a year stay without one"
    seen = dict.fromkeys(f"“{t.span.of(report.text)}”: {t.note}" for t in findings.times if t.note)
    yield from seen


def _on_text(text: str) -> Iterator[str]:
    for span in garbled_spans(text):
        yield f"garbled sentence, words seem to be missing: “…{span.of(text).strip()}”"
    if MOJIBAKE.search(text):
        yield "characters look wrongly decoded somewhere before this text was given (such as â€™ for ’)"
    if CUT.search(text[-40:]):
        yield "the text seems to be cut off at its end"


def garbled_spans(text: str) -> Iterator[Span]:
    """The ends of sentences in which words have dropped out."""
    for match in GARBLED.finditer(text):
        start = max(text.rfind(" ", 0, max(0, match.start() - QUOTED)), 0)
        yield Span(start, match.end())

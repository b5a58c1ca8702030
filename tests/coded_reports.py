"""Forty reports coded by people who did not know the program, and the reading's event for each coded one.

`cases/when_and_where.jsonl` holds our own reports with their events in the gold form of the codebook, coded for when
and where; `cases/who_and_who_says.jsonl` the parties, figures and speakers of the same events, coded by somebody else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casus.pipeline import read
from casus.records.event import Event
from casus.records.reading import Reading
from casus.records.span import Span

CASES = Path(__file__).parent / "cases"

Gold = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """A coded event and the reading's event that tells of it."""

    report: str
    text: str
    gold: Gold
    reading: Reading
    found: Event


@cache
def cases() -> tuple[Gold, ...]:
    """Reports with their coded events."""
    who = {(r["id"], e["id"]): e for r in _lines("who_and_who_says") for e in r["events"]}
    reports = _lines("when_and_where")
    for report in reports:
        report["events"] = [{**event, **who[report["id"], event["id"]]} for event in report["events"]]
    return tuple(reports)


def _lines(name: str) -> list[Gold]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def coded_events() -> int:
    return sum(len(case["events"]) for case in cases())


@cache
def pairs() -> tuple[Pair, ...]:
    return tuple(pair for case in cases() for pair in _pairs(case))


def _pairs(case: Gold) -> Iterator[Pair]:
    """Each coded event with the one reading event whose words it shares most, each reading event once."""
    reading = read(case["text"], published=case["published"], publisher=case["publisher"])
    shared = sorted(
        (
            (_overlap(quoted(case["text"], gold["quote"]), event), -i, -j)
            for i, gold in enumerate(case["events"])
            for j, event in enumerate(reading.events)
        ),
        reverse=True,
    )
    taken: set[tuple[str, int]] = set()
    for amount, i, j in shared:
        if amount and ("gold", i) not in taken and ("event", j) not in taken:
            taken |= {("gold", i), ("event", j)}
            yield Pair(case["id"], case["text"], case["events"][-i], reading, reading.events[-j])


def quoted(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


def _overlap(quote: Span, event: Event) -> int:
    return max(max(0, min(quote.end, s.end) - max(quote.start, s.start)) for s in event.evidence)


def words(name: str | None, without: frozenset[str]) -> set[str]:
    """The words of a name that tell it from another, without marks."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return set(re.findall(r"[a-z0-9]+", plain)) - without


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0

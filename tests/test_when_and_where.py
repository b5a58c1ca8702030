"""Forty reports coded by somebody who did not know the program: is the day right, and the place?

`cases/when_and_where.jsonl` holds our own reports with their events in the gold form of the codebook. The
shares below are floors: what was measured when they were set, a little less; they only rise.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from geographiclib.geodesic import Geodesic

from casus.pipeline import read
from casus.records.event import Event
from casus.records.span import Span

CASES = Path(__file__).parent / "cases" / "when_and_where.jsonl"
FLOORS = {"found": 0.85, "date": 0.72, "place": 0.84, "point": 0.65, "country": 0.95}
"""Least shares: of events found, and of dates, places, points and countries of those found."""

OF_ALL_PLACES = frozenset(("the", "of", "in", "at", "near", "and", "town", "city", "village", "province", "district"))

Gold = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """A coded event and the reading's event that tells of it."""

    report: str
    gold: Gold
    found: Event

    @property
    def same_date(self) -> bool:
        return (self.gold["date_start"], self.gold["date_end"]) == (self.found.date.start, self.found.date.end)

    @property
    def same_place(self) -> bool:
        told, name = _words(self.gold["place"]), _words(self.found.location.name)
        return bool(told) == bool(name) and (told <= name or name <= told)

    @property
    def wrong_year(self) -> bool:
        told, given = self.gold["date_start"], self.found.date.start
        return given is not None and (told is None or told[:4] != given[:4])

    @property
    def kilometres(self) -> float | None:
        """From the coded point to the one found, of the place or of what lies round it; None where there is none."""
        where = self.found.location
        place = where.within if where.latitude is None and where.within is not None else where
        if self.gold["lat"] is None or place.latitude is None or place.longitude is None:
            return None
        line = Geodesic.WGS84.Inverse(self.gold["lat"], self.gold["lon"], place.latitude, place.longitude)
        return float(line["s12"]) / 1000


def _words(name: str | None) -> set[str]:
    """The words that tell a place from another, without marks."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return set(re.findall(r"[a-z0-9]+", plain)) - OF_ALL_PLACES


def cases() -> list[Gold]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return [pair for case in cases() for pair in _pairs(case)]


def _pairs(case: Gold) -> Iterator[Pair]:
    """Each coded event with the one reading event whose words it shares most, each reading event once."""
    reading = read(case["text"], published=case["published"], publisher=case["publisher"])
    shared = sorted(
        (
            (_overlap(_quote(case["text"], gold), event), -i, -j)
            for i, gold in enumerate(case["events"])
            for j, event in enumerate(reading.events)
        ),
        reverse=True,
    )
    taken: set[tuple[str, int]] = set()
    for amount, i, j in shared:
        if amount and ("gold", i) not in taken and ("event", j) not in taken:
            taken |= {("gold", i), ("event", j)}
            yield Pair(case["id"], case["events"][-i], reading.events[-j])


def _quote(text: str, gold: Gold) -> Span:
    start = text.index(gold["quote"])
    return Span(start, start + len(gold["quote"]))


def _overlap(quote: Span, event: Event) -> int:
    return max(max(0, min(quote.end, s.end) - max(quote.start, s.start)) for s in event.evidence)


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def test_most_events_are_found(pairs: list[Pair]) -> None:
    assert share(len(pairs), sum(len(c["events"]) for c in cases())) >= FLOORS["found"]


def test_dates_are_right(pairs: list[Pair]) -> None:
    assert share(sum(p.same_date for p in pairs), len(pairs)) >= FLOORS["date"]


def test_no_year_is_wrong_or_invented(pairs: list[Pair]) -> None:
    assert [(p.report, p.gold["quote"], p.found.date.start) for p in pairs if p.wrong_year] == []


def test_places_are_right(pairs: list[Pair]) -> None:
    assert share(sum(p.same_place for p in pairs), len(pairs)) >= FLOORS["place"]


def test_points_are_near(pairs: list[Pair]) -> None:
    told = [p for p in pairs if p.gold["lat"] is not None]
    near = [p for p in told if p.kilometres is not None and p.kilometres <= p.gold["km"]]
    assert share(len(near), len(told)) >= FLOORS["point"]


def test_countries_are_right(pairs: list[Pair]) -> None:
    told = [p for p in pairs if p.gold["country"]]
    assert share(sum(p.gold["country"] == p.found.location.country for p in told), len(told)) >= FLOORS["country"]

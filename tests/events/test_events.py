"""The table `tests/cases/events.toml`: sentences with the events a coder would take from them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from casus.events.actuality import modality_of
from casus.language import load_parser
from casus.pipeline import read
from casus.records.claim import Claim
from casus.records.event import EVENT_TYPE, Event, Role
from casus.records.reading import Reading

PUBLISHED = "2024-05-15"
"""A Wednesday."""

TABLES = tomllib.loads((Path(__file__).parents[1] / "cases" / "events.toml").read_text(encoding="utf-8"))

SIDES: dict[str, Role] = {
    "agent": "actor1",
    "patient": "actor2",
    "with_agent": "assoc_actor1",
    "with_patient": "assoc_actor2",
}


@cache
def reading_of(text: str) -> Reading:
    return read(text, published=PUBLISHED)


def marked(rows: list[dict[str, Any]]) -> Iterator[Any]:
    """One parameter a row; a row with `weakness` is a known fault, and must fail."""
    for row in rows:
        fault = row.get("weakness")
        marks = [pytest.mark.xfail(strict=True, reason=fault, raises=AssertionError)] if fault else []
        yield pytest.param(row, id=row["id"], marks=marks)


def party_words(reading: Reading, event: Event, role: Role) -> str:
    """The words of the text and the names of the actors that fill a role, in one string."""
    names = {a.id: a.name for a in reading.actors}
    found = [p for p in event.participants if p.role == role]
    return " | ".join(f"{names[p.actor]}: {p.span.of(reading.report.text) if p.span else ''}" for p in found)


def figure_words(reading: Reading, event: Event) -> list[str]:
    """Figures as "killed 12/12/-", sorted: outcome, low, best, high."""
    found = []
    for figure in (f for f in reading.figures if f.event == event.id):
        numbers = (figure.quantity.low, figure.quantity.best, figure.quantity.high)
        found.append(f"{figure.outcome} {'/'.join('-' if n is None else str(n) for n in numbers)}")
    return sorted(found)


def claims_on(reading: Reading, event: Event) -> list[Claim]:
    ids = set(event.claims) | {f.claim for f in reading.figures if f.event == event.id}
    return [c for c in reading.claims if c.id in ids]


def check(reading: Reading, event: Event, expected: dict[str, Any]) -> None:
    """Everything that a row says of an event."""
    for key, role in SIDES.items():
        if key in expected:
            words = party_words(reading, event, role)
            assert expected[key] in words if expected[key] else words == "", f"{key} is {words!r}"
    plain = {
        "type": event.sub_event_type,
        "actuality": event.actuality,
        "background": event.background,
        "date": [event.date.start, event.date.end],
        "precision": event.date.precision,
        "value": event.date.value,
        "place": event.location.name,
        "country": event.location.country,
        "near": event.location.near,
        "figures": figure_words(reading, event),
    }
    wanted = {key: expected[key] for key in plain if key in expected}
    if "date" in wanted:
        wanted["date"] = [day or None for day in wanted["date"]]
    wanted = {key: (value if value != "" else None) for key, value in wanted.items()}
    assert {key: plain[key] for key in wanted} == wanted
    for said in expected.get("claims", ()):
        found = [f"{c.speaker.name}: {c.stance}" for c in claims_on(reading, event)]
        assert said in found


def test_rows_are_named_once_and_give_a_reason() -> None:
    rows = [row for table in TABLES.values() for row in table]
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    assert all(row["why"] for row in rows)
    assert {row["type"] for row in TABLES["case"]} <= set(EVENT_TYPE)


def test_every_type_of_the_codebook_is_in_the_table() -> None:
    assert {row["type"] for row in TABLES["case"]} >= set(EVENT_TYPE) - {"Headquarters or base established", "Other"}


@pytest.mark.parametrize("case", marked(TABLES["case"]))
def test_one_event(case: dict[str, Any]) -> None:
    reading = reading_of(case["text"])
    assert [e.sub_event_type for e in reading.events].count(case["type"]) == 1
    assert len(reading.events) == case.get("events", 1)
    check(reading, next(e for e in reading.events if e.sub_event_type == case["type"]), case)


@pytest.mark.parametrize("case", marked(TABLES["several"]))
def test_several_events(case: dict[str, Any]) -> None:
    reading = reading_of(case["text"])
    assert len(reading.events) == len(case["event"])
    for event, expected in zip(reading.events, case["event"], strict=True):
        check(reading, event, expected)


@pytest.mark.parametrize("case", marked(TABLES["nothing"]))
def test_no_event(case: dict[str, Any]) -> None:
    reading = reading_of(case["text"])
    assert reading.events == ()
    assert not reading.relevant


@pytest.mark.parametrize("case", marked(TABLES["actuality"]))
def test_actuality(case: dict[str, Any]) -> None:
    parse = load_parser().parse(case["text"])
    token = next(t for t in parse.tokens if t.text == case["word"])
    assert modality_of(parse, token).actuality == case["expected"]

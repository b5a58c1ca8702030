"""Whole reports through the real pipeline: the laws of a reading, and facts nobody should miss."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from casus.records.contract import from_contract, to_contract
from casus.records.event import Event
from casus.records.figure import Figure
from casus.records.reading import Reading
from told_reports import spans

CASES = tomllib.loads((Path(__file__).parent / "cases" / "examples.toml").read_text(encoding="utf-8"))
Readings = Mapping[str, Reading]


@pytest.fixture(scope="module")
def contracts(readings: Readings) -> Mapping[str, dict[str, Any]]:
    return {key: to_contract(reading) for key, reading in readings.items()}


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(files("casus.records").joinpath("reading.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_all_examples_are_read(readings: Readings, root: Path) -> None:
    lines = (root / "examples" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(readings) == len(list((root / "examples").glob("*.txt"))) + len(lines)


def test_every_reading_fits_the_schema(
    contracts: Mapping[str, dict[str, Any]], validator: jsonschema.Draft202012Validator
) -> None:
    problems = {key: [e.message for e in validator.iter_errors(value)] for key, value in contracts.items()}
    assert {key: found for key, found in problems.items() if found} == {}


def test_every_reading_survives_json(readings: Readings, contracts: Mapping[str, dict[str, Any]]) -> None:
    for key, contract in contracts.items():
        again = from_contract(json.loads(json.dumps(contract)))
        assert to_contract(again) == contract
        assert again.events == readings[key].events


def test_every_span_lies_in_the_text(contracts: Mapping[str, dict[str, Any]]) -> None:
    for contract in contracts.values():
        text = contract["report"]["text"]
        for start, end in spans(contract):
            assert 0 <= start < end <= len(text)
            words = text[start:end]
            assert words == words.strip(), f"a span with loose white space: {words!r}"


def test_every_word_kept_is_a_word_of_the_text(readings: Readings) -> None:
    for reading in readings.values():
        text = reading.report.text
        for place in reading.places:
            assert place.name in text
        for event in reading.events:
            if event.location.name is not None:
                assert event.location.span is not None
                assert event.location.name in text
            if event.date.start is not None:
                assert event.date.span is not None or event.date.precision == "week"


def test_every_id_resolves(contracts: Mapping[str, dict[str, Any]]) -> None:
    for contract in contracts.values():
        ids = {kind: [x["id"] for x in contract[kind]] for kind in ("actors", "events", "figures", "claims")}
        for found in ids.values():
            assert len(found) == len(set(found))
        actors, events, figures, claims = (set(ids[k]) for k in ("actors", "events", "figures", "claims"))
        for event in contract["events"]:
            assert {p["actor"] for p in event["participants"]} <= actors
            assert set(event["figures"]) <= figures and set(event["claims"]) <= claims
        for figure in contract["figures"]:
            assert {figure["event"]} - {None} <= events and {figure["actor"]} - {None} <= actors
            assert figure["claim"] in claims and {figure["part_of"]} - {None} <= figures - {figure["id"]}
        for claim in contract["claims"]:
            assert {claim["speaker"]["actor"]} - {None} <= actors
        for actor in contract["actors"]:
            assert {actor["member_of"]} - {None} <= actors - {actor["id"]}


def test_events_and_figures_point_at_each_other(readings: Readings) -> None:
    for reading in readings.values():
        of_events = {(event.id, figure) for event in reading.events for figure in event.figures}
        of_figures = {(figure.event, figure.id) for figure in reading.figures if figure.event is not None}
        assert of_events == of_figures


def test_every_figure_is_a_range(readings: Readings) -> None:
    for figure in (f for reading in readings.values() for f in reading.figures):
        numbers = [n for n in (figure.quantity.low, figure.quantity.best, figure.quantity.high) if n is not None]
        assert numbers == sorted(numbers)


def test_every_event_is_evidenced_and_dated_in_order(readings: Readings) -> None:
    for reading in readings.values():
        for event in reading.events:
            assert event.evidence and event.claims
            assert 0 <= event.confidence <= 1
            if event.date.start and event.date.end:
                assert event.date.start <= event.date.end


def test_reading_twice_gives_the_same(readings: Readings) -> None:
    from casus.pipeline import read_report

    for reading in sorted(readings.values(), key=lambda r: r.report.id)[:3]:
        assert read_report(reading.report) == reading


def test_football_is_no_war(readings: Readings) -> None:
    match = by_title(readings, "Late strike sinks Express as Villa survive the siege")
    assert match.events == ()
    assert not match.relevant


def test_no_year_is_invented(readings: Readings) -> None:
    note = by_title(readings, "Note for the file: shelling of the market street")
    assert note.report.published is None
    assert all(event.date.start is None for event in note.events)
    assert all(time.start is None for time in note.times)
    assert any("date" in text or "year" in text for text in note.notes)


def by_title(readings: Readings, title: str) -> Reading:
    found = [reading for reading in readings.values() if reading.report.title == title]
    assert len(found) == 1, title
    return found[0]


def names_in_role(reading: Reading, event: Event, role: str) -> set[str]:
    names = {actor.id: actor.name for actor in reading.actors}
    return {names[p.actor] for p in event.participants if p.role == role}


def matches_figure(reading: Reading, figure: Figure, wanted: Mapping[str, Any]) -> bool:
    claims = {claim.id: claim for claim in reading.claims}
    seen = {
        "outcome": figure.outcome,
        "low": figure.quantity.low,
        "best": figure.quantity.best,
        "high": figure.quantity.high,
    }
    speaker = wanted.get("speaker", "").lower()
    said = claims[figure.claim].speaker.name.lower()
    return all(seen[k] == v for k, v in wanted.items() if k != "speaker") and speaker in said


def matches(reading: Reading, event: Event, case: Mapping[str, Any]) -> bool:
    """Whether an event has all that a case asks for; what a case leaves out is free."""
    figures = [f for f in reading.figures if f.event == event.id]
    return (
        event.sub_event_type in case.get("types", [event.sub_event_type])
        and event.actuality == case.get("actuality", "actual")
        and event.date.start == case.get("start", event.date.start)
        and event.location.country == case.get("country", event.location.country)
        and case.get("place", "") in (event.location.name or "")
        and all(set(names) <= names_in_role(reading, event, role) for role, names in case.get("roles", {}).items())
        and all(any(matches_figure(reading, f, wanted) for f in figures) for wanted in case.get("figures", []))
    )


@pytest.mark.parametrize("case", CASES["case"], ids=lambda c: c["id"])
def test_a_fact_nobody_should_miss(case: Mapping[str, Any], readings: Readings) -> None:
    reading = by_title(readings, case["report"])
    assert any(matches(reading, event, case) for event in reading.events), case["reason"]

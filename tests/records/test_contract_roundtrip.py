"""The contract: out and in again is the same, and broken contracts are refused."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings

from casus.records.contract import from_contract, to_contract
from casus.records.reading import Reading
from sample_readings import empty, readings, sample, unsure, with_a_wish


@given(readings())
@settings(max_examples=40)
def test_any_reading_survives_json(reading: Reading) -> None:
    text = json.dumps(to_contract(reading))
    assert from_contract(json.loads(text)) == reading


@pytest.mark.parametrize("reading", [sample(), empty()], ids=["full", "empty"])
def test_quoted_words_are_where_the_contract_says(reading: Reading) -> None:
    contract = to_contract(reading)
    for figure, record in zip(contract["figures"], reading.figures, strict=True):
        span = figure["span"]
        assert contract["report"]["text"][span["start"] : span["end"]] == record.span.of(reading.report.text)


@pytest.mark.parametrize(
    "path", [("report", "text"), ("events", 0, "date"), ("figures", 0, "span"), ("claims", 0, "speaker")]
)
def test_a_contract_with_a_field_missing_is_refused(path: tuple[str | int, ...]) -> None:
    broken = copy.deepcopy(to_contract(sample()))
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_contract(broken)


NEW_IN_PLACES = ("relation", "uncertainty_km", "score")


def test_readings_of_earlier_versions_still_load() -> None:
    old = to_contract(sample())
    for event in old["events"]:
        for field in (*NEW_IN_PLACES, "candidates"):
            del event["location"][field]
    for place in old["mentions"]["places"]:
        for field in NEW_IN_PLACES:
            del place[field]
    assert from_contract(old) == sample()


def test_readings_from_before_attitudes_still_load() -> None:
    old = to_contract(sample())
    assert old.pop("attitudes") == []
    assert from_contract(old) == sample()


def test_attitudes_are_in_the_contract_with_their_spans() -> None:
    contract = to_contract(with_a_wish())
    (wish,) = contract["attitudes"]
    text = contract["report"]["text"]
    assert [text[wish[k]["start"] : wish[k]["end"]] for k in ("cue", "content")] == [
        "wants",
        "the post moved out of the town",
    ]
    assert wish["speaker"]["name"] == "The mayor of Tolmaq" and list(wish) == ["id", "speaker", "cue", "content"]
    assert from_contract(json.loads(json.dumps(contract))) == with_a_wish()


@pytest.mark.parametrize("field", ["speaker", "cue", "content", "id"])
def test_an_attitude_with_a_field_missing_is_refused(field: str) -> None:
    broken = to_contract(with_a_wish())
    del broken["attitudes"][0][field]
    with pytest.raises((KeyError, TypeError)):
        from_contract(broken)


def test_relation_and_readings_of_a_place_are_in_the_contract() -> None:
    location = to_contract(unsure())["events"][0]["location"]
    assert location["relation"]["distance_km"] == 12.0 and location["relation"]["bearing"] == 180.0
    assert location["uncertainty_km"] == 7.64 and location["score"] == 0.52
    assert [c["country"] for c in location["candidates"]] == ["UZB", None]
    assert from_contract(json.loads(json.dumps(to_contract(unsure())))) == unsure()


def test_a_relation_that_misses_its_words_is_refused() -> None:
    broken = to_contract(unsure())
    del broken["events"][0]["location"]["relation"]["words"]
    with pytest.raises(TypeError):
        from_contract(broken)


def test_a_reversed_span_is_refused() -> None:
    broken = copy.deepcopy(to_contract(sample()))
    broken["figures"][0]["span"] = {"start": 9, "end": 3}
    with pytest.raises(ValueError, match="0 <= start < end"):
        from_contract(broken)

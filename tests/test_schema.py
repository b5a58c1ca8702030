"""What Casus writes is valid against the published schemas, which ship with it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from casus.records.contract import SCHEMA, to_contract
from casus.records.reading import Reading
from sample_readings import empty, readings, sample, unsure, with_a_wish


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("casus.records").joinpath(name).read_text(encoding="utf-8"))
    return loaded


VALIDATOR = jsonschema.Draft202012Validator(schema("reading.schema.json"), format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", ["reading.schema.json", "event.schema.json"])
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize(
    "reading", [sample(), empty(), unsure(), with_a_wish()], ids=["full", "empty", "unsure place", "wish"]
)
def test_readings_are_valid(reading: Reading) -> None:
    VALIDATOR.validate(to_contract(reading))


@given(readings())
@settings(max_examples=40)
def test_any_reading_is_valid(reading: Reading) -> None:
    VALIDATOR.validate(to_contract(reading))


def test_readings_without_attitudes_are_valid() -> None:
    """The property came later: what earlier versions wrote holds by the schema of today."""
    contract = to_contract(sample())
    del contract["attitudes"]
    VALIDATOR.validate(contract)


@pytest.mark.parametrize("field", ["speaker", "cue", "content", "id"])
def test_the_schema_refuses_attitudes_that_miss_a_part(field: str) -> None:
    contract = to_contract(with_a_wish())
    contract["attitudes"][0][field] = None
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(contract)


def test_the_schema_is_strict_enough_to_refuse() -> None:
    contract = to_contract(sample())
    contract["events"][0]["sub_event_type"] = "Skirmish"
    with pytest.raises(jsonschema.ValidationError, match="Skirmish"):
        VALIDATOR.validate(contract)


@pytest.mark.parametrize(("field", "value"), [("bearing", 360), ("distance_km", -1), ("kind", "beside")])
def test_the_schema_refuses_relations_that_are_none(field: str, value: object) -> None:
    contract = to_contract(unsure())
    contract["events"][0]["location"]["relation"][field] = value
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(contract)


def test_the_name_of_the_contract_is_the_schemas() -> None:
    assert schema("reading.schema.json")["properties"]["schema"]["const"] == SCHEMA

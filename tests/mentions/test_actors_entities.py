"""The form in which the entities of a text are measured: spans, types and relations."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = str(Path(__file__).resolve().parents[2] / "scripts")
TEXT = (
    "Foreign Minister Ada Orlen met Tomas Brand, the commander of the Hill Liberation Front (HLF), in Nairobi on 5 May "
    "2021. We fled from the village, said a baker, after HLF fighters attacked Kenyan troops with two rockets near the "
    "old bridge."
)


def entities(text: str) -> dict[str, Any]:
    if SCRIPTS not in sys.path:
        sys.path.append(SCRIPTS)
    found: dict[str, Any] = importlib.import_module("quality_entities").entities({"id": "t", "text": text})
    return found


@pytest.fixture(scope="module")
def line() -> dict[str, Any]:
    return entities(TEXT)


def typed(line: dict[str, Any]) -> dict[str, str]:
    return {TEXT[e["start"] : e["end"]]: e["type"] for e in line["entities"]}


def test_spans_lie_in_the_text_and_are_found_once(line: dict[str, Any]) -> None:
    spans = [(e["start"], e["end"], e["type"]) for e in line["entities"]]
    assert len(set(spans)) == len(spans) and spans == sorted(spans, key=lambda s: (s[0], -s[1]))
    assert all(0 <= start < end <= len(TEXT) for start, end, _ in spans)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Foreign Minister Ada Orlen", "Person"),
        ("Tomas Brand", "Person"),
        ("Nairobi", "Location"),
        ("5 May 2021", "Temporal"),
        ("We", "Organisation"),
        ("the village", "Location"),
        ("a baker", "Person"),
        ("HLF fighters", "Organisation"),
        ("Kenyan troops", "Organisation"),
        ("rockets", "Weapon"),
        ("the old bridge", "Location"),
    ],
)
def test_types(line: dict[str, Any], words: str, kind: str) -> None:
    assert typed(line).get(words) == kind, typed(line)


def test_other_names_and_offices_are_the_same(line: dict[str, Any]) -> None:
    words = {
        (TEXT[r["source"]["start"] : r["source"]["end"]], TEXT[r["target"]["start"] : r["target"]["end"]])
        for r in line["relations"]
        if r["type"] == "Is the same as"
    }
    assert any("Hill Liberation Front" in a and b == "HLF" for a, b in words), words
    assert any(a == "Tomas Brand" and b.startswith("the commander") for a, b in words), words


@pytest.mark.parametrize("text", ["", " ", "()", "the", "\u0000", "12"])
def test_next_to_nothing(text: str) -> None:
    found = entities(text)
    assert found["id"] == "t" and isinstance(found["entities"], list)

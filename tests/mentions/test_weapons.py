"""Words for weapons, under one name each."""

from __future__ import annotations

import pytest

from casus.language import load_parser
from casus.mentions.weapons import find_weapons


def weapons(text: str) -> list[tuple[str, str]]:
    return [(w.span.of(text), w.name) for w in find_weapons(load_parser().parse(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Men with AK-47s fired on the bus.", [("AK-47s", "rifle")]),
        ("Raiders armed with machetes came at dawn.", [("machetes", "machete")]),
        ("A suicide car bomb hit the gate.", [("suicide car bomb", "suicide vehicle")]),
        ("A car bomb hit the gate.", [("car bomb", "car bomb")]),
        ("He wore a suicide vest.", [("suicide vest", "suicide vest")]),
        ("A roadside bomb wounded two.", [("roadside bomb", "improvised explosive device")]),
        ("An IED wounded two.", [("IED", "improvised explosive device")]),
        ("They fired rocket-propelled grenades at it.", [("rocket-propelled grenades", "rocket-propelled grenade")]),
        ("Helicopters dropped barrel bombs.", [("barrel bombs", "barrel bomb")]),
        ("Air strikes hit the depot.", [("Air strikes", "airstrike munition")]),
        ("A drone and two missiles hit the depot.", [("drone", "drone"), ("missiles", "missile")]),
        ("Police fired tear gas at them.", [("tear gas", "tear gas")]),
        ("The knives lay on the floor.", [("knives", "knife")]),
    ],
)
def test_weapons_have_one_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert weapons(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mine workers downed tools.",
        "A think tank published a report.",
        "He sticks to the plan.",
        "The coal mine has closed.",
        "The rock band played on.",
    ],
)
def test_words_that_only_look_like_weapons_are_left_out(text: str) -> None:
    assert weapons(text) == []


def test_no_text_no_weapons() -> None:
    assert weapons("") == []

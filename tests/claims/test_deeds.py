"""Words that are views in talk and deeds in war: the same verb, told apart by who does it and to what."""

from __future__ import annotations

import pytest

from casus.claims.attitudes import find_attitudes
from casus.claims.attribution import find_claims
from casus.language import load_parser
from casus.records.actor import Actor, ActorKind
from casus.records.span import Span


def held(text: str, *actors: Actor) -> list[str]:
    """The words for the attitudes in a text."""
    parse = load_parser().parse(text)
    return [a.cue.of(text) for a in find_attitudes(parse, actors, find_claims(parse, actors))]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels attacked Belo.",
        "Gunmen attacked the mayor.",
        "The army attacked the rebels.",
        "They attacked the checkpoint.",
        "Raiders attacked dozens of villages.",
        "The regime attacked the whole of the valley.",
        "Iran attacked Iraq.",
        "The strike followed the militia's attack on the camp.",
        "The rebels' attack on the convoy killed two.",
        "The militia backed the troops.",
        "Tribal fighters supported the advance on the dam.",
        "The bloc supported the fighters with airstrikes.",
        "The bloc supported the fighters with arms supplies.",
        "Troops resisted the assault.",
        "Fighters defended the hill.",
        "Residents defended the village.",
        "Soldiers defended their commander.",
    ],
)
def test_deeds_are_no_attitudes(text: str) -> None:
    assert held(text) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ann Bell attacked Carl Rudd.", "attacked"),
        ("The senator attacked the army.", "attacked"),
        ("The senator attacked the plan.", "attacked"),
        ("The rebels attacked the mayor's plan.", "attacked"),
        ("Ann Bell attacked the camp of her rival.", "attacked"),
        ("Critics attacked the governor over the dam.", "attacked"),
        ("The strike followed Ann Bell's attack on the report.", "attack"),
        ("The army supports the truce.", "supports"),
        ("The premier supports the fighters.", "supports"),
        ("The union backs the president.", "backs"),
        ("The union resists the law.", "resists"),
        ("The minister defended the offensive.", "defended"),
        ("The army defended its raid.", "defended"),
        ("The army defended its decision.", "defended"),
    ],
)
def test_views_are_attitudes(text: str, cue: str) -> None:
    assert held(text) == [cue]


@pytest.mark.parametrize(("kind", "expected"), [("rebel group", []), ("organisation", ["attacked"])])
def test_an_actor_known_to_bear_arms_does_deeds(kind: ActorKind, expected: list[str]) -> None:
    text = "The Front attacked Dorin Vale."
    assert held(text, Actor("a1", "The Front", kind, None, None, None, (Span(0, 9),))) == expected

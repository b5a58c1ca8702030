"""Who is who in a text: other names, both sides, persons and their bodies, the first person."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from casus.knowledge.registry import load_registry
from casus.language import load_parser
from casus.mentions.actors import actor_at, find_actors
from casus.mentions.actors_aliases import name_at, other_names
from casus.records.actor import Actor
from casus.records.mention import PlaceMention
from casus.records.span import Span

TABLE = Path(__file__).parent.parent / "cases" / "actors_links.toml"
CASES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def read(case: dict[str, Any]) -> tuple[Actor, ...]:
    places: tuple[PlaceMention, ...] = ()
    if "place" in case:
        span = span_of(case["text"], case["place"])
        places = (PlaceMention(span, case["place"], case["country"], None, None, None, None, "town"),)
    return find_actors(load_parser().parse(case["text"]), places, load_registry())


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_case(case: dict[str, Any]) -> None:
    actors = read(case)
    by_name = {a.name: a for a in actors}
    by_id = {a.id: a for a in actors}
    for expected in case.get("expect", ()):
        actor = by_name[expected["name"]]
        span = span_of(case["text"], expected["mention"])
        assert any(m.overlaps(span) for m in actor.mentions), case["reason"]
        assert not expected.get("whole") or span in actor.mentions
        assert actor.kind == expected.get("kind", actor.kind)
        if "member_of" in expected:
            assert actor.member_of is not None and by_id[actor.member_of].name == expected["member_of"]
    assert not set(by_name) & set(case.get("absent", ())), case["reason"]
    for words in case.get("not_mentioned", ()):
        assert actor_at(actors, span_of(case["text"], words)) is None, case["reason"]
    for wrong in case.get("not_named", ()):
        span = span_of(case["text"], wrong["mention"])
        assert not any(m.overlaps(span) for m in by_name[wrong["name"]].mentions), case["reason"]
    assert all(by_name[name].member_of is None for name in case.get("no_body", ())), case["reason"]


def test_table_ids_are_unique() -> None:
    assert len({c["id"] for c in CASES}) == len(CASES)


OTHER_NAMES = [
    ("the Hill Front (HF) said", "Hill Front", ["HF"]),
    ("the Hill Front (\u201cHF\u201d) said", "Hill Front", ["HF"]),
    ("Orvik (also known as the Grey Town) fell", "Orvik", ["Grey Town"]),
    ("Hill Front, now called New Hill Front, left", "Hill Front", ["New Hill Front"]),
    ("Hill Front (HF), formerly the Quarry League, left", "Hill Front", ["HF", "Quarry League"]),
    ("Hill Front (Arabic: \u062c\u0628\u0647\u0629), also known as the Hillmen, left", "Hill Front", ["Hillmen"]),
    ("Hill Front (Somalia) left", "Hill Front", []),
    ("the Hill Front called Ankara on Monday", "Hill Front", []),
    ("the Hill Front and the Quarry League left", "Hill Front", []),
    ("Hill Front (", "Hill Front", []),
    ("Hill Front, also known as ", "Hill Front", []),
]


@pytest.mark.parametrize(("text", "name", "others"), OTHER_NAMES)
def test_other_names(text: str, name: str, others: list[str]) -> None:
    assert [s.of(text) for s in other_names(text, span_of(text, name))] == others


def test_a_name_ends_where_its_capitals_end() -> None:
    text = "League of the Grey Hills left"
    found = name_at(text, 0)
    assert found is not None and found.of(text) == "League of the Grey Hills"
    assert name_at("left at noon", 0) is None


def test_namesakes_by_the_country_of_their_sentence() -> None:
    """The same short name is of two armies: the country of the report decides which."""
    read_in = {}
    for country, place in (("SDN", "Nyala"), ("LBN", "Tyre")):
        text = f"The SLA attacked a post near {place}."
        actors = read({"text": text, "place": place, "country": country})
        found = actor_at(actors, span_of(text, "The SLA"))
        read_in[country] = found.name if found else None
    assert len({*read_in.values(), None}) == 3, read_in

"""Who is found in a sentence, and the laws of mentions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.knowledge.registry import load_registry
from casus.language import load_parser
from casus.mentions.actors import actor_at, find_actors
from casus.records.actor import Actor
from casus.records.mention import PlaceMention
from casus.records.span import Span

TABLE = Path(__file__).parent.parent / "cases" / "actors.toml"
CASES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]


def places_of(case: dict[str, Any]) -> tuple[PlaceMention, ...]:
    if "place" not in case:
        return ()
    start = case["text"].index(case["place"])
    span = Span(start, start + len(case["place"]))
    return (PlaceMention(span, case["place"], case["country"], None, None, None, None, "town"),)


def read(case: dict[str, Any]) -> tuple[Actor, ...]:
    return find_actors(load_parser().parse(case["text"]), places_of(case), load_registry())


def named(actors: tuple[Actor, ...], name: str) -> Actor:
    found = [a for a in actors if a.name == name]
    assert found, f"no actor {name!r} among {[a.name for a in actors]}"
    return found[0]


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_case(case: dict[str, Any]) -> None:
    actors = read(case)
    by_id = {a.id: a for a in actors}
    for expected in case.get("expect", ()):
        actor = named(actors, expected["name"])
        span = span_of(case["text"], expected["mention"])
        assert any(m.overlaps(span) for m in actor.mentions), case["reason"]
        if expected.get("whole"):
            assert span in actor.mentions
        if "member_of" in expected:
            assert actor.member_of is not None and by_id[actor.member_of].name == expected["member_of"]
    assert not {a.name for a in actors} & set(case.get("absent", ())), case["reason"]
    for words in case.get("not_mentioned", ()):
        assert actor_at(actors, span_of(case["text"], words)) is None, case["reason"]


def test_table_ids_are_unique() -> None:
    assert len({c["id"] for c in CASES}) == len(CASES)


SENTENCES = st.lists(st.sampled_from([c["text"] for c in CASES]), min_size=1, max_size=4)


@settings(max_examples=40)
@given(SENTENCES)
def test_laws_of_mentions(sentences: list[str]) -> None:
    text = "\n".join(sentences)
    parse = load_parser().parse(text)
    actors = find_actors(parse, (), load_registry())
    ids = [a.id for a in actors]
    assert len(set(ids)) == len(ids) and len({a.name for a in actors}) == len(actors)
    assert all(a.member_of is None or a.member_of in ids for a in actors)
    firsts = [a.mentions[0].start for a in actors]
    assert firsts == sorted(firsts)
    for actor in actors:
        assert actor.mentions == tuple(sorted(set(actor.mentions)))
        assert all(m.end <= len(text) and m.of(text) == m.of(text).strip() for m in actor.mentions)
    assert find_actors(parse, (), load_registry()) == actors


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for actor in find_actors(load_parser().parse(text), (), load_registry()):
        assert actor.name.strip() and all(m.of(text) for m in actor.mentions)


def test_actor_at_takes_the_smallest_mention() -> None:
    wide = Actor("a", "Wide", "rebel group", None, None, None, (Span(0, 20),))
    narrow = Actor("b", "Narrow", "rebel group", None, None, None, (Span(5, 9),))
    assert actor_at((wide, narrow), Span(6, 7)) is narrow
    assert actor_at((wide, narrow), Span(12, 13)) is wide
    assert actor_at((wide, narrow), Span(30, 31)) is None


def test_actor_at_takes_the_person_before_his_body() -> None:
    body = Actor("a", "Body", "state forces", None, None, None, (Span(0, 5),))
    person = Actor("b", "Person", "person", None, None, "a", (Span(0, 5),))
    assert actor_at((body, person), Span(0, 5)) is person

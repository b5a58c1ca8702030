"""Counts of people affected: who, how many, what befell them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.language import load_parser
from casus.mentions.figures import find_figures
from casus.records.actor import Actor
from casus.records.figure import FigureMention
from casus.records.span import Span

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "figures.toml").read_text(encoding="utf-8")
)["case"]


def figures(text: str, *actors: Actor) -> tuple[FigureMention, ...]:
    return find_figures(load_parser().parse(text), actors)


def plain(figure: FigureMention) -> list[Any]:
    numbers = (figure.quantity.low, figure.quantity.best, figure.quantity.high)
    return [figure.outcome, figure.population, *(-1 if n is None else n for n in numbers)]


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_figures(case: dict[str, Any]) -> None:
    found = figures(case["text"])
    assert [plain(f) for f in found] == case["figures"], case["reason"]
    assert [[i, f.part_of] for i, f in enumerate(found) if f.part_of is not None] == case.get("parts", [])
    assert [i for i, f in enumerate(found) if f.cumulative] == case.get("cumulative", [])


def test_each_case_has_its_own_id() -> None:
    assert len({c["id"] for c in CASES}) == len(CASES)


def actor(text: str, words: str, kind: Any) -> Actor:
    start = text.index(words)
    return Actor("A1", words, kind, None, None, None, (Span(start, start + len(words)),))


def test_people_belong_to_the_actor_named_in_their_phrase() -> None:
    text = "The army killed 30 Harun Front members near the dam."
    (figure,) = figures(text, actor(text, "Harun Front", "rebel group"))
    assert (figure.actor, figure.population) == ("A1", "combatants")


def test_people_belong_to_the_actor_named_after_of() -> None:
    text = "Two members of the Desert Guard were wounded."
    (figure,) = figures(text, actor(text, "Desert Guard", "state forces"))
    assert figure.actor == "A1"


def test_without_actors_no_figure_has_one() -> None:
    assert all(f.actor is None for f in figures("The army killed 30 rebels and 4 miners."))


def test_span_quotes_people_and_outcome() -> None:
    text = "On Monday, at least 12 miners were abducted near the pass."
    (figure,) = figures(text)
    assert figure.span.of(text) == "at least 12 miners were abducted"


def test_the_span_of_a_second_count_is_its_own() -> None:
    text = "The mayor said nine miners were killed; the union put the number at 12."
    assert [f.span.of(text) for f in figures(text)] == ["nine miners were killed", "12"]


def test_the_span_of_one_figure_leaves_out_the_people_of_another() -> None:
    text = "The blast killed two soldiers and a nurse."
    assert [f.span.of(text) for f in figures(text)] == ["killed two soldiers", "a nurse"]


def test_who_holds_people_tells_custody_from_abduction() -> None:
    text = "Three fishermen held by the Harun Front came home."
    group, state = (actor(text, "Harun Front", kind) for kind in ("rebel group", "state forces"))
    assert [[f.outcome for f in figures(text, one)] for one in (group, state)] == [["abducted"], ["detained"]]


PIECES = st.sampled_from(
    (
        "12 soldiers",
        "a farmer",
        "were killed",
        "killed",
        "and",
        ",",
        "including",
        "two of them",
        "no one",
        "dozens of",
        "people",
        "wounded",
        "the death toll rose to",
        "34",
        "missing",
        "among the dead",
        "(",
        ")",
        '"',
        "—",
        "said",
        "her two sons",
        "arrested",
        "not",
        "would have",
        "of",
        ".",
        "\n\n",
        "the",
        "according to",
        "three were soldiers",
    )
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_laws_hold_for_any_words(text: str) -> None:
    parse = load_parser().parse(text)
    found = find_figures(parse, ())
    assert found == find_figures(parse, ())
    for i, figure in enumerate(found):
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert figure.part_of != i and (figure.part_of is None or 0 <= figure.part_of < len(found))
        assert 0 <= figure.head < len(parse.tokens)
        bounds = [n for n in (figure.quantity.low, figure.quantity.best, figure.quantity.high) if n is not None]
        assert bounds == sorted(bounds)


@pytest.mark.parametrize(
    "unit",
    [
        "killed or wounded, ",
        "a man and ",
        "tried to kill to ",
        "more than ",
        "one hundred ",
        "including one of them ",
        "took a man and ",
        "the clinic, eleven; ",
    ],
)
def test_hostile_text_neither_breaks_nor_stalls(unit: str) -> None:
    parse = load_parser().parse(unit * 1200)
    assert len(find_figures(parse, ())) <= len(parse.tokens)

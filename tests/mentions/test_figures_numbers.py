"""Numbers in words and digits: the codebook's table, and what is no number of people."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.language import load_parser
from casus.mentions.figures_numbers import find_numbers

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "numbers.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_number(case: dict[str, Any]) -> None:
    found = find_numbers(load_parser().parse(case["text"]))
    got = [[-1 if n is None else n for n in (f.quantity.low, f.quantity.best, f.quantity.high)] for f in found]
    assert got == ([] if case.get("none") else [case["number"]]), case["reason"]


def test_each_case_has_its_own_id() -> None:
    assert len({c["id"] for c in CASES}) == len(CASES)


WORDS = st.sampled_from(
    (
        "at",
        "least",
        "more",
        "than",
        "up",
        "to",
        "about",
        "12",
        "1,200",
        "3",
        "-",
        "twenty",
        "three",
        "hundred",
        "million",
        "dozens",
        "of",
        "several",
        "between",
        "and",
        "people",
        "killed",
        "no",
        "one",
        "a",
        "couple",
        ",",
        ".",
        "(",
        ")",
        "1.5",
        "2-3",
        "30+",
        "10k",
        "half",
        "dozen",
        "many",
        "the",
        "2014",
        "May",
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_any_words_give_ordered_ranges_that_do_not_overlap(text: str) -> None:
    last = -1
    for number in find_numbers(load_parser().parse(text)):
        bounds = [n for n in (number.quantity.low, number.quantity.best, number.quantity.high) if n is not None]
        assert bounds == sorted(bounds)
        assert last < number.first <= number.core <= number.last
        last = number.last


@given(st.integers(min_value=0, max_value=999_999))
@settings(max_examples=40, deadline=None)
def test_digits_read_back(n: int) -> None:
    found = find_numbers(load_parser().parse(f"The army killed {n:,} fighters."))
    assert [f.quantity.best for f in found] == [n]

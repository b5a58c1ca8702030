"""One number out of the figures of one report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.records.figure import Quantity
from casus.store.tolls import Counted, toll


def of(n: int | None, low: int | None = None, high: int | None = None) -> Quantity:
    return Quantity(low if low is not None else n, n, high if high is not None else n)


CASES: dict[str, tuple[list[Counted], Quantity | None]] = {
    "none": ([], None),
    "other outcome": ([("injured", "unknown", None, of(3))], None),
    "one": ([("killed", "civilians", None, of(3))], of(3)),
    "two speakers, the same people": (
        [("killed", "civilians", None, of(3)), ("killed", "civilians", None, of(5))],
        Quantity(3, 3, 5),
    ),
    "different people add up": (
        [
            ("killed", "civilians", None, of(3)),
            ("killed", "combatants", "A", of(5)),
            ("killed", "combatants", "B", of(2)),
        ],
        of(10),
    ),
    "a total is not added to its parts": (
        [
            ("killed", "unknown", None, of(20)),
            ("killed", "civilians", None, of(15)),
            ("killed", "combatants", "A", of(5)),
        ],
        of(20),
    ),
    "parts that exceed a vague total": (
        [("killed", "unknown", None, Quantity(3, None, 9)), ("killed", "civilians", None, of(12))],
        of(12),
    ),
    "an open side stays open": (
        [("killed", "civilians", None, Quantity(12, 12, None)), ("killed", "combatants", "A", of(5))],
        Quantity(17, 17, None),
    ),
    "no least number counts nothing, not everything": (
        [("killed", "civilians", None, Quantity(None, 30, 30)), ("killed", "combatants", "A", of(5))],
        Quantity(5, 35, 35),
    ),
    "nobody": ([("killed", "civilians", None, of(0))], of(0)),
    "unknown number": ([("killed", "civilians", None, Quantity(None, None, None))], Quantity(None, None, None)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_tolls(name: str) -> None:
    figures, expected = CASES[name]
    assert toll(figures, "killed") == expected


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 1000)] * 3)))
    keep = draw(st.tuples(*[st.booleans()] * 3))
    return Quantity(*(n if k else None for n, k in zip((low, best, high), keep, strict=True)))


POPULATIONS = st.sampled_from(("civilians", "combatants", "unknown"))
FIGURES = st.lists(st.tuples(st.just("killed"), POPULATIONS, st.sampled_from((None, "A")), quantities()))


@given(FIGURES)
def test_low_best_and_high_stay_in_order(figures: list[Counted]) -> None:
    found = toll(figures, "killed")
    assert (found is None) == (not figures)
    if found is not None:
        known = [n for n in (found.low, found.best, found.high) if n is not None]
        assert known == sorted(known)


@given(FIGURES)
def test_saying_it_twice_adds_nobody(figures: list[Counted]) -> None:
    once, twice = toll(figures, "killed"), toll([f for f in figures for _ in (1, 2)], "killed")
    assert once == twice

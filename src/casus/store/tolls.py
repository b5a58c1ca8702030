"""One number out of the figures that one report gives for one outcome."""

from __future__ import annotations

from collections.abc import Iterable

from casus.records.figure import Outcome, Population, Quantity

Counted = tuple[Outcome, Population, str | None, Quantity]
"""Outcome, population, whose people (an actor's name or None), number."""


def toll(figures: Iterable[Counted], outcome: Outcome) -> Quantity | None:
    """The people that the figures of one outcome count, each once; None if there is no such figure.

    Figures of the same people are alternatives: the range spans them all and the first, in
    the order of the text, is the best. Figures of different known people (civilians,
    fighters of A, fighters of B) add up. A figure of unknown people may hold the others, so
    it is an alternative to their sum, never added to it. Choosing among speakers comes with
    fusion (codebook 7).
    """
    groups: dict[tuple[Population, str | None], Quantity] = {}
    for kind, population, of, quantity in figures:
        if kind == outcome:
            key = (population, of)
            groups[key] = _either(groups[key], quantity) if key in groups else quantity
    total = groups.pop(("unknown", None), None)
    added: Quantity | None = None
    for quantity in groups.values():
        added = quantity if added is None else _plus(added, quantity)
    if total is None or added is None:
        return total or added
    return _larger(total, added)


def _either(a: Quantity, b: Quantity) -> Quantity:
    """Two figures of the same people: a range that holds both."""
    low = None if a.low is None or b.low is None else min(a.low, b.low)
    high = None if a.high is None or b.high is None else max(a.high, b.high)
    return Quantity(low, a.best if a.best is not None else b.best, high)


def _plus(a: Quantity, b: Quantity) -> Quantity:
    """Figures of different people: the sum; an open side stays open, but a low end that is open counts nothing."""
    low = None if a.low is None and b.low is None else (a.low or 0) + (b.low or 0)
    best = None if a.best is None or b.best is None else a.best + b.best
    high = None if a.high is None or b.high is None else a.high + b.high
    return Quantity(low, best, high)


def _larger(total: Quantity, added: Quantity) -> Quantity:
    """A total given beside its possible parts: the one that counts more people."""
    return total if least(total) >= least(added) else added


def least(quantity: Quantity) -> int:
    """The number to count with: the best figure, else the low end, else none."""
    return quantity.best if quantity.best is not None else quantity.low or 0

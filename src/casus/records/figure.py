"""Figures: counts of people affected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casus.records.span import Span

Outcome = Literal[
    "killed",
    "injured",
    "detained",
    "abducted",
    "missing",
    "escaped",
    "released",
    "displaced",
    "surrendered",
    "casualties",
]
Population = Literal["civilians", "combatants", "detainees", "unknown"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of things as a range (codebook 5.3); None on a side means open."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A count of people with what happened to them, as found in the text.

    `outcome_token` is the index of the word that carries the outcome ("killed"), None if
    the noun itself does; `head` the index of the word that names the people counted, or of
    the number where it stands alone; `part_of` the index, in the tuple of mentions, of the
    total this one is counted in; `actor` the id of the actor whose people they are.
    """

    span: Span
    outcome: Outcome
    population: Population
    actor: str | None
    quantity: Quantity
    cumulative: bool
    head: int
    outcome_token: int | None
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a reading, tied to its event and to the claim that carries it."""

    id: str
    event: str | None
    outcome: Outcome
    population: Population
    actor: str | None
    quantity: Quantity
    cumulative: bool
    part_of: str | None
    claim: str
    span: Span

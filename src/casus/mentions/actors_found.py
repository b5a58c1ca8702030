"""Mentions as found, before they are grouped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casus.mentions.actors_resolve import Reference
from casus.records.parse import Parse
from casus.records.span import Span


@dataclass(frozen=True, slots=True)
class Found:
    """A mention: its words, the token that heads it, whom it stands for.

    `pointing` is the role of a phrase that may point back ("the militants"); its
    reference is then what it stands for if nothing before it fits.
    """

    span: Span
    head: int
    reference: Reference | None
    pointing: str | None = None


def without_nested(found: Iterable[Found]) -> list[Found]:
    """In text order, without repeats and without mentions inside a longer one of the same actor."""
    ordered = sorted(found, key=lambda f: (f.span.start, -f.span.end, f.reference is None))
    kept: list[Found] = []
    for item in ordered:
        if not any(k.span.contains(item.span) and _same(k, item) for k in kept[-8:]):
            kept.append(item)
    return kept


def _same(outer: Found, inner: Found) -> bool:
    if outer.span == inner.span:
        return True
    return outer.reference is not None and inner.reference is not None and outer.reference.name == inner.reference.name


def by_token(parse: Parse, found: Iterable[Found]) -> dict[int, list[Found]]:
    """For every token the mentions over it, in the order given."""
    over: dict[int, list[Found]] = {}
    for item in found:
        for token in parse.tokens_in(item.span):
            over.setdefault(token.i, []).append(item)
    return over

"""A figure in the making."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casus.mentions.figures_people import Group
from casus.records.figure import Outcome
from casus.records.parse import Parse


@dataclass(frozen=True, slots=True)
class Draft:
    """Who is counted, what befell them, and by which word (a token; None for a part, whose
    outcome is that of `total`, the group that it is counted in)."""

    group: Group
    outcome: Outcome
    trigger: int | None
    total: Group | None = None


def in_reach(parse: Parse, drafts: Sequence[Draft], group: Group, back: int) -> Sequence[Draft]:
    """The drafts that begin before a group, in its sentence or at most `back` before. Drafts come in text order."""
    sentence = parse.tokens[group.first].sentence
    opening = parse.sentences[max(0, sentence - back)].first
    start = bisect_left(drafts, opening, key=_first)
    return drafts[start : bisect_left(drafts, group.first, key=_first)]


def _first(draft: Draft) -> int:
    return draft.group.first


def covered(drafts: Iterable[Draft]) -> set[int]:
    """All tokens that stand in a group of a draft."""
    return {i for draft in drafts for i in range(draft.group.first, draft.group.last + 1)}

"""A figure in the making."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casus.mentions.figures_people import Group
from casus.records.figure import Outcome


@dataclass(frozen=True, slots=True)
class Draft:
    """Who is counted, what befell them, and by which word (a token; None for a part, whose
    outcome is that of `total`, the group that it is counted in)."""

    group: Group
    outcome: Outcome
    trigger: int | None
    total: Group | None = None


def covered(drafts: Iterable[Draft]) -> set[int]:
    """All tokens that stand in a group of a draft."""
    return {i for draft in drafts for i in range(draft.group.first, draft.group.last + 1)}

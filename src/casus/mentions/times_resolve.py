"""From time expressions to calendar points and days (codebook 3).

Everything is resolved against an anchor: the publication date, or the time that the text itself
has reached. A year that neither gives stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from casus.mentions import times_dates as dates
from casus.mentions import times_relative as relative
from casus.mentions.times_anchor import Anchor, Resolved
from casus.mentions.times_calendar import clip
from casus.mentions.times_expressions import Expression
from casus.mentions.times_feasts import feast, sighted
from casus.mentions.times_within import part_of, week_of

RESOLVERS: dict[str, Callable[[Expression, Anchor], Resolved]] = {
    "calendar": dates.calendar,
    "iso": dates.iso,
    "weekday": dates.weekday,
    "relday": dates.relday,
    "relative": relative.relative,
    "shift": relative.shifted,
    "duration": relative.duration,
    "set": relative.repeated,
    "part": relative.part,
    "now": relative.now,
    "recent": relative.recent,
    "reckoned": relative.recent,
    "then": relative.then,
    "feast": feast,
}
"""How each kind of expression is resolved."""


def resolve(found: Expression, anchor: Anchor) -> Resolved:
    """The point, value and days of an expression."""
    resolved = RESOLVERS[found.kind](found, anchor)
    if found.weekof is not None:
        return week_of(found, resolved)
    if found.nth is None or found.kind == "reckoned":
        return resolved
    taken = part_of(found, resolved)
    if found.feast is not None:
        return sighted(found, taken)
    running = anchor.published is not None and not anchor.narrative and not anchor.ahead and found.unit is not None
    return replace(taken, days=clip(taken.days, anchor.published)) if running and anchor.published else taken

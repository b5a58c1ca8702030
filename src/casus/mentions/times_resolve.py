"""From time expressions to calendar points and days (codebook 3).

Everything is resolved against an anchor: the publication date, or the time that the text itself
has reached. A year that neither gives stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable

from casus.mentions import times_dates as dates
from casus.mentions import times_relative as relative
from casus.mentions.times_anchor import Anchor, Resolved
from casus.mentions.times_expressions import Expression

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
}
"""How each kind of expression is resolved."""


def resolve(found: Expression, anchor: Anchor) -> Resolved:
    """The point, value and days of an expression."""
    return RESOLVERS[found.kind](found, anchor)

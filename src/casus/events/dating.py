"""When an event happened (codebook 3)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta

from casus.events.candidates import Candidate
from casus.events.dating_features import Option, date_options
from casus.events.dating_spans import stretched
from casus.events.scoring_model import load_weights, weighted_sum
from casus.records.event import UNDATED, EventDate
from casus.records.findings import Findings

PAST_DAYS = 21
"""An event that ended longer before publication is a past event retold."""

FRESH_DAYS = 6
"""News told as fresh covers the publication day and the six before it (codebook 3)."""

LEAST = 0.4
"""Probability from which a date is given: where a wrong date and a missing one weigh alike, a
date pays from about half the F1 that the choice reaches."""

LEAST_FRESH = 0.45
"""The same for the rule for fresh news, which names no time of the text."""

LEAST_ELSEWHERE, LEAST_REMOTE, LEAST_OTHER_YEAR = 0.45, 0.55, 0.65
"""The same for a time of another sentence; if that is not of the week before publication; and if it is of
another year: the surest way to a wrong one."""

REMOTE_DAYS = 7


def date_of(findings: Findings, members: tuple[Candidate, ...], published: str | None) -> tuple[EventDate, bool]:
    """The event's date, and whether it is background.

    The date is that of a time of the text, the rule for fresh news or unknown: whichever date
    the model believes in, if it believes in any enough.
    """
    day = day_of(published)
    found = stretched(findings, members, _likeliest(findings, members, published), day)
    if found.span is not None:
        return found, _is_past(found, members, day)
    return found, found is UNDATED and any(m.modality.anterior for m in members)


def _likeliest(findings: Findings, members: tuple[Candidate, ...], published: str | None) -> EventDate:
    """The date with the greatest probability, if it is great enough; options with the same date count together."""
    options = date_options(findings, members, published)
    scores = [weighted_sum(load_weights("dating"), features) for _, features in options]
    chances = [math.exp(s - max(scores)) for s in scores]
    together: dict[object, float] = {}
    best: dict[object, tuple[float, EventDate, float]] = {}
    for (option, features), chance in zip(options, chances, strict=True):
        found = resolve(findings, option, published)
        key = (found.start, found.end, found.value if found.start is None and found.end is None else None)
        together[key] = together.get(key, 0.0) + chance
        if key not in best or chance > best[key][0]:
            best[key] = (chance, found, least_for(option, features, found, day_of(published)))
    likeliest = max(together, key=lambda k: together[k] if best[k][1] is not UNDATED else 0.0)
    _, found, least = best[likeliest]
    return found if together[likeliest] >= least * math.fsum(chances) else UNDATED


def least_for(option: Option, features: Mapping[str, float], found: EventDate, day: date | None) -> float:
    """The probability from which an option's date is given."""
    if option.kind == "fresh":
        return LEAST_FRESH
    if option.kind == "unknown" or (features.get("beside") and not features.get("of another sentence")):
        return LEAST
    if day is None or found.end is None:
        return LEAST_REMOTE
    end = date.fromisoformat(found.end)
    if (day - end).days <= REMOTE_DAYS:
        return LEAST_ELSEWHERE
    return LEAST_REMOTE if end.year == day.year else LEAST_OTHER_YEAR


def resolve(findings: Findings, option: Option, published: str | None) -> EventDate:
    """The date that an option stands for."""
    if option.kind == "time":
        time = findings.times[option.time]
        return EventDate(time.start, time.end, time.precision, time.value, time.span)
    day = day_of(published)
    if option.kind == "fresh" and day is not None:
        start = (day - timedelta(days=FRESH_DAYS)).isoformat()
        return EventDate(start, day.isoformat(), "week", "XXXX-XX-XX", None)
    return UNDATED


def day_of(published: str | None) -> date | None:
    """The day of publication."""
    return date.fromisoformat(published[:10]) if published else None


def _is_past(found: EventDate, members: tuple[Candidate, ...], day: date | None) -> bool:
    if day is None and found.start is not None and found.precision in ("month", "season", "year"):
        return True  # a month or year written out, in a text without a date, looks back
    if found.end is None or day is None:
        return members[0].modality.anterior
    return date.fromisoformat(found.end) < day - timedelta(days=PAST_DAYS)

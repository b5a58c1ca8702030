"""When an event happened (codebook 3)."""

from __future__ import annotations

from datetime import date, timedelta

from casus.events.candidates import Candidate
from casus.records.event import UNDATED, EventDate
from casus.records.findings import Findings
from casus.records.mention import TimeMention

PAST_DAYS = 21
"""An event that ended longer before publication is a past event retold."""

FRESH_DAYS = 6
"""News told as fresh covers the publication day and the six before it (codebook 3)."""


def date_of(findings: Findings, members: tuple[Candidate, ...], published: str | None) -> tuple[EventDate, bool]:
    """The event's date, and whether it is background."""
    day = _day(published)
    time = _best_time(findings, members)
    if time is not None:
        found = EventDate(time.start, time.end, time.precision, time.value, time.span)
        return found, _is_past(found, members, day)
    if day is not None and _told_as_fresh(members):
        start = (day - timedelta(days=FRESH_DAYS)).isoformat()
        return EventDate(start, day.isoformat(), "week", "XXXX-XX-XX", None), False
    return UNDATED, any(m.modality.anterior for m in members)


def _best_time(findings: Findings, members: tuple[Candidate, ...]) -> TimeMention | None:
    scored: dict[int, float] = {}
    for rank, member in enumerate(members):
        for attached in member.times:
            score = attached.score - 0.3 * min(rank, 5)
            scored[attached.index] = max(scored.get(attached.index, -9.0), score)
    good = [i for i in scored if scored[i] > 0.0 and findings.times[i].type in ("DATE", "TIME")]
    return findings.times[min(good, key=lambda i: (-scored[i], i))] if good else None


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published else None


def _is_past(found: EventDate, members: tuple[Candidate, ...], day: date | None) -> bool:
    if day is None and found.start is not None and found.precision in ("month", "season", "year"):
        return True  # a month or year written out, in a text without a date, looks back
    if found.end is None or day is None:
        return members[0].modality.anterior
    return date.fromisoformat(found.end) < day - timedelta(days=PAST_DAYS)


def _told_as_fresh(members: tuple[Candidate, ...]) -> bool:
    """The tenses of fresh news: "has captured", "is bombing"."""
    lead = members[0].modality
    return (lead.perfect or lead.ongoing) and lead.actuality == "actual"

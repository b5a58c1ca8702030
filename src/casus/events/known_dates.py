"""Dates that follow from what an account names: a well-known event, or an office-holder (codebook 3).

"The raid that killed Abu Bakr al-Baghdadi" is of October 2019, whether the report says so or not. Such a date is
always marked as inferred, with its reason, and taken only if

1. the account has no date, or one that lacks its year ("on October 26"), or was taken for news or given its
   neighbours' date for want of its own;
2. the clause that reports it names what was done, and to whom or where, as exactly one known event has it;
3. nothing in the report contradicts: no other date or year in the clause, no other country, no earlier publication,
   no plan, denial or supposition.

An office-holder ("under President Obama") bounds a date; it gives a year only where a single one fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from casus.events.candidates import Candidate
from casus.events.known_clauses import clause_of, ends_with, has_words, is_beside, parties_named
from casus.events.known_offices import bounded_by, terms_named
from casus.events.known_years import in_year, lacks_year
from casus.events.trigger_groups import FAMILY
from casus.knowledge.known_events import Chronicle, KnownEvent, fold, load_chronicle
from casus.records.event import UNDATED, EventDate, Location
from casus.records.findings import Findings
from casus.records.mention import COUNTED_FROM_MONTH, TimeMention
from casus.records.parse import Token
from casus.records.span import Span

TIME_ZONES = timedelta(days=1)
"""By how much the day of one event may differ between two tellings."""

ATTEMPTS = frozenset(("coup attempt", "assassination attempt"))
"""Triggers that tell of an attempt as of a happening."""

PAST = timedelta(days=21)
"""From when before publication an event is one of the past, as for dates that the report gives."""


@dataclass(frozen=True, slots=True)
class Match:
    """A known event with the words of the report that name it."""

    event: KnownEvent
    span: Span


def with_known_date(
    findings: Findings,
    members: tuple[Candidate, ...],
    found: tuple[EventDate, bool],
    location: Location,
    published: str | None,
) -> tuple[EventDate, bool]:
    """The date and the background of an account: as `found`, or as what the account names gives them."""
    given, background = _marked(findings, members, *found)
    weak = _is_taken_for_news(given) or _is_borrowed(findings, members, given)
    if not weak and (given.start is not None or given.end is not None):
        return given, background
    when = UNDATED if weak else given
    today = date.fromisoformat(published[:10]) if published else None
    match = _one_event(findings, members, when, location, today)
    if match is not None and not (weak and _is_on(match.event, given)):
        past = today is not None and match.event.end < today - PAST
        return _dated(findings, when, match) or when, background or past
    if weak:
        return given, background
    terms = terms_named(findings, members, _chronicle(findings.parse.text).offices)
    return bounded_by(when, terms), background


def _one_event(
    findings: Findings, members: tuple[Candidate, ...], when: EventDate, location: Location, today: date | None
) -> Match | None:
    """The known event that the account tells of: the only one that each telling which names any can mean."""
    possible: dict[str, Match] = {}
    for named in matches(findings, members):
        fitting = {
            m.event.id: m
            for m in named
            if not _contradicted(m.event, location, today) and _dated(findings, when, m) is not None
        }
        possible = {k: possible.get(k, m) for k, m in fitting.items() if not possible or k in possible}
        if not possible:
            return None
    return next(iter(possible.values())) if len(possible) == 1 else None


def _is_taken_for_news(when: EventDate) -> bool:
    """Whether the report dates nothing and the account was taken for news of the week (codebook 3)."""
    return when.span is None and when.value == "XXXX-XX-XX"


def _is_borrowed(findings: Findings, members: tuple[Candidate, ...], when: EventDate) -> bool:
    """Whether the date stands in no sentence that tells of the account, and was lent by its neighbours."""
    if when.span is None or when.start is None:
        return False
    return findings.parse.sentence_of(when.span).index not in {m.sentence for m in members}


@lru_cache(maxsize=1)
def _chronicle(text: str) -> Chronicle:
    """What of the chronicle a text can mean; kept for the accounts of one report."""
    return load_chronicle().named_in(text)


def _marked(
    findings: Findings, members: tuple[Candidate, ...], when: EventDate, background: bool
) -> tuple[EventDate, bool]:
    """A date that only the month of publication bounds is inferred, and no date of the past."""
    notes = {t.note for t in findings.times if t.span == when.span}
    if COUNTED_FROM_MONTH not in notes:
        return when, background
    return replace(when, inferred=True, note=COUNTED_FROM_MONTH), members[0].modality.anterior


def matches(findings: Findings, members: tuple[Candidate, ...]) -> tuple[tuple[Match, ...], ...]:
    """For each telling of an account that names known events, those that its clause can mean; the fullest first.

    Tellings that may only stand beside it do not count: of another family than the fullest one ("after Zarqawi's death,
    he took orders"), or what it is counted from ("seized the town after the fall of Mosul").
    """
    family = FAMILY[members[0].trigger.kind]
    alike = [member for member in members if FAMILY[member.trigger.kind] == family]
    own = [member for member in alike if not is_beside(findings.parse, member)]
    found = (tuple(_matches_at(findings, member)) for member in own or alike)
    return tuple(named for named in found if named)


def _matches_at(findings: Findings, member: Candidate) -> Iterator[Match]:
    events = _chronicle(findings.parse.text).reported_by(member.trigger.key)
    if not events or not _is_fact(member):
        return
    clause = clause_of(findings.parse, member)
    words = fold(" ".join(t.text for t in clause))
    for event in events:
        named = _named(findings, member, event)
        if named is None or not all(has_words(words, group) for group in event.near):
            continue
        if not has_words(words, event.without) and not _otherwise_dated(findings, clause, event):
            yield Match(event, _span(member, named))


def _is_fact(member: Candidate) -> bool:
    """Whether the trigger tells of something as a fact of the past: no plan, denial, supposition or likeness,
    and no news ("has recaptured", "welcomes the liberation of"), which is of the day of writing."""
    told = member.modality
    actual = told.actuality == "actual" or member.trigger.key in ATTEMPTS
    news = told.perfect or told.ongoing
    if news and (member.trigger.form == "verb" or FAMILY[member.trigger.kind] == "territory"):
        return False
    return actual and not told.hypothetical and not member.alike


def _named(findings: Findings, member: Candidate, event: KnownEvent) -> tuple[Token, ...] | None:
    """The heads of the phrases that name whom and who as the event has them; None if one is missing."""
    found: list[Token] = []
    for names, acted_on in ((event.whom, True), (event.who, False)):
        if names:
            parties = parties_named(findings, member, acted_on=acted_on)
            heads = [t for t in parties if ends_with(findings.parse, t, names)]
            if not heads:
                return None
            found.append(heads[0])
    if event.by:
        others = [t for t in parties_named(findings, member, acted_on=False) if t not in found]
        if others and not any(ends_with(findings.parse, t, event.by) for t in others):
            return None
    return tuple(found)


def _otherwise_dated(findings: Findings, clause: tuple[Token, ...], event: KnownEvent) -> bool:
    """Whether the clause holds a date that is not the event's."""
    sentence = clause[0].sentence
    inside = [t for t in clause if t.sentence == sentence]
    for time in (findings.times[i] for i in findings.times_in.get(sentence, ())):
        dated = time.start is not None and time.end is not None
        if dated and any(time.span.contains(t.span) for t in inside) and not _is_on(event, time):
            return True
    return False


def _is_on(event: KnownEvent, when: EventDate | TimeMention) -> bool:
    """Whether the days of a date touch the event's."""
    if when.start is None or when.end is None:
        return False
    start, end = date.fromisoformat(when.start), date.fromisoformat(when.end)
    return event.start <= end + TIME_ZONES and event.end >= start - TIME_ZONES


def _span(member: Candidate, named: tuple[Token, ...]) -> Span:
    """The words that identify the event: the trigger with the names, where they stand in one sentence."""
    span = member.trigger.span
    for token in named:
        if token.sentence == member.sentence:
            span = span.cover(token.span)
    return span


def _contradicted(event: KnownEvent, location: Location, today: date | None) -> bool:
    """Whether the account's country or the day of publication excludes the event."""
    elsewhere = location.country is not None and event.countries and location.country not in event.countries
    return bool(elsewhere) or (today is not None and event.start > today)


def _is_its_name(event: KnownEvent, words: str) -> bool:
    """Whether the words that were taken for a time are those by which the event is known ("the Easter bombings")."""
    names = [name for group in event.near for name in group]
    return bool(words) and any(has_words(name, (words,)) or has_words(words, (name,)) for name in names)


def _dated(findings: Findings, when: EventDate, match: Match) -> EventDate | None:
    """The date by the known event, None where `when` says another, or is told from a day of writing not known."""
    event = match.event
    if when.span is not None and _is_its_name(event, fold(when.span.of(findings.parse.text))):
        when = UNDATED
    reason = f"dated by a known event: {event.name}, {_words(event)} ({event.source})"
    partial = lacks_year(when)
    if partial is not None:
        years = partial.years(event.start - TIME_ZONES, event.end + TIME_ZONES)
        return in_year(replace(when, note=reason), partial, years[0]) if len(years) == 1 else None
    if when.value is not None:
        return None
    start, end = event.start.isoformat(), event.end.isoformat()
    if event.to_month:
        return EventDate(start, end, "month", start[:7], match.span, inferred=True, note=reason)
    value = start if start == end else f"{start}/{end}"
    return EventDate(start, end, "day", value, match.span, inferred=True, note=reason)


def _words(event: KnownEvent) -> str:
    if event.to_month:
        return event.start.isoformat()[:7]
    return " to ".join(dict.fromkeys((event.start.isoformat(), event.end.isoformat())))

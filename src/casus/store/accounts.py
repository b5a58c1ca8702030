"""From a reading to the records that a casebook keeps of its events."""

from __future__ import annotations

from dataclasses import replace

from casus.records.claim import Claim
from casus.records.event import Event, Location
from casus.records.figure import Figure
from casus.records.reading import Reading
from casus.store.base import ClaimRecord, EventRecord, FigureRecord, ParticipantRecord, ReportRecord
from casus.store.privacy import harmed_persons, names_to_withhold


def accounts_of(reading: Reading) -> tuple[EventRecord, ...]:
    """The events of a reading as records, in the order of the reading.

    Raises:
        KeyError: if the reading names an actor, figure or claim that it does not hold.
    """
    harmed = harmed_persons(reading)
    report = report_record(reading, harmed)
    claims = {c.id: claim_record(reading, c) for c in reading.claims}
    names = {a.id: a.name for a in reading.actors}
    figures = {f.id: figure_record(reading, f, claims, names) for f in reading.figures}
    return tuple(
        EventRecord(
            id=event.id,
            report=report,
            event_type=event.event_type,
            sub_event_type=event.sub_event_type,
            actuality=event.actuality,
            background=event.background,
            date=event.date,
            location=_as_stored(event.location),
            participants=participant_records(reading, event, harmed),
            figures=tuple(figures[i] for i in event.figures),
            claims=tuple(claims[i] for i in event.claims),
            evidence=tuple((span, span.of(reading.report.text)) for span in event.evidence),
            confidence=event.confidence,
        )
        for event in reading.events
    )


def _as_stored(place: Location) -> Location:
    """The place as the table of events has it; relation and other readings of the name are in the reading alone."""
    return replace(place, relation=None, score=None, candidates=(), within=None)


def report_record(reading: Reading, harmed: frozenset[str]) -> ReportRecord:
    """`harmed` are the ids of actors as `harmed_persons` gives them."""
    report = reading.report
    return ReportRecord(
        id=report.id,
        title=report.title,
        publisher=report.publisher,
        url=report.url,
        published=report.published,
        language=reading.language,
        sha256=report.sha256,
        relevant=reading.relevant,
        notes=reading.notes,
        events=len(reading.events),
        withheld=names_to_withhold(reading, harmed),
    )


def claim_record(reading: Reading, claim: Claim) -> ClaimRecord:
    speaker = claim.speaker
    return ClaimRecord(
        id=claim.id,
        speaker=speaker.name,
        kind=speaker.kind,
        via=speaker.via,
        interest=speaker.interest,
        stance=claim.stance,
        hedge=claim.hedge,
        span=claim.content,
        quote=claim.content.of(reading.report.text),
    )


def figure_record(
    reading: Reading, figure: Figure, claims: dict[str, ClaimRecord], names: dict[str, str]
) -> FigureRecord:
    return FigureRecord(
        id=figure.id,
        outcome=figure.outcome,
        population=figure.population,
        of=names[figure.actor] if figure.actor is not None else None,
        quantity=figure.quantity,
        cumulative=figure.cumulative,
        part_of=figure.part_of,
        claim=claims[figure.claim],
        span=figure.span,
        quote=figure.span.of(reading.report.text),
    )


def participant_records(reading: Reading, event: Event, harmed: frozenset[str]) -> tuple[ParticipantRecord, ...]:
    actors = {a.id: a for a in reading.actors}
    found = ((p.role, actors[p.actor]) for p in event.participants)
    return tuple(
        ParticipantRecord(role, actor.name, actor.kind, actor.registry, actor.country, actor.id in harmed)
        for role, actor in found
    )

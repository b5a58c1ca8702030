"""Records to rows of the tables, and rows back to records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import RowMapping

from casus.knowledge.registry_index import fold_name
from casus.records.actor import Actor
from casus.records.event import EventDate, Location
from casus.records.figure import Quantity
from casus.records.ids import canonical_json
from casus.records.reading import Reading
from casus.records.span import Span
from casus.store.accounts import accounts_of, claim_record, report_record
from casus.store.base import ClaimRecord, EventRecord, FigureRecord, ParticipantRecord, ReportRecord
from casus.store.privacy import harmed_persons

MOST_PEOPLE = 10**15
"""No figure is as large; sums of a few hundred such still fit the 64 bits of a column."""

Row = dict[str, Any]
"""Column → value, as the database takes it."""


def report_row(reading: Reading) -> Row:
    record = report_record(reading, harmed_persons(reading))
    return {
        "id": record.id,
        "title": record.title,
        "publisher": record.publisher,
        "url": record.url,
        "published": record.published,
        "language": record.language,
        "sha256": record.sha256,
        "text": reading.report.text,
        "relevant": record.relevant,
        "notes": _json(record.notes),
        "withheld": _json(record.withheld),
        "events": record.events,
    }


def event_rows(events: Sequence[EventRecord], report: int) -> list[Row]:
    return [{"report": report, "position": i, **_event_row(e)} for i, e in enumerate(events)]


def _event_row(record: EventRecord) -> Row:
    date, place, killed = record.date, record.location, record.toll("killed")
    return {
        "id": record.id,
        "event_type": record.event_type,
        "sub_event_type": record.sub_event_type,
        "actuality": record.actuality,
        "background": record.background,
        "date_start": date.start,
        "date_end": date.end,
        "date_precision": date.precision,
        "date_value": date.value,
        "date_inferred": date.inferred,
        "date_note": date.note,
        "spans": _json((_pair(date.span), _pair(place.span), [_pair(span) for span, _ in record.evidence])),
        "place": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames_id": place.geonames_id,
        "uncertainty_km": place.uncertainty_km,
        "place_precision": place.precision,
        "near": place.near,
        "confidence": record.confidence,
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
    }


def participant_rows(reading: Reading, events: Sequence[EventRecord], numbers: Sequence[int]) -> list[Row]:
    """`numbers` are the events' row numbers, in the order of the events."""
    actors = {a.id: a for a in reading.actors}
    names = {i: folded_names(actor, reading.report.text) for i, actor in actors.items()}
    return [
        {
            "event": number,
            "position": i,
            "role": record.role,
            "name": record.name,
            "kind": record.kind,
            "registry": record.registry,
            "country": record.country,
            "private": record.private,
            "names": names[participant.actor],
        }
        for number, event, stored in zip(numbers, reading.events, events, strict=True)
        for i, (participant, record) in enumerate(zip(event.participants, stored.participants, strict=True))
    ]


def folded_names(actor: Actor, text: str) -> str:
    """Every name of an actor, folded, each between " | " so that whole words can be looked for."""
    written = (actor.name, actor.registry or "", *(m.of(text) for m in actor.mentions))
    folded = dict.fromkeys(filter(None, map(fold_name, written)))
    return f" {' | '.join(folded)} "


def claim_rows(reading: Reading, report: int) -> list[Row]:
    records = (claim_record(reading, claim) for claim in reading.claims)
    return [
        {
            "report": report,
            "id": c.id,
            "speaker": c.speaker,
            "kind": c.kind,
            "via": c.via,
            "interest": c.interest,
            "stance": c.stance,
            "hedge": c.hedge,
            "start": c.span.start,
            "end": c.span.end,
        }
        for c in records
    ]


def event_claim_rows(events: Sequence[EventRecord], numbers: Sequence[int], report: int) -> list[Row]:
    return [
        {"event": number, "position": i, "report": report, "claim": claim.id}
        for number, event in zip(numbers, events, strict=True)
        for i, claim in enumerate(event.claims)
    ]


def figure_rows(events: Sequence[EventRecord], numbers: Sequence[int], report: int) -> list[Row]:
    return [
        {
            "event": number,
            "position": i,
            "id": f.id,
            "outcome": f.outcome,
            "population": f.population,
            "of": f.of,
            "low": f.quantity.low,
            "best": f.quantity.best,
            "high": f.quantity.high,
            "cumulative": f.cumulative,
            "part_of": f.part_of,
            "report": report,
            "claim": f.claim.id,
            "start": f.span.start,
            "end": f.span.end,
        }
        for number, event in zip(numbers, events, strict=True)
        for i, f in enumerate(event.figures)
    ]


def to_report(row: RowMapping) -> ReportRecord:
    return ReportRecord(
        id=row["id"],
        title=row["title"],
        publisher=row["publisher"],
        url=row["url"],
        published=row["published"],
        language=row["language"],
        sha256=row["sha256"],
        relevant=row["relevant"],
        notes=tuple(json.loads(row["notes"])),
        events=row["events"],
        withheld=tuple(json.loads(row["withheld"])),
    )


def to_claim(row: RowMapping, text: str) -> ClaimRecord:
    span = Span(row["start"], row["end"])
    return ClaimRecord(
        id=row["id"],
        speaker=row["speaker"],
        kind=row["kind"],
        via=row["via"],
        interest=row["interest"],
        stance=row["stance"],
        hedge=row["hedge"],
        span=span,
        quote=span.of(text),
    )


def to_figure(row: RowMapping, claim: ClaimRecord, text: str) -> FigureRecord:
    span = Span(row["start"], row["end"])
    return FigureRecord(
        id=row["id"],
        outcome=row["outcome"],
        population=row["population"],
        of=row["of"],
        quantity=Quantity(row["low"], row["best"], row["high"]),
        cumulative=row["cumulative"],
        part_of=row["part_of"],
        claim=claim,
        span=span,
        quote=span.of(text),
    )


def to_participant(row: RowMapping) -> ParticipantRecord:
    return ParticipantRecord(row["role"], row["name"], row["kind"], row["registry"], row["country"], row["private"])


def to_event(
    row: RowMapping,
    *,
    report: ReportRecord,
    text: str,
    participants: Iterable[ParticipantRecord],
    stated: tuple[Sequence[FigureRecord], Sequence[ClaimRecord]],
) -> EventRecord:
    """An event from its row and from what hangs on it; `stated` are its figures and its claims."""
    date_span, place_span, evidence = json.loads(row["spans"])
    figures, claims = stated
    return EventRecord(
        id=row["id"],
        report=report,
        event_type=row["event_type"],
        sub_event_type=row["sub_event_type"],
        actuality=row["actuality"],
        background=row["background"],
        date=_date(row, _maybe_span(date_span)),
        location=_location(row, _maybe_span(place_span)),
        participants=tuple(participants),
        figures=tuple(figures),
        claims=tuple(claims),
        evidence=tuple((Span(start, end), text[start:end]) for start, end in evidence),
        confidence=row["confidence"],
    )


def _date(row: RowMapping, span: Span | None) -> EventDate:
    return EventDate(
        start=row["date_start"],
        end=row["date_end"],
        precision=row["date_precision"],
        value=row["date_value"],
        span=span,
        inferred=row["date_inferred"],
        note=row["date_note"],
    )


def _location(row: RowMapping, span: Span | None) -> Location:
    return Location(
        name=row["place"],
        country=row["country"],
        admin1=row["admin1"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        geonames_id=row["geonames_id"],
        precision=row["place_precision"],
        near=row["near"],
        span=span,
        uncertainty_km=row["uncertainty_km"],
    )


def stored_accounts(reading: Reading) -> tuple[EventRecord, ...]:
    """The events of a reading, checked: what the tables could not hold is told in words.

    Raises:
        ValueError: if two events share an id, a link leads nowhere, or a number is beyond all measure.
    """
    try:
        events = accounts_of(reading)
    except KeyError as error:
        raise ValueError(f"it refers to {error.args[0]!r}, which it does not hold") from None
    twice = {e.id for e in events if sum(x.id == e.id for x in events) > 1}
    if twice:
        raise ValueError(f"it gives two events the id {min(twice)}")
    counted = (n for e in events for f in e.figures for n in (f.quantity.low, f.quantity.best, f.quantity.high))
    if any(n is not None and n > MOST_PEOPLE for n in counted):
        raise ValueError(f"it counts more than {MOST_PEOPLE:,} people")
    return events


def _json(value: object) -> str:
    return canonical_json(value)


def _pair(span: Span | None) -> tuple[int, int] | None:
    return (span.start, span.end) if span else None


def _maybe_span(pair: Sequence[int] | None) -> Span | None:
    return Span(pair[0], pair[1]) if pair else None

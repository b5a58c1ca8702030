"""Records as plain JSON values, in the terms of the event contract."""

from __future__ import annotations

from typing import Any

from casus.records.event import Role
from casus.store.base import ClaimRecord, EventRecord, FigureRecord, ReportRecord
from casus.store.privacy import NAME_WITHHELD, strike

SCHEMA = "casus.account/1"
"""One event as one report tells it: the fields of the event contract, with `report` in the singular."""

ROLES: tuple[Role, ...] = ("actor1", "assoc_actor1", "actor2", "assoc_actor2")


def account_to_contract(record: EventRecord, *, with_names: bool = False) -> dict[str, Any]:
    """The record as JSON values. Without `with_names`, persons harmed are not named, in quotes either.

    `start` and `end` are code points of the report's text, whose hash is the report's `sha256`.
    """
    forms = () if with_names else record.report.withheld
    date, place = record.date, record.location
    return {
        "schema": SCHEMA,
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
        "place": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "uncertainty_km": place.uncertainty_km,
        "place_precision": place.precision,
        "near": place.near,
        **{role: _actors(record, role, with_names) for role in ROLES},
        "figures": [_figure(f, forms) for f in record.figures],
        "claims": [_claim(c, forms) for c in record.claims],
        "evidence": [
            {"start": span.start, "end": span.end, "quote": strike(quote, forms)} for span, quote in record.evidence
        ],
        "confidence": record.confidence,
        "report": _report(record.report, forms),
    }


def report_to_contract(record: ReportRecord, *, with_names: bool = False) -> dict[str, Any]:
    """The report as JSON values, without its text."""
    return {
        **_report(record, () if with_names else record.withheld),
        "language": record.language,
        "relevant": record.relevant,
        "notes": list(record.notes),
    }


def _actors(record: EventRecord, role: Role, with_names: bool) -> list[dict[str, Any]]:
    return [
        {"name": p.name, "registry": p.registry, "kind": p.kind}
        if with_names or not p.private
        else {"name": NAME_WITHHELD, "registry": None, "kind": p.kind}
        for p in record.participants
        if p.role == role
    ]


def _figure(figure: FigureRecord, forms: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": figure.id,
        "outcome": figure.outcome,
        "population": figure.population,
        "of": NAME_WITHHELD if figure.of in forms else figure.of,
        "low": figure.quantity.low,
        "best": figure.quantity.best,
        "high": figure.quantity.high,
        "cumulative": figure.cumulative,
        "part_of": figure.part_of,
        "speaker": strike(figure.claim.speaker, forms),
        "start": figure.span.start,
        "end": figure.span.end,
        "quote": strike(figure.quote, forms),
    }


def _claim(claim: ClaimRecord, forms: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": claim.id,
        "speaker": strike(claim.speaker, forms),
        "kind": claim.kind,
        "via": claim.via,
        "interest": claim.interest,
        "stance": claim.stance,
        "hedge": claim.hedge,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": strike(claim.quote, forms),
    }


def _report(report: ReportRecord, forms: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": strike(report.title, forms) if report.title else report.title,
        "publisher": report.publisher,
        "published": report.published,
        "url": report.url,
        "sha256": report.sha256,
    }

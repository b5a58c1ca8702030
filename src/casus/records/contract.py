"""A reading as plain JSON values, in the form of `reading.schema.json`, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from casus.records.actor import Actor
from casus.records.attitude import Attitude
from casus.records.claim import Claim, Speaker
from casus.records.event import Event, EventDate, Location, Participant
from casus.records.figure import Figure, Quantity
from casus.records.mention import PlaceCandidate, PlaceMention, PlaceRelation, TimeMention, WeaponMention
from casus.records.reading import Reading
from casus.records.report import Report
from casus.records.span import Span

SCHEMA = "casus.reading/1"


def to_contract(reading: Reading) -> dict[str, Any]:
    """The reading as JSON values; keys in the order of the schema."""
    report = reading.report
    return {
        "schema": SCHEMA,
        "report": {
            "id": report.id,
            "title": report.title,
            "publisher": report.publisher,
            "url": report.url,
            "published": report.published,
            "language": reading.language,
            "text": report.text,
            "sha256": report.sha256,
            "relevant": reading.relevant,
            "notes": list(reading.notes),
        },
        "mentions": {"times": [_plain(t) for t in reading.times], "places": [_plain(p) for p in reading.places]},
        "actors": [_plain(a) for a in reading.actors],
        "events": [_event(e) for e in reading.events],
        "figures": [_figure(f) for f in reading.figures],
        "claims": [_plain(c) for c in reading.claims],
        "attitudes": [_plain(a) for a in reading.attitudes],
    }


def _plain(value: Any) -> Any:
    """Dataclasses to objects, tuples to lists; everything else as it is."""
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(x) for x in value]
    return value


def _event(event: Event) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(event)
    return {"id": plain.pop("id"), "event_type": event.event_type, **plain}


def _figure(figure: Figure) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(figure)
    plain.update(plain.pop("quantity"))
    return plain


def from_contract(value: Mapping[str, Any]) -> Reading:
    """The reading that `to_contract` wrote.

    Raises:
        KeyError, TypeError, ValueError: if the value is not of the contract's form.
    """
    report = value["report"]
    return Reading(
        report=Report(
            id=report["id"],
            text=report["text"],
            title=report["title"],
            publisher=report["publisher"],
            url=report["url"],
            published=report["published"],
        ),
        language=report["language"],
        relevant=report["relevant"],
        notes=tuple(report["notes"]),
        times=tuple(_time(t) for t in value["mentions"]["times"]),
        places=tuple(_place(p) for p in value["mentions"]["places"]),
        actors=tuple(_actor(a) for a in value["actors"]),
        events=tuple(_read_event(e) for e in value["events"]),
        figures=tuple(_read_figure(f) for f in value["figures"]),
        claims=tuple(_claim(c) for c in value["claims"]),
        attitudes=tuple(_attitude(a) for a in value.get("attitudes", ())),
    )


def _span(value: Mapping[str, int] | None) -> Span | None:
    return Span(value["start"], value["end"]) if value else None


def _sure_span(value: Mapping[str, int]) -> Span:
    return Span(value["start"], value["end"])


def _time(value: Mapping[str, Any]) -> TimeMention:
    return TimeMention(**{**value, "span": _sure_span(value["span"])})


def _place(value: Mapping[str, Any]) -> PlaceMention:
    return PlaceMention(**{**value, **_readings(value), "span": _sure_span(value["span"])})


def _readings(value: Mapping[str, Any]) -> dict[str, Any]:
    """Candidates and relation of a place mention or a location; readings of earlier versions have none."""
    relation = value.get("relation")
    return {
        "candidates": tuple(PlaceCandidate(**c) for c in value.get("candidates", ())),
        "relation": PlaceRelation(**{**relation, "span": _sure_span(relation["span"])}) if relation else None,
    }


def _actor(value: Mapping[str, Any]) -> Actor:
    return Actor(**{**value, "mentions": tuple(_sure_span(m) for m in value["mentions"])})


def _read_event(value: Mapping[str, Any]) -> Event:
    plain = dict(value)
    del plain["event_type"]
    plain["date"] = EventDate(**{**plain["date"], "span": _span(plain["date"]["span"])})
    place = plain["location"]
    within = PlaceCandidate(**place["within"]) if place.get("within") else None
    plain["location"] = Location(**{**place, **_readings(place), "within": within, "span": _span(place["span"])})
    plain["participants"] = tuple(Participant(**{**p, "span": _span(p["span"])}) for p in plain["participants"])
    plain["weapons"] = tuple(WeaponMention(**{**w, "span": _sure_span(w["span"])}) for w in plain["weapons"])
    plain["evidence"] = tuple(_sure_span(s) for s in plain["evidence"])
    plain["figures"], plain["claims"] = tuple(plain["figures"]), tuple(plain["claims"])
    return Event(**plain)


def _read_figure(value: Mapping[str, Any]) -> Figure:
    plain = dict(value)
    quantity = Quantity(plain.pop("low"), plain.pop("best"), plain.pop("high"))
    return Figure(**{**plain, "span": _sure_span(plain["span"])}, quantity=quantity)


def _claim(value: Mapping[str, Any]) -> Claim:
    cue, content = _span(value["cue"]), _sure_span(value["content"])
    return Claim(**{**value, "speaker": _speaker(value["speaker"]), "cue": cue, "content": content})


def _attitude(value: Mapping[str, Any]) -> Attitude:
    cue, content = _sure_span(value["cue"]), _sure_span(value["content"])
    return Attitude(**{**value, "speaker": _speaker(value["speaker"]), "cue": cue, "content": content})


def _speaker(value: Mapping[str, Any]) -> Speaker:
    return Speaker(**{**value, "span": _span(value["span"])})

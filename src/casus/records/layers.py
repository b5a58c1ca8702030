"""Which words of a report carry which record, cut into pieces that do not overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from casus.records.event import Event
from casus.records.reading import Reading
from casus.records.span import Span

Kind = Literal["figure", "time", "place", "weapon", "speaker", "cue", "actor", "claim", "evidence"]

KINDS: tuple[Kind, ...] = ("figure", "time", "place", "weapon", "speaker", "cue", "actor", "claim", "evidence")
"""Kinds of spans, the one that a display shows first where several lie on the same words."""

BROAD: frozenset[Kind] = frozenset(("claim", "evidence"))
"""Kinds that cover whole clauses; the others cover names and phrases."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A span of a kind, the key of the record it carries, and the numbers of the events it feeds (from 1).

    Keys: "e1" event, "f1" figure, "c1" claim, "a1" actor, "t1" time, "p1" place, each
    numbered from 1 in the order of the reading.
    """

    span: Span
    kind: Kind
    record: str
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text with the layers that lie on all of it; none for plain text."""

    span: Span
    layers: tuple[Layer, ...]


def layers_of(reading: Reading) -> tuple[Layer, ...]:
    """Every span of a reading with what it carries, in text order."""
    found = [*_event_layers(reading), *_figure_layers(reading), *_claim_layers(reading), *_mention_layers(reading)]
    return tuple(sorted(set(found), key=lambda x: (x.span, KINDS.index(x.kind), x.record, x.events)))


def segments_of(text: str, layers: tuple[Layer, ...]) -> Iterator[Segment]:
    """The text in pieces, in order and without gaps, cut wherever a layer begins or ends.

    Layers that reach beyond the text are left out.
    """
    begins: dict[int, list[Layer]] = defaultdict(list)
    ends: dict[int, list[Layer]] = defaultdict(list)
    for layer in layers:
        if layer.span.end <= len(text):
            begins[layer.span.start].append(layer)
            ends[layer.span.end].append(layer)
    active: dict[Layer, None] = {}
    cuts = sorted({0, len(text), *begins, *ends})
    for start, end in pairwise(cuts):
        for layer in ends[start]:
            active.pop(layer)
        active.update(dict.fromkeys(begins[start]))
        yield Segment(Span(start, end), tuple(active))


def events_of_claims(reading: Reading) -> dict[str, tuple[int, ...]]:
    """Claim id → numbers of the events that it, or a figure it gives, belongs to."""
    giver = {figure.id: figure.claim for figure in reading.figures}
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for number, event in enumerate(reading.events, start=1):
        for claim in (*event.claims, *(giver[f] for f in event.figures if f in giver)):
            found[claim][number] = None
    return {claim: tuple(numbers) for claim, numbers in found.items()}


def _event_layers(reading: Reading) -> Iterator[Layer]:
    actors = {actor.id: f"a{n}" for n, actor in enumerate(reading.actors, start=1)}
    for number, event in enumerate(reading.events, start=1):
        own, numbers = f"e{number}", (number,)
        for span in event.evidence:
            yield Layer(span, "evidence", own, numbers)
        for participant in event.participants:
            if participant.span is not None:
                yield Layer(participant.span, "actor", actors.get(participant.actor, own), numbers)
        for weapon in event.weapons:
            yield Layer(weapon.span, "weapon", own, numbers)
        if event.date.span is not None:
            yield Layer(event.date.span, "time", own, numbers)
        if event.location.span is not None:
            yield Layer(event.location.span, "place", own, numbers)
        if event.location.relation is not None:
            yield Layer(event.location.relation.span, "place", own, numbers)


def _figure_layers(reading: Reading) -> Iterator[Layer]:
    home = {figure: number for number, event in enumerate(reading.events, start=1) for figure in event.figures}
    for n, figure in enumerate(reading.figures, start=1):
        number = home.get(figure.id)
        yield Layer(figure.span, "figure", f"f{n}", (number,) if number else ())


def _claim_layers(reading: Reading) -> Iterator[Layer]:
    events = events_of_claims(reading)
    for n, claim in enumerate(reading.claims, start=1):
        own, numbers = f"c{n}", events.get(claim.id, ())
        if claim.speaker.kind == "author":
            continue
        yield Layer(claim.content, "claim", own, numbers)
        if claim.speaker.span is not None:
            yield Layer(claim.speaker.span, "speaker", own, numbers)
        if claim.cue is not None:
            yield Layer(claim.cue, "cue", own, numbers)


def _mention_layers(reading: Reading) -> Iterator[Layer]:
    """Times, places and actors as mentioned, tied to the events whose words they are."""
    for n, time in enumerate(reading.times, start=1):
        yield Layer(time.span, "time", f"t{n}", _using(reading, time.span, "date"))
    for n, place in enumerate(reading.places, start=1):
        yield Layer(place.span, "place", f"p{n}", _using(reading, place.span, "location"))
    for n, actor in enumerate(reading.actors, start=1):
        for span in actor.mentions:
            yield Layer(span, "actor", f"a{n}", _taking_part(reading, actor.id, span))


def _using(reading: Reading, span: Span, slot: Literal["date", "location"]) -> tuple[int, ...]:
    """Numbers of the events whose date or location stands on these words."""
    found = ((n, e.date.span if slot == "date" else e.location.span) for n, e in enumerate(reading.events, start=1))
    return tuple(n for n, used in found if used is not None and used.overlaps(span))


def _taking_part(reading: Reading, actor: str, span: Span) -> tuple[int, ...]:
    """Numbers of the events in which the actor takes part and whose evidence names it here."""

    def tells(event: Event) -> bool:
        return any(p.actor == actor for p in event.participants) and any(e.contains(span) for e in event.evidence)

    return tuple(n for n, event in enumerate(reading.events, start=1) if tells(event))

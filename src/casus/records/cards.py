"""The records of a reading as HTML: a card for each event, an index of everything mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casus.records.claim import Claim
from casus.records.event import Event, Role
from casus.records.figure import Figure
from casus.records.markup import marked
from casus.records.mention import PlaceMention, TimeMention
from casus.records.reading import Reading
from casus.records.span import Span
from casus.records.wording import (
    claim_words,
    date_words,
    event_marks,
    figure_words,
    place_words,
    quotation,
    role_words,
)

ROLE_ORDER: tuple[Role, ...] = ("actor1", "assoc_actor1", "actor2", "assoc_actor2")


def card(reading: Reading, number: int, prefix: str) -> str:
    """Event `number` (from 1) with links to the words behind each value."""
    event = reading.events[number - 1]
    marks = "".join(f' <span class="mark">{mark}</span>' for mark in event_marks(event))
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in _rows(reading, event, prefix))
    return (
        f'<article class="card" id="{prefix}e{number}" data-e="{number}" tabindex="0">\n'
        f'<h2><span class="number">{number}</span> {marked(event.sub_event_type)}{marks}</h2>\n'
        f'<p class="family">{marked(event.event_type)}</p>\n<dl>{rows}</dl>\n'
        f"{_figures(reading, event, prefix)}{_claims(reading, event, prefix)}"
        f'<p class="dim">confidence {event.confidence:.2f}</p>\n</article>'
    )


def _rows(reading: Reading, event: Event, prefix: str) -> Iterator[tuple[str, str]]:
    yield "when", _link(date_words(event.date), event.date.span, prefix, "time")
    yield "where", _link(place_words(event.location), event.location.span, prefix, "place")
    names = {actor.id: actor.name for actor in reading.actors}
    for role in ROLE_ORDER:
        parties = [p for p in event.participants if p.role == role]
        if parties:
            links = (_link(names.get(p.actor, p.actor), p.span, prefix, "actor") for p in parties)
            yield role_words(event, role), ", ".join(dict.fromkeys(links))
    if event.weapons:
        links = (_link(weapon.name, weapon.span, prefix, "weapon") for weapon in event.weapons)
        yield "using", ", ".join(dict.fromkeys(links))


def _link(words: str, span: Span | None, prefix: str, kind: str) -> str:
    """Words that lead to the place in the text they come from; plain where there is none."""
    if span is None:
        return marked(words)
    return f'<a class="to k-{kind} u-{kind}" href="#{prefix}at{span.start}">{marked(words)}</a>'


def _figures(reading: Reading, event: Event, prefix: str) -> str:
    claims = {claim.id: claim for claim in reading.claims}
    names = {actor.id: actor.name for actor in reading.actors}
    items = []
    for figure in _own_figures(reading, event):
        claim = claims.get(figure.claim)
        frames = [*event.evidence, claim.content] if claim else event.evidence
        words = _link(figure_words(figure, names), figure.span, prefix, "figure")
        items.append(f"<li>{words}{_said(claim, prefix)}{_quote(reading, figure.span, frames)}</li>")
    return f'<ul class="figures">{"".join(items)}</ul>\n' if items else ""


def _own_figures(reading: Reading, event: Event) -> list[Figure]:
    figures = {figure.id: figure for figure in reading.figures}
    return [figures[i] for i in event.figures if i in figures]


def _claims(reading: Reading, event: Event, prefix: str) -> str:
    """Who vouches for the event or denies it, beyond the givers of its figures."""
    given = {figure.claim for figure in _own_figures(reading, event)}
    others = [c for c in reading.claims if c.id in event.claims and c.id not in given]
    items = "".join(f"<li>{_said(c, prefix)}{_quote(reading, c.content, [c.content])}</li>" for c in others)
    return f'<ul class="claims">{items}</ul>\n' if items else ""


def _said(claim: Claim | None, prefix: str) -> str:
    if claim is None:
        return ""
    where = claim.speaker.span or claim.cue
    return f'<span class="said">{_link(claim_words(claim), where, prefix, "speaker")}</span>'


def _quote(reading: Reading, focus: Span, frames: Iterable[Span]) -> str:
    """A quotation with the words in focus emphasised, unless they are all of it."""
    text = reading.report.text
    quoted = quotation(text, focus, list(frames))
    whole = quoted.span
    inside = Span(max(focus.start, whole.start), min(focus.end, whole.end))
    before, after = marked(text[whole.start : inside.start]), marked(text[inside.end : whole.end])
    middle = marked(inside.of(text))
    words = f"{before}<b>{middle}</b>{after}" if before or after else middle
    return f"<q>{'… ' * quoted.before}{words}{' …' * quoted.after}</q>"


def index(reading: Reading, prefix: str) -> str:
    """Everything the report mentions, whether an event uses it or not, folded away."""
    lists = (
        ("Actors", "a", [_actor(reading, n) for n in range(len(reading.actors))]),
        ("Times", "t", [_time(reading, time) for time in reading.times]),
        ("Places", "p", [_place(reading, place) for place in reading.places]),
        ("Figures", "f", [_figure(reading, figure) for figure in reading.figures]),
        ("Claims", "c", [_claim(reading, claim) for claim in reading.claims]),
    )
    parts = "".join(_list(name, letter, items, prefix) for name, letter, items in lists if items)
    return f'<details class="index"><summary>Everything mentioned</summary>{parts}</details>' if parts else ""


def _list(name: str, letter: str, items: list[str], prefix: str) -> str:
    listed = "".join(f'<li class="rec" id="{prefix}{letter}{n}">{item}</li>' for n, item in enumerate(items, start=1))
    return f"<h3>{name}</h3><ul>{listed}</ul>"


def _record(kind: str, words: str, facts: Iterable[str | None]) -> str:
    known = " · ".join(marked(fact) for fact in facts if fact)
    return f'<span class="kind k-{kind} u-{kind}">{kind}</span> <b>{marked(words)}</b> <span class="dim">{known}</span>'


def _actor(reading: Reading, n: int) -> str:
    actor = reading.actors[n]
    names = {a.id: a.name for a in reading.actors}
    member = f"of {names.get(actor.member_of, actor.member_of)}" if actor.member_of else None
    known_as = ", ".join(dict.fromkeys(span.of(reading.report.text) for span in actor.mentions))
    return _record("actor", actor.name, (actor.kind, actor.country, member, f"in the text: {known_as}"))


def _time(reading: Reading, time: TimeMention) -> str:
    when = time.start if time.start == time.end else f"{time.start or '…'} to {time.end or '…'}"
    facts = (when, f"to the {time.precision}" if time.precision != "unknown" else "precision unknown", time.note)
    return _record("time", time.span.of(reading.report.text), facts)


def _place(reading: Reading, place: PlaceMention) -> str:
    degrees = None
    if place.latitude is not None and place.longitude is not None:
        degrees = f"{place.latitude:.2f}, {place.longitude:.2f}"
    return _record("place", place.name, (place.precision, place.admin1, place.country, degrees))


def _figure(reading: Reading, figure: Figure) -> str:
    names = {actor.id: actor.name for actor in reading.actors}
    return _record("figure", figure_words(figure, names), (figure.span.of(reading.report.text),))


def _claim(reading: Reading, claim: Claim) -> str:
    facts = (f"speaker: {claim.speaker.kind}", claim.speaker.interest if claim.speaker.interest != "unknown" else None)
    return _record("speaker", claim_words(claim), facts) + _quote(reading, claim.content, [claim.content])

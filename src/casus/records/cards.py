"""The records of a reading as HTML: a card for each event, an index of everything mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casus.records.attitude import Attitude
from casus.records.claim import Claim
from casus.records.event import Event, Role
from casus.records.figure import Figure
from casus.records.markup import marked
from casus.records.mention import PlaceMention, TimeMention
from casus.records.reading import Reading
from casus.records.span import Span
from casus.records.statements import statements_on
from casus.records.wording import (
    Quotation,
    attitude_words,
    claim_words,
    date_note,
    date_words,
    event_marks,
    figure_words,
    is_unsure,
    kilometre_words,
    place_words,
    point_words,
    quotation,
    reading_words,
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
        f"{_statements(reading, event, prefix)}"
        f'<p class="dim">confidence {event.confidence:.2f}</p>\n</article>'
    )


def _rows(reading: Reading, event: Event, prefix: str) -> Iterator[tuple[str, str]]:
    yield "when", _link(date_words(event.date), event.date.span, prefix, "time") + _noted(date_note(event.date))
    yield "where", _link(place_words(event.location), event.location.span, prefix, "place") + _place_details(event)
    names = {actor.id: actor.name for actor in reading.actors}
    for role in ROLE_ORDER:
        parties = [p for p in event.participants if p.role == role]
        if parties:
            links = (_link(names.get(p.actor, p.actor), p.span, prefix, "actor") for p in parties)
            yield role_words(event, role), ", ".join(dict.fromkeys(links))
    if event.weapons:
        links = (_link(weapon.name, weapon.span, prefix, "weapon") for weapon in event.weapons)
        yield "using", ", ".join(dict.fromkeys(links))


def _place_details(event: Event) -> str:
    """The point with how exact it is, and the other readings of the name, for a reviewer to switch to; folded away
    unless the chosen one is unsure."""
    where = event.location
    point = point_words(where)
    score = f" · this reading {where.score:.0%}" if where.score is not None and where.candidates else ""
    parts = f'<div class="dim">{marked(point)}{score}</div>' if point else ""
    if where.candidates:
        items = "".join(f"<li>{marked(reading_words(c))}</li>" for c in where.candidates)
        opened = " open" if is_unsure(where) else ""
        parts += f'<details class="others"{opened}><summary>other readings</summary><ul>{items}</ul></details>'
    return parts


def _noted(note: str | None) -> str:
    return f'<br><span class="dim">{marked(note)}</span>' if note else ""


def _link(words: str, span: Span | None, prefix: str, kind: str) -> str:
    """Words that lead to the place in the text they come from; plain where there is none."""
    if span is None:
        return marked(words)
    return f'<a class="to k-{kind} u-{kind}" href="#{prefix}at{span.start}">{marked(words)}</a>'


def _statements(reading: Reading, event: Event, prefix: str) -> str:
    """Figures, and below them who gives them in which words; then who else speaks of the event."""
    names = {actor.id: actor.name for actor in reading.actors}
    items = []
    for statement in statements_on(reading, event):
        figures = "".join(
            f'<div class="figure">{_link(figure_words(figure, names), figure.span, prefix, "figure")}</div>'
            for figure in statement.figures
        )
        quote = _quote(reading, statement.quoted, [figure.span for figure in statement.figures])
        items.append(f"<li>{figures}{_said(statement.claim, prefix)}{quote}</li>")
    return f'<ul class="statements">{"".join(items)}</ul>\n'


def _said(claim: Claim | None, prefix: str) -> str:
    if claim is None:
        return ""
    where = claim.speaker.span or claim.cue
    return f'<span class="said">{_link(claim_words(claim), where, prefix, "speaker")}</span>'


def _quote(reading: Reading, quoted: Quotation, emphasised: Iterable[Span] = ()) -> str:
    """A quotation with its cuts marked and the emphasised spans strong."""
    text, position, parts = reading.report.text, quoted.span.start, []
    for span in sorted(span for span in emphasised if quoted.span.contains(span)):
        if span.start >= position:
            parts.append(f"{marked(text[position : span.start])}<b>{marked(span.of(text))}</b>")
            position = span.end
    parts.append(marked(text[position : quoted.span.end]))
    return f"<q>{'… ' * quoted.before}{''.join(parts)}{' …' * quoted.after}</q>"


def index(reading: Reading, prefix: str) -> str:
    """Everything the report mentions, whether an event uses it or not, folded away."""
    lists = (
        ("Actors", "a", [_actor(reading, n) for n in range(len(reading.actors))]),
        ("Times", "t", [_time(reading, time) for time in reading.times]),
        ("Places", "p", [_place(reading, place) for place in reading.places]),
        ("Figures", "f", [_figure(reading, figure) for figure in reading.figures]),
        ("Claims", "c", [_claim(reading, claim) for claim in reading.claims]),
        ("Views and wishes", "w", [_attitude(reading, attitude) for attitude in reading.attitudes]),
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
    within = f"within {kilometre_words(place.uncertainty_km)}" if place.uncertainty_km is not None else None
    told = " ".join(place.relation.words.split()) if place.relation and place.relation.words != place.name else None
    near = "near" if place.near and told is None else None
    return _record("place", place.name, (near, told, place.precision, place.admin1, place.country, degrees, within))


def _figure(reading: Reading, figure: Figure) -> str:
    names = {actor.id: actor.name for actor in reading.actors}
    return _record("figure", figure_words(figure, names), (figure.span.of(reading.report.text),))


def _claim(reading: Reading, claim: Claim) -> str:
    facts = (f"speaker: {claim.speaker.kind}", claim.speaker.interest if claim.speaker.interest != "unknown" else None)
    quoted = quotation(reading.report.text, claim.content, [claim.content])
    return _record("speaker", claim_words(claim), facts) + _quote(reading, quoted)


def _attitude(reading: Reading, attitude: Attitude) -> str:
    text, content = reading.report.text, attitude.content
    quoted = quotation(text, content, [content])
    emphasised = [content] if quoted.span != content else []
    who = _record("speaker", attitude_words(attitude, text), (f"speaker: {attitude.speaker.kind}",))
    return who + _quote(reading, quoted, emphasised)

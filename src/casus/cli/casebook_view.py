"""Events, counts and reports of a casebook as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from casus.cli.terminal import Paragraph, clean, open_console
from casus.records.event import Event, EventDate, Role
from casus.records.figure import Quantity
from casus.records.reading import Reading
from casus.records.span import Span
from casus.records.wording import (
    claim_words,
    date_note,
    date_words,
    figure_words,
    place_words,
    point_words,
    quotation,
    reading_words,
    role_words,
)
from casus.store import Count, EventRecord, Grouping, ReportRecord

COLUMNS = ("id", "date", "place", "type", "actors", "killed", "injured", "said by", "from")

WIDEST = 44
"""Columns to which a cell is padded in plain lists; longer ones are shown whole and push their row aside."""

MOST_SPEAKERS = 2

TABLE_FROM = 110
"""Columns of a terminal from which a table is readable; narrower ones get two lines an event."""

NOT_FUSED = "Accounts of one happening in several reports are not yet fused: an event is what one report tells."

Cells = tuple[str, ...]


def print_events(stream: TextIO, events: Sequence[EventRecord]) -> None:
    """A table on a terminal; elsewhere one line an event, columns apart by two spaces or more."""
    rows = map(event_cells, events)
    if not stream.isatty():
        _print_aligned(stream, COLUMNS, rows)
        return
    console = _wide_console(stream)
    if console.width >= TABLE_FROM:
        console.print(_table(COLUMNS, rows))
    else:
        for cells in rows:
            console.print(_narrow(cells))
    number = "1 event" if len(events) == 1 else f"{len(events):,} events"
    console.print(Paragraph(Text(f"{number}. {NOT_FUSED}", style="dim"), 0, 0))


def print_counts(stream: TextIO, by: Grouping, counts: Sequence[Count]) -> None:
    """Keys and numbers of events."""
    cells = [(clean(c.key) if c.key is not None else "unknown", f"{c.events:,}") for c in counts]
    if stream.isatty():
        _wide_console(stream).print(_table((by, "events"), cells))
    else:
        _print_aligned(stream, (by, "events"), cells)


def _wide_console(stream: TextIO) -> Console:
    """A console as wide as the terminal: tables need the room that running text does not."""
    console = open_console(stream, "auto")
    return Console(
        file=stream, color_system=None if console.color_system is None else "auto", markup=False, highlight=False,
        emoji=False,
    )  # fmt: skip


def _table(header: Cells, rows: Iterable[Cells]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(name, no_wrap=name in ("id", "date"), overflow="fold")
    for cells in rows:
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _narrow(cells: Cells) -> Paragraph:
    """An event on a narrow terminal: id, date, type and place, then what is known besides."""
    id, when, place, kind, actors, killed, injured, speakers, publisher = cells
    line = Text(id, style="dim")
    line.append(f"  {when}  {kind}", style="not dim bold")
    known = (place, actors, killed and f"killed {killed}", injured and f"injured {injured}", speakers, publisher)
    line.append(f"  {' · '.join(x for x in known if x)}", style="not dim")
    return Paragraph(line, 0, 4)


def _print_aligned(stream: TextIO, header: Cells, rows: Iterable[Cells]) -> None:
    lines = [header, *rows]
    widths = [min(WIDEST, max(cell_len(line[i]) for line in lines)) for i in range(len(header))]
    for line in lines:
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        stream.write("  ".join(padded).rstrip() + "\n")


def event_cells(event: EventRecord) -> Cells:
    """An event as one row; every cell is safe for a terminal."""
    return tuple(
        clean(cell)
        for cell in (
            event.id,
            short_date(event.date),
            _place(event),
            " ".join((event.sub_event_type, *(f"[{mark}]" for mark in _all_marks(event)))),
            _actors(event),
            short_number(event.toll("killed")),
            short_number(event.toll("injured")),
            _speakers(event),
            event.report.publisher or "",
        )
    )


def short_date(when: EventDate) -> str:
    """ISO forms: a day, a month, a year, a range; what is known of a date without a year; "?"."""
    if when.start is None or when.end is None:
        known = f"{when.start or ''}..{when.end or ''}"
        return known if known != ".." else _partial_date(when.value)
    if when.start == when.end:
        return when.start
    start, after = date.fromisoformat(when.start[:10]), date.fromisoformat(when.end[:10]) + timedelta(days=1)
    if start.day == 1 and after.day == 1:
        if (after.year - start.year) * 12 + after.month - start.month == 1:
            return when.start[:7]
        if start.month == after.month == 1 and after.year - start.year == 1:
            return when.start[:4]
    return f"{when.start}..{when.end[5:] if when.start[:5] == when.end[:5] else when.end}"


def _partial_date(value: str | None) -> str:
    """A TIMEX3 value without a year, if it says anything."""
    return value if value and any(c.isdigit() for c in value) else "?"


def short_number(number: Quantity | None) -> str:
    """Low, best and high: "12", "24–99", "≥12", "≤30", "~40", "10–12–15"; "" for no figure, "?" for no number."""
    if number is None:
        return ""
    low, best, high = number.low, number.best, number.high
    if low is not None and high is not None:
        middle = "" if best in (None, low, high) else f"–{best:,}"
        return f"{low:,}" if low == high else f"{low:,}{middle}–{high:,}"
    if low is not None:
        return f"≥{low:,}" if best in (None, low) else f"~{best:,} (≥{low:,})"
    if high is not None:
        return f"≤{high:,}" if best in (None, high) else f"~{best:,} (≤{high:,})"
    return f"~{best:,}" if best is not None else "?"


def _place(event: EventRecord) -> str:
    place = event.location
    name = place.name if place.name is None or not place.near else f"near {place.name.removeprefix('near ')}"
    return ", ".join(x for x in (name, place.country) if x) or "?"


def _marks(actuality: str, background: bool) -> list[str]:
    """What must not be overlooked: not actual, or told as the past."""
    return [*([actuality] if actuality != "actual" else []), *(["background"] if background else [])]


def _all_marks(event: EventRecord) -> list[str]:
    """The marks of a list's row, which has no room for the reason of a date."""
    return [*_marks(event.actuality, event.background), *(["date inferred"] if event.date.inferred else [])]


def _actors(event: EventRecord) -> str:
    acting, target = (_names(event, "actor1"), _names(event, "actor2"))
    return f"{acting or '?'} → {target}" if target else acting


def _names(event: EventRecord, role: Role) -> str:
    return ", ".join(dict.fromkeys(p.name for p in event.participants if p.role == role))


def _speakers(event: EventRecord) -> str:
    """Who stands behind it, the report's own word last; a few of many."""
    said = [*event.claims, *(f.claim for f in event.figures)]
    named = (c for c in said if c.kind != "author")
    names = dict.fromkeys("unnamed source" if c.kind == "unknown" else c.speaker for c in named)
    if any(c.kind == "author" for c in said):
        names["the report"] = None
    shown, more = list(names)[:MOST_SPEAKERS], len(names) - MOST_SPEAKERS
    return ", ".join(shown) + (f" +{more}" if more > 0 else "")


def print_event(stream: TextIO, reading: Reading, record: EventRecord) -> None:
    """One event: what happened, who took part, every figure and claim with its words, and the report."""
    console = open_console(stream, "auto")
    event = next(e for e in reading.events if e.id == record.id)
    for part in _event_parts(reading, event, record):
        console.print(part)


def print_report(stream: TextIO, report: ReportRecord, events: Sequence[EventRecord]) -> None:
    """One report and the events it tells of."""
    console = open_console(stream, "auto")
    for part in _report_parts(report):
        console.print(part)
    for note in report.notes:
        console.print(Paragraph(Text(f"note: {clean(note)}", style="yellow"), 0, 6))
    if not events:
        console.print(Text("no events" if report.relevant else "no events: not about political violence or protest"))
        return
    stream.write("\n")
    print_events(stream, events)


def _event_parts(reading: Reading, event: Event, record: EventRecord) -> Iterator[Paragraph | Text]:
    head = Text(event.sub_event_type, style="bold cyan")
    head.append(f" ({event.event_type})")
    for mark in _marks(event.actuality, event.background):
        head.append(f" [{mark}]", style="magenta")
    yield Paragraph(head, 0, 2)
    yield from _fields(_event_fields(reading, event))
    yield from _figure_parts(reading, event)
    yield from _claim_parts(reading, event)
    yield Text("\nreported in", style="bold")
    for span in event.evidence:
        yield _quote(reading.report.text, span, [span])
    yield Text("\nreport", style="bold")
    yield from _report_parts(record.report)
    yield Text()
    yield Paragraph(Text(NOT_FUSED, style="dim"), 0, 0)


def _event_fields(reading: Reading, event: Event) -> Iterator[tuple[str, str]]:
    actors = {a.id: a for a in reading.actors}
    place = event.location
    yield "id", event.id
    yield "when", date_words(event.date)
    if (note := date_note(event.date)) is not None:
        yield "", note
    yield "where", place_words(place)
    if (point := point_words(place)) is not None:
        yield "", point
    if place.candidates:
        chosen = f" (chosen: {place.score:.0%})" if place.score is not None else ""
        yield "or", f"{', '.join(map(reading_words, place.candidates))}{chosen}"
    for participant in event.participants:
        actor = actors[participant.actor]
        known = ", ".join(x for x in (actor.kind, actor.country, actor.registry) if x)
        yield role_words(event, participant.role), f"{actor.name} ({known})"
    if event.weapons:
        yield "using", ", ".join(dict.fromkeys(w.name for w in event.weapons))
    yield "confidence", f"{event.confidence:.2f}"


def _fields(fields: Iterable[tuple[str, str]]) -> Iterator[Paragraph]:
    for name, value in fields:
        line = Text(f"{name:<14}", style="dim")
        line.append(clean(value), style="not dim")
        yield Paragraph(line, 0, 4)


def _figure_parts(reading: Reading, event: Event) -> Iterator[Paragraph | Text]:
    """Every figure of the event, who gives it, and the words."""
    names = {a.id: clean(a.name) for a in reading.actors}
    claims = {c.id: c for c in reading.claims}
    figures = {f.id: f for f in reading.figures}
    if event.figures:
        yield Text("\nfigures", style="bold")
    for figure in (figures[i] for i in event.figures):
        claim = claims[figure.claim]
        line = Text(figure_words(figure, names), style="bold red")
        line.append(f", {clean(claim_words(claim))}", style="not bold green")
        yield Paragraph(line, 2, 4)
        yield _quote(reading.report.text, figure.span, [])


def _claim_parts(reading: Reading, event: Event) -> Iterator[Paragraph | Text]:
    """Every claim behind the event, and the words."""
    claims = {c.id: c for c in reading.claims}
    if event.claims:
        yield Text("\nclaims", style="bold")
    for claim in (claims[i] for i in event.claims):
        kind = "" if claim.speaker.kind in ("author", "unknown") else f" [{claim.speaker.kind}]"
        yield Paragraph(Text(clean(claim_words(claim)) + kind, style="green"), 2, 4)
        yield _quote(reading.report.text, claim.content, [claim.content])


def _report_parts(report: ReportRecord) -> Iterator[Paragraph]:
    known = (
        ("title", report.title),
        ("publisher", report.publisher),
        ("published", report.published),
        ("url", report.url),
        ("id", report.id),
        ("sha256", report.sha256),
    )
    return _fields((name, value) for name, value in known if value)


def _quote(text: str, focus: Span, frames: Sequence[Span]) -> Paragraph:
    """The words in focus as quoted from their frame, else from their sentence, which then shows them in bold."""
    shown = quotation(text, focus, frames)
    inside = Span(max(focus.start, shown.span.start), min(focus.end, shown.span.end))
    line = Text("“… " if shown.before else "“")
    line.append(_piece(text[shown.span.start : inside.start]))
    line.append(_piece(inside.of(text)), style="" if frames else "bold underline")
    line.append(f"{_piece(text[inside.end : shown.span.end])}{' …' if shown.after else ''}”")
    return Paragraph(line, 4, 5)


def _piece(text: str) -> str:
    """A part of a quotation, cleaned; the spaces at its ends are one each."""
    words = clean(text)
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{words}{after}" if words else before

"""Readings as an account for people, in a terminal."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO

from rich.console import Console, ConsoleOptions
from rich.text import Text

from casus.records.event import Event, Role
from casus.records.reading import Reading
from casus.records.span import Span
from casus.records.statements import statements_on
from casus.records.wording import (
    Quotation,
    claim_words,
    date_note,
    date_words,
    day_words,
    event_marks,
    figure_words,
    headline,
    is_unsure,
    place_words,
    reading_words,
    role_words,
)

Color = Literal["auto", "always", "never"]

PLAIN_WIDTH = 80
MAX_WIDTH = 100
"""Columns: of output that goes to no terminal, and at most; longer lines are hard to read."""

ROLE_ORDER: tuple[Role, ...] = ("actor1", "assoc_actor1", "actor2", "assoc_actor2")

MOST_READINGS = 2
"""Other readings of a place name that are shown; all are in the JSON and on the page."""

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing: they can make a line read as what it does not say."""


def clean(text: str) -> str:
    """A text from outside as one line for a terminal: no control characters, no turned writing."""
    kept = (
        " " if c.isspace() else c for c in text if c.isspace() or (c not in BIDI and unicodedata.category(c) != "Cc")
    )
    return " ".join("".join(kept).split())


def open_console(stream: TextIO, color: Color) -> Console:
    """A console on a stream: coloured as asked, or if it is a terminal that has colour (NO_COLOR counts)."""
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    forced = {"always": True, "never": False, "auto": terminal and not os.environ.get("NO_COLOR")}[color]
    width = None if stream.isatty() else PLAIN_WIDTH
    console = Console(
        file=stream,
        force_terminal=forced,
        color_system="auto" if forced and terminal else "standard" if forced else None,
        width=width,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=False,
    )
    console.width = min(console.width, MAX_WIDTH)
    return console


def print_reading(console: Console, reading: Reading) -> None:
    """One report: a header, then a card for each event."""
    for part in _header(reading, console.width):
        console.print(part)
    for number, event in enumerate(reading.events, start=1):
        console.print()
        for part in _card(reading, event, number):
            console.print(part)
    console.print()


def _header(reading: Reading, width: int) -> Iterator[Paragraph | Text]:
    report = reading.report
    yield Text("─" * width, style="dim")
    yield Text(clean(headline(reading)), style="bold")
    published = f"published {day_words(report.published)}" if report.published else "no publication date"
    yield Text(" · ".join(clean(x) for x in (report.publisher, published, report.id) if x), style="dim")
    for note in reading.notes:
        yield Paragraph(Text(f"note: {clean(note)}", style="yellow"), 2, 4)
    yield Text(_summary(reading), style="italic")


def _summary(reading: Reading) -> str:
    count = len(reading.events)
    if count:
        return "1 event" if count == 1 else f"{count} events"
    return "no events" if reading.relevant else "no events: nothing here about political violence or protest"


def _card(reading: Reading, event: Event, number: int) -> Iterator[Paragraph | Text]:
    """An event: its heading, its parties, its figures, and who says so in which words."""
    head = Text(f"{number}  ", style="dim")
    head.append(event.sub_event_type, style="bold cyan")
    for mark in event_marks(event):
        head.append(f" [{mark}]", style="magenta")
    head.append(f" · {date_words(event.date)}", style="bold")
    head.append(f" · {clean(place_words(event.location))}")
    yield Paragraph(head, 0, 3)
    if note := date_note(event.date):
        yield Paragraph(Text(f"date {clean(note)}", style="dim"), 3, 5)
    if is_unsure(event.location):
        others = ", ".join(clean(reading_words(c)) for c in event.location.candidates[:MOST_READINGS])
        yield Paragraph(Text(f"the place may also be {others}", style="dim"), 3, 5)
    yield from _parties(reading, event)
    yield from _statements(reading, event)


def _parties(reading: Reading, event: Event) -> Iterator[Paragraph | Text]:
    names = {a.id: a.name for a in reading.actors}
    for role in ROLE_ORDER:
        actors = dict.fromkeys(clean(names[p.actor]) for p in event.participants if p.role == role)
        if actors:
            line = Text(f"{role_words(event, role)} ", style="dim")
            line.append(", ".join(actors), style="blue")
            yield Paragraph(line, 3, 3)
    if event.weapons:
        weapons = dict.fromkeys(clean(weapon.name) for weapon in event.weapons)
        yield Paragraph(Text(f"using {', '.join(weapons)}", style="dim"), 3, 3)


def _statements(reading: Reading, event: Event) -> Iterator[Paragraph]:
    """Figures, and below them who gives them in which words; then who else speaks of the event."""
    names = {a.id: clean(a.name) for a in reading.actors}
    for statement in statements_on(reading, event):
        for figure in statement.figures:
            yield Paragraph(Text(f"▪ {figure_words(figure, names)}", style="bold red"), 3, 5)
        if statement.claim is not None:
            yield Paragraph(Text(clean(claim_words(statement.claim)), style="green"), 5, 7)
        yield _quote(reading, statement.quoted, [figure.span for figure in statement.figures])


def _quote(reading: Reading, quoted: Quotation, emphasised: Sequence[Span]) -> Paragraph:
    """Words of the report in quotation marks, cuts marked, the emphasised spans bold."""
    text, whole = reading.report.text, quoted.span
    line = Text("“… " if quoted.before else "“")
    position = whole.start
    for span in sorted(s for s in emphasised if whole.contains(s)):
        if span.start >= position:
            line.append(_inner(text[position : span.start]))
            line.append(_inner(span.of(text)), style="bold underline")
            position = span.end
    line.append(_inner(text[position : whole.end]))
    line.append(" …”" if quoted.after else "”")
    return Paragraph(line, 7, 8)


def _inner(piece: str) -> str:
    """A piece of a quotation, cleaned, with the spaces at its ends kept as one each."""
    words = clean(piece)
    if not words:
        return " " if piece else ""
    return f"{' ' * piece[0].isspace()}{words}{' ' * piece[-1].isspace()}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text wrapped to the width, its first line indented by `first` columns, the others by `rest`."""

    text: Text
    first: int
    rest: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        lines = self.text.wrap(console, max(20, options.max_width - self.rest))
        for number, line in enumerate(lines):
            line.rstrip()
            yield Text(" " * (self.rest if number else self.first)) + line

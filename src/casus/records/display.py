"""A reading as a page: the report with every span marked, and beside it the records they feed.

The page needs nothing else: no request leaves it, and its content policy allows no script or
style but its own. All text from outside is escaped; marks that turn the direction of writing
and control characters are shown, not obeyed.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files

from casus.records.cards import card, index
from casus.records.layers import BROAD, KINDS, Segment, layers_of, segments_of
from casus.records.markup import marked
from casus.records.reading import Reading
from casus.records.wording import day_words, headline

LEGEND: dict[str, str] = {
    "figure": "figure",
    "time": "time",
    "place": "place",
    "actor": "actor",
    "weapon": "weapon",
    "speaker": "who says so",
    "cue": "how",
    "claim": "what is said",
    "evidence": "tells of an event",
}

FRAME_HEIGHT = 560
"""Pixels of a reading in a notebook."""


def page(readings: Sequence[Reading]) -> str:
    """One HTML page, whole and self-contained, with a section for each reading."""
    head = headline(readings[0]) if len(readings) == 1 else f"{len(readings)} reports"
    sections = "\n".join(_section(reading, number) for number, reading in enumerate(readings, start=1))
    return "".join(_document(f"{head} · Casus", _contents(readings) + sections))


def fragment(reading: Reading) -> str:
    """The page of one reading in a frame, for notebooks: nothing in it can touch the notebook."""
    inner = escape(page((reading,)), quote=True)
    return (
        f'<iframe title="Casus reading" sandbox="allow-scripts" srcdoc="{inner}" '
        f'style="width:100%;height:{FRAME_HEIGHT}px;border:1px solid #8884;border-radius:6px"></iframe>'
    )


@lru_cache(maxsize=2)
def _resource(name: str) -> str:
    return files("casus.records").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy that allows this style and this script, by hash, and no request at all."""

    def digest(content: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; base-uri 'none'; "
        "form-action 'none'"
    )


def _document(title: str, body: str) -> Iterator[str]:
    style, script = _resource("page.css"), _resource("page.js")
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    yield f"{body}\n<script>{script}</script>\n</body>\n</html>\n"


def _contents(readings: Sequence[Reading]) -> str:
    """A list of the reports, where there are several."""
    if len(readings) < 2:
        return ""
    items = "".join(
        f'<li><a href="#r{n}">{marked(headline(r))}</a> <span class="dim">{_count(len(r.events))}</span></li>'
        for n, r in enumerate(readings, start=1)
    )
    return f'<nav class="contents" aria-label="Reports"><ol>{items}</ol></nav>\n'


def _count(events: int) -> str:
    return "no events" if events == 0 else "1 event" if events == 1 else f"{events} events"


def _section(reading: Reading, number: int) -> str:
    """A report with its cards; every id in it begins with the report's number."""
    prefix = f"r{number}-"
    cards = "\n".join(card(reading, n, prefix) for n in range(1, len(reading.events) + 1)) or _nothing(reading)
    return (
        f'<section class="report" id="r{number}">\n{_head(reading)}\n<div class="columns">\n'
        f'<div class="main">{_legend(reading)}'
        f'<div class="text" dir="auto" lang="{escape(reading.language)}">{_text(reading, prefix)}</div>\n'
        f"{index(reading, prefix)}</div>\n"
        f'<aside class="panel" aria-label="Events">'
        f'{cards}\n<div class="detail" aria-live="polite" hidden></div></aside>\n</div>\n</section>'
    )


def _head(reading: Reading) -> str:
    report = reading.report
    published = f"published {day_words(report.published)}" if report.published else "no publication date"
    facts = [marked(x) for x in (report.publisher, published, _count(len(reading.events))) if x]
    if report.url:
        facts.append(_address(report.url))
    notes = "".join(f"<li>{marked(note)}</li>" for note in reading.notes)
    listed = f'<ul class="notes" aria-label="Notes">{notes}</ul>' if notes else ""
    return f'<header><h1>{marked(headline(reading))}</h1>\n<p class="facts">{" · ".join(facts)}</p>{listed}</header>'


def _address(url: str) -> str:
    """The report's address: a link if it is one of the web, else text."""
    if not url.startswith(("http://", "https://")):
        return marked(url)
    return f'<a href="{escape(url)}" rel="noreferrer noopener">{marked(url)}</a>'


def _nothing(reading: Reading) -> str:
    why = "" if reading.relevant else " It tells of no political violence, demonstration or strategic development."
    return f'<p class="empty">No events in this report.{why}</p>'


def _legend(reading: Reading) -> str:
    """The kinds that occur in this report, marked as in the text."""
    used = {layer.kind for layer in layers_of(reading)}
    items = "".join(
        f'<li><span class="{_classes([kind])}">{word}</span></li>' for kind, word in LEGEND.items() if kind in used
    )
    return f'<ul class="legend" aria-label="Legend">{items}</ul>\n' if items else ""


def _text(reading: Reading, prefix: str) -> str:
    text = reading.report.text
    return "".join(_segment(text, s, prefix) for s in segments_of(text, layers_of(reading)))


def _segment(text: str, segment: Segment, prefix: str) -> str:
    """A piece of text; one that a reader can stop at if a name or phrase begins with it."""
    words = marked(segment.span.of(text))
    if not segment.layers:
        return words
    layers = sorted(segment.layers, key=lambda layer: KINDS.index(layer.kind))
    records = " ".join(dict.fromkeys(layer.record for layer in layers))
    events = " ".join(str(n) for n in sorted({n for layer in segment.layers for n in layer.events}))
    first = any(x.kind not in BROAD and x.span.start == segment.span.start for x in segment.layers)
    stop = ' tabindex="0"' if first else ""
    classes = _classes({layer.kind for layer in segment.layers})
    return (
        f'<span class="{classes}" id="{prefix}at{segment.span.start}" data-r="{records}" data-e="{events}"{stop}>'
        f"{words}</span>"
    )


def _classes(kinds: Iterable[str]) -> str:
    """Classes of a piece: k- for the kind that colours it, u- for the one that underlines it, and the broad ones."""
    ordered = [kind for kind in KINDS if kind in kinds]
    narrow = [kind for kind in ordered if kind not in BROAD]
    names = ["s", *(f"in-{kind}" for kind in ordered if kind in BROAD)]
    if narrow:
        names += [f"k-{narrow[0]}", f"u-{narrow[min(1, len(narrow) - 1)]}"]
    return " ".join(names)

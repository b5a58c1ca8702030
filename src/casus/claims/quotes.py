"""Passages in quotation marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from casus.records.parse import Parse
from casus.records.span import Span

OPENING = "“«„‟‘"
CLOSING = "”»’"
STRAIGHT = "\"'`"
CLOSER_OF = {"“": '”"', "„": '“”"', "‟": '”"', "«": "»", "‘": "’", '"': '"”', "'": "'", "`": "'"}
MAX_QUOTE = 3000
"""Characters; a longer passage is a mark that was never closed."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted passage: `span` with its marks, `inner` without. One with no closing mark ends with its paragraph."""

    span: Span
    inner: Span


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Quoted passages in text order, never nested, never longer than a paragraph."""
    found: list[Quote] = []
    at = 0
    while at < len(text):
        if _opens(text, at):
            quote = _read(text, at)
            if quote is not None:
                found.append(quote)
                at = quote.span.end
                continue
        at += 1
    return tuple(found)


def _opens(text: str, at: int) -> bool:
    """Whether a quotation begins with this character: an opening mark, or a straight one set like one."""
    mark = text[at]
    if mark in "'`" and text.startswith(mark, at + 1):
        return not text[at + 2 : at + 3].isspace() and not text[max(0, at - 1) : at].isalnum()
    if mark in OPENING:
        return True
    if mark not in STRAIGHT:
        return False
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not (before.isalnum() or before in ".,!?;" + CLOSING) and not after.isspace()


def _read(text: str, start: int) -> Quote | None:
    """The quotation that begins here; None if a single mark is never closed (an apostrophe)."""
    mark = text[start]
    end = _paragraph_end(text, start)
    end = _reopened(text, start, end, mark)
    close = _close(text, start, end)
    inner_start = start
    while inner_start < end and (text[inner_start] in STRAIGHT + OPENING or text[inner_start].isspace()):
        inner_start += 1
    if close is None:
        if mark in "'‘`":
            return None
        close = end
    if close <= inner_start:
        return None
    outer_end = close
    while close > inner_start + 1 and text[close - 1].isspace():
        close -= 1
    while outer_end < end and text[outer_end] in STRAIGHT + CLOSING:
        outer_end += 1
    return Quote(Span(start, outer_end), Span(inner_start, close))


def _close(text: str, start: int, end: int) -> int | None:
    """Where the closing mark stands; of two single marks set as one, two single marks."""
    mark = text[start]
    if mark in "'`" and text.startswith(mark, start + 1):
        doubled = text.find("''", start + 2, end)
        return doubled if doubled >= 0 else None
    return next((i for i in range(start + 1, end) if _closes(text, i, mark)), None)


def _reopened(text: str, start: int, end: int, mark: str) -> int:
    """Where a curly mark opens again before it was closed: speech goes on there as a new paragraph of it."""
    if mark != "“":
        return end
    again = text.find(mark, start + 1, end)
    return again if again > start + 1 and text.find("”", start, again) < 0 else end


def _closes(text: str, at: int, opener: str) -> bool:
    if text[at] not in CLOSER_OF[opener]:
        return False
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in "'’":
        return not after.isalnum()
    if text[at] == "»":
        return True
    return not text[at - 1].isspace() or after.isspace()


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return min(end, start + MAX_QUOTE)


def pieces(parse: Parse, span: Span) -> tuple[Span, ...]:
    """The span cut at the sentences of the parse; the whole span where no token lies in it."""
    found: list[Span] = []
    for token in parse.tokens_in(span):
        sentence = parse.sentences[token.sentence].span
        start, end = max(span.start, sentence.start), min(span.end, sentence.end)
        if start < end and (not found or found[-1].start != start):
            found.append(Span(start, end))
    return tuple(found)


def line_start(parse: Parse, index: int) -> bool:
    """Whether a token opens a paragraph or an item of a list, so that nothing before it belongs to its statement."""
    if index == 0:
        return True
    gap = parse.text[parse.tokens[index - 1].end : parse.tokens[index].start]
    lines = gap.count("\n")
    return lines > 1 or (lines == 1 and not parse.tokens[index].text[0].isalpha())


def line_goes_on(parse: Parse, index: int) -> bool:
    """Whether more words follow a token in its line."""
    if index + 1 >= len(parse.tokens):
        return False
    return "\n" not in parse.text[parse.tokens[index].end : parse.tokens[index + 1].start]


def holds(quotes: tuple[Quote, ...], offset: int) -> Quote | None:
    """The quotation in which a character lies."""
    return next((q for q in meeting(quotes, offset, offset) if q.span.start <= offset < q.span.end), None)


def meeting(quotes: tuple[Quote, ...], start: int, end: int) -> tuple[Quote, ...]:
    """The quotations that begin at `end` or before it, and end at `start` or behind it."""
    first = bisect_left(quotes, start, key=lambda q: q.span.end)
    return quotes[first : bisect_right(quotes, end, key=lambda q: q.span.start)]

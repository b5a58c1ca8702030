"""Where the words of a statement begin and end: spans without loose marks at their ends."""

from __future__ import annotations

from casus.claims.quotes import OPENING
from casus.records.parse import Parse
from casus.records.span import Span

BOUNDS = (";", "(", ")", "•", "|")
TRAILING = (",", ";", ":", ".", "-", "—", "–", "(", "and", "but")
LEADING = (",", ":", ";", "that", "and", "but", "or", "-", "—", "–", ".", ")")


def trimmed(parse: Parse, first: int, last: int) -> tuple[Span, ...]:
    """Tokens [first, last] as a span without punctuation and "that" at its ends; empty if nothing is left."""
    while first <= last and (parse.tokens[first].text in LEADING or _stray(parse, first, last)):
        first += 1
    while last >= first and (parse.tokens[last].text in TRAILING or _unopened(parse, first, last)):
        last -= 1
    if first > last or all(t.pos == "PUNCT" for t in parse.tokens[first : last + 1]):
        return ()
    return (Span(parse.tokens[first].start, parse.tokens[_with_mark(parse, first, last)].end),)


def _with_mark(parse: Parse, first: int, last: int) -> int:
    """The last token, or the mark right behind it that closes a quotation opened inside."""
    if last + 1 >= len(parse.tokens) or first == last:
        return last
    said = parse.text[parse.tokens[first].end : parse.tokens[last].end]
    mark = parse.tokens[last + 1].text
    opened = said.count('"') % 2 == 1 if mark == '"' else mark == "”" and said.count("“") > said.count("”")
    return last + opened


def _unopened(parse: Parse, first: int, last: int) -> bool:
    """Whether a bracket closes at the end that did not open inside."""
    return parse.tokens[last].text == ")" and not any(t.text == "(" for t in parse.tokens[first:last])


def _stray(parse: Parse, first: int, last: int) -> bool:
    """Whether a closing mark stands at the beginning."""
    text = parse.tokens[first].text
    return text in ("”", "’") or (text in OPENING and first == last)

"""Temporal expressions of a report, with TIMEX3 values and the days they stand for (codebook 3).

1. The text becomes a string of lexeme classes (`times_lexemes`).
2. Patterns over it find what may be times (`times_grammar`, `times_expressions`), and the parse says which
   of them are (`times_cues`, `times_feasts`).
3. Each is resolved against publication or the text's own chronology (`times_chronology`, `times_context`,
   `times_resolve`).
4. What counts from a happening is resolved where the text dates that happening (`times_references`).
5. Neighbours that make a range are joined, and "since", "until" and "by" open one (`times_ranges`).
"""

from __future__ import annotations

from datetime import date

from casus.mentions.times_anchor import Resolved
from casus.mentions.times_chronology import Chronology, counts_from_today, dateline_day, is_narrative
from casus.mentions.times_cues import is_time
from casus.mentions.times_expressions import Expression, read
from casus.mentions.times_feasts import is_feast, same_eid
from casus.mentions.times_grammar import candidates
from casus.mentions.times_lexemes import Lexemes, lex, scan_note
from casus.mentions.times_numeric import in_order
from casus.mentions.times_ranges import in_ranges
from casus.mentions.times_references import settle
from casus.mentions.times_resolve import resolve
from casus.records.mention import TimeMention
from casus.records.parse import Parse
from casus.records.span import Span


def find_times(parse: Parse, published: str | None, *, day_first: bool | None = None) -> tuple[TimeMention, ...]:
    """All temporal expressions, in text order; they do not overlap. Offsets count code points.

    `published` is an ISO date or datetime; what is neither counts as unknown. Without it
    the full date of a dateline serves; where there is none, nothing is counted from today, and a date
    without a year gets one only from the text around it. `day_first` is the publisher's habit in dates like
    "03/04/2015", None where it is not known; what the text itself shows goes before it.
    """
    today = _day(published)
    lexemes = lex(parse)  # 1
    expressions = same_eid(_select(parse, lexemes))  # 2
    expressions = in_order(expressions, lexemes, today, day_first)
    today = today or dateline_day(parse.text, expressions)
    pairs = _resolve(parse, lexemes, expressions, today)  # 3
    pairs = settle(parse, lexemes, pairs)  # 4
    return tuple(_mention(parse, e, r) for e, r in in_ranges(parse, lexemes, pairs, today))  # 5


FIRST_YEAR, LAST_YEAR = 1000, 9000
"""Years of publication taken for real: whatever is counted from them stays inside Python's calendar."""


def _day(published: str | None) -> date | None:
    """The day of an ISO date or datetime, None for anything else."""
    try:
        day = date.fromisoformat(published.strip()[:10]) if published else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _select(parse: Parse, lexemes: Lexemes) -> list[Expression]:
    """Leftmost and longest candidates that are times; they do not overlap."""
    chosen: list[Expression] = []
    free = 0
    for kind, match in candidates(lexemes):
        if match.start() < free:
            continue
        found = read(kind, match, lexemes)
        if found is not None and _is_time(parse, lexemes, found):
            chosen.append(found)
            free = found.last + 1
    return chosen


def _is_time(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    return is_time(parse, lexemes, found) and (found.kind != "feast" or is_feast(parse, lexemes, found))


def _resolve(
    parse: Parse, lexemes: Lexemes, expressions: list[Expression], today: date | None
) -> list[tuple[Expression, Resolved]]:
    """The expressions, in text order, with what they stand for."""
    narrative = is_narrative(parse, expressions, today)
    news = counts_from_today(parse, expressions)
    chronology = Chronology(parse, lexemes, today, narrative=narrative, news=news)
    pairs: list[tuple[Expression, Resolved]] = []
    for found in expressions:
        expression, anchor = chronology.anchor(found)
        resolved = resolve(expression, anchor)
        chronology.reach(expression, resolved)
        pairs.append((expression, resolved))
    return pairs


def _mention(parse: Parse, expression: Expression, resolved: Resolved) -> TimeMention:
    start, end, precision = resolved.days
    return TimeMention(
        span=Span(expression.start, expression.end),
        type=resolved.type,
        value=resolved.value,
        start=_text(start),
        end=_text(end),
        precision=precision,
        note=resolved.note or scan_note(parse.text[expression.start : expression.end]),
    )

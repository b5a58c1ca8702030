"""Temporal expressions of a report, with TIMEX3 values and the days they stand for (codebook 3).

1. The text becomes a string of lexeme classes (`times_lexemes`).
2. Patterns over it find what may be times (`times_grammar`, `times_expressions`), and the parse says which
   of them are (`times_cues`).
3. Each is resolved against publication or the text's own chronology (`times_chronology`, `times_resolve`).
4. Neighbours that make a range are joined, and "since", "until" and "by" open one.
"""

from __future__ import annotations

from datetime import date

from casus.mentions.times_anchor import Resolved
from casus.mentions.times_calendar import Range
from casus.mentions.times_chronology import Chronology, counts_from_today, dateline_day, is_narrative
from casus.mentions.times_cues import is_time, waits
from casus.mentions.times_expressions import Expression, read
from casus.mentions.times_grammar import candidates
from casus.mentions.times_lexemes import CODE, Lexemes, lex
from casus.mentions.times_relative import ending
from casus.mentions.times_resolve import resolve
from casus.records.mention import TimeMention, TimePrecision
from casus.records.parse import Parse
from casus.records.span import Span


def find_times(parse: Parse, published: str | None) -> tuple[TimeMention, ...]:
    """All temporal expressions, in text order; they do not overlap. Offsets count code points.

    `published` is an ISO date or datetime; what is neither counts as unknown. Without it
    the full date of a dateline serves; where there is none, nothing is counted from today, and a date
    without a year gets one only from the text around it.
    """
    today = _day(published)
    lexemes = lex(parse)  # 1
    expressions = _select(parse, lexemes)  # 2
    today = today or dateline_day(parse.text, expressions)
    pairs = _resolve(parse, lexemes, expressions, today)  # 3
    days = _ranges(parse, lexemes, pairs, today)  # 4
    return tuple(_mention(e, r, d) for (e, r), d in zip(pairs, days, strict=True))


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
        if found is not None and is_time(parse, lexemes, found):
            chosen.append(found)
            free = found.last + 1
    return chosen


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


def _mention(expression: Expression, resolved: Resolved, days: Range) -> TimeMention:
    start, end, precision = days
    return TimeMention(
        span=Span(expression.start, expression.end),
        type=resolved.type,
        value=resolved.value,
        start=_text(start),
        end=_text(end),
        precision=precision,
        note=resolved.note,
    )


def _ranges(
    parse: Parse, lexemes: Lexemes, pairs: list[tuple[Expression, Resolved]], today: date | None
) -> list[Range]:
    """The days of every mention, widened where "from … to", "since" or "by" say so."""
    found = [_led(parse, e, r, today) for e, r in pairs]
    for k in range(len(pairs) - 1):
        (first, one), (second, two) = pairs[k], pairs[k + 1]
        if _ends_at(first, second, lexemes) and two.days[0]:
            found[k] = ending(first, two.days[0])
        if not _linked(first, second, lexemes) or one.point is None or two.point is None:
            continue
        start, end = one.days[0], two.days[1]
        if start and end and start <= end:
            found[k] = (start, end, max(one.days[2], two.days[2], key=PRECISIONS.index))
    return found


def _ends_at(first: Expression, second: Expression, lexemes: Lexemes) -> bool:
    """Whether a length of time runs up to a date: "the 24 hours to Thursday"."""
    return first.kind == "duration" and lexemes.classes[first.last + 1 : second.first] == CODE["to"]


PRECISIONS: list[TimePrecision] = ["day", "week", "month", "season", "year", "unknown"]


def _linked(first: Expression, second: Expression, lexemes: Lexemes) -> bool:
    """Whether two expressions are the ends of a range: "from 28 May to 3 June", "March – May"."""
    between = lexemes.classes[first.last + 1 : second.first]
    if between in (CODE["to"], CODE["to"] + CODE["the"]):
        return True
    if between == CODE["dash"]:
        return first.kind == second.kind and (first.month is None) == (second.month is None)
    return between == CODE["and"] and first.lead == "between"


def _led(parse: Parse, expression: Expression, resolved: Resolved, today: date | None) -> Range:
    """The days, opened or run on by the preposition: "since May" runs to publication, "until May" is open before."""
    start, end, precision = resolved.days
    if start is None or end is None or resolved.type == "DURATION" or resolved.value == "PRESENT_REF":
        return resolved.days
    if expression.lead == "since":
        return (start, today, precision) if today is None or start <= today else resolved.days
    if (expression.lead in ("until", "till") and not waits(parse, expression)) or (
        expression.lead == "by" and today is not None and end > today
    ):
        return None, end, precision
    if expression.lead == "from" and today is not None and start > today:
        return start, None, precision
    return resolved.days

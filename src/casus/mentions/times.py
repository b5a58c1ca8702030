"""Temporal expressions of a report, with TIMEX3 values and the days they stand for (codebook 3).

Four steps: the grammar finds candidate expressions (`times_grammar`), the parse says which of
them are times (`times_cues`), each is resolved against publication or the text's own
chronology (`times_dates`, `times_relative`), and neighbours that make a range are joined.
"""

from __future__ import annotations

from datetime import date

from casus.mentions.times_anchor import Resolved, fresh
from casus.mentions.times_calendar import Range
from casus.mentions.times_chronology import Chronology, counts_from_today, is_narrative
from casus.mentions.times_cues import is_time, waits
from casus.mentions.times_grammar import Expression, recognise
from casus.mentions.times_lexemes import CODE, Lexemes
from casus.mentions.times_relative import ending
from casus.mentions.times_resolve import resolve
from casus.records.mention import TimeMention, TimePrecision
from casus.records.parse import Parse
from casus.records.span import Span


def find_times(parse: Parse, published: str | None) -> tuple[TimeMention, ...]:
    """All temporal expressions, in text order; they do not overlap. Offsets count code points.

    `published` is an ISO date or datetime; what is neither counts as unknown. Without it nothing is
    counted from today, and a date without a year gets one only from the text around it.
    """
    today = _day(published)
    lexemes, candidates = recognise(parse)
    expressions = _select(parse, lexemes, candidates)
    narrative = is_narrative(parse, expressions, today)
    news = counts_from_today(parse, expressions)
    chronology = Chronology(parse, lexemes, today, narrative=narrative, news=news)
    pairs: list[tuple[Expression, Resolved]] = []
    for candidate in expressions:
        expression, anchor = chronology.anchor(candidate)
        found = resolve(expression, anchor)
        chronology.reach(expression, found)
        pairs.append((expression, found))
    return tuple(
        _mention(e, r, days) for (e, r), days in zip(pairs, _ranges(parse, lexemes, pairs, today), strict=True)
    )


def implicit_recent(published: str | None) -> tuple[str | None, str | None, TimePrecision, str]:
    """(start, end, precision, value) of news told as fresh with no date at all (codebook 3)."""
    today = _day(published)
    if today is None:
        return None, None, "unknown", "XXXX-XX-XX"
    start, end, precision = fresh(today)
    return _text(start), _text(end), precision, "XXXX-XX-XX"


def _day(published: str | None) -> date | None:
    """The day of an ISO date or datetime, None for anything else."""
    try:
        return date.fromisoformat(published.strip()[:10]) if published else None
    except ValueError:
        return None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _select(parse: Parse, lexemes: Lexemes, candidates: list[Expression]) -> list[Expression]:
    """Leftmost and longest candidates that are times and do not overlap."""
    chosen: list[Expression] = []
    end = 0
    for candidate in candidates:
        if candidate.start >= end and is_time(parse, lexemes, candidate):
            chosen.append(candidate)
            end = candidate.end
    return chosen


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

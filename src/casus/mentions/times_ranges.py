"""Neighbours that make a range, and prepositions that open one (codebook 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casus.mentions.times_anchor import Resolved, pointed
from casus.mentions.times_calendar import Range, exact_date, of_date, shift
from casus.mentions.times_context import ends_course, is_speech_date, share_verb, waits
from casus.mentions.times_expressions import Expression
from casus.mentions.times_lexemes import CODE, Lexemes
from casus.mentions.times_relative import ending
from casus.records.mention import TimePrecision
from casus.records.parse import Parse

Pair = tuple[Expression, Resolved]

PRECISIONS: list[TimePrecision] = ["day", "week", "month", "season", "year", "unknown"]

BETWEEN_REACH = 12
"""Lexemes that may stand between the ends of "between Friday night and the ceasefire which began on Sunday" and of
"from January 2012 until his release in March"."""

MANY_DAYS = 10
"""Days of one sentence that are looked at: no sentence of prose tells more."""

BETWEEN_AFTER = {CODE[name] for name in ("article", "the", "other", "than", "more", "lead")}
"""What may stand between "after" and a length: "after more than", "after a bloody"."""


def in_ranges(parse: Parse, lexemes: Lexemes, pairs: list[Pair], today: date | None) -> list[Pair]:
    """The expressions with their days widened where "from … to", "since", "by" or "after 10 days of" say so."""
    pairs = _weekdays_in_order(lexemes, pairs)
    found = [_led(parse, e, r, today) for e, r in pairs]
    for k in range(len(pairs) - 1):
        (first, one), (second, two) = pairs[k], pairs[k + 1]
        if _ends_at(first, second, lexemes) and two.days[0]:
            found[k] = ending(first, two.days[0])
        if second.kind == "now" and today and one.days[0] and _linked(first, second, lexemes):
            found[k] = (one.days[0], today, one.days[2])
        if not _linked(first, second, lexemes) or one.point is None or two.point is None:
            continue
        start, end = one.days[0], two.days[1]
        if start and end and start <= end:
            found[k] = (start, end, max(one.days[2], two.days[2], key=PRECISIONS.index))
            found[k + 1] = two.days
    told = _days_told(parse, pairs)
    for k, (expression, _) in enumerate(pairs):
        day = _last_day_of(parse, lexemes, expression, told) if expression.kind == "duration" else None
        found[k] = ending(expression, day) if day else found[k]
    return [(e, replace(r, days=d)) for (e, r), d in zip(pairs, found, strict=True)]


def _weekdays_in_order(lexemes: Lexemes, pairs: list[Pair]) -> list[Pair]:
    """ "From Monday to Thursday": where Thursday is over and Monday is that of this week, the Monday before."""
    ordered = list(pairs)
    for k in range(len(pairs) - 1):
        (first, one), (second, two) = pairs[k], pairs[k + 1]
        start, end = one.days[0], two.days[0]
        if first.kind != "weekday" or first.rel or start is None or end is None or start <= end:
            continue
        told = first.lead in ("from", "between") or lexemes.classes[first.last + 1 : second.first] == CODE["dash"]
        before = shift(start, "D", -7)
        if before and told and _linked(first, second, lexemes):
            ordered[k] = (first, pointed(first, of_date(before)))
    return ordered


def _ends_at(first: Expression, second: Expression, lexemes: Lexemes) -> bool:
    """Whether a length of time runs up to a date: "the 48 hours to Sunday"."""
    return first.kind == "duration" and lexemes.classes[first.last + 1 : second.first] == CODE["to"]


def _days_told(parse: Parse, pairs: list[Pair]) -> dict[int, list[tuple[Expression, date]]]:
    """The first few days that each sentence tells, those of statements left out."""
    told: dict[int, list[tuple[Expression, date]]] = {}
    for found, resolved in pairs:
        day = exact_date(resolved.point) if resolved.point and found.kind != "duration" else None
        here = told.setdefault(parse.token_at(found.start).sentence, [])
        if day is not None and len(here) < MANY_DAYS and not is_speech_date(parse, found):
            here.append((found, day))
    return told


def _last_day_of(
    parse: Parse, lexemes: Lexemes, length: Expression, told: dict[int, list[tuple[Expression, date]]]
) -> date | None:
    """The day on which a length of time ended: "fell on Monday after 10 days of fighting"."""
    if not _follows_after(lexemes, length) and not ends_course(parse, length):
        return None
    if length.count is None or length.unit == "M" or (length.unit == "H" and length.count < 24):
        return None
    here = told.get(parse.token_at(length.start).sentence, [])
    days = {day for e, day in here if share_verb(parse, length, e)} or {day for _, day in here}
    return days.pop() if len(days) == 1 else None


def _follows_after(lexemes: Lexemes, length: Expression) -> bool:
    """Whether "after" leads in a length of time, with little between them: "after more than 10 days"."""
    before = lexemes.classes[max(0, length.first - 3) : length.first]
    after = before.rfind(CODE["after"])
    return after >= 0 and set(before[after + 1 :]) <= BETWEEN_AFTER


def _linked(first: Expression, second: Expression, lexemes: Lexemes) -> bool:
    """Whether two expressions are the ends of a range: "from 28 May to 3 June", "March – May"."""
    between = lexemes.classes[first.last + 1 : second.first]
    if lexemes.classes[second.last + 1 : second.last + 3] == CODE["apostrophe"] + CODE["genitive"]:
        return False  # "confessed on Sunday to Friday's arson"
    if between in (CODE["to"], CODE["to"] + CODE["the"]):
        return True
    if between == CODE["dash"]:
        return first.kind == second.kind and (first.month is None) == (second.month is None)
    sign = {"between": CODE["and"], "from": CODE["to"]}.get(first.lead or "")
    if sign is None or not between.startswith(sign) or CODE["dot"] in between or len(between) > BETWEEN_REACH:
        return False
    return first.lead == "between" or lexemes.values[first.last + 1] in ("until", "till")


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

"""What is said of an event, for displays: each speaker's words once, with the figures they give."""

from __future__ import annotations

from dataclasses import dataclass

from casus.records.claim import Claim
from casus.records.event import Event
from casus.records.figure import Figure
from casus.records.reading import Reading
from casus.records.wording import Quotation, claim_words, quotation


@dataclass(frozen=True, slots=True)
class Statement:
    """A speaker's words about an event and the figures in them; `claim` is None if nobody is named for a figure."""

    claim: Claim | None
    quoted: Quotation
    figures: tuple[Figure, ...]


def statements_on(reading: Reading, event: Event) -> tuple[Statement, ...]:
    """Statements with figures first, in the reading's order; at least one, from the evidence if need be.

    A figure joins the words of the same speaker that hold it, so that no sentence is quoted
    twice for one speaker.
    """
    text = reading.report.text
    claims = {claim.id: claim for claim in reading.claims}
    figures = {figure.id: figure for figure in reading.figures}
    found = [
        Statement(claims[i], quotation(text, claims[i].content, [claims[i].content]), ())
        for i in dict.fromkeys(event.claims)
        if i in claims
    ]
    found = _distinct(found)
    for figure in (figures[i] for i in event.figures if i in figures):
        _place(found, _statement_of(reading, event, figure, claims.get(figure.claim)))
    if not found:
        found = [Statement(None, quotation(text, event.evidence[0], event.evidence[:1]), ())]
    return tuple(sorted(found, key=lambda statement: not statement.figures))


def _statement_of(reading: Reading, event: Event, figure: Figure, claim: Claim | None) -> Statement:
    frames = [*event.evidence, claim.content] if claim else list(event.evidence)
    return Statement(claim, quotation(reading.report.text, figure.span, frames), (figure,))


def _place(found: list[Statement], new: Statement) -> None:
    """Add a statement on one figure to those found, into the same speaker's words where they hold it."""
    (figure,) = new.figures
    for n, old in enumerate(found):
        if _who(old) == _who(new) and old.quoted.span.contains(figure.span):
            found[n] = Statement(old.claim, old.quoted, (*old.figures, figure))
            return
    found.append(new)


def _distinct(found: list[Statement]) -> list[Statement]:
    """Without statements whose words lie within longer ones of the same speaker."""

    def within(one: Statement, other: Statement) -> bool:
        return one is not other and _who(one) == _who(other) and other.quoted.span.contains(one.quoted.span)

    kept: list[Statement] = []
    for statement in sorted(found, key=lambda s: -len(s.quoted.span)):
        if not any(within(statement, other) for other in kept):
            kept.append(statement)
    return [statement for statement in found if statement in kept]


def _who(statement: Statement) -> str:
    return claim_words(statement.claim) if statement.claim else ""

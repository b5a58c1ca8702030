"""From drafts to mentions: population, whose people, period, words quoted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from casus.mentions.figures_context import is_cumulative
from casus.mentions.figures_drafts import Draft
from casus.mentions.figures_people import actor_of, population_of, population_of_actor
from casus.records.actor import Actor
from casus.records.figure import FigureMention, Population
from casus.records.parse import Parse, Token
from casus.records.span import Span

SPAN_REACH = 12
"""Tokens between people and outcome up to which both are quoted together."""


def to_mentions(parse: Parse, drafts: Sequence[Draft], actors: Sequence[Actor]) -> tuple[FigureMention, ...]:
    """The mentions of drafts, in their order; `part_of` is the index of the total among them."""
    index = {(d.group, d.outcome): k for k, d in reversed(list(enumerate(drafts)))}
    figures: list[FigureMention] = []
    for draft in drafts:
        group = draft.group
        population, actor = _whose(parse, draft, actors, figures)
        part_of = index.get((draft.total, draft.outcome)) if draft.total is not None else None
        figures.append(
            FigureMention(
                span=_span(parse, draft, drafts),
                outcome=draft.outcome,
                population=population,
                actor=actor,
                quantity=group.quantity,
                cumulative=_is_cumulative(parse, draft, figures, part_of),
                head=group.noun if group.noun is not None else group.node,
                outcome_token=draft.trigger,
                part_of=part_of if part_of != len(figures) else None,
            )
        )
    return tuple(figures)


def _whose(
    parse: Parse, draft: Draft, actors: Sequence[Actor], before: Sequence[FigureMention]
) -> tuple[Population, str | None]:
    """Population and actor: by the words, then by the actor, then by the people counted before
    where a number stands alone ("and wounding twelve")."""
    actor = _organised(actor_of(parse, draft.group, actors), actors)
    told = population_of(parse, draft.group)
    if told == "unknown":
        told = population_of_actor(actor)
    if told == "unknown" and actor is None:
        kin = _counted_before(parse, draft, before)
        if kin is not None:
            return kin.population, kin.actor
    if told == "unknown":
        told = _by_outcome(draft)
    return told, actor.id if actor else None


def _organised(actor: Actor | None, actors: Sequence[Actor]) -> Actor | None:
    """The body that a person belongs to; nobody's people where it is not told."""
    if actor is None or actor.kind != "person":
        return actor
    return next((a for a in actors if a.id == actor.member_of), None)


def _counted_before(parse: Parse, draft: Draft, before: Sequence[FigureMention]) -> FigureMention | None:
    """The figure whose people a number without a noun goes on with, in its sentence, or in the
    one before where the number opens its own."""
    group = draft.group
    bare = group.noun is None or parse.tokens[group.noun].lemma in ("other", "more")
    if not bare or group.sort == "pronoun" or draft.outcome in ("displaced", "escaped"):
        return None
    sentence = parse.sentences[parse.tokens[group.first].sentence]
    back = 1 if group.of_known or group.first <= sentence.first + 1 else 0
    last = before[-1] if before else None
    return last if last and sentence.index - parse.tokens[last.head].sentence <= back else None


def _by_outcome(draft: Draft) -> Population:
    """What an outcome says of people not described: those displaced or abducted are civilians."""
    if draft.outcome in ("displaced", "abducted"):
        return "civilians"
    return "detainees" if draft.outcome == "escaped" else "unknown"


def _is_cumulative(parse: Parse, draft: Draft, before: Sequence[FigureMention], part_of: int | None) -> bool:
    """Over a period: by the words at the outcome; a part goes with its total. One person is no total."""
    if part_of is not None and part_of < len(before):
        return before[part_of].cumulative
    clause = parse.tokens[draft.trigger if draft.trigger is not None else draft.group.node]
    return draft.group.quantity.best not in (0, 1) and is_cumulative(parse, clause)


def _span(parse: Parse, draft: Draft, drafts: Sequence[Draft]) -> Span:
    """The words for the people and for what befell them; the people alone where the two stand
    apart or others are told between them. `drafts` are in text order."""
    group = draft.group
    own = Span(parse.tokens[group.first].start, parse.tokens[group.last].end)
    trigger = parse.tokens[draft.trigger] if draft.trigger is not None else None
    if trigger is None or trigger.sentence != parse.tokens[group.first].sentence:
        return own
    distance = max(group.first - trigger.i, trigger.i - group.last)
    one, two = sorted((trigger.i, group.first))
    begin = bisect_right(drafts, one, key=lambda d: d.group.first)
    end = bisect_right(drafts, two, key=lambda d: d.group.first)
    others = any(d.group.last < two for d in drafts[begin:end])
    beyond = trigger.i < group.first and _breaks_off(trigger, parse.tokens[one + 1 : two])
    return own if distance > SPAN_REACH or others or beyond else own.cover(trigger.span)


def _breaks_off(trigger: Token, between: Sequence[Token]) -> bool:
    """Whether the words from an outcome to a number show that the number is somebody else's count."""
    if any(t.text == ";" for t in between):
        return True
    if trigger.pos == "NOUN":
        return False
    return any(t.pos == "VERB" or (trigger.pos != "VERB" and t.text == ",") for t in between)

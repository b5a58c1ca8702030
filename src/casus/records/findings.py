"""All that was found in one text before it is put together into events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casus.records.actor import Actor
from casus.records.claim import ClaimMention
from casus.records.figure import FigureMention
from casus.records.mention import PlaceMention, TimeMention, WeaponMention
from casus.records.parse import Parse
from casus.records.span import Span

BySentence = dict[int, tuple[int, ...]]
"""Sentence index → indices of the mentions that touch it, ascending."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The parse of a text with every expression found in it, each tuple in text order.

    The look-up tables (`times_in` and so on) keep work on long texts in proportion to
    their length.
    """

    parse: Parse
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[Actor, ...] = ()
    figures: tuple[FigureMention, ...] = ()
    claims: tuple[ClaimMention, ...] = ()
    weapons: tuple[WeaponMention, ...] = ()
    times_in: BySentence = field(init=False, repr=False, compare=False)
    places_in: BySentence = field(init=False, repr=False, compare=False)
    claims_in: BySentence = field(init=False, repr=False, compare=False)
    speakers_in: BySentence = field(init=False, repr=False, compare=False)
    weapons_in: BySentence = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tables = {
            "times_in": (t.span for t in self.times),
            "places_in": (p.span for p in self.places),
            "claims_in": (c.content for c in self.claims),
            "speakers_in": (c.speaker.span for c in self.claims),
            "weapons_in": (w.span for w in self.weapons),
        }
        for name, spans in tables.items():
            object.__setattr__(self, name, _by_sentence(self.parse, spans))

    def claims_over(self, span: Span) -> tuple[int, ...]:
        """Indices of the claims whose content overlaps the span, the innermost first."""
        near = self.claims_in.get(self.parse.sentence_of(span).index, ())
        over = [(len(self.claims[i].content), i) for i in near if self.claims[i].content.overlaps(span)]
        return tuple(i for _, i in sorted(over))

    def voices_over(self, span: Span) -> tuple[int, ...]:
        """The same without the unknown speakers ("is believed to") where somebody known says it: they only hedge."""
        over = self.claims_over(span)
        return tuple(i for i in over if self.claims[i].speaker.kind != "unknown") or over

    def names_speaker(self, span: Span) -> bool:
        """Whether the words lie in what names a speaker ("police in Dhaka" said)."""
        for i in self.speakers_in.get(self.parse.sentence_of(span).index, ()):
            speaker = self.claims[i].speaker.span
            if speaker is not None and speaker.overlaps(span):
                return True
        return False


def _by_sentence(parse: Parse, spans: Iterable[Span | None]) -> BySentence:
    table: dict[int, list[int]] = {}
    for index, span in enumerate(spans):
        if span is None or not parse.tokens:
            continue
        first = parse.sentence_of(span).index
        last = parse.token_at(span.end - 1).sentence
        for sentence in range(first, last + 1):
            table.setdefault(sentence, []).append(index)
    return {sentence: tuple(found) for sentence, found in table.items()}

"""Claims and actors by where they stand, so that long texts cost in proportion to their length."""

from __future__ import annotations

from collections.abc import Iterable

from casus.records.actor import Actor
from casus.records.claim import ClaimMention
from casus.records.parse import Parse
from casus.records.span import Span


def sentences_of(parse: Parse, span: Span) -> range:
    """Indices of the sentences that a span touches."""
    return range(parse.sentence_of(span).index, parse.token_at(span.end - 1).sentence + 1)


class ClaimsAt:
    """Claims by the sentences that their contents touch, in the order in which they were added."""

    def __init__(self, parse: Parse, claims: Iterable[ClaimMention] = ()) -> None:
        self._parse = parse
        self._claims: list[ClaimMention] = []
        self._in: dict[int, list[int]] = {}
        for claim in claims:
            self.add(claim)

    def add(self, claim: ClaimMention) -> None:
        for sentence in sentences_of(self._parse, claim.content):
            self._in.setdefault(sentence, []).append(len(self._claims))
        self._claims.append(claim)

    def touching(self, span: Span) -> list[ClaimMention]:
        """Claims whose content shares a character with the span."""
        return [c for c in self.in_sentences(sentences_of(self._parse, span)) if c.content.overlaps(span)]

    def in_sentences(self, sentences: range) -> list[ClaimMention]:
        """Claims whose content touches one of the sentences."""
        found = {i for s in sentences for i in self._in.get(s, ())}
        return [self._claims[i] for i in sorted(found)]


class ActorsAt:
    """Actors by the sentences in which they are mentioned."""

    def __init__(self, parse: Parse, actors: tuple[Actor, ...]) -> None:
        self._in: dict[int, list[tuple[Span, Actor]]] = {}
        for actor in actors:
            for mention in actor.mentions if parse.tokens else ():
                for sentence in sentences_of(parse, mention):
                    self._in.setdefault(sentence, []).append((mention, actor))

    def at(self, sentence: int, span: Span) -> Actor | None:
        """The actor with the shortest mention around a span in a sentence."""
        hits = [(len(m), a) for m, a in self._in.get(sentence, ()) if m.start <= span.start and span.end <= m.end]
        return min(hits, key=lambda h: (h[0], h[1].id))[1] if hits else None

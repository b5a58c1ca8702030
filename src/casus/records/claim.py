"""Claims: who says what, how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casus.records.span import Span

SpeakerKind = Literal["named person", "organisation", "official", "witness", "media", "document", "unknown", "author"]
Interest = Literal["perpetrator side", "target side", "none", "unknown"]
Stance = Literal["asserts", "denies", "confirms", "disputes", "unknown"]
Hedge = Literal["none", "probable", "possible"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who stands behind a statement; `actor` the id of the actor spoken for, `via` the relay."""

    name: str
    kind: SpeakerKind
    actor: str | None
    via: str | None
    interest: Interest
    span: Span | None


AUTHOR = Speaker(name="author", kind="author", actor=None, via=None, interest="none", span=None)
"""The report's own word: no attribution (codebook 6)."""


@dataclass(frozen=True, slots=True)
class ClaimMention:
    """An attribution as found: a speaker, the reporting words, and what is said.

    `content` is the span of the statement; a statement in pieces has one mention a piece.
    """

    speaker: Speaker
    cue: Span | None
    content: Span
    stance: Stance
    hedge: Hedge


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a reading."""

    id: str
    speaker: Speaker
    cue: Span | None
    content: Span
    stance: Stance
    hedge: Hedge


def known_as(speaker: Speaker) -> str:
    """The name by which two speakers of a report are compared: lower case, without "the"."""
    return speaker.name.lower().removeprefix("the ")

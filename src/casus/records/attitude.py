"""Attitudes: what somebody wants, asks for, favours or fears, which is no statement that anything happened."""

from __future__ import annotations

from dataclasses import dataclass

from casus.records.claim import Speaker
from casus.records.span import Span


@dataclass(frozen=True, slots=True)
class AttitudeMention:
    """An attitude as found: who has it, the word for it, and what it is about.

    What an attitude is about may stand in pieces; it has one mention a piece.
    """

    speaker: Speaker
    cue: Span
    content: Span


@dataclass(frozen=True, slots=True)
class Attitude:
    """An attitude of a reading; no event, figure or claim rests on it."""

    id: str
    speaker: Speaker
    cue: Span
    content: Span

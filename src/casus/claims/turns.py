"""Interviews and transcripts: lines that open with a speaker's label ("Q:", "SMITH:"), and questions set apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from casus.claims.cues import can_speak, words
from casus.claims.quotes import Quote, meeting, pieces
from casus.claims.speakers import UNKNOWN, Speakers
from casus.records.claim import ClaimMention, Speaker
from casus.records.parse import Parse, Token
from casus.records.span import Span

LABEL = re.compile(r"^[ \t]*(?P<label>[^\W\d_][^\n:]{0,40}?)[ \t]*:[ \t]+(?=\S)", re.MULTILINE)
"""A label, a colon and words behind it on the same line."""
QUESTION = re.compile(r"^[^\n\"“”«»]{3,200}\?[ \t]*$", re.MULTILINE)
"""A line that is a question and nothing else."""
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
MAX_QUESTION = 40
"""Words of a question that stands apart."""
INTRODUCTION = 6
"""Sentences before a dialogue in which it is told who speaks."""
GAP = re.compile(r"\s*")
MIN_TURNS = 2
"""Turns, of one voice or of a question and its answer, from which lines are a dialogue."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One voice's words up to the next turn; `label` is None for the answer to a question that stands apart."""

    label: Span | None
    said: Span


def turns(parse: Parse, speakers: Speakers, quotes: tuple[Quote, ...]) -> list[ClaimMention]:
    """What the voices of a dialogue say; who only asks says nothing."""
    text = parse.text
    told = _labelled(text) or _answers(text, quotes)
    voices: dict[str, Speaker | None] = {}
    found: list[ClaimMention] = []
    for turn in told:
        key = turn.label.of(text).lower() if turn.label is not None else ""
        if key in words("dialogue", "asking"):
            continue
        if key not in voices:
            own = [t for t in told if t.label is not None and t.label.of(text).lower() == key]
            voices[key] = _voice(parse, speakers, turn, first=told[0], personal=_personal(text, own, quotes))
        speaker = voices[key]
        if speaker is not None:
            said = [p for p in pieces(parse, turn.said) if not p.of(text).rstrip().endswith("?")]
            found += [ClaimMention(speaker, None, piece, "asserts", "none") for piece in said]
    return found


def _labelled(text: str) -> list[Turn]:
    """The turns of a text whose lines are labelled: labels that recur, or those of questions and answers."""
    matches = list(LABEL.finditer(text))
    counts = Counter(m["label"].lower() for m in matches)
    asking, answering = words("dialogue", "asking"), words("dialogue", "answering")
    asked = any(c in asking for c in counts)
    voices = {c for c, n in counts.items() if n >= MIN_TURNS or (asked and c in asking | answering)}
    in_capitals = any(m["label"].isupper() for m in matches if m["label"].lower() in voices - asking - answering)
    kept = [m for m in matches if m["label"].lower() in voices or (in_capitals and m["label"].isupper())]
    if len(kept) < MIN_TURNS:
        return []
    ends = [m.start() for m in kept[1:]] + [len(text)]
    return [Turn(Span(*m.span("label")), _line(text, m.end(), end)) for m, end in zip(kept, ends, strict=True)]


def _line(text: str, start: int, end: int) -> Span:
    """What a label opens: up to the next label; after the last one, to the end of its paragraph."""
    stop = end if end < len(text) else text.find("\n\n", start)
    stop = len(text) if stop < 0 else stop
    return Span(start, start + max(1, len(text[start:stop].rstrip())))


def _answers(text: str, quotes: tuple[Quote, ...]) -> list[Turn]:
    """The paragraphs between questions that stand apart, if most of them speak in the first person."""
    asked = [m for m in QUESTION.finditer(text) if len(m.group().split()) < MAX_QUESTION]
    found = []
    for k, question in enumerate(asked):
        start = question.end() + _gap(text, question.end())
        stop = asked[k + 1].start() if k + 1 < len(asked) else text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if start < stop:
            found.append(Turn(None, Span(start, start + max(1, len(text[start:stop].rstrip())))))
    spoken = sum(_personal(text, [turn], quotes) for turn in found)
    return found if len(found) >= MIN_TURNS and 2 * spoken >= len(found) else []


def _gap(text: str, at: int) -> int:
    """White space from a place on, in characters."""
    found = GAP.match(text, at)
    return len(found[0]) if found is not None else 0


def _personal(text: str, own: list[Turn], quotes: tuple[Quote, ...]) -> bool:
    """Whether a voice says "I" or "we" outside quotation marks, as people do and labels of places do not."""
    for turn in own:
        for match in FIRST_PERSON.finditer(text, turn.said.start, turn.said.end):
            if not meeting(quotes, match.start(), match.start()):
                return True
    return False


def _voice(parse: Parse, speakers: Speakers, turn: Turn, *, first: Turn, personal: bool) -> Speaker | None:
    """Whose voice a label stands for; an answer's is the person whom the report introduces before the dialogue."""
    label = turn.label
    if label is None or label.of(parse.text).lower() in words("dialogue", "answering"):
        return _introduced(parse, speakers, first)
    head = [t for t in parse.tokens_in(label) if t.text[0].isalpha()][-1]
    named = speakers.person_called(label.of(parse.text))
    if named is not None:
        return Speaker(named, "named person", None, None, "unknown", label)
    if can_speak(head) and head.entity != "ORG":
        return speakers.resolve(head)
    if personal and head.entity not in ("GPE", "LOC", "NORP"):
        return Speaker(label.of(parse.text), "named person", None, None, "unknown", label)
    return None


def _introduced(parse: Parse, speakers: Speakers, first: Turn) -> Speaker:
    """Who answers: whoever is said to have spoken just before the dialogue; else the person named or described."""
    start = first.label.start if first.label is not None else first.said.start
    here = parse.token_at(start).sentence
    opening = parse.tokens[parse.sentences[max(0, here - INTRODUCTION)].first : parse.sentences[here].first]
    spoke = [t for t in opening if t.lemma in words("dialogue", "speaking") and t.pos == "VERB"]
    beside = [c for t in spoke for c in parse.children(t)]
    told = [c for c in beside if c.dep in ("nsubj", "dobj") and _is_somebody(c)]
    told += [p for c in beside if c.dep == "prep" for p in parse.children(c) if p.entity == "PERSON"]
    named = [t for t in opening if t.entity == "PERSON" and t.dep not in ("compound", "poss")]
    described = [t for t in opening if t.dep == "nsubj" and t.pos == "NOUN" and can_speak(t)]
    people = [t for t in told if t.entity == "PERSON"] or [t for t in told if t.pos == "NOUN"] or named or described
    speaker = speakers.resolve(people[0]) if people else None
    return speaker if speaker is not None else UNKNOWN


def _is_somebody(token: Token) -> bool:
    return token.entity == "PERSON" or (token.pos == "NOUN" and can_speak(token))

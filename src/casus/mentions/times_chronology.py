"""The chronology of a text: what each time expression may be counted from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casus.mentions.times_anchor import Anchor, Resolved
from casus.mentions.times_calendar import Point, exact_date
from casus.mentions.times_cues import (
    heads_passage,
    is_happening,
    is_speech_date,
    looks_ahead,
    named_event,
    runs_to_now,
    tells_event,
)
from casus.mentions.times_grammar import Expression
from casus.mentions.times_lexemes import CODE, Lexemes
from casus.records.parse import Parse

REFERENCE_REACH = 4
"""Sentences over which "the next day" still relates to a time of the text."""

NEAR_REACH = 2
"""Sentences over which "in the evening" or "the 4th" still belongs to a date of the text."""

CHAIN_REACH = 3
"""Sentences over which a text with no publication date lends the year of a full date to "June 16"; none
where anything in it counts from today, for then "June 16" may be of another year."""

ASIDE_YEARS = 5
"""Years ahead of a narrative at which a date interrupts it ("found again in 1978")."""

BACKWARD = frozenset(("previous", "preceding", "prior", "before", "earlier"))

HAPPENING_REACH = 12
"""Sentences over which a clock time or part of the day still belongs to the day told last."""

NARRATIVE_DATES = 3
"""Full dates that a chronicle has at least."""

NARRATIVE_AGE = 366
"""Days before publication at which a report's dates are history rather than news."""

DEICTIC_RELS = frozenset(("last", "this", "next", "ago", "recent", "past", "coming", "upcoming"))


class Chronology:
    """How far the text's own time has got. Feed it the expressions in text order."""

    def __init__(self, parse: Parse, lexemes: Lexemes, published: date | None, *, narrative: bool, news: bool) -> None:
        self._parse = parse
        self._lexemes = lexemes
        self._published = published
        self._narrative = narrative
        self._news = news
        self._point: Point | None = None
        self._sentence = 0
        self._last: Expression | None = None
        self._stray: int | None = None
        self._days: dict[int, Point] = {}
        self._heading: tuple[int, int] | None = None
        self._year: tuple[int, int] | None = None

    def anchor(self, found: Expression) -> tuple[Expression, Anchor]:
        """What the expression may be counted from; the expression, marked if it explains the one before it."""
        sentence = self._parse.token_at(found.start).sentence
        gap = sentence - self._sentence
        ahead = looks_ahead(self._parse, found) if self._published and not self._narrative else None
        reference = self._point if self._narrative or gap <= REFERENCE_REACH else None
        near = self._point if self._narrative or gap <= self._reach(found) else None
        year = self._year_here(found, sentence)
        found = replace(found, apposed=self._explains_last(found), to_event=self._names_event(found))
        event = self._event(found) if found.kind == "shift" and found.rel in ("after", "before") else None
        perfect = found.kind == "duration" and runs_to_now(self._parse, found)
        return found, Anchor(self._published, reference, near, event, year, self._narrative, ahead, perfect)

    def _reach(self, found: Expression) -> int:
        """Sentences over which a date of the text is near enough for the expression."""
        if found.kind == "part":
            return HAPPENING_REACH
        if self._published is not None:
            return NEAR_REACH
        return CHAIN_REACH if not self._news else 0

    def reach(self, found: Expression, resolved: Resolved) -> None:
        """Take a resolved expression into account for those that follow."""
        self._last, point = found, resolved.point
        if point is None:
            return
        sentence = self._parse.token_at(found.start).sentence
        if heads_passage(self._lexemes, found):
            self._heading = (point.year, sentence)
        if point.depth == 1 and point.years == 1 and found.lead not in ("since", "between", "from"):
            self._year = (point.year, sentence)
        if exact_date(point):
            self._days.setdefault(sentence, point)
        if not self._strays(found, point) and not self._only_speaks(found, sentence):
            self._point, self._sentence = point, sentence

    def _strays(self, found: Expression, point: Point) -> bool:
        """Whether a date steps out of a narrative: an aside many years off, or a bare year already reached."""
        if self._point is None or heads_passage(self._lexemes, found):
            return False
        if found.kind in ("relative", "shift") and found.rel in BACKWARD:
            return self._narrative
        if point.depth == 1 and point.years == 1 and point.year == self._point.year:
            return self._narrative
        far = point.year - self._point.year > ASIDE_YEARS
        again = self._stray is not None and abs(point.year - self._stray) <= 1
        self._stray = point.year if far else None
        return self._narrative and far and not again

    def _only_speaks(self, found: Expression, sentence: int) -> bool:
        """Whether a date is that of a statement while the text has a date of its own near by."""
        if self._narrative or self._point is None or sentence - self._sentence > REFERENCE_REACH:
            return False
        return is_speech_date(self._parse, found)

    def _event(self, found: Expression) -> Point | None:
        """The day of the first sentence that tells of the happening which the expression names."""
        noun = named_event(self._parse, self._lexemes, found)
        if noun is None or self._narrative:
            return None
        here = self._parse.token_at(found.start).sentence
        for sentence, point in sorted(self._days.items()):
            told = self._parse.sentence_tokens(self._parse.sentences[sentence])
            if sentence < here and any(t.lemma == noun.lemma for t in told):
                return point
        return min(self._days.items())[1] if self._days and is_happening(noun) else None

    def _year_here(self, found: Expression, sentence: int) -> int | None:
        """The year of a heading that still holds, or one told earlier in the sentence ("in 2008, … in May")."""
        if self._heading is not None and not self._narrative:
            return self._heading[0]
        if self._year is not None and self._year[1] == sentence:
            return self._year[0]
        return None

    def _names_event(self, found: Expression) -> bool:
        return found.kind == "shift" and found.rel in ("after", "before") and tells_event(self._lexemes, found)

    def _explains_last(self, found: Expression) -> bool:
        """Whether only a comma parts it from a date before it: "27 June 1950, two days after the invasion"."""
        if self._last is None or found.kind != "shift" or found.rel not in ("after", "before"):
            return False
        return self._lexemes.classes[self._last.last + 1 : found.first] == CODE["comma"]


def is_narrative(parse: Parse, expressions: list[Expression], published: date | None) -> bool:
    """Whether the text tells a history whose dates hang on one another, not news that hang on publication.

    Its first dated expression has a year, it has several full dates, all well before publication if
    that is known, and nothing outside quotations counts from today.
    """
    dated = [e for e in expressions if e.kind in ("calendar", "iso") and (e.year is not None or e.month is not None)]
    full = [e for e in dated if e.year is not None]
    if not dated or dated[0].year is None or len(full) < NARRATIVE_DATES:
        return False
    if published and any(e.year is not None and date(published.year, 1, 1).year - e.year < 2 for e in full):
        return False
    return not counts_from_today(parse, expressions)


def counts_from_today(parse: Parse, expressions: list[Expression]) -> bool:
    """Whether anything outside quotations is told from the day of writing ("yesterday", "last month", "on Friday")."""
    return any(_counts_from_today(parse, e) for e in expressions)


def _counts_from_today(parse: Parse, found: Expression) -> bool:
    if found.kind in ("relday", "weekday") and found.unit != "overnight":
        return not _is_quoted(parse, found)
    tells = found.rel in DEICTIC_RELS and not (found.the and found.rel in ("next", "past", "last"))
    return (tells or found.year_rel in DEICTIC_RELS) and found.rel != "recent" and not _is_quoted(parse, found)


def _is_quoted(parse: Parse, found: Expression) -> bool:
    """Whether an odd number of quotation marks stands before the expression in its paragraph."""
    start = max(parse.text.rfind("\n", 0, found.start), found.start - 2000) + 1
    before = parse.text[start : found.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1

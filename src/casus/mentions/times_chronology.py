"""The chronology of a text: what each time expression may be counted from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from casus.mentions.times_anchor import NOTHING, Anchor, Resolved
from casus.mentions.times_calendar import Point, exact_date, safe_date
from casus.mentions.times_context import (
    is_biography,
    is_happening,
    is_speech_date,
    looks_ahead,
    named_event,
    names_an_event,
    runs_to_now,
    share_clause,
    tells_event,
    tells_sequence,
)
from casus.mentions.times_cues import heads_passage
from casus.mentions.times_expressions import Expression
from casus.mentions.times_lexemes import CODE, Lexemes, lexicon
from casus.records.parse import Parse

REFERENCE_REACH = 4
"""Sentences over which "the next day" still relates to a time of the text."""

NARRATIVE_REACH = 12
"""Sentences over which a history's dates hang on one another. Longer gaps gained 0.3 points on WikiWars, 2026-11."""

NEAR_REACH = 2
"""Sentences over which "in the evening" or "the 4th" still belongs to a date of the text."""

CHAIN_REACH = 3
"""Sentences over which a text with no publication date lends the year of a full date to "June 16"; none
where anything in it counts from today, for then "June 16" may be of another year."""

ASIDE_YEARS = 5
"""Years ahead of a narrative at which a date interrupts it ("found again in 1978")."""

LOOK_BACK_YEARS = 20
"""Years back at which a date compares rather than tells ("for the first time since 1812"). 12 to 60 tried on
WikiWars, 2026-11."""

BACKWARD = frozenset(("previous", "preceding", "prior", "before", "earlier"))

DAY_REACH = 12
"""Sentences over which a clock time or part of the day still belongs to the day told last."""

NARRATIVE_DATES = 3
"""Full dates that a chronicle has at least."""

NARRATIVE_YEARS = 2
"""Years before publication from which a report's dates are history rather than news."""

DEICTIC_RELS = frozenset(("last", "this", "next", "ago", "recent", "past", "coming", "upcoming"))


OPENING = ""
"""Where the day of the happening that a report opens with is kept; no lemma is empty."""


class Chronology:
    """How far the text's own time has got. Feed it the expressions in text order."""

    def __init__(self, parse: Parse, lexemes: Lexemes, published: date | None, *, narrative: bool, news: bool) -> None:
        self._parse = parse
        self._lexemes = lexemes
        self._published = published
        self._narrative = narrative
        self._news = news
        self._point: Point | None = None
        self._day: tuple[int, Point] | None = None
        self._sentence = 0
        self._last: Expression | None = None
        self._stray: int | None = None
        self._told: dict[str, Point] = {}
        self._dated: set[int] = set()
        self._heading: tuple[Expression, int] | None = None
        self._year: tuple[Expression, int] | None = None

    def anchor(self, found: Expression) -> tuple[Expression, Anchor]:
        """What the expression may be counted from; the expression, marked if it explains the one before it."""
        sentence = self._parse.token_at(found.start).sentence
        gap = sentence - self._sentence
        ahead = looks_ahead(self._parse, found) if self._published and not self._narrative else None
        reference = self._point if gap <= (NARRATIVE_REACH if self._narrative else REFERENCE_REACH) else None
        near = self._point if gap <= self._reach() else None
        year = self._year_here(found, sentence)
        found = replace(found, apposed=self._explains_last(found), to_event=self._names_event(found))
        if found.kind == "calendar" and names_an_event(self._parse, found, self._published):
            return found, NOTHING
        event = self._event(found) if found.kind == "shift" and found.rel in ("after", "before") else None
        since = found.kind == "duration" and self._runs_since(found)
        if since:
            found = replace(found, lead="in")
        perfect = since or (found.kind == "duration" and runs_to_now(self._parse, found))
        return found, Anchor(
            self._published, reference, near, self._day_here(sentence), event, year, self._narrative, ahead, perfect
        )

    def _runs_since(self, found: Expression) -> bool:
        """Whether a length of time runs up to now from something told: "in the two weeks since"."""
        classes = self._lexemes.classes
        led = found.lead in ("in", "over", "during") or classes[found.first - 1 : found.first] == CODE["the"]
        return led and classes[found.last + 1 : found.last + 2] == CODE["since"]

    def _day_here(self, sentence: int) -> Point | None:
        """The day told last, for "in the evening" and "that night"."""
        if self._day is None or sentence - self._day[0] > DAY_REACH:
            return None
        return self._point if self._narrative else self._day[1]

    def _reach(self) -> int:
        """Sentences over which a date of the text is near enough to lend its month or year."""
        if self._narrative:
            return NARRATIVE_REACH
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
            self._heading = (found, point.year)
        if not self._narrative and is_biography(self._parse, found):
            return
        if point.depth == 1 and point.years == 1 and (found.lead == "in" or found.rel is not None):
            self._year = (found, point.year)
        if self._strays(found, point) or self._only_speaks(found, sentence) or self._is_deadline(found, point):
            return
        self._point, self._sentence = point, sentence
        if exact_date(point):
            self._day = (sentence, point)
            self._tell(sentence, point)

    def _is_deadline(self, found: Expression, point: Point) -> bool:
        """Whether a date is one to come by which something is asked for: no story has got there."""
        day = exact_date(point)
        return (
            found.lead in ("by", "until") and self._published is not None and day is not None and day > self._published
        )

    def _strays(self, found: Expression, point: Point) -> bool:
        """Whether a date steps out of a narrative: an aside many years off, or a bare year already reached."""
        if self._point is None or heads_passage(self._lexemes, found):
            return False
        if (found.kind in ("relative", "shift") and found.rel in BACKWARD) or point.years > 1:
            return self._narrative
        if point.depth == 1 and point.years == 1 and point.year == self._point.year:
            return self._narrative
        far = not -LOOK_BACK_YEARS <= point.year - self._point.year <= ASIDE_YEARS
        again = self._stray is not None and abs(point.year - self._stray) <= 1
        self._stray = point.year if far else None
        return self._narrative and far and not again

    def _only_speaks(self, found: Expression, sentence: int) -> bool:
        """Whether a date is that of a statement while the text has a date of its own near by."""
        if self._narrative or self._point is None or sentence - self._sentence > REFERENCE_REACH:
            return False
        return is_speech_date(self._parse, found)

    def _event(self, found: Expression) -> Point | None:
        """The day of the first dated sentence that tells of the happening which the expression names.

        A happening that no dated sentence names by that word is the one the report opens with.
        """
        noun = named_event(self._parse, self._lexemes, found)
        if noun is None or self._narrative:
            return None
        opening = is_happening(noun) and not tells_sequence(self._parse, found)
        return self._told.get(noun.lemma) or (self._told.get(OPENING) if opening else None)

    def _tell(self, sentence: int, point: Point) -> None:
        """Remember the nouns of a sentence with its first day."""
        if sentence in self._dated:
            return
        self._dated.add(sentence)
        self._told.setdefault(OPENING, point)
        for token in self._parse.sentence_tokens(self._parse.sentences[sentence]):
            if token.pos in ("NOUN", "PROPN"):
                self._told.setdefault(token.lemma, point)

    def _year_here(self, found: Expression, sentence: int) -> int | None:
        """The year of a heading that still holds, or one told earlier in the sentence ("in 2008, … in May")."""
        if self._heading is not None and not self._narrative and self._still_headed(self._heading[0], found, sentence):
            return self._heading[1]
        if self._year is None:
            return None
        told = self._parse.token_at(self._year[0].start).sentence
        if told == sentence - 1 and self._goes_on(found, sentence, self._year[1]):
            return self._year[1]
        if told != sentence:
            return None
        return self._year[1] if share_clause(self._parse, self._lexemes, self._year[0], found) else None

    def _goes_on(self, found: Expression, sentence: int, year: int) -> bool:
        """Whether the story of the year, and a month of it, that the sentence before told goes on: "He left in May"."""
        point = self._point
        if point is None or self._sentence != sentence - 1 or point.year != year or found.month is None:
            return False
        later = point.month is not None and found.month >= point.month
        return later and self._parse.tokens[self._parse.sentences[sentence].first].tag == "PRP"

    def _still_headed(self, heading: Expression, found: Expression, sentence: int) -> bool:
        """Whether an expression stands in the paragraph that a heading opens, or right under it."""
        if sentence - self._parse.token_at(heading.start).sentence > NARRATIVE_REACH:
            return False
        return CODE["gap"] not in self._lexemes.classes[heading.last + 2 : found.first]

    def _names_event(self, found: Expression) -> bool:
        return found.kind == "shift" and found.rel in ("after", "before") and tells_event(self._lexemes, found)

    def _explains_last(self, found: Expression) -> bool:
        """Whether only a comma parts it from a date before it: "27 June 1950, two days after the invasion"."""
        if self._last is None or found.kind != "shift" or found.rel not in ("after", "before"):
            return False
        return self._lexemes.classes[self._last.last + 1 : found.first] in (CODE["comma"], CODE["dash"])


DATELINE = re.compile(r"\s*(?:[A-Z(][\w.'’()]*[ ,/]+|[a-z]{2,3} +){1,8}")
DATELINE_END = re.compile(r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:--|[-–—])\s")


def dateline_day(text: str, expressions: list[Expression]) -> date | None:
    """The day of a dateline that has a year ("PARIS, 4 March 2015 (Agency) –"): the report was written then."""
    if not expressions:
        return None
    first = expressions[0]
    if first.year is None or first.month is None or first.day is None or first.kind not in ("calendar", "iso"):
        return None
    opens = (
        DATELINE.fullmatch(text, 0, min(first.start, DATELINE_LENGTH)) is not None and first.start <= DATELINE_LENGTH
    )
    ends = DATELINE_END.match(text, first.end, first.end + DATELINE_LENGTH) is not None
    return safe_date(first.year, first.month, first.day) if opens and ends else None


DATELINE_LENGTH = 80
"""Characters before a dateline's date, and to its dash, at most."""


def is_narrative(parse: Parse, expressions: list[Expression], published: date | None) -> bool:
    """Whether the text tells a history whose dates hang on one another, not news that hang on publication.

    Its first dated expression has a year, it has several full dates, all well before publication if
    that is known, and nothing outside quotations counts from today.
    """
    dated = [e for e in expressions if e.kind in ("calendar", "iso") and (e.year is not None or e.month is not None)]
    full = [e for e in dated if e.year is not None]
    if not dated or dated[0].year is None or len(full) < NARRATIVE_DATES:
        return False
    if published and any(e.year is not None and published.year - e.year < NARRATIVE_YEARS for e in full):
        return False
    return not counts_from_today(parse, expressions) and not _is_reported(parse)


def counts_from_today(parse: Parse, expressions: list[Expression]) -> bool:
    """Whether anything outside quotations is told from the day of writing ("yesterday", "last month", "on Friday")."""
    return any(_counts_from_today(parse, e) for e in expressions)


SPEECH_SHARE = 0.2
"""Share of sentences with a verb of speech from which a text is news: histories quote little."""


def _is_reported(parse: Parse) -> bool:
    verbs = frozenset(lexicon()["speech"]["verbs"])
    speaking = {t.sentence for t in parse.tokens if t.pos == "VERB" and t.lemma in verbs}
    return len(speaking) > SPEECH_SHARE * len(parse.sentences)


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

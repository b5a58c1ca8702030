"""Times that cannot be an event's, whatever else speaks for them: a date that is wrong is worse than none."""

from __future__ import annotations

import re
from datetime import date

from casus.events.candidates import Candidate
from casus.events.revenge import is_avenged
from casus.knowledge.lexicon import load_lexicon
from casus.records.findings import Findings
from casus.records.mention import TimeMention
from casus.records.parse import Parse, Token

AHEAD = frozenset(("will", "would", "'ll", "’ll", "shall"))
"""Auxiliaries of what is to come."""

COUNTED = re.compile(
    r"\b(?P<unit>(?:day|night|morning|week|month|year)s?)\s+(?:after|before|later|earlier|ago)\b", re.IGNORECASE
)
"""A time told by its distance from another one."""

PART_OF_DAY = re.compile(r"\S*T(?:MO|MI|DT|AF|EV|NI)")
"""The TIMEX3 value of a part of a day."""

SUBJECTS = ("nsubj", "nsubjpass", "csubj")


def governor_of(parse: Parse, root: Token) -> Token:
    """The word that a time qualifies, past its prepositions."""
    head = parse.head(root)
    while head.pos in ("ADP", "SCONJ") and head.head != head.i:
        head = parse.head(head)
    return head


def clause_of(parse: Parse, token: Token) -> Token:
    """The verb that governs a token; the first of a chain of verbs ("began firing")."""
    chain = iter((token, *parse.ancestors(token)))
    verb = next((t for t in chain if t.pos in ("VERB", "AUX")), token)
    while verb.dep == "xcomp" and parse.head(verb).pos in ("VERB", "AUX"):
        verb = parse.head(verb)
    return verb


def is_speech(verb: Token) -> bool:
    """Whether a verb tells of words rather than deeds."""
    return verb.lemma in load_lexicon("time_course")["speech"]


class Bounds:
    """What the fullest telling of an event says against times that stand elsewhere."""

    def __init__(self, findings: Findings, members: tuple[Candidate, ...], published: date | None) -> None:
        lead = members[0]
        self.times = findings.times
        self.parse = findings.parse
        self.token = findings.parse.tokens[lead.trigger.token]
        self.verb = clause_of(findings.parse, self.token)
        self.sentence = lead.sentence
        self.verbs = {clause_of(self.parse, self.parse.tokens[m.trigger.token]).i for m in members}
        self.published = published
        self.told = lead.trigger.form != "noun" and not lead.modality.ongoing
        self.to_come = lead.modality.actuality == "planned" or lead.modality.hypothetical or self._is_ahead()
        self.counted_from = self._is_counted_from() or is_avenged(findings.parse, self.token)
        self.own = tuple(i for i in findings.times_in.get(lead.sentence, ()) if self._in_clause(self.times[i]))

    def not_fresh(self) -> bool:
        """Whether it cannot be news of the week: something counts from it, or it counts from something unknown."""
        dated = any(self.times[i].start for i in self.own)
        return self.counted_from or (not dated and self._counts_from_unknown())

    def rule_out(self, index: int) -> bool:
        """Whether a time cannot be the event's."""
        time = self.times[index]
        if (
            self._is_spoken_of(time)
            or self._of_somebody(time)
            or (self.told and not self.to_come and self._is_future(time))
        ):
            return True
        if self.counted_from:
            return not self._is_below(time)
        if time.value == "PRESENT_REF":
            return clause_of(self.parse, self.parse.root_in(time.span)).i != self.verb.i
        if index in self.own:
            return self.to_come and self._told_then(time)
        return self._before_what_is_to_come(time) or self._against_own(time) or self._of_words_of_theirs(time)

    def _is_ahead(self) -> bool:
        """ "It would attack"; "an offensive is imminent"."""
        children = list(self.parse.children(self.verb))
        if any(c.dep == "aux" and c.lower in AHEAD for c in children):
            return True
        said_of = self.verb.lemma == "be" and self.token.head == self.verb.i and self.token.dep == "nsubj"
        words = load_lexicon("time_course")["impending"]
        return said_of and any(c.dep == "acomp" and c.lemma in words for c in children)

    def _is_counted_from(self) -> bool:
        """Whether something else is dated by the event: "two years after the loss of the fort"."""
        span = self.parse.sentences[self.sentence].span
        for match in COUNTED.finditer(self.parse.text, span.start, span.end):
            word = self.parse.token_at(match.end() - 1)
            below = any(c.i == self.token.i for c in self.parse.children(word))
            if below or (word.dep == "mark" and word.head == self.token.i and word.i < self.token.i):
                return True
        return False

    def _in_clause(self, time: TimeMention) -> bool:
        """Whether a time stands in the telling's own clause, or at the trigger itself."""
        return clause_of(self.parse, self.parse.root_in(time.span)).i == self.verb.i or self._is_below(time)

    def _is_below(self, time: TimeMention) -> bool:
        """Whether a time stands in what the trigger heads, and not before it as in "a year after it fell"."""
        root = self.parse.root_in(time.span)
        chain = [root, *self.parse.ancestors(root)]
        depth = next((k for k, t in enumerate(chain) if t.i == self.token.i), None)
        if depth is None or (self.counted_from and root.i < self.token.i):
            return False
        qualifies = any(t.dep in ("relcl", "acl") for t in chain[:depth])
        return not (qualifies and self.token.pos == "VERB")  # "firing rockets, the last of them launched on Monday"

    def _is_past(self, time: TimeMention) -> bool:
        return self.published is not None and time.end is not None and date.fromisoformat(time.end) <= self.published

    def _is_future(self, time: TimeMention) -> bool:
        return self.published is not None and time.start is not None and date.fromisoformat(time.start) > self.published

    def _told_then(self, time: TimeMention) -> bool:
        """Whether a past time follows the word for saying what is to come: "warned on Sunday it would attack"."""
        first = self.parse.token_at(time.span.start).i
        before = reversed(self.parse.tokens[max(0, first - 3) : first])
        verb = next((t for t in before if t.pos in ("VERB", "AUX")), None)
        return verb is not None and is_speech(verb) and self._is_past(time)

    def _before_what_is_to_come(self, time: TimeMention) -> bool:
        """A plan, a supposition, "it would go on attacking": not of a past day told beside it."""
        return self.to_come and self._is_past(time)

    def _of_somebody(self, time: TimeMention) -> bool:
        """Another year, told of somebody only: "a colonel who deserted in 2012 was killed"."""
        if self.published is None or time.start is None or time.start[:4] == str(self.published.year):
            return False
        verb = clause_of(self.parse, self.parse.root_in(time.span))
        if verb.dep != "relcl" or verb.i in self.verbs or verb.sentence != self.sentence:
            return False
        return verb.head != self.token.i and all(t.i != verb.i for t in self.parse.ancestors(self.token))

    def _of_words_of_theirs(self, time: TimeMention) -> bool:
        """Whether the parties of the event said something then: "rebels, who seized the town, said on Monday"."""
        verb = clause_of(self.parse, self.parse.root_in(time.span))
        chain = [self.token, *self.parse.ancestors(self.token)]
        above = next((k for k, t in enumerate(chain) if t.i == verb.i), 0)
        qualifies = any(t.dep in ("relcl", "acl") for t in chain[:above])
        return qualifies and is_speech(verb) and chain[above - 1].dep in SUBJECTS

    def _against_own(self, time: TimeMention) -> bool:
        """Another year than the telling's own clause gives; or any time, where that one is counted from
        something that the text does not date ("killed by a mine laid a few weeks ago")."""
        own = [self.times[i] for i in self.own if self.times[i].start and self.times[i].type in ("DATE", "TIME")]
        if not own:
            return self._counts_from_unknown()
        return time.start is not None and time.start[:4] not in {(t.start or "")[:4] for t in own}

    def _counts_from_unknown(self) -> bool:
        span = self.parse.sentences[self.sentence].span
        for match in COUNTED.finditer(self.parse.text, span.start, span.end):
            unit = self.parse.token_at(match.start("unit"))
            below = self.token.i in {t.i for t in self.parse.ancestors(unit)}
            if below or clause_of(self.parse, unit).i == self.verb.i:
                return True
        return False

    def _is_spoken_of(self, time: TimeMention) -> bool:
        """A part of a day that something is said of: "the night is ours"."""
        root = self.parse.root_in(time.span)
        is_part = PART_OF_DAY.fullmatch(time.value or "") is not None
        return is_part and root.dep in SUBJECTS and root.end == time.span.end

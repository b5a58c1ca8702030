"""What speaks for and against each possible date of an event: options with named numbers.

The options of an event are the times of its own sentences, the times of the sentences around
them, the rule for fresh news (codebook 3) and "unknown". A linear model compares them
(`events/dating.py`); its weights are fitted by `scripts/train_dating`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from casus.events.attachment import in_dateline
from casus.events.candidates import Candidate
from casus.events.dating_bounds import Bounds, clause_of, governor_of, is_speech
from casus.records.findings import Findings
from casus.records.mention import TimeMention
from casus.records.parse import Parse, Token

BACK, AMIDST, AHEAD = 6, 12, 2
"""Times looked up before, among and after the sentences of an event."""

OPENING = 3
"""Times at the beginning of a report that stay at hand: the day of what it is about."""

PREPOSITIONS = frozenset(
    (
        "on",
        "in",
        "at",
        "by",
        "since",
        "until",
        "till",
        "from",
        "to",
        "between",
        "during",
        "over",
        "for",
        "after",
        "before",
        "of",
        "within",
        "around",
        "about",
        "through",
    )
)

LIFE = frozenset(("bear", "elect", "appoint", "marry", "graduate", "inaugurate"))
"""Verbs whose time belongs to somebody's life."""

TURNS = frozenset(
    (
        "earlier",
        "later",
        "then",
        "meanwhile",
        "elsewhere",
        "separately",
        "also",
        "previously",
        "afterwards",
        "afterward",
        "since",
        "soon",
        "still",
    )
)
"""Words at the head of a sentence that say how its time stands to what was told before."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible date: a time of the text by its index, or a rule that needs none."""

    kind: Literal["time", "fresh", "unknown"]
    time: int = -1


UNKNOWN = Option("unknown")
FRESH = Option("fresh")

Features = dict[str, float]


def date_options(
    findings: Findings, members: tuple[Candidate, ...], published: str | None
) -> list[tuple[Option, Features]]:
    """Every option with its features; `members` fullest first, `published` an ISO date or None."""
    scene = Scene(findings, members, date.fromisoformat(published[:10]) if published else None)
    found = [(UNKNOWN, scene.rule("unknown"))]
    if published and not scene.bounds.not_fresh():
        found.append((FRESH, scene.rule("fresh")))
    for index in scene.near():
        found.append((Option("time", index), scene.time(index)))
    return found


class Scene:
    """One event's tellings among the times of its report."""

    def __init__(self, findings: Findings, members: tuple[Candidate, ...], published: date | None) -> None:
        self.findings = findings
        self.parse = findings.parse
        self.members = members
        self.lead = members[0]
        self.token = findings.parse.tokens[self.lead.trigger.token]
        self.published = published
        self.sentences = sorted({m.sentence for m in members})
        self.bounds = Bounds(findings, members, published)
        self.tense = "to come" if self.bounds.to_come else tense_of(members)
        self.own = {a.index: a.score for a in self.lead.times}
        for member in members[1:]:
            for attached in member.times:
                self.own[attached.index] = max(self.own.get(attached.index, -9.0), attached.score)
        self.nearest = self._nearest()
        self.opening = list(islice(self._dated(range(len(findings.times))), OPENING))
        self.before, self.within, self.ahead = self._around()
        self.days = sorted({*self.opening, *self.before, *self.within, *self.ahead})

    def _dated(self, indices: Iterable[int]) -> Iterator[int]:
        return (i for i in indices if is_dated(self.findings.times[i]))

    def _around(self) -> tuple[list[int], list[int], list[int]]:
        """The dated times before, among and after the event's sentences; a few of each, in text order."""
        times, sentences = self.findings.times, self.parse.sentences
        start, end = sentences[self.sentences[0]].span.start, sentences[self.sentences[-1]].span.end
        first = bisect_left(times, start, key=lambda t: t.span.start)
        last = bisect_left(times, end, key=lambda t: t.span.start)
        before = list(islice(self._dated(range(first - 1, -1, -1)), BACK))[::-1]
        within = list(islice(self._dated(range(first, last)), AMIDST))
        return before, within, list(islice(self._dated(range(last, len(times))), AHEAD))

    def _nearest(self) -> int | None:
        """The time that the text ties to the tellings most strongly, if it ties any."""
        scored: dict[int, float] = {}
        for rank, member in enumerate(self.members):
            for attached in member.times:
                score = attached.score - 0.3 * min(rank, 5)
                scored[attached.index] = max(scored.get(attached.index, -9.0), score)
        good = [i for i in scored if scored[i] > 0.0 and self.findings.times[i].type in ("DATE", "TIME")]
        return min(good, key=lambda i: (-scored[i], i)) if good else None

    def sentence(self, index: int) -> int:
        return self.parse.sentence_of(self.findings.times[index].span).index

    def near(self) -> list[int]:
        """The times that may date the event, in text order."""
        own = {i for i in self.own if may_date(self.findings.times[i])}
        return [i for i in sorted(own | set(self.days)) if not self._of_a_state(i) and not self.bounds.rule_out(i)]

    def _of_a_state(self, index: int) -> bool:
        """Whether a time says when somebody was born or took office, or since when something is so
        ("missing since March"): never the time of an event."""
        time = self.findings.times[index]
        root = self.parse.root_in(time.span)
        word = governor_of(self.parse, root)
        if word.lemma in LIFE:
            return True
        clause = clause_of(self.parse, root)
        if any(self._opens_since(c, root) for c in self.parse.children(clause)):
            inside = {t.i for t in self.parse.subtree(clause)}
            if index in self.own and self.lead.trigger.token not in inside:
                return True  # "killed since the war began in 2014"
        before = self.parse.token_at(time.span.start).i - 1
        if before < 1 or self.parse.tokens[before].lower != "since":
            return False
        own = {m.trigger.token for m in self.members}
        state = (word, self.parse.tokens[before - 1])  # next to it, where the parse goes astray
        return any(w.i not in own and (w.pos == "ADJ" or w.dep in ("amod", "acl")) for w in state)

    def _opens_since(self, child: Token, root: Token) -> bool:
        """Whether a word below a clause is the "since" that a time in the clause stands behind."""
        if child.lower != "since" or child.dep not in ("mark", "prep"):
            return False
        return child.dep == "mark" or root.i in {t.i for t in self.parse.subtree(child)}

    def rule(self, name: str) -> Features:
        """Features of an option that needs no time in the text."""
        lead = self.lead
        return {
            name: 1.0,
            f"{name}: {self.tense}": 1.0,
            f"{name}: {lead.trigger.form}": 1.0,
            f"{name}: opening": float(self.sentences[0] <= 1),
            f"{name}: no dates": float(not self.days),
            f"{name}: few dates": float(len(self.days) == 1),
            f"{name}: points back": float(lead.definite),
            f"{name}: qualifies": float(self.token.dep in ("relcl", "acl", "amod", "poss")),
            f"{name}: under a noun": float(lead.trigger.form == "noun" and self.token.dep == "pobj"),
            f"{name}: told once": float(len(self.members) == 1),
            f"{name}: attributed": float(bool(lead.claims)),
            f"{name}: weak": 1.0 - lead.trigger.strength,
            f"{name}: late": min(self.sentences[0], 40) / 20,
            f"{name}: unpublished": float(self.published is None),
            f"{name}: no time near": float(self.nearest is None),
            f"{name}: no time near, {self.tense}": float(self.nearest is None),
            f"{name}: {lead.trigger.form}, present": float(lead.modality.ongoing),
            f"{name}: clause that qualifies": float(self.bounds.verb.dep in ("relcl", "acl", "advcl")),
        }

    def time(self, index: int) -> Features:
        """Features of a time of the text."""
        time = self.findings.times[index]
        features = {"time": 1.0}
        features.update(self._kind(time))
        features.update(self._place_in_text(index, time))
        features.update(self._wording(time))
        features.update(self._age(time))
        features["nearest"] = float(index == self.nearest)
        return features

    def _kind(self, time: TimeMention) -> Features:
        features = {f"type {time.type}": 1.0, f"precision {time.precision}": 1.0}
        if time.value == "PRESENT_REF":
            features.update({"present": 1.0, f"present: {self.tense}": 1.0})
        if time.start is None and time.end is None:
            features["unresolved"] = 1.0
        elif time.start is None or time.end is None:
            features["half open"] = 1.0
        else:
            days = (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days
            features["log days"] = math.log1p(max(days, 0)) / 4
        return features

    def _place_in_text(self, index: int, time: TimeMention) -> Features:
        sentence = self.sentence(index)
        if index in self.own:
            return self._beside(index, time)
        features = {"elsewhere": 1.0}
        features.update(self._frame(time))
        if sentence < self.sentences[0]:
            features.update(self._earlier(index, time, self.sentences[0] - sentence))
        elif sentence > self.sentences[-1]:
            where = f"ahead {far(sentence - self.sentences[-1])}"
            features.update({where: 1.0, f"{where} {rough(time)}": 1.0})
        else:
            features["amidst"] = 1.0
        if self.opening and index == self.opening[0]:
            features["first day"] = 1.0
        way = "back" if sentence < self.sentences[0] else "on"
        features[f"{way} from the opening"] = float(self.sentences[0] <= 1)
        features[f"{way}: {self.tense}"] = 1.0
        features[f"{way}: first of its day"] = float(self._first_of_day(index))
        return features

    def _first_of_day(self, index: int) -> bool:
        """Whether no time nearer to the event on the same side gives another date."""
        time = self.findings.times[index]
        low, high = sorted((self.sentence(index), self.sentences[0]))
        nearer = [self.findings.times[i] for i in self.days if low < self.sentence(i) < high]
        return all((t.start, t.end) == (time.start, time.end) for t in nearer)

    def _frame(self, time: TimeMention) -> Features:
        """Whether a time of another sentence stands where it says when the story goes on: in the
        main clause, rather than beside a noun or in a clause that qualifies one."""
        root = self.parse.root_in(time.span)
        word = governor_of(self.parse, root)
        clause = clause_of(self.parse, word)
        features = {f"elsewhere with {preposition(self.parse, time, root)}": 1.0}
        features["elsewhere: main clause"] = float(word.i == clause.i and clause.dep in ("ROOT", "ccomp", "conj"))
        features["elsewhere: beside a noun"] = float(word.pos in ("NOUN", "PROPN"))
        if time.end is not None and self.published is not None:
            features[f"elsewhere: age {age_name((self.published - date.fromisoformat(time.end)).days)}"] = 1.0
        return features

    def _earlier(self, index: int, time: TimeMention, apart: int) -> Features:
        where = f"back {far(apart)}"
        running = self.before[-1:] == [index]
        features = {where: 1.0, f"{where} {rough(time)}": 1.0, "running": float(running)}
        others = [i for i in self.before if i > index]
        differ = {(self.findings.times[i].start, self.findings.times[i].end) for i in others} - {(time.start, time.end)}
        features["other dates since"] = min(len(differ), 3) / 3
        span = self.parse.sentences[self.sentences[0]].span
        features["same paragraph"] = float("\n" not in self.parse.text[time.span.end : span.start])
        if running:
            features[f"running: {self.tense}"] = 1.0
            features["running: points back"] = float(self.lead.definite)
            features["running: introduced"] = float(self.lead.indefinite)
            features.update({f"running: {word}": 1.0 for word in self._turns()})
        return features

    def _turns(self) -> Iterator[str]:
        first = self.parse.sentences[self.sentences[0]].first
        yield from sorted({t.lower for t in self.parse.tokens[first : first + 3]} & TURNS)

    def _beside(self, index: int, time: TimeMention) -> Features:
        """How the text ties a time to the tellings in its own sentence."""
        score = self.own[index]
        root = self.parse.root_in(time.span)
        teller = self._teller(index)
        token = self.parse.tokens[teller.trigger.token]
        above = [root, *self.parse.ancestors(root)]
        features = {
            "beside": 1.0,
            "score": max(-2.0, min(score, 4.0)),
            "surely": float(score >= 1.0),
            "best beside": float(score >= max(self.own[i] for i in self.own)),
            "lead's own": float(teller is self.lead),
            "in subtree": float(any(t.i == token.i for t in above)),
            "precedes": float(root.i < token.i),
            "tokens": min(abs(root.i - token.i), 40) / 20,
        }
        clause = clause_of(self.parse, root)
        same = clause.i == clause_of(self.parse, token).i
        features["clause of the trigger"] = float(same)
        features["clause qualifies"] = float(clause.dep in ("relcl", "acl") and not same)
        word = governor_of(self.parse, root)
        features["qualifies the trigger"] = float(word.i == token.i)
        if word.i != token.i:
            features[f"qualifies {word.pos}"] = 1.0
        features["of another sentence"] = float(teller.sentence != self.lead.sentence)
        features["of the lead's clause"] = float(index in self.bounds.own)
        features["of speech"] = float(is_speech(clause) and not same)
        if time.value == "PRESENT_REF" and word.i != token.i:
            features["present of something else"] = 1.0
        features["dates the speech"] = float(self._at_cue(clause, teller))
        return features

    def _teller(self, index: int) -> Candidate:
        """The telling that the text ties a time to most strongly."""
        scored = [(a.score, -k) for k, m in enumerate(self.members) for a in m.times if a.index == index]
        return self.members[-max(scored)[1]]

    def _at_cue(self, clause: Token, teller: Candidate) -> bool:
        cues = (self.findings.claims[i].cue for i in teller.claims)
        return any(cue is not None and cue.overlaps(clause.span) for cue in cues)

    def _wording(self, time: TimeMention) -> Features:
        root = self.parse.root_in(time.span)
        features = {f"with {preposition(self.parse, time, root)}": 1.0}
        sentence = self.parse.sentence_of(time.span)
        features["opens its sentence"] = float(time.span.start - sentence.span.start <= 8)
        features["in dateline"] = float(in_dateline(self.parse, time.span))
        features["anniversary"] = float(root.dep in ("poss", "compound", "amod"))
        value = (time.start, time.end)
        around = [self.findings.times[i] for i in self.days]
        same = sum((t.start, t.end) == value for t in around) if time.start else 0
        features["told often"] = min(same, 5) / 5
        if self.opening:
            first = self.findings.times[self.opening[0]]
            features["day of the opening"] = float((first.start, first.end) == value)
        return features

    def _age(self, time: TimeMention) -> Features:
        """How long before publication, and whether the tense goes with it."""
        if time.end is None or self.published is None:
            return {f"age unknown: {self.tense}": 1.0}
        age = (self.published - date.fromisoformat(time.end)).days
        name = age_name(age)
        return {f"age {name}": 1.0, f"age {name}: {self.tense}": 1.0}


def tense_of(members: tuple[Candidate, ...]) -> str:
    """One word for how an event is told; the perfect of its first sentence is the tense of fresh news."""
    mode = members[0].modality
    if mode.actuality == "planned" or mode.hypothetical:
        return "to come"
    for name in ("anterior", "perfect", "ongoing"):
        if getattr(mode, name):
            return name
    first = min(m.sentence for m in members)
    return "perfect" if any(m.modality.perfect for m in members if m.sentence == first) else "past"


def far(sentences: int) -> str:
    """A word for a number of sentences between."""
    return str(sentences) if sentences <= 2 else "some" if sentences <= 5 else "far"


def age_name(days: int) -> str:
    """A word for a number of days before publication."""
    if days < 0:
        return "future"
    for limit, name in ((1, "day"), (7, "week"), (31, "month"), (400, "year")):
        if days <= limit:
            return name
    return "old"


def is_dated(time: TimeMention) -> bool:
    """Whether a time may date what other sentences tell: a date, or a part of one ("June 16")."""
    return time.type in ("DATE", "TIME") and says_when(time)


def may_date(time: TimeMention) -> bool:
    """Whether a time may date what its own sentence tells."""
    return time.type in ("DATE", "TIME") or (time.type == "DURATION" and time.start is not None)


def says_when(time: TimeMention) -> bool:
    """Whether anything is known of a time, unlike "four days after" that nothing resolves."""
    if time.start is not None or time.end is not None:
        return True
    value = time.value or ""
    return value.startswith("XXXX-") and any(c.isdigit() for c in value)


def rough(time: TimeMention) -> str:
    """Whether a time names a day or something longer."""
    return "day" if time.precision == "day" else "period"


def preposition(parse: Parse, time: TimeMention, root: Token) -> str:
    """The preposition that governs a time, "nothing" if it stands alone, "other" for rare ones."""
    first = parse.token_at(time.span.start)
    for token in (first, parse.head(root), parse.tokens[max(0, first.i - 1)]):
        if token.lower in PREPOSITIONS and token.i <= root.i:
            return token.lower
    return "nothing"

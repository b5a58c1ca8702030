"""Who may take part in an event: the actors that the report names near it, and those that its type implies."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casus.events.candidates import ActorIndex, Candidate
from casus.events.responsibility import pointed_at
from casus.records.actor import Actor
from casus.records.findings import Findings
from casus.records.parse import Token
from casus.records.span import Span

AROUND = 3
"""Sentences before and after those of an event in which its parties are looked for."""

MAIN_ACTORS = 4
"""Actors named most often in a report that stay at hand for each of its events."""

MOST = 24
"""Parties that are compared for one event, the nearest first: keeps long texts affordable."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One mention of an actor; a person who is known to belong to a body stands for it."""

    actor: str
    span: Span
    root: Token
    person: bool
    speaking: bool


class Roster:
    """The actors of one report and what its words make of them as a whole, whatever the event."""

    def __init__(self, findings: Findings, candidates: Sequence[Candidate]) -> None:
        self.findings = findings
        self.actors = {a.id: a for a in findings.actors}
        self.namings: dict[str, list[Naming]] = {}
        self.in_sentence: dict[int, list[Naming]] = {}
        for actor in findings.actors:
            for span in actor.mentions:
                self._add(actor, span)
        for found in self.namings.values():
            found.sort(key=lambda n: n.span)
        self.starts = {actor: [n.span.start for n in found] for actor, found in self.namings.items()}
        self.main_actors = self._most_named()
        self.total = sum(len(n) for n in self.namings.values()) or 1
        self.acting: Counter[str] = Counter()
        self.suffering: Counter[str] = Counter()
        self.doing: Counter[tuple[str, str]] = Counter()
        self.facing: Counter[tuple[str, str]] = Counter()
        for candidate in candidates:
            self._count(candidate)
        self.told = len(candidates) or 1
        self.pointed_at = {self.organised(p.actor) for p in pointed_at(findings, ActorIndex(findings))}

    def _add(self, actor: Actor, span: Span) -> None:
        whom = self.organised(actor.id)
        root = self.findings.parse.root_in(span)
        naming = Naming(whom, span, root, whom != actor.id, self.findings.names_speaker(span))
        self.namings.setdefault(whom, []).append(naming)
        self.in_sentence.setdefault(root.sentence, []).append(naming)

    def _count(self, candidate: Candidate) -> None:
        agents = {self.organised(p.actor) for p in candidate.agents}
        patients = {self.organised(p.actor) for p in candidate.patients}
        mutual = {self.organised(p.actor) for p in candidate.mutual}
        self.acting.update(agents)
        self.suffering.update(patients)
        self.doing.update({(a, candidate.trigger.kind) for a in agents})
        pairs = {(a, b) for a in agents for b in patients | mutual} | {(a, b) for a in mutual for b in mutual}
        self.facing.update({(min(a, b), max(a, b)) for a, b in pairs if a != b})

    def organised(self, actor: str) -> str:
        """The body in place of the person."""
        found = self.actors.get(actor)
        belongs = found is not None and found.kind == "person" and found.member_of in self.actors
        return str(found.member_of) if found is not None and belongs else actor

    def faced(self, one: str, two: str) -> int:
        """At how many triggers of the report the two stand on opposite sides."""
        return self.facing[(min(one, two), max(one, two))]

    def _most_named(self) -> list[str]:
        """Those named most often, the first named among equals."""
        ordered = sorted(self.namings, key=lambda a: (-len(self.namings[a]), self.namings[a][0].span))
        return ordered[:MAIN_ACTORS]

    def nearest(self, actor: str, members: Sequence[Candidate]) -> Naming:
        """The mention by which an actor stands nearest to the tellings: in the fullest one's sentence if there
        is one, else in another's, else the last before, else the first after."""
        for member in members:
            here = [n for n in self.in_sentence.get(member.sentence, ()) if n.actor == actor]
            if here:
                return min(here, key=lambda n: (n.speaking, abs(n.root.i - member.trigger.token), n.span))
        return self.around(actor, members[0].trigger.span)[0]

    def around(self, actor: str, span: Span) -> list[Naming]:
        """The last mention of an actor before a place in the text, and the first after it."""
        k = bisect_left(self.starts[actor], span.start)
        return self.namings[actor][max(0, k - 1) : k + 1]

    def near(self, members: Sequence[Candidate]) -> list[str]:
        """The actors named around the tellings, in the headline, and most often in the report."""
        told = sorted({m.sentence for m in members})
        around = sorted({s + d for s in told for d in range(-AROUND, AROUND + 1)} | {0, 1})
        gaps: dict[str, int] = {}
        for sentence in around:
            for naming in self.in_sentence.get(sentence, ()):
                gap = min(abs(sentence - s) for s in told)
                gaps[naming.actor] = min(gap, gaps.get(naming.actor, gap))
        for actor in self.main_actors:
            gaps.setdefault(actor, 99)
        ordered = sorted(gaps, key=lambda a: (gaps[a], self.namings[a][0].span))
        return ordered[:MOST]

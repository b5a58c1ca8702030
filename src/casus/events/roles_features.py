"""What speaks for and against each party of a report taking a side in one event, as named numbers.

The weights are in `knowledge/data/models/roles.json`, fitted by `scripts/train_roles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from casus.events.candidates import Candidate, Party
from casus.events.dating_bounds import clause_of
from casus.events.roles_options import Naming, Roster
from casus.events.roles_paths import path_between
from casus.knowledge.lexicon import load_lexicon
from casus.records.actor import ARMED_KINDS, Actor
from casus.records.event import EVENT_TYPE
from casus.records.parse import Token
from casus.records.span import Span

Features = dict[str, float]

GROUPS = frozenset(("rebel group", "political militia", "identity militia"))
"""Kinds of actors whose deeds are not inferred."""

VIOLENT = frozenset(("Explosions/Remote violence", "Violence against civilians"))
"""Event types that tell of one side's deed."""

LATER_TELLING = 0.6
"""What a tie to a later telling counts, against one to the fullest."""

UNNAMED = frozenset(("civilians", "unidentified"))
"""Kinds of actors under which a report's unnamed people are put together."""

MENTIONS = 5
"""Mentions of such an actor near an event that are told apart."""

FAR_APART = 30
"""Words apart beyond which more distance says nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the hand rules say of an event's sides: bodies by id, and what they had to fall back on."""

    first: tuple[Party, ...]
    second: tuple[Party, ...]
    helping: tuple[Party, ...]
    told_first: bool
    told_second: bool
    responsible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What is known of an event before its sides are chosen."""

    members: tuple[Candidate, ...]
    type: str
    country: str | None
    verdict: Verdict
    figures: tuple[int, ...]


@dataclass(slots=True)
class Memory:
    """Who stood on which side in the events of a report told before, and in the last of them."""

    first: set[str] = field(default_factory=set)
    second: set[str] = field(default_factory=set)
    last: tuple[str | None, str | None] = (None, None)

    def among(self, actors: Iterable[str]) -> Memory:
        """What it holds of a few actors; later events do not change it."""
        few = set(actors)
        return Memory(self.first & few, self.second & few, self.last)

    def add(self, verdict: Verdict) -> None:
        """Remember the leaders of both sides."""
        one, two = (next((p.actor for p in side), None) for side in (verdict.first, verdict.second))
        self.first |= {one} - {None}  # type: ignore[arg-type]
        self.second |= {two} - {None}  # type: ignore[arg-type]
        self.last = (one or self.last[0], two or self.last[1])


@dataclass(frozen=True, slots=True)
class Option:
    """One possible taker of a side: an actor of the report, one that is implied, or nobody (None)."""

    actor: str | None
    implied: bool
    features: Features
    span: Span | None = None


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table = load_lexicon("frames")
    return {name: frozenset(table[name]) for name in ("anybody", "civilian_objects", "holding", "seats", "helping")}


class Setting:
    """The parties of a report seen from one event; built for one account, used once."""

    def __init__(self, roster: Roster, event: Event, before: Memory) -> None:
        self.roster, self.event = roster, event
        self.findings, self.parse = roster.findings, roster.findings.parse
        self.members, self.main = event.members, event.members[0]
        self.family = EVENT_TYPE[event.type]
        self.told = {m.sentence for m in self.members}
        self.unnamed = {
            side: any(self._is_unnamed(i, side) for i in getattr(self.main.frame, side))
            for side in ("agents", "patients")
        }
        near = roster.near(self.members)
        self.before = before.among(near)
        self.near = [party for actor in near for party in self._parties(actor)]
        self.civil = self._in_civil_life()
        self.armed_here = len(
            {a for a, n in self.near if self._is_armed(a) and any(x.root.sentence in self.told for x in n)}
        )

    def options(self, implied: Sequence[Actor]) -> list[Option]:
        """All that may take a side, nobody first; `implied` are actors that no words of the report name."""
        found = [Option(None, False, self._nobody())]
        found += [Option(a, False, self._actor(a, n), n[0].span if len(n) == 1 else None) for a, n in self.near]
        found += [Option(a.id, True, self._implied(a)) for a in implied]
        return found

    def may_act(self, option: Option) -> bool:
        """Whether it may be said to have acted: that an armed group did one thing says nothing of who did another
        (codebook 4: no perpetrator is inferred that nobody names). It must stand near, or be blamed, or own up."""
        known = self.roster.actors.get(option.actor or "")
        if known is None or known.kind not in GROUPS or self.family not in VIOLENT:
            return True
        marks = option.features
        return "elsewhere" not in marks or "responsible" in marks or any(m.startswith("rules: first") for m in marks)

    def _parties(self, actor: str) -> list[tuple[str, list[Naming]]]:
        """An actor with its mentions in the event's sentences, else those next to them; of people without a name
        ("civilians", "gunmen") each mention apart, for they need not be the same."""
        here = [n for s in sorted(self.told) for n in self.roster.in_sentence.get(s, ()) if n.actor == actor]
        if here and self.roster.actors[actor].kind in UNNAMED:
            return [(actor, [n]) for n in here[:MENTIONS]]
        return [(actor, here or self.roster.around(actor, self.main.trigger.span))]

    # --- nobody, and those implied

    def _nobody(self) -> Features:
        features = {"nobody": 1.0, f"nobody, {self.event.type}": 1.0, f"nobody, {self.family}": 1.0}
        verdict = self.event.verdict
        features["nobody, rules name none first"] = float(not verdict.first)
        features["nobody, rules name none second"] = float(not verdict.second)
        features["nobody, rules told first"] = float(verdict.told_first)
        features["nobody, rules told second"] = float(verdict.told_second)
        features["nobody, unnamed agents"] = float(self.unnamed["agents"])
        features["nobody, unnamed patients"] = float(self.unnamed["patients"])
        features["nobody, armed here"] = min(self.armed_here, 3) / 3
        features["nobody, in civil life"] = float(self.civil)
        features["nobody, figures"] = float(bool(self.event.figures))
        features[f"nobody, class {self.main.trigger.kind}"] = 1.0
        return features

    def _implied(self, actor: Actor) -> Features:
        name = actor.kind
        features = {"implied": 1.0, f"implied {name}": 1.0, f"implied {name}, {self.event.type}": 1.0}
        features[f"implied {name}, {self.family}"] = 1.0
        features[f"implied {name}, class {self.main.trigger.kind}"] = 1.0
        features[f"implied {name}, unnamed agents"] = float(self.unnamed["agents"])
        features[f"implied {name}, unnamed patients"] = float(self.unnamed["patients"])
        features[f"implied {name}, armed here"] = min(self.armed_here, 3) / 3
        features[f"implied {name}, rules told first"] = float(self.event.verdict.told_first)
        features[f"implied {name}, rules told second"] = float(self.event.verdict.told_second)
        features[f"implied {name}, in civil life"] = float(self.civil)
        features[f"implied {name}, figures"] = float(bool(self.event.figures))
        for figure in (self.findings.figures[i] for i in self.event.figures):
            features[f"implied {name}, {figure.outcome} {figure.population}"] = 1.0
        features.update(self._ruled(actor.id, []))
        return features

    def _in_civil_life(self) -> bool:
        """Whether the event's sentences name homes, markets and the like: who is hit there is a civilian."""
        words = _words()["civilian_objects"]
        sentences = (self.parse.sentences[s] for s in sorted(self.told))
        return any(t.lemma in words for s in sentences for t in self.parse.sentence_tokens(s))

    # --- actors of the report

    def _actor(self, actor: str, namings: list[Naming]) -> Features:
        found = self.roster.actors[actor]
        sort = self.sort(found)
        features = self._ties(actor, namings)
        part = self._part(features)
        features.update({sort: 1.0, f"{sort}, {self.event.type}": 1.0, f"{sort}, {self.family}": 1.0})
        features.update(
            {f"{sort}, {part}": 1.0, f"{part}, {self.event.type}": 1.0, f"{part}, class {self.main.trigger.kind}": 1.0}
        )
        if found.country is not None and self.event.country is not None:
            where = "home" if found.country == self.event.country else "abroad"
            features.update({f"{sort}, {where}": 1.0, f"{sort}, {where}, {self.family}": 1.0})
        if found.kind == "civilians":
            word = "anybody" if features.get("just anybody") else "people of a kind"
            features.update({f"{word}, {'in' if self.civil else 'not in'} civil life": 1.0, f"{word}, {part}": 1.0})
        features["registered"] = float(found.registry is not None)
        here = [n for n in namings if n.root.sentence in self.told]
        if here and all(n.speaking for n in here):
            features.update({"only speaks": 1.0, f"{sort}, only speaks": 1.0})
        features.update(self._standing(actor))
        features.update(self._ruled(actor, namings))
        features.update(self._counted(actor, found))
        if self._does_elsewhere(actor):
            features.update(
                {"does so elsewhere": 1.0, f"{sort}, does so elsewhere": 1.0, f"does so elsewhere, {part}": 1.0}
            )
        return {name: value for name, value in features.items() if value}

    def _does_elsewhere(self, actor: str) -> bool:
        """Whether the report tells of the same kind of deed by it at other words than these."""
        kind = self.main.trigger.kind
        here = sum(
            m.trigger.kind == kind and any(self.roster.organised(p.actor) == actor for p in m.agents)
            for m in self.members
        )
        return self.roster.doing[(actor, kind)] > here

    def sort(self, actor: Actor) -> str:
        """The kind of an actor; of a state, the branch."""
        if actor.kind == "organisation":
            return "organisation" if actor.registry else "unknown organisation"
        if actor.kind != "state forces":
            return actor.kind if actor.kind != "person" or actor.member_of is None else "person of a body"
        branch = actor.name.split(" ", 1)[0]
        return f"state {branch.lower()}" if branch in ("Military", "Police", "Government") else "state other"

    def _part(self, features: Features) -> str:
        """The strongest part that grammar gives it at a telling."""
        for part in ("agent and patient", "mutual", "agent", "patient"):
            if part in features:
                return part
        return "beside" if "sentence" in features else "elsewhere"

    def _standing(self, actor: str) -> Features:
        roster, before = self.roster, self.before
        namings = roster.namings[actor]
        features = {
            "share of namings": min(len(namings) / roster.total, 0.5) * 2,
            "named most": float(roster.main_actors[0] == actor),
            "opening": float(namings[0].root.sentence == 0),
            "acts in the report": min(roster.acting[actor] / roster.told, 0.5) * 2,
            "suffers in the report": min(roster.suffering[actor] / roster.told, 0.5) * 2,
            "first before": float(actor in before.first),
            "second before": float(actor in before.second),
            "first last": float(before.last[0] == actor),
            "second last": float(before.last[1] == actor),
            "pointed at": float(actor in roster.pointed_at),
        }
        if roster.acting[actor] + roster.suffering[actor]:
            features["rather acts"] = roster.acting[actor] / (roster.acting[actor] + roster.suffering[actor])
        return features

    def _ruled(self, actor: str, namings: list[Naming]) -> Features:
        verdict = self.event.verdict
        features: Features = {}
        for side, parties, told in (
            ("first", verdict.first, verdict.told_first),
            ("second", verdict.second, verdict.told_second),
        ):
            names = [p.actor for p in parties]
            if any(p.actor == actor and self._by_these(p, namings) for p in parties):
                how = "told" if told else "taken"
                features[f"rules: {side}, {how}"] = 1.0
                features[f"rules: {side}, {how}, {self.family}"] = 1.0
                if names[0] != actor:
                    features[f"rules: {side}, associate"] = 1.0
        if actor in [p.actor for p in verdict.helping]:
            features["rules: helping"] = 1.0
        if actor in verdict.responsible:
            features["responsible"] = 1.0
        return features

    def _counted(self, actor: str, found: Actor) -> Features:
        features: Features = {}
        for i in self.event.figures:
            figure = self.findings.figures[i]
            if figure.actor is not None and self.roster.organised(figure.actor) == actor:
                features["counted"] = 1.0
                features[f"counted, {figure.outcome}"] = 1.0
            elif found.kind == "civilians" and figure.actor is None:
                features[f"civilians, counted {figure.population}"] = 1.0
                features[f"civilians, counted {figure.outcome}"] = 1.0
        return features

    # --- how the words tie an actor to the tellings

    def _ties(self, actor: str, namings: list[Naming]) -> Features:
        """The ties of one actor to the tellings, each as strong as the strongest."""
        features: Features = {}
        for rank, member in enumerate(self.members):
            weight = LATER_TELLING if rank else 1.0
            for name, value in self._tie(actor, namings, member, rank == 0):
                features[name] = max(features.get(name, 0.0), value * weight)
        if "agent" in features and "patient" in features:
            features["agent and patient"] = 1.0
        acting = [m for m in self.members if m.agents]
        if acting:
            features["agent, share"] = sum(self._among(actor, namings, m.agents) for m in acting) / len(acting)
        suffering = [m for m in self.members if m.patients]
        if suffering:
            among = sum(self._among(actor, namings, m.patients) for m in suffering)
            features["patient, share"] = among / len(suffering)
        if "sentence" not in features:
            features.update(self._apart(namings))
        return features

    def _among(self, actor: str, namings: list[Naming], parties: Sequence[Party]) -> bool:
        return any(self._is(p, actor, namings) for p in parties)

    def _is(self, party: Party, actor: str, namings: list[Naming]) -> bool:
        """Whether a party of a frame is this actor, by these mentions if it is one of unnamed people."""
        if self.roster.organised(party.actor) != actor:
            return False
        return self._by_these(party, namings)

    def _by_these(self, party: Party, namings: list[Naming]) -> bool:
        known = self.roster.actors.get(party.actor)
        return known is None or known.kind not in UNNAMED or not namings or any(n.span == party.span for n in namings)

    def _tie(self, actor: str, namings: list[Naming], member: Candidate, main: bool) -> Iterator[tuple[str, float]]:
        trigger = self.parse.tokens[member.trigger.token]
        for part, parties in (("agent", member.agents), ("patient", member.patients), ("mutual", member.mutual)):
            place = next((k for k, p in enumerate(parties) if self._is(p, actor, namings)), None)
            if place is None:
                continue
            if member.supporting and not main:
                yield f"{part} of what helps", 1.0
                continue
            yield part, 1.0
            yield f"{part}, {member.trigger.form}", 1.0
            yield f"{part}, {member.trigger.kind}", 1.0
            if main:
                yield f"{part} of the fullest", 1.0
            if place:
                yield f"{part}, not the first", 1.0
        here = [n for n in namings if n.root.sentence == member.sentence]
        for naming in here:
            yield from self._mention(naming, member, trigger)
        if here:
            yield "sentence", 1.0
            if main:
                yield "sentence of the fullest", 1.0
            apart = min(abs(n.root.i - trigger.i) for n in here)
            yield "words close", 1 - min(apart, FAR_APART) / FAR_APART
            yield "only after", float(all(n.root.i > trigger.i for n in here))

    def _mention(self, naming: Naming, member: Candidate, trigger: Token) -> Iterator[tuple[str, float]]:
        path = path_between(self.parse, naming.root, trigger)
        yield f"path {member.trigger.form} {path}", 1.0
        yield f"way {member.trigger.form} {path.partition('^')[0]}^ {'+' if path[-1:] != '^' else ''}", 1.0
        if naming.person:
            yield "as a person", 1.0
        if naming.speaking:
            yield "speaks", 1.0
        if clause_of(self.parse, naming.root).i == clause_of(self.parse, trigger).i:
            yield "same clause", 1.0
        yield from ((name, 1.0) for name in self._phrase(naming))

    def _phrase(self, naming: Naming) -> Iterator[str]:
        """What stands in and around the phrase: who holds a place, whom somebody helps, just anybody."""
        root, words = naming.root, _words()
        after = self.parse.tokens[root.i + 1 : root.i + 3]
        if any(t.lower in words["holding"] for t in after):
            yield "holds"
        head = self.parse.head(root)
        if head.lemma in words["seats"] and root.dep in ("poss", "compound", "nmod", "amod"):
            yield "owns a seat"
        if root.lemma in words["seats"]:
            yield "is a seat"
        if root.lemma in words["anybody"]:
            yield "just anybody"
        if any(t.lemma in words["helping"] for t in (head, self.parse.head(head))):
            yield "beside words of help"
        if any(c.lower in ("no", "neither") for c in self.parse.children(root)):
            yield "negated"

    def _apart(self, namings: list[Naming]) -> Features:
        """An actor that no telling's sentence names."""
        sentences = [n.root.sentence for n in namings]
        gap = min(abs(s - t) for s in sentences for t in self.told)
        before = [n for n in namings if n.span.end <= self.main.trigger.span.start]
        features = {"elsewhere": 1.0, "sentences close": 1 - min(gap, 6) / 6}
        features["elsewhere, before"] = float(bool(before))
        nearby = [n for n in namings if min(abs(n.root.sentence - t) for t in self.told) == gap]
        features["elsewhere, speaks"] = float(all(n.speaking for n in nearby))
        if any(n.root.dep in ("nsubj", "nsubjpass") for n in nearby):
            features["elsewhere, subject"] = 1.0
        features[f"elsewhere, {min(gap, 3)} off"] = 1.0
        return features

    def joined(self, one: str, two: str) -> bool:
        """Whether a sentence of the event names the two side by side ("soldiers and police")."""
        for sentence in self.told:
            namings = self.roster.in_sentence.get(sentence, ())
            roots = [n.root for n in namings if n.actor == one]
            for naming in (n for n in namings if n.actor == two):
                up = {naming.root.i, *self._conjuncts(naming.root)}
                if any(up & {r.i, *self._conjuncts(r)} for r in roots):
                    return True
        return False

    def _conjuncts(self, token: Token) -> Iterator[int]:
        while token.dep in ("conj", "appos"):
            token = self.parse.head(token)
            yield token.i

    def _is_armed(self, actor: str) -> bool:
        return self.roster.actors[actor].kind in ARMED_KINDS

    def _is_unnamed(self, index: int, side: str) -> bool:
        """Whether a frame's phrase names no actor ("a drone", "gunfire")."""
        token = self.parse.tokens[index]
        spans = [p.span for p in getattr(self.main, side)]
        return not any(s.overlaps(token.span) for s in spans)

"""What grammar and plain rules say of the sides of an event (codebook 4).

1. the sides that the fullest telling names
2. demonstrations turned round: the crowd is actor1, who meets it actor2
3. nobody acts: who owns up or is blamed, else an actor that is implied
4. nobody is acted upon: whose people the figures count, whose homes were hit,
   or the enemy that the report names for that side
"""

from __future__ import annotations

from collections.abc import Sequence

from casus.events.candidates import ActorIndex, Candidate, Party, raided_in
from casus.events.responsibility import responsible
from casus.events.roles_features import Verdict
from casus.knowledge.lexicon import load_lexicon
from casus.records.actor import ARMED_KINDS, Actor, ActorKind
from casus.records.event import EVENT_TYPE
from casus.records.findings import Findings
from casus.records.ids import content_id
from casus.records.parse import Parse, Token
from casus.records.span import Span

IMPLIED: dict[str, tuple[str, ActorKind]] = {
    "Air/drone strike": ("Unidentified military forces", "unidentified"),
    "Shelling/artillery/missile attack": ("Unidentified military forces", "unidentified"),
    "Arrests": ("Unidentified state forces", "unidentified"),
    "Peaceful protest": ("Protesters", "protesters"),
    "Protest with intervention": ("Protesters", "protesters"),
    "Excessive force against protesters": ("Unidentified state forces", "unidentified"),
    "Violent demonstration": ("Rioters", "rioters"),
    "Mob violence": ("Rioters", "rioters"),
}
"""Who acts where nobody is named but somebody must have (codebook 4)."""

VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians"))
CROWD_TYPES = frozenset(("Peaceful protest", "Protest with intervention", "Violent demonstration"))
"""Types whose actor1 is the crowd; where force against it is excessive, actor1 is who uses it."""
CROWD: frozenset[ActorKind] = frozenset(("protesters", "rioters"))
NAMED_KINDS = ARMED_KINDS - {"unidentified"}

MUTUAL = frozenset(("clash", "agreement"))
"""Classes in which coordinated subjects face each other ("A and B fought")."""

WITHOUT_VICTIMS = CROWD_TYPES | {"Agreement", "Change to group/activity", "Headquarters or base established", "Other"}
"""Types whose figures do not count people acted upon."""


class Rules:
    """The hand rules over one report's events; remembers who fought whom."""

    def __init__(self, findings: Findings) -> None:
        self._findings, self._parse = findings, findings.parse
        self._index = ActorIndex(findings)
        self.actors = {a.id: a for a in findings.actors}
        self._enemies: dict[str, dict[str, int]] = {}
        self._last_by: dict[str, str] = {}

    def verdict(self, members: tuple[Candidate, ...], sub_event_type: str, country: str | None) -> Verdict:
        """The sides of an event, told by these triggers, as the rules see them.

        In a clash, both sides act: the one told of first is taken to have begun it.
        """
        told = tuple(m for m in members if not m.supporting) or members
        if sub_event_type == "Armed clash":
            told = tuple(sorted(told, key=lambda m: m.trigger.token))
        first, second = self._named_sides(told)
        if sub_event_type in CROWD_TYPES:
            first, second = self._crowd_first(first, second)
        elif EVENT_TYPE[sub_event_type] in VIOLENT:
            first, second = self._civilians_last(first, second, told, country)
        told_first, told_second = bool(first), bool(second)
        if first and self._all_unidentified(first):
            first = self._named_elsewhere(members, sub_event_type, {p.actor for p in second}) or first
        if not first:
            first = self._perpetrator(members, sub_event_type, country, {p.actor for p in second})
        taken = {p.actor for p in first}
        second = [p for p in second if p.actor not in taken]
        if sub_event_type == "Agreement" and len(first) > 1:
            first, second = first[:1], first[1:]
        if EVENT_TYPE[sub_event_type] == "Battles":
            second += self._others_acting(told, {p.actor for p in (*first, *second)})
            second.sort(key=lambda p: self.actors[p.actor].kind == "civilians")
        if not second and sub_event_type not in WITHOUT_VICTIMS:
            second = self._victims(members, taken) or self._enemy(first, sub_event_type, members)
        helpers = self._others_acting([m for m in members if m.supporting], {p.actor for p in (*first, *second)})
        helpers += self._allies(told, {p.actor for p in (*first, *second, *helpers)})
        if first and not self._all_unidentified(first):
            self._last_by.update({m.trigger.key: first[0].actor for m in members})
        self._remember(first, second, EVENT_TYPE[sub_event_type])
        blamed = tuple(self._organised(p).actor for p in responsible(self._findings, self._index, members))
        return Verdict(tuple(first), tuple(second), tuple(helpers), told_first, told_second, blamed)

    def _others_acting(self, members: Sequence[Candidate], taken: set[str]) -> list[Party]:
        """Parties that act in other tellings: in a battle, the other side; in support, the helper."""
        found: dict[str, Party] = {}
        for party in (self._organised(p) for m in members for p in m.agents if self._counts(p)):
            if party.actor not in taken and self.actors[party.actor].kind in NAMED_KINDS:
                found.setdefault(party.actor, party)
        return list(found.values())[:1]

    def _allies(self, members: Sequence[Candidate], taken: set[str]) -> list[Party]:
        """Armed actors named beside those who act: "alongside X", "backed by X"."""
        parse = self._findings.parse
        found: dict[str, Party] = {}
        for sentence in dict.fromkeys(m.sentence for m in members if m.agents):
            for token in parse.sentence_tokens(parse.sentences[sentence]):
                for head in _beside_whom(parse, token):
                    party = self._index.party(head)
                    if party is None or not self._counts(party):
                        continue
                    ally = self._organised(party)
                    if ally.actor not in taken and self.actors[ally.actor].kind in NAMED_KINDS:
                        found.setdefault(ally.actor, ally)
        return list(found.values())[:1]

    def _named_sides(self, members: tuple[Candidate, ...]) -> tuple[list[Party], list[Party]]:
        agents, patients, mutual = (self._first_named(members, side) for side in ("agents", "patients", "mutual"))
        raided = raided_in(members)
        first = list(dict.fromkeys(self._organised(p) for p in agents if p.actor not in raided))
        acting = {p.actor for p in first}
        second = [q for p in (*patients, *mutual) if (q := self._organised(p)).actor not in acting]
        if not first and mutual and len(second) > 1:
            return second[:1], second[1:]
        if not second and len(first) > 1 and any(m.trigger.kind in MUTUAL for m in members):
            return first[:1], first[1:]
        return first, second

    def _first_named(self, members: tuple[Candidate, ...], side: str) -> tuple[Party, ...]:
        """The parties of the fullest telling that names any on this side."""
        return next((f for m in members if (f := tuple(p for p in getattr(m, side) if self._counts(p)))), ())

    def _counts(self, party: Party) -> bool:
        """Not a place taken for an organisation, and not a negated phrase ("no civilians")."""
        if party.span.of(self._findings.parse.text).lower().startswith(("no ", "none ", "nobody")):
            return False
        actor = self.actors[party.actor]
        if actor.registry is not None or actor.kind not in ("organisation", "person"):
            return True
        near = self._findings.places_in.get(self._findings.parse.sentence_of(party.span).index, ())
        return not any(self._findings.places[i].span.contains(party.span) for i in near)

    def _organised(self, party: Party) -> Party:
        """The organisation in place of the person."""
        actor = self.actors[party.actor]
        return Party(actor.member_of, party.span) if actor.kind == "person" and actor.member_of else party

    def _crowd_first(self, first: list[Party], second: list[Party]) -> tuple[list[Party], list[Party]]:
        crowd = [p for p in (*first, *second) if self.actors[p.actor].kind in CROWD]
        others = [p for p in (*first, *second) if p not in crowd]
        if crowd:
            return crowd[:1], others
        if first and self.actors[first[0].actor].kind == "state forces":
            return [], first
        return first, second

    def _civilians_last(
        self, first: list[Party], second: list[Party], told: tuple[Candidate, ...], country: str | None
    ) -> tuple[list[Party], list[Party]]:
        """In violence, civilians named where an agent stands are those it happened to, unless a verb in the active
        says that they did it: "two men threw a grenade", and nobody knows who they are."""
        acting, harmed = [], []
        for party in first:
            if self.actors[party.actor].kind != "civilians":
                acting.append(party)
            elif not self._acts(party, told):
                harmed.append(party)
            elif self._parse.root_in(party.span).lemma in load_lexicon("frames")["anybody"]:
                acting.append(self._new_party("Unidentified armed group", "unidentified", country, party.span))
            else:
                acting.append(party)
        return acting, second + [p for p in harmed if p not in second]

    def _acts(self, party: Party, told: tuple[Candidate, ...]) -> bool:
        root = self._parse.root_in(party.span)
        undergoing = load_lexicon("frames")["undergoing"]
        heads = (self._parse.tokens[m.trigger.token] for m in told if m.trigger.form == "verb")
        return root.dep == "nsubj" and any(root.head == t.i and t.lemma not in undergoing for t in heads)

    def _perpetrator(
        self, members: tuple[Candidate, ...], sub_event_type: str, country: str | None, taken: set[str]
    ) -> list[Party]:
        """Who owns up or is blamed; else the actor that the type implies, or nobody."""
        name, kind = IMPLIED.get(sub_event_type, ("Unidentified armed group", "unidentified"))
        if sub_event_type not in IMPLIED and EVENT_TYPE[sub_event_type] not in VIOLENT:
            return []
        named = self._named_elsewhere(members, sub_event_type, taken)
        if named:
            return named
        return [self._new_party(name, kind, country, members[0].trigger.span)]

    def _all_unidentified(self, parties: list[Party]) -> bool:
        return all(self.actors[p.actor].kind == "unidentified" for p in parties)

    def _named_elsewhere(self, members: tuple[Candidate, ...], sub_event_type: str, taken: set[str]) -> list[Party]:
        """Who did the last of its kind, or who owns up to the event or is blamed for it."""
        same_side = self._same_side(members, taken)
        if same_side or EVENT_TYPE[sub_event_type] not in VIOLENT:
            return same_side
        named = [self._organised(p) for p in responsible(self._findings, self._index, members)]
        return [p for p in named if p.actor not in taken and self.actors[p.actor].kind in NAMED_KINDS]

    def _same_side(self, members: tuple[Candidate, ...], taken: set[str]) -> list[Party]:
        """Who did the last of its kind, for an operation likened to it ("a similar raid").

        Only for the operations of a force that the report names: that an attack is like
        another one says nothing of who did it (codebook 4: no perpetrator is inferred).
        """
        for member in members:
            actor = self._last_by.get(member.trigger.key) if member.alike else None
            if actor is not None and self.actors[actor].kind in ("state forces", "external forces"):
                return [self._party_before(actor, member)] if actor not in taken else []
        return []

    def _party_before(self, actor: str, member: Candidate) -> Party:
        """The actor with the words that named it last before a telling, else first of all."""
        mentions = self.actors[actor].mentions
        before = [m for m in mentions if m.start <= member.trigger.span.start]
        return Party(actor, before[-1] if before else mentions[0])

    def _new_party(self, name: str, kind: ActorKind, country: str | None, span: Span) -> Party:
        return Party(self.implied(name, kind, country, span).id, span)

    def implied_by(self, sub_event_type: str, country: str | None, span: Span) -> tuple[Actor, ...]:
        """Who may be implied in an event of a type: whoever does such a thing, and civilians."""
        name, kind = IMPLIED.get(sub_event_type, ("Unidentified armed group", "unidentified"))
        civilians = self.implied("Civilians", "civilians", country, span)
        return self.implied(name, kind, country, span), civilians

    def implied(self, name: str, kind: ActorKind, country: str | None, span: Span) -> Actor:
        """The report's actor by that name, or a new one."""
        actor = Actor(content_id("act", {"name": name}), name, kind, None, country, None, (span,))
        return self.actors.setdefault(actor.id, actor)

    def _victims(self, members: tuple[Candidate, ...], taken: set[str]) -> list[Party]:
        """Those whom the figures count, or the civilians whose homes and markets were hit."""
        for index in sorted({i for m in members for i in m.figures}):
            figure = self._findings.figures[index]
            if figure.quantity.high == 0:
                continue
            if figure.actor in self.actors and figure.actor not in taken:
                return [self._organised(Party(figure.actor, figure.span))]
            if figure.population == "civilians":
                return [
                    p for p in [self._new_party("Civilians", "civilians", None, figure.span)] if p.actor not in taken
                ]
        civilian = set(load_lexicon("frames")["civilian_objects"])
        for member in members:
            for i in member.frame.patients:
                token = self._findings.parse.tokens[i]
                if token.lemma in civilian:
                    return [self._new_party("Civilians", "civilians", None, token.span)]
        return []

    def _enemy(self, first: list[Party], sub_event_type: str, members: tuple[Candidate, ...]) -> list[Party]:
        """For a battle told from one side, the enemy that the report has given that side most often."""
        if EVENT_TYPE[sub_event_type] != "Battles":
            return []
        for party in first:
            enemies = self._enemies.get(party.actor, {})
            if enemies:
                enemy = min(enemies, key=lambda e: (-enemies[e], e))
                return [self._party_before(enemy, members[0])]
        return []

    def _remember(self, first: list[Party], second: list[Party], event_type: str) -> None:
        if event_type not in ("Battles", "Explosions/Remote violence"):
            return
        for one in first:
            for two in second:
                if {self.actors[one.actor].kind, self.actors[two.actor].kind} <= NAMED_KINDS:
                    for a, b in ((one.actor, two.actor), (two.actor, one.actor)):
                        self._enemies.setdefault(a, {})[b] = self._enemies.get(a, {}).get(b, 0) + 1


def _beside_whom(parse: Parse, token: Token) -> list[Token]:
    """The nouns after "alongside" and after "backed by" and the like."""
    if token.lower == "alongside":
        return [c for c in parse.children(token) if c.dep == "pobj"]
    if token.tag == "VBN" and token.lemma in load_lexicon("frames")["helping"]:
        by = [c for c in parse.children(token) if c.lower == "by"]
        return [d for c in by for d in parse.children(c) if d.dep == "pobj"]
    return []

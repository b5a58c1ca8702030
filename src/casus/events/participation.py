"""Who takes part in an event and in which role (codebook 4).

1. the parties of each telling put where the codebook puts them   roles_rights
2. what plain rules say                                           roles_rules
3. everybody who may take a side, with what speaks for it         roles_options, roles_features
4. the choice                                                     roles
"""

from __future__ import annotations

from collections.abc import Sequence

from casus.events.candidates import ActorIndex, Candidate, Party, find_candidates
from casus.events.roles import choose
from casus.events.roles_features import Event, Memory, Option, Setting
from casus.events.roles_options import Roster
from casus.events.roles_rights import righted
from casus.events.roles_rules import Rules
from casus.records.actor import Actor
from casus.records.event import EVENT_TYPE, Participant, Role
from casus.records.findings import Findings


class Casting:
    """The roles of one report's events, told in their order; remembers who stood where before."""

    def __init__(self, findings: Findings, candidates: Sequence[Candidate] | None = None) -> None:
        """`candidates` are the report's, if they are known already."""
        self._findings = findings
        self._index = ActorIndex(findings)
        self._rules = Rules(findings)
        told = find_candidates(findings) if candidates is None else candidates
        self._roster = Roster(findings, [righted(findings, self._index, c, fought=False) for c in told])
        self._before = Memory()

    def cast(
        self, members: tuple[Candidate, ...], sub_event_type: str, country: str | None
    ) -> tuple[tuple[Participant, ...], tuple[Actor, ...]]:
        """The participants of an event told by these candidates, fullest first, and actors that had to be implied."""
        setting, options = self.setting(members, sub_event_type, country)
        first, second = self.sides(setting, options)
        participants = (*_roles(first, "actor1", "assoc_actor1"), *_roles(second, "actor2", "assoc_actor2"))
        known = {a.id for a in self._findings.actors}
        implied = dict.fromkeys(p.actor for p in participants if p.actor not in known)
        return participants, tuple(self._rules.actors[a] for a in implied)

    def setting(
        self, members: tuple[Candidate, ...], sub_event_type: str, country: str | None
    ) -> tuple[Setting, list[Option]]:
        """The event as the choice sees it, and all that may take a side; to be called once for each event, in order."""
        fought = EVENT_TYPE[sub_event_type] == "Battles"
        members = tuple(righted(self._findings, self._index, m, fought) for m in members)
        verdict = self._rules.verdict(members, sub_event_type, country)
        figures = tuple(sorted({i for m in members for i in m.figures}))
        setting = Setting(self._roster, Event(members, sub_event_type, country, verdict, figures), self._before)
        self._before.add(verdict)
        return setting, setting.options(self._rules.implied_by(sub_event_type, country, members[0].trigger.span))

    def sides(self, setting: Setting, options: Sequence[Option]) -> tuple[list[Party], list[Party]]:
        """The parties of both sides, with the words that put them there."""
        chosen = choose(setting, options)
        return [self.party(setting, o) for o in chosen.first], [self.party(setting, o) for o in chosen.second]

    def party(self, setting: Setting, option: Option) -> Party:
        """The words by which an option takes part: its own mention, the one that a rule saw, else the nearest."""
        assert option.actor is not None
        verdict = setting.event.verdict
        seen = {p.actor: p.span for p in (*verdict.helping, *verdict.second, *verdict.first)}
        if option.span is not None:
            return Party(option.actor, option.span)
        if option.actor in seen:
            return Party(option.actor, seen[option.actor])
        if option.implied:
            return Party(option.actor, setting.members[0].trigger.span)
        return Party(option.actor, self._roster.nearest(option.actor, setting.members).span)

    def name_of(self, actor: str) -> str:
        """The name of an actor, implied ones included."""
        return self._rules.actors[actor].name


def _roles(parties: Sequence[Party], lead: Role, associate: Role) -> list[Participant]:
    found: dict[str, Participant] = {}
    for party in parties:
        found.setdefault(party.actor, Participant(party.actor, lead if not found else associate, party.span))
    return list(found.values())

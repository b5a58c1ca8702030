"""Who takes part in an event and in which role (codebook 4)."""

from __future__ import annotations

from casus.events.candidates import Candidate, Party
from casus.records.actor import Actor, ActorKind
from casus.records.event import EVENT_TYPE, Participant, Role
from casus.records.findings import Findings
from casus.records.ids import content_id

IMPLIED: dict[str, tuple[str, ActorKind]] = {
    "Air/drone strike": ("Unidentified military forces", "unidentified"),
    "Shelling/artillery/missile attack": ("Unidentified military forces", "unidentified"),
    "Arrests": ("Unidentified state forces", "unidentified"),
    "Peaceful protest": ("Protesters", "protesters"),
    "Protest with intervention": ("Protesters", "protesters"),
    "Violent demonstration": ("Rioters", "rioters"),
    "Mob violence": ("Rioters", "rioters"),
}
"""Who acts where nobody is named but somebody must have (codebook 4)."""

VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians"))


def cast(
    findings: Findings, members: tuple[Candidate, ...], sub_event_type: str, country: str | None
) -> tuple[tuple[Participant, ...], tuple[Actor, ...]]:
    """The participants, and actors that had to be implied.

    The fullest telling that names a side decides it. A person stands for the organisation
    he belongs to; a private person is one of the civilians.
    """
    actors = {a.id: a for a in findings.actors}
    agents, patients, mutual = (_first_named(findings, members, side) for side in ("agents", "patients", "mutual"))
    implied: list[Actor] = []
    first = [_organised(p, actors) for p in agents]
    second = [_organised(p, actors) for p in (*patients, *mutual) if _organised(p, actors) not in first]
    if not first and mutual and len(second) > 1:
        first, second = second[:1], second[1:]
    if not first:
        actor = _implied_actor(members, sub_event_type, country)
        if actor is not None:
            implied.append(actor)
            first = [Party(actor.id, actor.mentions[0])]
    taken = {p.actor for p in first}
    second = [p for p in second if p.actor not in taken]
    return (*_roles(first, "actor1", "assoc_actor1"), *_roles(second, "actor2", "assoc_actor2")), tuple(implied)


def _first_named(findings: Findings, members: tuple[Candidate, ...], side: str) -> tuple[Party, ...]:
    for member in members:
        found = tuple(p for p in getattr(member, side) if not _is_place(findings, p))
        if found:
            return found
    return ()


def _is_place(findings: Findings, party: Party) -> bool:
    """Whether the words name a place and no known actor ("Raqqa" taken for an organisation)."""
    actor = next(a for a in findings.actors if a.id == party.actor)
    if actor.registry is not None or actor.kind not in ("organisation", "person"):
        return False
    near = findings.places_in.get(findings.parse.sentence_of(party.span).index, ())
    return any(findings.places[i].span.contains(party.span) for i in near)


def _organised(party: Party, actors: dict[str, Actor]) -> Party:
    """The organisation in place of the person."""
    actor = actors[party.actor]
    if actor.kind == "person" and actor.member_of:
        return Party(actor.member_of, party.span)
    return party


def _roles(parties: list[Party], lead: Role, associate: Role) -> list[Participant]:
    found: dict[str, Participant] = {}
    for party in parties:
        found.setdefault(party.actor, Participant(party.actor, lead if not found else associate, party.span))
    return list(found.values())


def _implied_actor(members: tuple[Candidate, ...], sub_event_type: str, country: str | None) -> Actor | None:
    name, kind = IMPLIED.get(sub_event_type, ("Unidentified armed group", "unidentified"))
    if sub_event_type not in IMPLIED and EVENT_TYPE[sub_event_type] not in VIOLENT:
        return None
    span = members[0].trigger.span
    identity = content_id("act", {"name": name, "country": country})
    return Actor(identity, name, kind, None, country, None, (span,))

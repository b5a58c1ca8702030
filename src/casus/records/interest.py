"""Whether a speaker is a party to what he speaks of, and on which side (codebook section 6)."""

from __future__ import annotations

from collections.abc import Mapping

from casus.records.account import Account
from casus.records.actor import Actor
from casus.records.claim import Interest, Speaker
from casus.records.event import Participant

STATE_KINDS = ("state forces", "external forces")
BELLIGERENTS = (*STATE_KINDS, "rebel group")


def interest_of(account: Account, speaker: Speaker, actors: Mapping[str, Actor]) -> Interest:
    """The side of the speaker's body in an event; `actors` are the report's, by id.

    A body is a party through itself, its members and leaders, its units, and the other forces of its state. The
    state is a party on the target's side, too, where its civilians were hit by a foreign state or by rebels. Whose
    body is not known has an interest that is not known. A witness, a medium or a document of nobody's has none, and
    neither have residents, though civilians were hit.
    """
    himself = _named(account, speaker, actors)
    if himself is not None:
        return _side(himself)
    body = actors.get(speaker.actor) if speaker.actor is not None else None
    if body is None and speaker.actor is None:
        return "none" if speaker.kind in ("witness", "media", "document") else "unknown"
    if body is not None and body.kind == "civilians":
        return "none"
    for test in (_is_body, _is_of_body, _is_of_state):
        found = [p for p in account.participants if test(speaker, body, actors.get(p.actor), p)]
        if found:
            return _side(found[0])
    return "target side" if body is not None and _hit_at_home(account, body, actors) else "none"


def _side(participant: Participant) -> Interest:
    return "perpetrator side" if participant.role.endswith("1") else "target side"


def _named(account: Account, speaker: Speaker, actors: Mapping[str, Actor]) -> Participant | None:
    """The part of the speaker himself, where he is a person in the event."""
    if speaker.kind not in ("named person", "witness"):
        return None
    for participant in account.participants:
        actor = actors.get(participant.actor)
        if actor is not None and actor.kind == "person" and actor.name == speaker.name:
            return participant
    return None


def _is_body(speaker: Speaker, body: Actor | None, actor: Actor | None, participant: Participant) -> bool:
    return participant.actor == speaker.actor


def _is_of_body(speaker: Speaker, body: Actor | None, actor: Actor | None, participant: Participant) -> bool:
    """Whether one is a member, leader or unit of the other, or both are of one body."""
    if body is None or actor is None or "civilians" in (body.kind, actor.kind):
        return False
    of_body, of_actor = {body.id, body.member_of} - {None}, {actor.id, actor.member_of} - {None}
    return bool(of_body & of_actor)


def _is_of_state(speaker: Speaker, body: Actor | None, actor: Actor | None, participant: Participant) -> bool:
    """Whether both are forces or organs of one state."""
    if body is None or actor is None or body.country is None:
        return False
    return body.kind in STATE_KINDS and actor.kind in STATE_KINDS and body.country == actor.country


def _hit_at_home(account: Account, body: Actor, actors: Mapping[str, Actor]) -> bool:
    """Whether civilians of the body's state were hit by a foreign state or by rebels."""
    if body.kind not in STATE_KINDS or body.country is None or account.location.country != body.country:
        return False
    hit = any(_kind(actors, p) == "civilians" for p in account.participants if p.role.endswith("2"))
    hitting = [actors.get(p.actor) for p in account.participants if p.role == "actor1"]
    return hit and any(a is not None and a.kind in BELLIGERENTS and _not_of(body, a) for a in hitting)


def _not_of(body: Actor, actor: Actor) -> bool:
    """Whether an armed actor is not of the body's own state."""
    return actor.kind == "rebel group" or actor.country != body.country


def _kind(actors: Mapping[str, Actor], participant: Participant) -> str | None:
    actor = actors.get(participant.actor)
    return actor.kind if actor is not None else None

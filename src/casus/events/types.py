"""The sub-event type of a group of triggers (codebook 2.1).

Triggers give a class, the parties decide the type: two armed sides make an armed clash,
an armed side and civilians an attack; a detention by an armed group is an abduction;
territory taken by the country's own forces is regained, by others overtaken.
"""

from __future__ import annotations

from dataclasses import dataclass

from casus.events.candidates import Candidate
from casus.records.actor import Actor
from casus.records.findings import Findings

PRIORITY = (
    "chemical", "rape", "suicide", "grenade", "disrupt", "transfer", "retake", "take", "abduct",
    "intercept", "disperse", "mob", "riot", "protest", "airstrike", "shelling", "bomb",
    "bomb_from_air", "agreement", "arrest", "clash", "raid", "offensive", "shooting", "killing",
    "strike", "attack", "loot", "base", "change", "siege", "harm",
)  # fmt: skip
"""Among classes of equal weight in one event, the more telling first."""

CROWD = frozenset(("protest", "disperse", "riot"))
CLOSE_RANGE = frozenset(("attack", "shooting", "killing", "harm", "raid", "offensive", "clash", "strike"))
NON_STATE = frozenset(("rebel group", "political militia", "identity militia", "unidentified", "rioters"))
ARMED = NON_STATE - {"rioters"} | {"state forces", "external forces"}
AIR_POWERS = frozenset(("state forces", "external forces"))

UNIDENTIFIED_STATE = frozenset(("Unidentified state forces", "Unidentified military forces"))


@dataclass(frozen=True, slots=True)
class Parties:
    """The kinds and countries of the two sides of an event."""

    agents: tuple[Actor, ...]
    patients: tuple[Actor, ...]
    country: str | None

    def agent_is(self, kinds: frozenset[str]) -> bool:
        return any(_kind(a) in kinds for a in self.agents)

    @property
    def armed_patient(self) -> bool:
        """Whether one who bears arms is acted upon; a government's officials do not."""
        return any(a.kind in ARMED and not a.name.startswith("Government") for a in self.patients)

    @property
    def home_forces_act(self) -> bool:
        """Whether the country's own forces are the ones that act."""
        return any(a.kind == "state forces" and a.country == self.country for a in self.agents)


def _kind(actor: Actor) -> str:
    """The actor's kind; police and soldiers of no known country are state forces all the same."""
    return "state forces" if actor.name in UNIDENTIFIED_STATE else actor.kind


def main_class(members: tuple[Candidate, ...]) -> str:
    """The class with most weight among an event's triggers, the fullest telling's and those
    beside it favoured; ties go by PRIORITY."""
    weight: dict[str, float] = {}
    lead = members[0]
    for member in members:
        kind = member.trigger.kind
        if member.supporting and not lead.supporting:
            continue
        favour = 0.15 * (member is lead) + 0.1 * (member.sentence == lead.sentence)
        weight[kind] = max(weight.get(kind, 0.0), member.trigger.strength + favour)
    return min(weight, key=lambda k: (-round(weight[k], 2), PRIORITY.index(k)))


def sub_event_type(members: tuple[Candidate, ...], parties: Parties, findings: Findings) -> str:
    """The sub-event type of an event told by these triggers, between these parties."""
    kinds = {m.trigger.kind for m in members}
    if members[0].trigger.kind in CROWD or (kinds & CROWD and parties.agent_is(frozenset(("protesters", "rioters")))):
        return _demonstration(members, kinds, parties, findings)
    if "raid" in kinds and kinds & {"suicide", "bomb"} and any(m.trigger.key == "raid" for m in members):
        return "Armed clash"
    for kind, name in (("chemical", "Chemical weapon"), ("suicide", "Suicide bomb"), ("rape", "Sexual violence")):
        if kind in kinds:
            return name
    main = main_class(members)
    if main in CROWD or {"protest", "disperse"} <= kinds:
        return _demonstration(members, kinds, parties, findings)
    if main in ("take", "retake"):
        return _territory(main, parties)
    if main == "arrest":
        return _captivity(parties)
    if main in ("strike", "bomb_from_air") or (main in ("killing", "harm") and kinds & {"strike", "bomb_from_air"}):
        return _strike(members, kinds, parties, findings)
    if main in CLOSE_RANGE:
        return _close_range(main, kinds, parties)
    return next(m.trigger.sub_event_type for m in members if m.trigger.kind == main)


def _demonstration(members: tuple[Candidate, ...], kinds: set[str], parties: Parties, findings: Findings) -> str:
    hurt = any(findings.figures[i].outcome in ("killed", "injured") for m in members for i in m.figures)
    if "riot" in kinds or ("loot" in kinds and "protest" in kinds):
        return "Violent demonstration"
    if kinds & {"shooting", "killing"} and hurt and parties.agent_is(AIR_POWERS):
        return "Excessive force against protesters"
    if kinds & {"disperse", "arrest"} or ("shooting" in kinds and not hurt):
        return "Protest with intervention"
    return "Peaceful protest"


def _territory(main: str, parties: Parties) -> str:
    if parties.home_forces_act:
        return "Government regains territory"
    if parties.agents:
        return "Non-state actor overtakes territory"
    return "Government regains territory" if main == "retake" else "Non-state actor overtakes territory"


def _captivity(parties: Parties) -> str:
    """Taken by a non-state group, civilians are abducted; all else are arrests."""
    if parties.agent_is(NON_STATE) and not parties.agent_is(AIR_POWERS) and not parties.armed_patient:
        return "Abduction/forced disappearance"
    return "Arrests"


def _strike(members: tuple[Candidate, ...], kinds: set[str], parties: Parties, findings: Findings) -> str:
    """A "strike" or "bombing": by the weapon named, else by who can fly."""
    sentences = {m.sentence for m in members}
    names = {findings.weapons[i].name for s in sentences for i in findings.weapons_in.get(s, ())}
    if "shelling" in kinds or (
        names & {"missile", "rocket", "mortar", "artillery", "shell"} and "airstrike" not in kinds
    ):
        return "Shelling/artillery/missile attack"
    if "bomb" in kinds or (parties.agent_is(NON_STATE) and not parties.agent_is(AIR_POWERS)):
        return (
            "Remote explosive/landmine/IED"
            if kinds & {"bomb", "bomb_from_air"}
            else _close_range("attack", kinds, parties)
        )
    return "Air/drone strike"


def _close_range(main: str, kinds: set[str], parties: Parties) -> str:
    if "mob" in kinds or parties.agent_is(frozenset(("rioters",))):
        return "Mob violence"
    if main == "clash":
        return "Armed clash"
    if parties.patients and parties.patients[0].kind in ("civilians", "protesters", "person"):
        return "Attack"
    if parties.armed_patient or main in ("raid", "offensive") or "clash" in kinds:
        return "Armed clash"
    return "Attack"

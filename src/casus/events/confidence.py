"""How likely a careful coder would code an account."""

from __future__ import annotations

from casus.events.candidates import Candidate, raided_in
from casus.events.scoring_model import load_weights, probability, weighted_sum
from casus.events.trigger_groups import FAMILY
from casus.records.account import Account
from casus.records.findings import Findings
from casus.records.span import Span

FRESH = "XXXX-XX-XX"
"""The value of a date that the rule for fresh news gives."""


def confidence_of(findings: Findings, members: tuple[Candidate, ...], account: Account) -> float:
    """Probability in [0, 1], rounded to three digits."""
    features = account_features(findings, members, account)
    return round(probability(weighted_sum(load_weights("confidence"), features)), 3)


def account_features(findings: Findings, members: tuple[Candidate, ...], account: Account) -> dict[str, float]:
    """What speaks for and against an account, as named numbers."""
    lead = members[0]
    kinds = {a.id: a.kind for a in findings.actors}
    features = {
        "bias": 1.0,
        f"class {lead.trigger.kind}": 1.0,
        f"words {lead.trigger.form} {lead.trigger.key}": 1.0,
        f"family {FAMILY[lead.trigger.kind]}": 1.0,
        f"form {lead.trigger.form}": 1.0,
        f"actuality {account.actuality}": 1.0,
        f"type {account.sub_event_type}": 1.0,
        "strength": max(m.trigger.strength for m in members),
        "triggers": min(len(members), 6) / 3,
        "has own time": float(any(t.score >= 1.0 for m in members for t in m.times)),
        "has time": float(_told_here(findings, members, account.date.span)),
        "time from elsewhere": float(
            account.date.span is not None and not _told_here(findings, members, account.date.span)
        ),
        "fresh": float(account.date.value == FRESH),
        "has own place": float(any(p.score >= 1.0 for m in members for p in m.places)),
        "has figures": float(bool(account.figures)),
        "opening": float(min(m.sentence for m in members) <= 1),
        "late": min(min(m.sentence for m in members), 40) / 20,
        "attributed": float(account.claims != (None,)),
        "speakers": min(len(account.claims), 4) / 2,
    }
    raided = raided_in(members)
    for side in ("agents", "patients"):
        found = {kinds[p.actor] for m in members for p in getattr(m, side) if side != "agents" or p.actor not in raided}
        if side == "agents" and not found:
            found = {kinds[p.actor] for p in account.participants if p.role == "actor1" and p.actor in kinds}
            found -= {"unidentified"}
        features.update({f"{side} {kind}": 1.0 for kind in found})
        if not found:
            features[f"no {side}"] = 1.0
    token = findings.parse.tokens[lead.trigger.token]
    features[f"dependency {lead.trigger.form} {token.dep}"] = 1.0
    features["named"] = float(token.pos == "PROPN")
    for kind in sorted({m.trigger.kind for m in members}):
        features[f"some {kind}"] = 1.0
    for flag in ("hypothetical", "anterior", "ongoing", "perfect"):
        if getattr(lead.modality, flag):
            features[flag] = 1.0
    here = _told_here(findings, members, account.location.span)
    features[f"place {account.location.precision}"] = float(here)
    features["place from elsewhere"] = float(account.location.span is not None and not here)
    return features


def _told_here(findings: Findings, members: tuple[Candidate, ...], span: Span | None) -> bool:
    """Whether words stand in a sentence that tells of the event."""
    return span is not None and findings.parse.sentence_of(span).index in {m.sentence for m in members}

"""Whether two triggers report the same happening: features and a linear score.

The features compare what the text ties to each trigger; the weights are in
`knowledge/data/models/linking.json`, fitted by `scripts/train` on coded reports.
"""

from __future__ import annotations

from casus.events.candidates import Candidate
from casus.events.revenge import is_avenged
from casus.events.trigger_groups import FAMILY
from casus.records.findings import Findings
from casus.records.mention import PlaceMention, TimeMention
from casus.records.parse import Parse, Token

SURE = 1.0
"""Attachment score from which a time or place counts as the trigger's own."""


def own_time(findings: Findings, candidate: Candidate) -> TimeMention | None:
    """The time that the text ties to the trigger itself, if it says when."""
    for attached in candidate.times:
        time = findings.times[attached.index]
        if attached.score >= SURE and time.type in ("DATE", "TIME") and (time.start or time.value):
            return time
    return None


def own_place(findings: Findings, candidate: Candidate) -> PlaceMention | None:
    """The place that the text ties to the trigger itself."""
    for attached in candidate.places:
        if attached.score >= SURE:
            return findings.places[attached.index]
    return None


def link_features(findings: Findings, a: Candidate, b: Candidate) -> dict[str, float]:
    """What speaks for and against one happening, as named numbers."""
    features = {"bias": 1.0}
    features.update(_distance(a, b))
    features.update(_classes(a, b))
    features.update(_when(own_time(findings, a), own_time(findings, b)))
    features.update(_where(own_place(findings, a), own_place(findings, b)))
    features.update(_who(a, b))
    features.update(_numbers(findings, a, b))
    features.update(_telling(a, b))
    features.update(_cohesion(findings, a, b))
    if a.sentence == b.sentence:
        features.update(_syntax(findings.parse, a, b))
    return features


def _distance(a: Candidate, b: Candidate) -> dict[str, float]:
    apart = b.sentence - a.sentence
    name = {0: "same sentence", 1: "next sentence", 2: "two sentences on"}.get(apart)
    return {name: 1.0} if name else {"far": 1.0, "sentences apart": min(apart, 20) / 10}


def _classes(a: Candidate, b: Candidate) -> dict[str, float]:
    one, two = a.trigger, b.trigger
    features: dict[str, float] = {}
    if one.kind == two.kind:
        features["same class"] = 1.0
        if one.key == two.key:
            features["same words"] = 1.0
    elif FAMILY[one.kind] == FAMILY[two.kind]:
        features["same family"] = 1.0
    else:
        features["families " + "+".join(sorted((FAMILY[one.kind], FAMILY[two.kind])))] = 1.0
    if "harm" in (one.kind, two.kind) and one.kind != two.kind:
        features["one is harm"] = 1.0
    if two.kind == "harm":
        features["second is harm"] = 1.0
    return features


def _when(one: TimeMention | None, two: TimeMention | None) -> dict[str, float]:
    if one is None or two is None:
        return {"time: second has its own": 1.0} if two is not None else {}
    if one.span == two.span:
        return {"time: same words": 1.0}
    if one.start is None or two.start is None or one.end is None or two.end is None:
        return {"time: same value": 1.0} if one.value == two.value else {"time: other value": 1.0}
    if (one.start, one.end) == (two.start, two.end):
        return {"time: same": 1.0}
    if one.start <= two.end and two.start <= one.end:
        return {"time: overlap": 1.0}
    return {"time: apart": 1.0}


def _says_something(time: TimeMention) -> bool:
    """Whether a value tells any time from another: "XXXX-06-16" does, "XXXX-XX-XX" does not."""
    return any(c.isdigit() for c in time.value or "")


def _where(one: PlaceMention | None, two: PlaceMention | None) -> dict[str, float]:
    if one is None or two is None:
        return {"place: second has its own": 1.0} if two is not None else {}
    if one.span == two.span:
        return {"place: same words": 1.0}
    if one.name.lower() == two.name.lower() or (one.geonames_id and one.geonames_id == two.geonames_id):
        return {"place: same": 1.0}
    if one.country and two.country and one.country != two.country:
        return {"place: other country": 1.0}
    coarse = {"country", "province", "region"}
    if one.precision in coarse or two.precision in coarse:
        return {"place: one is coarse": 1.0}
    return {"place: other": 1.0}


def _who(a: Candidate, b: Candidate) -> dict[str, float]:
    features: dict[str, float] = {}
    for name, ours, theirs in (("agents", a.agents, b.agents), ("patients", a.patients, b.patients)):
        one, two = {p.actor for p in ours}, {p.actor for p in theirs}
        if one & two:
            features[f"{name}: shared"] = 1.0
        elif one and two:
            features[f"{name}: other"] = 1.0
    crossed = {p.actor for p in a.agents} & {p.actor for p in b.patients}
    if crossed or {p.actor for p in a.patients} & {p.actor for p in b.agents}:
        features["roles crossed"] = 1.0
    return features


def _numbers(findings: Findings, a: Candidate, b: Candidate) -> dict[str, float]:
    features: dict[str, float] = {}
    for i in a.figures:
        for j in b.figures:
            one, two = findings.figures[i], findings.figures[j]
            if one.outcome == two.outcome:
                features["figure: same" if one.quantity == two.quantity else "figure: other"] = 1.0
    return features


def _telling(a: Candidate, b: Candidate) -> dict[str, float]:
    features: dict[str, float] = {}
    if b.definite:
        features["second points back"] = 1.0
    if b.indefinite:
        features["second introduces"] = 1.0
    if a.modality.actuality != b.modality.actuality:
        features["other actuality"] = 1.0
    if a.modality.anterior != b.modality.anterior:
        features["other tense"] = 1.0
    return features


def _cohesion(findings: Findings, a: Candidate, b: Candidate) -> dict[str, float]:
    """What two tellings have in common beyond their triggers: actors in any role, nouns."""
    features: dict[str, float] = {}
    one = {p.actor for p in (*a.agents, *a.patients, *a.mutual)}
    two = {p.actor for p in (*b.agents, *b.patients, *b.mutual)}
    if one & two:
        features["an actor in common"] = 1.0
    if a.sentence != b.sentence:
        nouns = a.nouns & b.nouns
        features["nouns in common"] = min(len(nouns), 4) / 4
        if b.sentence - a.sentence == 1 and own_time(findings, b) is None and own_place(findings, b) is None:
            features["goes on without time or place"] = 1.0
            if not features.get("an actor in common") and one and two:
                features["goes on with others"] = 1.0
    return features


def voice(findings: Findings, candidate: Candidate) -> str | None:
    """Whose words the candidate stands in: the speaker's actor or name, None for the author."""
    if not candidate.claims:
        return None
    speaker = findings.claims[candidate.claims[0]].speaker
    return speaker.actor or speaker.name.lower()


def _syntax(parse: Parse, a: Candidate, b: Candidate) -> dict[str, float]:
    """How two triggers of one sentence hang together."""
    one, two = parse.tokens[a.trigger.token], parse.tokens[b.trigger.token]
    path = _path(parse, one, two)
    features = {"links between": min(len(path), 8) / 4}
    deps = {t.dep for t in path}
    if len(path) == 1:
        features[f"direct {path[0].dep}"] = 1.0
    if is_avenged(parse, one) != is_avenged(parse, two):
        features["in revenge"] = 1.0
    for dep in ("conj", "advcl", "relcl", "ccomp", "parataxis", "acl"):
        if dep in deps:
            features[f"over {dep}"] = 1.0
    words = {t.lower for t in parse.tokens[min(one.i, two.i) + 1 : max(one.i, two.i)]}
    for word in ("after", "before", "since", "following", "while", "and", "in", "when", "as", "during"):
        if word in words:
            features[f"between: {word}"] = 1.0
    return features


def _path(parse: Parse, a: Token, b: Token) -> list[Token]:
    """Tokens whose arcs are crossed on the way between two tokens of a tree."""
    up_a = [a, *parse.ancestors(a)]
    up_b = [b, *parse.ancestors(b)]
    meet = next((t.i for t in up_a if t.i in {u.i for u in up_b}), None)
    return _until(up_a, meet) + _until(up_b, meet)


def _until(chain: list[Token], stop: int | None) -> list[Token]:
    found = []
    for token in chain:
        if token.i == stop:
            break
        found.append(token)
    return found

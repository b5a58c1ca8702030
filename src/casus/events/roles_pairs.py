"""What the choice of one party adds for another: who faces it, and who stands beside it."""

from __future__ import annotations

from casus.events.roles_features import Features, Option, Setting

OWN = (
    "agent", "patient", "mutual", "sentence", "sentence of the fullest", "counted", "speaks", "elsewhere",
    "just anybody", "beside words of help", "rules: helping", "same clause", "responsible",
)  # fmt: skip
"""Features of an option that tell whether it stands beside another."""


def against(setting: Setting, option: Option, first: Option) -> Features:
    """What the choice of the other side adds for an option."""
    if first.actor is None:
        return {"other: nobody": 1.0}
    roster = setting.roster
    one = roster.actors.get(first.actor)
    if option.actor is None:
        return {f"nobody, other: {setting.sort(one)}": 1.0} if one else {"nobody, other: implied": 1.0}
    two = roster.actors.get(option.actor)
    features: Features = {}
    if one is None or two is None:
        sorts = (setting.sort(one) if one else "implied", setting.sort(two) if two else "implied")
        return {f"sorts {sorts[0]} / {sorts[1]}": 1.0}
    faced = roster.faced(first.actor, option.actor)
    features["faced"] = min(faced, 3) / 3
    features["never faced"] = float(not faced)
    features[f"sorts {setting.sort(one)} / {setting.sort(two)}"] = 1.0
    features["one country"] = float(one.country is not None and one.country == two.country)
    states = one.kind == two.kind == "state forces"
    features["one state"] = float(states and one.country == two.country)
    features["of the other"] = float(one.member_of == two.id or two.member_of == one.id)
    one_way = first.actor in setting.before.first and option.actor in setting.before.second
    other_way = first.actor in setting.before.second and option.actor in setting.before.first
    features["pair before"] = float(one_way or other_way)
    return features


def beside(setting: Setting, option: Option, leader: Option, other: Option | None, chance: float) -> Features:
    """What speaks for an option standing on the side of its leader; `chance` is its own of leading that side."""
    if option.actor is None or option.implied or leader.actor is None:
        return {}
    roster = setting.roster
    two, one = roster.actors[option.actor], roster.actors.get(leader.actor)
    features: Features = {"beside": 1.0, "chance": chance, f"{setting.sort(two)}": 1.0}
    for name in OWN:
        if option.features.get(name):
            features[name] = 1.0
    for part in ("agent", "patient", "mutual"):
        if option.features.get(part) and leader.features.get(part):
            features[f"both {part}"] = 1.0
    features["rules: first"] = float(any(n.startswith("rules: first") for n in option.features))
    features["rules: second"] = float(any(n.startswith("rules: second") for n in option.features))
    features["rules: associate"] = float(any(n.endswith("associate") for n in option.features))
    if one is not None:
        features[f"sorts {setting.sort(one)} / {setting.sort(two)}"] = 1.0
        features["one country"] = float(one.country is not None and one.country == two.country)
        features["faced"] = float(roster.faced(leader.actor, option.actor) > 0)
        features["joined"] = float(setting.joined(leader.actor, option.actor))
    if other is not None and other.actor is not None and other.actor in roster.actors:
        features["faced the other side"] = float(roster.faced(other.actor, option.actor) > 0)
        features["joined with the other side"] = float(setting.joined(other.actor, option.actor))
    return features

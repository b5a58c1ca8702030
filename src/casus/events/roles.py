"""Which parties of a report take which side in an event: a joint choice with fitted weights (codebook 4).

    1. who acts           each option's chance of being actor1
    2. who is acted upon  each option's chance of being actor2, given each likely actor1
    3. who stands beside  further parties on either side

The pair of sides is chosen together; a side stays empty where nobody reaches the least chance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casus.events.roles_features import Option, Setting
from casus.events.roles_pairs import against, beside
from casus.events.scoring_model import load_weights, probability, weighted_sum

LEAST = 0.3
"""Chance from which a party takes a side: a wrong one and a missing one weigh alike, so it pays from about half the F1
that the choice reaches."""

VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians"))
"""Event types that somebody must have done: if nobody named is likely, somebody unidentified (codebook 4)."""

LEAST_BESIDE = 0.45
"""The same for a party beside the one that leads its side; who is said to help needs none."""

MOST_BESIDE = 2
"""Parties beside the leader of a side."""

LIKELY = 6
"""Options for actor1 over which actor2 is weighed."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances of each actor (None for nobody) on each side and of each pair, with the option that stands for it."""

    first: Mapping[str | None, float]
    second: Mapping[str | None, float]
    pairs: Mapping[tuple[str | None, str | None], float]
    as_first: Mapping[str | None, Option]
    as_second: Mapping[str | None, Option]


@dataclass(frozen=True, slots=True)
class Sides:
    """The options chosen: the leader of each side first."""

    first: tuple[Option, ...]
    second: tuple[Option, ...]


@cache
def weights_for(step: str) -> Mapping[str, float]:
    """The weights of one step of the choice: "first", "second" or "beside"."""
    start = f"{step}: "
    return {name.removeprefix(start): w for name, w in load_weights("roles").items() if name.startswith(start)}


def choose(setting: Setting, options: Sequence[Option]) -> Sides:
    """The parties of both sides; either may be empty."""
    chances = chances_of(setting, options, weights_for("first"), weights_for("second"))
    one, two = leaders(chances)
    if one is None and setting.family in VIOLENT:
        one = _fallback(setting, options, chances, two)
    first = [chances.as_first[one]] if one is not None else []
    second = [chances.as_second[two]] if two is not None else []
    found = []
    for side, option, features in candidates_beside(setting, options, chances, (one, two)):
        chance = probability(weighted_sum(weights_for("beside"), features))
        if chance >= LEAST_BESIDE or "rules: helping" in option.features:
            found.append((-chance, side, option.actor or "", option))
    taken = {one, two}
    for _, side, actor, option in sorted(found, key=lambda f: f[:3]):
        group = first if side == 1 else second
        if actor not in taken and len(group) <= MOST_BESIDE:
            taken.add(actor)
            group.append(option)
    if _exchanged(setting, first, second):
        first, second = second, first
    return Sides(tuple(first), tuple(second))


def _exchanged(setting: Setting, first: Sequence[Option], second: Sequence[Option]) -> bool:
    """Whether a battle has the leaders of the plain rules on each other's side: then the order in which it is told
    decides, for who is told of first is taken to have begun it."""
    verdict = setting.event.verdict
    if setting.family != "Battles" or not (first and second and verdict.first and verdict.second):
        return False
    return (first[0].actor, second[0].actor) == (verdict.second[0].actor, verdict.first[0].actor)


def chances_of(
    setting: Setting, options: Sequence[Option], weights_first: Mapping[str, float], weights_second: Mapping[str, float]
) -> Chances:
    """The chances of each actor on each side; options of one actor count together. Who is only said to help leads
    no side."""
    options = [o for o in options if "rules: helping" not in o.features] or options
    alone = shares([weighted_sum(weights_first, o.features) for o in options])
    anyway = {id(o): weighted_sum(weights_second, o.features) for o in options}
    able = [k for k, option in enumerate(options) if setting.may_act(option)]
    likely = sorted(able, key=lambda k: (-alone[k], k))[:LIKELY]
    first: dict[str | None, float] = {}
    second: dict[str | None, float] = {}
    pairs: dict[tuple[str | None, str | None], float] = {}
    as_first: dict[str | None, Option] = {}
    best_second: dict[str | None, tuple[float, Option]] = {}
    for k in likely:
        leader = options[k]
        as_first.setdefault(leader.actor, leader)
        first[leader.actor] = first.get(leader.actor, 0.0) + alone[k]
        left = facing(options, leader)
        given = shares([anyway[id(o)] + weighted_sum(weights_second, against(setting, o, leader)) for o in left])
        for option, share in zip(left, given, strict=True):
            chance = alone[k] * share
            second[option.actor] = second.get(option.actor, 0.0) + chance
            pair = (leader.actor, option.actor)
            pairs[pair] = pairs.get(pair, 0.0) + chance
            if option.actor not in best_second or chance > best_second[option.actor][0]:
                best_second[option.actor] = (chance, option)
    return Chances(first, second, pairs, as_first, {actor: option for actor, (_, option) in best_second.items()})


def facing(options: Sequence[Option], leader: Option) -> list[Option]:
    """The options that may face the leader of the other side."""
    return [o for o in options if o.actor is None or o.actor != leader.actor]


def shares(scores: Sequence[float]) -> list[float]:
    """Chances that add up to 1, from log-odds."""
    most = max(scores)
    chances = [math.exp(s - most) for s in scores]
    total = math.fsum(chances)
    return [c / total for c in chances]


def leaders(chances: Chances) -> tuple[str | None, str | None]:
    """The likeliest pair, each side replaced by its likeliest actor or left empty where that is too unlikely."""
    one, two = max(chances.pairs, key=lambda pair: chances.pairs[pair])
    if one is None or chances.first[one] < LEAST:
        one = _likeliest(chances.first, None)
    if two is None or two == one or chances.second[two] < LEAST:
        two = _likeliest(chances.second, one)
    return one, two


def _fallback(setting: Setting, options: Sequence[Option], chances: Chances, taken: str | None) -> str | None:
    """Who acted where nobody is likely enough: whom the plain rules take, or somebody unidentified."""
    ruled = {p.actor for p in setting.event.verdict.first}
    able = [o.actor for o in options if (o.implied or o.actor in ruled) and o.actor in chances.first]
    return max((a for a in able if a != taken), key=lambda a: chances.first[a], default=None)


def _likeliest(chances: Mapping[str | None, float], taken: str | None) -> str | None:
    named = [actor for actor in chances if actor is not None and actor != taken]
    best = max(named, key=lambda actor: chances[actor], default=None)
    return best if best is not None and chances[best] >= LEAST else None


def candidates_beside(
    setting: Setting, options: Sequence[Option], chances: Chances, led: tuple[str | None, str | None]
) -> list[tuple[int, Option, dict[str, float]]]:
    """(side, option, features) for each party that might stand beside the leader of a side."""
    by_actor: dict[str, Option] = {}
    for option in options:
        if option.actor is not None and not option.implied and option.actor not in led:
            by_actor.setdefault(option.actor, option)
    found = []
    one, two = led
    sides = (
        (1, one, chances.as_first, two, chances.as_second, chances.first),
        (2, two, chances.as_second, one, chances.as_first, chances.second),
    )
    for side, leader, ours, other, theirs, own in sides:
        if leader is None:
            continue
        facing_us = theirs[other] if other is not None else None
        for actor, option in by_actor.items():
            features = beside(setting, option, ours[leader], facing_us, own.get(actor, 0.0))
            found.append((side, option, features | {f"{name}, side {side}": v for name, v in features.items()}))
    return found

"""Told distances choose among the places that bear a name: "Springfield, 30 km south of Bloomington"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from casus.knowledge.gazetteer import Place
from casus.mentions.places_geodesy import bearing_between
from casus.mentions.places_relations import Told
from casus.mentions.places_resolve import UNKNOWN, Link, Resolved, kilometres

READINGS = 40
"""Readings of each name that are weighed against each other."""

VAGUE_KM = 60.0
TOO_FAR_KM = 250.0
"""How far "near X" and "north of X" reach at most; what lies farther off than the second is another place."""

EXTENT_KM = {"town": 0.0, "neighbourhood": 0.0, "site": 0.0, "district": 40.0, "province": 150.0}
"""Kinds of places that a distance can be told from, and how far they reach round their point."""

SHORTEST, LONGEST = 0.3, 1.4
"""Shares of a told distance between which the straight line may lie: roads wind, and people round."""

LEEWAY_KM = 10.0
"""Kilometres by which it may be wrong besides: towns have a size."""

FAR, FAR_KM = 2.0, 20.0
"""A reading is rejected if it lies farther off than so many times the told distance and so many kilometres."""

TURN = 60.0
"""Degrees by which a told direction may be wrong."""

LARGE = 1_000_000
"""Population from which a place is meant by its name whatever distance is told."""

MOST_TOLD = 500
"""Relations of one text that are weighed; a text with more is a gazetteer itself."""

MISFIT = 1e-4
"""What is left of the share of a reading that no told distance fits."""


def settle(
    resolved: list[Resolved], links: list[Link], told: Sequence[Told]
) -> tuple[list[Resolved], tuple[Told, ...]]:
    """The readings weighed again by the distances told, the same for every mention of a name; and the
    relations that hold.

    Where no pair of readings fits and the place lies far from where it is told to, it is none that is known: the
    words are surer than the gazetteer. A large place stays, and so does one told of by a place that the words
    leave out; of these the relation is dropped.
    """
    settled, held = list(resolved), list(told[MOST_TOLD:])
    same: dict[str, list[int]] = defaultdict(list)
    for i, link in enumerate(links):
        same[link.key].append(i)
    for one in told[:MOST_TOLD]:
        place, anchor = settled[one.place].place, settled[one.anchor].place
        if one.place == one.anchor or one.other is not None or place is None or anchor is None:
            held.append(one)
            continue
        pair = _together(settled[one.place], settled[one.anchor], one) if anchor.kind in EXTENT_KM else None
        if pair is not None:
            _everywhere(settled, same[links[one.place].key], one.place, pair[0])
            _everywhere(settled, same[links[one.anchor].key], one.anchor, pair[1])
            held.append(one)
        elif anchor.kind not in EXTENT_KM:
            held.append(one)
        elif not one.implied and place.population < LARGE:
            if _too_far(place, anchor, one):
                settled[one.place] = UNKNOWN
            held.append(one)
    return settled, tuple(sorted(held, key=lambda one: one.place))


def _everywhere(settled: list[Resolved], same: list[int], index: int, result: Resolved) -> None:
    """Set a result for all mentions of one name, `same`, that were believed to be the same place."""
    before = settled[index].place
    for i in same:
        if settled[i].place == before:
            settled[i] = result


def _together(place: Resolved, anchor: Resolved, told: Told) -> tuple[Resolved, Resolved] | None:
    """Both weighed by all pairs of their readings that fit; None if no pair does."""
    ours, theirs = place.readings[:READINGS], anchor.readings[:READINGS]
    table = [[a * b * (1.0 if _fits(p, q, told) else MISFIT) for q, b in theirs] for p, a in ours]
    if not any(_fits(p, q, told) for p, _ in ours for q, _ in theirs):
        return None
    rows = [sum(row) for row in table]
    columns = [sum(row[k] for row in table) for k in range(len(theirs))]
    return _weighed(ours, rows), _weighed(theirs, columns)


def _weighed(readings: Sequence[tuple[Place, float]], weights: list[float]) -> Resolved:
    total = sum(weights) or 1.0
    ranked = sorted(zip(weights, readings, strict=True), key=lambda row: (-row[0], row[1][0].id))
    return Resolved(ranked[0][1][0], tuple((place, weight / total) for weight, (place, _) in ranked))


def _fits(place: Place, anchor: Place, told: Told) -> bool:
    """Whether one place can lie from another as told."""
    if place.id == anchor.id or place.lat is None or place.lon is None or anchor.lat is None or anchor.lon is None:
        return False
    apart, km = kilometres(place, anchor), told.relation.distance_km
    extent = EXTENT_KM.get(anchor.kind, 0.0)
    if km is None:
        return apart <= VAGUE_KM + extent
    if not SHORTEST * km - LEEWAY_KM - extent <= apart <= LONGEST * km + max(LEEWAY_KM, told.slack_km) + extent:
        return False
    if told.relation.bearing is None or apart < LEEWAY_KM + extent:
        return True
    bearing = bearing_between((anchor.lat, anchor.lon), (place.lat, place.lon))
    return abs((bearing - told.relation.bearing + 180) % 360 - 180) <= TURN


def _too_far(place: Place, anchor: Place, told: Told) -> bool:
    """Whether a place cannot be the one told of."""
    km = told.relation.distance_km
    limit = FAR * km + FAR_KM if km is not None else TOO_FAR_KM
    return kilometres(place, anchor) > limit + EXTENT_KM[anchor.kind]

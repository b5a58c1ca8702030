"""Which place a name means, by what else the report speaks of.

Every reading of a name gets a score from its size, from the countries and provinces that the
report is about, from the places that the text says hold it ("Hasaka in northeastern Syria"), and
from its distance to other places of the report. Each round weighs the readings by what the round
before believed of the other names; a name never speaks for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, exp, log10, radians, sin, sqrt

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Place
from casus.mentions.places_draft import Draft

EARTH_KM = 6371.0
ROUNDS = 3

KIND_BONUS = {
    "country": 3.5, "continent": 3.0, "region": 0.6, "province": -0.7, "district": -1.4, "water": 0.5, "site": 1.0,
}  # fmt: skip
"""What kinds of places add to the logarithm of the population. Tuned by hand on LGL and TR-News, 2026-11."""

LITTLE = 2.0
"""Belief in other countries up to which a report that names none says too little to rule a small place out."""

FOREIGN, HOME = 0.08, 0.15
"""The share from which a country may claim a small place, and a name that is not the usual one of a place in it."""

NEARLY = 0.5
"""The part of the best reading's share from which another may stand for it."""

MODEST = 40_000
"""Population from which a name that is not the usual one may be taken as if it were, and a name that no other
country has stands alone."""

SPLIT = 1.2
"""Score difference at which a reading is e times as likely as another."""

REPEATS = 3.0
"""A name that comes back counts at most so often."""

SEAT_SHARE = 0.3
"""The share of a division's people in the town it is named after, from which the bare name means the town."""

NAMESAKE = 3.0
GOVERNMENT = 6.0
"""What it adds for a capital that the name does what governments do ("Moscow denied")."""

CLOSE_KM = 150.0
KM_PER_DEGREE = 111.0
"""Kilometres in a degree of latitude, rounded down."""

FAR_KM = 20_000.0


@dataclass(frozen=True, slots=True)
class Link:
    """What the text says of one draft: `holder` the index of the draft that holds it, `adjective` the country
    of an adjective right before it ("the Syrian city of Afrin"), `key` its folded name; `speaks` that it says,
    denies or warns, as governments do by the names of their capitals."""

    key: str
    holder: int | None
    adjective: str | None
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """The place chosen for a draft, and all readings with their share in [0, 1], best first."""

    place: Place | None
    readings: tuple[tuple[Place, float], ...]


UNKNOWN = Resolved(None, ())


def kilometres(a: Place, b: Place) -> float:
    """Great-circle distance; half the circumference where a point is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return FAR_KM
    la, lb = radians(a.lat), radians(b.lat)
    h = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def resolve(
    drafts: list[Draft], links: list[Link], adjectives: dict[str, float]
) -> tuple[list[Resolved], dict[str, float]]:
    """One result per draft, and how much the report is about each country, all together 1.

    `adjectives` weighs the countries whose adjectives and borders the report has.
    """
    believed = [_ranked((_size(p, draft), p) for p in draft.places) for draft in drafts]
    for _ in range(ROUNDS):
        context = _Context.of(believed, links, adjectives)
        believed = [_believe(i, drafts, links, believed, context) for i in range(len(drafts))]
    context = _Context.of(believed, links, adjectives)
    named = {r.place.country for r in believed if r.place is not None and r.place.kind == "country"} - {None}
    shares = {country: context.share(country, " ") for country in context.by_country}
    return [
        Resolved(_standing(result, draft, link, believed, context, named), result.readings)
        for result, draft, link in zip(believed, drafts, links, strict=True)
    ], shares


def _standing(
    result: Resolved, draft: Draft, link: Link, believed: list[Resolved], context: _Context, named: set[str | None]
) -> Place | None:
    """The best reading, or one nearly as good, that fits and makes sense; None if there is none."""
    nearly = 1.0 if draft.precision == "site" else NEARLY
    least = nearly * result.readings[0][1] if result.readings else 0.0
    for place, share in result.readings:
        one = Resolved(place, result.readings)
        if share < least:
            break
        if _fits(one, draft, link, believed) and _sensible(one, draft, link, context, named):
            return place
    return None


def _believe(i: int, drafts: list[Draft], links: list[Link], believed: list[Resolved], context: _Context) -> Resolved:
    link = links[i]
    holder = drafts[link.holder] if link.holder is not None else None
    held_by = believed[link.holder].place if link.holder is not None else None
    inner = drafts[i - 1] if i and links[i - 1].holder == i else None
    return _ranked(
        (
            _size(p, drafts[i])
            + context.support(p, link.key)
            + _chain(p, holder, held_by, link.adjective)
            + _grasp(p, inner)
            + (GOVERNMENT if link.speaks and p.capital else 0.0),
            p,
        )
        for p in drafts[i].places
    )


def _grasp(place: Place, inner: Draft | None) -> float:
    """What it adds that the place can hold the one before it: "Athens," | Georgia."""
    if inner is None or place.kind not in ("country", "province"):
        return 0.0
    return 4.0 if any(holds(place, p) and not p.alternate for p in inner.places) else 0.0


@dataclass(frozen=True, slots=True)
class _Context:
    """What the report is about: belief in countries and in points, each with the name it comes from."""

    beliefs: dict[tuple[str, str], float]
    by_country: dict[str, float]
    by_key: dict[str, float]
    total: float
    points: tuple[tuple[str, Place], ...]

    @classmethod
    def of(cls, believed: list[Resolved], links: list[Link], adjectives: dict[str, float]) -> _Context:
        beliefs: dict[tuple[str, str], float] = defaultdict(float)
        points: dict[tuple[str, Place], None] = {}
        for resolved, link in zip(believed, links, strict=True):
            for place, share in resolved.readings:
                if place.country:
                    beliefs[link.key, place.country] += share
            best = resolved.place
            if best is not None and best.kind in ("town", "neighbourhood", "site", "district", "province"):
                points[link.key, best] = None
        for country, weight in adjectives.items():
            beliefs["", country] += weight
        beliefs = {k: min(REPEATS, weight) for k, weight in sorted(beliefs.items())}
        by_country: dict[str, float] = defaultdict(float)
        by_key: dict[str, float] = defaultdict(float)
        for (key, country), weight in beliefs.items():
            by_country[country] += weight
            by_key[key] += weight
        return cls(beliefs, dict(by_country), dict(by_key), sum(beliefs.values()), tuple(points))

    def elsewhere(self, key: str, country: str | None = None) -> float:
        """The belief, in one country or in all, that comes from other names than this."""
        if country is None:
            return self.total - self.by_key.get(key, 0.0)
        return self.by_country.get(country, 0.0) - self.beliefs.get((key, country), 0.0)

    def share(self, country: str, key: str) -> float:
        """The part of the belief from other names that goes to this country."""
        total = self.elsewhere(key)
        return self.elsewhere(key, country) / total if total > 1e-6 else 0.0

    def support(self, place: Place, key: str) -> float:
        """What the rest of the report adds to a reading."""
        if place.country is None:
            return 0.0
        share = self.share(place.country, key)
        score = 4.0 * share + min(1.0, 10 * share)
        if place.kind == "country":
            return score
        others = [p for k, p in self.points if k != key and p.id != place.id]
        same = sum(p.admin1 == place.admin1 and p.country == place.country for p in others)
        close = sum(_is_close(p, place) for p in others if p.kind != "province")
        return score + min(2.0, 0.7 * same) + min(2.0, 0.8 * close)


def _is_close(a: Place, b: Place) -> bool:
    """Whether two places lie within CLOSE_KM; latitudes alone tell of most that they do not."""
    if a.lat is None or b.lat is None or abs(a.lat - b.lat) * KM_PER_DEGREE > CLOSE_KM:
        return False
    return kilometres(a, b) < CLOSE_KM


def _size(place: Place, draft: Draft) -> float:
    """What a reading is worth before the report is looked at."""
    score = log10(place.population + 100) + KIND_BONUS.get(place.kind, 0.0)
    score += (1.0 if place.capital else 0.0) - (1.5 if place.alternate else 0.0)
    if draft.precision is not None and draft.whole and place.kind == draft.precision:
        score += 4.0
    return score - (NAMESAKE if draft.precision is None and _has_seat(place, draft) else 0.0)


def _has_seat(place: Place, draft: Draft) -> bool:
    """Whether the name of a province is that of its main town as well: alone it means the town."""
    if place.kind not in ("province", "district"):
        return False
    return any(
        town.kind == "town"
        and (town.country, town.admin1) == (place.country, place.admin1)
        and town.population > SEAT_SHARE * place.population
        for town in draft.places
    )


def _chain(place: Place, holder: Draft | None, held_by: Place | None, adjective: str | None) -> float:
    """What the place that the text says holds this one adds, or takes if it cannot."""
    score = 0.0
    if adjective is not None:
        score += 5.0 if place.country == adjective else -3.0
    if holder is None or not holder.places:
        return score
    wanted = (held_by,) if held_by is not None else holder.places
    return score + (6.0 if any(holds(w, place) for w in wanted) else -2.0)


def holds(outer: Place, inner: Place) -> bool:
    """Whether the first place lies round the second, by country, province or distance."""
    if outer.kind == "continent" or outer.country is None:
        return kilometres(outer, inner) < 4000
    if outer.country != inner.country or outer.id == inner.id:
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "province":
        return inner.admin1 == outer.admin1
    return kilometres(outer, inner) < (300 if outer.kind == "region" else 100)


def _ranked(scored: Iterable[tuple[float, Place]]) -> Resolved:
    rows = sorted(scored, key=lambda sp: (-sp[0], sp[1].id))
    if not rows:
        return UNKNOWN
    weights = [exp((score - rows[0][0]) / SPLIT) for score, _ in rows]
    total = sum(weights)
    return Resolved(rows[0][1], tuple((place, w / total) for w, (_, place) in zip(weights, rows, strict=True)))


def _fits(resolved: Resolved, draft: Draft, link: Link, believed: list[Resolved]) -> bool:
    """Whether the place lies in the country or province that the text puts it in, and a site in its town."""
    outer = believed[link.holder].place if link.holder is not None else None
    if resolved.place is None or outer is None or resolved.place.kind in ("country", "continent"):
        return True
    if outer.kind == "town":
        return draft.precision != "site" or outer.id == resolved.place.id or holds(outer, resolved.place)
    return outer.kind not in ("country", "province") or holds(outer, resolved.place)


def _sensible(resolved: Resolved, draft: Draft, link: Link, context: _Context, named: set[str | None]) -> bool:
    """Whether a place may stand: not a small one in a country that nothing else in the report points to.

    `named` are the countries that the report names outright.
    """
    place = resolved.place
    if place is None or place.country is None or place.capital or link.holder is not None:
        return True
    if place.kind == "country" and draft.whole:
        return True
    known = place.population >= (500_000 if place.alternate else 100_000) and draft.precision != "site"
    if link.adjective == place.country or known or _is_only(resolved):
        return True
    others = context.elsewhere(link.key) - context.elsewhere(link.key, place.country)
    if others < LITTLE and (not named or place.country in named):
        return True
    least = HOME if place.alternate and place.population < MODEST else FOREIGN
    return context.share(place.country, link.key) > least


def _is_only(resolved: Resolved) -> bool:
    """Whether a town has the name to itself, but for small places of its own country: Kobane."""
    place = resolved.place
    if place is None or place.alternate or place.population < MODEST or place.country in load_countries().english:
        return False
    return all(p.country == place.country for p, _ in resolved.readings)

"""Forty reports coded by somebody who did not know the program: is the day right, and the place?

The shares below are floors: what was measured when they were set, a little less; they only rise.
"""

from __future__ import annotations

from geographiclib.geodesic import Geodesic

from coded_reports import Pair, coded_events, pairs, share, words

FLOORS = {"found": 0.85, "date": 0.72, "place": 0.84, "point": 0.65, "country": 0.95}
"""Least shares: of events found, and of dates, places, points and countries of those found."""

OF_ALL_PLACES = frozenset(("the", "of", "in", "at", "near", "and", "town", "city", "village", "province", "district"))


def same_date(pair: Pair) -> bool:
    return (pair.gold["date_start"], pair.gold["date_end"]) == (pair.found.date.start, pair.found.date.end)


def same_place(pair: Pair) -> bool:
    told, name = words(pair.gold["place"], OF_ALL_PLACES), words(pair.found.location.name, OF_ALL_PLACES)
    return bool(told) == bool(name) and (told <= name or name <= told)


def wrong_year(pair: Pair) -> bool:
    told, given = pair.gold["date_start"], pair.found.date.start
    return given is not None and (told is None or told[:4] != given[:4])


def kilometres(pair: Pair) -> float | None:
    """From the coded point to the one found, of the place or of what lies round it; None where there is none."""
    where = pair.found.location
    place = where.within if where.latitude is None and where.within is not None else where
    if pair.gold["lat"] is None or place.latitude is None or place.longitude is None:
        return None
    line = Geodesic.WGS84.Inverse(pair.gold["lat"], pair.gold["lon"], place.latitude, place.longitude)
    return float(line["s12"]) / 1000


def test_most_events_are_found() -> None:
    assert share(len(pairs()), coded_events()) >= FLOORS["found"]


def test_dates_are_right() -> None:
    assert share(sum(same_date(p) for p in pairs()), len(pairs())) >= FLOORS["date"]


def test_no_year_is_wrong_or_invented() -> None:
    assert [(p.report, p.gold["quote"], p.found.date.start) for p in pairs() if wrong_year(p)] == []


def test_places_are_right() -> None:
    assert share(sum(same_place(p) for p in pairs()), len(pairs())) >= FLOORS["place"]


def test_points_are_near() -> None:
    told = [p for p in pairs() if p.gold["lat"] is not None]
    far = [kilometres(p) for p in told]
    near = [p for p, km in zip(told, far, strict=True) if km is not None and km <= p.gold["km"]]
    assert share(len(near), len(told)) >= FLOORS["point"]


def test_countries_are_right() -> None:
    told = [p for p in pairs() if p.gold["country"]]
    assert share(sum(p.gold["country"] == p.found.location.country for p in told), len(told)) >= FLOORS["country"]

"""Relations between places: what is told, the points computed from it, and what it does to the choice of places."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import pairwise
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casus.knowledge.gazetteer import load_gazetteer
from casus.language import load_parser
from casus.mentions.places import find_places
from casus.mentions.places_distances import bearing_of, phrase_before
from casus.mentions.places_geodesy import destination, kilometres, midpoint
from casus.mentions.places_relations import Told, place_told
from casus.records.mention import PlaceMention, PlaceRelation
from casus.records.span import Span

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "relations.toml").read_text(encoding="utf-8"))["case"]


def read(text: str) -> tuple[PlaceMention, ...]:
    return find_places(load_parser().parse(text), load_gazetteer())


def named(text: str, name: str) -> PlaceMention:
    return next(m for m in read(text) if m.name == name)


def point_of(name: str, country: str) -> tuple[float, float]:
    """The gazetteer's point of the largest town of that name in a country."""
    place = next(p for p in load_gazetteer().lookup(name) if p.country == country and p.kind == "town")
    assert place.lat is not None and place.lon is not None
    return place.lat, place.lon


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    mention = named(case["text"], case["place"])
    relation = mention.relation
    if case.get("none"):
        assert relation is None, case["reason"]
        return
    assert relation is not None, case["reason"]
    told = (relation.kind, relation.to, relation.other, relation.bearing)
    assert told == (case["kind"], case["to"], case.get("other"), case.get("bearing")), case["reason"]
    assert (
        relation.distance_km == pytest.approx(case["km"], rel=0.001) if "km" in case else relation.distance_km is None
    )
    assert relation.words == relation.span.of(case["text"])
    assert mention.near == case.get("near", mention.near)
    assert mention.precision == case.get("precision", mention.precision)
    if "from_km" in case:
        assert mention.country is not None and mention.latitude is not None and mention.longitude is not None
        start = point_of(case["to"], mention.country)
        apart = kilometres(start, (mention.latitude, mention.longitude))
        assert apart == pytest.approx(case["from_km"], rel=0.02, abs=0.01), case["reason"]
        assert mention.uncertainty_km is not None and mention.uncertainty_km > 0


def sphere(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Distance and direction on a sphere, by other means than the program's."""
    (la, oa), (lb, ob) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((ob - oa) / 2) ** 2
    towards = atan2(sin(ob - oa) * cos(lb), cos(la) * sin(lb) - sin(la) * cos(lb) * cos(ob - oa))
    return 2 * 6371.0 * asin(min(1.0, sqrt(h))), degrees(towards) % 360


SPAN = Span(0, 1)
TOWN = PlaceMention(SPAN, "X", "SYR", "Aleppo", 0.0, 0.0, 7, "town")


def offset(km: float, bearing: float) -> Told:
    return Told(0, 0, None, PlaceRelation("offset", "o", SPAN, "X", None, km, bearing), 0.5, 22.5)


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(2, 1500), st.floats(0, 360, exclude_max=True))
def test_the_point_lies_as_far_and_in_the_direction_told(lat: float, lon: float, km: float, bearing: float) -> None:
    (placed,) = place_told((replace(TOWN, latitude=lat, longitude=lon),), (offset(km, bearing),))
    assert placed.latitude is not None and placed.longitude is not None and placed.uncertainty_km is not None
    apart, towards = sphere((lat, lon), (placed.latitude, placed.longitude))
    assert apart == pytest.approx(km, rel=0.01)
    assert abs((towards - bearing + 180) % 360 - 180) < 1.0
    assert (placed.geonames_id, placed.near) == (None, True)
    assert placed.uncertainty_km < km / 2 + 4


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(-2, 2), st.floats(-2, 2))
def test_the_middle_is_as_far_from_both(lat: float, lon: float, up: float, right: float) -> None:
    one, two = (lat, lon), (lat + up, lon + right)
    middle = midpoint(one, two)
    assert kilometres(one, middle) == pytest.approx(kilometres(two, middle), abs=0.01)
    assert kilometres(one, middle) <= kilometres(one, two) + 0.01


@given(st.floats(0.1, 500), st.floats(0.1, 500))
def test_a_longer_distance_is_never_told_more_exactly(one: float, two: float) -> None:
    short, long = sorted((one, two))
    found = [place_told((TOWN,), (offset(km, 90.0),))[0].uncertainty_km for km in (short, long)]
    assert found[0] is not None and found[1] is not None and found[0] <= found[1]


def test_points_cross_the_date_line() -> None:
    latitude, longitude = destination((0.0, 179.9), 100, 90.0)
    assert latitude == pytest.approx(0, abs=0.01)
    assert longitude == pytest.approx(-179.2, abs=0.01)


@pytest.mark.parametrize("precision", ["province", "region", "country", "unknown"])
def test_nothing_is_measured_from_large_places(precision: Any) -> None:
    mention = replace(TOWN, latitude=36.0, longitude=37.0, precision=precision)
    (placed,) = place_told((mention,), (offset(12.0, 180.0),))
    assert (placed.latitude, placed.longitude, placed.uncertainty_km) == (36.0, 37.0, None)
    assert placed.relation is not None and placed.near


def test_far_off_the_province_is_not_known() -> None:
    near, far = (place_told((TOWN,), (offset(km, 0.0),))[0] for km in (20.0, 90.0))
    assert (near.admin1, far.admin1) == ("Aleppo", None)
    assert near.country == far.country == "SYR"


def test_no_point_without_the_anchors() -> None:
    lost = replace(TOWN, latitude=None, longitude=None, country=None, admin1=None, geonames_id=None)
    (placed,) = place_told((lost,), (offset(12.0, 0.0),))
    assert placed.latitude is None and placed.uncertainty_km is None and placed.relation is not None


WINDS = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"]


@pytest.mark.parametrize("number", range(8))
def test_directions_are_evenly_spaced_however_written(number: int) -> None:
    word = WINDS[number]
    forms = {word, word.upper() if len(word) < 6 else word.title(), word.replace("th", "th-", 1).rstrip("-")}
    assert {bearing_of(form) for form in forms} == {(45.0 * number, 22.5)}


@pytest.mark.parametrize("words", ["northsouth", "eastwest", "NSN", "westnorth", "southnortheast"])
def test_directions_that_are_none(words: str) -> None:
    assert bearing_of(words) is None


def test_every_wind_of_sixteen_is_finer_than_of_eight() -> None:
    assert bearing_of("south-southwest") == (202.5, 11.25)
    assert bearing_of("WNW") == (292.5, 11.25)


def test_a_distance_chooses_among_namesakes() -> None:
    plain = named("Police in Salem, Oregon, and in Marion arrested two men.", "Marion")
    told = named("Police in Salem, Oregon, and in Marion, 20 km south of Salem, arrested two men.", "Marion")
    assert told.latitude is not None and told.longitude is not None
    assert kilometres((told.latitude, told.longitude), point_of("Salem", "USA")) < 40 or plain == told


def test_a_namesake_far_from_the_distance_told_loses() -> None:
    mention = named("Rebels took Salamanca, 12 km south of Hasaka in Syria, on Monday.", "Salamanca")
    assert mention.country == "SYR" and mention.geonames_id is None
    assert kilometres((mention.latitude or 0, mention.longitude or 0), point_of("Hasaka", "SYR")) < 13


def test_a_large_city_is_meant_whatever_is_told() -> None:
    mention = named("They met in Baghdad, 12 km south of Hasaka in Syria, on Monday.", "Baghdad")
    assert (mention.country, mention.relation) == ("IRQ", None)


def test_a_name_placed_once_is_there_each_time() -> None:
    text = "Shells hit Tal Zumurrud, 12 km south of Hasaka in Syria. By night Tal Zumurrud was empty."
    first, last = (m for m in read(text) if m.name == "Tal Zumurrud")
    assert (first.latitude, first.longitude, first.country) == (last.latitude, last.longitude, last.country)
    assert last.uncertainty_km == first.uncertainty_km and last.latitude is not None


def test_a_direction_from_a_place_left_out() -> None:
    text = "Two people died in Mosul. In the village of Tal Zumurrud, 18 km to the south, three more were hurt."
    mention = named(text, "Tal Zumurrud")
    assert mention.relation is not None and mention.relation.to == "Mosul"
    assert mention.latitude is not None and mention.latitude < point_of("Mosul", "IRQ")[0]


def test_a_direction_from_a_place_left_out_never_unseats_a_known_town() -> None:
    mention = named("Two people died in Aleppo. In Mosul, 22 km to the south, three more were hurt.", "Mosul")
    assert (mention.country, mention.relation) == ("IRQ", None)


WORDS = st.sampled_from(
    ["12 km", "south", "of", "Mosul", "Hasaka", "between", "and", "halfway", ",", "the road", "from", "to", "near", "(",
     ")", "30 miles", "-", "highway", "Tal Zumurrud", "the outskirts of", "36.2021° N, 37.1343° E", "\n\n", "a few km",
     "0 km", "999999 km", "in Syria", ".", "37S DB 12345 67890"]
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_laws(text: str) -> None:
    found = read(text)
    assert found == read(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for mention in found:
        assert mention.span.of(text) == mention.name
        assert mention.within is None or 0 <= mention.within < len(found)
        assert (mention.latitude is None) == (mention.longitude is None)
        assert mention.uncertainty_km is None or (mention.uncertainty_km > 0 and mention.latitude is not None)
        if mention.relation is not None:
            assert mention.relation.span.of(text) == mention.relation.words
            assert mention.relation.bearing is None or 0 <= mention.relation.bearing < 360
            assert mention.relation.distance_km is None or mention.relation.distance_km > 0


@given(st.text(max_size=200))
def test_any_words_before_a_name_are_read_without_trouble(text: str) -> None:
    found = phrase_before(text + "Mosul", len(text), 0)
    assert found is None or 0 <= found.start < len(text)


@pytest.mark.parametrize("piece", ["a ", "1 ", "some about ", "the town of ", "north ", "12 km ", "half a "])
def test_long_rows_of_words_are_no_burden(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert phrase_before(text + "Mosul", len(text), 0) is None

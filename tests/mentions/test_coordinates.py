"""Coordinates in text: notations, what is none, what is off the earth, and how they join the places named."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from math import copysign
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.knowledge.gazetteer import load_gazetteer
from casus.language import load_parser
from casus.mentions.places import find_places
from casus.mentions.places_coordinates import Coordinates, find_coordinates
from casus.mentions.places_geodesy import kilometres
from casus.mentions.places_grids import from_mgrs, from_plus_code, from_utm
from casus.records.mention import PlaceMention

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "coordinates.toml").read_text(encoding="utf-8"))["case"]


def read(text: str) -> tuple[PlaceMention, ...]:
    return find_places(load_parser().parse(text), load_gazetteer())


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = find_coordinates(case["text"])
    assert [c.span.of(case["text"]) for c in found] == [case[key] for key in ("words",) if key in case], case["reason"]
    if "latitude" in case:
        assert found[0].point == pytest.approx((case["latitude"], case["longitude"]), abs=1e-4), case["reason"]
        assert found[0].uncertainty_km == pytest.approx(case["km"], rel=0.02)
    elif found:
        assert found[0].point is None, case["reason"]


LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def only(text: str) -> Coordinates:
    (found,) = find_coordinates(text)
    return found


@given(LATITUDES, LONGITUDES)
def test_every_decimal_point_comes_back(latitude: float, longitude: float) -> None:
    found = only(f"at {abs(latitude):.4f}° {'NS'[latitude < 0]}, {abs(longitude):.4f}° {'EW'[longitude < 0]} today")
    assert found.point == pytest.approx((latitude, longitude), abs=6e-5)


@given(st.integers(0, 89), st.integers(0, 179), st.integers(0, 59), st.integers(0, 59), st.sampled_from("NS"))
def test_every_notation_of_a_position_says_the_same(lat: int, lon: int, minute: int, second: int, half: str) -> None:
    degrees = copysign(lat + minute / 60 + second / 3600, 1 if half == "N" else -1)
    other = lon + minute / 60 + second / 3600
    for text in (
        f"{lat}°{minute}'{second}\"{half} {lon}°{minute}'{second}\"E",
        f"{lat} {minute:02} {second:02} {half}, {lon} {minute:02} {second:02} E",
        f"{lat:02}-{minute:02}-{second:02}{half} {lon:03}-{minute:02}-{second:02}E",
        f"{lat:02}{minute:02}{second:02}{half}{lon:03}{minute:02}{second:02}E",
        f"{half} {lat}° {minute}' {second}\" E {lon}° {minute}' {second}\"",
    ):
        assert only(text).point == pytest.approx((degrees, other), abs=1e-4), text


MIXTURE = st.text(alphabet="0123456789.,°'\"′″ NSEWnse+-/()latlong:MGRSUTM\n٣²½", max_size=80)


@settings(max_examples=300)
@given(MIXTURE)
def test_laws(text: str) -> None:
    found = find_coordinates(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for one in found:
        assert one.span.of(text) == one.span.of(text).strip()
        assert one.uncertainty_km > 0
        assert one.point is None or (abs(one.point[0]) <= 90 and abs(one.point[1]) <= 180)


@pytest.mark.parametrize(
    "piece", ["1", "12 ", "36°12'", "N 36.2 ", "36.20 N 37.20 E, ", "37S ", "37S DB 12345 ", "lat ", "1.2,", "9G4F+"]
)
def test_hostile_lengths_take_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.perf_counter()
    find_coordinates(text)
    assert time.perf_counter() - began < 3


def test_a_name_takes_the_point_given_beside_it() -> None:
    (mention,) = read("A strike hit the village of Karm Sulayb (36.2021° N, 37.1343° E) on Monday.")
    assert (mention.name, mention.latitude, mention.longitude) == ("Karm Sulayb", 36.2021, 37.1343)
    assert mention.relation is not None
    assert (mention.relation.kind, mention.relation.words) == ("coordinates", "36.2021° N, 37.1343° E")
    assert mention.uncertainty_km == 0.05


def test_a_known_town_keeps_what_it_is_and_takes_the_finer_point() -> None:
    (mention,) = read("Shells fell on Mosul (36.3400, 43.1300) all night.")
    assert (mention.country, mention.admin1, mention.geonames_id) == ("IRQ", "Nineveh", 99072)
    assert (mention.latitude, mention.longitude) == (36.34, 43.13)


def test_a_given_point_chooses_among_namesakes() -> None:
    (mention,) = read("The factory in Tripoli (34.4300, 35.8400) burned down.")
    assert mention.country == "LBN"
    assert all(c.country != "LBN" or c.geonames_id != mention.geonames_id for c in mention.candidates)


def test_a_point_far_from_every_namesake_unties_the_name() -> None:
    (mention,) = read("The factory in Mosul (-12.5045, -76.7965) burned down.")
    assert (mention.country, mention.geonames_id) == (None, None)
    assert mention.latitude == -12.5045


def test_a_position_without_a_name_is_a_site_in_the_country_around() -> None:
    site, town = read("A drone crashed at 36.2500° N, 37.2000° E, and its engine was shown in Aleppo.")
    assert (site.precision, site.country, site.admin1, site.geonames_id) == ("site", "SYR", None, None)
    assert site.name == "36.2500° N, 37.2000° E"
    assert town.name == "Aleppo"


def test_a_position_in_a_country_or_province_named_beside_it() -> None:
    site, country = read("A convoy was hit at 33.5000° N, 43.9000° E in Iraq.")
    assert (site.country, site.within) == ("IRQ", 1)
    assert country.precision == "country"


def test_a_position_far_from_every_town_named_has_no_country() -> None:
    site = read("A ship was hit at 12.5500° N, 43.3000° E, the insurer in London said.")[0]
    assert site.country is None and site.latitude == 12.55


def test_numbers_off_the_earth_are_no_place_and_their_letters_neither() -> None:
    assert [m.name for m in read("A drone fell at 96.2021° N, 37.1343° E in Iraq.")] == ["Iraq"]


def test_what_holds_what_survives_new_mentions() -> None:
    text = "At 36.2500° N, 37.2000° E a drone fell; another hit Hasaka in northeastern Syria."
    found = read(text)
    town = next(m for m in found if m.name == "Hasaka")
    assert town.within is not None and found[town.within].name == "northeastern Syria"


@pytest.mark.parametrize(
    ("zone", "band", "square", "digits"),
    [(0, "S", "DB", "12"), (61, "S", "DB", "12"), (37, "A", "DB", "12"), (37, "S", "IB", "12"), (37, "S", "DB", "123")],
)
def test_no_such_grid_cell(zone: int, band: str, square: str, digits: str) -> None:
    assert from_mgrs(zone, band, square, digits) is None


# Position, its MGRS cell, and its plus code, as other programs give them.
REFERENCES = [
    ((0.0, 0.0), (31, "N", "AA", "6602100000"), "6FG22222+22"),
    ((48.85824, 2.29450), (31, "U", "DQ", "4825111937"), "8FW4V75V+7R"),
    ((-33.85678, 151.21530), (56, "H", "LH", "3490052285"), "4RRH46V8+74"),
]


@pytest.mark.parametrize(("point", "cell", "code"), REFERENCES)
def test_grids_agree_with_other_programs(
    point: tuple[float, float], cell: tuple[int, str, str, str], code: str
) -> None:
    square, area = from_mgrs(*cell), from_plus_code(code)
    assert square is not None and kilometres(square[0], point) < 0.01
    assert area is not None and kilometres(area[0], point) <= area[1] + 0.001


@pytest.mark.parametrize("code", ["", "8G5V", "8G5V4M7R", "AAAAAAAA+AA", "8G5V4+", "XXXXXXXX+XX"])
def test_no_such_plus_code_makes_no_trouble(code: str) -> None:
    found = from_plus_code(code)
    assert found is None or (abs(found[0][0]) <= 90 and abs(found[0][1]) <= 180)


@given(st.integers(-5, 70), st.booleans(), st.floats(-1e7, 1e8), st.floats(-1e8, 1e8))
def test_any_metres_give_a_point_on_the_earth_or_none(zone: int, north: bool, east: float, up: float) -> None:
    point = from_utm(zone, north, east, up)
    assert point is None or (abs(point[0]) <= 90 and abs(point[1]) <= 180)

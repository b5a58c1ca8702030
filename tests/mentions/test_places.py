"""Places: what is found, what it means, and laws that hold for any text."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casus.knowledge.gazetteer import load_gazetteer
from casus.knowledge.registry import load_registry
from casus.language import load_parser
from casus.mentions.places import RUNNERS_UP, find_places
from casus.mentions.places_actors import Theatre, read_theatre
from casus.records.mention import PlaceMention
from casus.records.span import Span

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "places.toml").read_text(encoding="utf-8"))["case"]


def read(text: str) -> tuple[PlaceMention, ...]:
    return find_places(load_parser().parse(text), load_gazetteer())


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = read(case["text"])
    assert [m.name for m in found] == [p["name"] for p in case["places"]], case["reason"]
    for mention, expected in zip(found, case["places"], strict=True):
        for key, value in expected.items():
            wanted = None if value in ("", "none") else value
            assert getattr(mention, key) == wanted, f"{mention.name}: {key}; {case['reason']}"


def test_every_precision_and_point_of_a_known_town() -> None:
    (mention,) = read("Fighting broke out in Mosul.")
    assert (mention.country, mention.admin1, mention.precision) == ("IRQ", "Nineveh", "town")
    assert mention.latitude == pytest.approx(36.3, abs=0.2)
    assert mention.longitude == pytest.approx(43.1, abs=0.2)
    assert mention.geonames_id == 99072


def test_runners_up_are_other_readings_best_first() -> None:
    mention = read("Police in Springfield, Illinois, found the car.")[0]
    shares = [c.score for c in mention.candidates]
    assert 0 < len(shares) <= RUNNERS_UP
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= s <= 1 for s in shares)
    assert all(c.geonames_id != mention.geonames_id for c in mention.candidates)


def test_shares_of_all_readings_are_at_most_one() -> None:
    for text in ("Police in Springfield, Illinois, found the car.", "He told the Boni council in Kenya to wait."):
        for mention in read(text):
            shares = [c.score for c in mention.candidates] + ([mention.score] if mention.score is not None else [])
            assert sum(shares) <= 1.005
            assert (mention.score is None) == (mention.latitude is None)


def test_a_name_that_is_left_open_keeps_its_readings() -> None:
    mention = read("He told the Boni council in Kenya to wait.")[0]
    assert mention.latitude is None and mention.score is None
    assert mention.candidates


def test_words_of_times_are_no_places() -> None:
    text = "The army attacked Gori on 16 March, a month after the fall of Baghdad."
    parse = load_parser().parse(text)
    times = (Span(text.index("16"), text.index(",")), Span(text.index("a month"), len(text) - 1))
    # A time told by a place keeps the place.
    assert [m.name for m in find_places(parse, load_gazetteer(), times=times)] == ["Gori", "Baghdad"]


def test_names_of_known_actors_are_no_places_and_tell_the_theatre() -> None:
    text = "Fighters of the Tigray People's Liberation Front left Mekelle; Boko Haram was not there."
    parse = load_parser().parse(text)
    found = find_places(parse, load_gazetteer(), registry=load_registry())
    assert [m.name for m in found] == ["Mekelle"]
    assert read_theatre(parse, load_registry()).countries["ETH"] > 0
    assert read_theatre(parse, None) == Theatre()


@pytest.mark.parametrize(
    "text",
    [
        "A" * 5000,
        "Al-" * 2000,
        "Aleppo, " * 800,
        "in of the " * 500,
        "Near\nNear\n" * 200,
        "St. " * 900,
        "(((Homs" * 300,
    ],
    ids=["letters", "articles", "list", "prepositions", "lines", "saints", "brackets"],
)
def test_hostile_text_is_read_quickly(text: str) -> None:
    begin = perf_counter()
    read(text)
    assert perf_counter() - begin < 20


def test_small_namesake_in_a_country_that_nothing_points_to_is_left_open() -> None:
    text = "Ukrainian shells hit Donetsk, Luhansk and Mariupol in Ukraine. A drone fell at Ontario Point Station."
    mention = read(text)[-1]
    assert mention.country in (None, "UKR")


def test_no_tokens_no_places() -> None:
    assert read("") == ()
    assert read("   \n ") == ()


WORDS = st.sampled_from(
    ["Aleppo", "the", "northern", "Syria", "near", "of", "Street", "border", "with", "Turkey", "'s", ",", "in",
     "km", "Paris", "Texas", "-", "al", "Qaeda", "U.S.", "state", "Ky.", "\n\n", "😀", "المدينة", "province", "camp",
     "(", "."]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_laws(text: str) -> None:
    found = read(text)
    assert found == read(text)
    for i, mention in enumerate(found):
        assert mention.span.of(text) == mention.name
        assert mention.within is None or (mention.within != i and 0 <= mention.within < len(found))
        assert (mention.latitude is None) == (mention.longitude is None)
        assert mention.country is None or len(mention.country) == 3
    for a, b in pairwise(found):
        assert a.span.end <= b.span.start

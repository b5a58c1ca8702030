"""The gazetteer: folding, look-up, the file, and the tables it is built from."""

from __future__ import annotations

import sqlite3
import threading
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import KnowledgeError
from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import GAZETTEER, Gazetteer, load_gazetteer
from casus.knowledge.gazetteer_names import fold, is_latin, loose, without_article, without_type
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
    start = time.perf_counter()
    gazetteer = Gazetteer()
    assert time.perf_counter() - start < 0.5
    start = time.perf_counter()
    for i in range(5000):
        gazetteer.lookup(f"Nowhere{i}")
    assert time.perf_counter() - start < 1.0
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


def test_every_place_has_a_sane_point_and_a_known_country() -> None:
    with sqlite3.connect(f"{GAZETTEER.as_uri()}?mode=ro", uri=True) as db:
        wrong = db.execute("SELECT count(*) FROM place WHERE abs(lat) > 90 OR abs(lon) > 180").fetchone()[0]
        codes = {row[0] for row in db.execute("SELECT DISTINCT country FROM place WHERE country IS NOT NULL")}
    db.close()
    assert wrong == 0
    assert all(len(c) == 3 and c.isupper() for c in codes)
    assert {c.code for c in load_countries().all} <= codes


def test_the_file_is_small_enough_to_ship() -> None:
    assert GAZETTEER.stat().st_size < 60_000_000


def test_supplement_rows_are_whole_and_lie_in_known_countries() -> None:
    codes = {c.code for c in load_countries().all} | {""}
    for kind, rows in tomllib.loads((PLACES / "supplement.toml").read_text(encoding="utf-8"))["places"].items():
        for name, country, admin1, lat, lon, others in rows:
            assert name and isinstance(admin1, str), (kind, name)
            assert country in codes, name
            assert -90 <= lat <= 90 and -180 <= lon <= 180, name
            assert all(isinstance(o, str) and o for o in others), name


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

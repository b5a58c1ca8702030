"""The days of feasts and the Islamic calendar."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.mentions.times_holidays import MONTH, feast_id, feasts, hijri_day, occurrences

YEARS = st.integers(1926, 2075)


@given(YEARS)
def test_ramadan_is_a_lunar_month_before_eid(year: int) -> None:
    found = occurrences(f"{MONTH}9", year)
    assert 1 <= len(found) <= 2
    for first, last in found:
        assert (last - first).days + 1 in (29, 30)
        eid = last + timedelta(days=1)
        assert eid in [days[0] for y in (year, year + 1) for days in occurrences("eid-al-fitr", y)]


@given(YEARS, st.integers(1, 12))
def test_months_of_the_islamic_calendar_follow_on_one_another(year: int, month: int) -> None:
    for _, last in occurrences(f"{MONTH}{month}", year):
        begins = last + timedelta(days=1)
        following = occurrences(f"{MONTH}{month % 12 + 1}", begins.year)
        assert begins in [days[0] for days in following]


@given(st.integers(1950, 2100))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    ((easter, _),) = occurrences("easter", year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
    ((orthodox, _),) = occurrences("orthodox-easter", year)
    assert orthodox.weekday() == 6
    assert orthodox >= easter


@pytest.mark.parametrize("name", sorted(f for f in feasts() if not f.startswith(MONTH)))
def test_every_feast_is_known_for_recent_years(name: str) -> None:
    for year in range(2012, 2027):
        assert occurrences(name, year) or feasts()[name].hijri, (name, year)


@pytest.mark.parametrize(
    ("words", "feast"),
    [("Eid-ul-Fitr", "eid-al-fitr"), ("EID AL ADHA", "eid-al-adha"), ("Sha‘ban", f"{MONTH}8"), ("Monday", None)],
)
def test_spellings(words: str, feast: str | None) -> None:
    assert feast_id(words) == feast


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1342, 1, 1), (1501, 1, 1), (1435, 9, 31), (1435, 13, 1), (0, 0, 0)]
)
def test_no_such_day(year: int, month: int, day: int) -> None:
    assert hijri_day(year, month, day) is None


def test_names_are_told_apart() -> None:
    names = [name for feast in feasts().values() for name in feast.names]
    assert len(names) == len(set(names))


def test_the_libraries_wait_until_a_feast_is_named() -> None:
    code = "import sys, casus.mentions.times; sys.exit(bool({'hijridate', 'holidays'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Filters as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import DateError, InputError
from casus.records.event import EVENT_TYPE, SUB_EVENT_TYPES
from casus.store.filters import actor_term, country_code, parse_bound, resolve, search_terms, sub_event_types


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("2022-06-16", "2022-06-16", "2022-06-16"),
        ("2022-06", "2022-06-01", "2022-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        (" 2022 ", "2022-01-01", "2022-12-31"),
        (date(2022, 6, 16), "2022-06-16", "2022-06-16"),
        (datetime(2022, 6, 16, 23, 59), "2022-06-16", "2022-06-16"),
    ],
)
def test_a_date_stands_for_its_days(given: str | date, first: str, last: str) -> None:
    assert (parse_bound(given, last=False), parse_bound(given, last=True)) == (first, last)


@pytest.mark.parametrize(
    "given",
    [
        "2022-02-30",
        "2022-13",
        "2022-00-01",
        "0000",
        "20220616",
        "yesterday",
        "",
        "2022-6-1",
        "٢٠٢٢",
        "2022-06-16T10:00",
    ],
)
def test_what_is_no_date(given: str) -> None:
    for last in (False, True):
        with pytest.raises(DateError, match="is no date: expected a day, a month or a year"):
            parse_bound(given, last=last)


@given(st.dates(), st.dates())
def test_bounds_out_of_order_are_refused(one: date, other: date) -> None:
    low, high = sorted((one, other))
    assert resolve({"since": low, "until": high}).since == low.isoformat()
    if low != high:
        with pytest.raises(DateError, match="lies after"):
            resolve({"since": high, "until": low})


@pytest.mark.parametrize(
    ("name", "code"),
    [("SYR", "SYR"), ("syr", "SYR"), ("Syria", "SYR"), ("  burkina   FASO ", "BFA"), ("cote d’ivoire", "CIV"),
     ("DR Congo", "COD"), ("Kosovo", "XKX")],
)  # fmt: skip
def test_countries(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize("name", ["Narnia", "SY", "", "%", "Syri"])
def test_no_country(name: str) -> None:
    with pytest.raises(InputError, match="no country"):
        country_code(name)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Battles", set(SUB_EVENT_TYPES["Battles"])),
        ("expl", set(SUB_EVENT_TYPES["Explosions/Remote violence"])),
        ("armed", {"Armed clash"}),
        ("attack", {"Attack"}),
        ("drone", {"Air/drone strike"}),
        ("ied", {"Remote explosive/landmine/IED"}),
        ("violence against", set(SUB_EVENT_TYPES["Violence against civilians"])),
        ("Protest", {*SUB_EVENT_TYPES["Protests"]}),
    ],
)
def test_types_by_how_they_begin(wanted: str, found: set[str]) -> None:
    assert sub_event_types(wanted) == found


def test_every_type_finds_itself() -> None:
    assert all(sub in sub_event_types(sub) and sub in sub_event_types(family) for sub, family in EVENT_TYPE.items())


@pytest.mark.parametrize("wanted", ["war", "", "  ", "%"])
def test_no_type(wanted: str) -> None:
    with pytest.raises(InputError, match="no event type"):
        sub_event_types(wanted)


def test_an_actor_is_looked_up_in_the_registry() -> None:
    assert "islamic-state" in actor_term("Daesh").registry
    assert actor_term("state:TUR:military").registry == {"state:TUR:military"}
    assert actor_term("Al-Nobody’s Men").words == "al nobody s men"
    assert actor_term("Al-Nobody’s Men").registry == frozenset()


@pytest.mark.parametrize("name", ["", "--", "%_"])
def test_no_actor(name: str) -> None:
    with pytest.raises(InputError, match="no actor"):
        actor_term(name)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("car bomb", ("car", "bomb")),
        ('"car bomb" market', ("car bomb", "market")),
        ('"  car \t bomb " ...', ("car bomb",)),
        ("bomb*", ("bomb*",)),
        ('un"closed quote', ('un"closed', "quote")),
    ],
)
def test_search_terms(text: str, terms: tuple[str, ...]) -> None:
    assert search_terms(text) == terms


@pytest.mark.parametrize("text", ["", "...", '""', '" "'])
def test_nothing_to_search(text: str) -> None:
    with pytest.raises(InputError, match="nothing to look for"):
        search_terms(text)

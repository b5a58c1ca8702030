"""Outlets, and the order of their dates."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.knowledge.countries import load_countries
from casus.knowledge.publishers import OUTLETS, load_publishers

TABLE = tomllib.loads(OUTLETS.read_text(encoding="utf-8"))


def test_the_table_names_its_source_and_real_countries() -> None:
    codes = {c.code for c in load_countries().all}
    order = TABLE["date_order"]
    used = {country for _, country, _ in TABLE["outlets"]["rows"]} | set(TABLE["endings"].values())
    assert TABLE["source"]
    assert used <= codes
    assert not set(order["month_first"]) & set(order["mixed"])


def test_no_outlet_and_no_address_comes_twice() -> None:
    names = [name.lower().removeprefix("the ") for name, _, _ in TABLE["outlets"]["rows"]]
    addresses = [a for _, _, many in TABLE["outlets"]["rows"] for a in many]
    assert len(set(names)) == len(names)
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize(
    ("publisher", "url", "country", "day_first"),
    [
        ("The Guardian", None, "GBR", True),
        ("Guardian Weekly of Nowhere", "https://www.theguardian.com/world/2019/x", "GBR", True),
        ("new york times", None, "USA", False),
        (None, "https://edition.cnn.com/a", "USA", False),
        (None, "https://newsinfo.inquirer.net/a", "PHL", False),
        (None, "https://news.example.co.uk/a", "GBR", True),
        (None, "http://www.example.com/uk/", None, None),
        ("Yonhap News Agency", None, "KOR", None),
        (None, "https://notcnn.com/", None, None),
        (None, "http://[::1", None, None),
        (None, None, None, None),
    ],
)
def test_where_an_outlet_writes_from(
    publisher: str | None, url: str | None, country: str | None, day_first: bool | None
) -> None:
    publishers = load_publishers()
    assert publishers.country(publisher, url) == country
    assert publishers.day_first(publisher, url) is day_first


@given(st.one_of(st.none(), st.text(max_size=40)), st.one_of(st.none(), st.text(max_size=60)))
def test_anything_may_stand_for_an_outlet(publisher: str | None, url: str | None) -> None:
    load_publishers().day_first(publisher, url)

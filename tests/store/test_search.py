"""Search in the texts: the same answers with FTS5 and without, and no operator gets through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.records.report import Report
from casus.store import Casebook
from sample_readings import sample

TEXTS = {
    "r1": "Gunmen stormed the market in N'Djaména. A car bomb went off.",
    "r2": "The car was found near the market; no bomb was in it.",
    "r3": "100% of the votes_counted AND NOT one OR two were \"void\".",
}  # fmt: skip


def fill(book: Casebook) -> Casebook:
    for own, text in TEXTS.items():
        start = sample().report.text
        book.add(replace(sample(f"{start}\n{text}"), report=Report(own, f"{start}\n{text}", f"Title of {own}")))
    return book


@pytest.fixture(params=["fts5", "like"])
def book(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Casebook]:
    if request.param == "like":
        monkeypatch.setattr("casus.store.opening.create_index", lambda connection: "like")
    with Casebook(":memory:") as opened:
        yield fill(opened)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("market", {"r1", "r2"}),
        ("car bomb", {"r1", "r2"}),
        ('"car bomb"', {"r1"}),
        ("MARKET gunmen", {"r1"}),
        ("stor*", {"r1", "r2", "r3"}),
        ("gunm*", {"r1"}),
        ("100%", {"r3"}),
        ("votes_counted", {"r3"}),
        ("AND NOT", {"r3"}),
        ("title r2", {"r2"}),
        ("nothing of the kind", set()),
    ],
)
def test_words_and_phrases(book: Casebook, text: str, found: set[str]) -> None:
    assert {e.report.id for e in book.events(text=text)} == found


def test_accents_do_not_matter_to_fts5() -> None:
    with Casebook(":memory:") as book:
        assert {e.report.id for e in fill(book).events(text="ndjamena OR")} == set()
        assert {e.report.id for e in book.events(text="djamena")} == {"r1"}


@pytest.fixture(scope="module")
def any_book() -> Iterator[Casebook]:
    with Casebook(":memory:") as opened:
        yield fill(opened)


@given(text=st.text(max_size=30))
def test_any_text_can_be_looked_for(any_book: Casebook, text: str) -> None:
    assert any_book.count(text=f"{text} market") <= 4
    assert any_book.count(actor=f"{text} nobody") == 0


HOSTILE = [
    'xyz" OR "car',
    "xyz OR car",
    "NEAR(car bomb)",
    "title:r1",
    "^Fighters zzz",
    "car NOT zzz",
    "{text} : market",
    "'; DROP TABLE report; --",
    "zzz\x00car",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_operators_are_words(book: Casebook, text: str) -> None:
    assert book.events(text=text) == []
    assert book.count() == 2 * len(TEXTS)

"""Search in the texts: the same answers with FTS5 and without, and no operator gets through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.records.report import Report
from casus.store import Casebook
from casus.store.filters import search_terms
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


@given(text=st.text(max_size=30).filter(lambda t: any(c.isalnum() for c in t)))
def test_any_text_can_be_looked_for(text: str) -> None:
    try:
        search_terms(text)
    except Exception:
        return
    with Casebook(":memory:") as book:
        book.add(sample())
        book.count(text=text)
        book.count(actor="x" + text)


HOSTILE = ['a" OR "b', "NEAR(a b)", "title:x", "a AND", "^a", "x -y", "col : z", "'; DROP TABLE report; --", "a\x00b"]


@pytest.mark.parametrize("text", HOSTILE)
def test_operators_are_words(book: Casebook, text: str) -> None:
    assert book.events(text=text) == []
    assert book.count() == 2 * len(TEXTS)

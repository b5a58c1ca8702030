"""Notes: what a coder is told about a report before trusting its reading."""

from __future__ import annotations

import pytest

from casus.notes import garbled_spans, notes_on
from casus.records.findings import Findings
from casus.records.mention import TimeMention
from casus.records.parse import Parse
from casus.records.report import Report
from casus.records.span import Span


def notes(text: str, *, published: str | None = "2024-05-15", times: tuple[TimeMention, ...] = ()) -> tuple[str, ...]:
    return notes_on(Report("r", text, published=published), Findings(Parse.of(text, (), ()), times=times))


def time(start: int, end: int, note: str | None) -> TimeMention:
    return TimeMention(Span(start, end), "DATE", "XXXX-06-16", None, None, "unknown", note)


@pytest.mark.parametrize(
    "text",
    [
        "A raid carried out by the elite West. . His successor fled.",
        "They attacked at dawn. , the army said.",
        "Was it over? ! Nobody knew.",
        "Ten died.\t; nine were hurt.",
    ],
)
def test_lost_words_leave_a_garbled_sentence(text: str) -> None:
    (note,) = notes(text)
    assert note.startswith("garbled sentence, words seem to be missing: “…")
    (span,) = garbled_spans(text)
    assert span.of(text).strip() in note


@pytest.mark.parametrize(
    "text",
    [
        "Ten died. Nine were hurt.",
        "He paid 5.50 dollars. .50 calibre rounds were found.",
        "The U.S. .45 pistol.",
        "They fled... and came back.",
        "“Stop!” he said.",
        "First line.\n. second line",
        "",
    ],
)
def test_sound_sentences_are_not_called_garbled(text: str) -> None:
    assert list(garbled_spans(text)) == []


def test_quotation_of_a_garbled_sentence_is_short_and_starts_at_a_word() -> None:
    text = "word " * 200 + "end. . Next."
    (span,) = garbled_spans(text)
    assert len(span) < 80
    assert span.of(text).startswith(" word")


def test_every_garbled_sentence_is_noted() -> None:
    text = "One left. . Two left. . Three."
    assert len(notes(text)) == len(list(garbled_spans(text))) == 2


@pytest.mark.parametrize("text", ["the armyâ€™s post", "a cafÃ© in Gao", "bad ï¿½ sign", "a \ufffd sign"])
def test_wrongly_decoded_characters_are_noted(text: str) -> None:
    assert any("wrongly decoded" in note for note in notes(text))


@pytest.mark.parametrize("text", ["a café in Gao", "the army’s post", "São Tomé and Ãngela"])
def test_proper_accents_are_not(text: str) -> None:
    assert notes(text) == ()


@pytest.mark.parametrize(
    "text", ["Rebels attacked the…", "Rebels attacked ...", "Rebels att [+1234 chars]", "The […] \n"]
)
def test_cut_text_is_noted(text: str) -> None:
    assert "the text seems to be cut off at its end" in notes(text)


@pytest.mark.parametrize("text", ["He said… no.", "An end.", "See [12]."])
def test_whole_text_is_not_called_cut(text: str) -> None:
    assert notes(text) == ()


def test_missing_publication_date_is_noted_where_there_are_times() -> None:
    text = "On June 16 they left."
    assert notes(text, published=None) == ()
    (note,) = notes(text, published=None, times=(time(3, 10, None),))
    assert note == "no publication date: dates without a year stay without one"
    assert notes(text, times=(time(3, 10, None),)) == ()


def test_time_that_stayed_unknown_says_why_once() -> None:
    text = "June 16, June 16."
    found = notes(text, times=(time(0, 7, "no year"), time(9, 16, "no year")))
    assert found == ("“June 16”: no year",)


def test_notes_on_dates_come_first() -> None:
    text = "On June 16 they left. . Bye…"
    kinds = [n.split(":")[0] for n in notes(text, published=None, times=(time(3, 10, "no year"),))]
    assert kinds[0] == "no publication date"
    assert kinds[1] == "“June 16”"
    assert kinds[2].startswith("garbled")
    assert kinds[3].startswith("the text seems to be cut")

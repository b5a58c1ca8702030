"""Words taken for names in texts whose capitals say nothing, and such texts recased."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.knowledge.names import CALENDAR, is_name
from casus.language.casing import in_capitals, recase


@pytest.mark.parametrize(
    "word",
    [
        "monday",
        "september",
        "syria",
        "syrian",
        "nigeria",
        "kharkiv",
        "mogadishu",
        "hezbollah",
        "taliban",
        "hamas",
        "borno",
    ],
)
def test_names(word: str) -> None:
    assert is_name(word)


@pytest.mark.parametrize(
    "word",
    ["march", "may", "army", "village", "attack", "killed", "police", "hospital", "market", "the", "of", "", "a"],
)
def test_words_that_are_no_names(word: str) -> None:
    assert not is_name(word)


def test_words_of_the_calendar_are_in_lower_case() -> None:
    assert {word.lower() for word in CALENDAR} == CALENDAR
    assert all(is_name(word) for word in CALENDAR)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("REBELS ATTACKED GAO ON MONDAY.", True),
        ("Rebels attacked Gao on Monday.", False),
        ("UN, US AND EU SAY no", True),
        ("US and EU officials met NATO.", False),
        ("", False),
        ("12:30 — ?!", False),
        ("قتل مسلحون", False),
    ],
)
def test_texts_in_capitals_are_told_by_their_letters(text: str, expected: bool) -> None:
    assert in_capitals(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("REBELS ATTACKED GAO ON MONDAY.", "Rebels attacked Gao on Monday."),
        ("IT ENDED. POLICE LEFT", "It ended. Police left"),
        ("“WE WON,” HE SAID.", "“We won,” he said."),
        ("TEN DIED\nNINE FLED", "Ten died\nNine fled"),
        ("SYRIA'S ARMY IN KHARKIV", "Syria's army in Kharkiv"),
        ("12 KILLED", "12 killed"),
    ],
)
def test_recased(text: str, expected: str) -> None:
    assert recase(text, lambda word: word.split("'")[0] in {"gao", "monday", "syria", "kharkiv"}) == expected


@given(st.text(max_size=80))
def test_recasing_moves_no_character(text: str) -> None:
    """Every offset of the recased text is one of the text: ß, İ and ﬁ have longer other cases."""
    recased = recase(text, lambda word: len(word) % 2 == 0)
    assert len(recased) == len(text)
    assert [c.casefold() if len(c.casefold()) == 1 else c for c in recased if not c.isalpha()] == [
        c.casefold() if len(c.casefold()) == 1 else c for c in text if not c.isalpha()
    ]


@given(st.text(max_size=80))
def test_recasing_is_idempotent(text: str) -> None:
    once = recase(text, lambda word: len(word) % 2 == 0)
    assert recase(once, lambda word: len(word) % 2 == 0) == once


@pytest.mark.parametrize("text", ["STRAẞE İSTANBUL ﬁRE ŉ", "ΣΊΣΥΦΟΣ ΣΑΣ"])
def test_letters_with_longer_other_cases_keep_their_place(text: str) -> None:
    assert len(recase(text, lambda word: True)) == len(text)

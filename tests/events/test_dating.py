"""Which time belongs to which event: the table `tests/cases/dating.toml`, and laws of dates."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.events.accounts import by_fullness, group_candidates
from casus.events.candidates import find_candidates
from casus.events.dating import FRESH_DAYS, LEAST, LEAST_ELSEWHERE, LEAST_REMOTE, date_of
from casus.events.dating_features import BACK, date_options
from casus.pipeline import find
from casus.records.event import EventDate
from casus.records.findings import Findings
from casus.records.report import Report

PUBLISHED = "2024-05-15"
"""A Wednesday."""

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "dating.toml").read_text(encoding="utf-8"))["case"]

PIECES = (
    "Rebels attacked an army post on Tuesday.",
    "The army has captured the bridge.",
    "In March gunmen killed four herders.",
    "They also burned the school, which soldiers had shelled.",
    "Two days later a mine exploded, killing a driver.",
    "Fighting, which began on 2 May, continued into Sunday.",
    "The general said on Monday that a siege of ten days was over.",
    "Warplanes are bombing the town; protesters will march next week.",
)
"""None names a year."""


@cache
def found_in(text: str, published: str | None) -> Findings:
    return find(Report("-", text, published=published))


def dated(text: str, words: str, published: str | None) -> tuple[EventDate, bool]:
    """The date of the event whose trigger lies in these words, and whether it is background."""
    findings = found_in(text, published)
    start = text.index(words)
    for group in group_candidates(findings, find_candidates(findings)):
        if any(start <= m.trigger.span.start and m.trigger.span.end <= start + len(words) for m in group):
            return date_of(findings, by_fullness(group), published)
    raise ValueError(f"no event at {words!r}")


def rows() -> list[Any]:
    found = []
    for row in CASES:
        fault = row.get("weakness")
        marks = [pytest.mark.xfail(strict=True, reason=fault, raises=AssertionError)] if fault else []
        found.append(pytest.param(row, id=row["id"], marks=marks))
    return found


@pytest.mark.parametrize("row", rows())
def test_an_event_has_the_time_that_the_text_ties_to_it(row: dict[str, Any]) -> None:
    date, background = dated(row["text"], row["words"], row.get("published", PUBLISHED) or None)
    start = row.get("start") or None
    assert (date.start, date.end) == (start, row.get("end", start)), row["why"]
    for name in ("precision", "value"):
        if name in row:
            assert getattr(date, name) == row[name], row["why"]
    assert background == row.get("background", background), row["why"]


def all_dates(text: str, published: str | None) -> list[EventDate]:
    findings = found_in(text, published)
    groups = group_candidates(findings, find_candidates(findings))
    return [date_of(findings, by_fullness(g), published)[0] for g in groups]


texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join)


@given(text=texts, published=st.sampled_from((None, "2024-05-15", "1999-01-02")))
def test_a_date_is_that_of_a_time_of_the_text_or_the_rule_for_fresh_news(text: str, published: str | None) -> None:
    findings = found_in(text, published)
    spans = {t.span for t in findings.times}
    for date in all_dates(text, published):
        if date.span is None:
            fresh = date.value == "XXXX-XX-XX" and date.end == published and date.precision == "week"
            assert fresh or date.start is date.end is date.value is None
        else:
            assert date.span in spans
        if date.start is not None and date.end is not None:
            assert date.start <= date.end


@given(text=texts)
def test_without_a_publication_date_and_a_year_no_event_has_a_year(text: str) -> None:
    assert not re.search(r"\d{4}", text)
    assert all(date.start is None and date.end is None for date in all_dates(text, None))


def test_the_options_of_an_event_do_not_grow_with_the_report() -> None:
    text = " ".join(f"On {day} May rebels attacked village number {day}." for day in range(1, 15)) * 3
    findings = found_in(text, PUBLISHED)
    assert len(findings.times) > 3 * BACK
    for group in group_candidates(findings, find_candidates(findings)):
        options = date_options(findings, group[:1], PUBLISHED)
        assert len(options) < 2 * BACK + 10


def test_a_time_of_another_sentence_needs_more_belief_than_the_events_own() -> None:
    assert LEAST < LEAST_ELSEWHERE < LEAST_REMOTE


def test_fresh_news_covers_the_seven_days_up_to_publication() -> None:
    date, background = dated("Rebels have captured the town of Tessalit.", "captured", "2024-03-03")
    assert (date.start, date.end, FRESH_DAYS) == ("2024-02-26", "2024-03-03", 6)
    assert not background

"""Dates that follow from a known event or an office-holder."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from casus.events.candidates import find_candidates
from casus.events.dating import date_of
from casus.events.known_dates import matches, with_known_date
from casus.events.known_years import MonthDay, in_year, lacks_year
from casus.knowledge.known_events import KnownEvent, load_chronicle
from casus.pipeline import find
from casus.records.event import NOWHERE, UNDATED, EventDate, Location
from casus.records.findings import Findings
from casus.records.report import Report

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "known_dates.toml").read_text(encoding="utf-8")
)["case"]


@cache
def found_in(text: str, published: str | None = None) -> Findings:
    return find(Report("r", text, published=published))


def dated(text: str, published: str | None = None, location: Location = NOWHERE) -> tuple[EventDate, bool]:
    """The date of all that a sentence tells, taken for one account."""
    findings = found_in(text, published)
    members = find_candidates(findings)
    assert members, "nothing is told"
    return with_known_date(findings, members, date_of(findings, members, published), location, published)


@pytest.mark.parametrize("event", load_chronicle().events, ids=lambda e: e.id)
def test_an_example_finds_its_own_row_and_no_other(event: KnownEvent) -> None:
    when, _ = dated(event.example)
    assert when.inferred and when.note is not None and when.span is not None
    assert when.note.startswith(f"dated by a known event: {event.name}, ")
    assert when.note.endswith(f"({event.source})")
    assert when.start is not None and when.end is not None
    assert when.start <= event.end.isoformat() and when.end >= event.start.isoformat()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_case(case: dict[str, Any]) -> None:
    location = Location("Sousse", "NGA", None, None, None, None, "town", False, None)
    where = location if "Nigeria" in case["text"] else NOWHERE
    when, background = dated(case["text"], case.get("published"), where)
    if not case["start"]:
        assert not when.inferred
        assert when.start is None or case.get("published"), "a year out of nowhere"
        assert case.get("note", "") in (when.note or "") and bool(case.get("note")) == bool(when.note)
        return
    assert (when.start, when.end, when.precision) == (case["start"], case["end"], case["precision"])
    assert when.inferred == case.get("inferred", True)
    assert background or not case.get("background")


def test_the_span_is_the_words_that_identify_it() -> None:
    text = "American commandos killed Osama bin Laden in Abbottabad."
    when, _ = dated(text)
    assert when.span is not None and when.span.of(text) == "killed Osama bin Laden"


def test_a_date_that_lacks_its_year_keeps_its_own_words() -> None:
    text = "Fighters of the Islamic State captured Palmyra in May."
    when, _ = dated(text)
    assert when.span is not None and (when.span.of(text), when.value) == ("May", "2015-05")


def test_another_country_contradicts() -> None:
    text = "American commandos killed Osama bin Laden."
    assert dated(text)[0].inferred
    elsewhere = Location("Khartoum", "SDN", None, None, None, None, "town", False, None)
    assert dated(text, location=elsewhere)[0] == UNDATED


def test_two_known_events_in_one_account_date_nothing() -> None:
    text = "American commandos killed Osama bin Laden and killed Abu Bakr al-Baghdadi."
    findings = found_in(text)
    members = find_candidates(findings)
    assert len(matches(findings, members)) == 2
    assert not with_known_date(findings, members, (UNDATED, False), NOWHERE, None)[0].inferred


def test_a_date_that_is_known_is_left_alone() -> None:
    text = "American commandos killed Osama bin Laden in Abbottabad."
    findings = found_in(text)
    known = (EventDate("2010-01-01", "2010-01-01", "day", "2010-01-01", None), True)
    assert with_known_date(findings, find_candidates(findings), known, NOWHERE, None) == known


@pytest.mark.parametrize("value", ["XXXX-13", "XXXX-00-10", "XXXX-WXX-5", "XXXX", "PAST_REF", "2016-03", None])
def test_only_months_and_days_lack_a_year(value: str | None) -> None:
    assert lacks_year(EventDate(None, None, "unknown", value, None)) is None


def test_february_29_has_few_years() -> None:
    leap = EventDate(None, None, "unknown", "XXXX-02-29", None)
    partial = lacks_year(leap)
    assert partial == MonthDay(2, 29)
    assert partial is not None and in_year(leap, partial, 2019) == leap
    assert in_year(leap, partial, 2020).start == "2020-02-29"

"""Publication dates found in addresses, headers, footers and datelines."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.intake.publication import Clue, choose, find_publication, header_dates, with_publication
from casus.intake.written_dates import FIRST_YEAR, LAST_YEAR, dates_in, line_date, url_dates
from casus.records.report import Report

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "publication.toml").read_text(encoding="utf-8")
)["case"]


def report(text: str, url: str | None = None, published: str | None = None) -> Report:
    return Report("r", text, url=url, published=published)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_case(case: dict[str, Any]) -> None:
    found = find_publication(report(case["text"], case.get("url")))
    expected = case["published"]
    if len(expected) == len("2016-10"):
        assert found is not None and found.start is not None and found.end is not None
        assert (found.start.isoformat()[:7], found.end.isoformat()[:7], found.published) == (expected, expected, None)
        assert found.start.day == 1 and found.end.day >= 28
    else:
        assert (found.published or "" if found else "") == expected
    if "note" in case:
        assert found is not None and case["note"] in found.note


def test_the_report_keeps_its_id_and_text_and_says_where_the_date_is_from() -> None:
    bare = report("Published: 12 March 2016\n\nShells fell.")
    dated = with_publication(bare, find_publication(bare))
    assert (dated.id, dated.text, dated.published) == (bare.id, bare.text, "2016-03-12")
    assert dated.notes == ("publication date 2016-03-12 taken from the text (“Published: 12 March 2016”)",)


def test_a_date_that_came_with_the_report_is_never_replaced() -> None:
    given_one = report("Published: 12 March 2016\n\nShells fell.", published="2020-01-01")
    assert with_publication(given_one, find_publication(given_one)) is given_one


def test_what_a_page_says_of_itself_comes_first() -> None:
    day, other = date(2016, 3, 12), date(2015, 1, 1)
    page, line = Clue("page", day, day, "2016-03-12T10:00"), Clue("published", other, other, "Published 1 January 2015")
    found = choose([line, page])
    assert found is not None and found.published == "2016-03-12" and "the page" in found.note


def test_no_clue_no_date() -> None:
    assert choose([]) is None
    assert find_publication(report("Shells fell on Tuesday.")) is None
    assert find_publication(report("", "")) is None


@pytest.mark.parametrize("url", ["http://[broken", "not a url", "/2016/03", "http://x/?date=&date", "x?" + "&" * 500])
def test_broken_addresses_say_nothing(url: str) -> None:
    assert url_dates(url) == []


DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
WRITTEN = st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y", "%A, %d %B %Y"])


@given(DAYS, WRITTEN, st.sampled_from(["Published: ", "Posted on ", "Date: ", "FIRST PUBLISHED ", "Updated "]))
def test_every_day_that_is_written_out_is_found(day: date, form: str, label: str) -> None:
    found = find_publication(report(f"Shells fell\n{label}{day.strftime(form)}\n\nFour people died."))
    assert found is not None and found.published == day.isoformat()


PIECES = st.sampled_from(
    [
        "Published",
        "Updated",
        "Date",
        ":",
        " ",
        "\n",
        "12",
        "March",
        "2016",
        "31",
        "02",
        "/",
        "-",
        "(",
        ")",
        ",",
        "–",
        "3/4/2016",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=200)
def test_any_text_and_address_is_read_without_failing(text: str) -> None:
    found = find_publication(report(text, text))
    if found is not None and found.start is not None and found.end is not None:
        assert date(FIRST_YEAR, 1, 1) <= found.start <= found.end <= date(LAST_YEAR, 12, 31)
        digits = "".join(c for c in text if c.isdigit())
        assert all(c in digits for c in str(found.start.year))
        if found.published:
            assert str(found.start.day) in digits


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=200)
def test_dates_of_the_header_stand_where_they_are_said_to(text: str) -> None:
    for span in header_dates(text):
        assert span.end <= len(text) and dates_in(span.of(text), at_start=True)


def test_the_header_s_own_dates() -> None:
    text = "Shells fell\r\n  Published: 12 March 2016\n\tUpdated: 13 March 2016\n\nFour died on 11 March 2016."
    assert [span.of(text) for span in header_dates(text)] == ["12 March 2016", "13 March 2016"]


@given(st.lists(PIECES, max_size=40).map("".join))
def test_words_of_a_date_stand_where_they_are_said_to(line: str) -> None:
    found = [*dates_in(line), *filter(None, [line_date(line.strip(" \t|()[]"))])]
    assert all(line.strip(" \t|()[]")[d.at :].startswith(d.words) or line[d.at :].startswith(d.words) for d in found)


@pytest.mark.parametrize(
    "hostile", ["A-" * 40_000, "Published " * 20_000, "(" * 50_000, "2016-" * 40_000, "BY " * 30_000]
)
def test_hostile_text_costs_little(hostile: str) -> None:
    assert find_publication(report(hostile, hostile)) is None

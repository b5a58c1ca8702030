"""Times of a report of which only the month of publication is known."""

from __future__ import annotations

from datetime import date

import pytest

from casus.language import load_parser
from casus.mentions.times_bounded import find_times_bounded
from casus.records.mention import COUNTED_FROM_MONTH, TimeMention

FIRST, LAST = date(2016, 10, 1), date(2016, 10, 31)


def one(text: str) -> TimeMention:
    (found,) = find_times_bounded(load_parser().parse(text), FIRST, LAST)
    return found


def test_today_is_some_day_of_the_month() -> None:
    found = one("Shells hit the market today, officials said.")
    assert (found.start, found.end, found.precision, found.value) == ("2016-10-01", "2016-10-31", "month", "2016-10")
    assert found.note == COUNTED_FROM_MONTH


def test_a_date_that_both_ends_of_the_month_resolve_alike_is_certain() -> None:
    found = one("Shells hit the market on June 16, officials said.")
    assert (found.start, found.end, found.precision, found.note) == ("2016-06-16", "2016-06-16", "day", None)


def test_a_weekday_is_bounded() -> None:
    found = one("Shells hit the market on Tuesday, officials said.")
    assert found.start is not None and found.end is not None
    assert found.start >= "2016-09-24" and found.end <= "2016-10-31" and found.precision != "day"


@pytest.mark.parametrize("day", ["October 16", "16 October"])
def test_a_day_of_the_month_itself_gets_no_other_year(day: str) -> None:
    found = one(f"Shells hit the market on {day}, officials said.")
    assert found.start is None or (found.start, found.end) == ("2016-10-16", "2016-10-16")


def test_a_written_year_stays() -> None:
    assert one("Shells hit the market on 3 May 2014.").start == "2014-05-03"

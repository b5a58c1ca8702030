"""How displays say that a date is inferred."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from casus.cli.terminal import open_console, print_reading
from casus.records.display import page
from casus.records.event import UNDATED, EventDate
from casus.records.wording import date_note
from sample_readings import sample

REASON = "dated by a known event: the raid on the mill <b>, 2019-05-03 (the archive)"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (UNDATED, None),
        (replace(UNDATED, inferred=True), "inferred"),
        (replace(UNDATED, note="between 2001 and 2009"), "between 2001 and 2009"),
        (replace(UNDATED, inferred=True, note=REASON), f"inferred: {REASON}"),
    ],
)
def test_words(when: EventDate, words: str | None) -> None:
    assert date_note(when) == words


def test_the_page_and_the_terminal_show_the_reason() -> None:
    reading = sample()
    dated = replace(reading.events[0], date=replace(reading.events[0].date, inferred=True, note=REASON))
    reading = replace(reading, events=(dated, *reading.events[1:]))
    html = page((reading,))
    assert "inferred: dated by a known event" in html and "mill &lt;b&gt;" in html and "mill <b>" not in html
    stream = io.StringIO()
    print_reading(open_console(stream, "never"), reading)
    assert "date inferred: dated by a known event" in " ".join(stream.getvalue().split())


def test_a_date_of_the_report_itself_has_no_note() -> None:
    assert "inferred" not in page((sample(),))

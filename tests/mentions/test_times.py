"""Time expressions: the table of cases, and laws that hold for any text."""

from __future__ import annotations

import re
import time
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.language import load_parser
from casus.mentions.times import find_times
from casus.mentions.times_calendar import Point, range_of, shift_point, value_of
from casus.mentions.times_scanned import unscanned
from casus.records.mention import TimeMention
from casus.records.parse import Parse

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parents[1] / "cases").glob("times*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def times_of(text: str, published: str | None = None) -> tuple[TimeMention, ...]:
    return find_times(load_parser().parse(text), published)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        [m.span.of(text), m.type, m.value or "", m.start or "", m.end or "", m.precision]
        for m in times_of(text, case.get("published"))
    ]
    assert found == case["times"], case["reason"]


def test_case_ids_are_unique() -> None:
    ids = [c["id"] for c in CASES]
    assert len(ids) == len(set(ids))


def test_unknown_days_say_why() -> None:
    (june,) = times_of("Soldiers arrested the commander on June 16.")
    assert june.note == "no year given, and none to be had"
    (yesterday,) = times_of("He was shot yesterday.")
    assert yesterday.note == "no publication date to count from"
    (february,) = times_of("He was killed on February 30, 2021.")
    assert february.note == "no such day"
    (figures,) = times_of("He was killed on 03/04/2021.")
    assert figures.note == "day or month first cannot be told"


def test_words_read_as_a_scanner_took_them_are_noted() -> None:
    text = "The rnen carne to the farrn in the surnrner of 2015, and the arrned group left on 2O Septernber."
    summer, september = times_of(text, "2016-05-18")
    assert summer.note == 'scanned badly; read as "the summer of 2015"'
    assert (september.span.of(text), september.start) == ("2O Septernber", "2015-09-20")


@given(st.lists(st.sampled_from(("rn", "m", "Septernber", " ", "Arrned rnen", "torn", "Rn", "tornorrow", "é", "\n"))))
def test_a_scanned_text_keeps_its_offsets(pieces: list[str]) -> None:
    text = "".join(pieces)
    mended = unscanned(text, {"september", "tomorrow", "m"})
    assert mended.offset(len(mended.text)) == len(text)
    for index, letter in enumerate(mended.text):
        start, end = mended.offset(index), mended.offset(index + 1)
        assert text[start:end].lower() == (letter.lower() if end - start == 1 else "rn")


def test_contradictions_and_calendars_are_noted() -> None:
    (tuesday,) = times_of("He was shot on Tuesday 3 June 2015.", "2015-06-17")
    assert tuesday.note == "the date is not that day of the week"
    (wednesday,) = times_of("He was shot on Wednesday 3 June 2015.", "2015-06-17")
    assert wednesday.note is None
    (eid,) = times_of("He was shot on Eid al-Fitr.", "2015-09-17")
    assert eid.note is not None and "sighted" in eid.note
    (sunday,) = times_of("He was shot on Easter Sunday.", "2015-09-17")
    assert sunday.note is None


def test_the_publishers_habit_is_the_last_resort() -> None:
    parse = load_parser().parse("The raid on 03/04/2015 failed.")
    starts = {first: find_times(parse, None, day_first=first)[0].start for first in (True, False)}
    assert starts == {True: "2015-04-03", False: "2015-03-04"}
    parse = load_parser().parse("Raids on 03/04/2015 and on 04/25/2015 failed.")
    assert find_times(parse, None, day_first=True)[0].start == "2015-03-04"


@pytest.mark.parametrize("published", ["", "soon", "2022-13-45", "0000-00-00", "٢٠٢٢-٠٦-١٥", "2022"])
def test_broken_publication_date_counts_as_unknown(published: str) -> None:
    (mention,) = times_of("He was shot yesterday.", published)
    assert (mention.start, mention.end, mention.precision) == (None, None, "unknown")


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_ends_of_the_calendar(published: str) -> None:
    text = (
        "Yesterday, last week, two years ago, next month, tomorrow, at the weekend, 900 years later, in recent weeks."
    )
    for mention in times_of(text, published):
        assert mention.start is None or date.fromisoformat(mention.start)


def test_empty_text() -> None:
    assert times_of("") == ()
    assert times_of(" \n\n ") == ()


VOCABULARY = (
    "On in the last past next this that same of and to from until since by for between early mid late end ago later "
    "before after a few two 12 16 31 2014 1999 480 BC June May March Mar. Monday Friday Sat weekend week weeks day "
    "days month year years hours night morning dawn summer fall 1990s 16th first quarter yesterday today overnight "
    "recent now every Christmas Eve , . - – / ( ) ' s \n\n army killed said will was fighters 5:30pm 2022-06-16 9/9/99 "
    "Ramadan Eid Rajab 1435 Easter Passover half quarter third siege began then Q3 03/04/2015 121530ZMAR03 holy 90s"
)
WORDS = VOCABULARY.split(" ")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.sampled_from([None, "2022-06-15"]))
def test_mentions_are_ordered_disjoint_and_real_dates(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    found = times_of(text, published)
    assert found == times_of(text, published)
    for one, two in pairwise(found):
        assert one.span.end <= two.span.start
    for mention in found:
        assert mention.span.of(text).strip() == mention.span.of(text)
        days = [date.fromisoformat(d) for d in (mention.start, mention.end) if d]
        assert days == sorted(days)
        assert days or mention.precision == "unknown"


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("0123456789١٢٣٥²⅓/.-: TZzaAhHq,'\u2019thsMARJunRamadan\n\t"), max_size=40), st.booleans()
)
def test_any_signs_are_read_without_a_fault(text: str, dated: bool) -> None:
    for mention in times_of(f"On {text} Ramadan {text}.", "2022-06-15" if dated else None):
        for day in (mention.start, mention.end):
            assert day is None or date.fromisoformat(day)


YEARLESS = [w for w in WORDS if not re.search(r"\d{3}|BC|/|90s", w)]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(YEARLESS), max_size=30))
def test_no_year_is_ever_invented(words: list[str]) -> None:
    for mention in times_of(" ".join(words)):
        assert mention.start is None and mention.end is None, mention
        assert not re.match(r"\d{4}", mention.value or ""), mention


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_every_year_stands_in_the_text(words: list[str]) -> None:
    """With no publication date, a first day lies in a year, decade or century that the text writes, or next to one."""
    text = " ".join(words)
    written = _years(text)
    for mention in times_of(text):
        if mention.start is not None:
            year = int(mention.start[:4])
            assert any(first - 1 <= year <= last + 1 for first, last in written), (mention, text)


def _years(text: str) -> list[tuple[int, int]]:
    """First and last years of what a text writes with digits: 2014, 1990s, 9/9/99, 121530ZMAR03, 16th (century)."""
    years = [(int(y), int(y)) for y in re.findall(r"(?<!\d)[12]\d{3}(?!\d)", text)]
    years += [(int(y), int(y) + 9) for y in re.findall(r"(?<!\d)([12]\d{2}0)s", text)]
    years += [(1900 + int(y), 1909 + int(y)) for y in re.findall(r"(?<!\d)([3-9]0)s", text)]
    for short in re.findall(r"(?<!\d)\d\d(?!\d)", text):
        years += [(1900 + int(short), 1900 + int(short)), (2000 + int(short), 2000 + int(short))]
    years += [(100 * int(c) - 101, 100 * int(c)) for c in re.findall(r"(\d+)(?:st|nd|rd|th)", text)]
    if "1435" in text:  # of the Islamic calendar
        years.append((2013, 2014))
    return years


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 3))
def test_a_full_date_means_itself_in_every_order(day: date, order: int) -> None:
    month = day.strftime("%B")
    written = (f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", day.isoformat(), f"{day:%d.%m.%Y}")[
        order
    ]
    (mention,) = times_of(f"Two soldiers were killed there on {written} by a mine.", "2030-01-01")
    assert (mention.start, mention.end, mention.value) == (day.isoformat(),) * 3


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.sampled_from(["Monday", "Friday", "Sunday"]))
def test_a_past_weekday_lies_in_the_week_up_to_publication(published: date, weekday: str) -> None:
    (mention,) = times_of(f"Two soldiers were killed on {weekday}.", published.isoformat())
    assert mention.start is not None
    day = date.fromisoformat(mention.start)
    assert day.strftime("%A") == weekday
    assert timedelta(0) <= published - day <= timedelta(6)


@given(st.integers(-3000, 3000), st.integers(1, 12), st.integers(-40, 40))
def test_months_shift_there_and_back(year: int, month: int, count: int) -> None:
    point = Point(year, month)
    moved = shift_point(point, "MO", count)
    assert moved is not None
    assert shift_point(moved, "MO", -count) == point
    assert value_of(point) != value_of(moved) or count == 0


@given(st.integers(1, 9998), st.sampled_from(["SP", "SU", "FA", "WI", "Q1", "Q2", "Q3", "Q4"]))
def test_seasons_and_quarters_are_three_months_long(year: int, season: str) -> None:
    start, end, precision = range_of(Point(year, season=season))
    assert start is not None and end is not None and precision == "season"
    assert 89 <= (end - start).days + 1 <= 92


def _without_sentences(text: str) -> Parse:
    return Parse.of(text, (), ())


@pytest.mark.parametrize(
    "unit",
    [
        "May ", "1", "-", "12-14 ", "the last the ", "x", "\n\n", "(2014–", "'s ", "eid al ", "rabi ", "12, ",
        "3/4/2015 ", "1.", "121530z", "the first three ", "e" * 50, "2015/1/",
    ],
)  # fmt: skip
def test_hostile_lines_take_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    find_times(_without_sentences(text), "2022-06-15")
    assert time.process_time() - began < 5

"""Records in plain words."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.records.claim import AUTHOR, Claim, Speaker
from casus.records.event import EventDate, Location
from casus.records.figure import Figure, Quantity
from casus.records.mention import PlaceCandidate, PlaceRelation
from casus.records.span import Span
from casus.records.wording import (
    MAX_QUOTE,
    claim_words,
    date_words,
    day_words,
    event_marks,
    figure_words,
    headline,
    is_unsure,
    kilometre_words,
    place_words,
    point_words,
    quotation,
    reading_words,
    role_words,
)
from sample_readings import TEXT, empty, sample, span_of, spans_in, unsure


@pytest.mark.parametrize(
    ("start", "end", "precision", "value", "words"),
    [
        ("2022-06-16", "2022-06-16", "day", None, "16 June 2022"),
        ("2022-01-01", "2022-01-31", "month", None, "January 2022"),
        ("2022-02-01", "2022-02-28", "month", None, "February 2022"),
        ("2024-02-01", "2024-02-28", "week", None, "1–28 February 2024 (to the week)"),
        ("2022-06-13", "2022-06-19", "week", None, "13–19 June 2022 (to the week)"),
        ("2022-06-27", "2022-07-03", "week", None, "27 June – 3 July 2022 (to the week)"),
        ("2021-12-27", "2022-01-02", "week", None, "27 December 2021 – 2 January 2022 (to the week)"),
        ("2022-03-01", "2022-03-10", "day", None, "1–10 March 2022"),
        ("2015-01-01", "2015-04-30", "season", None, "January–April 2015 (to the season)"),
        ("2019-01-01", "2019-12-31", "year", None, "2019"),
        ("2018-01-01", "2019-12-31", "year", None, "2018–2019"),
        ("2022-01-01", "2022-06-17", "year", None, "1 January – 17 June 2022 (to the year)"),
        ("2022-06-01", None, "unknown", None, "from 1 June 2022"),
        (None, "2022-06-01", "unknown", None, "until 1 June 2022"),
        (None, None, "unknown", "XXXX-06-16", "16 June, year unknown"),
        (None, None, "unknown", "XXXX-02", "February, year unknown"),
        (None, None, "unknown", "XXXX-99-01", "date unknown"),
        (None, None, "unknown", None, "date unknown"),
    ],
)
def test_dates(start: str | None, end: str | None, precision: str, value: str | None, words: str) -> None:
    assert date_words(EventDate(start, end, precision, value, None)) == words  # type: ignore[arg-type]


def test_a_day_that_is_none_stays_as_it_is() -> None:
    assert day_words("soon") == "soon"
    assert day_words("2022-06-17T08:00:00+00:00") == "17 June 2022"


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (374, 374, 374, "374 killed"),
        (300, None, 999, "300–999 killed"),
        (12, 12, None, "at least 12 killed"),
        (None, 30, 30, "up to 30 killed"),
        (None, 7, None, "about 7 killed"),
        (None, None, None, "an unknown number of people killed"),
        (20000, None, 99999, "20,000–99,999 killed"),
        (0, 0, 0, "0 killed"),
    ],
)
def test_numbers(low: int | None, best: int | None, high: int | None, words: str) -> None:
    figure = Figure("f", None, "killed", "unknown", None, Quantity(low, best, high), False, None, "c", Span(0, 1))
    assert figure_words(figure, {}) == words


def test_a_figure_says_whose_people_and_what_it_is_part_of() -> None:
    figure = Figure("f", None, "casualties", "civilians", "a", Quantity(3, 3, 3), True, "g", "c", Span(0, 1))
    assert figure_words(figure, {"a": "Fishers"}) == (
        "3 killed or injured (civilians, Fishers, in total over a period, part of the total)"
    )


def test_civilians_are_not_said_twice() -> None:
    figure = Figure("f", None, "killed", "civilians", "a", Quantity(3, 3, 3), False, None, "c", Span(0, 1))
    assert figure_words(figure, {"a": "Civilians"}) == "3 killed (civilians)"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Location("Hasaka", "SYR", "Al-Hasakah", 1, 1, 1, "town", False, None), "Hasaka (town, Al-Hasakah, SYR)"),
        (Location("Hasaka", "SYR", None, 1, 1, 1, "town", True, None), "near Hasaka (town, SYR)"),
        (Location("near the river", None, None, None, None, None, "region", True, None), "near the river (region)"),
        (Location(None, "SYR", None, None, None, None, "unknown", False, None), "somewhere in SYR"),
        (Location(None, None, None, None, None, None, "unknown", False, None), "place unknown"),
    ],
)
def test_places(place: Location, words: str) -> None:
    assert place_words(place) == words


def told(name: str, kind: Any, words: str, to: str | None, **more: Any) -> Location:
    """A town of Syria that the text places by another."""
    relation = PlaceRelation(kind, words, Span(0, 1), to)
    place = Location(name, "SYR", None, 36.39423, 40.74772, None, "town", False, None, relation)
    return dataclasses.replace(place, **more)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (told("Hasaka", "offset", "12 km\nsouth of Hasaka", "Hasaka"), "12 km south of Hasaka (town, SYR)"),
        (told("Rumman", "offset", "12 km south of Hasaka", "Hasaka"), "Rumman, 12 km south of Hasaka (town, SYR)"),
        (told("Rumman", "coordinates", "36.2, 37.1", "Rumman"), "Rumman (town, SYR)"),
        (told("36.2, 37.1", "coordinates", "36.2, 37.1", None), "36.2, 37.1 (town, SYR)"),
        (told("the A-B road", "road", "the A-B road", "A", precision="region"), "the A-B road (region, SYR)"),
        (told("Hasaka", "near", "on the edge of Hasaka", "Hasaka", near=True), "on the edge of Hasaka (town, SYR)"),
    ],
)
def test_places_told_by_others(place: Location, words: str) -> None:
    assert place_words(place) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (told("X", "offset", "12 km south of X", "X", uncertainty_km=7.64), "36.3942, 40.7477 (within 7.6 km)"),
        (told("X", "coordinates", "36.39", "X", uncertainty_km=0.05),
         "36.3942, 40.7477 (as given in the text, within 50 m)"),
        (told("X", "near", "outside X", "X"), "36.3942, 40.7477"),
        (told("X", "near", "outside X", "X", latitude=None, longitude=None), None),
    ],
)  # fmt: skip
def test_points(place: Location, words: str | None) -> None:
    assert point_words(place) == words


@pytest.mark.parametrize(
    ("km", "words"),
    [(0.05, "50 m"), (0.99, "990 m"), (1.0, "1.0 km"), (7.64, "7.6 km"), (23.4, "23 km"), (1500, "1,500 km")],
)
def test_kilometres(km: float, words: str) -> None:
    assert kilometre_words(km) == words


@pytest.mark.parametrize(
    ("candidate", "words"),
    [
        (PlaceCandidate("Tripoli", "LBN", "North", 1, 2, 3, 0.418), "Tripoli (North, LBN) 42%"),
        (PlaceCandidate("Sea", None, None, 1, 2, None, 0.5), "Sea 50%"),
        (PlaceCandidate("Hasaka", "SYR", None, 1, 2, 3, 0.0012), "Hasaka (SYR) under 1%"),
    ],
)
def test_other_readings(candidate: PlaceCandidate, words: str) -> None:
    assert reading_words(candidate) == words


def test_one_reading_is_never_unsure() -> None:
    place = unsure().events[0].location
    assert is_unsure(place)
    assert not is_unsure(dataclasses.replace(place, candidates=()))
    assert not is_unsure(dataclasses.replace(place, score=0.6))
    assert not is_unsure(dataclasses.replace(place, score=None))


@pytest.mark.parametrize(
    ("speaker", "stance", "hedge", "words"),
    [
        (AUTHOR, "asserts", "none", "the report’s own word"),
        (AUTHOR, "asserts", "possible", "the report’s own word (possible)"),
        (AUTHOR, "denies", "none", "denied by the report itself"),
        (Speaker("it is believed", "unknown", None, None, "unknown", None), "asserts", "probable",
         "said by an unnamed source (probable)"),
        (Speaker("the army", "organisation", None, "SANA", "perpetrator side", None), "denies", "none",
         "denied by the army (through SANA, perpetrator side)"),
        (Speaker("police", "organisation", None, None, "none", None), "unknown", "none", "not confirmed by police"),
    ],
)  # fmt: skip
def test_claims(speaker: Speaker, stance: str, hedge: str, words: str) -> None:
    assert claim_words(Claim("c", speaker, None, Span(0, 1), stance, hedge)) == words  # type: ignore[arg-type]


def test_roles_of_an_agreement_are_not_against_each_other() -> None:
    clash = sample().events[0]
    deal = dataclasses.replace(clash, sub_event_type="Agreement")
    assert (role_words(clash, "actor2"), role_words(deal, "actor2")) == ("against", "and")


def test_marks_name_what_is_not_actual_or_is_past() -> None:
    event = sample().events[1]
    assert event_marks(event) == ["background"]
    assert event_marks(dataclasses.replace(event, actuality="planned", background=False)) == ["planned"]


def test_a_report_without_a_title_is_called_by_its_beginning() -> None:
    assert headline(empty("The derby\nended.")) == "The derby ended."
    assert headline(sample(title=None)).endswith(" …")


def test_the_shortest_frame_that_says_enough_is_quoted() -> None:
    wide, middle, tiny = (
        Span(0, 120),
        span_of("near Tolmaq on Friday, killing at least 12 soldiers"),
        span_of("12 soldiers"),
    )
    assert quotation(TEXT, span_of("12"), [wide, middle, tiny]).span == middle


def test_without_a_frame_the_sentence_is_quoted() -> None:
    words = quotation(TEXT, span_of("between 30"), []).span.of(TEXT)
    assert words == "The Front's spokesman denied that it had lost between 30 and 40 men."


def test_an_abbreviation_does_not_end_the_sentence() -> None:
    text = "Calm. The U.S. troops saw 3 men of the U.N. mission. Later it rained."
    assert quotation(text, span_of("3 men", text), []).span.of(text) == "The U.S. troops saw 3 men of the U.N. mission."


def test_quotation_marks_around_a_quotation_are_left_off() -> None:
    text = "“We lost nine men on the road to the river,” he said."
    whole = Span(0, text.index("” ") + 1)
    assert quotation(text, whole, [whole]).span.of(text) == "We lost nine men on the road to the river"


def test_a_long_quotation_is_cut_at_spaces_on_both_sides() -> None:
    text = f"{'before ' * 80}nine men died {'after ' * 80}"
    quoted = quotation(text, span_of("nine men died", text), [Span(0, len(text))])
    words = quoted.span.of(text)
    assert quoted.before and quoted.after and len(words) <= MAX_QUOTE
    assert set(words.split()) == {"before", "nine", "men", "died", "after"}


@given(st.text(st.sampled_from("ab .”\n"), min_size=1, max_size=1500), st.data())
def test_a_quotation_lies_in_the_text_and_is_no_longer_than_allowed(text: str, data: st.DataObject) -> None:
    focus = data.draw(spans_in(text))
    frames = data.draw(st.lists(spans_in(text), max_size=2))
    quoted = quotation(text, focus, frames)
    assert quoted.span.end <= len(text)
    assert len(quoted.span) <= MAX_QUOTE
    assert quoted.span.overlaps(focus) or not focus.of(text).strip(" ”")


def test_a_place_without_a_point_is_told_by_what_lies_round_it() -> None:
    bangui = PlaceCandidate("Bangui", "CAF", "Bangui", 4.3612, 18.555, 1, 0.9)
    place = Location(
        "Bornou quarter", "CAF", "Bangui", None, None, None, "site", False, span_of("Tolmaq"), within=bangui
    )
    assert place_words(place) == "Bornou quarter (site, in Bangui, CAF)"
    assert point_words(place) == "no point; Bangui is at 4.3612, 18.5550"
    assert point_words(dataclasses.replace(place, within=None)) is None

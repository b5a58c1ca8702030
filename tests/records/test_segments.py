"""Layers and segments: the text comes out whole, each character under exactly its layers."""

from __future__ import annotations

from hypothesis import given, settings

from casus.records.layers import events_of_claims, layers_of, segments_of
from casus.records.reading import Reading
from sample_readings import TEXT, readings, sample, span_of


@given(readings())
@settings(max_examples=50)
def test_segments_are_the_text_in_order_without_gaps(reading: Reading) -> None:
    text = reading.report.text
    assert "".join(s.span.of(text) for s in segments_of(text, layers_of(reading))) == text


@given(readings())
@settings(max_examples=50)
def test_a_segment_lies_under_exactly_the_layers_that_hold_it(reading: Reading) -> None:
    layers = layers_of(reading)
    for segment in segments_of(reading.report.text, layers):
        assert set(segment.layers) == {x for x in layers if x.span.overlaps(segment.span)}
        assert all(x.span.contains(segment.span) for x in segment.layers)


def test_layers_beyond_the_text_are_left_out() -> None:
    layers = layers_of(sample())
    short = TEXT[:40]
    assert "".join(s.span.of(short) for s in segments_of(short, layers)) == short


def test_words_feed_the_events_that_use_them() -> None:
    fed = {(x.span, x.kind): x.events for x in layers_of(sample())}
    assert fed[span_of("at least 12 soldiers"), "figure"] == (1,)
    assert fed[span_of("Friday"), "time"] == (1,)
    assert fed[span_of("shelled"), "weapon"] == (2,)


def test_a_place_mention_feeds_the_event_located_by_it() -> None:
    mentions = [x for x in layers_of(sample()) if x.record == "p1"]
    assert [x.events for x in mentions] == [(1,)]


def test_a_claim_that_only_gives_a_figure_still_belongs_to_its_event() -> None:
    assert events_of_claims(sample()) == {"clm_1": (1,), "clm_2": (1,), "clm_3": (2,)}


def test_the_authors_own_word_marks_nothing() -> None:
    assert not [x for x in layers_of(sample()) if x.record == "c3"]

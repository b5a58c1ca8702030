"""Laws of spans: half-open ranges of code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.records.span import Span
from sample_readings import spans_in

SPANS = spans_in("x" * 30)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 4), (-3, -1)])
def test_an_empty_reversed_or_negative_range_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


@given(SPANS, SPANS)
def test_overlap_is_mutual_and_means_a_shared_character(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@given(SPANS, SPANS)
def test_cover_holds_both_and_no_more(one: Span, other: Span) -> None:
    cover = one.cover(other)
    assert cover.contains(one) and cover.contains(other)
    assert len(cover) == max(one.end, other.end) - min(one.start, other.start)
    assert one.contains(other) == (cover == one)


@given(st.text(min_size=1), st.data())
def test_words_are_counted_in_code_points(text: str, data: st.DataObject) -> None:
    span = data.draw(spans_in(text))
    assert len(span.of(text)) == len(span)
    assert span.of("🕊" * 5 + text[5:]) == ("🕊" * 5 + text[5:])[span.start : span.end]

"""Passages in quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.claims.quotes import MAX_QUOTE, find_quotes


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('He said "go" and left.', ["go"]),
        ("He said “go” and left.", ["go"]),
        ('He said “go" and left.', ["go"]),
        ("He said ‘go’ and left.", ["go"]),
        ("He said 'go' and left.", ["go"]),
        ("He said «go» and left.", ["go"]),
        ('""Go,"" he said.', ["Go,"]),
        ("The soldiers' camp and the rebels' camp.", []),
        ("It's the army's.", []),
        ('A "b" c "d".', ["b", "d"]),
        ('"Never closed.\nNext line.', ["Never closed."]),
        ("“One paragraph. “Its next part.” End.", ["One paragraph.", "Its next part."]),
        ('A pole 5" long.', []),
        ('"" empty', []),
    ],
)
def test_quotes(text: str, inner: list[str]) -> None:
    assert [q.inner.of(text) for q in find_quotes(text)] == inner


@given(st.text(alphabet="\"'“”‘’«»` a.\n", max_size=120))
def test_quotes_are_in_order_apart_and_hold_their_words(text: str) -> None:
    found = find_quotes(text)
    for quote in found:
        assert quote.span.contains(quote.inner)
        assert "\n" not in quote.inner.of(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_a_mark_never_closed_does_not_swallow_the_text() -> None:
    text = '"' + "word " * 10_000
    assert all(len(q.span) <= MAX_QUOTE for q in find_quotes(text))

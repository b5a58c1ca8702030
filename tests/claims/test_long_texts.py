"""Thousands of quotations cost in proportion to their number."""

from __future__ import annotations

import time
from dataclasses import replace

from casus.claims.attitudes import find_attitudes
from casus.claims.attribution import find_claims
from casus.language import load_parser
from casus.records.parse import Parse
from casus.records.span import Span

PARAGRAPH = (
    '"We saw the column near Belo," said Mara Tull. "It had nine trucks. We counted them." The officer said the road '
    'was shut. He added that we may have lost two men. "Nobody ran," Tull said. OSH said a truck burned. '
    "The group wants talks.\n\n"
)


def repeated(parse: Parse, times: int) -> Parse:
    """The parse of a text that says the same again and again, without parsing it."""
    width, words, count = len(parse.text), len(parse.tokens), len(parse.sentences)
    tokens = tuple(
        replace(
            t,
            i=t.i + k * words,
            head=t.head + k * words,
            start=t.start + k * width,
            end=t.end + k * width,
            sentence=t.sentence + k * count,
        )
        for k in range(times)
        for t in parse.tokens
    )
    sentences = tuple(
        replace(
            s,
            index=s.index + k * count,
            first=s.first + k * words,
            last=s.last + k * words,
            span=Span(s.span.start + k * width, s.span.end + k * width),
        )
        for k in range(times)
        for s in parse.sentences
    )
    return Parse.of(parse.text * times, tokens, sentences)


def seconds(parse: Parse) -> float:
    start = time.process_time()
    claims = find_claims(parse, ())
    find_attitudes(parse, (), claims)
    return time.process_time() - start


def test_twice_the_quotations_take_about_twice_the_time() -> None:
    parse = load_parser().parse(PARAGRAPH)
    few, many = repeated(parse, 100), repeated(parse, 800)
    least = min(seconds(few), seconds(few))
    assert seconds(many) < 8 * 2.5 * least


def test_repetition_keeps_the_claims_of_a_passage() -> None:
    parse = load_parser().parse(PARAGRAPH)
    once, thrice = find_claims(parse, ()), find_claims(repeated(parse, 3), ())
    assert len(thrice) == 3 * len(once)

"""What people want and think of things, kept apart from what they say happened."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.claims.attitudes import find_attitudes
from casus.claims.attribution import find_claims
from casus.language import load_parser


def attitudes(text: str) -> list[tuple[str, str, str]]:
    """Who, by which word, about what."""
    parse = load_parser().parse(text)
    found = find_attitudes(parse, (), find_claims(parse, ()))
    return [(a.speaker.name, a.cue.of(text) if a.cue else "", a.content.of(text)) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor wants the camp closed.", [("The mayor", "wants", "the camp closed")]),
        ("The mayor wants to close the camp.", [("The mayor", "wants", "to close the camp")]),
        ("The elders urged the army to leave.", [("The elders", "urged", "the army to leave")]),
        ("The mayor supports the truce.", [("The mayor", "supports", "the truce")]),
        ("Ann Bell opposed a levy on coal at a rally.", [("Ann Bell", "opposed", "a levy on coal")]),
        ("Traders called for the road to be opened.", [("Traders", "called", "the road to be opened")]),
        ("The union sees the law as a threat.", [("The union", "sees", "the law as a threat")]),
        ("The elders are willing to talk.", [("The elders", "willing", "to talk")]),
        ("Ann Bell was critical of the plan.", [("Ann Bell", "critical", "the plan")]),
        ("The strike ended after Ann Bell's criticism of the plan.", [("Ann Bell", "criticism", "the plan")]),
        ("Asked about the raid, Ann Bell shrugged.", [("unknown", "Asked", "the raid")]),
        ("The law seeks to limit the trade.", []),
        ("The storm wants to break.", []),
    ],
)
def test_attitudes(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert attitudes(text) == expected


def test_a_wish_is_no_claim() -> None:
    """Who wants something does not say that anything happened."""
    assert find_claims(load_parser().parse("The rebels want to take Belo."), ()) == ()


def test_a_word_that_reports_a_claim_is_no_attitude_too() -> None:
    text = "The army promised to leave Belo."
    assert [c.content.of(text) for c in find_claims(load_parser().parse(text), ())] == ["to leave Belo"]
    assert attitudes(text) == []


PIECES = (
    *("The mayor", " wants", " rebels", " support", " the truce", " urged", " them", " to leave", " is critical of"),
    *(" demand", " for", " a levy", " attacked", " Belo", " who", " and", " sees it", " as", " said", " that", " ask"),
    *(". ", ", ", "\n\n", "“", "”", " – ", " (", ")", "?", ": ", " 🙂", " whether", " We", " they", " afraid", "’s"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_gives_attitudes_inside_it(text: str) -> None:
    parse = load_parser().parse(text)
    claims = find_claims(parse, ())
    found = find_attitudes(parse, (), claims)
    assert found == find_attitudes(parse, (), claims) and len(set(found)) == len(found)
    for attitude in found:
        for span in (attitude.cue, attitude.content, *filter(None, [attitude.speaker.span])):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip() != ""
        assert attitude.speaker.name.strip() and attitude.speaker.kind != "author"
        assert attitude.cue not in {c.cue for c in claims}


def test_nothing_comes_of_nothing() -> None:
    assert attitudes("") == []

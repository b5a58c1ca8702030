"""Interviews and transcripts: who speaks on which line."""

from __future__ import annotations

import pytest

from casus.claims.attribution import find_claims, speaker_of
from casus.claims.quotes import find_quotes
from casus.claims.speakers import Speakers
from casus.claims.turns import turns
from casus.language import load_parser
from casus.records.span import Span

INTERVIEW = (
    "The Belo Times spoke to Dr Lena Osk of the Loma clinic.\n\n"
    "Q: How many wounded did you see?\n"
    "A: We treated nineteen people. Four of them died.\n"
    "Q: Who fired?\n"
    "A: The shells came from the north. Do you doubt it?\n\n"
    "The army did not reply to our questions."
)
HEARING = (
    "CHAIR: Please begin, Mr Smith.\nSMITH: We left at dawn. The convoy had nine trucks.\n"
    "JONES: I saw it burn near Belo.\nSMITH: Nine men died.\n"
)
STORY = (
    "A nurse who worked at a clinic in Belo fled last week. She spoke to us on condition that her name not be used.\n\n"
    "When did the fighting reach you?\n\nThe army was on the hill. In one morning we received 30 wounded.\n\n"
    "Who fired the shells?\n\nI cannot know. My neighbour says the army did.\n\n"
    "The army did not reply to our questions."
)
LIST = "KENYA: Police shot two men.\nUGANDA: One man died.\nKENYA: A bus burned.\n"


def who(text: str, words: str) -> str:
    start = text.index(words)
    claim = speaker_of(find_claims(load_parser().parse(text), ()), Span(start, start + len(words)))
    return claim.speaker.name if claim is not None else "author"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (INTERVIEW, "treated nineteen people", "Lena Osk"),
        (INTERVIEW, "Four of them died", "Lena Osk"),
        (INTERVIEW, "shells came from the north", "Lena Osk"),
        (INTERVIEW, "How many wounded", "author"),
        (INTERVIEW, "Do you doubt it", "author"),
        (INTERVIEW.replace("Q:", "Belo Times:").replace("A:", "Osk:"), "Four of them died", "Lena Osk"),
        (INTERVIEW.replace("The Belo Times spoke to Dr Lena Osk of the Loma clinic.\n\n", ""), "Four of", "unknown"),
        (HEARING, "The convoy had nine trucks", "Smith"),
        (HEARING, "burn near Belo", "JONES"),
        (HEARING, "Nine men died", "Smith"),
        (HEARING + "\nThe hearing was told that John Smith drove the first truck.", "Nine men died", "John Smith"),
        (STORY, "army was on the hill", "A nurse"),
        (STORY, "received 30 wounded", "A nurse"),
        (STORY, "the army did", "My neighbour"),
        (LIST, "A bus burned", "author"),
    ],
)
def test_who_speaks_in_a_dialogue(text: str, words: str, name: str) -> None:
    assert who(text, words) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Note: nothing.",
        "Killed: 3\nWounded: 5\nKilled: 4\n",
        "Who fired?\n\nNobody knows.\n\nWho fell?\n\nNobody.\n",
    ],
)
def test_what_is_no_dialogue_has_no_turns(text: str) -> None:
    parse = load_parser().parse(text)
    assert turns(parse, Speakers(parse, ()), find_quotes(text)) == []


def test_many_labels_are_read_in_time() -> None:
    """Labels by the thousand are no dialogue of one, and cost no more than their length."""
    text = "".join(f"Place {k}: quiet.\n" for k in range(3000))
    parse = load_parser().parse("Quiet.")
    assert turns(type(parse).of(text, parse.tokens, parse.sentences), Speakers(parse, ()), ()) == []

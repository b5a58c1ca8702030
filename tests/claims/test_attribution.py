"""Who says what, how surely: sentences, passages, and laws that hold for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.claims.attribution import claims_over, find_claims, speaker_of
from casus.language import load_parser
from casus.records.actor import Actor
from casus.records.claim import ClaimMention
from casus.records.span import Span

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "claims.toml").read_text(encoding="utf-8")
)["case"]


def claims(text: str, *actors: Actor) -> tuple[ClaimMention, ...]:
    return find_claims(load_parser().parse(text), actors)


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def who(text: str, words: str, *actors: Actor) -> str:
    """The name of the innermost speaker over some words; "author" where there is none."""
    claim = speaker_of(claims(text, *actors), span(text, words))
    return claim.speaker.name if claim else "author"


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_claims(case: dict[str, Any]) -> None:
    text = case["text"]
    found = claims(text)
    plain = [[c.speaker.name, c.speaker.kind, c.content.of(text), c.stance, c.hedge] for c in found]
    if case.get("unordered"):
        plain, case["claims"] = sorted(plain), sorted(case["claims"])
    assert plain == case["claims"], case["reason"]
    if "via" in case:
        assert found[0].speaker.via == case["via"], case["reason"]
    if "via_last" in case:
        assert found[-1].speaker.via == case["via_last"], case["reason"]


PASSAGE = (
    "Gunmen shot five traders near Bor on Sunday, the head of the town council said. John Lado Deng said the "
    "traders were on their way home. He added that two had been buried.\n\n"
    "The market opened again on Monday. It stayed half empty.\n\n"
    'Sergeant Mary Akol, a police spokeswoman, said one suspect was held. "He had a rifle. He did not run." '
    "The spokeswoman later put the dead at six."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("two had been buried", "John Lado Deng"),
        ("The market opened again", "author"),
        ("It stayed half empty", "author"),
        ("one suspect was held", "Mary Akol"),
        ("He had a rifle", "Mary Akol"),
        ("He did not run", "Mary Akol"),
        ("the dead at six", "Mary Akol"),
    ],
)
def test_a_passage_has_its_speakers(words: str, name: str) -> None:
    """A pronoun, a lone quotation and "the spokeswoman" are who they stand for; bare sentences are the author's."""
    assert who(PASSAGE, words) == name


def test_an_unnamed_official_is_who_the_report_names_next() -> None:
    assert who(PASSAGE, "shot five traders") == "John Lado Deng"


def test_the_speaker_words_stay_those_of_the_place() -> None:
    text = "Colonel Peter Moro said the town was quiet. He said two posts were lost."
    second = speaker_of(claims(text), span(text, "two posts"))
    assert second is not None and second.speaker.span is not None
    assert (second.speaker.name, second.speaker.span.of(text)) == ("Peter Moro", "He")


def test_a_speaker_belongs_to_the_actor_named_with_it() -> None:
    text = "A spokesman for the Northern Front said its men had left the camp."
    front = Actor("a1", "Northern Front", "rebel group", None, None, None, (span(text, "Northern Front"),))
    assert claims(text, front)[0].speaker.actor == "a1"
    assert claims(text)[0].speaker.actor is None


def test_a_person_speaks_for_the_body_he_belongs_to() -> None:
    text = "Peter Moro said the camp was empty."
    front = Actor("a1", "Northern Front", "rebel group", None, None, None, ())
    moro = Actor("a2", "Peter Moro", "person", None, None, "a1", (span(text, "Peter Moro"),))
    assert claims(text, front, moro)[0].speaker.actor == "a1"


def test_innermost_claim_comes_first() -> None:
    text = "The army said that rebels believed the bridge was mined."
    over = claims_over(claims(text), span(text, "the bridge was mined"))
    assert [c.speaker.name for c in over] == ["rebels", "The army"]


def test_speaker_and_cue_are_no_content() -> None:
    text = "Two men died, the mayor said."
    assert claims_over(claims(text), span(text, "the mayor")) == ()
    assert claims_over(claims(text), span(text, "said")) == ()
    assert len(claims_over(claims(text), span(text, "Two men died, the mayor said"))) == 1


def test_doubt_inside_a_statement_is_the_speakers() -> None:
    text = "The colonel said the raiders had apparently crossed the border."
    claim = speaker_of(claims(text), span(text, "crossed"))
    assert claim is not None
    assert (claim.speaker.name, claim.hedge) == ("The colonel", "probable")


def test_a_press_statement_without_quotation_marks_runs_to_its_end() -> None:
    text = "Minister Ann Bell said:\n\nI welcome the truce. We will send aid.\n\nThe siege of Tor has ended.\n"
    assert who(text, "The siege of Tor has ended") == "Ann Bell"


def test_a_list_belongs_to_who_gives_it() -> None:
    text = "The army said in its daily note:\n1. A post was shelled.\n2. Two raiders were killed.\n\nRain fell in Tor."
    assert who(text, "Two raiders were killed") == "The army"
    assert who(text, "Rain fell") == "author"


def test_items_of_a_list_do_not_run_together() -> None:
    text = "- Tor: a shell hit the mill.\n- Bor: two men were shot, a nurse says."
    assert who(text, "two men were shot") == "a nurse"
    assert who(text, "a shell hit the mill") == "author"


def test_letters_stand_for_the_speaker_spelt_out_before() -> None:
    text = "Operation Steady Hand said a depot was hit. OSH said two trucks burned."
    assert who(text, "two trucks burned") == "Operation Steady Hand"


def test_a_new_statement_ends_the_one_before() -> None:
    text = "Minister Ann Bell said:\nWe welcome the truce.\n\nGeneral Peter Moro said:\nWe hold the pass.\n"
    assert who(text, "welcome the truce") == "Ann Bell"
    assert who(text, "hold the pass") == "Peter Moro"


def test_an_empty_text_has_no_claims() -> None:
    assert claims("") == ()
    assert claims(" \n ") == ()


def test_a_quotation_is_whoevers_who_is_named_only_behind_it() -> None:
    text = '"They came at dawn. They burned the mill." Amina Doro, 34, wept as she spoke.\n\nRain fell on Tor.'
    assert who(text, "came at dawn") == "Amina Doro"
    assert who(text, "burned the mill") == "Amina Doro"
    assert who(text.replace(" Amina Doro, 34, wept as she spoke.", ""), "came at dawn") == "author"


def test_a_report_goes_on_behind_a_statement() -> None:
    """Who adds or notes something is who spoke, wherever the tree hangs the words."""
    text = "Ann Bell said the road was shut, noting that two bridges were down, and added that a third was at risk."
    assert who(text, "two bridges were down") == "Ann Bell"
    assert who(text, "a third was at risk") == "Ann Bell"


RELEASE = (
    "The General Staff said that a post near Belo was attacked on Monday. Our valiant forces drove the raiders off. "
    "Nine raiders were killed.\n\nThe road to Loma is open again."
)


def test_a_statement_that_a_body_gives_out_is_its_own_to_the_end() -> None:
    assert who(RELEASE, "Nine raiders were killed") == "General Staff"
    assert who(RELEASE, "road to Loma is open") == "General Staff"


def test_our_correspondent_makes_no_statement_of_a_body() -> None:
    text = RELEASE.replace("Our valiant forces", "Our correspondent says that the army")
    assert who(text, "Nine raiders were killed") == "author"


@pytest.mark.parametrize(
    ("later", "name"),
    [
        ("police spokesman Ando Berik", "Ando Berik"),
        ("the mayor, Ando Berik", "police"),
        ("police inspector Ando Berik", "police"),
    ],
)
def test_police_are_the_spokesman_whom_the_report_names_next(later: str, name: str) -> None:
    text = f"A truck hit a gate in Belo on Sunday, killing six people, police said.\n\nIt went up at ten, said {later}."
    assert who(text, "killing six people") == name


def test_an_officer_for_information_is_a_spokesman() -> None:
    text = (
        "Jets bombed Belo on Tuesday, a resistance spokesman said.\n\n"
        "The press officer of the northern wing, Ando Berik, said that two jets came back."
    )
    assert who(text, "Jets bombed Belo") == "Ando Berik"


PIECES = (
    *("said", " the army", " police", " that", " according to", " He", " was reported", " reportedly", " denied"),
    *(" by", " two men were killed", " X", " may have", " no comment", ", ", ". ", "\n\n", ": ", ";", "(", ")"),
    *(
        '"',
        "“",
        "”",
        "'",
        "''",
        "«",
        "»",
        "— ",
        "\nQ: ",
        "\nA: ",
        "?",
        "\nSMITH: ",
        " our forces",
        " it is not true that",
    ),
    *(
        " no evidence that",
        " failed to confirm",
        " quoted",
        " as saying",
        " citing",
        " told Reuters",
        " took back its word",
    ),
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_gives_claims_inside_it(text: str) -> None:
    found = claims(text)
    assert found == claims(text)
    assert len(set(found)) == len(found)
    for claim in found:
        assert 0 <= claim.content.start < claim.content.end <= len(text)
        assert claim.content.of(text).strip() == claim.content.of(text)
        assert claim.speaker.name.strip()
        assert (claim.speaker.kind in ("unknown", "author")) or claim.speaker.span is not None
        assert claim.speaker.interest in ("unknown", "none")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.integers(0, 80), st.integers(1, 40))
def test_claims_over_are_nested_by_length(text: str, start: int, length: int) -> None:
    over = claims_over(claims(text), Span(start, start + length))
    assert [len(c.content) for c in over] == sorted(len(c.content) for c in over)
    assert all(c.content.overlaps(Span(start, start + length)) for c in over)

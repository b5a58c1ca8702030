"""Statements without an event of their own: which event they comment on, and how far they reach."""

from __future__ import annotations

import pytest

from casus.events.accounts import by_fullness, find_accounts, group_candidates
from casus.events.candidates import find_candidates
from casus.events.comments import AHEAD, BACK, Comments
from casus.pipeline import MIN_CONFIDENCE, find, read
from casus.records.account import Account
from casus.records.findings import Findings
from casus.records.report import Report

STRUCK = "Rebels attacked a market in Kano on Sunday, killing four people."
FILLER = "The harvest was late."


def found(text: str) -> tuple[Findings, Comments]:
    """The findings of a text with one event, and its comments."""
    findings = find(Report("r1", text, published="2024-05-15"))
    told = find_accounts(findings, published="2024-05-15", threshold=MIN_CONFIDENCE)
    members = group_candidates(findings, find_candidates(findings))
    (account,) = told.accounts
    kept: list[tuple[Account, object]] = [(account, by_fullness(members[0]))]
    return findings, Comments(findings, kept)  # type: ignore[arg-type]


def speakers(text: str) -> list[set[str]]:
    """The speakers of each event of a text."""
    reading = read(text, published="2024-05-15")
    names = {c.id: c.speaker.name for c in reading.claims}
    return [{names[c] for c in event.claims} for event in reading.events]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{STRUCK} The governor, Musa Bello, said the gunmen had come on motorcycles.", "Musa Bello"),
        (f'{STRUCK} "They came from the river and ran past my door," said Amina Sule, a nurse.', "Amina Sule"),
    ],
    ids=["official", "witness"],
)
def test_speaker_on_the_event_told_before(text: str, speaker: str) -> None:
    (who,) = speakers(text)
    assert speaker in who


def test_politics_is_no_comment() -> None:
    (who,) = speakers(f"{STRUCK} {FILLER} The finance minister said taxes on cars would rise.")
    assert "The finance minister" not in who


@pytest.mark.parametrize(("apart", "near"), [(1, True), (BACK, True), (BACK + 1, False)])
def test_reach_backwards(apart: int, near: bool) -> None:
    text = " ".join([STRUCK, *[FILLER] * (apart - 1), "The mayor said the road was open."])
    findings, comments = found(text)
    index = len(findings.claims) - 1
    assert comments.near(index) == ((0,) if near else ())


@pytest.mark.parametrize(("apart", "near"), [(1, True), (AHEAD, True), (AHEAD + 1, False)])
def test_reach_forwards(apart: int, near: bool) -> None:
    text = " ".join(["The mayor said the road was open.", *[FILLER] * (apart - 1), STRUCK])
    _, comments = found(text)
    assert comments.near(0) == ((0,) if near else ())


FEW_SO_FAR = "few coded statements stand nine sentences and more behind their event: their weight is hardly fitted"


@pytest.mark.parametrize(
    ("near", "far"), [(1, 2), pytest.param(3, 12, marks=pytest.mark.xfail(reason=FEW_SO_FAR, strict=True))]
)
def test_nearer_is_likelier_than_far(near: int, far: int) -> None:
    """Either side of the sentence from which a statement may come back to what the report opened with."""
    texts = (" ".join([STRUCK, *[FILLER] * (n - 1), "The mayor said it had been a quiet day."]) for n in (near, far))
    likely, less = (found(text)[1].likelihood(0, 0) for text in texts)
    assert 0 <= less < likely <= 1

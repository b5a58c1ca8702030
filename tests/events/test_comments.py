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


def test_speaker_on_the_event_told_before() -> None:
    (who,) = speakers(f"{STRUCK} The governor, Musa Bello, said the gunmen had come on motorcycles.")
    assert "Musa Bello" in who


TAXES = f"{STRUCK} {FILLER} The finance minister said taxes on cars would rise."


def test_politics_is_no_comment() -> None:
    (who,) = speakers(TAXES)
    assert "The finance minister" not in who


def test_witness_beside_the_event_is_likelier_than_politics() -> None:
    witness = f'{STRUCK} "They came from the river and ran past my door," said Amina Sule, a nurse.'
    heard, taxed = (found(text)[1].likelihood(0, 0) for text in (witness, TAXES))
    assert heard > taxed


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


@pytest.mark.parametrize(("near", "far"), [(1, 2), (3, 4), (3, 12), (8, 9)])
def test_nearer_is_likelier_than_far(near: int, far: int) -> None:
    """Either side of the sentence from which a statement may come back to what the report opened with."""
    texts = (" ".join([STRUCK, *[FILLER] * (n - 1), "The mayor said it had been a quiet day."]) for n in (near, far))
    likely, less = (found(text)[1].likelihood(0, 0) for text in texts)
    assert 0 <= less < likely <= 1

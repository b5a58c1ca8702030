"""Figures and speakers of an event: what says the same twice, what is only hearsay."""

from __future__ import annotations

import pytest

from casus.pipeline import read

Counted = list[tuple[str, int | None]]


def figures(text: str) -> list[Counted]:
    """The figures of each event of a text: outcome and number."""
    reading = read(text, published="2024-05-15")
    known = {f.id: f for f in reading.figures}
    return [[(known[f].outcome, known[f].quantity.best) for f in event.figures] for event in reading.events]


def speakers(text: str) -> list[set[str]]:
    """The speakers of each event of a text."""
    reading = read(text, published="2024-05-15")
    names = {c.id: c.speaker.name for c in reading.claims}
    return [{names[c] for c in event.claims} for event in reading.events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb in Kano killed two nurses and two drivers on Sunday.", [("killed", 2), ("killed", 2)]),
        (
            "A bomb in Kano on Sunday killed an old guard and a girl of nine.",
            [("killed", 1), ("killed", 1)],
        ),
        (
            "A bomb in Kano killed six people on Sunday. The bomb, which killed six people, lay in a bag.",
            [("killed", 6)],
        ),
    ],
    ids=["two-numbers", "two-persons", "said-again"],
)
def test_two_counted_by_one_word_are_two_figures(text: str, expected: Counted) -> None:
    (found,) = figures(text)
    assert sorted(found) == expected


def test_lives_lost_are_no_lasting_state() -> None:
    text = "Gunmen attacked a village near Kano on Sunday, an assault in which seven farmers lost their lives."
    assert ("killed", 7) in [f for event in figures(text) for f in event]


def test_hearsay_counts_only_where_nobody_known_tells() -> None:
    heard = "Rebels reportedly attacked a market in Kano on Sunday."
    (alone,) = speakers(heard)
    assert "unknown" in alone
    (with_mayor,) = speakers(f"{heard} The mayor, Musa Bello, said that the rebels killed four people in the attack.")
    assert "Musa Bello" in with_mayor
    assert "unknown" not in with_mayor


def test_a_doubt_inside_a_statement_takes_no_figure_from_its_speaker() -> None:
    text = (
        "A bomb hit a market in Kano on Sunday. Three people are thought to have been killed by the blast, "
        "the mayor, Musa Bello, said."
    )
    reading = read(text, published="2024-05-15")
    speaker = {c.id: c.speaker.name for c in reading.claims}
    assert {speaker[f.claim] for f in reading.figures} == {"Musa Bello"}


def test_who_owns_up_to_an_attack_is_among_those_who_tell_of_it() -> None:
    found = speakers(
        "A suicide bomber of al-Shabaab killed nine people at a bank in Baidoa on Sunday, a clerk said. Trade was back "
        "by noon. The road to the airport stayed shut. The group claimed responsibility for the attack."
    )
    assert any("Al-Shabaab" in names or "The group" in names for names in found)

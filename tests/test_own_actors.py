"""Reports read with the user's own actors: found, and named in the notes."""

from __future__ import annotations

from pathlib import Path

import pytest

import casus
from casus.errors import KnowledgeError
from casus.knowledge.registry import load_registry
from casus.pipeline import find, read_report
from casus.records.report import Report

TEXT = "Fighters of the Tern Wardens killed three soldiers near Moundou on Monday, the army said."
ROW = """\
source = "our team"
[[actors]]
id = "ours:tern"
name = "Tern Wardens"
kind = "rebel group"
countries = ["TCD"]
"""
NOTE = "actors were looked up in tables of the user's as well: ours.toml (1 row, "


@pytest.fixture(autouse=True)
def no_own_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUS_ACTORS", "")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    file = tmp_path / "ours.toml"
    file.write_text(ROW, encoding="utf-8")
    return file


def linked(reading: casus.Reading) -> set[str | None]:
    return {actor.registry for actor in reading.actors}


def test_own_actors_are_found_and_noted(ours: Path) -> None:
    plain = casus.read(TEXT, published="2031-03-04")
    assert "ours:tern" not in linked(plain)
    assert not any("tables of the user's" in note for note in plain.notes)
    told = casus.read(TEXT, published="2031-03-04", actors=[ours])
    assert "ours:tern" in linked(told)
    assert told.notes[-1].startswith(NOTE)
    assert str(ours.parent) not in told.notes[-1]


def test_a_table_may_be_given_in_any_way(ours: Path) -> None:
    told = casus.read(TEXT, actors=[ours])
    assert (
        casus.read(TEXT, actors=ours)
        == casus.read(TEXT, actors=str(ours))
        == casus.read(TEXT, actors=(x for x in [str(ours)]))
    )
    assert read_report(told.report, registry=load_registry((ours,))) == told


def test_the_table_of_the_user_is_used_everywhere(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASUS_ACTORS", str(ours))
    told = casus.read(TEXT)
    assert "ours:tern" in linked(told)
    assert told.notes[-1].startswith(NOTE)
    assert casus.read(TEXT, actors=[ours]) == told


def test_own_actors_are_names_in_a_text_of_capitals(ours: Path) -> None:
    ours.write_text(ROW.replace("Tern Wardens", "Wardens"), encoding="utf-8")
    report = Report("r", "ON MONDAY THE WARDENS KILLED THREE SOLDIERS NEAR MOUNDOU, THE ARMY SAID.")
    words = {t.text for t in find(report, registry=load_registry((ours,))).parse.tokens}
    assert "Wardens" in words and "Soldiers" not in words
    assert "Wardens" not in {t.text for t in find(report).parse.tokens}


def test_a_text_in_another_language_is_looked_up_in_nothing(ours: Path) -> None:
    text = "Die Armee meldete am Montag, dass bei dem Angriff auf das Dorf niemand verletzt worden sei."
    told = casus.read(text, actors=[ours])
    assert told.language == "de"
    assert not any("tables of the user's" in note for note in told.notes)


def test_a_table_that_has_changed_is_read_again(ours: Path) -> None:
    assert "ours:tern" in linked(casus.read(TEXT, actors=[ours]))
    ours.write_text(ROW.replace("ours:tern", "ours:tern-wardens"), encoding="utf-8")
    assert "ours:tern-wardens" in linked(casus.read(TEXT, actors=[ours]))


@pytest.mark.parametrize(
    "text, words", [(ROW.replace("TCD", "TCX"), "ours.toml:6: ours:tern: 'TCX' is no country"), ("", "no source")]
)
def test_a_broken_table_is_refused(ours: Path, text: str, words: str) -> None:
    ours.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=words):
        casus.read(TEXT, actors=[ours])

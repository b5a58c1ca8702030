"""Word lists are read once, name their source, and fail in one line when broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from casus.errors import KnowledgeError
from casus.knowledge.lexicon import load_lexicon, read_lexicon

OWN = ("numbers", "outcomes", "people", "weapons")


@pytest.mark.parametrize("name", OWN)
def test_each_lexicon_loads_and_names_its_source(name: str) -> None:
    assert load_lexicon(name)["source"]


def test_a_lexicon_is_read_once() -> None:
    assert load_lexicon("people") is load_lexicon("people")


def test_a_lexicon_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        load_lexicon("people")["source"] = "mine"  # type: ignore[index]


def test_a_missing_lexicon_is_a_knowledge_error() -> None:
    with pytest.raises(KnowledgeError, match="no lexicon cheeses"):
        load_lexicon("cheeses")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"source = ", "no UTF-8 TOML"),
        (b"\xff\xfe", "no UTF-8 TOML"),
        (b"words = []", "says no source"),
        (b"source = 1", "says no source"),
    ],
)
def test_a_broken_lexicon_is_a_knowledge_error(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(KnowledgeError, match=message):
        read_lexicon(file)


def test_each_noun_for_people_has_one_home() -> None:
    table = load_lexicon("people")
    words = [w for key in ("civilians", "combatants", "detainees", "unknown", "things") for w in table[key].split()]
    assert sorted(words) == sorted(set(words))


def test_phrases_for_outcomes_have_a_verb_and_more() -> None:
    phrases = load_lexicon("outcomes")["phrases"]
    assert all(len(p.split()) > 1 for roles in phrases.values() for group in roles.values() for p in group)

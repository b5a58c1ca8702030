"""The weights of the event stage: they load, say where they are from, and name features that exist."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import get_args

import pytest

from casus.errors import KnowledgeError
from casus.events import scoring_model
from casus.events.accounts import Context, group_candidates, tell
from casus.events.candidates import find_candidates
from casus.events.confidence import account_features, confidence_of
from casus.events.linking import link_features
from casus.events.participation import Casting
from casus.events.scoring_model import load_weights, probability, weighted_sum
from casus.events.trigger_groups import FAMILY
from casus.events.triggers import load_triggers
from casus.pipeline import find
from casus.records.actor import ActorKind
from casus.records.event import EVENT_TYPE, Actuality
from casus.records.findings import Findings
from casus.records.mention import PlacePrecision
from casus.records.report import Report
from told_reports import REPORTS

DAY = "2024-05-15"
MODELS = ("linking", "confidence")
SIDES = ("agents", "patients")
"""What features of `confidence` call the two sides."""


@pytest.fixture(scope="module")
def found() -> list[Findings]:
    return [find(Report(name, text, published=DAY)) for name, text in sorted(REPORTS.items())]


@pytest.fixture(scope="module")
def produced(found: list[Findings]) -> dict[str, set[str]]:
    """Names of features that the reports give."""
    names: dict[str, set[str]] = {name: set() for name in MODELS}
    for findings in found:
        candidates = find_candidates(findings)
        for j, second in enumerate(candidates):
            for first in candidates[:j]:
                names["linking"] |= set(link_features(findings, first, second))
        casting = Casting(findings)
        for members in group_candidates(findings, candidates):
            account, ordered, _ = tell(findings, members, Context((), casting, DAY))
            names["confidence"] |= set(account_features(findings, ordered, account))
    return names


def possible() -> dict[str, set[str]]:
    """Names that only some reports give: one a class, a word, a type, a pair of families."""
    lexicon = load_triggers()
    words = {
        f"words {form} {' '.join(entry.words)}"
        for form, table in (("verb", lexicon.verbs), ("noun", lexicon.nouns))
        for entries in table.values()
        for entry in entries
    }
    families = sorted(set(FAMILY.values()))
    pairs = {f"families {a}+{b}" for i, a in enumerate(families) for b in families[i + 1 :]}
    kinds = get_args(ActorKind)
    precisions = get_args(PlacePrecision)
    return {
        "linking": pairs,
        "confidence": words
        | {f"{name} {kind}" for name in ("class", "some") for kind in FAMILY}
        | {f"family {family}" for family in families}
        | {f"type {kind}" for kind in EVENT_TYPE}
        | {f"actuality {kind}" for kind in get_args(Actuality)}
        | {f"{side} {kind}" for side in SIDES for kind in kinds}
        | {f"place {kind}" for kind in precisions},
    }


OPEN = {"linking": ("direct ", "over ", "between: "), "confidence": ("dependency ",)}
"""Features named by the parser's labels or by words between two triggers."""

SELDOM = {
    "linking": {"far", "sentences apart", "two sentences on", "time: overlap", "time: same", "time: other value",
                "time: apart", "time: same words", "place: same", "place: same words", "place: other",
                "place: other country", "place: one is coarse", "roles crossed", "figure: same", "figure: other",
                "agents: shared", "agents: other", "patients: shared", "patients: other"},
    "confidence": {"hypothetical", "anterior", "ongoing", "perfect", "no agents", "no patients"},
}  # fmt: skip
"""Features that a report gives only by chance."""


@pytest.mark.parametrize("name", MODELS)
def test_models_say_where_they_are_from(name: str) -> None:
    path = files("casus.knowledge").joinpath("data", "models", f"{name}.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    assert "scripts/train" in content["source"] and "examples" in content["source"]
    assert content["weights"] == load_weights(name)
    assert "bias" in content["weights"]
    assert all(abs(weight) < 20 for weight in content["weights"].values())


def test_the_three_models_of_roles_say_where_they_are_from() -> None:
    path = files("casus.knowledge").joinpath("data", "models", "roles.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    assert "scripts/train_roles" in content["source"] and "examples" in content["source"]
    assert {name.partition(": ")[0] for name in content["weights"]} == {"first", "second", "beside"}
    assert all(abs(weight) < 20 for weight in content["weights"].values())


@pytest.mark.parametrize("name", MODELS)
def test_every_weight_is_of_a_feature_that_the_code_can_give(name: str, produced: dict[str, set[str]]) -> None:
    known = produced[name] | possible()[name] | SELDOM[name]
    dead = {w for w in load_weights(name) if w not in known and not w.startswith(OPEN[name])}
    assert dead == set()


@pytest.mark.parametrize("name", MODELS)
def test_reports_give_features_that_have_weights(name: str, produced: dict[str, set[str]]) -> None:
    """A renamed feature would leave its weight behind and be counted for nothing."""
    plain = {f for f in produced[name] if not f.startswith((*OPEN[name], "words ", "families "))}
    weighted = {f for f in plain if f in load_weights(name)}
    assert len(weighted) >= 0.9 * len(plain), sorted(plain - weighted)


def test_names_that_reports_seldom_give_stand_in_the_code() -> None:
    source = files("casus.events").joinpath("linking.py").read_text(encoding="utf-8")
    missing = {name for name in SELDOM["linking"] if f'"{name}"' not in source}
    assert missing <= {"agents: shared", "agents: other", "patients: shared", "patients: other"}
    assert "{name}: shared" in source and "{name}: other" in source


def test_weighted_sum_ignores_what_has_no_weight_and_the_order() -> None:
    weights = {"a": 2.0, "b": -0.5}
    assert weighted_sum(weights, {"a": 1.5, "b": 2.0, "unheard of": 9.0}) == 2.0
    assert weighted_sum(weights, {"b": 2.0, "a": 1.5}) == 2.0
    assert weighted_sum(weights, {}) == 0.0


def test_probability_is_safe_and_rises() -> None:
    values = [probability(x) for x in (-1e4, -5.0, 0.0, 5.0, 1e4)]
    assert values == sorted(values)
    assert (values[0], values[2], values[4]) == (0.0, 0.5, 1.0)
    assert probability(2.0) + probability(-2.0) == pytest.approx(1.0)


def test_missing_model_is_an_error_of_the_installation() -> None:
    with pytest.raises(KnowledgeError, match="reinstall"):
        scoring_model.load_weights("no such model")


def test_confidence_is_a_probability_of_three_digits(found: list[Findings]) -> None:
    for findings in found:
        casting = Casting(findings)
        for members in group_candidates(findings, find_candidates(findings)):
            account, ordered, _ = tell(findings, members, Context((), casting, DAY))
            value = confidence_of(findings, ordered, account)
            assert 0 <= value <= 1 and round(value, 3) == value == account.confidence

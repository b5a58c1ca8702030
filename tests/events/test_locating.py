"""Where an event happened: which of the places that a report names is the event's."""

import tomllib
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.events.accounts import by_fullness, find_accounts
from casus.events.candidates import Candidate, find_candidates
from casus.events.locating import locate
from casus.events.place_features import Setting
from casus.events.place_roles import ORDER, holders, role_of
from casus.events.scoring_model import load_weights
from casus.knowledge.lexicon import load_lexicon
from casus.pipeline import find
from casus.records.event import NOWHERE, Location
from casus.records.findings import Findings
from casus.records.report import Report

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "locating.toml").read_text(encoding="utf-8"))["case"]


@cache
def found(text: str) -> Findings:
    return find(Report("-", text, None, None, None, None))


def tellings(findings: Findings, words: str) -> tuple[Candidate, ...]:
    """The candidates whose triggers lie in the words, fullest first."""
    start = findings.parse.text.index(words)
    inside = [c for c in find_candidates(findings) if start <= c.trigger.span.start < start + len(words)]
    assert inside, f"no trigger in {words!r}"
    return by_fullness(tuple(inside))


def located(text: str, words: str) -> Location:
    findings = found(text)
    return locate(findings, tellings(findings, words), ())


def _marked(case: dict[str, str]) -> object:
    """A known miss must miss, so that its mark goes when it is mended."""
    marks = pytest.mark.xfail(strict=True, reason="known miss") if case.get("known_miss") else ()
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [_marked(c) for c in CASES])
def test_place(case: dict[str, str]) -> None:
    location = located(case["text"], case["words"])
    assert (location.name or "").endswith(case.get("place", "")), f"{location.name}: {case['why']}"
    assert (location.name is None) == ("place" not in case), case["why"]
    if "country" in case:
        assert location.country == case["country"], case["why"]


def test_cases_are_many_and_their_misses_few() -> None:
    assert len(CASES) >= 20
    assert sum(bool(c.get("known_miss")) for c in CASES) <= 2


def test_no_place_gives_nowhere() -> None:
    assert located("Two soldiers were killed by a bomb on Sunday.", "Two soldiers were killed") == NOWHERE


@pytest.mark.parametrize("case", [c for c in CASES if "place" in c], ids=lambda c: c["id"])
def test_words_stand_in_the_report(case: dict[str, str]) -> None:
    location = located(case["text"], case["words"])
    assert location.span is not None
    assert location.name is not None and location.name in location.span.of(case["text"])


def test_unknown_village_of_a_mixed_report_has_no_country() -> None:
    text = "Bombs went off in Paris, in Lagos, in Lima, in Dhaka and in Qarat Mazin village. Troops raided the village."
    location = located(text, "Troops raided the village")
    assert location.country in (None, *(p.country for p in found(text).places if p.name == location.name))


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("A bomb went off in Kabul.", "Kabul", "where"),
        ("A bomb went off on the outskirts of Kabul.", "Kabul", "where"),
        ("The siege of Aleppo went on.", "Aleppo", "of"),
        ("They fled from Kabul.", "Kabul", "from"),
        ("They marched to Kabul.", "Kabul", "to"),
        ("The army shelled Donetsk.", "Donetsk", "object"),
        ("Clashes with Turkey went on.", "Turkey", "party"),
        ("They marched against France.", "France", "aim"),
        ("Bombs went off in Kabul and Herat.", "Herat", "where"),
    ],
)
def test_role(text: str, name: str, relation: str) -> None:
    findings = found(text)
    place = next(p for p in findings.places if p.name == name)
    assert role_of(findings.parse, findings.parse.root_in(place.span)).relation == relation


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Troops entered Azaz, in northern Syria.", True),
        ("Troops entered Rafah, 30 km south of Gaza City.", True),
        ("Troops entered Kabul and Herat.", False),
        ("Troops drove from Kabul to Herat.", False),
        ("Troops left Kabul after shelling Herat.", False),
    ],
)
def test_holders(text: str, linked: bool) -> None:
    findings = found(text)
    assert bool(holders(findings, list(range(len(findings.places))))) == linked


def test_every_precision_has_a_rank_and_pointing_words_name_precisions() -> None:
    kinds = {kind for found in load_lexicon("where")["pointing"].values() for kind in found}
    assert kinds <= set(ORDER)


def test_weights_name_features_that_exist() -> None:
    """A feature renamed in code alone would silently count nothing."""
    produced: set[str] = set()
    headed = (
        "Bombs in Kabul\n\nA bomb killed two men, the governor of Herat said.\n\nShots were fired in Kunduz, he said."
        "\n\nHerat: two men were shot."
    )
    for text in [headed, *(case["text"] for case in CASES)]:
        findings = found(text)
        for candidate in find_candidates(findings):
            produced |= {name for _, features in Setting(findings, (candidate,), ()).options() for name in features}
    marks = (": ", "fills in", "attached, ", "of those hit", "an event before")
    patterned = {name for name in load_weights("locating") if any(mark in name for mark in marks)}
    rare = {"holds another", "pointed at", "place of the event before", "part of an actor, where", "part of an actor"}
    assert set(load_weights("locating")) - patterned - rare <= produced


@settings(max_examples=25, deadline=None)
@given(st.permutations([c["text"] for c in CASES[:6]]))
def test_any_order_of_reports_gives_places_of_the_text(texts: list[str]) -> None:
    text = "\n\n".join(texts[:3])
    findings = found(text)
    for account in find_accounts(findings, published=None, threshold=0.1).accounts:
        location = account.location
        assert location.span is None or location.name in location.span.of(text)


def test_time_grows_with_the_length() -> None:
    """The places of a long report are not all compared with every event."""
    text = "\n\n".join(c["text"] for c in CASES)
    findings = found("\n\n".join([text] * 4))
    candidates = find_candidates(findings)
    start = perf_counter()
    for candidate in candidates:
        locate(findings, (candidate,), ())
    assert (perf_counter() - start) / len(candidates) < 0.05

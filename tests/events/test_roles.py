"""Who takes which side in an event, and the parts of the choice."""

import tomllib
from functools import cache
from itertools import permutations
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.events import roles
from casus.events.accounts import by_fullness, find_accounts, locate, parties_of, sub_event_type
from casus.events.candidates import Candidate, find_candidates
from casus.events.participation import Casting
from casus.events.roles_features import Option, Setting
from casus.events.roles_paths import path_between
from casus.events.roles_rights import righted
from casus.events.scoring_model import load_weights
from casus.knowledge.lexicon import load_lexicon
from casus.pipeline import find
from casus.records.event import EVENT_TYPE
from casus.records.findings import Findings
from casus.records.report import Report

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "roles.toml").read_text(encoding="utf-8"))["case"]


@cache
def found(text: str) -> Findings:
    return find(Report("-", text, None, None, None, None))


def tellings(findings: Findings, words: str) -> tuple[Candidate, ...]:
    """The candidates whose triggers lie in the words, fullest first."""
    start = findings.parse.text.index(words)
    inside = [c for c in find_candidates(findings) if start <= c.trigger.span.start < start + len(words)]
    assert inside, f"no trigger in {words!r}"
    return by_fullness(tuple(inside))


def posed(text: str, words: str) -> tuple[Casting, Setting, list[Option]]:
    """The choice that an event poses."""
    findings = found(text)
    members = tellings(findings, words)
    country = locate(findings, members, ()).country
    kind = sub_event_type(members, parties_of(findings, members, country), findings)
    casting = Casting(findings)
    return casting, *casting.setting(members, kind, country)


def sides(text: str, words: str) -> tuple[list[str], list[str]]:
    """The names of the parties chosen."""
    casting, setting, options = posed(text, words)
    chosen = roles.choose(setting, options)
    return [casting.name_of(o.actor or "") for o in chosen.first], [
        casting.name_of(o.actor or "") for o in chosen.second
    ]


def marked(case: dict[str, object]) -> object:
    """A known miss must miss, so that its mark goes when it is mended."""
    marks = pytest.mark.xfail(strict=True, reason="known miss") if case.get("known_miss") else ()
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_sides(case: dict[str, str]) -> None:
    told = sides(case["text"], case["words"])
    for side, names in zip(("first", "second"), told, strict=True):
        if side in case:
            assert len(names) == len(case[side]), f"{side} is {names}: {case['why']}"
            assert all(n.startswith(w) for n, w in zip(names, case[side], strict=True)), f"{side} is {names}"


def test_cases_are_many_and_their_misses_few() -> None:
    assert len(CASES) >= 20 and sum(bool(c.get("known_miss")) for c in CASES) <= 0.2 * len(CASES)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["id"] in ("active", "between", "market", "protest")], ids=lambda c: c["id"]
)
def test_nobody_stands_on_both_sides(case: dict[str, str]) -> None:
    first, second = sides(case["text"], case["words"])
    assert not set(first) & set(second)


def test_chances_add_up() -> None:
    """Over the options for actor1 that are weighed, and for each of them over those for actor2."""
    for case in CASES[:6]:
        _, setting, options = posed(case["text"], case["words"])
        chances = roles.chances_of(setting, options, roles.weights_for("first"), roles.weights_for("second"))
        weighed = sum(chances.first.values())
        assert 0.9 < weighed <= 1.000001
        assert sum(chances.second.values()) == pytest.approx(weighed)
        assert sum(chances.pairs.values()) == pytest.approx(weighed)
        assert all(one != two or one is None for one, two in chances.pairs)


def test_the_order_of_options_does_not_matter() -> None:
    _, setting, options = posed(CASES[0]["text"], CASES[0]["words"])
    named = [o for o in options if o.actor is not None][:4]
    chosen = {
        tuple(o.actor for side in (c.first, c.second) for o in side)
        for c in (roles.choose(setting, [options[0], *order]) for order in permutations(named))
    }
    assert len(chosen) == 1


def test_somebody_did_what_is_violent() -> None:
    """Codebook 4: never an empty field if an agent is implied."""
    first, _ = sides("A bomb went off in Balad on Sunday.", "A bomb went off in Balad on Sunday")
    assert first == ["Unidentified armed group"]


def test_no_perpetrator_from_another_attack() -> None:
    """Codebook 4: that a group did one thing says nothing of who did another."""
    text = (
        "Boko Haram killed six fishermen at Doro on Monday. On Thursday a bomb exploded at a bus stop in Kano, "
        "600 km away, and wounded a driver. Nobody has claimed it."
    )
    first, _ = sides(text, "a bomb exploded at a bus stop in Kano")
    assert first == ["Unidentified armed group"]


def test_the_words_of_a_party_lie_near_the_telling() -> None:
    text = (
        "Al-Shabaab is rich. It taxes charcoal. On Friday al-Shabaab fighters raided a post at Dinsor. It denied that."
    )
    told = find_accounts(found(text), published=None, threshold=0.1)
    spans = [p.span.of(text) for a in told.accounts for p in a.participants if p.role == "actor1"]
    assert any(s.endswith("al-Shabaab fighters") for s in spans)


@pytest.mark.parametrize(
    ("text", "mention", "trigger", "path"),
    [
        ("Rebels attacked the town.", "Rebels", "attacked", "nsubj ^"),
        ("An attack against soldiers failed.", "soldiers", "attack", "against ^"),
        ("Rebels launched an attack.", "Rebels", "attack", "nsubj ^ dobj"),
        ("Rebels and soldiers fought. Villagers fled.", "Villagers", "fought", "other sentence"),
    ],
)
def test_paths(text: str, mention: str, trigger: str, path: str) -> None:
    parse = found(text).parse
    one, two = (parse.token_at(text.index(w)) for w in (mention, trigger))
    assert path_between(parse, one, two) == path


def test_righting_keeps_plain_tellings() -> None:
    from casus.events.candidates import ActorIndex

    findings = found("Rebels of the M23 attacked soldiers in Goma on Monday.")
    for candidate in find_candidates(findings):
        assert righted(findings, ActorIndex(findings), candidate, fought=False) == candidate


def test_words_for_turned_frames_are_triggers() -> None:
    """A word in these lists that no trigger has would never be used."""
    known = {
        p for table in load_lexicon("triggers").values() if isinstance(table, dict) for p in table.get("verbs", ())
    }
    known |= {
        p for table in load_lexicon("triggers").values() if isinstance(table, dict) for p in table.get("nouns", ())
    }
    frames = load_lexicon("frames")
    unknown = {w for name in ("under", "repelling", "losing", "retreating") for w in frames[name]} - known
    assert unknown <= {"foil", "thwart"}, "beyond triggers, only words that stand by for them"


OPEN = ("path ", "way ", "agent", "patient", "mutual", "nobody", "implied", "counted", "civilians", "rules")
"""Features named by the parser's labels, by classes of triggers, or by types."""

RARE = {
    "negated", "as a person", "holds", "owns a seat", "responsible", "pointed at", "second last", "first last",
    "first before", "second before", "elsewhere", "does so elsewhere", "beside words of help", "organisation",
    "person", "person of a body", "external forces", "identity militia", "political militia", "state other",
    "unknown organisation", "rioters",
}  # fmt: skip
"""Features that a report gives only by chance."""


def test_weights_name_features_that_exist() -> None:
    """A feature renamed in code alone would silently count nothing."""
    produced: set[str] = set()
    for case in CASES:
        _, setting, options = posed(case["text"], case["words"])
        chances = roles.chances_of(setting, options, roles.weights_for("first"), roles.weights_for("second"))
        produced |= {n for o in options for n in o.features}
        for _, _, features in roles.candidates_beside(setting, options, chances, roles.leaders(chances)):
            produced |= set(features)
    heads = {name.split(",")[0] for name in produced} | RARE | set(EVENT_TYPE) | set(EVENT_TYPE.values())
    plain = {n.removeprefix("first: ") for n in load_weights("roles") if n.startswith("first: ")}
    assert {n for n in plain if not n.startswith(OPEN) and n.split(",")[0] not in heads} == set()


@settings(max_examples=15, deadline=None)
@given(st.permutations([c["text"] for c in CASES[:6]]))
def test_any_order_of_reports_gives_parties_of_the_text(texts: list[str]) -> None:
    text = "\n\n".join(texts[:3])
    findings = found(text)
    told = find_accounts(findings, published=None, threshold=0.1)
    known = {a.id for a in told.actors}
    for account in told.accounts:
        leads = [p.role for p in account.participants if not p.role.startswith("assoc")]
        assert len(leads) == len(set(leads))
        assert all(p.actor in known and p.span.end <= len(text) for p in account.participants)
        assert len({p.actor for p in account.participants}) == len(account.participants)


def test_time_grows_with_the_length() -> None:
    """The actors of a long report are not all compared with every event."""
    text = "\n\n".join(c["text"] for c in CASES)
    findings = found("\n\n".join([text] * 4))
    candidates = find_candidates(findings)
    casting = Casting(findings, candidates)
    start = perf_counter()
    for candidate in candidates:
        casting.cast((candidate,), candidate.trigger.sub_event_type, None)
    assert (perf_counter() - start) / len(candidates) < 0.03

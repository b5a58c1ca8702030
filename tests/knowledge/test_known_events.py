"""The tables of known events and office-holders: their form, their facts against each other, what users may add."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import KnowledgeError
from casus.events.triggers import load_triggers
from casus.knowledge.countries import load_countries
from casus.knowledge.known_events import Chronicle, KnownEvent, Office, fold, load_chronicle

FIRST, LAST = date(1978, 1, 1), date(2026, 12, 31)
COUNTRIES = frozenset(country.code for country in load_countries().all)


def events() -> tuple[KnownEvent, ...]:
    return load_chronicle().events


def terms() -> tuple[Office, ...]:
    return load_chronicle().offices


def test_the_tables_are_of_some_size() -> None:
    assert len(events()) > 400
    assert len(terms()) > 60
    assert len({c for e in events() for c in e.countries}) > 70


@pytest.mark.parametrize("event", events(), ids=lambda e: e.id)
def test_a_row_is_whole(event: KnownEvent) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", event.id)
    assert FIRST <= event.start <= event.end <= LAST
    assert event.name[0].islower() or event.name.startswith(("AMIA",))
    assert event.source.startswith("Wikipedia: ") and len(event.source) > len("Wikipedia: ")
    assert event.countries and set(event.countries) <= COUNTRIES
    assert event.what and (event.whom or event.who or event.near)
    names = [*event.whom, *event.who, *event.by, *event.without, *(n for group in event.near for n in group)]
    assert all(names) and all(name == fold(name) for name in names)
    assert event.example.endswith(".") and 3 <= len(event.example.split()) <= 25


def test_every_word_that_can_report_one_is_a_trigger() -> None:
    lexicon = load_triggers()
    known = {" ".join(e.words) for side in (lexicon.verbs, lexicon.nouns) for rows in side.values() for e in rows}
    assert sorted({word for event in events() for word in event.what} - known) == []


def test_ids_names_and_examples_are_each_their_own() -> None:
    for values in ([e.id for e in events()], [e.name for e in events()], [e.example for e in events()]):
        assert sorted(v for v in set(values) if values.count(v) > 1) == []


def test_terms_are_whole_and_do_not_overlap_for_one_office() -> None:
    for office in terms():
        assert FIRST.year - 20 <= office.since.year and (office.until is None or office.until <= LAST)
        assert office.names and office.titles and office.source.startswith("Wikipedia: ")
    for one in terms():
        for other in terms():
            if one is not other and one.office == other.office:
                assert (one.until or LAST) <= other.since or (other.until or LAST) <= one.since, (one, other)


def test_no_two_persons_share_a_name() -> None:
    owners: dict[str, str] = {}
    for office in terms():
        for name in office.names:
            assert owners.setdefault(name, office.person) == office.person


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Abu Bakr al-Baghdadi", "abu bakr al baghdadi"), ("U.S. Marines", "u s marines"), ("Öcalan’s", "ocalan s")],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_what_a_text_can_mean_is_named_by_its_words() -> None:
    found = load_chronicle().named_in("The raid that killed Osama Bin Laden, under President Obama.")
    assert [e.id for e in found.events] == ["bin-laden-2011"]
    assert {o.person for o in found.offices} == {"Barack Obama"}
    assert load_chronicle().named_in("Shells fell on the harbour.").events == ()


OWN = """\
source = "the archive of a small town"

[[events]]
id = "own-1"
name = "the raid on the mill"
when = "2019-05-03"
countries = ["UKR"]
what = ["raid"]
near = [["mill"]]
source = "x"
example = "Police made a raid on the mill."

[[offices]]
person = "A. Mayor"
names = ["a mayor"]
office = "mayor"
titles = ["mayor"]
country = "UKR"
since = "2001-01"
source = "x"
"""


def load_own(tmp_path: Path, text: str) -> Chronicle:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load_chronicle((path,))


def test_a_user_adds_events_by_a_file(tmp_path: Path) -> None:
    own = load_own(tmp_path, OWN)
    assert len(own.events) == len(events()) + 1
    assert own.events[-1].start == own.events[-1].end == date(2019, 5, 3)
    assert own.offices[-1].since == date(2001, 1, 1) and own.offices[-1].until is None
    assert [e.id for e in own.reported_by("raid") if e.id == "own-1"] == ["own-1"]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"2019-05-03"', '"2019-02-30"', "2019-02-30"),
        ('"2019-05-03"', '"2019"', "is no day, month or range"),
        ('"2019-05-03"', '"2019-05-03/2019-05-01"', "ends before it begins"),
        ('what = ["raid"]', 'what = ["@nothing"]', "@nothing"),
        ('what = ["raid"]', "what = []", "needs what"),
        ('near = [["mill"]]', "", "needs what"),
        ('near = [["mill"]]', 'near = ["mill"]', "list of lists"),
        ('near = [["mill"]]', "near = [[]]", "list of lists"),
        ('id = "own-1"', 'id = "bin-laden-2011"', "the id is taken"),
        ('id = "own-1"', "id = 7", "id must be a non-empty text"),
        ('example = "Police made a raid on the mill."', 'example = ""', "example must be"),
        ('countries = ["UKR"]', 'country = "UKR"', "unknown key 'country'"),
        ('names = ["a mayor"]', "names = []", "needs names"),
        ('since = "2001-01"', 'since = "2001-01-01"\nuntil = "2000-01-01"', "does not end before"),
        ("[[events]]", "[events]", "must be a list"),
        ('source = "the archive of a small town"', "", "says no source"),
        ("[[events]]", "[[events", "no TOML"),
    ],
)
def test_a_broken_row_is_refused_and_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in OWN
    with pytest.raises(KnowledgeError, match=re.escape(named)) as raised:
        load_own(tmp_path, OWN.replace(old, new, 1))
    assert "own.toml" in str(raised.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.toml"):
        load_chronicle((tmp_path / "none.toml",))

"""Persons harmed are not named in what leaves a casebook, unless asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from casus.records.actor import Actor
from casus.records.attitude import Attitude
from casus.records.claim import AUTHOR, Claim, Speaker
from casus.records.event import Event, EventDate, Location, Participant, Role
from casus.records.figure import Figure, Outcome, Quantity
from casus.records.reading import Reading
from casus.records.report import Report
from casus.records.span import Span
from casus.store import Casebook, account_to_contract, report_to_contract
from casus.store.privacy import NAME_WITHHELD, strike

TEXT = (
    "Gunmen shot dead Leyla Haddad, a teacher, in Qasr on 3 May 2021. Haddad was 34. "
    "Her brother Omar Haddad said LEYLA HADDAD had taught there for years. Governor Idris Sabry condemned it."
)


def at(words: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def murder(*, outcome: Outcome = "killed", role: Role = "actor2", number: int = 1) -> Reading:
    brother = Speaker("Omar Haddad", "named person", None, None, "unknown", at("Omar Haddad"))
    claims = (
        Claim("c1", AUTHOR, None, at("Gunmen shot dead Leyla Haddad, a teacher"), "asserts", "none"),
        Claim("c2", brother, at("said"), at("LEYLA HADDAD had taught there for years"), "asserts", "none"),
    )
    day = EventDate("2021-05-03", "2021-05-03", "day", "2021-05-03", at("3 May 2021"))
    place = Location("Qasr", "EGY", None, None, None, None, "town", False, at("Qasr"))
    shot = Event(
        "evt_1", "Attack", "actual", False, day, place,
        (Participant("a1", "actor1", at("Gunmen")), Participant("a2", role, at("Leyla Haddad"))),
        (), ("f1",), ("c1", "c2"), (at("Gunmen shot dead Leyla Haddad, a teacher"),), 0.9,
    )  # fmt: skip
    condemned = replace(
        shot, id="evt_2", sub_event_type="Other", figures=(), claims=("c1",),
        participants=(Participant("a3", "actor1", at("Governor Idris Sabry")), Participant("a2", "assoc_actor1", None)),
        evidence=(at("Governor Idris Sabry condemned it"),),
    )  # fmt: skip
    return Reading(
        Report("r1", TEXT, "Teacher Leyla Haddad shot", "Paper", "https://example.org/1", "2021-05-04"),
        "en", True, (), (), (),
        (
            Actor("a1", "Unidentified armed group", "unidentified", None, None, None, (at("Gunmen"),)),
            Actor("a2", "Leyla Haddad", "person", None, None, None, (at("Leyla Haddad"), at("Haddad", 2), at("Her"))),
            Actor("a3", "Idris Sabry", "person", None, None, None, (at("Governor Idris Sabry"),)),
        ),
        (shot, condemned),
        (Figure("f1", "evt_1", outcome, "unknown", "a2", Quantity(number, number, number), False, None, "c1",
                at("shot dead Leyla Haddad")),),
        claims,
    )  # fmt: skip


@pytest.fixture
def book() -> Iterator[Casebook]:
    with Casebook(":memory:") as opened:
        yield opened


def exported(book: Casebook, reading: Reading, *, with_names: bool = False) -> str:
    book.add(reading)
    told = [account_to_contract(e, with_names=with_names) for e in book.events()]
    reports = [report_to_contract(r, with_names=with_names) for r in book.reports()]
    counts = [c.key for c in book.counts("actor", with_names=with_names)]
    return json.dumps([told, reports, counts], ensure_ascii=False)


@pytest.mark.parametrize("outcome", ["killed", "injured", "casualties", "abducted", "missing"])
@pytest.mark.parametrize("role", ["actor2", "assoc_actor2"])
def test_a_person_harmed_is_not_named_anywhere(book: Casebook, outcome: Outcome, role: Role) -> None:
    text = exported(book, murder(outcome=outcome, role=role))
    assert not {"leyla", "haddad"} & set(text.lower().replace('"', " ").split())
    assert "haddad" not in text.lower()
    assert NAME_WITHHELD in text and "Idris Sabry" in text and "Unidentified armed group" in text


@pytest.mark.parametrize("with_names", [False, True])
def test_what_a_person_wants_stays_in_the_casebook(book: Casebook, with_names: bool) -> None:
    """Attitudes belong to a reading and to none of its events: no export holds one, with names or without."""
    haddad = Speaker("Leyla Haddad", "named person", "a2", None, "unknown", at("LEYLA HADDAD"))
    held = Attitude("att_1", haddad, at("had taught"), at("there for years"))
    plain = exported(book, murder(), with_names=with_names)
    with Casebook(":memory:") as other:
        assert exported(other, replace(murder(), attitudes=(held,)), with_names=with_names) == plain
        assert other.reading("r1").attitudes == (held,)


def test_names_come_on_request(book: Casebook) -> None:
    text = exported(book, murder(), with_names=True)
    assert "Leyla Haddad" in text and "Omar Haddad" in text and "withheld" not in text


@pytest.mark.parametrize(
    "reading",
    [murder(outcome="released"), murder(role="actor1"), murder(number=0)],
    ids=["not harmed", "who acts", "nobody was hurt"],
)
def test_other_persons_are_named(book: Casebook, reading: Reading) -> None:
    assert "Leyla Haddad" in exported(book, reading) and "withheld" not in exported(book, reading)


def test_the_casebook_itself_keeps_the_names(book: Casebook) -> None:
    book.add(murder())
    assert [p.name for p in book.event("evt_1").participants] == ["Unidentified armed group", "Leyla Haddad"]
    assert book.count(actor="Haddad") == 2


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("Leyla Haddad, HADDAD and Haddads", "[name withheld], [name withheld] and Haddads"),
        ("Her brother", "Her brother"),
        ("", ""),
    ],
)
def test_striking_names(text: str, struck: str) -> None:
    assert strike(text, ("Leyla Haddad", "Haddad", "Leyla")) == struck
    assert strike(text, ()) == text

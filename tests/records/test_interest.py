"""Whether a speaker is a party to an event, and on which side (codebook 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casus.records.account import Account
from casus.records.actor import Actor
from casus.records.claim import Speaker
from casus.records.event import NOWHERE, UNDATED, Participant
from casus.records.interest import interest_of
from casus.records.span import Span

HERE = Span(0, 1)
ACTORS = {
    a.id: a
    for a in (
        Actor("army", "Army of Tor", "state forces", None, "TOR", None, ()),
        Actor("ministry", "Ministry of Tor", "state forces", None, "TOR", None, ()),
        Actor("foreign", "Army of Bor", "state forces", None, "BOR", None, ()),
        Actor("front", "Northern Front", "rebel group", None, "TOR", None, ()),
        Actor("wing", "Southern Wing", "rebel group", None, "TOR", "front", ()),
        Actor("chief", "Ando Berik", "person", None, None, "front", ()),
        Actor("gunmen", "Unidentified armed group", "unidentified", None, "TOR", None, ()),
        Actor("people", "Civilians", "civilians", None, "TOR", None, ()),
        Actor("aid", "Hill Relief", "organisation", None, None, None, ()),
    )
}


def account(one: str, two: str | None, country: str | None = "TOR") -> Account:
    parts = [Participant(one, "actor1", HERE)] + ([Participant(two, "actor2", HERE)] if two else [])
    return Account(
        sub_event_type="Attack",
        actuality="actual",
        background=False,
        date=UNDATED,
        location=replace(NOWHERE, country=country),
        participants=tuple(parts),
        weapons=(),
        figures=(),
        claims=(),
        evidence=(HERE,),
        confidence=1.0,
    )


@pytest.mark.parametrize(
    ("one", "two", "actor", "kind", "interest"),
    [
        ("front", "army", "front", "organisation", "perpetrator side"),
        ("front", "army", "army", "organisation", "target side"),
        ("front", "army", "ministry", "official", "target side"),
        ("wing", "army", "front", "organisation", "perpetrator side"),
        ("chief", "army", "front", "organisation", "perpetrator side"),
        ("front", "army", "aid", "organisation", "none"),
        ("front", "army", None, "official", "unknown"),
        ("front", "army", None, "witness", "none"),
        ("front", "army", None, "document", "none"),
        ("foreign", "people", "army", "organisation", "target side"),
        ("front", "people", "army", "organisation", "target side"),
        ("army", "people", "ministry", "official", "perpetrator side"),
        ("gunmen", "people", "army", "organisation", "none"),
        ("army", "people", "people", "witness", "none"),
    ],
)
def test_interest(one: str, two: str, actor: str | None, kind: str, interest: str) -> None:
    speaker = Speaker("somebody", kind, actor, None, "unknown", HERE)  # type: ignore[arg-type]
    assert interest_of(account(one, two), speaker, ACTORS) == interest


def test_a_person_in_the_event_speaks_for_himself() -> None:
    speaker = Speaker("Ando Berik", "named person", None, None, "unknown", HERE)
    assert interest_of(account("army", "chief"), speaker, ACTORS) == "target side"


def test_civilians_hit_abroad_make_no_party_of_their_state() -> None:
    speaker = Speaker("the army", "organisation", "army", None, "unknown", HERE)
    assert interest_of(account("foreign", "people", "BOR"), speaker, ACTORS) == "none"

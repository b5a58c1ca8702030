"""Assembly: from findings and accounts to a reading, on findings made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casus.assembly import assemble
from casus.records.account import Account, Told
from casus.records.actor import Actor
from casus.records.attitude import AttitudeMention
from casus.records.claim import ClaimMention, Speaker
from casus.records.event import NOWHERE, UNDATED, Participant
from casus.records.figure import FigureMention, Quantity
from casus.records.findings import Findings
from casus.records.parse import Parse, Sentence, Token
from casus.records.reading import Reading
from casus.records.report import Report
from casus.records.span import Span

TEXT = "Rebels killed 12 soldiers, five of them officers, the army said. The rebels denied it."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def parse_of(text: str) -> Parse:
    """Words between blanks, a new sentence after a full stop."""
    tokens: list[Token] = []
    position = sentence = 0
    for word in text.split():
        start = text.index(word, position)
        position = start + len(word)
        i = len(tokens)
        tokens.append(Token(i, start, position, word, word, word, "NOUN", "NN", "dep", i, "", False, sentence))
        sentence += word.endswith(".")
    sentences = []
    for index in range(sentence):
        inside = [t for t in tokens if t.sentence == index]
        sentences.append(Sentence(index, inside[0].i, inside[-1].i, Span(inside[0].start, inside[-1].end)))
    return Parse.of(text, tuple(tokens), tuple(sentences))


def speaker(name: str, actor: str | None, kind: str = "organisation") -> Speaker:
    return Speaker(name, kind, actor, None, "unknown", span(name) if name in TEXT else None)  # type: ignore[arg-type]


def figure(words: str, outcome: str, number: int, part_of: int | None = None) -> FigureMention:
    quantity = Quantity(number, number, number)
    return FigureMention(span(words), outcome, "combatants", "army", quantity, False, 0, None, part_of)  # type: ignore[arg-type]


ACTORS = (
    Actor("rebels", "Rebels", "rebel group", None, None, None, (span("Rebels"),)),
    Actor("army", "Army", "state forces", None, None, None, (span("the army"),)),
)
KILLED = "Rebels killed 12 soldiers, five of them officers"
FINDINGS = Findings(
    parse_of(TEXT),
    actors=ACTORS,
    figures=(figure("12 soldiers", "killed", 12), figure("five of them", "killed", 5, part_of=0)),
    claims=(
        ClaimMention(speaker("the army", "army"), span("said"), span(KILLED), "asserts", "none"),
        ClaimMention(speaker("The rebels", "rebels"), span("denied"), span("denied it"), "denies", "none"),
    ),
)
ACCOUNT = Account(
    sub_event_type="Armed clash",
    actuality="actual",
    background=False,
    date=UNDATED,
    location=NOWHERE,
    participants=(Participant("rebels", "actor1", span("Rebels")), Participant("army", "actor2", span("soldiers"))),
    weapons=(),
    figures=(0, 1),
    claims=(0,),
    evidence=(span(KILLED),),
    confidence=0.8,
)


def made(*accounts: Account, findings: Findings = FINDINGS, report: Report | None = None) -> Reading:
    told = Told(accounts, findings.actors)
    return assemble(report or Report("r1", TEXT), findings, told, language="en", notes=("a note",))


def test_figures_point_at_their_event_their_claim_and_their_total() -> None:
    reading = made(ACCOUNT)
    (event,) = reading.events
    total, part = reading.figures
    assert (total.event, part.event) == (event.id, event.id)
    assert event.figures == (total.id, part.id)
    assert (total.part_of, part.part_of) == (None, total.id)
    claims = {c.id: c for c in reading.claims}
    assert claims[total.claim].speaker.name == "the army"


def test_part_of_a_total_that_the_event_has_not_is_part_of_nothing() -> None:
    (part,) = made(replace(ACCOUNT, figures=(1,))).figures
    assert part.part_of is None


def test_who_gives_a_total_gives_its_parts() -> None:
    total_only = replace(FINDINGS.claims[0], content=span("Rebels killed 12 soldiers"))
    reading = made(ACCOUNT, findings=replace_claims(total_only))
    names = {c.id: c.speaker.name for c in reading.claims}
    assert [names[f.claim] for f in reading.figures] == ["the army", "the army"]


@pytest.mark.parametrize(
    ("second", "number", "stance"),
    [
        (speaker("a nurse", None, "witness"), 5, "disputes"),
        (speaker("a nurse", None, "witness"), 12, "asserts"),
        (speaker("the army", "army"), 5, "asserts"),
        (speaker("unknown", None, "unknown"), 5, "asserts"),
    ],
    ids=["another number", "the same number", "the same speaker", "nobody named"],
)
def test_who_gives_another_number_disputes(second: Speaker, number: int, stance: str) -> None:
    words = span("five of them officers")
    claims = (
        replace(FINDINGS.claims[0], content=span("Rebels killed 12 soldiers")),
        replace(FINDINGS.claims[0], speaker=second, content=words),
    )
    figures = (FINDINGS.figures[0], figure("five of them", "killed", number))
    reading = made(ACCOUNT, findings=replace(replace_claims(*claims), figures=figures))
    stances = {c.id: c.stance for c in reading.claims}
    assert [stances[f.claim] for f in reading.figures] == ["asserts", stance]
    kept = {(c.speaker.name, c.stance) for c in reading.claims if c.id in reading.events[0].claims}
    assert (second.name, stance) in kept


WISHES = (
    AttitudeMention(speaker("The rebels", "rebels"), span("denied"), span("it.")),
    AttitudeMention(speaker("the army", "army"), span("said"), span("soldiers")),
    AttitudeMention(speaker("the army", "army"), span("said"), span("soldiers")),
)


def wishing(*wishes: AttitudeMention, id: str = "r1") -> Reading:
    told = Told((ACCOUNT,), FINDINGS.actors)
    return assemble(Report(id, TEXT), FINDINGS, told, language="en", notes=("a note",), attitudes=wishes)


def test_attitudes_change_nothing_else() -> None:
    assert replace(wishing(*WISHES), attitudes=()) == made(ACCOUNT)


def test_attitudes_stand_once_in_the_order_of_what_they_are_about() -> None:
    first, second = wishing(*WISHES).attitudes
    assert (first.content.of(TEXT), second.content.of(TEXT)) == ("soldiers", "it.")
    assert first.id.startswith("att_") and first.id != second.id
    assert wishing(*reversed(WISHES)).attitudes == (first, second)


def test_an_attitude_has_another_id_in_another_report() -> None:
    ids = [{a.id for a in wishing(*WISHES, id=i).attitudes} for i in ("r1", "r2")]
    assert not ids[0] & ids[1]


def test_claims_no_event_uses_stay_on_record() -> None:
    reading = made(ACCOUNT)
    denial = next(c for c in reading.claims if c.stance == "denies")
    assert denial.id not in reading.events[0].claims
    assert denial.speaker.name == "The rebels"


def test_authors_word_covers_the_fullest_clause() -> None:
    reading = made(replace(ACCOUNT, figures=(), claims=(None,)))
    (claim,) = (c for c in reading.claims if c.id in reading.events[0].claims)
    assert (claim.speaker.kind, claim.content, claim.stance, claim.cue) == ("author", span(KILLED), "asserts", None)


@pytest.mark.parametrize(
    ("speaking", "interest"),
    [
        (speaker("the army", "army"), "target side"),
        (speaker("The rebels", "rebels"), "perpetrator side"),
        (speaker("a mayor", "mayor"), "none"),
        (speaker("a nurse", None, "witness"), "none"),
        (speaker("a paper", None, "media"), "none"),
        (speaker("a spokesman", None, "official"), "unknown"),
    ],
)
def test_interest_is_the_speakers_side_in_the_event(speaking: Speaker, interest: str) -> None:
    claim = replace(FINDINGS.claims[0], speaker=speaking)
    reading = made(replace(ACCOUNT, figures=()), findings=replace_claims(claim))
    (found,) = (c for c in reading.claims if c.id in reading.events[0].claims)
    assert found.speaker.interest == interest


def replace_claims(*claims: ClaimMention) -> Findings:
    return Findings(FINDINGS.parse, actors=ACTORS, figures=FINDINGS.figures, claims=claims)


def test_speaker_counts_once_a_stance() -> None:
    again = replace(FINDINGS.claims[0], content=span("five of them officers"))
    denies = replace(FINDINGS.claims[0], stance="denies")
    reading = made(
        replace(ACCOUNT, figures=(), claims=(0, 1, 2)), findings=replace_claims(FINDINGS.claims[0], again, denies)
    )
    kept = [c.stance for c in reading.claims if c.id in reading.events[0].claims]
    assert sorted(kept) == ["asserts", "denies"]


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("Abduction/forced disappearance", "detained", "abducted"),
        ("Arrests", "abducted", "detained"),
        ("Arrests", "detained", "detained"),
        ("Armed clash", "detained", "detained"),
        ("Abduction/forced disappearance", "killed", "killed"),
    ],
)
def test_people_held_are_named_after_the_event(kind: str, given: str, kept: str) -> None:
    findings = Findings(FINDINGS.parse, actors=ACTORS, figures=(figure("12 soldiers", given, 12),))
    account = replace(ACCOUNT, sub_event_type=kind, figures=(0,), claims=(None,))
    assert [f.outcome for f in made(account, findings=findings).figures] == [kept]


def test_ids_differ_by_event_and_by_report_and_hold_otherwise() -> None:
    other = replace(ACCOUNT, evidence=(span("The rebels denied it"),), figures=())
    reading = made(ACCOUNT, other)
    assert len({e.id for e in reading.events}) == 2
    assert made(ACCOUNT, other) == reading
    assert made(ACCOUNT).events[0].id == reading.events[0].id
    assert made(ACCOUNT, report=Report("r2", TEXT)).events[0].id != reading.events[0].id


def test_relevant_is_having_events_and_notes_follow_those_of_the_report() -> None:
    report = Report("r1", TEXT, notes=("decoded as windows-1252",))
    assert not made(report=report).relevant
    reading = made(ACCOUNT, report=report)
    assert reading.relevant
    assert reading.notes == ("decoded as windows-1252", "a note")


def test_claims_are_in_the_order_of_the_text() -> None:
    contents = [c.content for c in made(ACCOUNT).claims]
    assert contents == sorted(contents)

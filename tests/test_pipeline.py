"""The whole path, from a text to a reading: facts of reports, laws over generated ones, refusals."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casus.errors import DateError, InputError
from casus.pipeline import read, read_report
from casus.records.contract import from_contract, to_contract
from casus.records.event import Event
from casus.records.ids import canonical_json
from casus.records.reading import Reading
from casus.records.report import Report
from told_reports import REPORTS, broken_laws

DAY = "2022-04-12"


def weakness(reason: str) -> pytest.MarkDecorator:
    """A known fault: the test must fail until the fault is mended."""
    return pytest.mark.xfail(strict=True, reason=reason, raises=AssertionError)


Told = Mapping[str, Reading]


@pytest.fixture(scope="session")
def told() -> Told:
    """The reports of `told_reports`, read with a publication date."""
    return {name: read(text, published=DAY) for name, text in REPORTS.items()}


@pytest.fixture(scope="session")
def undated() -> Told:
    """The same without one."""
    return {name: read(text) for name, text in REPORTS.items()}


@pytest.fixture(scope="session")
def validate() -> Callable[[dict[str, Any]], None]:
    schema = json.loads(files("casus.records").joinpath("reading.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema).validate


def events_of(reading: Reading, words: str) -> list[Event]:
    """Events with the words somewhere in their evidence, in text order."""
    text = reading.report.text
    return [e for e in reading.events if any(words in span.of(text) for span in e.evidence)]


def event_of(reading: Reading, words: str) -> Event:
    found = events_of(reading, words)
    assert len(found) == 1, f"{len(found)} events told with {words!r}"
    return found[0]


def sides(reading: Reading, event: Event) -> dict[str, list[str]]:
    names = {a.id: a.name for a in reading.actors}
    found: dict[str, list[str]] = {}
    for party in event.participants:
        found.setdefault(party.role, []).append(names[party.actor])
    return found


def tolls(reading: Reading, event: Event) -> set[tuple[str, int | None, int | None, int | None]]:
    return {
        (f.outcome, f.quantity.low, f.quantity.best, f.quantity.high) for f in reading.figures if f.event == event.id
    }


# --- a report with past raids, a prison fought over and partial dates -------------------


@pytest.mark.parametrize("published", [DAY, None])
def test_capture_with_no_casualties_is_told_by_both_speakers(told: Told, undated: Told, published: str | None) -> None:
    reading = (told if published else undated)["prison"]
    capture = event_of(reading, "captured a senior Boko Haram leader")
    assert sides(reading, capture)["actor2"] == ["Boko Haram"]
    assert {("detained", 1, 1, 1), ("injured", 0, 0, 0), ("casualties", 0, 0, 0)} == tolls(reading, capture)
    speakers = {c.speaker.name for c in reading.claims if c.id in capture.claims}
    assert speakers == {"A French defence official", "Sahel Stability Mission"}
    assert capture.location.country == "NGA"
    assert not capture.background


def test_capture_is_an_arrest_by_those_who_made_it(told: Told) -> None:
    reading = told["prison"]
    capture = event_of(reading, "captured a senior Boko Haram leader")
    assert capture.sub_event_type == "Arrests"
    assert sides(reading, capture)["actor1"] == ["Military forces of France"]


def test_date_without_a_year_is_resolved_only_with_a_publication_date(told: Told, undated: Told) -> None:
    dated = event_of(told["prison"], "captured a senior Boko Haram leader").date
    assert (dated.start, dated.end, dated.precision) == ("2022-04-09", "2022-04-09", "day")
    bare = event_of(undated["prison"], "captured a senior Boko Haram leader").date
    assert (bare.start, bare.end, bare.precision, bare.value) == (None, None, "unknown", "XXXX-04-09")


def test_past_raid_keeps_its_own_year(told: Told, undated: Told) -> None:
    for readings in (told, undated):
        raid = event_of(readings["prison"], "blew himself up")
        assert (raid.date.start, raid.date.end, raid.date.precision) == ("2018-11-01", "2018-11-30", "month")
        assert raid.sub_event_type == "Armed clash"
    assert event_of(told["prison"], "blew himself up").background


def test_two_raids_are_two_events(told: Told, undated: Told) -> None:
    first, second = (event_of(told["prison"], words) for words in ("blew himself up", "detonated his explosives"))
    assert first.id != second.id
    assert (second.date.start, second.date.end) == ("2022-02-01", "2022-02-28")
    bare = event_of(undated["prison"], "detonated his explosives").date
    assert (bare.start, bare.value) == (None, "XXXX-02")


def test_fight_over_a_prison_has_both_sides_and_their_help(told: Told) -> None:
    reading = told["prison"]
    fight = event_of(reading, "retake the prison")
    assert fight.sub_event_type == "Armed clash"
    assert fight.location.name == "Maiduguri"
    parties = sides(reading, fight)
    assert parties["actor1"] == ["Boko Haram"]
    everyone = {name for names in parties.values() for name in names}
    assert {"Military forces of Nigeria", "Military forces of the United States"} <= everyone
    assert tolls(reading, fight) == {("escaped", 300, None, 999), ("killed", 212, 212, 212)}


def test_those_who_fight_come_before_those_who_are_freed(told: Told) -> None:
    parties = sides(told["prison"], event_of(told["prison"], "retake the prison"))
    assert parties["actor2"] == ["Military forces of Nigeria"]


def test_figures_keep_who_gives_them_and_how_surely(told: Told) -> None:
    reading = told["prison"]
    claims = {c.id: c for c in reading.claims}
    escaped, killed = (
        next(claims[f.claim] for f in reading.figures if f.outcome == outcome) for outcome in ("escaped", "killed")
    )
    assert (escaped.speaker.kind, escaped.hedge) == ("unknown", "probable")
    assert (killed.speaker.name, killed.hedge, killed.speaker.interest) == (
        "The Nigerian army",
        "possible",
        "target side",
    )


def test_damage_to_the_text_and_missing_date_are_noted(told: Told, undated: Told) -> None:
    assert any("elite West. ." in note for note in told["prison"].notes)
    assert not any("no publication date" in note for note in told["prison"].notes)
    assert any("no publication date" in note for note in undated["prison"].notes)


# --- other reports ----------------------------------------------------------------------


def test_attack_has_its_figures_and_the_past_killing_is_apart(told: Told) -> None:
    reading = told["market"]
    attack, past = event_of(reading, "attacked a market"), event_of(reading, "killed 50 villagers")
    assert tolls(reading, attack) >= {("killed", 14, 14, None), ("injured", 20, 20, 20)}
    assert (past.date.start, past.date.end, past.background) == ("2021-06-01", "2021-06-30", True)
    assert tolls(reading, past) == {("killed", 50, 50, 50)}
    assert attack.location.name == "Ansongo" and attack.location.country == "MLI"


@weakness("a toll goes to the trigger beside it, here the troops sent, whatever its type may have")
def test_toll_beside_a_deployment_is_of_the_attack(told: Told) -> None:
    attack = event_of(told["market"], "attacked a market")
    assert ("killed", 11, 11, 11) in tolls(told["market"], attack)


def test_country_of_a_dateline_is_no_party(told: Told) -> None:
    attack = event_of(told["market"], "attacked a market")
    assert "Government of Mali" not in {name for names in sides(told["market"], attack).values() for name in names}


def test_blamed_group_is_who_did_it(told: Told) -> None:
    attack = event_of(told["market"], "attacked a market")
    assert sides(told["market"], attack)["actor1"] == ["Islamic State"]


def test_denial_is_among_the_claims(told: Told) -> None:
    reading = told["shelling"]
    strike = event_of(reading, "hit a block of flats")
    assert strike.sub_event_type == "Shelling/artillery/missile attack"
    denials = [c.speaker.name for c in reading.claims if c.id in strike.claims and c.stance == "denies"]
    assert denials == ["Russia"]
    assert ("injured", 0, 0, 0) in tolls(reading, strike)


@weakness("a march and its dispersal in the next sentence are not linked")
def test_march_met_with_tear_gas_is_one_protest(told: Told) -> None:
    reading = told["crowd"]
    marches = [e for e in reading.events if e.actuality == "actual"]
    assert len(marches) == 1
    (march,) = marches
    assert march.sub_event_type == "Protest with intervention"
    assert ("detained", 35, 35, 35) in tolls(reading, march)


def test_march_on_a_weekday_is_no_offensive(told: Told) -> None:
    assert {e.event_type for e in told["crowd"].events} <= {"Protests", "Strategic developments"}


def test_report_without_violence_has_no_events(told: Told) -> None:
    assert told["quiet"].events == () and not told["quiet"].relevant


# --- laws ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_reports_keep_the_laws(told: Told, undated: Told, validate: Callable[[Any], None], name: str) -> None:
    for readings in (told, undated):
        contract = to_contract(readings[name])
        validate(contract)
        assert broken_laws(contract) == []


def test_broken_laws_are_seen(told: Told) -> None:
    """The laws can fail: each damage to a good reading is reported."""
    good = canonical_json(to_contract(told["market"]))
    damages: dict[str, Callable[[dict[str, Any]], None]] = {
        "span": lambda c: c["events"][0]["evidence"][0].update(end=10**6),
        "actors": lambda c: c["events"][0]["participants"][0].update(actor="nobody"),
        "twice": lambda c: c["events"].append(c["events"][0]),
        "range": lambda c: c["figures"][0].update(low=9, high=3),
        " is no ": lambda c: c["events"][0].update(event_type="Protests"),
        "no evidence": lambda c: c["events"][0].update(claims=[]),
        "ends before": lambda c: c["events"][0]["date"].update(start="2022-04-09", end="2022-04-01"),
        "relevant": lambda c: c["report"].update(relevant=False),
    }
    for words, damage in damages.items():
        contract = json.loads(good)
        damage(contract)
        assert any(words in found for found in broken_laws(contract)), words


def test_what_somebody_wants_is_read_and_makes_no_event() -> None:
    told = "Gunmen killed two traders in Velin on 3 April 2022, police said."
    wish = " The mayor of Velin wants the market closed. Traders called for talks with the gunmen."
    before, after = read(told, published=DAY, id="r1"), read(told + wish, published=DAY, id="r1")
    text = told + wish
    assert [(a.speaker.name, a.cue.of(text), a.content.of(text)) for a in after.attitudes] == [
        ("The mayor of Velin", "wants", "the market closed"),
        ("Traders", "called", "talks with the gunmen"),
    ]
    assert before.attitudes == ()
    assert [(e.sub_event_type, e.evidence) for e in after.events] == [
        (e.sub_event_type, e.evidence) for e in before.events
    ]
    assert not {a.content for a in after.attitudes} & {c.content for c in after.claims}


def test_reading_twice_gives_the_same_bytes(told: Told) -> None:
    for name, reading in told.items():
        again = read(REPORTS[name], published=DAY)
        assert canonical_json(to_contract(again)) == canonical_json(to_contract(reading))


def test_order_of_reports_does_not_matter(told: Told) -> None:
    for name in sorted(REPORTS, reverse=True):
        assert read(REPORTS[name], published=DAY) == told[name]


def test_readings_survive_json(told: Told) -> None:
    for reading in told.values():
        assert from_contract(json.loads(canonical_json(to_contract(reading)))) == reading


def test_read_and_read_report_agree(told: Told) -> None:
    reading = told["market"]
    assert read_report(Report(reading.report.id, reading.report.text, published=DAY)) == reading


WHO = (
    "gunmen", "Boko Haram fighters", "the Syrian army", "rebels", "Turkish warplanes", "police in Lagos", "a crowd",
    "unknown attackers", "Islamic State", "it",
)  # fmt: skip
DID = (
    "attacked", "killed", "did not kill", "arrested", "shelled", "have captured", "will attack", "abducted",
    "opened fire on", "tried to seize", "clashed with", "denied that they had bombed", "retook",
)  # fmt: skip
WHOM = (
    "12 villagers", "at least 30 soldiers, including two officers,", "between 4 and 7 farmers", "the town of Bama",
    "several hundred ISIS detainees", "nobody", "a senior commander", "a convoy — “the last one” — of aid workers",
)  # fmt: skip
WHERE = (
    "near Gao", "in Kharkiv", "in Nowhereville", "in northeastern Syria", "", "at a base outside Mogadishu, Somalia,",
)  # fmt: skip
WHEN = (
    "on Monday", "on June 16", "in January", "last week", "in October 2019", "overnight", "",
    "after 10 days of fighting",
)  # fmt: skip
SAYS = ("", ", the army said", ", witnesses told reporters", ", according to two officials", ". The governor denied it")
TAILS = (
    "The toll rose to 34, the hospital said.", "No one was hurt in the raid.", "Les blessés ont été évacués.", "…",
    "It was the third attack this year .. . by the group.", "“We do not know,” he added.", "Ünïcödé 🚑 10,000 fled.",
)  # fmt: skip


@st.composite
def reports(draw: st.DrawFn) -> str:
    """One to four sentences of news, put together from parts; grammar and sense not guaranteed."""
    sentences = []
    for _ in range(draw(st.integers(1, 3))):
        parts = (draw(st.sampled_from(choices)) for choices in (WHO, DID, WHOM, WHERE, WHEN))
        clause = " ".join(part for part in parts if part)
        sentences.append(clause[0].upper() + clause[1:] + draw(st.sampled_from(SAYS)) + ".")
    if draw(st.booleans()):
        sentences.append(draw(st.sampled_from(TAILS)))
    return draw(st.sampled_from((" ", "\n\n", "  "))).join(sentences)


@settings(max_examples=60)
@given(text=reports(), published=st.sampled_from((None, "2024-02-29", "2022-07-01T23:30:00+02:00")))
@example(text="", published=None)
@example(text="\n \t", published=None)
@example(text="?!… — 12 . . 3,4", published="2024-02-29")
def test_every_reading_keeps_the_laws(
    text: str, published: str | None, validate: Callable[[dict[str, Any]], None]
) -> None:
    reading = read(text, published=published)
    contract = to_contract(reading)
    validate(contract)
    assert broken_laws(contract) == []
    assert canonical_json(to_contract(read(text, published=published))) == canonical_json(contract)
    assert from_contract(contract) == dataclasses.replace(reading, report=reading.report)


YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@settings(max_examples=60)
@given(text=reports())
def test_no_year_is_invented_without_a_publication_date(text: str) -> None:
    """Every year of a date stands in the text."""
    reading = read(text)
    told = set(YEAR.findall(text))
    for date in (*(e.date for e in reading.events), *reading.times):
        years = {value[:4] for value in (date.start, date.end) if value}
        assert years <= told
        if date.value and date.value[:4].isdigit() and date.value[4:5] in ("", "-"):
            assert date.value[:4] in told


# --- refusals ---------------------------------------------------------------------------


@pytest.mark.parametrize("published", ["2022-02-30", "16 June 2022", "", "2022-13-01", "yesterday"])
def test_date_that_is_no_date_is_refused(published: str) -> None:
    with pytest.raises(DateError, match="is no date: expected a day of the calendar") as refused:
        read("Gunmen attacked a village on Monday.", published=published)
    assert isinstance(refused.value, InputError)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Des hommes armés ont attaqué un village près de Gao lundi, tuant douze civils, selon le maire."),
        ("ar", "قتل مسلحون اثني عشر مدنيا في هجوم على قرية قرب المدينة يوم الاثنين، حسبما قال رئيس البلدية."),
    ],
)
def test_text_in_another_language_is_not_read(language: str, text: str) -> None:
    reading = read(text, published=DAY)
    assert reading.language == language
    assert (reading.events, reading.figures, reading.claims, reading.times) == ((), (), (), ())
    assert not reading.relevant
    assert any("another language" in note and language in note for note in reading.notes)


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "...", "?!?! -- ;;", "12 34 56", "2022-04-09", "\ufeff", "…—“”"])
def test_text_without_words_gives_an_empty_reading(text: str) -> None:
    reading = read(text, published=DAY)
    assert (reading.events, reading.figures, reading.claims, reading.actors) == ((), (), (), ())
    assert not reading.relevant
    assert reading.report.text == text
    assert broken_laws(to_contract(reading)) == []


# --- a publication date that is found, dates that follow from what is named --------------


TOLD = "Gunmen killed 12 villagers near Gao on Monday, the mayor said."


def test_the_date_of_the_url_counts_and_is_noted() -> None:
    reading = read(TOLD, url="https://news.example/2024/05/15/gao")
    assert reading.report.published == "2024-05-15"
    assert any(note.startswith("publication date 2024-05-15 taken from the URL") for note in reading.notes)
    (event,) = reading.events
    assert (event.date.start, event.date.inferred, event.background) == ("2024-05-13", False, False)


def test_the_date_of_a_header_line_counts_and_is_noted() -> None:
    reading = read(f"Twelve dead\nPublished: 15 May 2024 14:05 GMT\n\n{TOLD}")
    assert reading.report.published == "2024-05-15"
    assert any("Published: 15 May 2024" in note for note in reading.notes)
    assert event_of(reading, "killed 12 villagers").date.start == "2024-05-13"


def test_a_date_that_was_given_is_kept() -> None:
    reading = read(TOLD, published="2020-03-04", url="https://news.example/2024/05/15/gao")
    assert reading.report.published == "2020-03-04"
    assert not any("publication date" in note for note in reading.notes)


def test_a_found_date_changes_no_id_of_the_report() -> None:
    dated, bare = read(TOLD, url="https://news.example/2024/05/15/gao"), read(TOLD)
    assert dated.report.id == bare.report.id
    again = read(TOLD, url="https://news.example/2024/05/15/gao")
    assert canonical_json(to_contract(again)) == canonical_json(to_contract(dated))
    assert from_contract(to_contract(dated)).report.published == "2024-05-15"


def test_a_month_of_publication_bounds_today_and_makes_no_background() -> None:
    text = "Gunmen killed 12 villagers near Gao today, the mayor said."
    reading = read(text, url="https://news.example/releases/2024/05/81312.htm")
    (event,) = reading.events
    assert (event.date.start, event.date.end, event.date.precision) == ("2024-05-01", "2024-05-31", "month")
    assert event.date.inferred and not event.background and reading.report.published is None
    assert any(note.startswith("published in 2024-05 by the URL") for note in reading.notes)
    assert not any(note.startswith("no publication date") for note in reading.notes)


def test_clues_that_disagree_leave_the_report_undated() -> None:
    reading = read(f"15 May 2024\n{TOLD}", url="https://news.example/2023/01/02/gao")
    assert reading.report.published is None
    assert any("disagree" in note for note in reading.notes)
    assert all(event.date.start is None for event in reading.events)


def test_a_known_event_dates_an_account_and_says_why(validate: Callable[[Any], None]) -> None:
    reading = read(
        "American commandos shot Osama bin Laden dead in a raid on his house in Abbottabad, Pakistan. "
        "Gunmen killed 12 villagers near Gao on June 16."
    )
    known, other = event_of(reading, "bin Laden"), event_of(reading, "near Gao")
    assert (known.date.start, known.date.precision, known.date.inferred) == ("2011-05-02", "day", True)
    assert known.date.note is not None and "Wikipedia" in known.date.note
    assert (other.date.start, other.date.value, other.date.inferred) == (None, "XXXX-06-16", False)
    contract = to_contract(reading)
    validate(contract)
    assert from_contract(contract).events == reading.events


def test_a_known_event_is_of_its_own_day_not_of_its_neighbours() -> None:
    reading = read(f"{TOLD} American commandos killed Osama bin Laden in Abbottabad.", published="2024-05-15")
    assert event_of(reading, "near Gao").date.start == "2024-05-13"
    known = event_of(reading, "bin Laden")
    assert (known.date.start, known.date.inferred, known.background) == ("2011-05-02", True, True)


def test_readings_of_earlier_versions_have_no_inferred_dates() -> None:
    contract = to_contract(read(TOLD, published=DAY))
    for event in contract["events"]:
        del event["date"]["inferred"], event["date"]["note"]
    assert [e.date.inferred for e in from_contract(contract).events] == [False]


def test_offsets_count_code_points() -> None:
    """Signs outside the basic plane, combining marks and a byte order mark move nothing."""
    opening = "\ufeff🚨🚨 e\u0301tat: "
    text = opening + "Gunmen killed 12 villagers near Gao on Monday."
    (event,) = read(text, published="2024-05-15").events
    assert event.date.span is not None and event.date.span.of(text) == "on Monday"[3:]
    assert event.location.span is not None and event.location.span.of(text) == "Gao"


def test_capitals_are_read_as_words() -> None:
    text = "GUNMEN KILLED 12 VILLAGERS NEAR GAO ON MONDAY, THE MAYOR SAID."
    (event,) = read(text, published="2024-05-15").events
    assert event.sub_event_type == "Attack"
    assert event.location.country == "MLI"
    assert event.location.span is not None and event.location.span.of(text) == "GAO"


def test_a_place_without_a_point_has_the_one_around_it(validate: Callable[[Any], None]) -> None:
    reading = read("Gunmen shot dead two teachers in the Zorkani quarter of Bangui on 3 March 2019, police said.")
    (event,) = reading.events
    where = event.location
    assert (where.name, where.country, where.latitude) == ("Zorkani quarter", "CAF", None)
    assert where.within is not None and where.within.name == "Bangui" and where.within.latitude is not None
    contract = to_contract(reading)
    validate(contract)
    assert from_contract(contract).events == reading.events

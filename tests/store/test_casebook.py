"""A casebook gives back what was put in, once, and by what was asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.cli.casebook_view import event_cells
from casus.errors import CasebookError, ConflictError, InputError, NotFoundError, ReportError
from casus.records.figure import Quantity
from casus.records.reading import Reading
from casus.records.report import Report
from casus.store import Casebook, Count, Found
from casus.store.accounts import accounts_of
from casus.store.contract import account_to_contract
from generated_readings import made_reading, made_report
from sample_readings import empty, readings, sample, with_a_wish

MANY = [made_reading(made_report(n)) for n in range(60)]


@pytest.fixture
def book() -> Iterator[Casebook]:
    with Casebook(":memory:") as opened:
        yield opened


@pytest.fixture(scope="module")
def full() -> Iterator[Casebook]:
    """Sixty made reports and the hand-made sample; not to be written to."""
    with Casebook(":memory:") as opened:
        opened.add_many([*MANY, sample()])
        yield opened


@settings(max_examples=50)
@given(reading=readings())
def test_what_goes_in_comes_out(reading: Reading) -> None:
    with Casebook(":memory:") as book:
        assert book.add(reading)
        assert book.reading(reading.report.id) == replace(reading, report=replace(reading.report, notes=()))
        assert tuple(book.events_of(reading.report.id)) == accounts_of(reading)
        assert sorted(e.id for e in book.events()) == sorted(e.id for e in reading.events)
        assert [r.sha256 for r in book.reports()] == [reading.report.sha256]


def test_readings_stored_before_attitudes_still_load(tmp_path: Path) -> None:
    file = tmp_path / "casus.db"
    with Casebook(file) as book:
        book.add(sample())
        before = book.events()
    with closing(sqlite3.connect(file)) as old, old:
        (contract,) = old.execute("SELECT contract FROM reading").fetchone()
        plain = json.loads(contract)
        assert plain.pop("attitudes") == []
        old.execute("UPDATE reading SET contract = ?", (json.dumps(plain),))
    with Casebook(file) as book:
        assert book.reading("rpt_sample") == sample()
        assert book.events() == before


def test_attitudes_are_kept_with_their_reading(book: Casebook) -> None:
    book.add(with_a_wish())
    assert book.reading("rpt_sample").attitudes == with_a_wish().attitudes
    assert [e.id for e in book.events()] == [e.id for e in sample().events]


def test_a_file_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "casus.db"
    with Casebook(file) as book:
        book.add(sample())
    with Casebook(f"sqlite:///{file}", readonly=True) as book:
        assert book.reading("rpt_sample") == sample()


@settings(max_examples=25)
@given(st.lists(st.integers(0, 12), max_size=20))
def test_adding_again_changes_nothing(order: list[int]) -> None:
    with Casebook(":memory:") as book:
        changed = [book.add(MANY[n]) for n in order]
        assert changed == [n not in order[:i] for i, n in enumerate(order)]
        assert {e.id for e in book.events()} == {e.id for n in order for e in MANY[n].events}
        assert book.count() == sum(len(MANY[n].events) for n in set(order))


def test_the_first_reading_stays_unless_reread(book: Casebook) -> None:
    later = replace(sample(), events=sample().events[:1], notes=("read anew",))
    assert book.add(sample()) and not book.add(later)
    assert book.count() == 2
    assert book.add(later, reread=True) and not book.add(later, reread=True)
    assert book.reading("rpt_sample") == later
    assert [e.id for e in book.events()] == ["evt_1"]
    assert book.report("rpt_sample").notes == ("read anew",)


def test_rereading_keeps_the_search_in_step(book: Casebook) -> None:
    book.add(sample(title="Quarrel"))
    retitled = sample(title="Skirmish")
    book.add(retitled, reread=True)
    assert (book.count(text="quarrel"), book.count(text="skirmish")) == (0, 2)


def test_an_id_with_another_text_is_refused(book: Casebook) -> None:
    book.add(sample())
    other = sample(sample().report.text + " More came later.")
    for reread in (False, True):
        with pytest.raises(ConflictError, match="'rpt_sample' is in the casebook with another text"):
            book.add(other, reread=reread)
    with pytest.raises(ConflictError):
        book.has(other.report)
    assert book.reading("rpt_sample") == sample()


def test_has_looks_at_id_and_text(book: Casebook) -> None:
    assert not book.has(sample().report)
    book.add(sample())
    assert book.has(sample().report)
    assert not book.has(Report("rpt_other", sample().report.text))


def test_a_report_without_events_is_stored_too(book: Casebook) -> None:
    assert book.add(empty())
    assert [(r.id, r.events, r.relevant) for r in book.reports()] == [("rpt_empty", 0, False)]
    assert book.events() == [] and book.counts("type") == []


def test_reports_come_in_the_order_added(full: Casebook) -> None:
    assert [r.id for r in full.reports()] == [*(r.report.id for r in MANY), "rpt_sample"]


def test_two_events_of_one_id_are_a_fault_of_the_reading(book: Casebook) -> None:
    first = sample().events[0]
    with pytest.raises(ReportError, match=r"'rpt_sample' cannot be stored: it gives two events the id evt_1"):
        book.add(replace(sample(), events=(first, first)))
    assert book.reports() == []


def test_a_link_that_leads_nowhere_is_a_fault_of_the_reading(book: Casebook) -> None:
    with pytest.raises(ReportError, match="it refers to 'clm_1', which it does not hold"):
        book.add(replace(sample(), claims=()))


@pytest.mark.parametrize("number", [10**16, 2**63, 10**400])
def test_a_number_beyond_all_measure_is_refused(book: Casebook, number: int) -> None:
    figure = replace(sample().figures[0], quantity=Quantity(1, number, None))
    with pytest.raises(ReportError, match="it counts more than 1,000,000,000,000,000 people"):
        book.add(replace(sample(), figures=(figure, sample().figures[1])))
    assert book.add(sample())


def test_what_cannot_be_asked(full: Casebook) -> None:
    with pytest.raises(TypeError, match="no filter 'contry'"):
        full.events(contry="SYR")  # type: ignore[call-arg]
    with pytest.raises(InputError, match="no order 'size'"):
        full.events(sort="size")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not counted by 'colour'"):
        full.counts("colour")  # type: ignore[arg-type]
    for limit, offset in ((-1, 0), (None, -1)):
        with pytest.raises(InputError, match="neither can be below zero"):
            full.events(limit=limit, offset=offset)


def test_one_id_in_two_reports_loses_nothing(book: Casebook) -> None:
    book.add(sample())
    book.add(replace(sample(), report=replace(sample().report, id="rpt_twin")))
    assert book.count() == 4
    with pytest.raises(NotFoundError, match="begins several ids"):
        book.find("evt_1")


def test_events_without_a_date_come_last(full: Casebook) -> None:
    dates = [e.date.start for e in full.events()]
    known = [d for d in dates if d is not None]
    assert dates == [*sorted(known), None]
    newest = [e.date.start for e in full.events(sort="newest")]
    assert newest == [*sorted(known, reverse=True), None]


def test_other_orders(full: Casebook) -> None:
    tolls = [e.toll("killed") for e in full.events(sort="killed")]
    numbers = [t.best if t and t.best is not None else t.low if t else None for t in tolls]
    assert numbers == [*sorted((n for n in numbers if n is not None), reverse=True), None]
    assert [e.id for e in full.events(sort="added")] == [e.id for r in [*MANY, sample()] for e in r.events]
    countries = [e.location.country for e in full.events(sort="country")]
    assert countries == sorted(countries, key=lambda c: (c is None, c))


def test_pages_make_up_the_whole(full: Casebook) -> None:
    whole = [e.id for e in full.events(sort="killed")]
    pages = [e.id for start in range(0, len(whole), 7) for e in full.events(sort="killed", limit=7, offset=start)]
    assert pages == whole == [e.id for e in full.scan(sort="killed")]
    assert [e.id for e in full.events(sort="killed", offset=3)] == whole[3:]


def test_events_may_be_looked_up_while_scanning(full: Casebook) -> None:
    assert all(full.event(e.id) == e for e in full.scan(country="SYR"))


FILTERS: list[tuple[dict[str, Any], Any]] = [
    ({"since": "2019-05-06"}, lambda e: e.date.end is not None and e.date.end >= "2019-05-06"),
    ({"until": "2019"}, lambda e: e.date.start is not None and e.date.start <= "2019-12-31"),
    ({"since": "2016-02", "until": "2016-02"}, lambda e: (e.date.start or "")[:7] == "2016-02"),
    ({"country": "Syria"}, lambda e: e.location.country == "SYR"),
    ({"country": ["syr", "Mali"]}, lambda e: e.location.country in ("SYR", "MLI")),
    ({"type": "battles"}, lambda e: e.event_type == "Battles"),
    ({"type": "air"}, lambda e: e.sub_event_type == "Air/drone strike"),
    ({"type": ["arrests", "shelling"]}, lambda e: e.sub_event_type.startswith(("Arrests", "Shelling"))),
    ({"min_killed": 42}, lambda e: (t := e.toll("killed")) is not None and (t.best or t.low or 0) >= 42),
    ({"min_killed": 0}, lambda e: e.toll("killed") is not None),
    ({"actor": "northern dawn"}, lambda e: any(p.name == "Northern Dawn" for p in e.participants)),
    ({"actor": "Amara"}, lambda e: any(p.name == "Sons of Amara" for p in e.participants)),
    ({"actor": "islamic-state"}, lambda e: any(p.name == "Islamic State" for p in e.participants)),
    ({"actor": "ISIS"}, lambda e: any(p.name == "Islamic State" for p in e.participants)),
    ({"actor": "army"}, lambda e: e.report.id == "rpt_sample"),
    (
        {"actor": ["Iron Hill", "Islamic State"]},
        lambda e: {p.name for p in e.participants} == {"Iron Hill Brigade", "Islamic State"},
    ),
    ({"text": '"number 17"'}, lambda e: e.report.id == "rpt-000017"),
    ({"text": "stormed army"}, lambda e: e.report.id == "rpt_sample"),
    ({"text": "title 33"}, lambda e: e.report.id == "rpt-000033"),
    ({"text": "nowhere-to-be-found"}, lambda e: False),
    (
        {"country": "SYR", "min_killed": 20, "actor": "Dawn", "since": "2015"},
        lambda e: (
            e.location.country == "SYR"
            and e.toll("killed").best >= 20
            and any(p.name == "Northern Dawn" for p in e.participants)
        ),
    ),
]


@pytest.mark.parametrize(("filters", "holds"), FILTERS, ids=lambda x: str(x) if isinstance(x, dict) else "")
def test_filters(full: Casebook, filters: dict[str, Any], holds: Any) -> None:
    expected = [e.id for e in full.events() if holds(e)]
    assert [e.id for e in full.events(**filters)] == expected
    assert full.count(**filters) == len(expected)
    assert expected or "nowhere" in str(filters), "a filter that finds nothing tests nothing"


def test_a_range_of_days_counts_where_it_touches(book: Casebook) -> None:
    event = sample().events[0]
    month = replace(event, date=replace(event.date, start="2023-05-01", end="2023-05-31"))
    book.add(replace(sample(), events=(month,)))
    assert book.count(since="2023-05-31") == book.count(until="2023-05-01") == 1
    assert book.count(since="2023-06-01") == book.count(until="2023-04-30") == 0


def test_a_short_word_of_a_name_must_stand_whole(book: Casebook) -> None:
    reading = sample()
    named = tuple(replace(a, name=name) for a, name in zip(reading.actors, ("IS", "Israeli Army"), strict=True))
    book.add(replace(reading, actors=named))
    assert [e.id for e in book.events(actor="IS")] == ["evt_1"]
    assert sorted(e.id for e in book.events(actor="Isra")) == ["evt_1", "evt_2"]


def test_counts(full: Casebook) -> None:
    listed = full.events()
    for by, key in (
        ("type", lambda e: [e.sub_event_type]),
        ("country", lambda e: [e.location.country]),
        ("month", lambda e: [e.date.start[:7] if e.date.start else None]),
        ("actor", lambda e: sorted({p.name for p in e.participants})),
    ):
        keys = [k for e in listed for k in key(e)]
        found = full.counts(by)  # type: ignore[arg-type]
        assert {c.key: c.events for c in found} == {k: keys.count(k) for k in keys}, by
        if by != "month":
            assert [c.events for c in found] == sorted((c.events for c in found), reverse=True)
    months = [c.key for c in full.counts("month")]
    assert months == [*sorted(m for m in months if m), None]
    assert full.counts("type", country="KGZ") == [
        Count("Armed clash", 1),
        Count("Shelling/artillery/missile attack", 1),
    ]


def test_find(full: Casebook) -> None:
    event = MANY[3].events[0].id
    assert full.find(event) == full.find(event[:14]) == full.find(event.removeprefix("evt_")) == Found("event", event)
    assert full.find("rpt-000012") == Found("report", "rpt-000012")
    assert full.find("rpt_") == Found("report", "rpt_sample")
    for key, problem in (
        ("evt_", "begins several ids"),
        ("rpt-0000", "begins several"),
        ("x%_", "nothing in"),
        ("", "nothing in"),
    ):
        with pytest.raises(NotFoundError, match=problem):
            full.find(key)


def test_an_id_wins_over_what_begins_with_it(book: Casebook) -> None:
    for own in ("a", "ab"):
        book.add(replace(empty(), report=Report(own, f"text of {own}")))
    assert book.find("a") == Found("report", "a")


def test_what_is_not_there(full: Casebook) -> None:
    for look in (full.event, full.reading, full.report):
        with pytest.raises(NotFoundError, match="'evt_none'"):
            look("evt_none")
    assert full.events_of("evt_none") == []


def test_a_closed_casebook_says_so() -> None:
    book = Casebook(":memory:")
    book.close()
    for use in (book.events, book.reports, lambda: book.add(sample())):
        with pytest.raises(CasebookError, match="is closed"):
            use()


def test_a_failure_in_the_middle_leaves_nothing(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("casus.store.sql.index_report", fail)
    with pytest.raises(RuntimeError):
        book.add(sample())
    monkeypatch.undo()
    assert book.reports() == [] and book.count() == 0
    assert book.add(sample())


def test_inferred_dates_and_computed_points_stay_marked() -> None:
    reading = sample()
    first = reading.events[0]
    marked = replace(
        first,
        date=replace(first.date, inferred=True, note="dated by a known event"),
        location=replace(first.location, uncertainty_km=3.5),
    )
    with Casebook(":memory:") as book:
        book.add(replace(reading, events=(marked, *reading.events[1:])))
        record = next(e for e in book.events() if e.id == first.id)
    contract = account_to_contract(record)
    assert (contract["date_inferred"], contract["date_note"]) == (True, "dated by a known event")
    assert contract["uncertainty_km"] == 3.5
    assert "[date inferred]" in " ".join(event_cells(record))

"""The casebook: readings kept in a database, and their events found again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Unpack

from sqlalchemy import Connection, Select, Table, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from casus.errors import CasebookError, ConflictError, InputError, NotFoundError, ReportError
from casus.records.contract import from_contract, to_contract
from casus.records.ids import canonical_json
from casus.records.reading import Reading
from casus.records.report import Report
from casus.store import rows, tables
from casus.store.address import WRITES, open_engine, parse_address
from casus.store.base import Count, EventRecord, Filters, Found, Grouping, Kind, ReportRecord, Sort
from casus.store.faults import told_of
from casus.store.filters import resolve
from casus.store.loading import CHUNK, load_events
from casus.store.opening import prepare
from casus.store.queries import counts, order, where
from casus.store.search import forget_report, index_report

WAIT = 10.0
"""Seconds to wait for another program that writes."""

MOST_NAMED = 5
"""Ids named where the beginning of one fits several."""


class Casebook:
    """Readings in a database: SQLite in a file, or a server that SQLAlchemy knows.

        with Casebook("casus.db") as book:
            book.add(casus.read(text, published="2022-06-17"))
            for event in book.events(country="Syria", min_killed=10):
                print(event.id, event.date.start, event.toll("killed"))

    Each reading is stored whole or not at all. Accounts are not yet fused over reports: an
    event is what one report tells of one happening.
    """

    def __init__(self, url: str | os.PathLike[str] = "casus.db", *, readonly: bool = False, wait: float = WAIT) -> None:
        """Open a casebook, and make it if it is not there and not `readonly`.

        `url` is a path or an SQLAlchemy URL; `wait` is how many seconds to wait for a lock.

        Raises:
            CasebookError: if it cannot be opened, is no casebook, or is of a newer version.
        """
        self._address = parse_address(url)
        self._engine = open_engine(self._address, readonly=readonly, wait=wait)
        self._closed = False
        try:
            with told_of(self._address):
                self._fts = prepare(self._engine, self._address, readonly=readonly, wait=wait)
        except CasebookError:
            self._engine.dispose()
            raise

    def __repr__(self) -> str:
        return f"Casebook({str(self._address)!r})"

    def __enter__(self) -> Casebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back; the casebook is of no use after it."""
        self._closed = True
        self._engine.dispose()

    # Adding.

    def has(self, report: Report) -> bool:
        """Whether this report is stored.

        Raises:
            ConflictError: if its id is stored with another text.
        """
        with self._reads() as connection:
            return _stored(connection, report) is not None

    def add(self, reading: Reading, *, reread: bool = False) -> bool:
        """Store a reading; False if there was nothing to change.

        A report already stored keeps its first reading, unless `reread`.

        Raises:
            ConflictError: if the report's id is stored with another text.
            ReportError: if the reading is not sound; others can still be stored.
            CasebookError: if the casebook cannot be written.
        """
        with told_of(self._address):
            try:
                return self._add(reading, reread=reread)
            except IntegrityError:
                # Another writer stored the same report in between: now it is there to be seen.
                return self._add(reading, reread=reread)

    def add_many(self, readings: Iterable[Reading], *, reread: bool = False) -> int:
        """Store readings one after the other, each in its own transaction; how many changed something.

        Raises:
            ConflictError, ReportError, CasebookError: as `add`; the readings before it stay stored.
        """
        return sum(self.add(reading, reread=reread) for reading in readings)

    def _add(self, reading: Reading, *, reread: bool) -> bool:
        contract, events = _checked(reading)
        with self._writes() as connection:
            number = _stored(connection, reading.report)
            if number is not None:
                if not reread or _contract(connection, number) == contract:
                    return False
                self._forget(connection, number)
            self._store(connection, reading, contract, events, number)
        return True

    def _store(
        self,
        connection: Connection,
        reading: Reading,
        contract: str,
        events: Sequence[EventRecord],
        number: int | None,
    ) -> None:
        """Write all rows of a reading; `number` is the report's row if it is there already."""
        row = rows.report_row(reading)
        if number is None:
            number = connection.execute(insert(tables.report).returning(tables.report.c.number), row).scalar_one()
        else:
            connection.execute(update(tables.report).where(tables.report.c.number == number), row)
        _insert(connection, tables.reading, [{"report": number, "contract": contract}])
        _insert(connection, tables.claim, rows.claim_rows(reading, number))
        numbers = _insert_events(connection, rows.event_rows(events, number))
        _insert(connection, tables.participant, rows.participant_rows(reading, events, numbers))
        _insert(connection, tables.event_claim, rows.event_claim_rows(events, numbers, number))
        _insert(connection, tables.figure, rows.figure_rows(events, numbers, number))
        if self._fts:
            index_report(connection, number, row)

    def _forget(self, connection: Connection, number: int) -> None:
        """Take out all that was read in a report, but not the report."""
        if self._fts:
            forget_report(connection, number)
        for table in (tables.event, tables.claim, tables.reading):
            connection.execute(delete(table).where(table.c.report == number))

    # Finding.

    def events(
        self, *, sort: Sort = "date", limit: int | None = None, offset: int = 0, **filters: Unpack[Filters]
    ) -> list[EventRecord]:
        """The events for which all filters hold; see `Filters` for what there is.

        `sort` is "date" (oldest first), "newest", "killed" (most first), "country" or "added".

        Raises:
            DateError, InputError: if a filter makes no sense.
            CasebookError: if the casebook cannot be read.
        """
        return list(self.scan(sort=sort, limit=limit, offset=offset, **filters))

    def scan(
        self, *, sort: Sort = "date", limit: int | None = None, offset: int = 0, **filters: Unpack[Filters]
    ) -> Iterator[EventRecord]:
        """The same one by one, holding few at a time; what others add meanwhile is not seen."""
        conditions = resolve(filters)
        if min(limit or 0, offset) < 0:
            raise InputError(f"limit {limit} and offset {offset}: neither can be below zero")
        with self._reads() as connection:
            query = select(tables.event.c.number).where(*where(conditions, fts=self._fts)).order_by(*order(sort))
            numbers = connection.execute(query.limit(limit).offset(offset)).scalars().all()
        for i in range(0, len(numbers), CHUNK):
            with self._reads() as connection:
                loaded = load_events(connection, numbers[i : i + CHUNK])
            yield from loaded

    def count(self, **filters: Unpack[Filters]) -> int:
        """How many events there are for which all filters hold.

        Raises:
            DateError, InputError, CasebookError: as `events`.
        """
        conditions = resolve(filters)
        with self._reads() as connection:
            query = select(func.count()).select_from(tables.event).where(*where(conditions, fts=self._fts))
            return connection.execute(query).scalar_one()

    def counts(self, by: Grouping, *, with_names: bool = False, **filters: Unpack[Filters]) -> list[Count]:
        """How many events fall under each type, country, actor or month, most first, months in order.

        Persons harmed are counted together, unless `with_names`.

        Raises:
            DateError, InputError, CasebookError: as `events`.
        """
        conditions = resolve(filters)
        with self._reads() as connection:
            found = connection.execute(counts(by, conditions, fts=self._fts, with_names=with_names)).all()
        listed = [Count(row.key, row.events) for row in found]
        return sorted(listed, key=lambda c: (c.key is None, 0 if by == "month" else -c.events, c.key or ""))

    def event(self, id: str) -> EventRecord:
        """The event with this id.

        Raises:
            NotFoundError: if there is none.
            CasebookError: if it cannot be read.
        """
        with self._reads() as connection:
            numbers = connection.execute(select(tables.event.c.number).where(tables.event.c.id == id)).scalars().all()
            if not numbers:
                raise NotFoundError(f"no event {id!r} in {self._address}: `casus events` lists them")
            return load_events(connection, numbers[:1])[0]

    def reading(self, report_id: str) -> Reading:
        """The reading of a report, as it was stored.

        Raises:
            NotFoundError: if the report is not there.
            CasebookError: if it cannot be read.
        """
        query = select(tables.reading.c.contract).join(tables.report).where(tables.report.c.id == report_id)
        with self._reads() as connection:
            contract = connection.execute(query).scalar_one_or_none()
        if contract is None:
            raise NotFoundError(f"no report {report_id!r} in {self._address}")
        try:
            return from_contract(json.loads(contract))
        except (KeyError, TypeError, ValueError) as error:
            raise CasebookError(f"{self._address}: the reading of report {report_id!r} is damaged ({error})") from error

    def events_of(self, report_id: str) -> list[EventRecord]:
        """The events that a report tells of, in its order; none if the report is not there.

        Raises:
            CasebookError: if they cannot be read.
        """
        query = select(tables.event.c.number).join(tables.report).where(tables.report.c.id == report_id)
        with self._reads() as connection:
            numbers = connection.execute(query.order_by(tables.event.c.position)).scalars().all()
            return load_events(connection, numbers)

    def report(self, report_id: str) -> ReportRecord:
        """The record of a report.

        Raises:
            NotFoundError: if the report is not there.
            CasebookError: if it cannot be read.
        """
        with self._reads() as connection:
            row = connection.execute(_reports().where(tables.report.c.id == report_id)).mappings().one_or_none()
        if row is None:
            raise NotFoundError(f"no report {report_id!r} in {self._address}")
        return rows.to_report(row)

    def reports(self) -> list[ReportRecord]:
        """All reports, in the order in which they were added.

        Raises:
            CasebookError: if they cannot be read.
        """
        with self._reads() as connection:
            found = connection.execute(_reports().order_by(tables.report.c.number)).mappings()
            return [rows.to_report(row) for row in found]

    def find(self, key: str) -> Found:
        """The event or report with this id, or the only one whose id begins so.

        Raises:
            NotFoundError: if there is none, or more than one.
            CasebookError: if it cannot be read.
        """
        with self._reads() as connection:
            found = _with_id(connection, key) or _beginning(connection, key)
        if not found:
            raise NotFoundError(f"nothing in {self._address} has the id {key[:80]!r}: `casus events` lists the events")
        if len(found) > 1:
            some = ", ".join(f.id for f in found[:MOST_NAMED]) + (", …" if len(found) > MOST_NAMED else "")
            raise NotFoundError(f"{key[:80]!r} begins several ids ({some}): give more of it")
        return found[0]

    # Connections.

    @contextmanager
    def _reads(self) -> Iterator[Connection]:
        """One snapshot to read from."""
        self._check_open()
        with told_of(self._address), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writes(self) -> Iterator[Connection]:
        """One transaction to write in, undone if anything goes wrong."""
        self._check_open()
        if self._address.file is not None and not self._address.file.exists():
            # SQLite would go on writing to a file without a name, and all of it would be lost.
            raise CasebookError(f"{self._address} was taken away while it was open: run the same again")
        with self._engine.connect() as raw, raw.execution_options(**{WRITES: True}) as connection, connection.begin():
            yield connection

    def _check_open(self) -> None:
        if self._closed:
            raise CasebookError(f"the casebook {self._address} is closed: open it again")


def _checked(reading: Reading) -> tuple[str, tuple[EventRecord, ...]]:
    """The contract of a reading, and its events.

    Raises:
        ReportError: if the reading is not sound, or its text no Unicode.
    """
    try:
        contract = canonical_json(to_contract(reading))
        contract.encode()
        return contract, rows.stored_accounts(reading)
    except ValueError as error:
        broken = isinstance(error, UnicodeEncodeError)
        reason = "its text has lone surrogates, repair its encoding first" if broken else str(error)
        raise ReportError(f"the reading of report {reading.report.id!r} cannot be stored: {reason}") from error


def _stored(connection: Connection, report: Report) -> int | None:
    """The row of a report; None if it is not there.

    Raises:
        ConflictError: if its id is stored with another text.
    """
    query = select(tables.report.c.number, tables.report.c.sha256).where(tables.report.c.id == report.id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    if row.sha256 != report.sha256:
        raise ConflictError(
            f"report id {report.id!r} is in the casebook with another text: give each report its own id"
        )
    number: int = row.number
    return number


def _reports() -> Select[Any]:
    """Rows of reports without the texts."""
    return select(*(c for c in tables.report.c if c.name != "text"))


def _contract(connection: Connection, number: int) -> str:
    query = select(tables.reading.c.contract).where(tables.reading.c.report == number)
    contract: str = connection.execute(query).scalar_one()
    return contract


def _insert(connection: Connection, table: Table, found: Sequence[rows.Row]) -> None:
    if found:
        connection.execute(insert(table), list(found))


def _insert_events(connection: Connection, found: Sequence[rows.Row]) -> list[int]:
    """Store event rows; their numbers, in the same order."""
    if not found:
        return []
    query = insert(tables.event).returning(tables.event.c.number, sort_by_parameter_order=True)
    return list(connection.execute(query, list(found)).scalars())


def _with_id(connection: Connection, key: str) -> list[Found]:
    """What has this very id: events, else a report, else events without their "evt_"."""
    looks: tuple[tuple[Kind, Table, str], ...] = (
        ("event", tables.event, key),
        ("report", tables.report, key),
        ("event", tables.event, f"evt_{key}"),
    )
    for kind, table, wanted in looks:
        ids = connection.execute(select(table.c.id).where(table.c.id == wanted)).scalars().all()
        if ids:
            return [Found(kind, i) for i in ids]
    return []


def _beginning(connection: Connection, key: str) -> list[Found]:
    """Events, then reports, whose id begins with the key (an event's also without "evt_")."""
    found: list[Found] = []
    keys: tuple[tuple[Kind, Table, tuple[str, ...]], ...] = (
        ("event", tables.event, (key, f"evt_{key}")),
        ("report", tables.report, (key,)),
    )
    for kind, table, beginnings in keys if key else ():
        matches = or_(*(table.c.id.startswith(beginning, autoescape=True) for beginning in beginnings))
        ids = connection.execute(select(table.c.id).where(matches).order_by(table.c.id).limit(MOST_NAMED + 1))
        found += [Found(kind, i) for i in ids.scalars()]
    return found

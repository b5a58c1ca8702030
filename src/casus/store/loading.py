"""Whole event records from rows, a few statements for many events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, select

from casus.store import rows
from casus.store.base import ClaimRecord, EventRecord, FigureRecord, ReportRecord
from casus.store.tables import claim, event, event_claim, figure, participant, report

CHUNK = 500
"""Events loaded at a time: below the number of parameters that any SQLite takes."""

T = TypeVar("T")
ClaimKey = tuple[int, str]
"""Row number of the report and id of the claim."""


def load_events(connection: Connection, numbers: Sequence[int]) -> list[EventRecord]:
    """The events with these row numbers, in this order; those that are gone meanwhile are left out."""
    found = {row["number"]: row for row in _rows(connection, event, event.c.number, numbers)}
    reports, texts = _reports(connection, sorted({row["report"] for row in found.values()}))
    claims = _claims(connection, texts)
    parties = _by_event(connection, participant, numbers, rows.to_participant)
    stated = _by_event(connection, event_claim, numbers, lambda row: claims[row["report"], row["claim"]])
    figures = _by_event(connection, figure, numbers, _figure(claims, texts))
    return [
        rows.to_event(
            row,
            report=reports[row["report"]],
            text=texts[row["report"]],
            participants=parties[number],
            stated=(figures[number], stated[number]),
        )
        for number, row in ((n, found[n]) for n in numbers if n in found)
    ]


def _rows(
    connection: Connection, table: Table, column: ColumnElement[Any], values: Sequence[int]
) -> Sequence[RowMapping]:
    return connection.execute(select(table).where(column.in_(values))).mappings().all()


def _reports(connection: Connection, numbers: Sequence[int]) -> tuple[dict[int, ReportRecord], dict[int, str]]:
    """Records and texts by row number."""
    found = _rows(connection, report, report.c.number, numbers)
    return {row["number"]: rows.to_report(row) for row in found}, {row["number"]: row["text"] for row in found}


def _claims(connection: Connection, texts: Mapping[int, str]) -> dict[ClaimKey, ClaimRecord]:
    found = _rows(connection, claim, claim.c.report, list(texts))
    return {(row["report"], row["id"]): rows.to_claim(row, texts[row["report"]]) for row in found}


def _figure(claims: Mapping[ClaimKey, ClaimRecord], texts: Mapping[int, str]) -> Callable[[RowMapping], FigureRecord]:
    return lambda row: rows.to_figure(row, claims[row["report"], row["claim"]], texts[row["report"]])


def _by_event(
    connection: Connection, table: Table, numbers: Sequence[int], make: Callable[[RowMapping], T]
) -> defaultdict[int, list[T]]:
    """What hangs on the events, in its order."""
    query = select(table).where(table.c.event.in_(numbers)).order_by(table.c.event, table.c.position)
    found: defaultdict[int, list[T]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["event"]].append(make(row))
    return found

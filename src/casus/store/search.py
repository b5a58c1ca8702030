"""Search in the texts of the reports: FTS5 where SQLite has it, LIKE elsewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, column, func, or_, select, table, text
from sqlalchemy.exc import OperationalError

from casus.store.tables import event, report

_index = table("report_text", column("rowid"), column("report_text"))


def create_index(connection: Connection) -> str:
    """Make the full-text index if the database can; returns "fts5" or "like"."""
    if connection.dialect.name != "sqlite":
        return "like"
    try:
        connection.execute(
            text(
                "CREATE VIRTUAL TABLE report_text USING fts5(title, text, content='report', content_rowid='number', "
                'tokenize="unicode61 remove_diacritics 2")'
            )
        )
    except OperationalError as error:
        if "no such module" not in str(error):
            raise
        return "like"
    return "fts5"


def index_report(connection: Connection, number: int, row: dict[str, Any]) -> None:
    """Enter a report that was just stored."""
    connection.execute(
        text("INSERT INTO report_text(rowid, title, text) VALUES (:number, :title, :text)"),
        {"number": number, "title": row["title"], "text": row["text"]},
    )


def forget_report(connection: Connection, number: int) -> None:
    """Take a report out, before its row changes."""
    connection.execute(
        text(
            "INSERT INTO report_text(report_text, rowid, title, text) "
            "SELECT 'delete', number, title, text FROM report WHERE number = :number"
        ),
        {"number": number},
    )


def reports_with(terms: tuple[str, ...], *, fts: bool) -> ColumnElement[bool]:
    """The condition that an event's report holds all the terms, in its text or title.

    With FTS5 a term is a run of whole words, without regard to case and accents, and a
    last `*` stands for any ending; with LIKE it is a run of characters.
    """
    if fts:
        match = _index.c.report_text.op("MATCH")(" ".join(map(_phrase, terms)))
        return event.c.report.in_(select(_index.c.rowid).where(match))
    return event.c.report.in_(select(report.c.number).where(and_(*map(_contains, terms))))


def _phrase(term: str) -> str:
    """A term as an FTS5 string: nothing in it is taken for an operator."""
    word = term.rstrip("*")
    quoted = '"' + word.replace('"', '""') + '"'
    return quoted + "*" if word != term else quoted


def _contains(term: str) -> ColumnElement[bool]:
    wanted = term.rstrip("*").lower()
    columns = (func.lower(report.c.text), func.lower(report.c.title))
    return or_(*(c.contains(wanted, autoescape=True) for c in columns))

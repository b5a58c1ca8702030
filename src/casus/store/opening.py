"""Making a casebook where there is none, and refusing what is not one."""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import Connection, Engine, insert, inspect, select

from casus.errors import CasebookError
from casus.store import tables
from casus.store.address import WRITES, Address, open_engine
from casus.store.migrations import VERSION, migrate, outdated
from casus.store.search import create_index

SEARCH = "search"
"""The key, in the table `casebook`, of how texts are searched."""

PAUSE = 0.02
"""Seconds between two attempts to switch a new file to WAL."""


def prepare(engine: Engine, address: Address, *, readonly: bool, wait: float) -> bool:
    """Check the layout, after making it or bringing it up to date; returns whether FTS5 searches the texts.

    Raises:
        CasebookError: if it is no casebook, or one of another version.
        sqlite3.Error, SQLAlchemyError: if the database fails.
    """
    with engine.connect() as connection, connection.begin():
        known = _known(connection, address)
    if known is None:
        if readonly:
            raise CasebookError(f"{address} holds no casebook yet: fill it with `casus add`")
        known = _make(engine, address, wait)
    if outdated(known):
        known = _brought_up(address, wait)
    _check_version(known, address)
    return known.get(SEARCH) == "fts5"


def _known(connection: Connection, address: Address) -> dict[str, str] | None:
    """What the casebook says of itself; None if nothing is there yet."""
    inspector = inspect(connection)
    if inspector.has_table(tables.casebook.name):
        return {row.key: row.value for row in connection.execute(select(tables.casebook))}
    if address.file is not None and inspector.get_table_names():
        raise CasebookError(f"{address} is a database of another program, not a casebook: name another file")
    return None


def _make(engine: Engine, address: Address, wait: float) -> dict[str, str]:
    """Make the tables in one transaction; another program may do the same at the same time."""
    if address.file is not None:
        _switch_to_wal(engine, wait)
    with engine.connect() as raw, raw.execution_options(**{WRITES: True}) as connection, connection.begin():
        known = _known(connection, address)
        if known is not None:
            return known
        tables.metadata.create_all(connection)
        known = {VERSION: str(tables.SCHEMA_VERSION), SEARCH: create_index(connection)}
        connection.execute(insert(tables.casebook), [{"key": k, "value": v} for k, v in known.items()])
        return known


def _brought_up(address: Address, wait: float) -> dict[str, str]:
    """Bring an older casebook up to date, also where the one who opens it only wants to read."""
    writing = open_engine(address, readonly=False, wait=wait)
    try:
        return migrate(writing)
    finally:
        writing.dispose()


def _switch_to_wal(engine: Engine, wait: float) -> None:
    """Readers and a writer side by side; the file remembers it.

    SQLite answers "locked" at once when two programs switch the same file together, so
    it is tried again for as long as a lock is waited for.
    """
    deadline = time.monotonic() + wait
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(PAUSE)
    finally:
        connection.close()


def _check_version(known: dict[str, str], address: Address) -> None:
    version = known.get(VERSION, "")
    if version == str(tables.SCHEMA_VERSION):
        return
    if version.isascii() and version.isdigit() and int(version) > tables.SCHEMA_VERSION:
        raise CasebookError(
            f"{address} was made by a newer Casus (casebook version {version}, this one reads "
            f"{tables.SCHEMA_VERSION}): update Casus"
        )
    raise CasebookError(f"{address} has no version that Casus knows ({version[:20]!r}): restore a backup")

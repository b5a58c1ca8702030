"""Where a casebook is: a path or a database URL, and how it is opened."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from casus.errors import CasebookError

WRITES = "casus_writes"
"""Execution option of connections that are going to write."""

HEADER = b"SQLite format 3\x00"
"""How a file of SQLite begins, if it holds anything."""

POSTGRESQL = frozenset(("postgres", "postgresql"))


@dataclass(frozen=True, slots=True)
class Address:
    """A casebook's place: a file (SQLite), memory (both None), or a server's URL."""

    file: Path | None
    server: URL | None

    def __str__(self) -> str:
        if self.server is not None:
            return self.server.render_as_string(hide_password=True)
        return str(self.file) if self.file else ":memory:"


def parse_address(given: str | os.PathLike[str]) -> Address:
    """The address that a path or an SQLAlchemy URL names.

    Raises:
        CasebookError: if it is empty or no URL that can be used.
    """
    text = os.fspath(given)
    if not text.strip():
        raise CasebookError("no casebook named: expected a path such as casus.db, or a database URL")
    if "://" not in text:
        return Address(None if text == ":memory:" else Path(text), None)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise CasebookError("the database URL cannot be read: expected dialect://user:password@host/name") from None
    if url.get_backend_name() == "sqlite":
        memory = url.database in (None, "", ":memory:")
        return Address(None if memory else Path(str(url.database)), None)
    return Address(None, url.set(drivername="postgresql+psycopg") if url.drivername in POSTGRESQL else url)


def open_engine(address: Address, *, readonly: bool, wait: float) -> Engine:
    """An engine on the address. A file is made if it is missing and may be written.

    `wait` is how many seconds to wait for a lock of another program.

    Raises:
        CasebookError: if the file or the driver is not there, or the file may not be used so.
    """
    if address.server is not None:
        return _server_engine(address.server)
    if address.file is not None:
        _check_file(address.file, readonly=readonly)
    return _sqlite_engine(address.file, readonly=readonly, wait=wait)


def _server_engine(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except NoSuchModuleError:
        raise CasebookError(f"no database {url.drivername!r} is known: use a path, or postgresql://…") from None
    except ModuleNotFoundError as error:
        raise CasebookError(f"{url.drivername} needs the package {error.name}: install casus[postgresql]") from None


def _check_file(file: Path, *, readonly: bool) -> None:
    """What would otherwise fail late or in words that do not help."""
    if file.is_dir():
        raise CasebookError(f"{file} is a folder: name a file in it, such as {file / 'casus.db'}")
    if not file.exists():
        if readonly:
            raise CasebookError(f"no casebook {file}: make one with `casus add`, or name another with --db")
        if not file.parent.is_dir():
            raise CasebookError(f"no folder {file.parent} for the casebook {file.name}: make it first")
    elif not file.is_file():
        raise CasebookError(f"{file} is no ordinary file: name a file such as casus.db")
    elif not _may(file, os.R_OK):
        raise CasebookError(f"{file} may not be read (permission denied)")
    elif not readonly and not _may(file, os.W_OK):
        raise CasebookError(f"{file} is read-only: make it writable, or name another with --db")
    else:
        _check_header(file)


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _check_header(file: Path) -> None:
    """SQLite takes a very short file of any kind for an empty database, and would write over it."""
    try:
        with file.open("rb") as stream:
            header = stream.read(len(HEADER))
    except OSError as error:
        raise CasebookError(f"{file} cannot be read: {(error.strerror or str(error)).lower()}") from None
    if header not in (b"", HEADER):
        raise CasebookError(f"{file} is no database: name a casebook, or a new file")


def _sqlite_engine(file: Path | None, *, readonly: bool, wait: float) -> Engine:
    target = ":memory:" if file is None else f"{file.absolute().as_uri()}?{_mode(file, readonly=readonly)}"

    def connect() -> sqlite3.Connection:
        # Connections go from thread to thread through the pool, which lends each to one at a time.
        return sqlite3.connect(target, uri=file is not None, timeout=wait, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool if file is None else QueuePool)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _mode(file: Path, *, readonly: bool) -> str:
    """How SQLite opens the file.

    In a folder that may not be written a file in WAL mode opens only as immutable, which is
    right as long as nobody is writing: a writer would have a -wal file beside it.
    """
    if not readonly:
        return "mode=rwc"
    written = file.with_name(f"{file.name}-wal").exists()
    return "mode=ro" if written or _may(file.absolute().parent, os.W_OK) else "mode=ro&immutable=1"


def _set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """Transactions are opened by `_begin`, not by the driver, which would open them too late.

    synchronous=FULL: a report that was called stored survives a power cut too. It costs one
    fsync a report (0.3 ms on a solid-state disk, 2026-11), little beside reading the report.
    """
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: two that read first and write later could not both go on."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

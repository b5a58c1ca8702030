"""What databases complain of, in one clear line each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from casus.errors import CasebookError
from casus.store.address import Address

REASONS = {
    "SQLITE_BUSY": "is locked by another program: wait until that one is done, then try again",
    "SQLITE_LOCKED": "is locked by another program: wait until that one is done, then try again",
    "SQLITE_READONLY": "is read-only: make the file and its folder writable, or name another with --db",
    "SQLITE_PERM": "is read-only: make the file and its folder writable, or name another with --db",
    "SQLITE_NOTADB": "is no database: name a casebook, or a new file",
    "SQLITE_CORRUPT": "is damaged: restore a backup, or add the reports to a new casebook",
    "SQLITE_CANTOPEN": "cannot be opened: make sure that the file and its folder may be used",
    "SQLITE_FULL": "cannot grow, the disk is full: make room, then run the same again",
    "SQLITE_IOERR": "cannot be read or written, the disk reports an error",
}
"""SQLite's primary error code → what to say of the casebook."""


@contextmanager
def told_of(address: Address) -> Iterator[None]:
    """Turns what the database raises into a CasebookError that names the casebook.

    Raises:
        CasebookError: for any error of the database or its driver.
    """
    try:
        yield
    except DBAPIError as error:
        raise CasebookError(f"{address} {_reason(error.orig)}") from error
    except sqlite3.Error as error:
        raise CasebookError(f"{address} {_reason(error)}") from error
    except SQLAlchemyError as error:
        raise CasebookError(f"{address}: {_one_line(error)}") from error
    except UnicodeEncodeError as error:
        raise CasebookError(f"{address} cannot look for text with lone surrogates: repair its encoding") from error


def _reason(error: BaseException | None) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    for code, words in REASONS.items():
        if name.startswith(code):
            return words
    return f"failed: {_one_line(error)}"


def _one_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__

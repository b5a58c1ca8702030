"""What is no casebook, or cannot be used as one: one clear line each, and nothing is made or changed."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from casus.errors import CasebookError, ReportError
from casus.records.report import Report
from casus.store import Casebook
from casus.store.address import parse_address
from casus.store.tables import SCHEMA_VERSION
from sample_readings import empty, sample

NOBODY = 65534


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    file = tmp_path / "casus.db"
    with Casebook(file) as book:
        book.add(sample())
    return file


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, and for a while no rights beyond what file modes give: root may write anything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        if os.geteuid() != 0:
            yield folder
            return
        os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)


def refused(url: str | Path, *, readonly: bool = False, wait: float = 0.1) -> str:
    """The one line with which a casebook is refused."""
    with pytest.raises(CasebookError) as caught:
        Casebook(url, readonly=readonly, wait=wait)
    message = str(caught.value)
    assert message and "\n" not in message
    return message


def test_a_missing_file_is_not_made_to_read_it(tmp_path: Path) -> None:
    assert "no casebook" in refused(tmp_path / "casus.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    for readonly in (False, True):
        assert "is a folder: name a file in it" in refused(tmp_path, readonly=readonly)


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "no folder" in refused(tmp_path / "nowhere" / "casus.db")


def test_no_ordinary_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "no ordinary file" in refused(pipe)


def test_an_empty_file_becomes_a_casebook_only_to_write(tmp_path: Path) -> None:
    file = tmp_path / "casus.db"
    file.touch()
    assert "holds no casebook yet" in refused(file, readonly=True)
    assert file.stat().st_size == 0
    with Casebook(file) as book:
        assert book.add(sample())


@pytest.mark.parametrize("content", [b"no database at all " * 200, b"SQLite format 3\x00 but not really" * 99, b"x"])
def test_no_database(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "casus.db"
    file.write_bytes(content)
    for readonly in (False, True):
        assert "is no database: name a casebook" in refused(file, readonly=readonly)
    assert file.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    for readonly in (False, True):
        assert "is a database of another program" in refused(file, readonly=readonly)
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    connection.close()


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        (str(SCHEMA_VERSION + 1), f"newer Casus (casebook version {SCHEMA_VERSION + 1}, this one reads"),
        ("0", "no version that Casus knows"),
        ("one", "no version that Casus knows"),
    ],
)
def test_another_version(filled: Path, version: str, problem: str) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE casebook SET value = ? WHERE key = 'version'", (version,))
    connection.close()
    for readonly in (False, True):
        assert problem in refused(filled, readonly=readonly)


def test_a_locked_casebook(filled: Path) -> None:
    with Casebook(filled, wait=0.1) as book, sqlite3.connect(filled) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CasebookError, match=r"casus\.db is locked by another program"):
            book.add(empty())
        assert book.count() == 2, "readers need not wait for a writer"
        other.rollback()
        assert book.add(empty())
    other.close()


def test_a_new_file_that_another_program_holds(tmp_path: Path) -> None:
    file = tmp_path / "casus.db"
    with sqlite3.connect(file) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "is locked by another program" in refused(file)
        other.rollback()
    other.close()


def test_a_read_only_file(unprivileged: Path) -> None:
    file = unprivileged / "casus.db"
    with Casebook(file) as book:
        book.add(sample())
    file.chmod(0o444)
    assert "is read-only: make it writable" in refused(file)
    with Casebook(file, readonly=True) as book:
        assert book.count() == 2


def test_a_read_only_folder(unprivileged: Path) -> None:
    folder = unprivileged / "archive"
    folder.mkdir()
    file = folder / "casus.db"
    with Casebook(file) as book:
        book.add(sample())
    file.chmod(0o444)
    folder.chmod(0o555)
    try:
        with Casebook(file, readonly=True) as book:
            assert book.count() == 2
        assert sorted(p.name for p in folder.iterdir()) == ["casus.db"]
        assert refused(folder / "new.db")
    finally:
        folder.chmod(0o755)


def test_a_file_that_may_not_be_read(unprivileged: Path) -> None:
    file = unprivileged / "casus.db"
    Casebook(file).close()
    file.chmod(0)
    assert "may not be read" in refused(file, readonly=True)


def test_a_reader_does_not_write(filled: Path) -> None:
    with Casebook(filled, readonly=True) as book, pytest.raises(CasebookError, match="is read-only"):
        book.add(empty())


def test_a_damaged_file(filled: Path) -> None:
    content = bytearray(filled.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 64] = b"\xff" * 64
    filled.write_bytes(content)
    with pytest.raises(CasebookError, match="is damaged: restore a backup"), Casebook(filled, readonly=True) as book:
        book.events()


def test_a_damaged_reading(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE reading SET contract = '{}'")
    connection.close()
    with Casebook(filled) as book, pytest.raises(CasebookError, match="'rpt_sample' is damaged"):
        book.reading("rpt_sample")


def test_a_file_taken_away(filled: Path) -> None:
    with Casebook(filled) as book:
        for file in filled.parent.iterdir():
            file.unlink()
        with pytest.raises(CasebookError, match="was taken away while it was open"):
            book.add(empty())


def test_lone_surrogates() -> None:
    with Casebook(":memory:") as book:
        with pytest.raises(ReportError, match="'r' cannot be stored: its text has lone surrogates"):
            book.add(replace(empty(), report=Report("r", "broken \ud800 text")))
        for look in (lambda: book.find("\udcff"), lambda: book.count(text="caf\udce9")):
            with pytest.raises(CasebookError, match="cannot look for text with lone surrogates"):
                look()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "no casebook named"),
        ("  ", "no casebook named"),
        ("://", "cannot be read"),
        ("nonsense://host/name", "no database 'nonsense' is known"),
        ("oracle+oracledb://host/name", "needs the package oracledb"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, problem: str) -> None:
    assert problem in refused(url)


def test_a_password_is_never_shown() -> None:
    address = parse_address("postgresql://anna:secret@db.example.org/casus")
    assert "secret" not in str(address) and "anna" in str(address)
    assert address.server is not None and address.server.drivername == "postgresql+psycopg"
    assert "secret" not in refused("nonsense://anna:secret@host/name")
    assert "secret" not in refused("bro ken://anna:secret@host:port/name")


@pytest.mark.parametrize("name", ["casus.db", "with space.db", "100%?.db", "ca#us.db", "كتاب.db", "a:b.db"])
def test_any_file_name(tmp_path: Path, name: str) -> None:
    with Casebook(tmp_path / name) as book:
        book.add(sample())
    assert [p.name for p in tmp_path.iterdir()] == [name]
    with Casebook(tmp_path / name, readonly=True) as book:
        assert book.count() == 2


def test_an_older_sqlite_without_fts5_still_searches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casus.store.opening.create_index", lambda connection: "like")
    with Casebook(tmp_path / "casus.db") as book:
        book.add(sample())
    monkeypatch.undo()
    with Casebook(tmp_path / "casus.db") as book:
        assert book.count(text="stormed") == 2 and book.count(text="nowhere") == 0


def test_a_casebook_of_the_first_layout_is_brought_up_to_date(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        for column in ("date_inferred", "date_note", "uncertainty_km"):
            connection.execute(f"ALTER TABLE event DROP COLUMN {column}")
        connection.execute("UPDATE casebook SET value = '1' WHERE key = 'version'")
    connection.close()
    with Casebook(filled, readonly=True) as book:
        assert [e.date.inferred for e in book.events()].count(True) == 0
        assert book.count() == 2
    with Casebook(filled) as book:
        assert book.add(empty())

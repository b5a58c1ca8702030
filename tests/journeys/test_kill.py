"""Killed at any moment and run again, or run twice at once: all reports once, all events once."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casus.errors import CasebookError
from casus.store import Casebook
from casus.store.accounts import accounts_of
from generated_readings import made_reading, made_report

DRIVER = Path(__file__).with_name("add_driver.py")
REPORTS = 300
KILLS = 5
MOST_ADDED = 50
"""Reports that a process adds before it is killed, at most; the first is killed while it makes the casebook."""


def write_reports(path: Path, numbers: range) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        for report in map(made_report, numbers):
            fields = ("id", "title", "publisher", "published", "url", "text")
            stream.write(json.dumps({name: getattr(report, name) for name in fields}) + "\n")
    return path


def start(db: Path, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(DRIVER), str(db), str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stored(db: Path) -> int:
    """Reports in the casebook, the last ones whole; 0 if it was not made yet."""
    try:
        book = Casebook(db, readonly=True)
    except CasebookError as error:
        assert "no casebook" in str(error)
        return 0
    with book:
        reports = book.reports()
        for report in reports[-3:]:
            number = int(report.id.removeprefix("rpt-"))
            assert tuple(book.events_of(report.id)) == accounts_of(made_reading(made_report(number)))
    return len(reports)


def check_whole(db: Path, numbers: range) -> None:
    """All the reports once, all their events once, and nothing wrong inside the file."""
    readings = [made_reading(made_report(n)) for n in numbers]
    with Casebook(db, readonly=True) as book:
        assert sorted(r.id for r in book.reports()) == sorted(r.report.id for r in readings)
        assert sorted(e.id for e in book.events()) == sorted(e.id for r in readings for e in r.events)
        assert all(book.reading(r.report.id) == r for r in readings[::25])
        assert book.count(text="roads") == book.count()
    with sqlite3.connect(db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO report_text(report_text, rank) VALUES ('integrity-check', 1)")
    connection.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_again_and_again(tmp_path: Path) -> None:
    db, chance = tmp_path / "casus.db", random.Random(20220616)
    reports = write_reports(tmp_path / "reports.jsonl", range(REPORTS))
    seen = []
    for n in range(KILLS):
        process = start(db, reports)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        wanted = chance.randint(1, MOST_ADDED) if n else 0
        while wanted and int(process.stdout.readline()) < wanted:
            pass
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.communicate()
        seen.append(stored(db))
    assert seen == sorted(seen), "a kill lost what was stored before"
    assert all(0 < n < REPORTS for n in seen[1:]), f"the kills did not come in the middle: {seen}"
    process = start(db, reports)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert f"{seen[-1]} already there, 0 could not be read" in out
    check_whole(db, range(REPORTS))


def test_two_at_once(tmp_path: Path) -> None:
    db = tmp_path / "casus.db"
    parts = [range(160), range(80, 240)]
    files = [write_reports(tmp_path / f"{n}.jsonl", part) for n, part in enumerate(parts)]
    processes = [start(db, file) for file in files]
    results = [p.communicate(timeout=60) for p in processes]
    assert [(p.returncode, err) for p, (_, err) in zip(processes, results, strict=True)] == [(0, "")] * 2
    assert sum(int(out.splitlines()[-1].split()[0]) for out, _ in results) == 240
    check_whole(db, range(240))

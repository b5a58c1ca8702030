"""What a casebook costs: adding a reading, and finding events among many.

    python benchmarks/casebook.py [--reports N] [--json]

Readings are made by the tests' reader of made reports, so that no language model is
loaded: only the casebook is measured. Adding is timed in ten parts, to see whether it
slows down as the casebook grows. Each look-up runs RUNS times; the median is given.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from casus.records.reading import Reading
from casus.store import Casebook
from generated_readings import made_reading, made_report

PARTS = 10
RUNS = 7

LOOK_UPS: dict[str, dict[str, Any]] = {
    "first 50": {"limit": 50},
    "country and two months": {"country": "Syria", "since": "2020-01", "until": "2020-02"},
    "actor, many killed": {"actor": "Islamic State", "min_killed": 80, "limit": 100},
    "word of an actor's name": {"actor": "Dawn", "sort": "newest", "limit": 100},
    "phrase in the text": {"text": '"number 77"'},
    "word in every text": {"text": "roads", "limit": 100},
    "type, many killed": {"type": "drone", "min_killed": 85, "limit": 100},
}


def milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def measure(reports: int, file: Path) -> Iterator[tuple[str, float]]:
    """Names and numbers: milliseconds, except where the name says otherwise."""
    readings = [made_reading(made_report(n)) for n in range(reports)]
    with Casebook(file) as book:
        size = max(1, reports // PARTS)
        for start in range(0, reports, size):
            yield f"add, from report {start}", _each(book.add, readings[start : start + size])
        again = milliseconds(lambda: [book.has(r.report) for r in readings])
        yield "look whether a report is there", again / reports
        for name, filters in LOOK_UPS.items():
            yield f"events: {name}", _median(partial(book.events, **filters))
        yield "counts by actor", _median(partial(book.counts, "actor"))
        yield "one event by its id", milliseconds(lambda: book.event(readings[0].events[0].id))
        yield "events in it (number)", book.count()
    yield "bytes a report (number)", file.stat().st_size / reports


def _median(call: Callable[[], object]) -> float:
    """Milliseconds a call, after one that pays for loading the countries and the registry."""
    call()
    return statistics.median(milliseconds(call) for _ in range(RUNS))


def _each(add: Callable[[Reading], bool], readings: list[Reading]) -> float:
    """Milliseconds a reading."""
    return milliseconds(lambda: [add(r) for r in readings]) / len(readings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=8000, help="reports to add (2.5 events each)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(arguments.reports, Path(folder) / "casus.db")
        if arguments.json:
            print(json.dumps({name: round(value, 3) for name, value in measured}, indent=2))
            return
        for name, value in measured:
            print(f"{name:<42}{value:>12.2f}")


if __name__ == "__main__":
    main()

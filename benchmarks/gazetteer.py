"""How fast names are looked up, how long the gazetteer takes to open, and what memory it needs.

    python benchmarks/gazetteer.py [--texts FILE.jsonl] [--json]

The stream is what reading asks for: every run of up to five words of the texts that begins and
ends with a capital, in text order, with all its repetitions; most are no places. Texts are those
of the examples, or of a JSON Lines file with `text`. Beside it, names of places drawn from the
gazetteer, one after the other without any repetition: all are hits and none can be remembered.
Cold: a gazetteer just opened, so that every name is looked up in the file. Warm: the same names
once more. Rates are medians of RUNS runs; opening and memory are measured in new processes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from casus.intake import read_inputs
from casus.knowledge.gazetteer import GAZETTEER, Gazetteer
from casus.knowledge.gazetteer_file import read_places
from casus.records.report import Report

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
LONGEST = 5
RUNS = 7
DRAWN = 40_000

WORD = re.compile(r"[^\W\d_][\w'’-]*")

FRESH = """
import json, re, resource, sys, time
from pathlib import Path
def most():
    try:
        return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
base = most()
start = time.perf_counter()
from casus.knowledge.gazetteer import Gazetteer
loaded = time.perf_counter()
gazetteer = Gazetteer()
opened = time.perf_counter()
gazetteer.lookup("Kabul")
first = time.perf_counter()
for name in json.load(sys.stdin):
    gazetteer.lookup(name)
peak = most()
print(json.dumps([loaded - start, opened - loaded, first - opened, base, peak]))
"""
"""A new process: seconds to import, to open and for the first look-up; kilobytes before and at the most. Linux counts
in ru_maxrss what the parent held when it started the process, hence the status file."""


def texts(file: Path | None) -> Iterator[str]:
    if file is None:
        yield from (item.text for item in read_inputs([EXAMPLES]) if isinstance(item, Report))
        return
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines if line.strip())


def stream(file: Path | None) -> Iterator[str]:
    """Runs of words that begin and end with a capital, line by line."""
    for text in texts(file):
        for line in text.split("\n"):
            words = list(WORD.finditer(line))
            for i, first in enumerate(words):
                for last in words[i : i + LONGEST] if first.group()[0].isupper() else ():
                    if last.group()[0].isupper():
                        yield line[first.start() : last.end()]


def drawn_names() -> list[str]:
    """Different names of places, at random, the same each time."""
    with closing(sqlite3.connect(f"{GAZETTEER.as_uri()}?mode=ro", uri=True)) as db:
        names = sorted({place.name for place in read_places(db)})
    return random.Random(1).sample(names, min(DRAWN, len(names)))


def rates(names: Sequence[str]) -> tuple[float, float]:
    """Names a second, cold and warm."""
    cold, warm = [], []
    for _ in range(RUNS):
        with closing(Gazetteer()) as gazetteer:
            cold.append(seconds(gazetteer, names))
            warm.append(seconds(gazetteer, names))
    return len(names) / statistics.median(cold), len(names) / statistics.median(warm)


def seconds(gazetteer: Gazetteer, names: Sequence[str]) -> float:
    lookup = gazetteer.lookup
    start = time.perf_counter()
    for name in names:
        lookup(name)
    return time.perf_counter() - start


def fresh_process(names: Sequence[str]) -> dict[str, float]:
    command, told = [sys.executable, "-c", FRESH], json.dumps(names)
    done = [subprocess.run(command, input=told, capture_output=True, text=True, check=True) for _ in range(RUNS)]
    runs = [json.loads(run.stdout) for run in done]
    unit = 1e6 if sys.platform == "darwin" else 1e3
    columns = [statistics.median(column) for column in zip(*runs, strict=True)]
    figures = dict(zip(("import_s", "open_s", "first_lookup_s", "python_mb", "peak_mb"), columns, strict=True))
    return figures | {"python_mb": figures["python_mb"] / unit, "peak_mb": figures["peak_mb"] / unit}


def measure(file: Path | None) -> dict[str, float]:
    asked = list(stream(file))
    different = list(dict.fromkeys(asked))
    with closing(Gazetteer()) as gazetteer:
        found = {name for name in different if gazetteer.lookup(name)}
    kinds = {
        "stream": asked,
        "stream_hits": [name for name in different if name in found],
        "stream_misses": [name for name in different if name not in found],
        "places": drawn_names(),
    }
    figures = {"file_mb": GAZETTEER.stat().st_size / 1e6}
    for kind, names in kinds.items():
        figures[f"{kind}_names"] = len(names)
        figures[f"{kind}_cold_s"], figures[f"{kind}_warm_s"] = rates(names)
    return figures | fresh_process(kinds["places"])


def table(figures: dict[str, float]) -> str:
    """The figures for people."""
    rows = {
        "stream of a text": "stream",
        "its hits, each once": "stream_hits",
        "its misses, each once": "stream_misses",
        "names of places, each once": "places",
    }
    lines = [f"{'names a second':<28}{'names':>10}{'cold':>12}{'warm':>12}"]
    for label, kind in rows.items():
        numbers = (figures[f"{kind}_names"], figures[f"{kind}_cold_s"], figures[f"{kind}_warm_s"])
        lines.append(f"{label:<28}{numbers[0]:>10,.0f}{numbers[1]:>12,.0f}{numbers[2]:>12,.0f}")
    return "\n".join(
        [
            *lines,
            "",
            f"opening                     {1000 * figures['open_s']:.1f} ms",
            f"importing the modules       {1000 * figures['import_s']:.0f} ms",
            f"first look-up               {1000 * figures['first_lookup_s']:.2f} ms",
            f"peak memory                 {figures['peak_mb']:.0f} MB, of which Python {figures['python_mb']:.0f} MB",
            f"file                        {figures['file_mb']:.1f} MB",
        ]
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, metavar="FILE", help="JSON Lines with `text`, instead of the examples")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = options.parse_args()
    figures = measure(given.texts)
    print(json.dumps(figures, indent=2) if given.json else table(figures))


if __name__ == "__main__":
    main()

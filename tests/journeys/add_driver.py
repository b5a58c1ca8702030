"""`casus add` in a process of its own, with a reader that needs no language model.

    python add_driver.py DB FILE.jsonl

Everything but the reader is the real thing: intake, the loop of `casus add`, the casebook.
It says "ready", then after each report how many it has added.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from casus.cli.casebook import Tally, add_reports
from casus.intake import read_inputs
from casus.store import Casebook
from generated_readings import made_reading


def main(db: str, path: str) -> None:
    tally = Tally()
    print("ready", flush=True)
    with Casebook(db, wait=30) as book:
        add_reports(read_inputs([path]), lambda: book, made_reading, tally, step=lambda t: print(t.added, flush=True))
    print(tally)
    sys.exit(1 if tally.unreadable else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])

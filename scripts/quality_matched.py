"""The rows of the readings' scorer given a matched event: what a slot is worth once its event was found.

Events that the scorer's own alignment leaves alone, on either side, are taken out; what is left is scored as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import quality_losses

EXPLAINED = (
    "The same rows over events that were found: a slot's figure once its event is there. A *wrong year* is a date in "
    "another year than gold's; an *invented date* one where gold says that none can be known.\n"
)
FIGWHO_OF_FIGURES = "figwho, given a matched figure"
ROWS = (
    *("type", "family", "actual", "date", "place", "country", "actor", "actor, side-free"),
    *("figure", "figwho", FIGWHO_OF_FIGURES, "who"),
)

Events = dict[str, list[dict[str, Any]]]


def measure(scorer_path: Path, gold_path: Path, predictions: list[dict[str, Any]]) -> dict[str, Any]:
    """The scorer's rows over matched events, with the numbers of wrong years and of invented dates."""
    scorer = quality_losses.load_scorer(scorer_path)
    gold, _ = scorer.read(str(gold_path))
    found = {p["report"]["id"]: scorer.load_reading(p) for p in predictions}
    gold_kept: Events = {}
    found_kept: Events = {}
    for report, events in gold.items():
        pairs = scorer.align(events, found.get(report, []))
        gold_kept[report] = [events[i] for i in sorted(i for i, _ in pairs)]
        found_kept[report] = [found[report][j] for j in sorted(j for _, j in pairs)]
    rows, _ = scorer.score(gold_kept, found_kept)
    return dict(rows) | {FIGWHO_OF_FIGURES: _of_figures(rows)} | _dates(scorer, gold_kept, found_kept)


def _of_figures(rows: dict[str, Any]) -> dict[str, float]:
    """The share of figures found that have the right speaker; the scorer counts speakers of found figures only."""
    share = round(100 * rows["figwho"]["correct"] / max(1, rows["figure"]["correct"]), 1)
    return {"P": share, "R": share, "F1": share}


def _dates(scorer: Any, gold: Events, found: Events) -> dict[str, int]:
    wrong = invented = 0
    for report, events in gold.items():
        for i, j in scorer.align(events, found[report]):
            told, given = events[i]["start"], found[report][j]["start"]
            wrong += bool(told and given and told[:4] != given[:4] and not events[i]["optional"])
            invented += bool(given and not told and not events[i]["optional"])
    return {"wrong years": wrong, "invented dates": invented}


def table(results: dict[str, dict[str, Any]]) -> str:
    """F1 with P and R, one column a set."""
    lines = ["| given a matched event | " + " | ".join(results) + " |", "|---|" + "---:|" * len(results)]
    for row in ROWS:
        cells = (f"{r[row]['F1']} (P {r[row]['P']}, R {r[row]['R']})" for r in results.values())
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    for row in ("wrong years", "invented dates"):
        lines.append(f"| {row} | " + " | ".join(str(r[row]) for r in results.values()) + " |")
    return "\n".join(lines) + "\n"

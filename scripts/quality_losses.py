"""What a reading loses against gold, counted by kind.

Uses the readings' own scorer for the alignment, so that a loss here is a loss there.
"""

from __future__ import annotations

import collections
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

MOST = 30
EXPLAINED = (
    "Each slot that is missing, spurious or wrong, by kind, the 30 most common over both sets. "
    "“missing event” and “spurious event” cost every slot of the event at once; the lines on dates, places, "
    "actors, figures and speakers count only events that were matched.\n"
)

Counts = collections.Counter[str]


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_readings", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def count(scorer_path: Path, gold_path: Path, predictions: list[dict[str, Any]]) -> Counts:
    """Losses by kind over one gold file."""
    scorer = load_scorer(scorer_path)
    gold_docs, _ = scorer.read(str(gold_path))
    predicted = {p["report"]["id"]: scorer.load_reading(p) for p in predictions}
    losses: Counts = collections.Counter()
    for report, gold in gold_docs.items():
        found = predicted.get(report, [])
        pairs = scorer.align(gold, found)
        matched_gold, matched_found = {i for i, _ in pairs}, {j for _, j in pairs}
        losses.update(
            f"missing event: {g['sub']}" for i, g in enumerate(gold) if i not in matched_gold and not g["optional"]
        )
        losses.update(f"spurious event: {p['sub']}" for j, p in enumerate(found) if j not in matched_found)
        for i, j in pairs:
            if not gold[i]["optional"]:
                losses.update(_of_pair(scorer, gold[i], found[j]))
    return losses


def _of_pair(scorer: ModuleType, gold: dict[str, Any], found: dict[str, Any]) -> list[str]:
    lost = []
    if gold["sub"] != found["sub"]:
        lost.append(f"type: {gold['sub']} read as {found['sub']}")
    if gold["actual"] != found["actual"]:
        lost.append(f"actuality: {gold['actual']} read as {found['actual']}")
    lost += _dates(gold, found) + _places(scorer, gold, found)
    lost += _lists(
        "actor",
        gold["actors"],
        found["actors"],
        lambda a, b: a[0] == b[0] and scorer.same_actor(a, b),
        lambda a: f"side {a[0]}",
    )
    lost += _lists(
        "figure",
        gold["figures"],
        found["figures"],
        lambda a, b: a["outcome"] == b["outcome"] and scorer.same_number(a["n"], b["n"]),
        lambda f: f["outcome"],
    )
    lost += _lists(
        "speaker", gold["who"], found["who"], scorer.same_who, lambda w: "author" if w[0] == "author" else "another"
    )
    return lost


def _dates(gold: dict[str, Any], found: dict[str, Any]) -> list[str]:
    if (gold["start"], gold["end"]) == (found["start"], found["end"]):
        return []
    if gold["start"] and found["start"]:
        year = gold["start"][:4] != found["start"][:4]
        return ["date: wrong year" if year else "date: wrong day or range"]
    return ["date: missing" if gold["start"] else "date: given where none can be known"]


def _places(scorer: ModuleType, gold: dict[str, Any], found: dict[str, Any]) -> list[str]:
    lost = []
    same = bool(gold["place"] and found["place"]) and (
        scorer.same_name(gold["place"], found["place"]) or bool(scorer.overlap(gold["place_span"], found["place_span"]))
    )
    if gold["place"] and not same:
        lost.append("place: wrong" if found["place"] else "place: missing")
    if gold["country"] and gold["country"] != found["country"]:
        lost.append("country: wrong" if found["country"] else "country: missing")
    return lost


def _lists(name: str, gold: list[Any], found: list[Any], same: Any, label: Any) -> list[str]:
    """Missing and spurious entries of a list slot."""
    left = list(range(len(found)))
    lost = []
    for g in gold:
        match = next((j for j in left if same(g, found[j])), None)
        if match is None:
            lost.append(f"{name} missing: {label(g)}")
        else:
            left.remove(match)
    return lost + [f"{name} spurious: {label(found[j])}" for j in left]


def table(losses: dict[str, Counts]) -> str:
    """The most common losses, one column a set."""
    total: Counts = collections.Counter()
    for counts in losses.values():
        total.update(counts)
    names = list(losses)
    lines = ["| loss | " + " | ".join(names) + " | both |", "|---|" + "---:|" * (len(names) + 1)]
    for kind, n in sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]:
        lines.append(f"| {kind} | " + " | ".join(str(losses[name][kind]) for name in names) + f" | {n} |")
    return "\n".join(lines) + "\n"

"""How fast the names of actors are found in a report, and how long the registry takes to load.

    python benchmarks/registry.py [--texts FILE.jsonl] [--json]

Reports are of WORDS words: the examples, or the texts of a JSON Lines file with `text`, one after the other and cut
into pieces of that length. Two registries: the packaged one, and a made-up one of ACTORS actors with ALIASES names,
whose report names one of them every EVERY words, so that it is worse than any real one. Cold: no word was met before.
Each report is read RUNS times; told are the minimum, the median and the maximum over all.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from casus.intake import read_inputs
from casus.knowledge.registry import Registry, build_registry, load_registry, packaged_countries
from casus.knowledge.registry_entry import Alias, RegistryEntry
from casus.knowledge.registry_index import fold, natural_case
from casus.records.report import Report

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
WORDS = 500
ACTORS = 600
ALIASES = 4_000
EVERY = 12
RUNS = 15

SYLLABLES = "ba be dan dor fa gar hal ib jan ka kor la mal mu na nor qa ram sa shir ta tor ul wa zar zin"
HEADS = "Army Brigade Brigades Council Force Forces Front Guard Movement Party Shield Union"
FILLER = "the a of in near on after people said were killed town road when fire and two left morning it by"


def reports(file: Path | None) -> list[str]:
    """Reports of exactly WORDS words."""
    words = [word for text in texts(file) for word in text.split()]
    words *= -(-WORDS // max(len(words), 1))
    return [" ".join(words[i : i + WORDS]) for i in range(0, len(words) - WORDS + 1, WORDS)]


def texts(file: Path | None) -> Iterator[str]:
    if file is None:
        yield from (item.text for item in read_inputs([EXAMPLES]) if isinstance(item, Report))
        return
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines if line.strip())


def made_up() -> tuple[Registry, str]:
    """A registry of ACTORS actors with ALIASES names, and a report of WORDS words full of them."""
    draw = random.Random(1)
    syllables, heads, filler = SYLLABLES.split(), HEADS.split(), FILLER.split()
    names: dict[str, None] = {}
    while len(names) < ALIASES:
        parts = ["".join(draw.choices(syllables, k=3)).capitalize() for _ in range(draw.randint(0, 2))]
        names[" ".join([*parts, draw.choice(heads)]) if parts else "".join(draw.choices("ABDFJKLMPRSTU", k=5))] = None
    listed = list(names)
    entries = [entry(f"made-up-{i}", listed[i::ACTORS]) for i in range(ACTORS)]
    words: list[str] = []
    while len(words) < WORDS:
        words += draw.choices(filler, k=EVERY - 2) + draw.choice(listed).split()
    return build_registry(packaged_countries(), entries), " ".join(words[:WORDS])


def entry(id: str, names: Sequence[str]) -> RegistryEntry:
    aliases = tuple(Alias(name, natural_case(name), False) for name in names)
    return RegistryEntry(id, names[0], "rebel group", ("TCD",), aliases, None, None, None, "made up")


def seconds(look_up: Callable[[str], object], report: str) -> float:
    start = time.perf_counter()
    look_up(report)
    return time.perf_counter() - start


def milliseconds(registry: Registry, told: Sequence[str], *, cold: bool = False) -> dict[str, float]:
    found = []
    for report in told:
        for _ in range(RUNS):
            if cold:
                fold.cache_clear()
            found.append(1000 * seconds(registry.find, report))
    return {"min": min(found), "median": statistics.median(found), "max": max(found)}


def measure(file: Path | None) -> dict[str, dict[str, float]]:
    start = time.perf_counter()
    packaged = load_registry()
    loading = 1000 * (time.perf_counter() - start)
    told = reports(file)
    drawn, report = made_up()
    own = [e for e in packaged.entries.values() if e.places]
    return {
        "packaged": milliseconds(packaged, told),
        "packaged, cold": milliseconds(packaged, told, cold=True),
        "made up": milliseconds(drawn, [report]),
        "made up, cold": milliseconds(drawn, [report], cold=True),
        "size": {
            "reports": len(told),
            "actors": len(own),
            "names": sum(len(e.aliases) for e in own),
            "names_in_made_up_report": len(drawn.find(report)),
            "load_ms": loading,
        },
    }


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures for people."""
    size = figures["size"]
    lines = [f"{'milliseconds for a report':<28}{'min':>8}{'median':>8}{'max':>8}"]
    for label in ("packaged", "packaged, cold", "made up", "made up, cold"):
        run = figures[label]
        lines.append(f"{label:<28}{run['min']:>8.2f}{run['median']:>8.2f}{run['max']:>8.2f}")
    return "\n".join(
        [
            *lines,
            "",
            f"packaged: {size['actors']:,.0f} actors with {size['names']:,.0f} names, {size['reports']:.0f} reports",
            f"made up: {ACTORS} actors with {ALIASES:,} names, {size['names_in_made_up_report']:.0f} in its report",
            f"loading the packaged registry: {size['load_ms']:.0f} ms",
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

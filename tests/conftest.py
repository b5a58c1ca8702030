"""What every test may use: the repository's root, and the examples read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from casus.records.reading import Reading

os.environ["CASUS_GAZETTEER"] = os.environ["CASUS_ACTORS"] = ""  # a developer's own tables would change what tests read

ROOT = Path(__file__).resolve().parent.parent

# Deadlines would fail on the first text, which pays for loading the pipeline; derandomized
# so that the same tree gives the same verdict everywhere.
settings.register_profile(
    "casus", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("casus")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's root. The package under test is the installed one, wherever that is."""
    return ROOT


@pytest.fixture(scope="session")
def readings(root: Path) -> Mapping[str, Reading]:
    """Every report of `examples/`, read by the real pipeline; by id."""
    from casus.intake import read_inputs
    from casus.pipeline import read_report
    from casus.records.report import Report

    found: dict[str, Reading] = {}
    for item in read_inputs([root / "examples"]):
        assert isinstance(item, Report), f"an example cannot be read: {item}"
        found[item.id] = read_report(item)
    return found

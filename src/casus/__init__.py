"""Casus reads news about armed conflict: what happened, where, when, to whom, and who says so.

    import casus

    reading = casus.read(text, published="2022-06-17")
    book = casus.Casebook("sqlite:///casus.db")

Names load on first use: importing `casus` alone loads no language model and no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casus.pipeline import read as read
    from casus.records.reading import Reading as Reading
    from casus.records.report import Report as Report
    from casus.store import Casebook as Casebook

__version__ = "0.1.0"

_HOME = {
    "Casebook": "casus.store",
    "Reading": "casus.records.reading",
    "Report": "casus.records.report",
    "read": "casus.pipeline",
}
"""The modules in which the public names live."""

__all__ = ["Casebook", "Reading", "Report", "__version__", "read"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'casus' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)

"""Reading one report for a command, so that a fault of Casus costs that report and no other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casus.errors import CasusError, ReportError
from casus.records.reading import Reading
from casus.records.report import Report

if TYPE_CHECKING:
    from casus.knowledge.registry import Registry

actors_option = click.option(
    "--actors", "tables", multiple=True, metavar="FILE", help="Know the actors of this table as well; repeat for more."
)


def reader(tables: tuple[str, ...]) -> Callable[[Report], Reading]:
    """What reads one report, with the user's tables of actors, which are read at once.

    Raises:
        KnowledgeError: if one is missing or broken; the message names file and line.
    """
    if not tables:
        return read_one
    from casus.knowledge.registry import load_registry

    return partial(read_one, registry=load_registry(tuple(map(Path, tables))))


def read_one(report: Report, *, registry: Registry | None = None) -> Reading:
    """A reading by the pipeline, which is loaded on first use.

    Raises:
        ReportError: if Casus itself fails on this report; the message asks to report it.
        LanguageError, KnowledgeError: if the installation is broken.
    """
    from casus.pipeline import read_report

    try:
        return read_report(report, registry=registry) if registry else read_report(report)
    except CasusError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise ReportError(
            f"{report.title or report.id}: could not be read, an error inside casus ({what}); "
            "please report it together with the text"
        ) from error

"""Reading one report for a command, so that a fault of Casus costs that report and no other."""

from __future__ import annotations

from casus.errors import CasusError, ReportError
from casus.records.reading import Reading
from casus.records.report import Report


def read_one(report: Report) -> Reading:
    """A reading by the pipeline, which is loaded on first use.

    Raises:
        ReportError: if Casus itself fails on this report; the message asks to report it.
        LanguageError, KnowledgeError: if the installation is broken.
    """
    from casus.pipeline import read_report

    try:
        return read_report(report)
    except CasusError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise ReportError(
            f"{report.title or report.id}: could not be read, an error inside casus ({what}); "
            "please report it together with the text"
        ) from error

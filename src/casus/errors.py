"""What can go wrong, as a tree.

    CasusError                 everything Casus raises on purpose
    ├── InputError             what was given cannot be read or used
    │   ├── ReportError        one report cannot be read (others still can)
    │   └── DateError          a date that is no date
    ├── KnowledgeError         a data file (gazetteer, registry, lexicon) is missing or broken
    ├── LanguageError          no usable language pipeline is installed
    └── CasebookError          the casebook cannot be opened, read or written
        ├── ConflictError      the same report id arrived with a different text
        └── NotFoundError      nothing in the casebook has this id

Every message says what came, what was expected, and what to do next, in one line.
"""

from __future__ import annotations


class CasusError(Exception):
    """Base of all errors that Casus raises on purpose."""


class InputError(CasusError):
    """What was given cannot be read or used."""


class ReportError(InputError):
    """One report cannot be read; the other inputs still can."""


class DateError(InputError):
    """A date that is no date, such as 2022-02-30."""


class KnowledgeError(CasusError):
    """A data file of the knowledge layer is missing or broken."""


class LanguageError(CasusError):
    """No usable language pipeline is installed."""


class CasebookError(CasusError):
    """The casebook cannot be opened, read or written."""


class ConflictError(CasebookError):
    """The same report id arrived with a different text."""


class NotFoundError(CasebookError):
    """Nothing in the casebook has this id."""

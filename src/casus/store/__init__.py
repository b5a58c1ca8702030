"""The casebook: many readings in one database, and their events found again."""

from casus.store.base import (
    ClaimRecord,
    Count,
    EventRecord,
    FigureRecord,
    Filters,
    Found,
    Grouping,
    ParticipantRecord,
    ReportRecord,
    Sort,
)
from casus.store.contract import account_to_contract, report_to_contract
from casus.store.sql import Casebook

__all__ = [
    "Casebook",
    "ClaimRecord",
    "Count",
    "EventRecord",
    "FigureRecord",
    "Filters",
    "Found",
    "Grouping",
    "ParticipantRecord",
    "ReportRecord",
    "Sort",
    "account_to_contract",
    "report_to_contract",
]

"""A reading: all that one report says, in the terms of the codebook."""

from __future__ import annotations

from dataclasses import dataclass

from casus.records.actor import Actor
from casus.records.attitude import Attitude
from casus.records.claim import Claim
from casus.records.event import Event
from casus.records.figure import Figure
from casus.records.mention import PlaceMention, TimeMention
from casus.records.report import Report


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says. Every span indexes `report.text`; ids hold inside the reading.

    `notes` are what a coder should know (no publication date, garbled sentence, another
    language); `relevant` is False when the report tells of no political violence,
    demonstration or strategic development. `attitudes` are what somebody wants, favours or fears: attributed
    as claims are, but nothing that happened, and no event reads them.
    """

    report: Report
    language: str
    relevant: bool
    notes: tuple[str, ...]
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]
    attitudes: tuple[Attitude, ...] = ()

    def _repr_html_(self) -> str:
        """The report with its spans highlighted, for notebooks."""
        from casus.records.display import fragment

        return fragment(self)

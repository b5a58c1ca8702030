"""What a casebook gives back: typed records, and the filters that choose among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypedDict

from casus.records.actor import ActorKind
from casus.records.claim import Hedge, Interest, SpeakerKind, Stance
from casus.records.event import Actuality, EventDate, Location, Role
from casus.records.figure import Outcome, Population, Quantity
from casus.records.span import Span
from casus.store.tolls import toll

Sort = Literal["date", "newest", "killed", "country", "added"]
Grouping = Literal["type", "country", "actor", "month"]
Kind = Literal["event", "report"]


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report of the casebook without its text.

    `events` is the number of events it tells of; `withheld` holds the forms of the names of
    persons whom it says were harmed, which exports leave out unless asked.
    """

    id: str
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    language: str
    sha256: str
    relevant: bool
    notes: tuple[str, ...]
    events: int
    withheld: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParticipantRecord:
    """An actor in a role; `private` marks a person that the report says was harmed."""

    role: Role
    name: str
    kind: ActorKind
    registry: str | None
    country: str | None
    private: bool


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """Who says what: `quote` is the statement, `span` where it stands in the report's text."""

    id: str
    speaker: str
    kind: SpeakerKind
    via: str | None
    interest: Interest
    stance: Stance
    hedge: Hedge
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A figure with the claim that carries it; `of` names the actor whose people they are."""

    id: str
    outcome: Outcome
    population: Population
    of: str | None
    quantity: Quantity
    cumulative: bool
    part_of: str | None
    claim: ClaimRecord
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event as one report tells it. Accounts of several reports are not fused.

    `evidence` holds the clauses that report it, the fullest first.
    """

    id: str
    report: ReportRecord
    event_type: str
    sub_event_type: str
    actuality: Actuality
    background: bool
    date: EventDate
    location: Location
    participants: tuple[ParticipantRecord, ...]
    figures: tuple[FigureRecord, ...]
    claims: tuple[ClaimRecord, ...]
    evidence: tuple[tuple[Span, str], ...]
    confidence: float

    def toll(self, outcome: Outcome) -> Quantity | None:
        """How many were killed, injured and so on, over the figures of this report; None if it gives none."""
        return toll(((f.outcome, f.population, f.of, f.quantity) for f in self.figures if countable(f)), outcome)


def countable(figure: FigureRecord) -> bool:
    """Whether a figure belongs to the event itself and is not counted in another one (codebook 5.4, 5.6)."""
    return not figure.cumulative and figure.part_of is None


class Filters(TypedDict, total=False):
    """Conditions on events; all must hold. What is left out does not restrict.

    since, until  a date, "2022", "2022-06" or "2022-06-16"; the event's own days must touch the
                  range, so events without a date are left out
    country       ISO 3166-1 alpha-3 codes or names; any of them
    actor         names, registry ids or names as the reports write them; all of them must take part
    type          event types or sub-event types, or how they begin; any of them
    min_killed    least number killed: the best figure, else the low end of a range
    text          words that the report's text or title must hold; "in quotes" for a phrase
    """

    since: str | date | None
    until: str | date | None
    country: str | Sequence[str] | None
    actor: str | Sequence[str] | None
    type: str | Sequence[str] | None
    min_killed: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class ActorTerm:
    """What `actor` was asked for: folded words, the id as given, and registry ids that bear the name."""

    words: str
    registry: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Filters after they were checked and resolved; see `casus.store.filters`."""

    since: str | None = None
    until: str | None = None
    countries: frozenset[str] = field(default_factory=frozenset)
    actors: tuple[ActorTerm, ...] = ()
    types: frozenset[str] = field(default_factory=frozenset)
    min_killed: int | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many events fall under one key; None where they do not say."""

    key: str | None
    events: int


@dataclass(frozen=True, slots=True)
class Found:
    """What an id or the beginning of one leads to."""

    kind: Kind
    id: str

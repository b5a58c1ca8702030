"""The tables of a casebook, one model for SQLite and PostgreSQL.

    casebook     key → value: the version of this layout, and how texts are searched
    report       one row a report, with its text
    reading      the whole reading of a report as canonical JSON (the contract); all else can be made from it
    event        what is needed to find, sort and list events
    participant  who took part, with every name the report gives them, folded
    figure       counts of people; `claim` who gives them
    claim        who says what
    event_claim  which claims stand behind an event

Texts are kept as they came; quotes are cut from `report.text` by spans, never stored twice.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy import UniqueConstraint as Unique

SCHEMA_VERSION = 2
"""Version of this layout. It rises with every change to it, each with a step in `migrations`."""

metadata = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=key)


def _of(name: str, table: str, *, key: bool = False) -> Column[int]:
    """A reference to the row of another table that goes when that one goes."""
    target = ForeignKey(f"{table}.number", ondelete="CASCADE")
    return Column(name, Integer, target, nullable=False, primary_key=key, autoincrement=False)


casebook = Table("casebook", metadata, _text("key", key=True), _text("value"))

report = Table(
    "report",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("published", Text),
    _text("language"),
    _text("sha256"),
    _text("text"),
    Column("relevant", Boolean, nullable=False),
    _text("notes"),
    _text("withheld"),
    Column("events", Integer, nullable=False),
)

reading = Table("reading", metadata, _of("report", "report", key=True), _text("contract"))

event = Table(
    "event",
    metadata,
    Column("number", Integer, primary_key=True),
    _of("report", "report"),
    Column("position", Integer, nullable=False),
    _text("id"),
    _text("event_type"),
    _text("sub_event_type"),
    _text("actuality"),
    Column("background", Boolean, nullable=False),
    Column("date_start", Text),
    Column("date_end", Text),
    _text("date_precision"),
    Column("date_value", Text),
    Column("date_inferred", Boolean, nullable=False),
    Column("date_note", Text),
    _text("spans"),
    Column("place", Text),
    Column("country", Text),
    Column("admin1", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("geonames_id", Integer),
    Column("uncertainty_km", Float),
    _text("place_precision"),
    Column("near", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("killed_low", BigInteger),
    Column("killed_best", BigInteger),
    Column("killed_high", BigInteger),
    Unique("report", "id"),
    Unique("report", "position"),
    Index("event_by_id", "id"),
    Index("event_by_date", "date_start"),
    Index("event_by_country", "country"),
    Index("event_by_type", "sub_event_type"),
)

participant = Table(
    "participant",
    metadata,
    _of("event", "event", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("role"),
    _text("name"),
    _text("kind"),
    Column("registry", Text),
    Column("country", Text),
    Column("private", Boolean, nullable=False),
    _text("names"),
    Index("participant_by_registry", "registry"),
)

claim = Table(
    "claim",
    metadata,
    _of("report", "report", key=True),
    _text("id", key=True),
    _text("speaker"),
    _text("kind"),
    Column("via", Text),
    _text("interest"),
    _text("stance"),
    _text("hedge"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

event_claim = Table(
    "event_claim",
    metadata,
    _of("event", "event", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("report", Integer, nullable=False),
    _text("claim"),
    ForeignKeyConstraint(("report", "claim"), ("claim.report", "claim.id"), ondelete="CASCADE"),
    Index("event_claim_by_claim", "report", "claim"),
)

figure = Table(
    "figure",
    metadata,
    _of("event", "event", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("id"),
    _text("outcome"),
    _text("population"),
    Column("of", Text),
    Column("low", BigInteger),
    Column("best", BigInteger),
    Column("high", BigInteger),
    Column("cumulative", Boolean, nullable=False),
    Column("part_of", Text),
    Column("report", Integer, nullable=False),
    _text("claim"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    ForeignKeyConstraint(("report", "claim"), ("claim.report", "claim.id"), ondelete="CASCADE"),
    Index("figure_by_claim", "report", "claim"),
)

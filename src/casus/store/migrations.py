"""Casebooks of older layouts brought up to date, one step a version."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select, text, update

from casus.store import tables
from casus.store.address import WRITES

VERSION = "version"
"""The key of the layout's version in the table `casebook`."""

STEPS: dict[int, tuple[str, ...]] = {
    # 2: dates inferred from a known event are marked, and computed points say how exact they are.
    1: (
        "ALTER TABLE event ADD COLUMN date_inferred BOOLEAN NOT NULL DEFAULT FALSE",
        "ALTER TABLE event ADD COLUMN date_note TEXT",
        "ALTER TABLE event ADD COLUMN uncertainty_km FLOAT",
    ),
}
"""Version → what makes the next one of it, in the SQL that SQLite and PostgreSQL share."""


def outdated(known: dict[str, str]) -> bool:
    """Whether a casebook has an older layout that can be brought up to date."""
    version = known.get(VERSION, "")
    return version.isascii() and version.isdigit() and int(version) in STEPS


def migrate(engine: Engine) -> dict[str, str]:
    """Bring a casebook up to date in one transaction; what it then says of itself.

    Another program may do the same at the same time: whoever comes second finds nothing to do.
    """
    with engine.connect() as raw, raw.execution_options(**{WRITES: True}) as connection, connection.begin():
        known = _known(connection)
        while outdated(known):
            version = int(known[VERSION])
            for statement in STEPS[version]:
                connection.execute(text(statement))
            known[VERSION] = str(version + 1)
        row = tables.casebook.c.key == VERSION
        connection.execute(update(tables.casebook).where(row).values(value=known[VERSION]))
        return known


def _known(connection: Connection) -> dict[str, str]:
    return {row.key: row.value for row in connection.execute(select(tables.casebook))}

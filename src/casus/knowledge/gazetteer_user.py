"""A user's own gazetteer file: rows added, replaced and removed, always as a whole.

The file keeps the rows as they came, by the file they came from (their origin), and is written anew from them
each time. What was there stays there if anything goes wrong.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from casus.errors import InputError, KnowledgeError
from casus.knowledge.gazetteer_build import latin_written, spellings, usual_size
from casus.knowledge.gazetteer_file import FORMAT, Entry, GazetteerWriter
from casus.knowledge.gazetteer_layers import ADDED_LAYER
from casus.knowledge.gazetteer_rows import AddedPlace

ADDED_IDS = 2**40
"""Ids of places that users added begin here; they hang on what the row says, not on its order."""

Outcome = Literal["added", "replaced", "already there"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What one file brought: how many places, of which sources."""

    name: str
    places: int
    sources: tuple[str, ...]


def add_rows(target: Path, origin: str, rows: Iterable[AddedPlace]) -> Outcome:
    """Keep the rows as those of `origin`, in place of what it brought before; unchanged rows change nothing.

    Raises:
        KnowledgeError: if `target` is no gazetteer that users add to.
        InputError: if it cannot be written.
    """
    kept = _read(target)
    fresh = list(rows)
    before = kept.get(origin)
    if before is not None and [_content(r) for r in before] == [_content(r) for r in fresh]:
        return "already there"
    _write(target, {**kept, origin: fresh})
    return "added" if before is None else "replaced"


def remove_rows(target: Path, name: str) -> int:
    """Drop all rows that came from this file or name this source; how many they were.

    Raises:
        KnowledgeError, InputError: as `add_rows`.
    """
    kept = _read(target)
    left = {
        origin: [row for row in rows if row.source != name]
        for origin, rows in kept.items()
        if name not in (origin, Path(origin).stem)
    }
    dropped = sum(map(len, kept.values())) - sum(map(len, left.values()))
    if dropped:
        _write(target, {origin: rows for origin, rows in left.items() if rows})
    return dropped


def list_origins(target: Path) -> tuple[Origin, ...]:
    """What was added, by the files it came from; () if nothing was.

    Raises:
        KnowledgeError: as `add_rows`.
    """
    return tuple(
        Origin(origin, len(rows), tuple(sorted({row.source for row in rows if row.source})))
        for origin, rows in sorted(_read(target).items())
    )


def _content(row: AddedPlace) -> AddedPlace:
    return AddedPlace(**{**asdict(row), "where": "", "aliases": row.aliases})


def _read(target: Path) -> dict[str, list[AddedPlace]]:
    if not target.exists():
        return {}
    found: dict[str, list[AddedPlace]] = {}
    try:
        with closing(sqlite3.connect(f"{target.resolve().as_uri()}?mode=ro", uri=True)) as db:
            info = dict(db.execute("SELECT key, value FROM info").fetchall())
            for origin, text in db.execute("SELECT origin, row FROM added ORDER BY origin, line"):
                row = json.loads(text)
                found.setdefault(origin, []).append(AddedPlace(**{**row, "aliases": tuple(row["aliases"])}))
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise KnowledgeError(f"{target} is no gazetteer ({error}): name another file, or remove it") from error
    if info.get("format") != FORMAT or info.get("name") != ADDED_LAYER:
        raise KnowledgeError(f"{target} is not a gazetteer that was made by adding: name another file")
    return found


def _write(target: Path, origins: dict[str, list[AddedPlace]]) -> None:
    """The whole file anew; without any row it goes."""
    try:
        if not origins:
            target.unlink(missing_ok=True)
            return
        with GazetteerWriter(target, latin=latin_written()) as writer:
            for origin, rows in sorted(origins.items()):
                for number, row in enumerate(rows):
                    writer.add(_entry(origin, row))
                    writer.extra["added"].append((origin, number, json.dumps(asdict(row), ensure_ascii=False)))
            writer.finish({"name": ADDED_LAYER})
    except OSError as error:
        raise InputError(f"cannot write {target}: {(error.strerror or str(error)).lower()}") from None
    except sqlite3.Error as error:
        raise InputError(f"cannot write {target}: {error}") from None


def _entry(origin: str, row: AddedPlace) -> Entry:
    return Entry(
        name=row.name,
        kind=row.kind,
        country=row.country,
        lat=row.latitude,
        lon=row.longitude,
        admin1=row.admin1,
        population=row.population or usual_size(row.kind),
        names=list(_names(row)),
        source=row.source or origin,
        id=_id(row),
    )


def _names(row: AddedPlace) -> Iterator[str]:
    yield from spellings([row.name, *row.aliases], row.country)


def _id(row: AddedPlace) -> int:
    told = json.dumps([row.name, row.country, row.kind, row.latitude, row.longitude], ensure_ascii=False)
    return ADDED_IDS + int.from_bytes(sha256(told.encode()).digest()[:5], "big")

"""The file of a gazetteer: one SQLite table from a name's key to its places, packed, and a filter before it.

    name    folded name → places (`gazetteer_place.pack`), the usual order
    loose   loose key of a name from another script → places
    filter  one bit for each possible CRC of a key, set if any name has it: what is not set need not be looked up
    traits  what places have in common, by number
    info    what the file was made from, `digest` of all it holds, how many places and names
    country, division   codes of countries with the box round their towns, and GeoNames first-level code → name
                        (in the packaged file)
    added               the rows that a user added, as they came (in a user's file)

Standard library only: the build of the wheel needs this where nothing else is installed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from types import TracebackType
from typing import Any, Self
from zlib import crc32

from casus.knowledge.gazetteer_names import fold, loose, without_article
from casus.knowledge.gazetteer_place import (
    MOST_NAMESAKES,
    OWN_IDS,
    Place,
    PlaceKind,
    Traits,
    pack,
    unpack,
    usual_first,
)

FORMAT = "casus.gazetteer/1"

BITS_A_KEY = 32
"""Size of the filter: about one miss in 32 is looked up in vain."""

LARGEST_FILTER = 2**28
"""Bits; 32 MB."""

BATCH = 20_000

_STAGE = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, population INTEGER, country TEXT, admin1 TEXT, kind TEXT,
    capital INTEGER, source TEXT
);
CREATE TABLE key (key TEXT, place INTEGER, alternate INTEGER);
CREATE TABLE loose_key (key TEXT, place INTEGER, alternate INTEGER);
"""

_SCHEMA = """
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE traits (
    id INTEGER PRIMARY KEY, country TEXT, admin1 TEXT, kind TEXT NOT NULL, capital INTEGER NOT NULL,
    alternate INTEGER NOT NULL, source TEXT NOT NULL
);
CREATE TABLE name (key TEXT PRIMARY KEY, places BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE loose (key TEXT PRIMARY KEY, places BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE filter (bits BLOB NOT NULL);
CREATE TABLE country (
    alpha2 TEXT PRIMARY KEY, alpha3 TEXT NOT NULL, south REAL NOT NULL, west REAL NOT NULL, north REAL NOT NULL,
    east REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE division (code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE added (origin TEXT NOT NULL, line INTEGER NOT NULL, row TEXT NOT NULL, PRIMARY KEY (origin, line))
    WITHOUT ROWID;
"""

_TRAITS = """
SELECT country, admin1, kind, capital, alternate, source
FROM (SELECT DISTINCT country, admin1, kind, capital, source FROM place), (SELECT 0 AS alternate UNION SELECT 1)
ORDER BY 1, 2, 3, 4, 5, 6
"""

_BY_KEY = """
SELECT k.key, p.id, p.name, p.lat, p.lon, p.population, p.country, p.admin1, p.kind, p.capital, k.alternate, p.source
FROM {table} k JOIN place p ON p.id = k.place ORDER BY k.key, p.id, k.alternate DESC
"""


@dataclass
class Entry:
    """One place while a gazetteer is built; `names` main spellings, `others` alternates.

    `id` only for places that GeoNames does not have and whose id must not hang on their order.
    """

    name: str
    kind: PlaceKind
    country: str
    lat: float
    lon: float
    admin1: str = ""
    geonames_id: int | None = None
    population: int = 0
    capital: bool = False
    names: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    source: str = ""
    id: int | None = None


class GazetteerWriter:
    """Writes a gazetteer's file; it takes its place whole with `finish`, or not at all.

    Memory does not grow with what is written: rows are staged in a file beside the target and
    sorted there. The same entries in the same order give the same rows.

    `latin` are the countries whose places have one spelling in Latin letters, and so no loose keys.
    """

    def __init__(self, target: Path, *, latin: frozenset[str]) -> None:
        self._target, self._latin = target, latin
        target.parent.mkdir(parents=True, exist_ok=True)
        # A folder of its own: two who write the same file do not write into each other's.
        self._folder = Path(mkdtemp(prefix=f".{target.name[:100]}.", dir=target.parent))
        self._new_file = self._folder / "new.sqlite"
        self._stage = sqlite3.connect(self._folder / "staged.sqlite")
        self._stage.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
        self._stage.executescript(_STAGE)
        self._next_id = OWN_IDS
        self._rows: dict[str, list[tuple[Any, ...]]] = {"place": [], "key": [], "loose_key": []}
        self.extra: dict[str, list[tuple[Any, ...]]] = {"country": [], "division": [], "added": []}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._stage.close()
        rmtree(self._folder, ignore_errors=True)

    def add(self, entry: Entry) -> None:
        """Stage one place with its names; of two with one id the first stays, with the names of both."""
        number = self._id_of(entry)
        self._put(
            "place",
            (
                number, entry.name, entry.lat, entry.lon, entry.population, entry.country or None,
                entry.admin1 or None, entry.kind, int(entry.capital), entry.source,
            ),
        )  # fmt: skip
        for key, alternate in _keys(entry):
            self._put("key", (key, number, alternate))
        for key in self._loose_keys(entry):
            self._put("loose_key", (key, number, 1))

    def add_name(self, place: int, name: str, *, usual: bool) -> None:
        """Stage one more name of a place; names of places that are not there are dropped at the end."""
        if len(key := fold(name)) > 1:
            self._put("key", (key, place, int(not usual)))

    def finish(self, info: Mapping[str, str]) -> None:
        """Write the file and put it in its place; `info` says what it was made from."""
        for table in self._rows:
            self._flush(table)
        with closing(sqlite3.connect(self._new_file)) as db:
            db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
            counts = _fill(self._stage, db)
            for table, rows in self.extra.items():
                if rows:
                    db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", sorted(rows))
            known = {"format": FORMAT, **counts, **info}
            db.executemany("INSERT INTO info VALUES (?,?)", sorted(known.items()))
            db.commit()
            db.execute("VACUUM")
        self._new_file.replace(self._target)

    def _id_of(self, entry: Entry) -> int:
        if (number := entry.geonames_id or entry.id) is not None:
            return number
        self._next_id += 1
        return self._next_id

    def _loose_keys(self, entry: Entry) -> Iterator[str]:
        if entry.country in self._latin or entry.kind in ("country", "continent", "water"):
            return
        keys = {loose(fold(without_article(n))) for n in (entry.name, *entry.names)}
        yield from (key for key in sorted(keys) if len(key) > 3)

    def _put(self, table: str, row: tuple[Any, ...]) -> None:
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        if rows := self._rows[table]:
            self._stage.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
            rows.clear()


def _keys(entry: Entry) -> Iterator[tuple[str, int]]:
    """Folded names, each with whether it is an alternate."""
    main = {fold(n) for n in (entry.name, *entry.names)}
    yield from ((key, 0) for key in sorted(main) if len(key) > 1)
    yield from ((key, 1) for key in sorted({fold(n) for n in entry.others} - main) if len(key) > 2)


def _fill(stage: sqlite3.Connection, db: sqlite3.Connection) -> dict[str, str]:
    """Move what is staged to the new file, sorted and packed; the counts and the digest of it."""
    traits = [_traits(row) for row in stage.execute(_TRAITS)]
    numbers = {t: i for i, t in enumerate(traits)}
    db.executemany("INSERT INTO traits VALUES (?,?,?,?,?,?,?)", ((i, *t) for i, t in enumerate(traits)))
    digest = sha256(repr(traits).encode())
    bits = bytearray(_filter_size(stage) // 8)
    names = 0
    for table, staged in (("name", "key"), ("loose", "loose_key")):
        packed = _packed(stage.execute(_BY_KEY.format(table=staged)), numbers)
        for batch in _batches(packed):
            db.executemany(f"INSERT INTO {table} VALUES (?,?)", batch)
            for key, places in batch:
                digest.update(key.encode() + b"\0" + places)
                if table == "name":
                    set_bit(bits, key)
                    names += 1
    db.execute("INSERT INTO filter VALUES (?)", (bytes(bits),))
    counts = {"names": str(names), "places": str(stage.execute("SELECT count(*) FROM place").fetchone()[0])}
    for source, kept in stage.execute("SELECT source, count(*) FROM place GROUP BY source"):
        counts[f"places from {source}"] = str(kept)
    return counts | {"digest": digest.hexdigest()}


def _packed(rows: Iterable[tuple[Any, ...]], numbers: dict[Traits, int]) -> Iterator[tuple[str, bytes]]:
    for key, group in groupby(rows, key=itemgetter(0)):
        # A name that is usual once is usual: of a place's rows the last, which is no alternate, stays.
        places = {row[1]: Place._make((*row[1:6], *_traits(row[6:]))) for row in group}
        yield key, pack(sorted(places.values(), key=usual_first)[:MOST_NAMESAKES], numbers)


def _traits(row: Sequence[Any]) -> Traits:
    """From the columns country, admin1, kind, capital, alternate, source."""
    country, admin1, kind, capital, alternate, source = row
    return Traits(country, admin1, kind, capital == 1, alternate == 1, source)


def read_places(db: sqlite3.Connection) -> Iterator[Place]:
    """Every place of a file once, by its id, as one of its usual names has it."""
    traits = read_traits(db)
    seen: dict[int, Place] = {}
    for (data,) in db.execute("SELECT places FROM name ORDER BY key"):
        for place in unpack(data, traits):
            if not place.alternate:
                seen.setdefault(place.id, place)
    yield from (seen[number] for number in sorted(seen))


def read_traits(db: sqlite3.Connection) -> list[Traits]:
    """The traits of a file by their numbers."""
    rows = db.execute("SELECT country, admin1, kind, capital, alternate, source FROM traits ORDER BY id")
    return [_traits(row) for row in rows]


def _batches(rows: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    batch: list[tuple[str, bytes]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _filter_size(stage: sqlite3.Connection) -> int:
    """Bits: the power of two that gives each key enough."""
    keys = int(stage.execute("SELECT count(*) FROM (SELECT DISTINCT key FROM key)").fetchone()[0])
    return min(LARGEST_FILTER, max(1024, 1 << (keys * BITS_A_KEY - 1).bit_length() if keys else 1024))


def set_bit(bits: bytearray, key: str) -> None:
    """Mark in the filter that a key is there."""
    place = crc32(key.encode()) & (len(bits) * 8 - 1)
    bits[place >> 3] |= 1 << (place & 7)


def has_bit(bits: bytes, key: str) -> bool:
    """Whether the key may be there; False is certain."""
    place = crc32(key.encode()) & (len(bits) * 8 - 1)
    return bits[place >> 3] >> (place & 7) & 1 == 1

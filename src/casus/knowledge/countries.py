"""Countries: codes, names, and the adjectives that point to them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casus.errors import KnowledgeError

COUNTRIES = Path(__file__).parent / "data" / "places" / "countries.toml"


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 alpha-3, names (usual one first), adjectives and demonyms."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Countries:
    """All countries, in the order of their codes, and what to find them by (lower-case words).

    `english` are the countries whose small places bear English surnames.
    """

    all: tuple[Country, ...]
    by_name: dict[str, str]
    by_adjective: dict[str, str]
    english: frozenset[str]

    def name_of(self, code: str) -> str:
        """The usual name of a country, the code itself where unknown."""
        return next((c.names[0] for c in self.all if c.code == code), code)


@lru_cache(maxsize=1)
def load_countries() -> Countries:
    """The country table, read once a process.

    Raises:
        KnowledgeError: if the data file is missing or broken.
    """
    try:
        table = tomllib.loads(COUNTRIES.read_text(encoding="utf-8"))
        rows = tuple(
            Country(code, tuple(row["names"]), tuple(row["adjectives"]))
            for code, row in sorted(table["countries"].items())
        )
        english = frozenset(table["spelling"]["english"])
        regional: dict[str, str] = table["regional_adjectives"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise KnowledgeError(f"cannot read {COUNTRIES} ({error}): reinstall casus") from error
    adjectives = {word.lower(): code for word, code in regional.items()}
    adjectives.update((word.lower(), c.code) for c in rows for word in c.adjectives)
    return Countries(rows, {n.lower(): c.code for c in rows for n in c.names}, adjectives, english)

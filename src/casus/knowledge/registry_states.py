"""Countries as news names them, and the forces of states that follow from them by rule."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from casus.errors import KnowledgeError

Branch = Literal["military", "police", "security", "government"]
Naming = Literal["name", "adjective", "people", "seat"]

STATE_NAMES: dict[Branch, str] = {
    "military": "Military forces of",
    "police": "Police forces of",
    "security": "Security forces of",
    "government": "Government of",
}
"""How the actors of a state are named (codebook 4; ACLED's convention without the years)."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country; `code` is ISO 3166-1 alpha-3, `name` stands after "of", `seats` stand for its government."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[str, ...]

    @property
    def short_name(self) -> str:
        """The name without its article."""
        return self.name.removeprefix("the ")


@dataclass(frozen=True, slots=True)
class CountryName:
    """What a word says of a country: its name, its adjective, its people or its seat."""

    code: str
    naming: Naming


def state_id(code: str, branch: Branch) -> str:
    """The registry id of a state's forces."""
    return f"state:{code}:{branch}"


def read_table(file: Traversable | Path) -> dict[str, Any]:
    """A TOML table with a `source`.

    Raises:
        KnowledgeError: if the file is missing, is no UTF-8 TOML, or says no source.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnowledgeError(f"{file.name}: cannot be read ({error.strerror}); give the path of a TOML file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file.name}: no UTF-8 TOML ({error}); mend the file") from None
    if not isinstance(table.get("source"), str):
        raise KnowledgeError(f'{file.name}: says no source; add a line source = "..." at its top')
    return table


def read_countries(file: Traversable | Path) -> tuple[Country, ...]:
    """The table of countries, by code.

    Raises:
        KnowledgeError: if the file is broken or a row has no name.
    """
    rows = read_table(file).get("country", {})
    return tuple(_country(file.name, code, row) for code, row in sorted(rows.items()))


def _country(file: str, code: str, row: dict[str, Any]) -> Country:
    if len(code) != 3 or not code.isupper():
        raise KnowledgeError(f"{file}: country {code!r} is no ISO 3166-1 alpha-3 code")
    if not isinstance(row.get("name"), str):
        raise KnowledgeError(f"{file}: country {code} has no name")
    aliases, adjectives, people, seats = (
        strings(row, key, f"{file}: country {code}") for key in ("aliases", "adjectives", "people", "seats")
    )
    return Country(code, row["name"], aliases, adjectives, people, seats)


def strings(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of strings from a row, empty if it is not there.

    Raises:
        KnowledgeError: if it is something else.
    """
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(x, str) and x.strip() for x in value):
        raise KnowledgeError(f"{where}: {key} must be a list of names, got {value!r}")
    return tuple(value)

"""Countries as news names them, and the forces of states that follow from them by rule."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from casus.knowledge.tables import Place, Row, open_table

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


def read_countries(file: Traversable | Path) -> tuple[Country, ...]:
    """The table of countries, by code.

    Raises:
        KnowledgeError: if the file is broken or a row has no name.
    """
    table = open_table(file)
    rows = table.data.get("country", {})
    return tuple(_country(Row(Place(table, ("country", code), f"country {code}"), rows[code])) for code in sorted(rows))


def _country(row: Row) -> Country:
    code = str(row.place.path[-1])
    if len(code) != 3 or not code.isupper():
        raise row.place.error(f"{code!r} is no ISO 3166-1 alpha-3 code")
    name = row.text("name")
    if name is None:
        raise row.place.error("has no name")
    aliases, adjectives, people, seats = (row.texts(key) for key in ("aliases", "adjectives", "people", "seats"))
    return Country(code, name, aliases, adjectives, people, seats)

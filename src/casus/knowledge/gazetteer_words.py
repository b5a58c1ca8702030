"""The words that show, make or rule out mentions of places."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casus.errors import KnowledgeError

WORDS = Path(__file__).parent / "data" / "places" / "words.toml"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Sets of lower-case words; what each is for stands in `places/words.toml`.

    `divisions` tells the precision that a noun beside a name gives ("province" → province),
    `abbreviations` what "Ky." stands for.
    """

    facilities: frozenset[str]
    facility_phrases: frozenset[tuple[str, ...]]
    facility_leads: frozenset[str]
    divisions: dict[str, str]
    settings: frozenset[str]
    directions: frozenset[str]
    direction_nouns: frozenset[str]
    near: frozenset[str]
    near_phrases: tuple[str, ...]
    locative: frozenset[str]
    titles: frozenset[str]
    org_after: frozenset[str]
    not_places: frozenset[str]
    abbreviations: dict[str, str]


@lru_cache(maxsize=1)
def load_place_words() -> PlaceWords:
    """The word lists, read once a process.

    Raises:
        KnowledgeError: if the data file is missing or broken.
    """
    try:
        table = tomllib.loads(WORDS.read_text(encoding="utf-8"))
        return PlaceWords(
            facilities=frozenset(table["facilities"]["words"]),
            facility_phrases=frozenset(tuple(p.split()) for p in table["facilities"]["phrases"]),
            facility_leads=frozenset(table["facilities"]["leading"]),
            divisions={word: kind for kind, words in table["divisions"].items() for word in words},
            settings=frozenset(table["settings"]["words"]),
            directions=frozenset((*table["directions"]["plain"], *table["directions"]["adjectives"])),
            direction_nouns=frozenset(table["directions"]["plain"]),
            near=frozenset(table["nearness"]["words"]),
            near_phrases=tuple(table["nearness"]["phrases"]),
            locative=frozenset(table["locative"]["words"]),
            titles=frozenset(table["person"]["titles"]),
            org_after=frozenset(table["organisations"]["after"]),
            not_places=frozenset(table["not_places"]["words"]),
            abbreviations=dict(table["abbreviations"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise KnowledgeError(f"cannot read {WORDS} ({error}): reinstall casus") from error

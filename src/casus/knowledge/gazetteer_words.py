"""The words that show, make or rule out mentions of places, and the weights fitted to them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casus.errors import KnowledgeError

WORDS = Path(__file__).parent / "data" / "places" / "words.toml"
TOPONYMS = Path(__file__).parent / "data" / "models" / "toponyms.json"


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
    names_of_persons: frozenset[str]
    org_after: frozenset[str]
    papers: frozenset[str]
    units: frozenset[str]
    plain_units: frozenset[str]
    not_places: frozenset[str]
    makes: frozenset[str]
    overrunning: frozenset[str]
    holding: frozenset[str]
    dwellers: frozenset[str]
    lands: frozenset[str]
    taking: frozenset[str]
    ways: tuple[str, ...]
    governing: frozenset[str]
    naming: tuple[str, ...]
    abbreviations: dict[str, str]
    postal: dict[str, str]


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
            names_of_persons=frozenset(table["person"]["countries"]),
            org_after=frozenset(table["organisations"]["after"]),
            papers=frozenset(table["organisations"]["papers"]),
            units=frozenset((*table["organisations"]["units"], *table["organisations"]["plain_units"])),
            plain_units=frozenset(table["organisations"]["plain_units"]),
            not_places=frozenset(table["not_places"]["words"]),
            makes=frozenset(table["not_places"]["makes"]),
            overrunning=frozenset(table["frames"]["overrunning"]),
            holding=frozenset(table["frames"]["holding"]),
            dwellers=frozenset(table["frames"]["dwellers"]),
            lands=frozenset(table["frames"]["lands"]),
            taking=frozenset(table["frames"]["taking"]),
            ways=tuple(f" {way}" for way in table["frames"]["ways"]),
            governing=frozenset(table["persons_and_capitals"]["governing"]),
            naming=tuple(f" {phrase}" for phrase in table["persons_and_capitals"]["naming"]),
            abbreviations=dict(table["abbreviations"]),
            postal=dict(table["postal"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise KnowledgeError(f"cannot read {WORDS} ({error}): reinstall casus") from error


@lru_cache(maxsize=8)
def load_toponym_model(kind: str) -> Mapping[str, float]:
    """The weights by which names are taken for places: "spots", "sites" or "strangers".

    Raises:
        KnowledgeError: if the data file is missing or broken.
    """
    try:
        weights = json.loads(TOPONYMS.read_text(encoding="utf-8"))["weights"][kind]
        return {str(name): float(weight) for name, weight in weights.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnowledgeError(f"cannot read {TOPONYMS} ({error}): reinstall casus") from error

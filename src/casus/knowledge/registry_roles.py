"""Nouns that name actors by what they do, from `data/actors/roles.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from casus.errors import KnowledgeError
from casus.knowledge.tables import Place, Row, open_table

LONGEST_COMPOUND = 4
"""Words of the longest noun in the table ("hostage - taker" counts three)."""

AROUND = (
    "suffixes",
    "prefixes",
    "quantities",
    "titles",
    "of_heads",
    "armed_words",
    "rioter_words",
    "protest_words",
    "military_generic",
    "state_words",
    "rebel_words",
    "loyal_words",
    "ethnic",
    "group_words",
    "armed_group_words",
    "militia_group_words",
    "unit_words",
)
DEEDS = ("nouns", "verbs", "statecraft", "protest_verbs", "armed_verbs", "riot_verbs", "crowd_verbs", "disarm_verbs")


@dataclass(frozen=True, slots=True)
class Roles:
    """The table in the form the rules ask it.

    `noun` maps a noun (lemmas, compounds with spaces) to its role; `members` are nouns for
    people and things of a body; `around` the words that stand beside the nouns, `deeds` the
    nouns and verbs of what actors do.
    """

    noun: Mapping[str, str]
    members: frozenset[str]
    persons: frozenset[str]
    bodies: frozenset[str]
    units: frozenset[str]
    deeds: Mapping[str, frozenset[str]]
    around: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def load_roles() -> Roles:
    """The packaged table, read once a process.

    Raises:
        KnowledgeError: if it is missing or broken.
    """
    file = files("casus.knowledge").joinpath("data", "actors", "roles.toml")
    table = open_table(file)
    for part in ("roles", "around", "deeds"):
        if not isinstance(table.data.get(part), dict):
            raise KnowledgeError(f"{file.name}: no table [{part}]; reinstall casus")
    told, around, deeds = (Row(Place(table, (x,), x), table.data[x]) for x in ("roles", "around", "deeds"))
    roles = {key: told.texts(key) for key in told.values}
    noun: dict[str, str] = {}
    for role, words in roles.items():
        if role not in ("members", "person", "units", "bodies"):
            for word in words:
                noun.setdefault(word, role)
    return Roles(
        noun=MappingProxyType(noun),
        members=frozenset(roles.get("members", ())),
        persons=frozenset(roles.get("person", ())),
        bodies=frozenset(roles.get("bodies", ())),
        units=frozenset(roles.get("units", ())),
        deeds=MappingProxyType({key: frozenset(deeds.texts(key)) for key in DEEDS}),
        around=MappingProxyType({key: frozenset(around.texts(key)) for key in AROUND}),
    )

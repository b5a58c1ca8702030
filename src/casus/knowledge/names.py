"""Whether a word is part of a name, for texts whose capitals say nothing."""

from __future__ import annotations

from functools import lru_cache

from casus.knowledge.countries import load_countries
from casus.knowledge.gazetteer import load_gazetteer
from casus.knowledge.gazetteer_words import load_place_words
from casus.knowledge.registry import load_registry

LARGE = 50_000
"""Inhabitants from which a town's name is taken for a name whenever it is met."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "april", "june", "july", "august", "september", "october", "november", "december")
CALENDAR = frozenset((*DAYS, *MONTHS))
"""Always names; "march" and "may" are words as well."""


@lru_cache(maxsize=20_000)
def is_name(word: str) -> bool:
    """Whether a word in lower case is mostly met as a name: a day, a country or its people, a
    large town or province, or an alias of the registry in one word."""
    if word in CALENDAR or word in load_countries().by_adjective or word in load_countries().by_name:
        return True
    if len(word) < 3:
        return False
    if load_registry().lookup(word):
        return True
    if word in load_place_words().not_places | load_place_words().facilities:
        return False
    return any(p.kind in ("country", "province") or p.population >= LARGE for p in load_gazetteer().lookup(word))

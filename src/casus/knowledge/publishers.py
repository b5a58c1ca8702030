"""Outlets: where they write from, and in which order they write the day and the month in numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from casus.errors import KnowledgeError
from casus.knowledge.tables import read_table

OUTLETS = Path(__file__).parent / "data" / "publishers" / "outlets.toml"


@dataclass(frozen=True, slots=True)
class Publishers:
    """Countries (ISO 3166-1 alpha-3) by an outlet's folded name, by its address, and by the ending of an address;
    `month_first` and `mixed` are the countries that do not write the day first."""

    by_name: dict[str, str]
    by_address: dict[str, str]
    by_ending: dict[str, str]
    month_first: frozenset[str]
    mixed: frozenset[str]

    def country(self, publisher: str | None, url: str | None) -> str | None:
        """The country that an outlet writes from: by its name, else by its address; None if not known."""
        named = self.by_name.get(_folded(publisher)) if publisher else None
        return named or self._of_address(url)

    def day_first(self, publisher: str | None, url: str | None) -> bool | None:
        """Whether the outlet writes 3/4 for 3 April; None if that cannot be told."""
        country = self.country(publisher, url)
        if country is None or country in self.mixed:
            return None
        return country not in self.month_first

    def _of_address(self, url: str | None) -> str | None:
        labels = _host(url).split(".")
        whole = (".".join(labels[k:]) for k in range(len(labels) - 1))
        known = next((self.by_address[host] for host in whole if host in self.by_address), None)
        return known or self.by_ending.get(labels[-1])


def _folded(name: str) -> str:
    """Lower-case words, without the article that some write and others leave out."""
    return re.sub(r"^the ", "", " ".join(name.lower().split()))


def _host(url: str | None) -> str:
    """The host of an address, "" where there is none or it is no address."""
    try:
        return (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def load_publishers() -> Publishers:
    """The table of outlets, read once a process.

    Raises:
        KnowledgeError: if the data file is missing or broken.
    """
    table = read_table(OUTLETS)
    try:
        rows = table["outlets"]["rows"]
        return Publishers(
            {_folded(name): country for name, country, _ in rows},
            {address: country for _, country, addresses in rows for address in addresses},
            dict(table["endings"]),
            frozenset(table["date_order"]["month_first"]),
            frozenset(table["date_order"]["mixed"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(
            f"{OUTLETS.name}: a part is missing or has another form ({error!r}): reinstall casus"
        ) from error

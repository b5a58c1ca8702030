"""Word lists: small TOML tables that say what words mean to the codebook."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from casus.errors import KnowledgeError


@cache
def load_lexicon(name: str) -> Mapping[str, Any]:
    """The table `data/lexicons/<name>.toml`, read once a process and not to be changed.

    Every table opens with `source`, a note of where its words come from.

    Raises:
        KnowledgeError: if there is no such table, or it is no TOML, or says no `source`.
    """
    return read_lexicon(files("casus.knowledge").joinpath("data", "lexicons", f"{name}.toml"))


def read_lexicon(file: Traversable) -> Mapping[str, Any]:
    """The table in one file.

    Raises:
        KnowledgeError: as `load_lexicon`.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise KnowledgeError(f"no lexicon {file.name}: expected a file in casus/knowledge/data/lexicons") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"lexicon {file.name} is no UTF-8 TOML ({error}); reinstall casus") from error
    if not isinstance(table.get("source"), str):
        raise KnowledgeError(f'lexicon {file.name} says no source; add a line `source = "..."` at its top')
    return MappingProxyType(table)

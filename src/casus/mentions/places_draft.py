"""A phrase for a place, before it is known which place in the world it means."""

from __future__ import annotations

from dataclasses import dataclass

from casus.knowledge.gazetteer import Place
from casus.records.mention import PlacePrecision
from casus.records.parse import Parse, Token


@dataclass(frozen=True, slots=True)
class Draft:
    """Tokens [first, last] of a parse and the places they may mean, best known first.

    `precision` is set where the words tell it; `whole` is False for a part of the place named
    or a site in it; `countries` are countries whose border it is, `beyond` those that a border
    is "with".
    """

    first: int
    last: int
    places: tuple[Place, ...]
    precision: PlacePrecision | None = None
    near: bool = False
    whole: bool = True
    countries: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


def words_of(parse: Parse, first: int, last: int) -> str:
    """The text of tokens [first, last]."""
    return parse.text[parse.tokens[first].start : parse.tokens[last].end]


def is_proper(token: Token) -> bool:
    """Whether the tagger takes the token for part of a name, and it is written like one."""
    return token.pos == "PROPN" and token.text[0].isupper() and any(c.islower() for c in token.text)

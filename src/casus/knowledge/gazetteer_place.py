"""A place of the gazetteer, and the bytes that many of them are kept in.

Standard library only: the build of the wheel needs this where nothing else is installed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from struct import Struct
from typing import Literal, NamedTuple, get_args

PlaceKind = Literal[
    "continent", "country", "region", "province", "district", "town", "neighbourhood", "site", "water", "mountain"
]

KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)

OWN_IDS = 2**32
"""Ids of places that GeoNames does not have begin here."""


class Traits(NamedTuple):
    """What many places have in common: kept once in a file, by number."""

    country: str | None
    admin1: str | None
    kind: PlaceKind
    capital: bool
    alternate: bool
    source: str


class Place(NamedTuple):
    """One place, for one of its names; `country` ISO 3166-1 alpha-3 or None (waters, continents).

    `id` is the same in every gazetteer; `lat` and `lon` are degrees in WGS 84; `population` of
    divisions is the sum of their towns. `admin1` is the first-level division by the name reports
    use; `alternate` says that the name asked for is not the usual one; `source` says where the
    row comes from. A named tuple, since look-ups make hundreds of thousands a second.
    """

    id: int
    name: str
    lat: float
    lon: float
    population: int
    country: str | None
    admin1: str | None
    kind: PlaceKind
    capital: bool
    alternate: bool
    source: str

    @property
    def geonames_id(self) -> int | None:
        """GeoNames' id, where it has the place."""
        return self.id if self.id < OWN_IDS else None


def usual_first(place: Place) -> tuple[bool, int, int]:
    """The order of places of one name: usual names before alternates, larger before smaller."""
    return place.alternate, -place.population, place.id


_RECORD = Struct("<QiiII")
"""id, latitude and longitude in units of 1e-5 degrees (1 m), population, number of the traits. Names follow after all
records, one a line."""

_MOST = 2**32 - 1
_COUNT = 2
"""Bytes of the count of records, before the first."""

MOST_NAMESAKES = 2 ** (8 * _COUNT) - 1


def pack(places: Sequence[Place], numbers: Mapping[Traits, int]) -> bytes:
    """Places as bytes, in their order, MOST_NAMESAKES at most; `numbers` tells the number of each traits."""
    records = b"".join(
        _RECORD.pack(p.id, round(p.lat * 1e5), round(p.lon * 1e5), min(p.population, _MOST), numbers[Traits(*p[5:])])
        for p in places
    )
    names = "\n".join(" ".join(place.name.split()) for place in places)
    return len(places).to_bytes(_COUNT, "little") + records + names.encode()


def unpack(data: bytes, traits: Sequence[Traits]) -> tuple[Place, ...]:
    """The places that were packed; `traits` by their numbers."""
    # tuple.__new__ is what Place(...) calls in the end; at once it takes half the time.
    make = tuple.__new__
    count = int.from_bytes(data[:_COUNT], "little")
    if count == 1:  # most names
        number, lat, lon, population, i = _RECORD.unpack_from(data, _COUNT)
        return (
            make(Place, (number, data[_COUNT + _RECORD.size :].decode(), lat / 1e5, lon / 1e5, population, *traits[i])),
        )
    end = _COUNT + count * _RECORD.size
    rows = zip(_RECORD.iter_unpack(data[_COUNT:end]), data[end:].decode().split("\n"), strict=True)
    return tuple(
        [
            make(Place, (number, name, lat / 1e5, lon / 1e5, population, *traits[i]))
            for (number, lat, lon, population, i), name in rows
        ]
    )

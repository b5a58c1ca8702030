"""Distances, directions and points on the earth (WGS 84 ellipsoid); degrees and kilometres.

GeographicLib does the geodesics. It is imported on first use: most reports need none.
"""

from __future__ import annotations

from typing import Any

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

DECIMALS = 5
"""Of the degrees of a computed point: about a metre, finer than any report."""


def _geodesic() -> Any:
    from geographiclib.geodesic import Geodesic

    return Geodesic.WGS84


def kilometres(a: Point, b: Point) -> float:
    """The length of the shortest way between two points."""
    return float(_geodesic().Inverse(*a, *b)["s12"]) / 1000


def bearing_between(a: Point, b: Point) -> float:
    """The direction in which `b` lies from `a`, in degrees [0, 360) clockwise from true north."""
    return float(_geodesic().Inverse(*a, *b)["azi1"]) % 360


def destination(start: Point, km: float, bearing: float) -> Point:
    """The point so many kilometres from `start` in a direction."""
    end = _geodesic().Direct(*start, bearing, km * 1000)
    return rounded((end["lat2"], end["lon2"]))


def midpoint(a: Point, b: Point) -> Point:
    """The point half way along the shortest way."""
    return destination(a, kilometres(a, b) / 2, bearing_between(a, b))


def rounded(point: Point) -> Point:
    """The point to DECIMALS places; no negative zero."""
    return round(point[0], DECIMALS) + 0.0, round(point[1], DECIMALS) + 0.0

"""Points given by a grid: MGRS, UTM and Open Location Codes ("plus codes"); WGS 84.

The lettering of MGRS follows NGA.STND.0037 (grids, 2014); the codes follow the specification of
Open Location Code. The projection itself is the work of the package `utm`, imported on first use.
"""

from __future__ import annotations

from casus.mentions.places_geodesy import Point, kilometres

BANDS = "CDEFGHJKLMNPQRSTUVWX"
"""Bands of latitude, 8 degrees each from 80 S; the last has 12."""

SQUARE = 100_000
CYCLE = 2_000_000
"""Metres: side of a lettered square, and northing after which the letters come again."""

NORTHINGS = {True: (0, 9_400_000), False: (1_100_000, 10_000_000)}
"""Metres north and south of the equator in which the projection holds: 84 N, 80 S."""

_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"

CODE = "23456789CFGHJMPQRVWX"
"""The digits of plus codes, in order."""

PAIRS = 10
"""Digits of a plus code that come in pairs of latitude and longitude; further ones each name a cell of 5 by 4."""


def from_utm(zone: int, northern: bool, easting: float, northing: float) -> Point | None:
    """The point of a position in metres; None if there is none."""
    from utm import to_latlon

    low, high = NORTHINGS[northern]
    if not (1 <= zone <= 60 and 100_000 <= easting < 1_000_000 and low <= northing <= high):
        return None
    latitude, longitude = to_latlon(easting, northing, zone, northern=northern, strict=False)
    return float(latitude), float(longitude)


def from_mgrs(zone: int, band: str, square: str, digits: str) -> tuple[Point, float] | None:
    """The middle of a grid cell and half its diagonal in kilometres; None if there is no such cell.

    `square` are the two letters of the 100 km square, `digits` an even number, easting first.
    """
    column = _COLUMNS[(zone - 1) % 3].find(square[0])
    row = _ROWS.find(square[1])
    if not 1 <= zone <= 60 or column < 0 or row < 0 or band not in BANDS or len(digits) % 2:
        return None
    half = len(digits) // 2
    cell = SQUARE / 10**half
    easting = (column + 1) * SQUARE + (int(digits[:half] or 0) + 0.5) * cell
    row = (row - (0 if zone % 2 else 5)) % 20
    within = row * SQUARE + (int(digits[half:] or 0) + 0.5) * cell
    for northing in range(0, 10_000_000, CYCLE):
        point = from_utm(zone, band >= "N", easting, northing + within)
        if point is not None and _in_band(band, point[0], cell):
            return point, cell / 1000 * 0.7072
    return None


def _in_band(band: str, latitude: float, cell: float) -> bool:
    """Whether a point lies in a band of latitude, or so near that its cell may."""
    south = 8.0 * BANDS.index(band) - 80
    slack = cell / 111_000
    return south - slack <= latitude < south + (12 if band == "X" else 8) + slack


def from_plus_code(code: str) -> tuple[Point, float] | None:
    """The middle of a full plus code's cell and half its diagonal in kilometres; None if it is none."""
    digits = code.upper().replace("+", "").rstrip("0")
    if len(digits) < 4 or any(c not in CODE for c in digits) or (len(digits) < PAIRS and len(digits) % 2):
        return None
    values = [CODE.index(c) for c in digits]
    south, west, height = -90.0, -180.0, 400.0
    width = height
    for lat, lon in zip(values[:PAIRS:2], values[1:PAIRS:2], strict=True):
        height, width = height / 20, width / 20
        south, west = south + lat * height, west + lon * width
    for value in values[PAIRS:]:
        height, width = height / 5, width / 4
        south, west = south + value // 4 * height, west + value % 4 * width
    if south >= 90 or west >= 180:
        return None
    middle = (south + height / 2, west + width / 2)
    return middle, kilometres(middle, (south, west))

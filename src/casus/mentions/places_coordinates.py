"""Coordinates in a text, in the notations of news, aviation notices and field reports.

Decimal degrees, degrees with minutes and seconds, positions written together (361208N0370803E),
MGRS, UTM and full plus codes. A pair of bare decimals counts only with a word, a sign or a degree
mark that says what it is. Numbers outside the earth are found too, without a point, so that nobody
takes their letters for places.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import hypot

from casus.mentions.places_geodesy import Point, kilometres, rounded
from casus.mentions.places_grids import from_mgrs, from_plus_code, from_utm
from casus.records.span import Span

KM_PER_DEGREE = 111.3
LEAST_KM = 0.05
"""No report is surer of a place than this, whatever decimals a device gave."""

COARSE = 0.04
"""Degrees; half of the last digit of one decimal is 0.05, of whole minutes 0.008."""

OFF_EARTH = 999.0

CUE_REACH = 60
"""Characters before a pair of decimals, or a grid position, in which a word may say what it is."""


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Characters that give a position; `point` None where it is none on the earth.

    `uncertainty_km` is half of the last digit given, in kilometres.
    """

    span: Span
    point: Point | None
    uncertainty_km: float


_NUMBER = r"\d{1,3}(?:[.,]\d{1,15})?"
_DEGREE = r"(?:\s?[°º˚ᵒ⁰]|\s?(?i:degrees?|deg)\b\.?)"
_MINUTE = r"(?:\s?['’‘′´`]|\s?(?i:minutes?|min)\b\.?)"
_SECOND = r"(?:\s?[\"”“″]|\s?['’‘′´`]{2}|\s?(?i:seconds?|sec)\b\.?)"
_SIXTIETHS = r"\d{1,2}(?:[.,]\d{1,6})?"
_MARKED = rf"{_NUMBER}{_DEGREE}(?:\s?{_SIXTIETHS}{_MINUTE}(?:\s?{_SIXTIETHS}{_SECOND}?)?)?"
_SPACED = rf"\d{{1,3}}[\s:-]\d{{1,2}}(?:[.,]\d{{1,6}}|[\s:-]{_SIXTIETHS})?"
_ANGLE = rf"(?:{_MARKED}|{_SPACED}|{_NUMBER})"
_COMPASS = r"(?:(?i:north|south|east|west)|[NSEW])"
_LATITUDE = r"(?i:lat(?:itude)?)\b\.?"
_LONGITUDE = r"(?i:lon(?:g(?:itude)?)?|lng)\b\.?"
_LABEL = rf"(?:{_LATITUDE}|{_LONGITUDE})"
_AND = r"\s?(?:[,;/|]|and\b)?\s{0,2}"
_IS = r"\s?(?:of\b|is\b)?[:=\s]{0,2}"
_SIGNED = rf"[+\-−]?\d{{1,3}}(?:\.\d{{1,15}})?{_DEGREE}?"

_AFTER = re.compile(
    rf"(?<![\w.,°+-])(?P<a>{_ANGLE})\s?-?(?P<ha>{_COMPASS})(?:\s?{_LABEL})?{_AND}(?:{_LABEL}{_IS})?"
    rf"(?P<b>{_ANGLE})\s?-?(?P<hb>{_COMPASS})(?!\w)"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?P<ha>[NSEW])\s?(?P<a>{_ANGLE}){_AND}(?:{_LABEL}{_IS})?(?P<hb>[NSEW])\s?(?P<b>{_ANGLE})(?![\w°])"
)
_LABELLED = re.compile(
    rf"\b(?P<la>{_LABEL}){_IS}(?P<a>{_SIGNED})(?!\w){_AND}(?P<lb>{_LABEL}){_IS}(?P<b>{_SIGNED})(?!\w)"
)
_BARE = re.compile(rf"(?<![\w.,°/-])(?P<a>{_SIGNED})\s?[,;/ ]\s?(?P<b>{_SIGNED})(?![\w°]|[.,]\d|/\d)")
_TOGETHER = re.compile(
    r"\b(?P<a>\d{4}|\d{6}(?:\.\d{1,4})?)(?P<ha>[NS])\s?/?\s?(?P<b>\d{5}|\d{7}(?:\.\d{1,4})?)(?P<hb>[EW])\b"
)
_ZONE = r"\b(?P<zone>\d{1,2})\s?(?P<band>[C-HJ-NP-X])"
_MGRS = re.compile(
    rf"{_ZONE}\s?(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])\s?(?:(?P<e>\d{{1,5}})\s(?P<n>\d{{1,5}})|(?P<en>\d{{2,10}}))\b"
)
_METRES = r"(?:\.\d{1,3})?\s?(?:m\s?)?"
_UTM = re.compile(
    rf"{_ZONE}[,:;]?\s{{1,2}}(?:(?i:E(?:asting)?)\s?[:=]?\s?)?(?P<e>\d{{6}}){_METRES}E?[,;]?\s{{1,2}}"
    rf"(?:(?i:N(?:orthing)?)\s?[:=]?\s?)?(?P<n>\d{{6,8}}){_METRES}N?\b"
)
_DIGIT = "[2-9CFGHJMPQRVWX]"
_PLUS = re.compile(
    rf"(?<![\w+])(?P<code>{_DIGIT}{{4}}(?:{_DIGIT}{{4}}\+{_DIGIT}{{2,7}}|{_DIGIT}{{2}}00\+|0000\+))(?!\w)"
)

_CUE = re.compile(
    r"\b(?:co-?ordinates?|gps|geo-?locat\w{1,6}|located at|situated at|position(?:ed)?(?: at)?|grid(?: reference)?|"
    r"mgrs|utm|lat(?:itude)?[\s/,-]{1,3}lon(?:g(?:itude)?)?|lat/lng|coords?)\b",
    re.IGNORECASE,
)
_MONTHS = frozenset(("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"))
_BESIDE = re.compile(r"[\s,;:=/|()\[\]]{1,5}")
_PARTS = re.compile(r"\d{1,3}(?:[.,]\d{1,15})?")


def find_coordinates(text: str) -> tuple[Coordinates, ...]:
    """The positions that a text gives in numbers, in text order, none overlapping.

    Spans count code points of the text. One position in two notations side by side
    ("14°40′12″N 17°24′36″W / 14.67°N 17.41°W") is one.
    """
    found: list[Coordinates] = []
    for pattern, read in _NOTATIONS:
        taken = sorted(c.span for c in found)
        for match in pattern.finditer(text):
            span = Span(*match.span())
            reading = None if _overlapping(span, taken) else read(match)
            if reading is not None:
                point, uncertainty = reading
                point = rounded(point) if point else None
                found.append(Coordinates(span, point, round(max(LEAST_KM, uncertainty), 2)))
    return _same_joined(text, sorted(found, key=lambda c: c.span))


def _overlapping(span: Span, taken: list[Span]) -> bool:
    """Whether a span overlaps one of `taken`, which are in order and do not overlap."""
    i = bisect_left(taken, span)
    return any(span.overlaps(other) for other in taken[max(0, i - 1) : i + 1])


def _same_joined(text: str, found: list[Coordinates]) -> tuple[Coordinates, ...]:
    """One position given in two notations side by side is one; the more exact counts."""
    kept: list[Coordinates] = []
    for one in found:
        before = kept[-1] if kept else None
        if before is not None and _repeats(text, before, one):
            best = min(before, one, key=lambda c: c.uncertainty_km)
            kept[-1] = replace(best, span=before.span.cover(one.span))
        else:
            kept.append(one)
    return tuple(kept)


def _repeats(text: str, before: Coordinates, after: Coordinates) -> bool:
    if before.point is None or after.point is None or not _BESIDE.fullmatch(text[before.span.end : after.span.start]):
        return False
    return kilometres(before.point, after.point) <= before.uncertainty_km + after.uncertainty_km


Reading = tuple[Point | None, float]
"""A point, None for one off the earth, and its uncertainty in kilometres."""


@dataclass(frozen=True, slots=True)
class _Angle:
    """Degrees, and what half of the last digit given is worth in degrees."""

    degrees: float
    half: float


def _angle(words: str) -> _Angle | None:
    """The degrees of "36°12'08\"", "36 12.5" or "36.2021"; off the earth if minutes or seconds are 60 or more."""
    parts = [part.replace(",", ".") for part in _PARTS.findall(words)][:3]
    if not parts or any("." in part for part in parts[:-1]):
        return None
    values = [float(part) for part in parts]
    if any(value >= 60 for value in values[1:]):
        return _Angle(OFF_EARTH, 1.0)
    unit = 60.0 ** (1 - len(parts))
    decimals = len(parts[-1].partition(".")[2])
    degrees = sum(value / 60**power for power, value in enumerate(values))
    return _Angle(degrees, unit / 2 / 10**decimals)


def _pair(first: str, second: str, letters: tuple[str, str]) -> tuple[_Angle, _Angle] | None:
    """Latitude and longitude, signed, whichever comes first; None unless the letters are one of each."""
    angles = _angle(first), _angle(second)
    if angles[0] is None or angles[1] is None:
        return None
    signed = {
        letter in "NS": _Angle(-angle.degrees if letter in "SW" else angle.degrees, angle.half)
        for letter, angle in zip(letters, angles, strict=True)
        if angle is not None
    }
    return (signed[True], signed[False]) if len(signed) == 2 else None


def _on_earth(latitude: _Angle, longitude: _Angle) -> Reading:
    uncertainty = KM_PER_DEGREE * hypot(latitude.half, longitude.half)
    if abs(latitude.degrees) > 90 or abs(longitude.degrees) > 180:
        return None, uncertainty
    return rounded((latitude.degrees, longitude.degrees)), uncertainty


def _lettered(match: re.Match[str]) -> Reading | None:
    """36.2021 N, 37.1343 E. Degrees with no mark and not two decimals may be anything: "12 N 5 E"."""
    letters = match["ha"][0].upper(), match["hb"][0].upper()
    pair = _pair(match["a"], match["b"], letters)
    if pair is None:
        return None
    vague = max(pair[0].half, pair[1].half) > COARSE
    if vague and not (re.search(_DEGREE, match["a"] + match["b"]) or _has_cue(match)):
        return None
    return _on_earth(*pair)


def _together(match: re.Match[str]) -> Reading | None:
    """361208N0370803E: degrees, minutes and perhaps seconds without anything between them."""
    a, b = match["a"], match["b"]
    if (len(a.partition(".")[0]) == 4) != (len(b.partition(".")[0]) == 5):
        return None
    pair = _pair(f"{a[:2]} {a[2:4]} {a[4:]}", f"{b[:3]} {b[3:5]} {b[5:]}", (match["ha"], match["hb"]))
    return _on_earth(*pair) if pair else None


def _labelled(match: re.Match[str]) -> Reading | None:
    """latitude 36.2021, longitude 37.1343."""
    letters = "N" if match["la"][1] in "aA" else "E", "N" if match["lb"][1] in "aA" else "E"
    return _signed(match, letters)


def _signed(match: re.Match[str], letters: tuple[str, str]) -> Reading | None:
    pair = _pair(match["a"], match["b"], letters)
    if pair is None:
        return None
    turned = {letter: -1 if match[group][0] in "-−" else 1 for letter, group in zip(letters, "ab", strict=True)}
    latitude, longitude = pair
    return _on_earth(
        _Angle(turned["N"] * latitude.degrees, latitude.half),
        _Angle(turned["E"] * longitude.degrees, longitude.half),
    )


def _bare(match: re.Match[str]) -> Reading | None:
    """36.2021, 37.1343: latitude first. Two decimals each, and a word or mark that says what they are."""
    exact = min(sum(c.isdigit() for c in match[group].partition(".")[2]) for group in "ab")
    marked = all(re.search(_DEGREE, match[group]) for group in "ab")
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    if exact < 2 or not (marked or _has_cue(match) or (around in ("()", "[]") and exact >= 4)):
        return None
    return _signed(match, ("N", "E"))


def _mgrs(match: re.Match[str]) -> Reading | None:
    """37S DB 12345 67890. Fewer than six digits, or a date such as 12MAR2024, need a word that says so."""
    if match["en"] is None and len(match["e"]) != len(match["n"]):
        return None
    digits = match["en"] or match["e"] + match["n"]
    if (len(digits) < 6 or match["band"] + match["square"] in _MONTHS) and not _has_cue(match):
        return None
    return from_mgrs(int(match["zone"]), match["band"], match["square"], digits)


def _utm(match: re.Match[str]) -> Reading | None:
    """37N 332456 4007890, after the word UTM. "S" is left open: it is a band in the north and the southern half."""
    before = match.string[max(0, match.start() - CUE_REACH) : match.start()]
    if "utm" not in before.lower() or match["band"] == "S":
        return None
    point = from_utm(int(match["zone"]), match["band"] >= "N", float(match["e"]), float(match["n"]))
    return point, LEAST_KM


def _plus_code(match: re.Match[str]) -> Reading | None:
    return from_plus_code(match["code"])


def _has_cue(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - CUE_REACH) : match.start()]
    return _CUE.search(before.rpartition("\n\n")[2]) is not None


_NOTATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | None]], ...] = (
    (_LABELLED, _labelled),
    (_AFTER, _lettered),
    (_TOGETHER, _together),
    (_BEFORE, _lettered),
    (_MGRS, _mgrs),
    (_UTM, _utm),
    (_PLUS, _plus_code),
    (_BARE, _bare),
)
"""Patterns and what reads them; of two that overlap the earlier in the list counts."""

"""Words that place something by a name that follows: "some 12 km (7 miles) south-west of the town of" | X.

Patterns are matched backwards from the name. Words, units and directions are in the lexicon
"distances"; vague distances follow the reading of "a few" in codebook 5.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from casus.knowledge.lexicon import load_lexicon
from casus.records.mention import RelationKind

WINDOW = 160
"""Characters before a name in which the words that place something by it are looked for."""

SECTOR = {8: 22.5, 16: 11.25}
"""Degrees to either side that a direction of the 8-wind or 16-wind rose may mean."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words say, and how exactly.

    `start` is where they begin in the text; `km` and `bearing` (degrees from north) are None
    where not told. `slack_km` is the inexactness of the distance, `sector` that of the direction
    in degrees; `plain` holds for a bare "near" or "outside".
    """

    kind: RelationKind
    start: int
    km: float | None = None
    slack_km: float = 0.0
    bearing: float | None = None
    sector: float = 0.0
    plain: bool = False


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s") for w in ordered) + ")"


@cache
def _patterns() -> tuple[tuple[RelationKind, re.Pattern[str]], ...]:
    """Kinds and the words before a name that say them, the most telling first."""
    table = load_lexicon("distances")
    unit, rough = _any(table["units"]), rf"(?:{_any(table['rough']['words'])}\s){{0,2}}"
    small = _any(w for w, value in table["numbers"].items() if len(w) > 2 and value in range(1, 10))
    digits = r"\d{1,4}(?:[.,]\d{1,3})?"
    number = rf"(?:{digits}|{_any(table['numbers'])}(?:[-\s]{small})?)(?:\sand\sa\shalf)?"
    figure = rf"(?P<low>{number})(?:\s?(?:-|–|to|or)\s?(?P<high>{number}))?[\s-]?(?P<unit>{unit})\b"
    again = rf"(?:\s?[(/]\s?(?:{_any(table['rough']['words'])}\s)?{digits}(?:\s?[-–]\s?{digits})?[\s-]?{unit}\s?\)?)?"
    tail = r"(?:\sand\sa\shalf|\sor\sso)?"
    measure = rf"(?<![\w$£€.,])(?P<rough>{rough}){figure}(?P<half>{tail}){again}(?:\saway|\sfurther|\sdistant)?"
    several = _any(table["vague"]["words"])
    vague = rf"(?<!\w){rough}{several}\s(?:hundred\s|dozen\s|thousand\s)?{unit}(?:\saway)?"
    time = r"(?:hours?|minutes?|days?)(?:['’]s?)?"
    means = r"(?:drive|walk|journey|ride|flight|travel|march|trek|boat\sride)"
    travel = (
        rf"(?<!\w){rough}(?:(?:{number}|{several}|(?:an?\s)?half[-\s](?:an?\s)?)[-\s]?(?:{number}[-\s])?)"
        rf"{time}(?:\sand\sa\shalf)?\s{means}(?:\saway)?"
    )
    wind = r"(?:north|south|east|west)(?:[-–\s]?(?:north|south|east|west)){0,2}|(?-i:\b[NSEW]{1,3})"
    turn = r"(?:(?:to|in|on|towards?)\sthe\s|due\s|directly\s|immediately\s|further\s|just\s)?"
    way = rf"(?:\s?,)?\s{turn}(?P<wind>{wind})\s(?:of|from)"
    off = r"off(?:\s(?:the\s)?(?:\w{2,12}\s)?coasts?\sof)?"
    away = rf"\s(?:from|outside(?:\sof)?|away\sfrom|{off}|beyond|past|short\sof|of)"
    edge = r"(?:[\w-]{4,16}\s)?(?:outskirts|edges?|fringes?|suburbs|vicinity|periphery|approaches)\sof"
    patterns: tuple[tuple[RelationKind, str], ...] = (
        ("offset", measure + way),
        ("distance", measure + away),
        ("near", rf"(?:{vague}|{travel})(?:{away}|{way})"),
        ("near", rf"(?<!\w)(?:on\s|at\s|in\s)?(?:the\s)?{edge}"),
        ("near", r"(?<!\w)(?:just\soff|off\s(?:the\s)?(?:\w{2,12}\s)?coasts?\sof)"),
        ("direction", rf"(?<!\w)(?<!and\s)(?<!or\s){turn}(?P<wind>{wind})\sof"),
        ("near", r"(?<!\w)(?P<plain>(?:just\s)?outside(?:\sof)?|near(?:by|\sto)?|close\sto|not\sfar\sfrom)"),
    )
    return tuple((kind, re.compile(pattern + _article(), re.IGNORECASE)) for kind, pattern in patterns)


_KINDS = ("city", "town", "village", "hamlet", "settlement", "suburb", "port", "camp", "base", "capital", "district",
          "municipality", "township")  # fmt: skip

_LAST = frozenset(
    (*_KINDS, "the", "of", "from", "outside", "off", "near", "nearby", "to", "beyond", "past")
)  # fmt: skip
"""Words that may stand right before the name."""


def _article() -> str:
    """What may stand between the words and the name: "the rebel-held town of"."""
    kinds = _any(_KINDS)
    return rf"\s(?:the\s)?(?:(?:[\w-]{{2,20}}\s){{0,3}}{kinds}(?:\sof|,)?\s)?(?:the\s)?\Z"


def phrase_before(text: str, start: int, low: int) -> Phrase | None:
    """What the words right before the name at `start` say, not looking before `low`; None if nothing."""
    begin = max(low, start - WINDOW, 0)
    window = re.sub(r"\s", " ", text[begin:start])
    if window.lower().rstrip(" ,").rpartition(" ")[2] not in _LAST or window[-1] != " ":
        return None
    for kind, pattern in _patterns():
        match = pattern.search(window)
        if match is not None:
            phrase = _phrase(kind, match, begin)
            if phrase is not None:
                return phrase
    return None


@cache
def _patterns_after() -> re.Pattern[str]:
    """ "X" | ", some 12 km to the south": by a place named before, which the words leave out."""
    table = load_lexicon("distances")
    unit, rough = _any(table["units"]), rf"(?:{_any(table['rough']['words'])}\s){{0,2}}"
    number = r"\d{1,4}(?:[.,]\d{1,3})?"
    wind = r"(?:north|south|east|west)(?:[-–\s]?(?:north|south|east|west)){0,2}"
    return re.compile(
        rf"(?:\s?,)?\s(?P<rough>{rough})(?P<low>{number}|{_any(table['numbers'])})(?P<high>(?!))?(?P<half>)[\s-]?"
        rf"(?P<unit>{unit})\b(?:\s?\([^()]{{1,20}}\))?\s(?:further\s|away\s)?(?:to\sthe\s|due\s)?(?P<wind>{wind})"
        r"(?!\s?(?:of|from|-)\b|[-\w])",
        re.IGNORECASE,
    )


def phrase_after(text: str, end: int) -> tuple[Phrase, int] | None:
    """What the words right after the name that ends at `end` say of its distance and direction, and where they end."""
    window = re.sub(r"\s", " ", text[end : end + WINDOW])
    match = _patterns_after().match(window)
    phrase = _phrase("offset", match, end) if match else None
    return (phrase, end + match.end()) if match and phrase else None


def _phrase(kind: RelationKind, match: re.Match[str], begin: int) -> Phrase | None:
    parts = match.groupdict()
    bearing, sector = None, 0.0
    if parts.get("wind"):
        found = bearing_of(parts["wind"])
        if found is None or (kind == "direction" and match.string[: match.start()].lower().endswith("the ")):
            return None  # "the north of" | Mali is a part of it
        bearing, sector = found
    start = begin + match.start()
    if kind not in ("offset", "distance"):
        return Phrase(kind, start, bearing=bearing, sector=sector, plain=bool(parts.get("plain")))
    measured = _measured(match)
    return Phrase(kind, start, *measured, bearing, sector) if measured else None


def bearing_of(words: str) -> tuple[float, float] | None:
    """Degrees from north of "south-southwest" or "SW", and how many to either side it may mean."""
    winds = load_lexicon("distances")["compass"]
    key = re.sub(r"[-–\s]", "", words)
    bearing = winds.get(key if len(key) <= 3 else key.lower())
    return (float(bearing), SECTOR[16] if bearing % 45 else SECTOR[8]) if bearing is not None else None


def _measured(match: re.Match[str]) -> tuple[float, float] | None:
    """Kilometres and their inexactness; None for what is no distance ("2m from Syria" are people)."""
    unit = match["unit"].lower()
    scale = float(load_lexicon("distances")["units"][re.sub(r"\s", " ", unit)])
    low, step = _number(match["low"] + match["half"].replace(" or so", ""))
    high = _number(match["high"])[0] if match["high"] else low
    if low <= 0 or high < low or (unit == "m" and low < 50):
        return None
    km = (low + high) / 2 * scale
    rough = 0.1 * km if match["rough"].strip() or "or so" in match["half"] else 0.0
    return round(km, 3), round(max(step * scale, (high - low) / 2 * scale, rough), 3)


def _number(words: str) -> tuple[float, float]:
    """The value of a number in digits or words, and half of the step that people round such numbers to."""
    words = words.lower()
    half = 0.5 if words.endswith("and a half") else 0.0
    core = words.removesuffix("and a half").strip()
    digits = re.sub(r",(?=\d{3}\b)", "", core).replace(",", ".")
    value = float(digits) if digits[0].isdigit() else _in_words(core)
    return value + half, _step(value + half, "." in core or bool(half))


def _in_words(words: str) -> float:
    table = load_lexicon("distances")["numbers"]
    if words in table:
        return float(table[words])
    return float(sum(table.get(part, 0) for part in re.split(r"[-\s]", words)))


def _step(value: float, exact: bool) -> float:
    """Half the step: 12 is to the nearest one, 15 to five, 30 to ten, 200 to fifty; "2.5" to a half."""
    if exact or value < 1:
        return 0.25 * min(1.0, value)
    for step in (50, 10, 5):
        if value % step == 0 and value > step:
            return step / 2
    return 0.5

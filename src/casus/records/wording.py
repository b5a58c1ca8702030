"""Records in plain words, for every display: dates, numbers, places, speakers, quotations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casus.records.attitude import Attitude
from casus.records.claim import Claim
from casus.records.event import Event, EventDate, Location, Role
from casus.records.figure import Figure
from casus.records.mention import PlaceCandidate
from casus.records.reading import Reading
from casus.records.span import Span

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

ROLES: dict[Role, str] = {"actor1": "by", "assoc_actor1": "with", "actor2": "against", "assoc_actor2": "also against"}
"""What a role is called on a card."""

BETWEEN: dict[Role, str] = {"actor1": "between", "assoc_actor1": "with", "actor2": "and", "assoc_actor2": "with"}
"""The same for events that parties make together."""

TOGETHER = frozenset(("Agreement",))

STANCES = {
    "asserts": "said by",
    "denies": "denied by",
    "confirms": "confirmed by",
    "disputes": "disputed by",
    "unknown": "not confirmed by",
}

OUTCOMES = {"casualties": "killed or injured"}
"""Outcomes whose name would not be understood as it is."""

SIDES = ("perpetrator side", "target side")
"""Interests worth a word: a belligerent speaks for itself."""

NEAR = ("near ", "outside ", "off ", "close to ")
"""Beginnings of a place name that already say it is near."""

SURE = 0.6
"""Share of the chosen reading of a place name from which the others are left to the details."""

SENTENCE_END = re.compile(r"(?<![A-Z])[.!?][\"”’)]*\s+|\n")
"""Where a sentence ends, about: a mark and space, but not after an initial or an abbreviation like U.S."""

QUOTATION_MARKS = "\"'“”‘’«» "

MAX_HEADLINE = 70
"""Characters of a report's beginning shown in place of a title."""

MIN_QUOTE = 40
"""Characters under which a quotation is widened to its sentence: "eleven were wounded" says too little."""

MAX_WORD = 30
"""Characters in which a cut looks for a space."""

MAX_QUOTE = 320
"""Characters of a quotation before it is cut around the words that matter."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words to quote, and whether some of their frame were cut off before and after."""

    span: Span
    before: bool
    after: bool


def date_words(when: EventDate) -> str:
    """When, with its precision in words: "16 June 2022", "in January 2022", "16 June, year unknown"."""
    if when.start is None or when.end is None:
        bound = when.start or when.end
        if bound is None:
            return _partial(when.value)
        return f"{'from' if when.start else 'until'} {day_words(bound)}"
    start, end = date.fromisoformat(when.start[:10]), date.fromisoformat(when.end[:10])
    if start == end:
        return day_words(when.start)
    if _whole_month(start, end):
        return f"{MONTHS[start.month - 1]} {start.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    words = _range_words(start, end, whole_months=when.precision == "season")
    return words if when.precision == "day" else f"{words} (to the {when.precision})".replace(" (to the unknown)", "")


def date_note(when: EventDate) -> str | None:
    """Why a date is not simply what the report says: "inferred: dated by a known event: …"; None if it is."""
    if when.note is None:
        return "inferred" if when.inferred else None
    return f"inferred: {when.note}" if when.inferred else when.note


def day_words(day: str) -> str:
    """An ISO date or datetime as "16 June 2022"; what is none stays as it is."""
    try:
        parsed = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"


def _range_words(start: date, end: date, *, whole_months: bool) -> str:
    """Two days without saying twice what they share; a season as its months."""
    last = f"{MONTHS[end.month - 1]} {end.year}"
    month, year = MONTHS[start.month - 1], f" {start.year}" if start.year != end.year else ""
    if whole_months:
        return f"{month}{year}–{last}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {last}"
    return f"{start.day} {month}{year} – {end.day} {last}"


def _whole_month(start: date, end: date) -> bool:
    return start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end + timedelta(days=1)).day == 1


def _partial(value: str | None) -> str:
    """What is known of a date without a year: a TIMEX3 value such as XXXX-06-16."""
    match = re.fullmatch(r"XXXX-(\d\d)(?:-(\d\d))?", value or "")
    if not match or not 1 <= int(match[1]) <= 12:
        return "date unknown"
    month = MONTHS[int(match[1]) - 1]
    return f"{int(match[2])} {month}, year unknown" if match[2] else f"{month}, year unknown"


def place_words(where: Location) -> str:
    """Where: "near Hasaka (town, Al-Hasakah, SYR)", "place unknown"."""
    if where.name is None:
        return f"somewhere in {where.country}" if where.country else "place unknown"
    outer = where.within.name if where.within else None
    province = where.admin1 if where.admin1 != outer else None
    precision = where.precision if where.precision != "unknown" else None
    known = [precision, f"in {outer}" if outer else None, province, where.country]
    around = ", ".join(part for part in known if part and part != where.name)
    return f"{_place_name(where.name, where)} ({around})" if around else _place_name(where.name, where)


def _place_name(name: str, where: Location) -> str:
    """The name with the words that place it: "12 km south of X" alone, "A, 12 km south of X" of another place."""
    relation = where.relation
    if relation is None or relation.kind == "coordinates" or relation.words == name:
        return name if not where.near or name.lower().startswith(NEAR) else f"near {name}"
    words = " ".join(relation.words.split())
    return words if relation.to == name else f"{name}, {words}"


def point_words(where: Location) -> str | None:
    """The point and how exact it is: "36.3942, 40.7477 (within 8 km)"; of a place without one that of the place
    around it: "no point; Hasaka is at 36.5024, 40.7477"; None if there is none."""
    if where.latitude is None or where.longitude is None:
        outer = where.within
        if outer is None or outer.latitude is None or outer.longitude is None:
            return None
        return f"no point; {outer.name} is at {outer.latitude:.4f}, {outer.longitude:.4f}"
    point = f"{where.latitude:.4f}, {where.longitude:.4f}"
    given = where.relation is not None and where.relation.kind == "coordinates"
    how = ["as given in the text"] if given else []
    if where.uncertainty_km is not None:
        how.append(f"within {kilometre_words(where.uncertainty_km)}")
    return f"{point} ({', '.join(how)})" if how else point


def kilometre_words(km: float) -> str:
    """Kilometres as exactly as they are worth telling: "50 m", "1.3 km", "23 km"."""
    if km < 0.995:
        return f"{round(km * 1000):d} m"
    return f"{km:.1f} km" if km < 9.95 else f"{km:,.0f} km"


def reading_words(candidate: PlaceCandidate) -> str:
    """Another reading of a place name, with its share: "Tripoli (Tripoli, LBY) 38%"."""
    around = ", ".join(part for part in (candidate.admin1, candidate.country) if part)
    share = "under 1%" if candidate.score < 0.01 else f"{candidate.score:.0%}"
    return f"{candidate.name} ({around}) {share}" if around else f"{candidate.name} {share}"


def is_unsure(where: Location) -> bool:
    """Whether another reading of the name is so likely that a reader of one line must know."""
    return where.score is not None and where.score < SURE and bool(where.candidates)


def role_words(event: Event, role: Role) -> str:
    """What a participant's role is called: "by", "against", and so on."""
    return (BETWEEN if event.sub_event_type in TOGETHER else ROLES)[role]


def number_words(figure: Figure) -> str:
    """The number alone: "374", "at least 12", "up to 30", "300–999", "a number of people"."""
    low, best, high = figure.quantity.low, figure.quantity.best, figure.quantity.high
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,}–{high:,}"
    if low is not None:
        return f"at least {low:,}"
    if high is not None:
        return f"up to {high:,}"
    return f"about {best:,}" if best is not None else "an unknown number of people"


def figure_words(figure: Figure, names: Mapping[str, str]) -> str:
    """The figure in words: "374 killed (combatants, Islamic State)"; `names` are actors' names by id."""
    whose = names.get(figure.actor, "") if figure.actor else ""
    known = [
        figure.population if figure.population != "unknown" else None,
        whose if whose.lower() != figure.population else None,
        "in total over a period" if figure.cumulative else None,
        "part of the total" if figure.part_of else None,
    ]
    about = ", ".join(dict.fromkeys(part for part in known if part))
    words = f"{number_words(figure)} {OUTCOMES.get(figure.outcome, figure.outcome)}"
    return f"{words} ({about})" if about else words


def claim_words(claim: Claim) -> str:
    """Who says it and how: "said by Kurdish forces", "denied by the army (through SANA, possible)"."""
    speaker = claim.speaker
    manner = [
        f"through {speaker.via}" if speaker.via else None,
        claim.hedge if claim.hedge != "none" else None,
        speaker.interest if speaker.interest in SIDES else None,
    ]
    around = ", ".join(part for part in manner if part)
    if speaker.kind == "author":
        words = "the report’s own word" if claim.stance == "asserts" else f"{STANCES[claim.stance]} the report itself"
    elif speaker.kind == "unknown":
        words = f"{STANCES[claim.stance]} an unnamed source"
    else:
        words = f"{STANCES[claim.stance]} {speaker.name}"
    return f"{words} ({around})" if around else words


def attitude_words(attitude: Attitude, text: str) -> str:
    """Who has it, and the word for it: "The mayor: wants"."""
    who = attitude.speaker.name if attitude.speaker.span else "somebody unnamed"
    return f"{who}: {' '.join(attitude.cue.of(text).split())}"


def headline(reading: Reading) -> str:
    """The report's title; the beginning of its text if it has none."""
    if reading.report.title:
        return reading.report.title
    words = " ".join(reading.report.text[: 3 * MAX_HEADLINE].split())
    return words if len(words) <= MAX_HEADLINE else f"{words[:MAX_HEADLINE].rsplit(' ', 1)[0]} …"


def event_marks(event: Event) -> list[str]:
    """What must not be overlooked: not actual, or told as the past."""
    marks: list[str] = [event.actuality] if event.actuality != "actual" else []
    return [*marks, "background"] if event.background else marks


def quotation(text: str, focus: Span, frames: Sequence[Span]) -> Quotation:
    """The words to quote for `focus`: the shortest frame that holds it, else its sentence.

    `frames` are the spans that could be quoted (evidence, content of claims); those under
    MIN_QUOTE characters say too little alone. Quotation marks at the ends are left off, and
    more than MAX_QUOTE characters are cut at spaces, around the focus as far as it fits.
    """
    holding = [frame for frame in frames if frame.contains(focus) and len(frame) >= MIN_QUOTE]
    frame = min(holding, key=lambda f: (len(f), f)) if holding else _sentence(text, focus)
    frame = _unquoted(text, frame)
    if len(frame) <= MAX_QUOTE:
        return Quotation(frame, False, False)
    low, high = max(frame.start, focus.start), min(frame.end, focus.end, focus.start + MAX_QUOTE)
    room = (MAX_QUOTE - max(0, high - low)) // 2
    start, end = max(frame.start, low - room), min(frame.end, high + room)
    if start > frame.start:
        start = text.find(" ", start, low) + 1 or start
    if end < frame.end:
        cut = text.rfind(" ", start + 1, end)
        end = cut if cut >= high or cut > end - MAX_WORD else end
    return Quotation(Span(start, end), start > frame.start, end < frame.end)


def _unquoted(text: str, frame: Span) -> Span:
    """The frame without quotation marks, and what goes with them, at its ends; as it is if nothing else is in it."""
    words = frame.of(text)
    start = frame.start + len(words) - len(words.lstrip(QUOTATION_MARKS))
    end = frame.end - len(words) + len(words.rstrip(QUOTATION_MARKS + ",;:"))
    return Span(start, end) if start < end else frame


def _sentence(text: str, focus: Span) -> Span:
    """About the sentence around a span, by its marks: displays do not parse."""
    low = max(0, focus.start - MAX_QUOTE)
    high = min(len(text), focus.end + MAX_QUOTE)
    starts = [low + match.end() for match in SENTENCE_END.finditer(text[low : focus.start])]
    end = SENTENCE_END.search(text[focus.end : high])
    return Span(starts[-1] if starts else low, focus.end + end.start() + len(end[0].rstrip()) if end else high)

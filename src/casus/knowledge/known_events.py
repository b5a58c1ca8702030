"""Well-known dated events and office-holders: what a reader knows without being told.

Tables are TOML files in `data/chronicle/`; a user's own have the same form. `source` says where the facts
of a file come from; `events` lists events:

    id         stable, never reused
    name       what it is called in a note, a noun phrase ("the raid that killed Osama bin Laden")
    when       a day, a month, or a first and a last day: "2011-05-02", "1988-03", "2019-10-26/2019-10-27"
    countries  ISO 3166-1 alpha-3, where it happened
    what       triggers that can report it, as in the lexicon of triggers
    whom       names of those it was done to, one of which the phrase acted upon must end with
    who        names of those who did it, likewise
    by         names of those who did it, if anybody is named at all
    near       groups of words: of every group one must stand in the clause that reports it
    without    words that must not stand there
    example    a sentence of our own that tells of it
    source     the public record of it

A "@name" in any of these lists stands for the list of that name in `words.toml`. At least one of `whom`, `who` and
`near` must identify the event. `offices` lists who held an office from when to when:
`person`, `names`, `office`, `titles`, `country`, `since`, `until` (absent while it lasts), `source`.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from casus.knowledge.tables import Row, open_table, read_table, rows_of, shown

TABLES = ("attacks", "deaths", "territory", "turning_points", "offices")
"""Tables of `data/chronicle/` in the order they are read; `words.toml` holds the sets."""

EVENT_KEYS = frozenset(
    ("id", "name", "when", "countries", "what", "whom", "who", "by", "near", "without", "example", "source")
)
OFFICE_KEYS = frozenset(("person", "names", "office", "titles", "country", "since", "until", "source"))


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """A dated event and the words that identify it, folded (see `fold`); days [start, end]."""

    id: str
    name: str
    start: date
    end: date
    to_month: bool
    countries: tuple[str, ...]
    what: frozenset[str]
    whom: tuple[str, ...]
    who: tuple[str, ...]
    by: tuple[str, ...]
    near: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    example: str
    source: str

    @property
    def needed(self) -> tuple[tuple[str, ...], ...]:
        """Groups of names of each of which one has to stand in the clause; empty ones ask for nothing."""
        return (self.whom, self.who, *self.near)


@dataclass(frozen=True, slots=True)
class Office:
    """A term in an office, days [since, until]; `until` None while it lasts. `names` and `titles` folded."""

    person: str
    names: tuple[str, ...]
    office: str
    titles: tuple[str, ...]
    country: str
    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Known events and terms of office, in the order of the tables."""

    events: tuple[KnownEvent, ...]
    offices: tuple[Office, ...]
    _by_word: Mapping[str, tuple[KnownEvent, ...]]

    def reported_by(self, word: str) -> tuple[KnownEvent, ...]:
        """The events that a trigger, by its lemma or phrase, can report."""
        return self._by_word.get(word, ())

    def named_in(self, text: str) -> Chronicle:
        """What of it a text can mean at all, by the words that stand in it: long texts cost little more."""
        words = frozenset(WORD.findall(fold(text)))
        events = tuple(e for e in self.events if all(_some_in(names, words) for names in e.needed if names))
        return _indexed(events, tuple(o for o in self.offices if _some_in(o.names, words)))


WORD = re.compile(r"\w+")


def _some_in(names: tuple[str, ...], words: frozenset[str]) -> bool:
    """Whether all words of one of the names are among the words."""
    return any(words.issuperset(WORD.findall(name)) for name in names)


def _indexed(events: tuple[KnownEvent, ...], offices: tuple[Office, ...]) -> Chronicle:
    by_word: dict[str, list[KnownEvent]] = {}
    for event in events:
        for word in sorted(event.what):
            by_word.setdefault(word, []).append(event)
    return Chronicle(events, offices, MappingProxyType({word: tuple(found) for word, found in by_word.items()}))


def fold(words: str) -> str:
    """Words in lower case, without marks above or below letters, with hyphens and apostrophes as spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    for mark in "-‑–'’ʿʾ`.":
        plain = plain.replace(mark, " ")
    return " ".join(plain.lower().split())


@lru_cache(maxsize=4)
def load_chronicle(extra_files: tuple[Path, ...] = ()) -> Chronicle:
    """The packaged tables with the user's own added; read once a process.

    Raises:
        KnowledgeError: if a table is missing or broken, or an id comes twice; the message names file and row.
    """
    data = files("casus.knowledge").joinpath("data", "chronicle")
    sets = {k: v for k, v in read_table(data.joinpath("words.toml")).items() if k != "source"}
    tables = [*(data.joinpath(f"{name}.toml") for name in TABLES), *extra_files]
    return build_chronicle(tables, sets)


def build_chronicle(tables: Iterable[Traversable | Path], sets: Mapping[str, list[str]]) -> Chronicle:
    """A chronicle of some tables; `sets` are what "@name" stands for.

    Raises:
        KnowledgeError: as `load_chronicle`.
    """
    events: dict[str, KnownEvent] = {}
    offices: list[Office] = []
    for file in tables:
        table = open_table(file)
        for row in rows_of(table, "events", "id"):
            event = _event(row, sets)
            if event.id in events:
                raise row.error("id", "the id is taken; give every event its own")
            events[event.id] = event
        offices += [_office(row) for row in rows_of(table, "offices", "person")]
    return _indexed(tuple(events.values()), tuple(offices))


def _event(row: Row, sets: Mapping[str, list[str]]) -> KnownEvent:
    row.check_keys(EVENT_KEYS, ("id", "name", "when", "example", "source"))
    told = row.values
    start, end = _days(row, "when")
    event = KnownEvent(
        id=told["id"],
        name=told["name"],
        start=start,
        end=end,
        to_month=len(told["when"]) == len("1988-03"),
        countries=row.texts("countries"),
        what=frozenset(_expanded(row, "what", row.texts("what"), sets)),
        whom=_names(row, "whom", sets),
        who=_names(row, "who", sets),
        by=_names(row, "by", sets),
        near=_groups(row, sets),
        without=_names(row, "without", sets),
        example=told["example"],
        source=told["source"],
    )
    if not event.what or not (event.whom or event.who or event.near):
        raise row.place.error("needs what, and one of whom, who and near, to be recognised")
    return event


def _office(row: Row) -> Office:
    row.check_keys(OFFICE_KEYS, ("person", "office", "country", "since", "source"))
    told = row.values
    since, ends = _days(row, "since")[0], _days(row, "until")[1] if "until" in told else None
    names = _folded(row.texts("names"))
    if not names or (ends is not None and ends < since):
        raise row.place.error("needs names, and a term that does not end before it begins")
    titles = _folded(row.texts("titles"))
    return Office(told["person"], names, told["office"], titles, told["country"], since, ends, told["source"])


def _days(row: Row, key: str) -> tuple[date, date]:
    """First and last day of "2011-05-02", "1988-03" or "2019-10-26/2019-10-27"."""
    when = row.values[key]
    first, _, last = str(when).partition("/")
    try:
        if not last and len(first) == len("1988-03"):
            start = date.fromisoformat(f"{first}-01")
            return start, start.replace(day=monthrange(start.year, start.month)[1])
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise row.error(key, f"{shown(when)} is no day, month or range; write 2011-05-02 or 1988-03") from None
    if end < start:
        raise row.error(key, f"{shown(when)} ends before it begins")
    return start, end


def _expanded(row: Row, key: str, words: Iterable[str], sets: Mapping[str, list[str]]) -> Iterator[str]:
    for word in words:
        if not word.startswith("@"):
            yield word
        elif word[1:] in sets:
            yield from sets[word[1:]]
        else:
            raise row.error(key, f"no set {word!r}, expected one of {', '.join(sorted(sets))}")


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for word in words))


def _names(row: Row, key: str, sets: Mapping[str, list[str]]) -> tuple[str, ...]:
    return _folded(_expanded(row, key, row.texts(key), sets))


def _groups(row: Row, sets: Mapping[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    groups = row.values.get("near", [])
    if not isinstance(groups, list) or not all(isinstance(g, list) and g for g in groups):
        raise row.error("near", "near must be a list of lists of words")
    inner = [Row(row.place, {"near": group}) for group in groups]
    return tuple(_names(group, "near", sets) for group in inner)

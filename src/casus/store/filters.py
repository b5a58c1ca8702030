"""Filters as a person gives them, checked and resolved to what the tables hold."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date

from casus.errors import DateError, InputError
from casus.knowledge.countries import load_countries
from casus.knowledge.registry import load_registry
from casus.knowledge.registry_index import fold, fold_name
from casus.records.event import EVENT_TYPE, SUB_EVENT_TYPES
from casus.store.base import ActorTerm, Conditions, Filters

DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
TERM = re.compile(r'"([^"]*)"|(\S+)')


def resolve(filters: Filters) -> Conditions:
    """The conditions that filters stand for.

    Raises:
        DateError: if a date is none, or `since` lies after `until`.
        InputError: if a country or type is not known, or words to look for hold no letter.
        TypeError: if there is no such filter.
    """
    unknown = sorted(set(filters) - set(Filters.__annotations__))
    if unknown:
        raise TypeError(f"no filter {unknown[0]!r}: there are {', '.join(Filters.__annotations__)}")
    since, until = filters.get("since"), filters.get("until")
    first = parse_bound(since, last=False) if since is not None else None
    last = parse_bound(until, last=True) if until is not None else None
    if first and last and first > last:
        raise DateError(f"since {first} lies after until {last}: no day is in between")
    text = filters.get("text")
    return Conditions(
        since=first,
        until=last,
        countries=frozenset(country_code(c) for c in _many(filters.get("country"))),
        actors=tuple(actor_term(a) for a in _many(filters.get("actor"))),
        types=frozenset(t for wanted in _many(filters.get("type")) for t in sub_event_types(wanted)),
        min_killed=filters.get("min_killed"),
        terms=search_terms(text) if text is not None else (),
    )


def _many(value: str | Sequence[str] | None) -> Iterable[str]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def parse_bound(value: str | date, *, last: bool) -> str:
    """The first or last day that a date, a month or a year stands for, as an ISO date.

    Raises:
        DateError: if it is not of the form or no day of the calendar.
    """
    if isinstance(value, date):
        return value.isoformat()[:10]
    match = DATE.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError
        year, month = int(match[1]), int(match[2] or (12 if last else 1))
        day = int(match[3]) if match[3] else calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day).isoformat()
    except ValueError:
        raise DateError(
            f"{value[:40]!r} is no date: expected a day, a month or a year of the calendar, "
            "as 2022-06-16, 2022-06 or 2022"
        ) from None


def country_code(name: str) -> str:
    """The ISO 3166-1 alpha-3 code of a country given by code or name, in any case.

    Raises:
        InputError: if no country is called so.
    """
    known = load_countries()
    given = " ".join(name.split())
    if given.upper() in {c.code for c in known.all}:
        return given.upper()
    code = known.by_name.get(given.lower())
    folded = {fold_name(written): c for written, c in known.by_name.items()}
    code = code or folded.get(fold_name(given))
    if code is None:
        raise InputError(f"no country {name[:40]!r}: expected an ISO 3166-1 alpha-3 code such as SYR, or a name")
    return code


def actor_term(name: str) -> ActorTerm:
    """What to look for when events of an actor are asked for.

    Raises:
        InputError: if the name holds no letter or digit.
    """
    words = fold_name(name)
    if not words:
        raise InputError(f"no actor {name[:40]!r}: expected a name or an id of the registry")
    registry = load_registry()
    ids = {entry.id for entry in registry.lookup(name)}
    ids.update(i for i in (name.strip(), name.strip().lower()) if i in registry.entries)
    return ActorTerm(words, frozenset(ids))


def sub_event_types(wanted: str) -> frozenset[str]:
    """The sub-event types meant: those of the event types, or those themselves, that begin so.

    Where nothing begins so, any word of a name may: "drone" means Air/drone strike.

    Raises:
        InputError: if there is none.
    """
    key = fold(wanted.strip())
    for matches in (_begins, _has_word):
        found = {sub for sub, family in EVENT_TYPE.items() if matches(sub, key) or matches(family, key)}
        if key and found:
            return frozenset(found)
    raise InputError(f"no event type {wanted[:40]!r}: expected a sub-event type or one of {', '.join(SUB_EVENT_TYPES)}")


def _begins(name: str, key: str) -> bool:
    return fold(name).startswith(key)


def _has_word(name: str, key: str) -> bool:
    return any(word.startswith(key) for word in re.split(r"[\s/]", fold(name)))


def search_terms(text: str) -> tuple[str, ...]:
    """The words and the quoted phrases of a search, those without any letter left out.

    Raises:
        InputError: if nothing is left.
    """
    terms = tuple(phrase or word for phrase, word in TERM.findall(text.replace("\0", " ")))
    kept = tuple(" ".join(term.split()) for term in terms if any(c.isalnum() for c in term))
    if not kept:
        raise InputError(f"nothing to look for in {text[:40]!r}: expected at least one word")
    return kept

"""Names of private persons harmed stay out of what leaves the casebook, unless asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from casus.records.figure import Outcome, Quantity
from casus.records.reading import Reading

HARM: frozenset[Outcome] = frozenset(("killed", "injured", "casualties", "abducted", "missing"))
"""Outcomes that make a person one to protect."""

TARGET_ROLES = frozenset(("actor2", "assoc_actor2"))

NAME_WITHHELD = "Person (name withheld)"
"""Stands for an actor."""

WORDS_WITHHELD = "[name withheld]"
"""Stands for a name inside a text."""

SHORTEST_FORM = 3
SHORTEST_PART = 4
"""Letters below which a name, or a part of one, is too often another word to be struck out."""

PRONOUNS = frozenset(("she", "her", "hers", "his", "him", "they", "them", "their", "theirs", "who", "whom", "whose"))
"""Mentions that name nobody."""


def harmed_persons(reading: Reading) -> frozenset[str]:
    """Ids of the persons that some event of the reading was done to and whom, or beside whom, it harmed.

    A person harmed is an actor of kind "person" in the role of actor2 or assoc_actor2 of an
    event with a figure of killed, injured, casualties, abducted or missing above zero.
    """
    persons = {a.id for a in reading.actors if a.kind == "person"}
    harming = {f.event for f in reading.figures if f.outcome in HARM and not _none(f.quantity)}
    return frozenset(
        p.actor
        for event in reading.events
        if event.id in harming
        for p in event.participants
        if p.role in TARGET_ROLES and p.actor in persons
    )


def _none(quantity: Quantity) -> bool:
    """Whether the figure says that nobody was harmed."""
    return quantity.high == 0


def names_to_withhold(reading: Reading, harmed: frozenset[str]) -> tuple[str, ...]:
    """The forms under which the text names these persons, and the parts of their names; longest first."""
    forms: set[str] = set()
    for actor in reading.actors:
        if actor.id in harmed:
            written = {actor.name, *(m.of(reading.report.text) for m in actor.mentions)}
            forms.update(form for form in written if _names(form, SHORTEST_FORM))
            forms.update(part for part in re.findall(r"[^\W\d_]+", actor.name) if _names(part, SHORTEST_PART))
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _names(form: str, shortest: int) -> bool:
    """Whether a form names somebody: it has a capital, is no pronoun, and is long enough."""
    return len(form) >= shortest and form != form.lower() and form.lower() not in PRONOUNS


def strike(text: str, forms: tuple[str, ...]) -> str:
    """The text with every form of a name replaced, in any case, as whole words."""
    return _pattern(forms).sub(WORDS_WITHHELD, text) if forms else text


@lru_cache(maxsize=256)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in forms)})(?!\w)", re.IGNORECASE)

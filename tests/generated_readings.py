"""Reports by number and a reader of their one kind of sentence: casebooks of any size without a language model."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import count

from casus.records.actor import Actor
from casus.records.claim import Claim, Speaker
from casus.records.event import Event, EventDate, Location, Participant
from casus.records.figure import Figure, Quantity
from casus.records.ids import content_id
from casus.records.reading import Reading
from casus.records.report import Report
from casus.records.span import Span

GROUPS = ("Blue River Front", "Sons of Amara", "Northern Dawn", "Iron Hill Brigade", "Islamic State")
PLACES = (("Karsa", "SYR"), ("Velmo", "MLI"), ("Tindal", "COL"), ("Oreb", "SOM"), ("Sarab", "AFG"))
TYPES = ("Armed clash", "Air/drone strike", "Attack", "Arrests", "Remote explosive/landmine/IED")
SPEAKERS = ("the district chief", "the defence ministry", "a hospital doctor")

SENTENCE = re.compile(r"On (\S+), (.+?) struck (.+?) in (\w+), (\w+) \((.+?)\), killing (\d+) people, (.+?) said\.")


def made_report(n: int) -> Report:
    """The n-th report: one to four sentences, each an event; the same n gives the same report."""
    sentences = " ".join(_sentence(n, i) for i in range(1 + n % 4))
    text = f"Report number {n}. {sentences} The roads stayed closed."
    return Report(f"rpt-{n:06d}", text, f"Title {n}", f"Paper {n % 7}", f"https://example.org/{n}", "2023-01-05")


def _sentence(n: int, i: int) -> str:
    seed = n * 31 + i * 17
    day = date(2015, 1, 1) + timedelta(days=seed % 2900)
    (place, country), kind = PLACES[seed % 5], TYPES[seed // 5 % 5]
    group, other, speaker = GROUPS[seed // 3 % 5], GROUPS[(seed // 3 + 1 + i) % 5], SPEAKERS[seed % 3]
    return (
        f"On {day}, {group} struck {other} in {place}, {country} ({kind}), killing {seed % 90} people, {speaker} said."
    )


def made_reading(report: Report) -> Reading:
    """What the sentences of a made report say."""
    actors: dict[str, Actor] = {}
    events, figures, claims = [], [], []
    for number, match in zip(count(), SENTENCE.finditer(report.text), strict=False):
        event, figure, claim = _read(report, number, match, actors)
        events.append(event)
        figures.append(figure)
        claims.append(claim)
    return Reading(
        report, "en", bool(events), (), (), (), tuple(actors.values()), tuple(events), tuple(figures), tuple(claims)
    )


def _read(report: Report, number: int, match: re.Match[str], actors: dict[str, Actor]) -> tuple[Event, Figure, Claim]:
    day, place, country, kind, killed = (match[i] for i in (1, 4, 5, 6, 7))
    event, figure, claim = (content_id(kind, {"report": report.id, "number": number}) for kind in ("evt", "fig", "clm"))
    parties = tuple(
        Participant(_actor(actors, match, group).id, role, Span(*match.span(group)))
        for group, role in ((2, "actor1"), (3, "actor2"))
    )
    toll = Quantity(int(killed), int(killed), int(killed))
    span = Span(*match.span())
    return (
        Event(
            event, kind, "actual", False, EventDate(day, day, "day", day, Span(*match.span(1))),
            Location(place, country, None, 1.5, 2.5, None, "town", False, Span(*match.span(4))),
            parties, (), (figure,), (claim,), (span,), 0.9,
        ),
        Figure(figure, event, "killed", "unknown", None, toll, False, None, claim, Span(*match.span(7))),
        Claim(claim, Speaker(match[8], "official", None, None, "unknown", Span(*match.span(8))), None, span,
              "asserts", "none"),
    )  # fmt: skip


def _actor(actors: dict[str, Actor], match: re.Match[str], group: int) -> Actor:
    name = match[group]
    known = actors.get(name)
    mentions = (*(known.mentions if known else ()), Span(*match.span(group)))
    registry = name.lower().replace(" ", "-") if name == "Islamic State" else None
    actors[name] = Actor(f"act_{GROUPS.index(name)}", name, "rebel group", registry, None, None, mentions)
    return actors[name]

"""Readings made by hand and at random, for the tests of contract and displays."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from casus.records.actor import Actor
from casus.records.attitude import Attitude
from casus.records.claim import AUTHOR, Claim, Speaker
from casus.records.event import EVENT_TYPE, UNDATED, Event, EventDate, Location, Participant
from casus.records.figure import Figure, Quantity
from casus.records.mention import PlaceCandidate, PlaceMention, PlaceRelation, TimeMention, WeaponMention
from casus.records.reading import Reading
from casus.records.report import Report
from casus.records.span import Span

TEXT = (
    "Fighters of the Red Valley Front stormed an army post near Tolmaq on Friday, killing at least 12 soldiers, "
    "the defence ministry said. The Front's spokesman denied that it had lost between 30 and 40 men.\n\n"
    "A year earlier the army had shelled the town."
)


def span_of(words: str, text: str = TEXT) -> Span:
    """The first place of the words in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def sample(text: str = TEXT, *, title: str | None = "Army post stormed near Tolmaq") -> Reading:
    """A reading of TEXT, or of a text that begins with it: two events, two claims, two figures."""
    ministry = Speaker(
        "the defence ministry", "organisation", "a2", None, "target side", span_of("the defence ministry")
    )
    spokesman = Speaker(
        "The Front's spokesman", "official", "a1", None, "perpetrator side", span_of("The Front's spokesman")
    )
    first = span_of(TEXT[: TEXT.index(" the defence")])
    denial = span_of("it had lost between 30 and 40 men")
    fighters = span_of("Fighters of the Red Valley Front")
    said = Span(first.end + len(" the defence ministry "), first.end + len(" the defence ministry said"))
    past = span_of("A year earlier the army had shelled the town.")
    return Reading(
        report=Report("rpt_sample", text, title, "Valley Courier", "https://example.org/1", "2023-05-06"),
        language="en",
        relevant=True,
        notes=("one sentence is cut",),
        times=(TimeMention(span_of("Friday"), "DATE", "2023-05-05", "2023-05-05", "2023-05-05", "day"),),
        places=(
            PlaceMention(
                span_of("Tolmaq"), "Tolmaq", "KGZ", None, 42.5, 72.1, 99, "town", True, None,
                (PlaceCandidate("Tolmaq", "UZB", None, 41.0, 64.0, 98, 0.2),),
            ),
        ),
        actors=(
            Actor("a1", "Red Valley Front", "rebel group", None, None, None, (fighters,)),
            Actor("a2", "Military forces of Kyrgyzstan", "state forces", "kgz-mil", "KGZ", None, (span_of("army"),)),
        ),
        events=(
            Event(
                "evt_1", "Armed clash", "actual", False,
                EventDate("2023-05-05", "2023-05-05", "day", "2023-05-05", span_of("Friday")),
                Location("Tolmaq", "KGZ", None, 42.5, 72.1, 99, "town", True, span_of("near Tolmaq")),
                (Participant("a1", "actor1", fighters),
                 Participant("a2", "actor2", span_of("an army post"))),
                (), ("fig_1", "fig_2"), ("clm_1",), (first,), 0.91,
            ),
            Event(
                "evt_2", "Shelling/artillery/missile attack", "actual", True, UNDATED,
                Location(None, "KGZ", None, None, None, None, "unknown", False, None),
                (Participant("a2", "actor1", None),),
                (WeaponMention(span_of("shelled"), "artillery"),), (), ("clm_3",), (past,), 0.5,
            ),
        ),
        figures=(
            Figure("fig_1", "evt_1", "killed", "combatants", "a2", Quantity(12, 12, None), False, None, "clm_1",
                   span_of("at least 12 soldiers")),
            Figure("fig_2", "evt_1", "killed", "combatants", "a1", Quantity(30, None, 40), False, None, "clm_2",
                   span_of("between 30 and 40 men")),
        ),
        claims=(
            Claim("clm_1", ministry, said, first, "asserts", "none"),
            Claim("clm_2", spokesman, span_of("denied"), denial, "denies", "none"),
            Claim("clm_3", AUTHOR, None, past, "asserts", "none"),
        ),
    )  # fmt: skip


def unsure(told: str = "12 km south of Tolmaq", other: str = "Tolmaq") -> Reading:
    """The sample with a computed point, and a place name of which another reading is nearly as likely."""
    reading = sample()
    relation = PlaceRelation("offset", told, span_of("near Tolmaq"), "Tolmaq", None, 12.0, 180.0)
    others = (
        PlaceCandidate(other, "UZB", "Navoiy", 41.0, 64.0, 98, 0.41),
        PlaceCandidate("Tolmaq-on-Sea", None, None, 1.0, 2.0, 97, 0.004),
    )
    location = replace(
        reading.events[0].location, relation=relation, uncertainty_km=7.64, geonames_id=None, score=0.52,
        candidates=others,
    )  # fmt: skip
    return replace(reading, events=(replace(reading.events[0], location=location), *reading.events[1:]))


WISH = " The mayor of Tolmaq wants the post moved out of the town."


def with_a_wish() -> Reading:
    """The sample with a sentence more, which tells only what somebody wants."""
    reading = sample(TEXT + WISH)
    text = reading.report.text
    mayor = Speaker("The mayor of Tolmaq", "official", None, None, "unknown", span_of("The mayor of Tolmaq", text))
    wish = Attitude("att_1", mayor, span_of("wants", text), span_of("the post moved out of the town", text))
    return replace(reading, attitudes=(wish,))


def empty(text: str = "The derby ended two all.") -> Reading:
    """A reading that found nothing."""
    return Reading(Report("rpt_empty", text), "en", False, (), (), (), (), (), (), ())


TEXTS = st.text(min_size=1, max_size=60)
NAMES = st.text(min_size=1, max_size=12)
DAYS = st.dates().map(lambda day: day.isoformat())
PRECISIONS = ("day", "week", "month", "season", "year", "unknown")
COUNTS = st.integers(0, 10**6)


def maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | values


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def speakers_in(draw: st.DrawFn, text: str) -> Speaker:
    return Speaker(
        draw(NAMES),
        draw(st.sampled_from(("official", "witness", "unknown", "author"))),
        draw(st.sampled_from((None, "a1"))),
        draw(maybe(NAMES)),
        draw(st.sampled_from(("perpetrator side", "target side", "none", "unknown"))),
        draw(st.none() | spans_in(text)),
    )


@st.composite
def claims_in(draw: st.DrawFn, text: str, own: str) -> Claim:
    span, speaker = spans_in(text), draw(speakers_in(text))
    stance = draw(st.sampled_from(("asserts", "denies", "confirms", "disputes", "unknown")))
    hedge = draw(st.sampled_from(("none", "probable", "possible")))
    return Claim(own, speaker, draw(st.none() | span), draw(span), stance, hedge)


@st.composite
def relations_in(draw: st.DrawFn, text: str) -> PlaceRelation:
    span = draw(spans_in(text))
    return PlaceRelation(
        draw(st.sampled_from(("offset", "distance", "near", "halfway", "road", "coordinates"))),
        span.of(text), span, draw(maybe(NAMES)), draw(maybe(NAMES)),
        draw(st.none() | st.floats(0, 1000)), draw(st.none() | st.floats(0, 359)),
    )  # fmt: skip


CANDIDATES = st.builds(
    PlaceCandidate, NAMES, maybe(st.just("SYR")), maybe(NAMES), st.just(1.0), st.just(2.0), st.none(), st.floats(0, 1)
)


@st.composite
def events_in(draw: st.DrawFn, text: str, own: str, figures: tuple[str, ...]) -> Event:
    span = spans_in(text)
    date = EventDate(
        draw(maybe(DAYS)), draw(maybe(DAYS)), draw(st.sampled_from(PRECISIONS)),
        draw(maybe(NAMES)), draw(st.none() | span),
    )  # fmt: skip
    place = Location(
        draw(maybe(NAMES)), draw(st.sampled_from((None, "SYR"))), draw(maybe(NAMES)), 1.5, -2.0, 7, "town",
        draw(st.booleans()), draw(st.none() | span), draw(st.none() | relations_in(text)),
        draw(st.none() | st.floats(0.05, 500)), draw(st.none() | st.floats(0, 1)),
        tuple(draw(st.lists(CANDIDATES, max_size=2))),
    )  # fmt: skip
    role = st.sampled_from(("actor1", "assoc_actor1", "actor2", "assoc_actor2"))
    return Event(
        own,
        draw(st.sampled_from(sorted(EVENT_TYPE))),
        draw(st.sampled_from(("actual", "attempted", "planned", "denied"))),
        draw(st.booleans()),
        date,
        place,
        tuple(Participant("a1", draw(role), draw(st.none() | span)) for _ in range(draw(st.integers(0, 3)))),
        tuple(WeaponMention(draw(span), draw(NAMES)) for _ in range(draw(st.integers(0, 1)))),
        figures,
        ("c1",),
        tuple(draw(st.lists(span, min_size=1, max_size=3))),
        draw(st.floats(0, 1)),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading: every field varies, every reference holds, every span lies in the text."""
    text = draw(TEXTS)
    span = spans_in(text)
    quantity = st.builds(Quantity, st.none() | COUNTS, st.none() | COUNTS, st.none() | COUNTS)
    figures = tuple(
        Figure(
            f"f{n}", "e1", draw(st.sampled_from(("killed", "escaped", "casualties"))),
            draw(st.sampled_from(("civilians", "unknown"))), draw(st.sampled_from((None, "a1"))), draw(quantity),
            draw(st.booleans()), draw(st.sampled_from((None, "f1"))), draw(st.sampled_from(("c1", "c2"))), draw(span),
        )
        for n in range(1, draw(st.integers(1, 4)))
    )  # fmt: skip
    place = PlaceMention(
        draw(span), draw(NAMES), "SYR", None, 1.0, 2.0, None, "region", draw(st.booleans()), 0,
        tuple(draw(st.lists(CANDIDATES, max_size=2))), draw(st.none() | st.floats(0, 1)),
        draw(st.none() | relations_in(text)), draw(st.none() | st.floats(0.05, 500)),
    )  # fmt: skip
    attitudes = tuple(
        Attitude(f"w{n}", draw(speakers_in(text)), draw(span), draw(span)) for n in range(draw(st.integers(0, 2)))
    )
    time = TimeMention(draw(span), "DATE", draw(maybe(NAMES)), draw(maybe(DAYS)), None, "week", draw(maybe(NAMES)))
    return Reading(
        report=Report(draw(NAMES), text, *(draw(maybe(NAMES)) for _ in range(3)), published=draw(maybe(DAYS))),
        language="en",
        relevant=draw(st.booleans()),
        notes=tuple(draw(st.lists(NAMES, max_size=2))),
        times=(time,),
        places=(place,),
        actors=(Actor("a1", draw(NAMES), "rebel group", None, None, None, tuple(draw(st.lists(span, max_size=3)))),),
        events=tuple(draw(events_in(text, f"e{n}", tuple(f.id for f in figures) * (n == 1))) for n in (1, 2)),
        figures=figures,
        claims=(draw(claims_in(text, "c1")), draw(claims_in(text, "c2"))),
        attitudes=attitudes,
    )

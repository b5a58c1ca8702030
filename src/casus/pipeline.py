"""The whole path, readable aloud: Report → Reading.

0. published   when, by the report's URL, header or footer, where it does not say
1. language    is it English at all?
2. parse       sentences, words, trees
3. times       when, resolved against the publication date
4. places      where, resolved by the gazetteer
5. actors      who, linked to the registry
6. figures     how many were hurt
7. claims      who says so
8. accounts    triggers, arguments, types, actuality; one account a happening
9. attitudes   who wants, favours or fears what; after the accounts, which read none
10. assembly   ids, and every value tied to its words and its speaker
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path

from casus.assembly import assemble
from casus.claims.attitudes import find_attitudes
from casus.claims.attribution import find_claims
from casus.events import find_accounts
from casus.intake.dates import parse_published
from casus.intake.publication import Publication, find_publication, header_dates, with_publication
from casus.knowledge.gazetteer import load_gazetteer
from casus.knowledge.names import is_name
from casus.knowledge.publishers import load_publishers
from casus.knowledge.registry import Registry, load_registry
from casus.language import detect_language, load_parser
from casus.language.casing import in_capitals, recase
from casus.mentions.actors import find_actors
from casus.mentions.figures import find_figures
from casus.mentions.places import find_places
from casus.mentions.times import find_times
from casus.mentions.times_bounded import find_times_bounded
from casus.mentions.weapons import find_weapons
from casus.notes import notes_on
from casus.records.account import Told
from casus.records.findings import Findings
from casus.records.mention import TimeMention
from casus.records.parse import Parse
from casus.records.reading import Reading
from casus.records.report import Report, report_id
from casus.records.span import Span

MIN_CONFIDENCE = 0.29
"""Accounts below it are not told; chosen by slots F1 on the development readings (2026-11), where
0.26 to 0.30 differ by about half a point."""


def read(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    id: str | None = None,
    actors: str | PathLike[str] | Iterable[str | PathLike[str]] = (),
) -> Reading:
    """What a text says. `published` is an ISO date or datetime; `actors` are tables of actors to know as well.

    Raises:
        DateError: if `published` is no date.
        KnowledgeError: if a table of actors is missing or broken; the message names file and line.
        LanguageError, KnowledgeError: if the installation is broken.
    """
    published = parse_published(published) if published is not None else None
    own = id or report_id(text, title=title, publisher=publisher, published=published)
    tables = (actors,) if isinstance(actors, str | PathLike) else actors
    registry = load_registry(tuple(Path(table) for table in tables))
    return read_report(Report(own, text, title, publisher, url, published), registry=registry)


def read_report(report: Report, *, registry: Registry | None = None) -> Reading:
    """What a report says. The same report gives the same reading, everywhere; with the user's own places
    and actors, wherever they are the same, and a note of the reading names them.

    Where it comes without a publication date and its URL or text gives one, the reading's report
    holds that date, and a note of where it was found; its id stays the same.
    """
    registry = registry or load_registry()
    publication = find_publication(report) if report.published is None else None
    report = with_publication(report, publication)
    language, _ = detect_language(report.text)
    if language not in ("en", "und"):
        note = f"the text seems to be in another language than English ({language}); it was not read"
        nothing = Findings(Parse.of(report.text, (), ()))
        return assemble(report, nothing, Told((), ()), language=language, notes=(note,))
    findings = find(report, publication, registry=registry)
    told = find_accounts(
        without_dates(findings, header_dates(report.text)), published=report.published, threshold=MIN_CONFIDENCE
    )
    month_known = publication is not None and publication.start is not None
    notes = notes_on(report, findings, month_known=month_known)
    own = tuple(note for note in (load_gazetteer().note, registry.note) if note)
    attitudes = find_attitudes(findings.parse, findings.actors, findings.claims)
    return assemble(report, findings, told, language="en", notes=(*notes, *own), attitudes=attitudes)


def find(report: Report, publication: Publication | None = None, *, registry: Registry | None = None) -> Findings:
    """Every expression of a report, stage by stage; `publication` is what was found of its date."""
    registry = registry or load_registry()
    cased = recase(report.text, lambda word: _is_name(word, registry)) if in_capitals(report.text) else None
    parse = load_parser().parse(report.text, cased=cased)
    times = _times(parse, report, publication)
    spans = tuple(t.span for t in times if t.type in ("DATE", "TIME"))
    places = find_places(parse, load_gazetteer(), registry=registry, times=spans)
    actors = find_actors(parse, places, registry)
    figures = find_figures(parse, actors)
    claims = find_claims(parse, actors)
    return Findings(parse, times, places, actors, figures, claims, find_weapons(parse))


def _is_name(word: str, registry: Registry) -> bool:
    """Whether a word in lower case is mostly met as a name, a user's own actors among them."""
    return is_name(word) or (len(word) > 2 and bool(registry.own) and bool(registry.lookup(word)))


def without_dates(findings: Findings, spans: tuple[Span, ...]) -> Findings:
    """The findings with the times in the spans as words that date nothing: a report's own date is no event's."""
    times = tuple(_blind(t) if any(t.span.overlaps(s) for s in spans) else t for t in findings.times)
    return replace(findings, times=times) if times != findings.times else findings


def _blind(time: TimeMention) -> TimeMention:
    return replace(time, type="SET", value=None, start=None, end=None, precision="unknown")


def _times(parse: Parse, report: Report, publication: Publication | None) -> tuple[TimeMention, ...]:
    """Times, counted from the day of publication, else from its month, else from nothing."""
    day_first = load_publishers().day_first(report.publisher, report.url)
    if report.published is None and publication is not None and publication.start and publication.end:
        return find_times_bounded(parse, publication.start, publication.end, day_first=day_first)
    return find_times(parse, report.published, day_first=day_first)

"""The whole path, readable aloud: Report → Reading.

1. language    is it English at all?
2. parse       sentences, words, trees
3. times       when, resolved against the publication date
4. places      where, resolved by the gazetteer
5. actors      who, linked to the registry
6. figures     how many were hurt
7. claims      who says so
8. accounts    triggers, arguments, types, actuality; one account a happening
9. assembly    ids, and every value tied to its words and its speaker
"""

from __future__ import annotations

from casus.assembly import assemble
from casus.claims.attribution import find_claims
from casus.events import find_accounts
from casus.intake.dates import parse_published
from casus.knowledge.gazetteer import load_gazetteer
from casus.knowledge.names import is_name
from casus.knowledge.registry import load_registry
from casus.language import detect_language, load_parser
from casus.language.casing import in_capitals, recase
from casus.mentions.actors import find_actors
from casus.mentions.figures import find_figures
from casus.mentions.places import find_places
from casus.mentions.times import find_times
from casus.mentions.weapons import find_weapons
from casus.notes import notes_on
from casus.records.account import Told
from casus.records.findings import Findings
from casus.records.parse import Parse
from casus.records.reading import Reading
from casus.records.report import Report, report_id

MIN_CONFIDENCE = 0.26
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
) -> Reading:
    """What a text says. `published` is an ISO date or datetime.

    Raises:
        DateError: if `published` is no date.
        LanguageError, KnowledgeError: if the installation is broken.
    """
    published = parse_published(published) if published is not None else None
    own = id or report_id(text, title=title, publisher=publisher, published=published)
    return read_report(Report(own, text, title, publisher, url, published))


def read_report(report: Report) -> Reading:
    """What a report says. The same report gives the same reading, everywhere."""
    language, _ = detect_language(report.text)
    if language not in ("en", "und"):
        note = f"the text seems to be in another language than English ({language}); it was not read"
        nothing = Findings(Parse.of(report.text, (), ()))
        return assemble(report, nothing, Told((), ()), language=language, notes=(note,))
    findings = find(report)
    told = find_accounts(findings, published=report.published, threshold=MIN_CONFIDENCE)
    return assemble(report, findings, told, language="en", notes=notes_on(report, findings))


def find(report: Report) -> Findings:
    """Every expression of a report, stage by stage."""
    cased = recase(report.text, is_name) if in_capitals(report.text) else None
    parse = load_parser().parse(report.text, cased=cased)
    times = find_times(parse, report.published)
    places = find_places(parse, load_gazetteer())
    actors = find_actors(parse, places, load_registry())
    figures = find_figures(parse, actors)
    claims = find_claims(parse, actors)
    return Findings(parse, times, places, actors, figures, claims, find_weapons(parse))

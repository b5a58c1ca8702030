"""What Casus finds, in the form that each set's scorer reads, one function a set.

Readings and attributions are those of a whole reading; of the others only the stages measured are run. A gold
line's text and header are all they see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from casus.knowledge.gazetteer import load_gazetteer
from casus.language import load_parser
from casus.mentions.places import find_places
from casus.mentions.times import find_times
from casus.pipeline import read_report
from casus.records.attitude import Attitude
from casus.records.claim import Claim
from casus.records.contract import to_contract
from casus.records.reading import Reading
from casus.records.report import Report
from casus.records.span import Span

Line = dict[str, Any]
Attributed = Claim | Attitude

RELATIVE = re.compile(r"\b(who|which|that)(?:\s+\w+){0,2}\s+\Z")
"""A relative pronoun that is the subject of what follows, with an auxiliary or adverb between."""


def reading(line: Line) -> Line:
    """The whole reading of a report, in the contract's form."""
    return to_contract(_read(line))


def _read(line: Line) -> Reading:
    return read_report(
        Report(line["id"], line["text"], line.get("title"), line.get("publisher"), None, line.get("published"))
    )


def times(line: Line) -> Line:
    """Time expressions. The set's date is the day of download, of no use, so none is given."""
    found = find_times(load_parser().parse(line["text"]), None)
    return {"id": line["id"], "timexes": [{**span_form(t.span), "type": t.type, "value": t.value} for t in found]}


def places(line: Line) -> Line:
    """Toponyms with their points."""
    found = find_places(load_parser().parse(line["text"]), load_gazetteer())
    forms = [{**span_form(p.span), "lat": p.latitude, "lon": p.longitude} for p in found]
    return {"id": line["id"], "toponyms": forms}


def attributions(line: Line) -> Line:
    """A reading's claims and attitudes, flat as the corpus has them: the pieces of one statement together, the
    report's own doubts and statements inside a statement left out, and "who" as the source where it is the subject."""
    pieces: dict[tuple[Any, ...], list[Attributed]] = {}
    found = _read(line)
    everything: tuple[Attributed, ...] = (*found.claims, *found.attitudes)
    for told in everything:
        if told.speaker.kind != "author":
            pieces.setdefault((told.cue, told.speaker if told.cue is None else None), []).append(told)
    statements = list(pieces.values())
    kept = [s for s in statements if not any(s is not other and _inside(s, other) for other in statements)]
    return {"id": line["id"], "attributions": [_attribution(line["text"], s) for s in kept]}


def _inside(statement: list[Attributed], other: list[Attributed]) -> bool:
    """Whether all of a statement, its cue included, is something that another one says."""
    spans = [c.content for c in statement] + [c.cue for c in statement if c.cue is not None]
    return all(any(o.content != s and o.content.contains(s) for o in other) for s in spans)


def _attribution(text: str, statement: list[Attributed]) -> Line:
    return {
        "source": _spans(_source(text, c) for c in statement),
        "cue": _spans(c.cue for c in statement),
        "content": _spans(c.content for c in statement),
    }


def _source(text: str, told: Attributed) -> Span | None:
    """The words for the speaker nearest to the cue: the relative pronoun where it is the cue's subject."""
    named = told.speaker.span
    if told.cue is None or named is None or named.end > told.cue.start:
        return named
    relative = RELATIVE.search(text, named.end, told.cue.start)
    return Span(*relative.span(1)) if relative else named


def _spans(spans: Iterable[Span | None]) -> list[dict[str, int]]:
    return [span_form(s) for s in sorted({s for s in spans if s is not None})]


def span_form(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}

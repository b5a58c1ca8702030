"""What Casus finds, in the form that each set's scorer reads, one function a set.

Only the stages that a set measures are run; a gold line's text and header are all they see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casus.claims.attribution import find_claims
from casus.knowledge.gazetteer import load_gazetteer
from casus.language import load_parser
from casus.mentions.places import find_places
from casus.mentions.times import find_times
from casus.pipeline import read_report
from casus.records.claim import ClaimMention
from casus.records.contract import to_contract
from casus.records.report import Report
from casus.records.span import Span

Line = dict[str, Any]


def reading(line: Line) -> Line:
    """The whole reading of a report, in the contract's form."""
    published = line.get("published")
    return to_contract(
        read_report(Report(line["id"], line["text"], line.get("title"), line.get("publisher"), None, published))
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
    """Attributions, flat as the corpus has them: the pieces of one statement together, the
    report's own doubts and statements inside a statement left out."""
    pieces: dict[tuple[Any, ...], list[ClaimMention]] = {}
    for claim in find_claims(load_parser().parse(line["text"]), ()):
        if claim.speaker.kind != "author":
            pieces.setdefault((claim.cue, claim.speaker.name if claim.cue is None else None), []).append(claim)
    statements = list(pieces.values())
    kept = [s for s in statements if not any(s is not other and _inside(s, other) for other in statements)]
    return {"id": line["id"], "attributions": [_attribution(s) for s in kept]}


def _inside(statement: list[ClaimMention], other: list[ClaimMention]) -> bool:
    """Whether all of a statement, its cue included, is something that another one says."""
    spans = [c.content for c in statement] + [c.cue for c in statement if c.cue is not None]
    return all(any(o.content != s and o.content.contains(s) for o in other) for s in spans)


def _attribution(statement: list[ClaimMention]) -> Line:
    return {
        "source": _spans(c.speaker.span for c in statement),
        "cue": _spans(c.cue for c in statement),
        "content": _spans(c.content for c in statement),
    }


def _spans(spans: Iterable[Span | None]) -> list[dict[str, int]]:
    return [span_form(s) for s in sorted({s for s in spans if s is not None})]


def span_form(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}

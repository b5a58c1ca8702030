"""The examples of docs/attribution.md are what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casus.claims.attribution import find_claims
from casus.language import load_parser
from casus.pipeline import read

PAGE = (Path(__file__).parent.parent.parent / "docs" / "attribution.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```(report|event|wishes)\n([^\n]+)\n```\n\n((?:\|[^\n]*\n)+)", re.MULTILINE)
EXAMPLES = EXAMPLE.findall(PAGE)


def rows(table: str) -> list[list[str]]:
    """The cells of a table below its heading."""
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()[2:]]


def test_the_page_has_examples() -> None:
    assert len([e for e in EXAMPLES if e[0] == "report"]) >= 7
    assert len([e for e in EXAMPLES if e[0] == "event"]) == 1
    assert len([e for e in EXAMPLES if e[0] == "wishes"]) == 1


@pytest.mark.parametrize(("text", "table"), [e[1:] for e in EXAMPLES if e[0] == "report"])
def test_a_statement_comes_out_as_the_page_says(text: str, table: str) -> None:
    found = [
        [c.speaker.name, c.speaker.kind, c.speaker.via or "", c.stance, c.hedge, c.content.of(text)]
        for c in find_claims(load_parser().parse(text), ())
    ]
    assert found == rows(table)


@pytest.mark.parametrize(("text", "table"), [e[1:] for e in EXAMPLES if e[0] == "event"])
def test_an_interest_comes_out_as_the_page_says(text: str, table: str) -> None:
    reading = read(text, published="2024-05-15")
    claims = {c.id: c for c in reading.claims}
    (event,) = reading.events
    found = [[claims[i].speaker.name, claims[i].speaker.interest, claims[i].stance] for i in event.claims]
    assert sorted(found) == sorted(rows(table))


@pytest.mark.parametrize(("text", "table"), [e[1:] for e in EXAMPLES if e[0] == "wishes"])
def test_a_wish_comes_out_as_the_page_says(text: str, table: str) -> None:
    found = [
        [a.speaker.name, a.speaker.kind, a.cue.of(text), a.content.of(text)] for a in read(text, id="r1").attitudes
    ]
    assert found == rows(table)

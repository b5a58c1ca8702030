"""What Casus finds, in the form of re3d: people, bodies, places, times, numbers and weapons as whole noun phrases.

re3d (Relationship and Entity Extraction Evaluation Dataset) marks every noun phrase and pronoun for one of
these, whether or not it takes part in an event. What Casus leaves out because no event needs it (houses,
"journalists", "we") is added here from the same tables of words; who a mention stands for, and which mentions
are of one actor, is as Casus found it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import quality_relations

from casus.knowledge.gazetteer_words import load_place_words
from casus.mentions.actors_phrases import is_head, phrase_of
from casus.mentions.figures_people import nature
from casus.pipeline import find
from casus.records.findings import Findings
from casus.records.parse import Parse, Token
from casus.records.report import Report
from casus.records.span import Span

Line = dict[str, Any]

PRONOUNS = {
    **dict.fromkeys(("i", "me", "he", "she", "him"), "Person"),
    **dict.fromkeys(("we", "they"), "Organisation"),
}
WORDS = tomllib.loads((Path(__file__).parent / "data" / "entities.toml").read_text(encoding="utf-8"))
SPOTS, PLATFORMS, ARMS, BODIES, NOT_PEOPLE = (
    frozenset(WORDS[key]) for key in ("spots", "platforms", "arms", "bodies", "not_people")
)

LONGEST_FIELD = 8
"""Words of an office's field at most."""

LINKED = frozenset(("compound", "amod", "nmod", "npadvmod"))


@dataclass(frozen=True, slots=True)
class Entity:
    """A phrase of re3d: where it stands, the token that heads it, its type and the actor it stands for."""

    span: Span
    head: int
    type: str
    actor: str | None = None


def entities(line: Line) -> Line:
    """A text's entities and relations."""
    return from_findings(line["id"], find(Report(line["id"], line["text"])))


def from_findings(name: str, findings: Findings) -> Line:
    found = find_entities(findings)
    pairs = quality_relations.find_relations(findings, [(e.span, e.head, e.type, e.actor) for e in found])
    return {
        "id": name,
        "entities": [{**_form(e.span), "type": e.type} for e in found],
        "relations": [{"type": kind, "source": _form(a), "target": _form(b)} for kind, a, b in pairs],
    }


def _form(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def find_entities(findings: Findings) -> list[Entity]:
    """Entities in text order: one a head word, and none inside another but a body inside a place or a thing."""
    heads: dict[int, Entity] = {}
    for entity in _candidates(findings):
        heads.setdefault(entity.head, entity)
    kept: list[Entity] = []
    for entity in sorted(heads.values(), key=lambda e: (e.span.start, -e.span.end)):
        if not any(_swallows(outer, entity) for outer in kept[-6:]):
            kept.append(entity)
    return kept


def _swallows(outer: Entity, inner: Entity) -> bool:
    if not outer.span.contains(inner.span):
        return False
    body_beside = inner.type == "Organisation" and outer.type not in ("Organisation", "Person")
    return not body_beside and inner.type != "Quantity"


def _candidates(findings: Findings) -> Iterator[Entity]:
    """All readings of all phrases, the better ones first."""
    for token in findings.parse.tokens:
        if token.lower in PRONOUNS and token.pos == "PRON":
            yield Entity(token.span, token.i, PRONOUNS[token.lower])
    for time in findings.times:
        yield Entity(time.span, findings.parse.root_in(time.span).i, "Temporal")
    yield from _persons(findings)
    yield from _bodies(findings)
    yield from _places(findings)
    yield from _things(findings)
    yield from _quantities(findings.parse)


def _whole(parse: Parse, head: Token, least: Span) -> Span:
    """The phrase around a mention, with its determiner and modifiers."""
    return phrase_of(parse, head).span(parse).cover(least)


def _persons(findings: Findings) -> Iterator[Entity]:
    parse = findings.parse
    for actor in findings.actors:
        for mention in actor.mentions if actor.kind == "person" else ():
            root = parse.root_in(mention)
            if root.pos != "PRON":
                yield Entity(_titled(parse, root, mention), root.i, "Person", actor.id)


def _titled(parse: Parse, root: Token, name: Span) -> Span:
    """A person's name with the words of the same phrase before it: "Foreign Minister Ada Orlen"."""
    span = Span(_whole(parse, root, name).start, name.end)
    before = span.start and parse.text[span.start : name.start]
    return name if before and any(c in before for c in ",;:–—\n") else span


def _bodies(findings: Findings) -> Iterator[Entity]:
    parse = findings.parse
    mentions = [(m, a) for a in findings.actors if a.kind != "person" for m in a.mentions]
    for mention, actor in sorted(mentions, key=lambda p: p[0]):
        root = parse.root_in(mention)
        if root.pos != "PRON" and not _is_thing(root):
            kind = _kind_of_people(root)
            yield Entity(_office(parse, root).cover(mention) if kind == "Person" else mention, root.i, kind, actor.id)
    for token in parse.tokens:
        if is_head(parse, token) and (_is_people(token) or token.lemma in BODIES):
            yield Entity(_office(parse, token), token.i, _kind_of_people(token))


def _office(parse: Parse, head: Token) -> Span:
    """A phrase for people; one for an office with its field: "the minister for the north", "his chief of staff"."""
    span = _whole(parse, head, head.span)
    after = parse.tokens[head.i + 1 : head.i + 2]
    if _kind_of_people(head) != "Person" or not after or after[0].lower not in ("of", "for"):
        return span
    below = [t for t in parse.subtree(after[0]) if after[0].head == head.i and t.pos not in ("VERB", "AUX", "SCONJ")]
    return span.cover(below[-1].span) if 1 < len(below) <= LONGEST_FIELD and below[-1].pos != "PUNCT" else span


def _is_thing(token: Token) -> bool:
    return token.pos == "NOUN" and token.lemma in PLATFORMS | ARMS | SPOTS


def _is_people(token: Token) -> bool:
    return token.lemma not in NOT_PEOPLE and nature(token) not in (None, "thing")


def _kind_of_people(head: Token) -> str:
    """One human being or several: a singular noun for people is a person, whatever body he stands for."""
    singular = head.tag in ("NN", "NNP") and head.lemma.lower() not in BODIES
    return "Person" if singular and head.entity not in ("ORG", "PERSON") and _is_people(head) else "Organisation"


def _places(findings: Findings) -> Iterator[Entity]:
    parse = findings.parse
    for place in findings.places:
        root = parse.root_in(place.span)
        beside = root.dep in LINKED and parse.head(root).i > root.i
        if beside and place.precision == "country":
            yield Entity(place.span, root.i, "Organisation")
        elif not beside:
            yield Entity(_whole(parse, root, place.span), root.i, "Location")
    words = (load_place_words().facilities - set(WORDS["no_spots"])) | SPOTS
    for token in parse.tokens:
        if is_head(parse, token) and token.pos == "NOUN" and token.lemma in words:
            yield Entity(_whole(parse, token, token.span), token.i, "Location")


def _things(findings: Findings) -> Iterator[Entity]:
    parse = findings.parse
    for token in parse.tokens:
        kind = "MilitaryPlatform" if token.lemma in PLATFORMS else "Weapon"
        if is_head(parse, token) and token.lemma in PLATFORMS | ARMS:
            yield Entity(_counted(parse, token), token.i, kind)
    for weapon in findings.weapons:
        yield Entity(weapon.span, parse.root_in(weapon.span).i, "Weapon")


def _counted(parse: Parse, head: Token) -> Span:
    """A phrase for things without the number before it."""
    phrase = phrase_of(parse, head)
    first = phrase.first
    while first < head.i and (parse.tokens[first].pos == "NUM" or parse.tokens[first].lower in ("more", "than")):
        first += 1
    return replace(phrase, first=first).span(parse)


def _quantities(parse: Parse) -> Iterator[Entity]:
    for token in parse.tokens:
        if token.pos == "NUM" and token.entity in ("CARDINAL", "QUANTITY", "PERCENT"):
            counted = parse.head(token)
            if token.dep != "nummod" or not _is_people(counted) or counted.i < token.i:
                yield Entity(phrase_of(parse, token).span(parse), token.i, "Quantity")

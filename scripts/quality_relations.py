"""Relations of re3d that Casus knows of: other names, enemies, allies, members and commanders, inside a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from casus.mentions.actors_aliases import other_names
from casus.records.findings import Findings
from casus.records.parse import Token
from casus.records.span import Span

Phrase = tuple[Span, int, str, str | None]
"""An entity: its span, the token that heads it, its type, the id of its actor."""

Relation = tuple[str, Span, Span]
"""Name, source and target."""

SAME, ENEMY, ALLY, MEMBER, CHARGE = (
    *("Is the same as", "Fighting against", "Military allies of"),
    *("Belongs to", "In charge of"),
)
WORDS = tomllib.loads((Path(__file__).parent / "data" / "entities.toml").read_text(encoding="utf-8"))
HOSTILE, HELPING, HOLDING, HEADS = (frozenset(WORDS[key]) for key in ("hostile", "helping", "holding", "heads"))
CHAIN = frozenset(("xcomp", "conj", "advcl", "acl"))
"""Links by which a verb takes the subject of another: "began to attack", "met and agreed to fight"."""

SPELLING = 0.6
"""From this share of common letters on, two names are one in two spellings."""

BESIDE = 40
"""Code points at most between a person and the body that he is of."""


def find_relations(findings: Findings, phrases: Sequence[Phrase]) -> list[Relation]:
    """All relations in text order, each once."""
    world = _World(findings, phrases)
    found = [
        *world.other_names(),
        *world.appositions(),
        *world.deeds(),
        *world.memberships(),
        *world.held(),
    ]
    return sorted(set(found), key=lambda r: (r[1], r[2], r[0]))


class _World:
    """Entities of a text by their head tokens."""

    def __init__(self, findings: Findings, phrases: Sequence[Phrase]) -> None:
        self.findings, self.parse, self.phrases = findings, findings.parse, phrases
        self.heads: dict[int, Phrase] = {p[1]: p for p in phrases}
        self.persons = {a.id for a in findings.actors if a.kind == "person"}

    def at(self, span: Span, kind: str) -> Span:
        """The smallest entity of a type over a span, else the span."""
        over = [p[0] for p in self.phrases if p[0].overlaps(span) and p[2] == kind]
        return min(over, key=lambda s: (len(s), s.start)) if over else span

    def other_names(self) -> Iterator[Relation]:
        """Names in brackets, and those after "also known as"; another spelling of the name is none."""
        text = self.parse.text
        for span, _, kind, _ in self.phrases:
            for other in other_names(text, span) if kind in ("Organisation", "Person") else ():
                alike = SequenceMatcher(None, span.of(text).lower(), other.of(text).lower()).ratio()
                if alike < SPELLING:
                    yield SAME, span, self.at(other, kind)

    def appositions(self) -> Iterator[Relation]:
        """A name and an office: "Ada Orlen, the commander", "the commander, Ada Orlen", "he is Ada Orlen"."""
        for span, head, kind, actor in self.phrases:
            token = self.parse.tokens[head]
            for other in self._beside(token) if kind in ("Person", "Organisation") else ():
                two = self.heads.get(other.i)
                if two is None or two[2] != kind or two[0].overlaps(span):
                    continue
                named = self._named(actor), self._named(two[3])
                proper = token.pos == "PROPN", other.pos == "PROPN"
                if "NNS" in (token.tag, other.tag):
                    continue
                if (kind == "Person" and named[0] != named[1]) or (kind == "Organisation" and proper[0] != proper[1]):
                    yield SAME, span, two[0]

    def _named(self, actor: str | None) -> bool:
        return actor in self.persons

    def _beside(self, token: Token) -> Iterator[Token]:
        """Nouns apposed to one, or said of it, but "a" such one among others."""
        said = [t for t in self.parse.children(token) if t.dep == "appos"]
        verb = self.parse.head(token)
        if token.dep == "nsubj" and verb.lemma in ("be", "become"):
            said += [t for t in self.parse.children(verb) if t.dep == "attr"]
        clauses = [t for t in self.parse.children(token) if t.dep == "relcl" and t.lemma == "become"]
        said += [t for clause in clauses for t in self.parse.children(clause) if t.dep == "attr"]
        for noun in said:
            if not any(t.lower in ("a", "an") for one in (noun, token) for t in self.parse.children(one)):
                yield noun

    def deeds(self) -> Iterator[Relation]:
        """Who does it to whom, by the verbs."""
        for verb in self.parse.tokens:
            kind = ENEMY if verb.lemma in HOSTILE else ALLY if verb.lemma in HELPING else None
            if kind is None or verb.pos not in ("VERB", "NOUN"):
                continue
            struck = ("Organisation", "Location") if kind == ENEMY else ("Organisation",)
            patients = [p for p in self._patients(verb) if p[2] in struck]
            agents = [p for p in self._agents(verb) if p[2] == "Organisation"]
            yield from ((kind, one[0], two[0]) for one in agents for two in patients if one[0] != two[0])

    def _agents(self, verb: Token) -> Iterator[Phrase]:
        for token in self.parse.children(verb):
            if token.dep in ("compound", "amod", "poss"):
                yield from self._listed(token)
            if token.dep == "agent" or (token.lower == "by" and verb.pos == "NOUN"):
                for below in self.parse.children(token):
                    yield from self._listed(below)
        for token in self.parse.children(self._doer(verb)):
            if token.dep == "nsubj":
                yield from self._listed(token)
        if verb.dep in ("relcl", "acl") and verb.tag == "VBG":
            yield from self._listed(self.parse.head(verb))

    def _doer(self, verb: Token) -> Token:
        """The verb whose subject does it: its own, or one above it."""
        for _ in range(3):
            has_subject = any(t.dep in ("nsubj", "nsubjpass", "agent") for t in self.parse.children(verb))
            if has_subject or verb.dep not in CHAIN:
                break
            verb = self.parse.head(verb)
        return verb

    def _patients(self, verb: Token) -> Iterator[Phrase]:
        for token in self.parse.children(verb):
            if token.dep in ("dobj", "nsubjpass"):
                yield from self._listed(token)
            if token.dep == "prep" and token.lower in ("against", "with", "on"):
                for below in self.parse.children(token):
                    yield from self._listed(below)

    def _listed(self, token: Token) -> Iterator[Phrase]:
        """The entity of a noun and of those joined to it."""
        if token.i in self.heads:
            yield self.heads[token.i]
        for child in self.parse.children(token):
            if child.dep == "conj":
                yield from self._listed(child)

    def memberships(self) -> Iterator[Relation]:
        """A person and the body named beside him that he is of, or leads."""
        actors = {a.id: a for a in self.findings.actors}
        for span, _, _, name in self.phrases:
            body = actors[name].member_of if name in actors else None
            for other, _, kind, owner in self.phrases if body else ():
                beside = self.parse.text[min(span.start, other.start) : max(span.end, other.end)]
                if owner == body and kind == "Organisation" and len(beside) < len(span) + len(other) + BESIDE:
                    leads = any(word in beside.lower().split() for word in HEADS)
                    yield CHARGE if leads else MEMBER, span, other

    def held(self) -> Iterator[Relation]:
        """ "ISIL-held territory": the place is in the hands of the body inside its phrase."""
        for place, head, _, _ in (p for p in self.phrases if p[2] == "Location"):
            for body, last, _, _ in (p for p in self.phrases if p[2] == "Organisation" and place.contains(p[0])):
                after = [t.lower for t in self.parse.tokens[last + 1 : head]]
                if any(word in HOLDING for word in after):
                    yield CHARGE, body, place

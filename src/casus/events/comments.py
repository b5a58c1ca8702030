"""Which event a statement comments on when it does not tell of it: features and a linear score.

"Rebels shelled Kotal. The army said it had seen no rebels there for weeks." The second
sentence names no event; whether it speaks of the one before is weighed from where it
stands, who speaks and how, and what it says. The weights are in
`knowledge/data/models/comments.json`, fitted by `scripts/train_comments` on coded reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from casus.events.candidates import Candidate
from casus.events.scoring_model import load_weights, probability, weighted_sum
from casus.knowledge.lexicon import load_lexicon
from casus.records.account import Account
from casus.records.claim import ClaimMention, known_as
from casus.records.findings import Findings
from casus.records.parse import Parse
from casus.records.span import Span

AHEAD, BACK = 3, 12
"""Sentences before and after a telling of an event within which a statement may comment on it."""

FEW = 3
"""Events up to which a report is taken to have one subject."""

QUOTING = frozenset("\"'“‘„«")

Kept = tuple[Account, tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True)
class Telling:
    """What of an account a statement is held against: the sentences that tell it, and who is in it."""

    account: Account
    sentences: tuple[int, ...]
    speakers: frozenset[str]
    sides: dict[str, str]


class Comments:
    """The statements of a report against its accounts."""

    def __init__(self, findings: Findings, kept: list[Kept]) -> None:
        self._findings = findings
        self._tellings = [_telling(findings, account, members) for account, members in kept]
        self._kinds = {a.id: str(a.kind) for a in findings.actors}
        self._told_in: dict[int, set[int]] = {}
        self._spoken_of: dict[str, set[int]] = {}
        for k, telling in enumerate(self._tellings):
            for name in telling.speakers:
                self._spoken_of.setdefault(name, set()).add(k)
            for sentence in telling.sentences:
                self._told_in.setdefault(sentence, set()).add(k)
        self._most = max((len(t.sentences) for t in self._tellings), default=0)
        self._all = sum(len(t.sentences) for t in self._tellings)

    def near(self, index: int) -> tuple[int, ...]:
        """The accounts told close enough to a claim for it to be about them."""
        here = self._here(index)
        reach = range(here - BACK, here + AHEAD + 1)
        return tuple(sorted({k for s in reach for k in self._told_in.get(s, ()) if self._apart(here, k) is not None}))

    def likelihood(self, index: int, k: int) -> float:
        """How likely a careful coder names a claim's speaker among those who tell of an account, 0 to 1."""
        return probability(weighted_sum(load_weights("comments"), self.features(index, k)))

    def features(self, index: int, k: int) -> dict[str, float]:
        """What speaks for and against, as named numbers; for an account that `near` gives."""
        claim, telling = self._findings.claims[index], self._tellings[k]
        features = {"bias": 1.0, **self._order(self._here(index), k), **self._subject(telling, k)}
        features.update(self._speaker(claim, k))
        features["own time"] = float(self._has_time(claim))
        features.update(_words(self._findings.parse, claim))
        features.update(_cue(self._findings.parse, claim))
        return features

    def _here(self, index: int) -> int:
        return self._findings.parse.sentence_of(self._findings.claims[index].content).index

    def _apart(self, here: int, k: int) -> int | None:
        """Sentences since the account was last told; negative before it is first told."""
        sentences = self._tellings[k].sentences
        apart = here - max((s for s in sentences if s <= here), default=sentences[0])
        return apart if -AHEAD <= apart <= BACK else None

    def _order(self, here: int, k: int) -> dict[str, float]:
        """How far the claim stands from the account, and what is told between them."""
        apart = self._apart(here, k) or 0
        after = range(here - apart + 1, here + 1)
        between = len({j for s in after for j in self._told_in.get(s, ())} - {k})
        return _distance(apart, first=k == 0) | {
            f"events between: {min(between, 3)}": 1.0,
            "nearest": float(between == 0 and apart >= 0),
            "first, long since": float(k == 0 and apart > 2),
            "same paragraph": float(apart > 0 and "\n" not in self._text_between(here - apart, here)),
        }

    def _text_between(self, first: int, last: int) -> str:
        sentences = self._findings.parse.sentences
        return Span(sentences[first].span.start, sentences[last].span.start).of(self._findings.parse.text)

    def _subject(self, telling: Telling, k: int) -> dict[str, float]:
        """Whether the account is what the report is about."""
        few = len(self._tellings) <= FEW
        return {
            "confidence": telling.account.confidence,
            "background": float(telling.account.background),
            f"actuality {telling.account.actuality}": 1.0,
            "known speakers": min(len(telling.speakers), 4) / 4,
            "tellings": min(len(telling.sentences), 6) / 6,
            "share of tellings": len(telling.sentences) / self._all,
            "most told": float(len(telling.sentences) == self._most),
            "first event": float(k == 0),
            "few events": float(few),
            "first event of few": float(few and k == 0),
            "only event": float(len(self._tellings) == 1),
            "long report": min(len(self._findings.parse.sentences), 60) / 60,
        }

    def _has_time(self, claim: ClaimMention) -> bool:
        """Whether the statement names a time, and so perhaps another happening."""
        times = self._findings.times_in.get(self._findings.parse.sentence_of(claim.content).index, ())
        return any(self._findings.times[i].span.overlaps(claim.content) for i in times)

    def _speaker(self, claim: ClaimMention, k: int) -> dict[str, float]:
        """Who speaks, and whether for a party to the event."""
        features = {f"speaker {claim.speaker.kind}": 1.0, f"stance {claim.stance}": 1.0, f"hedge {claim.hedge}": 1.0}
        actor = claim.speaker.actor
        if actor is not None:
            features[f"of {self._kinds.get(actor, 'unknown')}"] = 1.0
            features[f"speaks for {self._tellings[k].sides.get(actor, 'no party')}"] = 1.0
        others = self._spoken_of.get(known_as(claim.speaker), set()) - {k}
        features["speaks of another event"] = float(bool(others))
        return features


def _telling(findings: Findings, account: Account, members: tuple[Candidate, ...]) -> Telling:
    speakers = frozenset(known_as(findings.claims[i].speaker) for i in account.claims if i is not None)
    sides = {p.actor: f"side {p.role[-1]}" for p in account.participants}
    return Telling(account, tuple(sorted({m.sentence for m in members})), speakers, sides)


def _distance(apart: int, *, first: bool) -> dict[str, float]:
    """How far, as numbers that grow or shrink with each sentence: so few coded statements stand far from their
    event that a weight for each distance would follow their accidents."""
    if apart < 0:
        return {"ahead": 1.0, "ahead by": -apart / AHEAD}
    far = apart / BACK
    return {"close": 1 / (1 + apart), "far": far, "far from a later event": 0.0 if first else far}


def _words(parse: Parse, claim: ClaimMention) -> dict[str, float]:
    """What the statement is about and how it is told."""
    tokens = parse.tokens_in(claim.content)
    generic = load_lexicon("frames")["generic"]
    pointing = [c for t in tokens if t.pos == "NOUN" and t.lemma in generic for c in parse.children(t)]
    before = parse.text[max(0, claim.content.start - 1) : claim.content.start + 1]
    return {
        f"tense {_tense(parse, claim)}": 1.0,
        "points back": float(any(c.lower in ("the", "this", "that", "these") for c in pointing)),
        "violent words": min(sum(t.lemma in _domain("conflict") for t in tokens), 2) / 2,
        "political words": min(sum(t.lemma in _domain("other") for t in tokens), 2) / 2,
        "quoted": float(bool(QUOTING & set(before))),
        "number": float(any(t.pos == "NUM" for t in tokens)),
        "negated": float(any(t.dep == "neg" or t.lower in ("no", "nobody", "none") for t in tokens)),
        "short": float(len(tokens) < 5),
    }


def _tense(parse: Parse, claim: ClaimMention) -> str:
    root = parse.root_in(claim.content)
    tags = {root.tag, *(c.tag for c in parse.children(root) if c.dep in ("aux", "auxpass"))}
    if "MD" in tags:
        return "modal"
    if tags & {"VBD", "VBN"}:
        return "past"
    return "present" if tags & {"VBZ", "VBP"} else "none"


def _cue(parse: Parse, claim: ClaimMention) -> dict[str, float]:
    """What kind of word reports the statement."""
    if claim.cue is None:
        return {"cue none": 1.0}
    lemmas = {t.lemma for t in parse.tokens_in(claim.cue)}
    verbs: dict[str, list[str]] = load_lexicon("speech")["verbs"]
    features = {f"cue {sort}": 1.0 for sort, known in verbs.items() if sort != "asserting" and lemmas & set(known)}
    if lemmas & {"say", "tell", "add"}:
        features["cue say"] = 1.0
    return features


@cache
def _domain(name: str) -> frozenset[str]:
    """All words of the relevance lexicon on one side: "conflict" or "other"."""
    groups: dict[str, list[str]] = load_lexicon("relevance")[name]
    return frozenset(word for group in groups.values() for word in group)

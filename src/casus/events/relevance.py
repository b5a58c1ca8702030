"""Is a report about political violence, a demonstration or a strategic development at all?

A match report is full of words of war, and an elephant "raids" a village. What tells such
reports from news of conflict is not one word but the company: the words of its domain,
and whether what sounds like violence has anybody armed, or any crowd, beside it (codebook 2).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from casus.events.scoring_model import load_weights, probability, weighted_sum
from casus.events.triggers import Trigger, find_triggers
from casus.knowledge.lexicon import load_lexicon
from casus.records.actor import ARMED_KINDS, ActorKind
from casus.records.findings import Findings
from casus.records.parse import Parse, Token

LONGEST = 3
"""Words in the longest phrase of the lexicon."""
STRONG = 0.8
"""Strength of a trigger that hardly has a peaceful sense."""
SMOOTHING = 60
"""Words added to the length, so that one word of a short text is no density."""
CLEARLY_OTHER = 0.15
"""Below it a report is about something else, unless a sentence says otherwise. Set low: a report
lost costs all its events, a look-alike let through is still judged by its confidence."""
QUOTES = frozenset("\"'“”‘’``''")
CROWDS: frozenset[ActorKind] = frozenset(("protesters", "rioters"))
GROUPS = ("other", "conflict")

Hit = tuple[int, str, tuple[str, ...]]
Terms = Mapping[tuple[str, ...], tuple[str, ...]]


def relevance_of(findings: Findings) -> float:
    """Probability in [0, 1], rounded to three digits, that a careful coder finds an event in the report."""
    if not findings.parse.tokens:
        return 0.0
    return round(probability(weighted_sum(load_weights("relevance"), relevance_features(findings))), 3)


def about_something_else(findings: Findings) -> bool:
    """Whether the report clearly is no news of conflict, so that nothing in it is an event.

    One sentence in which an unmistakable deed stands beside a weapon, a bearer of arms or a
    crowd is enough to keep a report: a long one may tell of an attack among other things.
    """
    return relevance_of(findings) < CLEARLY_OTHER and not _has_plain_violence(findings)


def _has_plain_violence(findings: Findings) -> bool:
    parse = findings.parse
    beside = _sentences_with(findings, ARMED_KINDS | CROWDS) | set(findings.weapons_in)
    return any(
        t.strength >= STRONG and parse.tokens[t.token].sentence in beside and not _is_staged(parse, t)
        for t in find_triggers(parse)
    )


def relevance_features(findings: Findings) -> dict[str, float]:
    """What speaks for and against a report's relevance, as named numbers, mostly in [0, 2]."""
    features = {"bias": 1.0, **_vocabulary(findings.parse), **_parties(findings)}
    features.update(_happenings(findings))
    return features


def _vocabulary(parse: Parse) -> dict[str, float]:
    """How dense, and how varied, the words of each domain are."""
    hits = tuple(_hits(parse))
    found = Counter((domain, term) for _, domain, term in hits)
    hundreds = (len(parse.tokens) + SMOOTHING) / 100
    features: dict[str, float] = {}
    weights: dict[str, dict[str, float]] = {group: {} for group in GROUPS}
    for group in GROUPS:
        for domain in load_lexicon("relevance")[group]:
            counts = [n for (name, _), n in found.items() if name == domain]
            # A word said over and over counts no more than twice.
            weights[group][domain] = sum(min(n, 2) for n in counts) / hundreds
            features[f"dense {domain}"] = min(weights[group][domain], 8.0) / 4
            features[f"varied {domain}"] = min(len(counts), 8) / 4
    other, conflict = max(weights["other"].values()), sum(weights["conflict"].values())
    features["dense other"] = min(other, 10.0) / 5
    features["dense conflict"] = min(conflict, 16.0) / 8
    features["other beside conflict"] = other / (1 + other + conflict)
    features["log ratio"] = math.log((1 + sum(weights["other"].values())) / (1 + conflict))
    features["other, nothing unmistakable"] = 0.0 if weights["conflict"]["unmistakable"] else features["dense other"]
    features["log other to unmistakable"] = math.log((1 + other) / (1 + weights["conflict"]["unmistakable"]))
    features["log unmistakable"] = math.log1p(weights["conflict"]["unmistakable"])
    return features | _sentence_balance(parse, hits)


def _sentence_balance(parse: Parse, hits: tuple[Hit, ...]) -> dict[str, float]:
    """Whether some sentence speaks of conflict alone, and what the first two speak of."""
    acts, other = Counter[int](), Counter[int]()
    for sentence, domain, _ in hits:
        (other if domain in load_lexicon("relevance")["other"] else acts)[sentence] += 1
    opening = range(min(2, len(parse.sentences)))
    pure = [acts[s.index] - other[s.index] for s in parse.sentences]
    return {
        "purest sentence": max(-2, min(max(pure), 6)) / 3,
        "pure sentences": sum(p >= 2 for p in pure) / len(pure),
        "opening conflict": min(sum(acts[i] for i in opening), 8) / 4,
        "opening other": min(sum(other[i] for i in opening), 8) / 4,
    }


def _hits(parse: Parse) -> Iterator[Hit]:
    """Sentence, domain and term of every place in the text where a term of the lexicon begins."""
    terms, openings = _terms(), _openings()
    words = [t for t in parse.tokens if t.text[0].isalnum()]
    for i, word in enumerate(words):
        if word.lower not in openings and word.lemma.lower() not in openings:
            continue
        seen: set[Hit] = set()
        for form in _forms(words[i : i + LONGEST]):
            seen.update((word.sentence, domain, form) for domain in terms.get(form, ()))
        yield from sorted(seen)


@cache
def _openings() -> frozenset[str]:
    """The first words of the terms."""
    return frozenset(term[0] for term in _terms())


def _forms(words: list[Token]) -> Iterator[tuple[str, ...]]:
    """The first one, two and three words as they stand, and with the last one in its base form."""
    for n in range(1, len(words) + 1):
        start = tuple(t.lower for t in words[: n - 1])
        for last in dict.fromkeys((words[n - 1].lower, words[n - 1].lemma.lower())):
            yield (*start, last)


@cache
def _terms() -> Terms:
    table: dict[tuple[str, ...], list[str]] = {}
    for group in GROUPS:
        for domain, phrases in load_lexicon("relevance")[group].items():
            for phrase in phrases:
                table.setdefault(tuple(phrase.split()), []).append(domain)
    return {term: tuple(domains) for term, domains in table.items()}


def _parties(findings: Findings) -> dict[str, float]:
    """Who is in the report: bearers of arms, known ones, and crowds."""
    armed = [a for a in findings.actors if a.kind in ARMED_KINDS]
    kinds = {a.kind for a in findings.actors}
    features = {
        "armed actors": min(len(armed), 6) / 3,
        "known armed actors": min(sum(a.registry is not None for a in armed), 4) / 2,
        "no armed actor": float(not armed),
        "armed mentions": min(sum(len(a.mentions) for a in armed) / max(len(findings.parse.sentences), 1), 2.0),
        "weapons": min(len({w.name for w in findings.weapons}), 4) / 2,
        "places": min(len(findings.places), 6) / 3,
        "claims": min(len(findings.claims), 6) / 3,
    }
    features.update({f"actor {kind}": 1.0 for kind in sorted(kinds)})
    return features


def _happenings(findings: Findings) -> dict[str, float]:
    """Whether what sounds like an event has parties, weapons and victims beside it."""
    triggers = find_triggers(findings.parse)
    tokens = findings.parse.tokens
    armed, crowds = _sentences_with(findings, ARMED_KINDS), _sentences_with(findings, CROWDS)
    peopled = armed | crowds
    strong = [t for t in triggers if t.strength >= STRONG]
    harmed = [f for f in findings.figures if f.outcome in ("killed", "injured", "casualties", "abducted", "detained")]
    beside = sum(tokens[f.head].sentence in peopled for f in harmed)
    grounded = sum(tokens[t.token].sentence in peopled for t in triggers)
    staged = sum(_is_staged(findings.parse, t) for t in triggers)
    return {
        "triggers": min(len(triggers), 12) / 6,
        "strong triggers": min(len(strong), 8) / 4,
        "strong share": len(strong) / (1 + len(triggers)),
        "grounded triggers": min(grounded, 8) / 4,
        "grounded share": grounded / (1 + len(triggers)),
        "armed violence": min(sum(tokens[t.token].sentence in armed for t in strong), 4) / 2,
        "weapon used": min(sum(tokens[t.token].sentence in findings.weapons_in for t in strong), 4) / 2,
        "harmed beside armed": min(beside, 4) / 2,
        "harmed by nobody": min(len(harmed) - beside, 4) / 2,
        "staged": min(staged, 4) / 2,
        "staged share": staged / (1 + len(triggers)),
    }


def _sentences_with(findings: Findings, kinds: frozenset[ActorKind]) -> set[int]:
    """Indices of the sentences that mention an actor of one of the kinds."""
    wanted = [a for a in findings.actors if a.kind in kinds]
    return {findings.parse.sentence_of(span).index for a in wanted for span in a.mentions}


def _is_staged(parse: Parse, trigger: Trigger) -> bool:
    """Whether the words stand in quotation marks of their own, or by a word of play or show."""
    i = trigger.token
    before = parse.tokens[max(0, i - 3) : i]
    after = parse.tokens[i + 1 : i + 3]
    quoted = any(t.text in QUOTES for t in before) and any(t.text in QUOTES for t in after)
    return quoted or any(t.lower in _staging() for t in before)


@cache
def _staging() -> frozenset[str]:
    return frozenset(load_lexicon("relevance")["staged"]["words"])

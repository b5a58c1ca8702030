"""Forty reports coded by somebody who did not know the program: are the parties right, and who says so?

Parties count as right on their side, by name or by the words that name them; speakers by name or words, the report's
own word as "author". The shares below are floors: what was measured when they were set, a little less; they only rise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from casus.records.claim import Claim
from casus.records.figure import Figure
from casus.records.span import Span
from coded_reports import Gold, Pair, pairs, quoted, share, words

FLOORS = {"parties": 0.66, "speakers": 0.71, "figures": 0.70, "speakers of figures": 0.88}
"""Least F1 of parties, speakers and figures over events found, and share of found figures with the right speaker."""

OF_ALL_NAMES = frozenset(("the", "a", "of", "in", "s", "forces", "military", "group", "members", "movement", "army"))

Named = tuple[object, str, Span | None]
"""What must be the same (a side, an outcome), a name, and the words that give it."""


def same(told: Named, given: Named) -> bool:
    (what, name, span), (found, other, words_of) = told, given
    if what != found or "author" in (name, other):
        return what == found and name == other
    one, two = words(name, OF_ALL_NAMES), words(other, OF_ALL_NAMES)
    alike = bool(one) and bool(two) and (one <= two or two <= one)
    return alike or (span is not None and words_of is not None and span.overlaps(words_of))


def matches(told: Sequence[Named], given: Sequence[Named]) -> list[tuple[int, int]]:
    """Pairs of what was coded and what was found, each once, in the order of coding."""
    left, found = list(range(len(given))), []
    for i, one in enumerate(told):
        j = next((j for j in left if same(one, given[j])), None)
        if j is not None:
            left.remove(j)
            found.append((i, j))
    return found


def f1(of: Callable[[Pair], tuple[Sequence[Named], Sequence[Named]]], over: Iterable[Pair]) -> float:
    right = told = given = 0
    for pair in over:
        coded, found = of(pair)
        right, told, given = right + len(matches(coded, found)), told + len(coded), given + len(found)
    return share(2 * right, told + given)


def parties(pair: Pair) -> tuple[list[Named], list[Named]]:
    names = {a.id: a.name for a in pair.reading.actors}
    told: list[Named] = [
        (role[-1], a["name"], quoted(pair.text, a["quote"]))
        for role in ("actor1", "assoc_actor1", "actor2", "assoc_actor2")
        for a in pair.gold[role]
    ]
    return told, [(p.role[-1], names[p.actor], p.span) for p in pair.found.participants]


def _speaker(pair: Pair, claim: str) -> Named:
    speaker = _claims(pair)[claim].speaker
    return None, "author" if speaker.kind == "author" else speaker.name, speaker.span


def _coded_speaker(pair: Pair, name: str) -> Named:
    quote = next(s["quote"] for s in pair.gold["speakers"] if s["name"] == name) if name != "author" else None
    return None, name, quoted(pair.text, quote) if quote else None


def _claims(pair: Pair) -> dict[str, Claim]:
    return {c.id: c for c in pair.reading.claims}


def speakers(pair: Pair) -> tuple[list[Named], list[Named]]:
    told = [_coded_speaker(pair, s["name"]) for s in pair.gold["speakers"]]
    return told, [_speaker(pair, claim) for claim in pair.found.claims]


def _figures(pair: Pair) -> list[Figure]:
    known = {f.id: f for f in pair.reading.figures}
    return [known[i] for i in pair.found.figures]


def figures(pair: Pair) -> tuple[list[Named], list[Named]]:
    def numbers(outcome: str, low: int | None, best: int | None, high: int | None) -> Named:
        return (outcome, low, best, high), "author", None

    told = [numbers(f["outcome"], f["low"], f["best"], f["high"]) for f in pair.gold["figures"]]
    return told, [numbers(f.outcome, f.quantity.low, f.quantity.best, f.quantity.high) for f in _figures(pair)]


def heard(pair: Pair) -> list[bool]:
    """For each coded figure that was found, whether its speaker was too."""
    coded: list[Gold] = pair.gold["figures"]
    found = _figures(pair)
    return [
        same(_coded_speaker(pair, coded[i]["speaker"]), _speaker(pair, found[j].claim))
        for i, j in matches(*figures(pair))
    ]


def test_parties_are_right() -> None:
    assert f1(parties, pairs()) >= FLOORS["parties"]


def test_speakers_are_right() -> None:
    assert f1(speakers, pairs()) >= FLOORS["speakers"]


def test_figures_are_right() -> None:
    assert f1(figures, pairs()) >= FLOORS["figures"]


def test_speakers_of_figures_are_right() -> None:
    told = [right for pair in pairs() for right in heard(pair)]
    assert share(sum(told), len(told)) >= FLOORS["speakers of figures"]

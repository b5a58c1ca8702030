"""Sub-totals: "20 dead, among them 6 children" (codebook 5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casus.mentions.figures_drafts import Draft, covered
from casus.mentions.figures_people import (
    QUOTES,
    Group,
    group_of_token,
    nature,
    summed,
)
from casus.records.parse import Parse, Token

INTRODUCERS = tuple(
    tuple(phrase.split())
    for phrase in (
        "including",
        "includes",
        "included",
        "include",
        "among them",
        "among whom",
        "among them were",
        "among whom were",
        "among them was",
    )
)
FOLLOWERS = tuple(tuple(p.split()) for p in ("among them", "of them", "of whom", "of these", "of those", "among those"))


def find_parts(parse: Parse, drafts: Sequence[Draft], counts: Sequence[Group]) -> Iterator[Draft]:
    """Sub-totals: groups not yet tied to an outcome that are counted in a figure before them."""
    tied = covered(drafts)
    free = [g for g in counts if g.last not in tied]
    taken = {i for g in counts for i in range(g.first, g.last + 1)} | {d.group.noun for d in drafts}
    found = sorted({*free, *_singles(parse, taken)}, key=lambda g: (g.first, g.last))
    parts = [g for g in found if g.quantity.best != 0 and _is_part(parse, g, found)]
    yield from _breakdowns(parse, drafts, found, set(parts))
    for group in summed(parse, [_named(parse, g) for g in parts if not _repeated(parse, g, counts)]):
        totals = [d for d in (_antecedent(parse, group, drafts),) if d is not None]
        for total in totals:
            yield Draft(group, total.outcome, None, total.group)


def _breakdowns(parse: Parse, drafts: Sequence[Draft], found: Sequence[Group], parts: set[Group]) -> Iterator[Draft]:
    """Groups behind a total that add up to it: "Nine men — six soldiers, two guides and a driver —"."""
    for draft in drafts:
        total = draft.group.quantity
        if total.best is None or total.best < 3 or total.low != total.high:
            continue
        sentence = parse.tokens[draft.group.last].sentence
        behind = [g for g in found if g.first > draft.group.last and parse.tokens[g.first].sentence == sentence]
        for group in _adding_up(behind, total.best):
            if group not in parts:
                yield Draft(group, draft.outcome, None, draft.group)


def _adding_up(groups: Sequence[Group], total: int) -> Sequence[Group]:
    """The first groups whose numbers add up to a total, at least two; none if they do not."""
    added = 0
    for k, group in enumerate(groups):
        if group.quantity.best is None or group.quantity.low != group.quantity.high:
            return ()
        added += group.quantity.best
        if added >= total:
            return groups[: k + 1] if added == total and k else ()
    return ()


def _singles(parse: Parse, taken: set[int | None]) -> Iterator[Group]:
    """Single people that may be parts: "including the abbot"."""
    for token in parse.tokens:
        if token.pos in ("NOUN", "PROPN") and token.i not in taken and nature(token) not in (None, "thing"):
            group = group_of_token(parse, token)
            if group is not None and group.sort in ("single", "definite", "name"):
                yield group


def _is_part(parse: Parse, group: Group, found: Sequence[Group]) -> bool:
    """Whether the words around say that a group is counted in another."""
    if _introduced(parse, group):
        return True
    node = parse.tokens[group.node]
    if node.dep == "conj":
        first = _first_joined(parse, node)
        return any(g.node == first.i and _introduced(parse, g) for g in found)
    if group.sort != "count":
        return False
    after = tuple(t.lower for t in parse.tokens[group.last + 1 : group.last + 3])
    known = group.of_known and (group.noun is None or nature(parse.tokens[group.noun]) is not None)
    return known or after in FOLLOWERS or _classified(parse, group) is not None


def _introduced(parse: Parse, group: Group) -> bool:
    """Whether "including" or "among them" stands right before."""
    words = [t.lower for t in parse.tokens[max(0, group.first - 4) : group.first] if t.text not in QUOTES]
    return any(tuple(words[-len(p) :]) == p for p in INTRODUCERS)


def _first_joined(parse: Parse, node: Token) -> Token:
    while node.dep == "conj" and node.head != node.i:
        node = parse.head(node)
    return node


def _classified(parse: Parse, group: Group) -> Token | None:
    """The noun that a bare number is said to be: "three were soldiers"."""
    node = parse.tokens[group.node]
    verb = parse.head(node)
    if group.noun is not None or node.dep != "nsubj" or verb.lemma != "be":
        return None
    nouns = [c for c in parse.children(verb) if c.dep == "attr" and nature(c) not in (None, "thing")]
    return nouns[0] if nouns and nouns[0].tag in ("NNS", "NN") else None


def _named(parse: Parse, group: Group) -> Group:
    noun = _classified(parse, group)
    return replace(group, noun=noun.i, last=max(group.last, noun.i)) if noun is not None else group


def _repeated(parse: Parse, group: Group, counts: Sequence[Group]) -> bool:
    """Whether a single person only explains a number: "one of them a miller"."""
    return group.sort != "count" and any(g.of_known and 0 < group.first - g.last <= 2 for g in counts)


def _antecedent(parse: Parse, group: Group, drafts: Sequence[Draft]) -> Draft | None:
    """The nearest figure before a part, in its sentence or the one before, that can hold it."""
    sentence = parse.tokens[group.first].sentence
    best: Draft | None = None
    for draft in drafts:
        apart = sentence - parse.tokens[draft.group.first].sentence
        near = 0 <= apart <= (2 if group.of_known else 1)
        if draft.group.first >= group.first or not near or not can_hold(draft.group, group):
            continue
        if best is None or best.group.first <= draft.group.first:
            best = draft
    return best


def can_hold(total: Group, part: Group) -> bool:
    """Whether a total can be as large as a part, as far as both tell; one person has no parts."""
    if total.quantity.best in (0, 1) and total.quantity.low == total.quantity.high:
        return False
    least = part.quantity.low if part.quantity.low is not None else part.quantity.best
    return least is None or total.quantity.high is None or least <= total.quantity.high


def part_of_known(parse: Parse, draft: Draft, drafts: Sequence[Draft]) -> Group | None:
    """The total of a figure that says it is "of them", "of the wounded" or "among the dead"."""
    trigger = parse.tokens[draft.trigger] if draft.trigger is not None else None
    among = trigger is not None and parse.head(trigger).lower == "among"
    if not (among or draft.group.of_known or _introduced(parse, draft.group)):
        return None
    same = [d for d in drafts if d.outcome == draft.outcome and d.group != draft.group]
    total = _antecedent(parse, draft.group, same)
    return total.group if total else None

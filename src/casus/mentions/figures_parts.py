"""Sub-totals: "20 dead, among them 6 children" (codebook 5.4)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casus.mentions.figures_drafts import Draft, covered, in_reach
from casus.mentions.figures_people import (
    QUOTES,
    Group,
    first_joined,
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
APART, FAR_APART = 15, 30
"""Tokens between two parts of one breakdown at most, and between those behind a colon or dash."""
LISTING = frozenset((":", "—", "–", "-"))
"""Marks before a breakdown."""
FOLLOWERS = tuple(tuple(p.split()) for p in ("among them", "of them", "of whom", "of these", "of those", "among those"))


def find_parts(parse: Parse, drafts: Sequence[Draft], counts: Sequence[Group]) -> Iterator[Draft]:
    """Sub-totals: groups not yet tied to an outcome that are counted in a figure before them."""
    tied = covered(drafts)
    free = [g for g in counts if g.last not in tied]
    taken = {i for g in counts for i in range(g.first, g.last + 1)} | {d.group.noun for d in drafts}
    found = sorted({*free, *_singles(parse, taken)}, key=lambda g: (g.first, g.last))
    introduced = {g.node for g in found if _introduced(parse, g)}
    parts = [g for g in found if g.quantity.best != 0 and _is_part(parse, g, introduced)]
    yield from _breakdowns(parse, drafts, found, set(parts))
    known = {g.last for g in counts if g.of_known}
    for group in summed(parse, [_named(parse, g) for g in parts if not _explains(g, known)]):
        total = _antecedent(parse, group, drafts)
        if total is not None:
            yield Draft(group, total.outcome, None, total.group)


def _breakdowns(parse: Parse, drafts: Sequence[Draft], found: Sequence[Group], parts: set[Group]) -> Iterator[Draft]:
    """Groups behind a total that add up to it: "Nine men — six soldiers, two guides and a driver —"."""
    for draft in drafts:
        total = draft.group.quantity
        if total.best is None or total.best < 3 or total.low != total.high:
            continue
        end = parse.sentence_of(parse.tokens[draft.group.last]).last
        start = bisect_right(found, draft.group.last, key=_first)
        behind = found[start : bisect_right(found, end, key=_first)]
        for group in _breakdown(parse, behind, total.best):
            if group not in parts:
                yield Draft(group, draft.outcome, None, draft.group)


def _breakdown(parse: Parse, behind: Sequence[Group], total: int) -> Sequence[Group]:
    """Those of the groups behind a total that add up to it: behind a colon or dash, however long what is said of
    each, or right behind it within APART."""
    telling = [g for g in behind if g.sort in ("count", "single")]
    for k, group in enumerate(telling):
        if parse.tokens[group.first - 1].text in LISTING:
            told = _adding_up(telling[k:], total, FAR_APART)
            if told:
                return told
    return _adding_up(behind, total, APART)


def _first(group: Group) -> int:
    return group.first


def _adding_up(groups: Sequence[Group], total: int, apart: int) -> Sequence[Group]:
    """The first groups whose numbers add up to a total, at least two; none if they do not."""
    added = 0
    for k, group in enumerate(groups):
        if not group.quantity.best or group.quantity.low != group.quantity.high:
            return ()
        if k and group.first - groups[k - 1].last > apart:
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


def _is_part(parse: Parse, group: Group, introduced: set[int]) -> bool:
    """Whether the words around say that a group is counted in another. `introduced` are the
    nodes of groups behind "including" and the like."""
    if group.node in introduced:
        return True
    node = parse.tokens[group.node]
    if node.dep == "conj":
        return first_joined(parse, node).i in introduced
    if group.sort != "count":
        return False
    after = tuple(t.lower for t in parse.tokens[group.last + 1 : group.last + 3])
    if group.quantity.best == 1 and after[:1] in (("a",), ("an",)) and parse.tokens[group.first - 1].text == ",":
        # "three were shot dead, one a potter of 61"
        return True
    known = group.of_known and (group.noun is None or nature(parse.tokens[group.noun]) is not None)
    return known or after in FOLLOWERS or _classified(parse, group) is not None


def _introduced(parse: Parse, group: Group) -> bool:
    """Whether "including" or "among them" stands right before."""
    words = [t.lower for t in parse.tokens[max(0, group.first - 4) : group.first] if t.text not in QUOTES]
    return any(tuple(words[-len(p) :]) == p for p in INTRODUCERS)


def _classified(parse: Parse, group: Group) -> Token | None:
    """The noun that a bare number is said to be: "three were soldiers"."""
    node = parse.tokens[group.node]
    if node.dep == "conj" and group.last + 1 < len(parse.tokens):
        # "five were nurses and three were guards", the second clause hung on the first
        verb = parse.tokens[group.last + 1]
    elif node.dep == "nsubj":
        verb = parse.head(node)
    else:
        return None
    if group.noun is not None or verb.lemma != "be" or verb.sentence != node.sentence:
        return None
    nouns = [c for c in parse.children(verb) if c.dep == "attr" and nature(c) not in (None, "thing")]
    return nouns[0] if nouns and nouns[0].tag in ("NNS", "NN") else None


def _named(parse: Parse, group: Group) -> Group:
    noun = _classified(parse, group)
    return replace(group, noun=noun.i, last=max(group.last, noun.i)) if noun is not None else group


def _explains(group: Group, known: set[int]) -> bool:
    """Whether a single person only explains a number: "one of them a miller". `known` are the
    last tokens of numbers "of them"."""
    return group.sort != "count" and (group.first - 1 in known or group.first - 2 in known)


def _antecedent(parse: Parse, group: Group, drafts: Sequence[Draft]) -> Draft | None:
    """The nearest figure before a part that can hold it: in its sentence or the one before, for
    "two of them" the two before."""
    reach = in_reach(parse, drafts, group, 2 if group.of_known else 1)
    return next((d for d in reversed(reach) if can_hold(d.group, group)), None)


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
    near = in_reach(parse, drafts, draft.group, 2)
    total = _antecedent(parse, draft.group, [d for d in near if d.outcome == draft.outcome])
    return total.group if total else None

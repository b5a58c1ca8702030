"""Counts of people affected: who, how many, what befell them (codebook 5).

1. numbers and the people they count; words for outcomes
2. whom the outcomes befall, by the tree, by the noun, by the words beside
3. tolls, and numbers that somebody else gives for what was just told
4. one person told twice is one figure
5. sub-totals
6. population, whose people, period
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from casus.mentions.figures_drafts import Draft
from casus.mentions.figures_links import beside, by_noun, by_tree, lone_bodies, read_page
from casus.mentions.figures_parts import find_parts, part_of_known
from casus.mentions.figures_people import Group
from casus.mentions.figures_tolls import find_second_counts, find_tolls
from casus.mentions.figures_whose import to_mentions
from casus.records.actor import Actor
from casus.records.figure import FigureMention, Outcome, Quantity
from casus.records.parse import Parse, Token

GENERAL = frozenset(("man", "woman", "boy", "girl", "victim", "person", "deceased", "child", "suspect", "body"))
"""Nouns that may mean anybody told before: "the victim"."""
MEMORY = 50
"""Figures with one outcome and number that are remembered: bounds the work on very long texts."""
RECALL = 3
"""Sentences back in which a pronoun or a general noun may mean a person already counted."""


def find_figures(parse: Parse, actors: Sequence[Actor]) -> tuple[FigureMention, ...]:
    """Figures in text order. `actors` may be empty: then no figure has an actor.

    Not taken for figures: what did not happen ("would have killed", "threatened to kill"),
    and people affected with neither a number nor a single person named ("civilians died").
    """
    page = read_page(parse, actors)
    drafts = _distinct([*by_tree(page), *by_noun(page), *lone_bodies(page)])
    drafts = _distinct([*drafts, *beside(page, drafts)])
    triggers = {t.token: t for t in page.triggers}
    drafts = _distinct([*drafts, *find_tolls(parse, page.groups(), triggers)])
    drafts = _told_once(parse, drafts)
    drafts = _distinct([*drafts, *find_second_counts(parse, drafts, page.groups(), triggers)])
    drafts = [replace(d, total=part_of_known(parse, d, drafts)) for d in drafts]
    parts = list(find_parts(parse, drafts, page.groups()))
    return to_mentions(parse, _in_order([*drafts, *parts]), actors)


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda d: (d.group.first, d.group.last, d.outcome))


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each group and outcome, in text order; casualties yield to what is told apart."""
    kept: dict[tuple[Group, Outcome], Draft] = {}
    for draft in drafts:
        kept.setdefault((draft.group, draft.outcome), draft)
    apart = {g for g, outcome in kept if outcome in ("killed", "injured")}
    return _in_order([d for (g, outcome), d in kept.items() if outcome != "casualties" or g not in apart])


def _told_once(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out persons and definite numbers that repeat a figure before them."""
    kept: list[Draft] = []
    alike: dict[tuple[Outcome, Quantity], deque[Draft]] = {}
    for draft in drafts:
        earlier = alike.setdefault((draft.outcome, draft.group.quantity), deque(maxlen=MEMORY))
        if not any(_repeats(parse, draft, e) for e in earlier):
            earlier.append(draft)
            kept.append(draft)
    return kept


def _repeats(parse: Parse, draft: Draft, earlier: Draft) -> bool:
    """Whether a figure tells the people of an earlier one with its outcome and number again."""
    group, before = draft.group, earlier.group
    if group.sort == "count":
        return group.definite and group.first > before.last and group.quantity.best is not None
    apart = parse.tokens[group.first].sentence - parse.tokens[before.first].sentence
    if group.sort == "pronoun":
        return apart <= RECALL
    noun = parse.tokens[group.noun if group.noun is not None else group.node]
    if group.sort == "name":
        apposed = draft.trigger == earlier.trigger and before.sort == "single" and parse.head(noun).dep != "conj"
        return (apposed and noun.dep != "conj") or _named_at(parse, noun, earlier)
    same = before.noun is not None and parse.tokens[before.noun].lemma == noun.lemma
    return group.sort == "definite" and (same or (noun.lemma in GENERAL and apart <= RECALL))


def _named_at(parse: Parse, name: Token, earlier: Draft) -> bool:
    """Whether the sentence of an earlier figure names the person."""
    sentence = parse.sentences[parse.tokens[earlier.group.first].sentence]
    return any(t.lower == name.lower for t in parse.sentence_tokens(sentence) if t.i < name.i)

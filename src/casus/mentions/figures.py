"""Counts of people affected: who, how many, what befell them (codebook 5).

1. numbers, and the people they count
2. words for outcomes, and whom the grammar makes them befall
3. numbers beside such a word where the tree does not help; tolls
4. one person told twice is one figure
5. sub-totals
6. population, whose people, period
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casus.knowledge.lexicon import load_lexicon
from casus.mentions.figures_context import is_cumulative, is_negated, is_unreal
from casus.mentions.figures_drafts import Draft
from casus.mentions.figures_numbers import find_numbers
from casus.mentions.figures_parts import find_parts, part_of_known
from casus.mentions.figures_people import (
    Group,
    actor_of,
    group_of_number,
    group_of_token,
    nature,
    population_of,
    population_of_actor,
    summed,
)
from casus.mentions.figures_tolls import find_second_counts, find_tolls
from casus.mentions.figures_triggers import (
    Trigger,
    affected_by,
    as_outcome,
    counted_only,
    event_outcome,
    find_triggers,
    is_participle,
    needs_crowd,
    outcome_of,
    state_outcome,
    verb_outcomes,
)
from casus.records.actor import Actor
from casus.records.figure import FigureMention, Outcome, Population, Quantity
from casus.records.parse import Parse, Token
from casus.records.span import Span

NOBODY = frozenset(("anyone", "anybody"))
GENERAL = frozenset(("man", "woman", "boy", "girl", "victim", "person", "deceased", "child", "suspect", "body"))
BRIDGE = frozenset(("AUX", "ADV", "PART"))
BRIDGE_REACH = 6
"""Tokens between a number and the word for its outcome at most, all of them auxiliaries or adverbs."""
INSETS = frozenset((",", "—", "–", "-", ")"))
INSET_REACH = 25
"""Tokens of an inset at most: "59 civilians, including 15 children, died"."""
SPAN_REACH = 12
"""Tokens between people and outcome up to which both are quoted together."""
ONE_GROUP = Group(0, 0, 0, Quantity(1, 1, 1), "single", None)
RECALL = 3
"""Sentences back in which a pronoun may mean a person already counted."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The text with what was found in it; `counts` maps each token of a counted group to it."""

    parse: Parse
    counts: Mapping[int, Group]
    triggers: tuple[Trigger, ...]

    def groups(self) -> tuple[Group, ...]:
        return tuple(sorted(set(self.counts.values()), key=lambda g: (g.first, g.last)))


def find_figures(parse: Parse, actors: Sequence[Actor]) -> tuple[FigureMention, ...]:
    """Figures in text order. `actors` may be empty: then no figure has an actor.

    Not taken for figures: what did not happen ("would have killed", "threatened to kill"),
    and people affected with neither a number nor a single person named ("civilians died").
    """
    page = _page(parse)
    drafts = _distinct(page, [*_by_tree(page), *_by_noun(page)])
    drafts = _distinct(page, [*drafts, *_beside(page, drafts)])
    drafts = _distinct(page, [*drafts, *find_tolls(parse, page.groups(), {t.token: t for t in page.triggers})])
    drafts = _told_once(parse, drafts)
    drafts = _distinct(page, [*drafts, *find_second_counts(parse, drafts, page.groups())])
    drafts = [replace(d, total=part_of_known(parse, d, drafts)) for d in drafts]
    parts = list(find_parts(parse, drafts, page.groups()))
    return _figures(parse, _in_order([*drafts, *parts]), actors)


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda d: (d.group.first, d.group.last, d.outcome))


def _page(parse: Parse) -> _Page:
    counts: dict[int, Group] = {}
    for number in find_numbers(parse):
        group = group_of_number(parse, number)
        if group is not None:
            counts.update({i: group for i in range(group.first, group.last + 1) if i not in counts})
    return _Page(parse, counts, find_triggers(parse))


def _distinct(page: _Page, drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each group and outcome, in text order; casualties yield to what is told apart."""
    kept: dict[tuple[Group, Outcome], Draft] = {}
    for draft in drafts:
        kept.setdefault((draft.group, draft.outcome), draft)
    apart = {g for g, outcome in kept if outcome in ("killed", "injured")}
    return _in_order([d for (g, outcome), d in kept.items() if outcome != "casualties" or g not in apart])


# Step 2: by the tree


def _by_tree(page: _Page) -> Iterator[Draft]:
    parse = page.parse
    for trigger in page.triggers:
        token = parse.tokens[trigger.token]
        if is_unreal(parse, token):
            continue
        nodes = _standing_before(page, trigger) or affected_by(parse, trigger)
        if is_negated(parse, token):
            yield from _denied(page, trigger, nodes)
            continue
        human = not trigger.loose and trigger.affected in ("object", "subject")
        for group in summed(parse, [g for node in nodes for g in _people(page, node, human)]):
            if _fits(parse, trigger, group):
                yield Draft(group, outcome_of(parse, trigger), trigger.token)


def _standing_before(page: _Page, trigger: Trigger) -> tuple[Token, ...]:
    """The people right before a word that the tree gives no one: "and about 30 hurt", "59
    civilians, including 15 children, died"."""
    parse, token = page.parse, page.parse.tokens[trigger.token]
    if trigger.affected in ("event", "lives") or _has_own(page, trigger, token):
        return ()
    at = _over_inset(page, _over_bridge(parse, token.i - 1))
    group = page.counts.get(at)
    if group is None or group.last != at or parse.tokens[at].sentence != token.sentence:
        return ()
    node = parse.tokens[group.node]
    while node.dep == "conj" and node.head in page.counts:
        node = parse.head(node)
    return (node,)


def _has_own(page: _Page, trigger: Trigger, token: Token) -> bool:
    """Whether the tree gives a verb somebody of its own; a place ("KABUL - Two men died") is nobody."""
    if trigger.affected == "object" and not is_participle(token):
        return True
    own = [c for c in page.parse.children(token) if c.dep in ("nsubj", "nsubjpass", "dobj")]
    return any(c.entity != "GPE" and page.counts.get(c.i, ONE_GROUP).quantity.best != 0 for c in own)


def _over_bridge(parse: Parse, at: int) -> int:
    """The place before auxiliaries, adverbs and words like "reported"."""
    bridges = load_lexicon("outcomes")["context"]["bridges"]
    while at > 0 and (parse.tokens[at].pos in BRIDGE or parse.tokens[at].lemma in bridges):
        at -= 1
    return at


def _over_inset(page: _Page, at: int) -> int:
    """The place before an inset between commas or dashes, if people with a number stand there."""
    tokens = page.parse.tokens
    if at <= 0 or tokens[at].text not in INSETS:
        return at
    for k in range(at - 1, max(0, at - INSET_REACH), -1):
        if tokens[k].text == tokens[at].text and k - 1 in page.counts:
            return k - 1
    return at


def _denied(page: _Page, trigger: Trigger, nodes: Sequence[Token]) -> Iterator[Draft]:
    """ "did not injure anyone" counts zero."""
    for node in nodes:
        if node.lower in NOBODY:
            group = Group(node.i, node.i, node.i, Quantity(0, 0, 0), "count", None)
            yield Draft(group, outcome_of(page.parse, trigger), trigger.token)


def _people(page: _Page, node: Token, human: bool) -> Iterator[Group]:
    """The people at a node of the tree and those joined to it by "and"."""
    group = page.counts.get(node.i) or _inside(page, node) or group_of_token(page.parse, node, human=human)
    if group is not None:
        yield group
    for child in page.parse.children(node):
        if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "NUM", "ADJ"):
            joined = list(_people(page, child, human))
            bare = group is not None and group.sort == "single" and child.tag == "NN" and not page.parse.children(child)
            if not joined and bare and nature(child) not in (None, "thing"):
                # "a husband and wife"
                joined = [Group(child.i, child.i, child.i, Quantity(1, 1, 1), "single", child.i)]
            yield from joined


def _inside(page: _Page, node: Token) -> Group | None:
    """A counted group that hangs below a node: "a total of 12 people", "a family of five"."""
    for child in page.parse.children(node):
        group = page.counts.get(child.i)
        if group is not None and child.dep in ("nummod", "quantmod", "det", "amod"):
            return group if nature(node) != "thing" else None
        if (
            child.dep == "prep"
            and child.lower == "of"
            and node.lemma in ("total", "group", "family", "crew", "team", "body")
        ):
            for below in page.parse.children(child):
                if below.i in page.counts:
                    return page.counts[below.i]
    return None


def _fits(parse: Parse, trigger: Trigger, group: Group) -> bool:
    """Whether a group is of a kind that the outcome can befall."""
    if group.first <= trigger.token <= group.last and trigger.affected not in ("state", "event", "object", "subject"):
        return False
    told = nature(parse.tokens[group.noun]) if group.noun is not None else "unknown"
    verb = parse.tokens[trigger.token]
    if group.sort != "count" and (
        (counted_only(verb) and trigger.last == trigger.token) or (verb.dep == "amod" and group.sort != "name")
    ):
        return False
    if told == "thing" or (told is None and (trigger.loose or group.sort != "count")):
        return False
    if trigger.outcome == "displaced":
        return _displaced(group, told, verb)
    return not (
        trigger.loose and group.sort in ("definite", "pronoun") and trigger.affected == "object" and told is None
    )


def _displaced(group: Group, told: str | None, verb: Token) -> bool:
    """Fighters retreat, a single person flees: displacement is told of a number of others."""
    size = group.quantity.low or group.quantity.best or 0
    crowd = size >= load_lexicon("outcomes")["context"]["crowd"] or not needs_crowd(verb)
    return group.sort == "count" and told not in ("combatants", "detainees") and crowd


# Step 3: by the words beside


def _by_noun(page: _Page) -> Iterator[Draft]:
    """Counted nouns that are outcomes themselves: "12 dead", "40 casualties", "64 arrests"."""
    for group in page.groups():
        noun = page.parse.tokens[group.noun] if group.noun is not None else None
        after = _next(page.parse, group.last)
        for token in (noun, after):
            if token is None:
                continue
            told = state_outcome(token) or (_told_by_noun(page, token) if token is noun else None)
            if told is not None and not (token is noun and is_unreal(page.parse, page.parse.head(token))):
                yield Draft(_of_event(page, group, token), as_outcome(told), token.i)
                break


def _told_by_noun(page: _Page, noun: Token) -> str | None:
    """The outcome of a counted event ("64 arrests") or of a participle taken for a noun ("30 hurt")."""
    told = event_outcome(noun)
    if told is None and noun.pos == "NOUN" and is_participle(noun):
        told = next((s for s in verb_outcomes(noun) if s != "casualties"), None)
    return told


def _of_event(page: _Page, group: Group, noun: Token) -> Group:
    """Let "no injuries to soldiers" name the soldiers."""
    if group.noun != noun.i:
        return group
    for child in page.parse.children(noun):
        if child.dep == "prep" and child.lower in ("to", "among", "of"):
            people = [p for p in page.parse.children(child) if p.dep == "pobj" and nature(p) not in (None, "thing")]
            if people and people[0].i not in page.counts:
                return replace(group, noun=people[0].i, last=max(group.last, people[0].i))
    return group


def _next(parse: Parse, last: int) -> Token | None:
    """The next token of the sentence after adverbs: "one [seriously] injured"."""
    sentence = parse.tokens[last].sentence
    for token in parse.tokens[last + 1 : last + 4]:
        if token.sentence != sentence:
            return None
        if token.pos != "ADV":
            return token
    return None


def _beside(page: _Page, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Counted groups next to a word for an outcome, where the tree tied them to none."""
    tied = {d.group for d in drafts}
    by_token = {t.token: t for t in page.triggers}
    for group in page.groups():
        if group in tied or group.quantity.best == 0:
            continue
        trigger = _after(page.parse, group, by_token) or _before(page.parse, group, by_token)
        if trigger is None or not _fits(page.parse, trigger, group):
            continue
        token = page.parse.tokens[trigger.token]
        if not is_unreal(page.parse, token) and not is_negated(page.parse, token):
            yield Draft(group, outcome_of(page.parse, trigger), trigger.token)


def _after(parse: Parse, group: Group, by_token: Mapping[int, Trigger]) -> Trigger | None:
    """ "about 30 hurt", "three were then shot dead"."""
    for token in parse.tokens[group.last + 1 : group.last + 1 + BRIDGE_REACH]:
        if token.sentence != parse.tokens[group.last].sentence:
            return None
        trigger = by_token.get(token.i)
        if trigger is not None:
            active = any(c.dep in ("dobj", "obj") for c in parse.children(token))
            return (
                None if trigger.affected in ("event", "lives") or (trigger.affected == "object" and active) else trigger
            )
        if token.pos not in BRIDGE and token.lemma not in load_lexicon("outcomes")["context"]["bridges"]:
            return None
    return None


def _before(parse: Parse, group: Group, by_token: Mapping[int, Trigger]) -> Trigger | None:
    """ "wounding about 30", "killed and wounded 12"."""
    for token in reversed(parse.tokens[max(0, group.first - 2) : group.first]):
        if token.sentence != parse.tokens[group.first].sentence:
            return None
        trigger = by_token.get(token.i)
        if trigger is not None:
            return trigger if trigger.affected == "object" else None
        if token.pos != "ADV" and token.text not in "(\"“'":
            return None
    return None


# Step 4: one person, one figure


def _told_once(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out persons and definite numbers that repeat a figure before them."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(_repeats(parse, draft, earlier) for earlier in kept):
            kept.append(draft)
    return kept


def _repeats(parse: Parse, draft: Draft, earlier: Draft) -> bool:
    group, before = draft.group, earlier.group
    if draft.outcome != earlier.outcome or group.quantity != before.quantity:
        return False
    if group.sort == "count":
        return group.definite and group.first > before.last and group.quantity.best is not None
    apart = parse.tokens[group.first].sentence - parse.tokens[before.first].sentence
    if group.sort == "pronoun":
        return apart <= RECALL
    noun = parse.tokens[group.noun if group.noun is not None else group.node]
    if group.sort == "name":
        return _named_at(parse, noun, earlier)
    same = before.noun is not None and parse.tokens[before.noun].lemma == noun.lemma
    return group.sort == "definite" and (same or (noun.lemma in GENERAL and apart <= RECALL))


def _named_at(parse: Parse, name: Token, earlier: Draft) -> bool:
    """Whether the sentence of an earlier figure names the person."""
    sentence = parse.sentences[parse.tokens[earlier.group.first].sentence]
    return any(t.lower == name.lower for t in parse.sentence_tokens(sentence) if t.i < name.i)


# Step 6: as mentions


def _figures(parse: Parse, drafts: Sequence[Draft], actors: Sequence[Actor]) -> tuple[FigureMention, ...]:
    index = {(d.group, d.outcome): k for k, d in reversed(list(enumerate(drafts)))}
    figures: list[FigureMention] = []
    for k, draft in enumerate(drafts):
        group = draft.group
        trigger = parse.tokens[draft.trigger] if draft.trigger is not None else None
        actor = actor_of(parse, group, actors)
        part_of = index.get((draft.total, draft.outcome)) if draft.total is not None else None
        figures.append(
            FigureMention(
                span=_span(parse, group, trigger),
                outcome=draft.outcome,
                population=_population(parse, draft, actor, figures, part_of),
                actor=actor.id if actor else None,
                quantity=group.quantity,
                cumulative=is_cumulative(parse, parse.tokens[group.node], trigger),
                head=group.noun if group.noun is not None else group.node,
                outcome_token=draft.trigger,
                part_of=part_of if part_of != k else None,
            )
        )
    return tuple(figures)


def _span(parse: Parse, group: Group, trigger: Token | None) -> Span:
    own = Span(parse.tokens[group.first].start, parse.tokens[group.last].end)
    if trigger is None or trigger.sentence != parse.tokens[group.first].sentence:
        return own
    distance = max(group.first - trigger.i, trigger.i - group.last)
    return own.cover(trigger.span) if distance <= SPAN_REACH else own


def _population(
    parse: Parse, draft: Draft, actor: Actor | None, before: Sequence[FigureMention], part_of: int | None
) -> Population:
    """By the words, then by the actor, then by what the sentence counted before ("and wounding twelve")."""
    told = population_of(parse, draft.group)
    if told == "unknown":
        told = population_of_actor(actor)
    if told != "unknown":
        return told
    bare = draft.group.noun is None or parse.tokens[draft.group.noun].lemma in ("other", "more")
    sentence = parse.tokens[draft.group.first].sentence
    if bare and draft.outcome not in ("displaced", "escaped"):
        for figure in reversed(before):
            if parse.tokens[figure.head].sentence == sentence:
                return figure.population
    if draft.outcome in ("displaced", "abducted"):
        return "civilians"
    return "detainees" if draft.outcome == "escaped" else "unknown"

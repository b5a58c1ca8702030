"""People tied to outcomes: by the tree, by the noun itself, by the words beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casus.knowledge.lexicon import load_lexicon
from casus.mentions.figures_context import in_scare_quotes, is_negated, is_unreal, is_without
from casus.mentions.figures_custody import settle_custody
from casus.mentions.figures_drafts import Draft, covered
from casus.mentions.figures_numbers import find_numbers
from casus.mentions.figures_people import (
    JOINED,
    Group,
    first_joined,
    group_of_number,
    group_of_token,
    nature,
    summed,
    told_of,
)
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
    told_along,
    verb_outcomes,
)
from casus.records.actor import Actor
from casus.records.figure import Quantity
from casus.records.parse import Parse, Token

HUMAN = frozenset(("object", "subject", "event"))
"""Roles in which a proper noun of no known kind is a person: "Haddad was killed"."""
PARAGRAPH = re.compile(r"\n[ \t\r]{0,20}(?:\n|[-*•–][ \t])")
"""A line end before an empty line or a new item of a list."""
NO_ZERO = frozenset(("massacre", "murder", "assassination", "execution", "lynching", "body", "corpse"))
"""Nouns of which none tells nothing of the number of dead: "there was no massacre"."""
BODIES = frozenset(("body", "corpse"))
NOBODY = frozenset(("anyone", "anybody"))
BRIDGE = frozenset(("AUX", "ADV", "PART"))
BRIDGE_REACH = 6
"""Tokens between a number and the word for its outcome at most, all of them auxiliaries or adverbs."""
INSETS = frozenset((",", "—", "–", "-", ")"))
INSET_REACH = 25
"""Tokens of an inset at most: "forty miners, among them six boys, died"."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text with what was found in it; `counts` maps each token of a counted group to it."""

    parse: Parse
    counts: Mapping[int, Group]
    triggers: tuple[Trigger, ...]

    def groups(self) -> tuple[Group, ...]:
        return tuple(sorted(set(self.counts.values()), key=lambda g: (g.first, g.last)))


def read_page(parse: Parse, actors: Sequence[Actor]) -> Page:
    counts: dict[int, Group] = {}
    for number in find_numbers(parse):
        group = group_of_number(parse, number)
        if group is not None:
            counts.update({i: group for i in range(group.first, group.last + 1) if i not in counts})
    return Page(parse, counts, settle_custody(parse, find_triggers(parse), actors))


def by_tree(page: Page) -> Iterator[Draft]:
    parse = page.parse
    for trigger in page.triggers:
        token = parse.tokens[trigger.token]
        if is_unreal(parse, token) or in_scare_quotes(parse, token):
            continue
        nodes = _standing_before(page, trigger) or affected_by(parse, trigger)
        if is_negated(parse, token) or is_without(parse, token):
            yield from _denied(page, trigger, nodes)
            continue
        nodes = (*nodes, *_objects_below(parse, nodes), *told_along(parse, token, nodes))
        human = not trigger.loose and trigger.affected in HUMAN and trigger.outcome != "released"
        for group in summed(parse, [g for node in nodes for g in _people(page, node, human)]):
            if _fits(parse, trigger, group) and not _parted(parse, trigger, group):
                yield Draft(group, outcome_of(trigger, _noun(parse, group)), trigger.token)


def _objects_below(parse: Parse, nodes: Sequence[Token]) -> list[Token]:
    """Whom a verb costs somebody, where the tree hangs them on the latter: "cost the border regiment five men"."""
    return [c for n in nodes if n.dep == "dative" for c in parse.children(n) if c.dep == "dobj"]


def _standing_before(page: Page, trigger: Trigger) -> tuple[Token, ...]:
    """The people right before a word that the tree gives nobody else: "and about 30 hurt", "forty
    miners, among them six boys, died"."""
    parse, token = page.parse, page.parse.tokens[trigger.token]
    if trigger.affected in ("event", "lives") or (trigger.affected == "object" and not is_participle(token)):
        return ()
    at = _over_inset(page, _over_bridge(parse, token.i - 1))
    group = page.counts.get(at)
    if group is None or group.last != at or parse.tokens[at].sentence != token.sentence:
        return ()
    if group.quantity.best == 0 or _has_other(page, token, group):
        return ()
    node = parse.tokens[group.node]
    first = first_joined(parse, node)
    return (first if first.i in page.counts else node,)


def _has_other(page: Page, token: Token, group: Group) -> bool:
    """Whether the tree gives a verb somebody else; a place ("KABUL - Two men died"), nobody ("three hurt, none
    badly"), people of an inset between the two and words of another paragraph do not count."""
    for child in page.parse.children(token):
        if child.dep not in ("nsubj", "nsubjpass", "dobj") or group.first <= child.i < token.i:
            continue
        nobody = child.i in page.counts and page.counts[child.i].quantity.best == 0
        one, two = sorted((child.start, token.end))
        if child.entity != "GPE" and not nobody and PARAGRAPH.search(page.parse.text, one, two) is None:
            return True
    return False


def _over_bridge(parse: Parse, at: int) -> int:
    """The place before auxiliaries, adverbs and words like "reported"."""
    bridges = load_lexicon("outcomes")["context"]["bridges"]
    while at > 0 and (parse.tokens[at].pos in BRIDGE or parse.tokens[at].lemma in bridges):
        at -= 1
    return at


def _over_inset(page: Page, at: int) -> int:
    """The place before an inset between commas or dashes, if people with a number stand there."""
    tokens = page.parse.tokens
    if at <= 0 or tokens[at].text not in INSETS:
        return at
    opening = "(" if tokens[at].text == ")" else tokens[at].text
    for k in range(at - 1, max(0, at - INSET_REACH), -1):
        if tokens[k].text == opening and k - 1 in page.counts:
            return k - 1
    return at


def _denied(page: Page, trigger: Trigger, nodes: Sequence[Token]) -> Iterator[Draft]:
    """ "did not injure anyone" counts zero."""
    for node in nodes:
        if node.lower in NOBODY:
            group = Group(node.i, node.i, node.i, Quantity(0, 0, 0), "count", None)
            yield Draft(group, outcome_of(trigger, _noun(page.parse, group)), trigger.token)


def _people(page: Page, node: Token, human: bool, depth: int = 0) -> Iterator[Group]:
    """The people at a node of the tree and those joined to it by "and"."""
    group = page.counts.get(node.i) or _inside(page, node) or group_of_token(page.parse, node, human=human)
    if group is not None:
        yield group
    elif node.tag == "NNS" and depth < JOINED:
        # "the owners, a man and his wife, died"
        for child in page.parse.children(node):
            if child.dep == "appos":
                yield from _people(page, child, human, depth + 1)
    if group is not None and depth < JOINED:
        for child in page.parse.children(node):
            if _goes_on_listing(page.parse, group, child):
                yield from _people(page, child, human, depth + 1)
    for child in (*page.parse.children(node), *_further(page.parse, node)):
        if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "NUM", "ADJ") and depth < JOINED:
            joined = list(_people(page, child, human, depth + 1))
            bare = group is not None and group.sort == "single" and child.tag == "NN" and not page.parse.children(child)
            if not joined and bare and nature(child) not in (None, "thing"):
                # "a husband and wife"
                joined = [Group(child.i, child.i, child.i, Quantity(1, 1, 1), "single", child.i)]
            yield from joined


def _goes_on_listing(parse: Parse, group: Group, child: Token) -> bool:
    """Whether what the tree takes for an explanation goes on with the list: "two guards, a clerk and a porter
    died"; the explanation "two guards, a corporal and a private, died" closes with a comma."""
    joined = [c for c in parse.children(child) if c.dep == "conj"]
    if child.dep != "appos" or group.sort == "name" or not joined or child.i < group.last:
        return False
    after = parse.subtree(joined[-1])[-1].i + 1
    return after < len(parse.tokens) and parse.tokens[after].pos in ("VERB", "AUX")


def _further(parse: Parse, node: Token) -> tuple[Token, ...]:
    """What the tree joins to an age or a name instead of the person: "a potter of 61 and his
    niece", "its teacher, Omar Haddad, and his driver"."""
    if node.tag not in ("NN", "NNP"):
        return ()
    own = parse.children(node)
    ages = [p for c in own if c.dep == "prep" and c.lower == "of" for p in parse.children(c) if p.pos == "NUM"]
    names = [c for c in own if c.dep == "appos" and c.pos == "PROPN" and c.entity == "PERSON" and node.tag == "NN"]
    return tuple(j for at in (*ages, *names) for j in parse.children(at) if j.dep == "conj")


def _inside(page: Page, node: Token) -> Group | None:
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
    told = told_of(parse, group)
    verb = parse.tokens[trigger.token]
    taken = trigger.armed and group.sort in ("single", "name")
    if trigger.outcome == "captivity" and group.noun is not None and parse.tokens[group.noun].lemma == "name":
        # "the list holds 300 names"
        return False
    lost_to = verb.lemma == "lose" and any(c.dep == "prep" and c.lower == "to" for c in parse.children(verb))
    crowds = counted_only(verb) and trigger.last == trigger.token and not (taken or lost_to)
    if group.sort != "count" and (crowds or (verb.dep == "amod" and group.sort != "name")):
        return False
    one_of = group.of_known and group.quantity.best == 1
    if told == "thing" or (told is None and (trigger.loose or group.sort != "count" or one_of)):
        return False
    bare = group.sort == "count" and group.noun is None and group.first > trigger.token and not group.of_known
    alone = trigger.loose and trigger.last == trigger.token and counted_only(verb)
    if bare and alone and trigger.outcome != "killed":
        return False
    if trigger.outcome == "displaced":
        return _displaced(group, told, verb)
    return not (
        trigger.loose and group.sort in ("definite", "pronoun") and trigger.affected == "object" and told is None
    )


def _noun(parse: Parse, group: Group) -> Token | None:
    return parse.tokens[group.noun] if group.noun is not None else None


def _parted(parse: Parse, trigger: Trigger, group: Group) -> bool:
    """Whether an empty line stands between people and outcome: two texts taken for one sentence."""
    one, two = sorted((parse.tokens[group.last], parse.tokens[trigger.token]), key=lambda t: t.start)
    return PARAGRAPH.search(parse.text, one.start, two.end) is not None


def _displaced(group: Group, told: str | None, verb: Token) -> bool:
    """Fighters retreat, a single person flees: displacement is told of a number of others."""
    size = group.quantity.low or group.quantity.best or 0
    crowd = size >= load_lexicon("outcomes")["context"]["crowd"] or not needs_crowd(verb)
    return group.sort == "count" and told not in ("combatants", "detainees") and crowd


def by_noun(page: Page) -> Iterator[Draft]:
    """Counted nouns that are outcomes themselves: "12 dead", "40 casualties", "64 arrests"."""
    for group in page.groups():
        noun = page.parse.tokens[group.noun] if group.noun is not None else None
        after = _next(page.parse, group.last)
        for token in (noun, after):
            if token is None:
                continue
            told = state_outcome(token) or (_told_by_noun(page, token) if token is noun else None)
            unreal = token is noun and is_unreal(page.parse, page.parse.head(token))
            if group.quantity.best == 0 and token.lemma in NO_ZERO:
                told = None
            if told is not None and not unreal and not in_scare_quotes(page.parse, token):
                yield Draft(_of_event(page, group, token), as_outcome(told), token.i)
                break


def lone_bodies(page: Page) -> Iterator[Draft]:
    """A body told without a number: "another body was found"; "the body of a clerk" tells the clerk."""
    for token in page.parse.tokens:
        if token.lower not in BODIES or token.i in page.counts or token.dep == "compound":
            continue
        group = group_of_token(page.parse, token)
        found = page.parse.head(token).lemma in load_lexicon("outcomes")["context"]["finding"]
        named = any(c.dep == "prep" and c.lower == "of" for c in page.parse.children(token))
        if group is not None and group.sort == "single" and found and not named:
            yield Draft(group, "killed", token.i)


def _told_by_noun(page: Page, noun: Token) -> str | None:
    """The outcome of a counted event ("64 arrests") or of a participle taken for a noun ("30 hurt")."""
    told = event_outcome(noun)
    if told is None and noun.pos == "NOUN" and is_participle(noun):
        told = next((s for s in verb_outcomes(noun) if s != "casualties"), None)
    return told


def _of_event(page: Page, group: Group, noun: Token) -> Group:
    """Let "no injuries to soldiers" name the soldiers."""
    if group.noun != noun.i:
        return group
    after = page.parse.tokens[noun.i + 1 : noun.i + 2]
    for child in (*page.parse.children(noun), *after):
        if child.dep == "prep" and child.lower in ("to", "among", "of"):
            people = [p for p in page.parse.children(child) if p.dep == "pobj" and nature(p) not in (None, "thing")]
            if people and people[0].i not in page.counts:
                return replace(group, noun=people[0].i, last=max(group.last, people[0].i))
    return group


def _next(parse: Parse, last: int) -> Token | None:
    """The next token of the sentence after adverbs: "two [badly] injured"."""
    sentence = parse.tokens[last].sentence
    for token in parse.tokens[last + 1 : last + 4]:
        if token.sentence != sentence:
            return None
        if token.pos != "ADV":
            return token
    return None


def beside(page: Page, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Counted groups next to a word for an outcome, where the tree tied them to none."""
    tied = covered(drafts)
    by_token = {t.token: t for t in page.triggers}
    for group in page.groups():
        if group.last in tied or group.quantity.best == 0:
            continue
        trigger = _after(page.parse, group, by_token) or _before(page.parse, group, by_token)
        if trigger is None or not _fits(page.parse, trigger, group):
            continue
        token = page.parse.tokens[trigger.token]
        denied = is_negated(page.parse, token) or is_without(page.parse, token)
        doubtful = denied or is_unreal(page.parse, token) or in_scare_quotes(page.parse, token)
        if not doubtful:
            yield Draft(group, outcome_of(trigger, _noun(page.parse, group)), trigger.token)


def _after(parse: Parse, group: Group, by_token: Mapping[int, Trigger]) -> Trigger | None:
    """ "about 30 hurt", "four were later shot dead"."""
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

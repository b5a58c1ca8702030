"""Numbers that stand alone: tolls ("the death toll rose to 34") and second counts ("police say nine")."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from casus.knowledge.lexicon import load_lexicon
from casus.mentions.figures_drafts import Draft, covered, in_reach
from casus.mentions.figures_people import QUOTES, Group
from casus.mentions.figures_triggers import Trigger, as_outcome, event_outcome, outcome_of, state_outcome
from casus.records.figure import Outcome, Quantity
from casus.records.parse import Parse, Sentence, Token

LINKS = frozenset(
    (
        "to",
        "at",
        "as",
        "of",
        "is",
        "was",
        "were",
        "reached",
        "passed",
        "exceeded",
        "now",
        "stands",
        "stood",
        ":",
        "remains",
    )
)
TOLD = frozenset(("nsubj", "nsubjpass", "dobj", "dep", "pobj"))
"""How a toll hangs on the verb that gives its number."""
VERB_REACH = 12
"""Tokens from that verb to the number at most."""
OF_REACH = 4
"""Tokens from the word "toll" to the "of" of its number at most."""
NUMBER_REACH = 14
"""Tokens from the word "toll" to its number at most."""
GIVER_REACH = 9
"""Tokens of whoever gives a number with the verb left out, at most."""
GIVERS = frozenset(("NOUN", "PROPN", "ADJ", "PRON"))
GAPS = frozenset((";", "—", "–", "("))
"""Marks before whoever gives a number with the verb left out."""
OPENERS = frozenset(("(", ";", ":", "—", "–"))
"""Marks before a number that "said the council" follows."""
BRACKET = 10
"""Tokens from an opening bracket to a count in it at most."""
OUTCOME_REACH = 6
"""Tokens from "number" to the word for its outcome: "the number of fishermen known to be missing"."""
RECALL = 2
"""Sentences back to the figure whose count somebody else gives."""


def find_tolls(parse: Parse, counts: Sequence[Group], triggers: Mapping[int, Trigger]) -> Iterator[Draft]:
    """Figures that a word for a toll gives an outcome."""
    for sentence in parse.sentences:
        for token in parse.sentence_tokens(sentence):
            outcome = _toll_outcome(parse, token, triggers)
            if outcome is None:
                continue
            group = (
                _number_told(parse, token, counts)
                or _number_after(parse, sentence, token.i, counts)
                or _number_before(parse, sentence, token.i, counts)
            )
            if group is not None:
                yield Draft(_risen(parse, group), outcome, token.i)


def _risen(parse: Parse, group: Group) -> Group:
    """The last number of a toll that rose "from 12 to 15": no range."""
    high = group.quantity.high
    if parse.tokens[group.first].lower != "from" or high is None:
        return group
    return replace(group, quantity=Quantity(high, high, high))


@cache
def _tolls() -> Mapping[tuple[str, ...], Outcome]:
    table: Mapping[str, Outcome] = load_lexicon("outcomes")["tolls"]
    return {tuple(phrase.split()): outcome for phrase, outcome in table.items()}


def _toll_outcome(parse: Parse, token: Token, triggers: Mapping[int, Trigger]) -> Outcome | None:
    """The outcome that a toll starting at a token counts."""
    words = tuple(t.lower for t in parse.tokens[token.i : token.i + 3])
    for phrase, outcome in _tolls().items():
        if words[: len(phrase)] == phrase:
            return outcome
    if words[:2] != ("number", "of"):
        return _put_at(parse, token)
    for following in parse.tokens[token.i + 2 : token.i + 2 + OUTCOME_REACH]:
        if following.sentence != token.sentence or following.text in ",;":
            return None
        if following.i in triggers:
            return outcome_of(triggers[following.i])
    return None


def _put_at(parse: Parse, token: Token) -> Outcome | None:
    """ "put the rebel wounded at six", "gave its own losses as two"."""
    if token.dep not in ("dobj", "nsubj", "nsubjpass") or parse.head(token).lemma not in _lexicon("counting"):
        return None
    told = state_outcome(token) or event_outcome(token)
    if told is None:
        return None
    return "killed" if told == "casualties" and token.lemma == "loss" else as_outcome(told)


def _number_told(parse: Parse, toll: Token, counts: Sequence[Group]) -> Group | None:
    """The number that the verb of a toll gives: "the number of miners killed in the raid on X has
    risen to 17", "raised to 41, from the 36 of Monday, the number of dead"."""
    noun = next((t for t in parse.tokens[toll.i : toll.i + 2] if t.dep in TOLD and parse.head(t).i != t.i), toll)
    verb = parse.head(noun)
    if verb.lemma not in _lexicon("counting") and verb.lemma not in _lexicon("tolling"):
        return None
    subject = noun.dep in ("nsubj", "nsubjpass")
    start = bisect_right(counts, verb.i if subject else parse.sentence_of(verb).first, key=_first)
    for group in counts[start : bisect_right(counts, verb.i + VERB_REACH, key=_first)]:
        node = parse.tokens[group.node]
        head = parse.head(node)
        direct = node.dep in ("attr", "dobj", "oprd") and head.i == verb.i and group.noun is None and subject
        led = node.dep == "pobj" and head.lower in ("to", "at", "as", "past", "above") and parse.head(head).i == verb.i
        risen = parse.tokens[group.first].lower == "from" and group.first > verb.i
        if direct or led or risen:
            return group
    return None


def _number_after(parse: Parse, sentence: Sentence, at: int, counts: Sequence[Group]) -> Group | None:
    """ "... rose to 34", "... stands at four", "... of 12"."""
    start = bisect_right(counts, at, key=_first)
    behind = counts[start : bisect_right(counts, min(at + NUMBER_REACH, sentence.last), key=_first)]
    for group in behind:
        link = _back(parse, group.first)
        # "the dead were a man of 61" gives no toll
        if link.lower in LINKS and (link.lower != "of" or link.i - at <= OF_REACH):
            return group
    return None


def _number_before(parse: Parse, sentence: Sentence, at: int, counts: Sequence[Group]) -> Group | None:
    """ "raised to eight the number of miners killed"."""
    start = bisect_right(counts, sentence.first, key=_first)
    before = counts[start : bisect_right(counts, at - 1, key=_first)]
    return next((g for g in before if at - g.last <= 4 and _back(parse, g.first).lower == "to"), None)


def _first(group: Group) -> int:
    return group.first


def _back(parse: Parse, at: int) -> Token:
    """The nearest token before a place that is no quotation mark."""
    at = max(at - 1, 0)
    while at > 0 and parse.tokens[at].text in QUOTES:
        at -= 1
    return parse.tokens[at]


def find_second_counts(
    parse: Parse, drafts: Sequence[Draft], counts: Sequence[Group], triggers: Mapping[int, Trigger]
) -> Iterator[Draft]:
    """Bare numbers that somebody gives for what was just counted: "police say nine", "seven
    according to residents", "the mayor still speaks of 50", "put the number at 31"."""
    tied = covered(drafts)
    for group in counts:
        if group.last in tied or group.noun is not None or group.of_known:
            continue
        gapped = _is_gapped(parse, group)
        if not gapped and not _is_second_count(parse, group):
            continue
        told = _told_before(parse, group, drafts)
        if told is not None and gapped and not _goes_on(parse, told, group):
            told = None
        if told is None or not _same_sentence(parse, told, group):
            own = _own_trigger(parse, group, triggers)
            if own is not None:
                yield Draft(group, outcome_of(own), own.token)
                continue
        if told is not None and not _given_before(parse, group, drafts):
            yield Draft(group, told.outcome, told.trigger if _same_sentence(parse, told, group) else None)


def _same_sentence(parse: Parse, draft: Draft, group: Group) -> bool:
    return parse.tokens[draft.group.first].sentence == parse.tokens[group.first].sentence


def _own_trigger(parse: Parse, group: Group, triggers: Mapping[int, Trigger]) -> Trigger | None:
    """The word for an outcome whose count a bracket behind it gives: "the deaths (eight, said the
    union; none, said the owner)"."""
    first = max(parse.sentence_of(parse.tokens[group.first]).first, group.first - BRACKET)
    for at in range(group.first - 1, first, -1):
        if parse.tokens[at].text == "(":
            return triggers.get(at - 1) or triggers.get(at - 2)
    return None


def _given_before(parse: Parse, group: Group, drafts: Sequence[Draft]) -> bool:
    """Whether a number repeats one of the counts before it: "also spoke of 27"."""
    return any(d.group.quantity == group.quantity for d in in_reach(parse, drafts, group, RECALL))


def _goes_on(parse: Parse, told: Draft, group: Group) -> bool:
    """Whether the sentence told a count before, and by the same preposition ("speaks of three, ... of eight")."""
    link = _back(parse, group.first).lower
    return _same_sentence(parse, told, group) and (link != "of" or _back(parse, told.group.first).lower == "of")


def _is_gapped(parse: Parse, group: Group) -> bool:
    """Whether a number stands alone behind whoever gives it, the verb left out: "police said four
    had died; the clinic, six", "the one side speaks of three wounded, the other of eight"."""
    tokens = parse.tokens
    after = tokens[group.last + 1] if group.last + 1 < len(tokens) else None
    if after is not None and after.sentence == tokens[group.last].sentence and after.pos not in ("PUNCT", "CCONJ"):
        return False
    link = _back(parse, group.first)
    if link.text not in (",", ":") and link.lower not in ("of", "'s", "’s"):
        return False
    giver: list[Token] = []
    for token in reversed(tokens[max(0, link.i - GIVER_REACH) : link.i]):
        if token.sentence != link.sentence:
            return False
        if token.text in GAPS or (token.text == "," and link.lower == "of") or token.lower in ("and", "but", "while"):
            return any(t.pos in GIVERS for t in giver) and (link.text != "," or giver[-1].pos != "PROPN")
        if token.pos in ("VERB", "AUX", "NUM"):
            return False
        giver.append(token)
    return False


def _is_second_count(parse: Parse, group: Group) -> bool:
    following = parse.tokens[group.last + 1 : group.last + 3]
    if [t.lower for t in following] == ["according", "to"]:
        return True
    if following and following[0].pos in ("NOUN", "PROPN", "ADJ", "SYM"):
        return False
    said = len(following) == 2 and following[0].text == "," and following[1].lemma in ("say", "report")
    if said and parse.tokens[max(group.first - 1, 0)].text in OPENERS:
        return True
    node = parse.tokens[group.node]
    head = parse.head(node)
    if node.dep == "nsubj" and head.lemma == "be":
        return any(c.dep == "attr" and c.lemma in _lexicon("counters") for c in parse.children(head))
    if node.dep == "attr" and head.lemma == "be" and _asserted_by(parse, head):
        return any(c.dep == "nsubj" and c.lower == "it" for c in parse.children(head))
    if node.dep == "pobj" and head.lower in ("of", "at", "to", "as"):
        return _counts(parse, parse.head(head), head)
    return (
        node.dep in ("dobj", "ccomp", "attr", "oprd", "acomp")
        and head.lemma in _lexicon("counting")
        and node.i > head.i
    )


def _asserted_by(parse: Parse, verb: Token) -> bool:
    return verb.dep == "ccomp" and parse.head(verb).lemma in _lexicon("counting")


def _counts(parse: Parse, verb: Token, preposition: Token) -> bool:
    """Whether "speak of", "put the number at" or "the count rose to" governs a number."""
    if verb.lemma not in _lexicon("counting"):
        return False
    if preposition.lower == "of":
        return verb.lemma == "speak"
    if preposition.lower == "to" and verb.lemma in ("own", "admit", "confess"):
        return True
    around = [c.lemma for c in parse.children(verb) if c.dep in ("nsubj", "dobj", "nsubjpass")]
    return any(lemma in _lexicon("counters") for lemma in around)


@cache
def _lexicon(key: str) -> frozenset[str]:
    return frozenset(load_lexicon("outcomes")["context"][key])


def _told_before(parse: Parse, group: Group, drafts: Sequence[Draft]) -> Draft | None:
    """The nearest figure with a number before a second count, at most RECALL sentences back."""
    reach = in_reach(parse, drafts, group, RECALL)
    return next((d for d in reversed(reach) if d.group.sort == "count" and d.group.last < group.first), None)

"""Words that report an event (codebook 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from casus.knowledge.lexicon import load_lexicon
from casus.records.parse import Parse, Token
from casus.records.span import Span

AIRCRAFT = frozenset(("aircraft", "warplane", "jet", "bomber", "drone", "munition"))

REACH = 8
"""Tokens after a verb in which the other words of a verb phrase may stand."""


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """One line of the lexicon: the words, their class, and the type they suggest."""

    words: tuple[str, ...]
    kind: str
    sub_event_type: str
    strength: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that may report an event.

    `token` is the index of its head word, `span` covers the phrase, `key` is the
    lexicon's wording of it.
    """

    token: int
    span: Span
    form: Literal["verb", "noun"]
    kind: str
    sub_event_type: str
    strength: float
    key: str


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """Entries by their head lemma: a verb phrase's first word, a noun phrase's last."""

    verbs: dict[str, tuple[TriggerEntry, ...]]
    nouns: dict[str, tuple[TriggerEntry, ...]]


@lru_cache(maxsize=1)
def load_triggers() -> TriggerLexicon:
    """The lexicon `triggers.toml`, longest phrases first.

    Raises:
        KnowledgeError: if the file is missing or broken.
    """
    verbs: dict[str, list[TriggerEntry]] = {}
    nouns: dict[str, list[TriggerEntry]] = {}
    for kind, table in load_lexicon("triggers").items():
        if kind == "source":
            continue
        for phrase in table.get("verbs", ()):
            entry = TriggerEntry(tuple(phrase.split()), kind, table["type"], table["strength"])
            verbs.setdefault(entry.words[0], []).append(entry)
        for phrase in table.get("nouns", ()):
            entry = TriggerEntry(tuple(phrase.split()), kind, table["type"], table["strength"])
            nouns.setdefault(entry.words[-1], []).append(entry)
    return TriggerLexicon(_longest_first(verbs), _longest_first(nouns))


def _longest_first(entries: dict[str, list[TriggerEntry]]) -> dict[str, tuple[TriggerEntry, ...]]:
    return {word: tuple(sorted(found, key=lambda e: -len(e.words))) for word, found in entries.items()}


def find_triggers(parse: Parse) -> tuple[Trigger, ...]:
    """Every trigger of the text, at most one a head word, in text order.

    Words inside names of persons and organisations do not count ("the Battle Brigade").
    """
    found = [t for token in parse.tokens if (t := _trigger_at(parse, token)) is not None]
    return tuple(_in_air_war(parse, list(_without_covered(found))))


def _in_air_war(parse: Parse, found: list[Trigger]) -> list[Trigger]:
    """In a report that tells of aircraft, a plain "strike" is an air strike, not a walk-out."""
    flown = any(t.kind == "airstrike" for t in found) or any(t.lemma in AIRCRAFT for t in parse.tokens)
    if not flown:
        return found
    airstrike = next(e for e in load_triggers().nouns["airstrike"] if e.words == ("airstrike",))
    return [
        replace(t, kind=airstrike.kind, sub_event_type=airstrike.sub_event_type, strength=airstrike.strength)
        if t.form == "noun" and t.key == "strike"
        else t
        for t in found
    ]


def _trigger_at(parse: Parse, token: Token) -> Trigger | None:
    lexicon = load_triggers()
    if token.pos in ("VERB", "AUX") or (token.pos == "ADJ" and token.tag in ("VBN", "VBG")):
        return _verb_trigger(parse, token, lexicon.verbs.get(_lemma(token), ()))
    named = _in_name(token) or _opens_name(parse, token) or _names_sort(parse, token)
    if token.pos in ("NOUN", "PROPN") and not named:
        return _noun_trigger(parse, token, lexicon.nouns.get(_singular(token), ()))
    if token.pos == "ADJ":
        return _verb_trigger(parse, token, [e for e in lexicon.verbs.get(_lemma(token), ()) if len(e.words) == 1])
    return None


def _lemma(token: Token) -> str:
    """The verb's lemma, put right where the parser's rules miss it ("raped" as "rap")."""
    lemmas: dict[str, str] = load_lexicon("frames")["lemmas"]
    return lemmas.get(token.lower, token.lemma)


def _singular(token: Token) -> str:
    if token.pos == "PROPN" or token.lemma == token.lower:
        lower = token.lower
        if token.tag in ("NNS", "NNPS") or token.pos == "PROPN":
            return lower[:-1] if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) else lower
    return token.lemma


def _in_name(token: Token) -> bool:
    return token.entity in ("PERSON", "ORG", "WORK_OF_ART", "PRODUCT") and token.pos == "PROPN"


def _opens_name(parse: Parse, token: Token) -> bool:
    """Whether a name follows that the word is part of ("Operation Inherent Resolve")."""
    after = parse.tokens[token.i + 1 : token.i + 2]
    return token.text == "Operation" and bool(after) and after[0].text[0].isupper()


def _names_sort(parse: Parse, token: Token) -> bool:
    """Whether the word only says what sort of person or thing is meant ("bomb maker", "riot police")."""
    head = parse.head(token)
    sorts = load_lexicon("frames")["sorts"]
    return token.dep in ("compound", "amod", "nmod") and head.i > token.i and head.lemma in sorts


def _verb_trigger(parse: Parse, token: Token, entries: tuple[TriggerEntry, ...] | list[TriggerEntry]) -> Trigger | None:
    for entry in entries:
        words = _rest_of_verb(parse, token, entry.words[1:])
        if words is not None:
            return _made(token, (token, *words), entry, "verb")
    return None


def _rest_of_verb(parse: Parse, verb: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """The tokens that carry the rest of a verb phrase, in order, or None."""
    found: list[Token] = []
    position = verb.i
    for word in rest:
        match = next(
            (
                t
                for t in parse.tokens[position + 1 : verb.i + 1 + REACH]
                if t.sentence == verb.sentence
                and word in (t.lemma, t.lower)
                and _below(parse, t, verb)
                # "marched on Friday" is no march on a town
                and not (t.pos == "ADP" and any(c.entity in ("DATE", "TIME") for c in parse.children(t)))
            ),
            None,
        )
        if match is None:
            return None
        found.append(match)
        position = match.i
    return tuple(found)


def _below(parse: Parse, token: Token, verb: Token) -> bool:
    """Whether the token hangs on the verb with no other verb between."""
    for ancestor in parse.ancestors(token):
        if ancestor.i == verb.i:
            return True
        if ancestor.pos == "VERB":
            return False
    return False


def _noun_trigger(parse: Parse, token: Token, entries: tuple[TriggerEntry, ...]) -> Trigger | None:
    for entry in entries:
        words = _words_before(parse, token, entry.words[:-1])
        if words is not None:
            return _made(token, (*words, token), entry, "noun")
    return None


def _words_before(parse: Parse, token: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    first = token.i - len(rest)
    if first < 0:
        return None
    before = parse.tokens[first : token.i]
    if all(word in (t.lemma, t.lower, _singular(t)) for word, t in zip(rest, before, strict=True)):
        return before
    return None


def _made(head: Token, words: tuple[Token, ...], entry: TriggerEntry, form: Literal["verb", "noun"]) -> Trigger:
    span = Span(min(t.start for t in words), max(t.end for t in words))
    key = " ".join(entry.words)
    return Trigger(head.i, span, form, entry.kind, entry.sub_event_type, entry.strength, key)


def _without_covered(found: list[Trigger]) -> Iterator[Trigger]:
    """Leave out a noun that is part of a longer phrase ("grenade" in "throw a grenade")."""
    for k, trigger in enumerate(found):
        near = found[max(0, k - REACH) : k + REACH + 1]
        longer = (t for t in near if t is not trigger and " " in t.key and trigger.key in t.key.split())
        if not any(t.span.contains(trigger.span) for t in longer):
            yield trigger

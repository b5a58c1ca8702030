"""Words that report what somebody says: verbs, nouns, prepositions and adverbs, from the speech lexicon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from casus.knowledge.lexicon import load_lexicon
from casus.records.parse import Parse, Token

Sort = Literal[
    "asserting",
    "confirming",
    "denying",
    "disputing",
    "believing",
    "doubting",
    "claiming",
    "accusing",
    "committing",
    "counting",
    "showing",
]

VERB_SORTS: tuple[Sort, ...] = (
    "denying",
    "disputing",
    "confirming",
    "claiming",
    "accusing",
    "doubting",
    "believing",
    "committing",
    "asserting",
    "showing",
    "counting",
)
"""Classes of verbs, the telling ones first: a verb listed twice is of the first."""

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
SUBORDINATE = ("amod", "compound", "prep", "aux", "auxpass", "case", "mark", "nmod", "poss", "det")
"""Places in the tree where a verb form does not report ("the reported clashes", "according")."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that reports. `frame` holds the tokens of the reporting clause itself: verb, auxiliaries, subject."""

    token: Token
    sort: Sort
    passive: bool
    frame: tuple[int, int]
    speaker: Token | None = None
    """The speaker's head word where the tree hangs it elsewhere ("..., the mayor, A. Name, said")."""

    @property
    def first(self) -> int:
        return self.frame[0]

    @property
    def last(self) -> int:
        return self.frame[1]


@cache
def words(table: str, key: str, part: str | None = None) -> frozenset[str]:
    """A list of a lexicon as a set."""
    value: Any = load_lexicon(table)[key]
    return frozenset(cast("list[str]", value if part is None else value.get(part, [])))


@cache
def verb_sort(lemma: str) -> Sort | None:
    """What a verb does with a statement; None if it reports nothing."""
    return next((s for s in VERB_SORTS if lemma in words("speech", "verbs", s)), None)


@cache
def noun_sort(lemma: str) -> Sort | None:
    """What a noun says about the statement that follows it."""
    sorts: tuple[Sort, ...] = ("asserting", "claiming", "believing", "denying", "committing")
    return next((s for s in sorts if lemma in words("speech", "nouns", s)), None)


def find_cues(parse: Parse) -> tuple[Cue, ...]:
    """Verbs that may report, in text order."""
    sorted_verbs = ((t, sort_of(parse, t)) for t in parse.tokens if _may_report(t))
    return tuple(reporting_cue(parse, token, sort) for token, sort in sorted_verbs if sort is not None)


def _may_report(token: Token) -> bool:
    verbal = token.pos in ("VERB", "AUX") or token.tag.startswith("VB")
    return verbal and token.dep not in SUBORDINATE and token.lower != "according"


def sort_of(parse: Parse, token: Token) -> Sort | None:
    """The class of a verb with its particle ("rule out")."""
    for phrase in load_lexicon("speech")["phrases"].values():
        if token.lemma != phrase["verb"]:
            continue
        parts = [c for c in parse.children(token) if c.lower == phrase["particle"]]
        if any(_has_noun(parse, part, phrase.get("noun")) for part in parts):
            return cast("Sort", phrase["sort"])
    return verb_sort(token.lemma)


def _has_noun(parse: Parse, particle: Token, nouns: list[str] | None) -> bool:
    """Whether the noun that a phrase wants ("bring to the attention") stands behind its particle, if it wants one."""
    return nouns is None or any(c.lemma in nouns for c in parse.children(particle))


def reporting_cue(parse: Parse, token: Token, sort: Sort = "asserting") -> Cue:
    """The reporting clause around a verb."""
    children = parse.children(token)
    by = any(c.dep == "agent" for c in children) and not any(c.dep == "nsubj" for c in children)
    passive = by or any(c.dep in ("auxpass", "nsubjpass") for c in children)
    passive = passive or (token.dep == "acl" and token.tag == "VBN" and not _after_aside(parse, token))
    passive = passive or _participle(parse, token)
    indices = [token.i, *(c.i for c in parse.children(token) if c.dep in ("aux", "auxpass", "neg", "prt"))]
    if passive:
        return Cue(token, sort, passive, (min(indices), max(indices)))
    displaced = _displaced(parse, token, min(indices))
    if displaced is not None:
        return Cue(token, sort, passive, (displaced[1], max(indices)), displaced[0])
    for subject in subjects(parse, token):
        indices += [t.i for t in parse.subtree(subject)]
    indices += _quoting_clause(parse, token)
    return Cue(token, sort, passive, (min(indices), max(indices)))


def _quoting_clause(parse: Parse, token: Token) -> list[int]:
    """The tokens of "SANA quoted the army as" before "saying"."""
    above = parse.head(token)
    if token.dep != "pcomp" or above.lower != "as" or parse.head(above).lemma not in ("quote", "cite", "report"):
        return []
    parts = [c for c in parse.children(parse.head(above)) if c.dep in (*SUBJECTS, "dobj", "auxpass")]
    return [above.head, above.i, *(t.i for c in parts for t in parse.subtree(c))]


def _participle(parse: Parse, token: Token) -> bool:
    """Whether a verb opens a clause of its own as a past participle ("Asked about the raid, he ...")."""
    inside = any(c.dep in (*SUBJECTS, "aux") for c in parse.children(token))
    return token.tag == "VBN" and token.dep == "advcl" and not inside


def _after_aside(parse: Parse, token: Token) -> bool:
    """Whether a seeming participle is the sentence's verb, cut off by an aside ("The X, which ..., admitted")."""
    above = parse.head(token)
    aside = any(c.dep == "relcl" for c in parse.children(above))
    return aside and above.head == above.i and parse.tokens[token.i - 1].lower == ","


def _displaced(parse: Parse, token: Token, first: int) -> tuple[Token, int] | None:
    """The speaker set off by commas right before the verb, which the parser took for an apposition to the words before.

    Its head and its first token; None where the verb has a subject that can speak.
    """
    own = {s.i for s in subjects(parse, token)}
    if (
        first >= 2
        and not own
        and token.dep in ("ROOT", "ccomp", "appos")
        and parse.tokens[first - 1].pos in ("NOUN", "PROPN")
    ):
        return _swallowed(parse, token, first)
    if first < 2 or parse.tokens[first - 1].lower != ",":
        return None
    found: tuple[Token, int] | None = None
    end = first - 1
    start_of_sentence = parse.sentence_of(token).first
    for _ in range(2):
        start = end
        while start > start_of_sentence and parse.tokens[start - 1].lower not in (",", ";", "(", '"', "”"):
            start -= 1
        head = noun_head(parse.tokens[start:end])
        if head is None or start == start_of_sentence or not can_speak(head) or own & _beside(parse, head):
            break
        found = (head if found is None or found[0].entity != "PERSON" else found[0], start)
        end = start - 1
    return found


def _swallowed(parse: Parse, token: Token, first: int) -> tuple[Token, int] | None:
    """The noun phrase between a comma and a verb with no subject ("two men and a boy, hospital sources said")."""
    start = first
    while start > parse.sentence_of(token).first and parse.tokens[start - 1].lower != ",":
        start -= 1
    head = noun_head(parse.tokens[start:first])
    if head is None or not can_speak(head) or start == parse.sentence_of(token).first:
        return None
    return head, start


def _beside(parse: Parse, noun: Token) -> set[int]:
    """The noun and those it is set beside, as the tree has it."""
    found = {noun.i}
    while noun.dep in ("appos", "compound", "conj") and noun.head != noun.i:
        noun = parse.head(noun)
        found.add(noun.i)
    return found


def noun_head(chunk: tuple[Token, ...]) -> Token | None:
    """The head noun of a phrase without a verb: its last noun before a preposition; None if it is no such phrase."""
    if not chunk or any(t.pos in ("VERB", "AUX") for t in chunk):
        return None
    stop = next((k for k, t in enumerate(chunk) if t.pos == "ADP"), len(chunk))
    nouns = [t for t in chunk[:stop] if t.pos in ("NOUN", "PROPN")]
    return nouns[-1] if nouns else None


def can_speak(noun: Token) -> bool:
    """Whether a noun names somebody who can say things: a speaker noun, or a person's or body's name."""
    return noun.entity in ("PERSON", "ORG") or noun.lemma in speaking_nouns() or noun.lower in speaking_nouns()


@cache
def speaking_nouns() -> frozenset[str]:
    """All nouns of the speakers' lexicon."""
    kinds = ("official", "witness", "organisation", "document", "media")
    return frozenset().union(*(words("speakers", k) for k in kinds))


def joined(parse: Parse, head: Token) -> tuple[Token, ...]:
    """A head with those joined to it by "and" ("the army, the mayor and two unions")."""
    found = [head]
    for token in found:
        found += [c for c in parse.children(token) if c.dep == "conj" and (c.pos in ("PROPN", "PRON") or can_speak(c))]
    return tuple(found)


def subjects(parse: Parse, token: Token) -> tuple[Token, ...]:
    """The verb's own subject: of two ("none, said the governor"), the one next to the verb with no comma between."""
    own = [c for c in parse.children(token) if c.dep in SUBJECTS and any(x.isalnum() for x in c.text)]
    own = own or _inverted(parse, token)
    if token.dep == "conj" or _reports_before(parse, token) is not None:
        own = [c for c in own if c.i < token.i or can_speak(c) or c.pos != "NOUN"]
    if len(own) > 1:
        after = [c for c in own if c.i > token.i]
        aside = parse.tokens[token.i - 1].lower == ","
        before = [c for c in own if c.i < token.i and not aside and not _comma_between(parse, c, token)]
        own = before[-1:] or after[:1] or own[-1:]
    return tuple(own)


def _inverted(parse: Parse, token: Token) -> list[Token]:
    """The speaker behind "said" that the tree took for its object, where a closing mark or comma stands before it."""
    if token.tag not in ("VBD", "VBZ", "VBP") or token.lemma not in words("speech", "frames", "aside") or token.i == 0:
        return []
    set_off = parse.tokens[token.i - 1].text in (",", '"', "”", "»", "''", "’", "'")
    objects = [c for c in parse.children(token) if c.dep in ("dobj", "dative", "ccomp") and c.i > token.i]
    named = [c for c in objects if can_speak(c) and c.pos in ("NOUN", "PROPN")]
    return named[:1] if set_off and not any(c.dep == "ccomp" and c not in named for c in objects) else []


def _reports_before(parse: Parse, token: Token) -> Token | None:
    """The reporting verb to the left that the tree hangs on this one ("The army denied it, said mortars had fired")."""
    left = [c for c in parse.children(token) if c.dep == "ccomp" and c.i < token.i and verb_sort(c.lemma) is not None]
    return next((c for c in left if any(n.dep in SUBJECTS and can_speak(n) for n in parse.children(c))), None)


def shared_subject(parse: Parse, token: Token) -> Token | None:
    """The subject of a verb that has none of its own, from the reporting verb before it in a list of them."""
    before = _reports_before(parse, token)
    return subjects(parse, before)[-1] if before is not None and subjects(parse, before) else None


def _comma_between(parse: Parse, left: Token, right: Token) -> bool:
    tree = {t.i for t in parse.subtree(left)}
    return any(t.lower in (",", "(") and t.i not in tree for t in parse.tokens[left.i + 1 : right.i])


def resumed(parse: Parse, token: Token) -> Token | None:
    """The reporting verb with which a verb goes on that the tree hung inside its statement; None for any other verb.

    "Said that the road was shut, noting that ...", "said he had left and added that ...".
    """
    first = parse.tokens[token.i - 1].lower if token.i else ""
    participle = token.dep == "advcl" and token.tag == "VBG" and first == ","
    joined_on = token.dep == "conj" and token.tag in ("VBD", "VBZ", "VBP")
    kind = "outer_participles" if participle else "outer_joined"
    if not (participle or joined_on) or token.lemma not in words("speech", "frames", kind):
        return None
    if any(c.dep in SUBJECTS for c in parse.children(token)):
        return None
    for above in parse.ancestors(token):
        if above.dep in ("relcl", "acl"):
            return None
        if above.dep == "ccomp" and verb_sort(parse.head(above).lemma) is not None and above.i > above.head:
            return parse.head(above)
    return None


def nobody(parse: Parse, token: Token) -> bool:
    """Whether the verb's subject is nobody ("no group has claimed the attack")."""
    own = subjects(parse, token)
    return any(s.lower in ("nobody", "none", "neither", "no-one") or _no(parse, s) for s in own)


def negated(parse: Parse, token: Token) -> bool:
    """Whether the verb, or its auxiliary, is negated ("did not say", "nobody said")."""
    denying = words("scope", "hardly") | {"never", "cannot"}
    return any(c.dep == "neg" or c.lower in denying for c in parse.children(token)) or nobody(parse, token)


def _no(parse: Parse, noun: Token) -> bool:
    return any(c.lower in ("no", "neither") and c.dep in ("det", "preconj") for c in parse.children(noun))


def clause_of(parse: Parse, token: Token) -> Token:
    """The nearest verb at or above a token, else the top of its sentence."""
    current = token
    while True:
        if current.pos in ("VERB", "AUX") and current.dep not in SUBORDINATE:
            return current
        if current.head == current.i:
            return current
        current = parse.head(current)

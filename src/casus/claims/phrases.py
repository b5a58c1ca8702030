"""Attributions without a reporting verb: "according to", "X's claim that", "Police: ...", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from casus.claims.asides import within
from casus.claims.content import opens_clause
from casus.claims.cues import Cue, Sort, can_speak, clause_of, negated, noun_head, noun_sort, speaking_nouns, words
from casus.claims.edges import BOUNDS, trimmed
from casus.claims.quotes import line_goes_on, line_start
from casus.claims.stance import HEDGE_OF, STANCE_OF
from casus.records.claim import Hedge, Stance
from casus.records.parse import Parse, Token
from casus.records.span import Span

GRADES: tuple[Hedge, ...] = ("probable", "possible")
"""How sure a doubt still is, the surer first."""

MAX_LABEL = 8
"""Words before a colon that can still name a speaker ("Police in the northern city of Kano:")."""


DASHES = ("-", "–", "—")
MIN_HEADLINE, MAX_TAIL = 3, 5
"""Words of a headline before the dash, and of the speaker's name behind it."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution before its speaker is known: `heads` the head words of the speakers, () for nobody named."""

    at: int
    heads: tuple[Token, ...]
    relay: Token | None
    cue: Span | None
    content: tuple[Span, ...]
    stance: Stance
    hedge: Hedge
    own: bool = False
    """Whether the doubt is the writer's own ("apparently"), or of whoever is speaking at that place."""
    hearer: Token | None = None
    """Who was told; a medium that was is the relay."""


def prepositional(parse: Parse, verbs: tuple[Cue, ...]) -> Iterator[Attribution]:
    """ "According to X", "per X", "in the words of X": X stands behind the clause around it."""
    for token in parse.tokens:
        found = _source_of(parse, token)
        if found is None:
            continue
        cue, head = found
        if head.lower in words("speakers", "nobody"):
            continue
        heads = (head, *(c for c in parse.children(head) if c.dep == "conj" and c.pos in ("NOUN", "PROPN")))
        tree = parse.subtree(head)
        content = _around(parse, cue[0].i, max(cue[-1].i, tree[-1].i), verbs)
        if content:
            span = Span(cue[0].start, cue[-1].end)
            yield Attribution(cue[0].i, heads, None, span, content, "asserts", "none")


def _source_of(parse: Parse, token: Token) -> tuple[tuple[Token, ...], Token] | None:
    """The words of a source preposition that begins here, and the head of the noun phrase behind it."""
    tokens = parse.tokens
    if token.lower in words("speech", "prepositions", "short"):
        nouns = [c for c in parse.children(token) if c.dep == "pobj" and can_speak(c)]
        return ((token,), nouns[0]) if nouns and tokens[token.i - 1].lower == "," else None
    for parts in _source_phrases().get(token.lower, ()):
        found = tokens[token.i : token.i + len(parts)]
        if [t.lower for t in found] == parts:
            head = _noun_after(parse, found[-1])
            return (found, head) if head is not None else None
    return None


@cache
def _source_phrases() -> dict[str, list[list[str]]]:
    """Source prepositions of several words, as lists of words, by their first word."""
    found: dict[str, list[list[str]]] = {}
    for text in sorted(words("speech", "prepositions", "phrases")):
        parts = text.split()
        found.setdefault(parts[0], []).append(parts)
    return found


def _noun_after(parse: Parse, last: Token) -> Token | None:
    direct = [c for c in parse.children(last) if c.dep in ("pobj", "dobj", "nsubj")]
    if direct:
        return direct[0] if direct[0].pos in ("NOUN", "PROPN", "PRON") else None
    following = parse.tokens[last.i + 1 : last.i + 8]
    return next((t for t in following if t.pos in ("NOUN", "PROPN") and t.dep not in ("compound", "poss")), None)


def _around(parse: Parse, first: int, last: int, verbs: tuple[Cue, ...]) -> tuple[Span, ...]:
    """The clause around tokens [first, last], without them: the sentence, cut at semicolons and brackets."""
    sentence = parse.sentence_of(parse.tokens[first])
    verbs = within(verbs, sentence)
    start, end = sentence.first, sentence.last
    for i in range(first - 1, start - 1, -1):
        if parse.tokens[i].lower in BOUNDS or line_start(parse, i + 1):
            start = i + 1
            break
    for i in range(last + 1, end + 1):
        if parse.tokens[i].lower in BOUNDS:
            end = i - 1
            break
    start, end = _within_clause(parse, first, start, end, verbs)
    start, end = _own_part(parse, first, last, start, end)
    return trimmed(parse, start, first - 1) + trimmed(parse, last + 1, end)


def _own_part(parse: Parse, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Where a sentence has several sources, or one in the middle of it: the part that this one is set to.

    "Eight dead according to A and ten according to B": up to the source before. "The march, 3,000 people according
    to C, ended": the words between the commas. "The troops, according to D, left": the clause it stands in.
    """
    others = [t.i for t in parse.tokens[start : end + 1] if t.lower == "according" and t.i != first]
    before = [i for i in others if i < first]
    if before:
        return _source_end(parse, before[-1]) + 1, first
    if others and parse.tokens[first].i > start:
        return start, first
    comma_after = last < end and parse.tokens[last + 1].lower == ","
    if not comma_after or first == start:
        return start, end
    if parse.tokens[first - 1].lower != ",":
        commas = [i for i in range(start, first) if parse.tokens[i].lower == ","]
        return (commas[-1] + 1, first) if commas else (start, end)
    tree = [t.i for t in parse.subtree(clause_of(parse, parse.head(parse.tokens[first]))) if start <= t.i <= end]
    return (tree[0], tree[-1]) if tree and tree[0] < first else (start, end)


def _source_end(parse: Parse, at: int) -> int:
    """The last token of a source phrase, without what is joined on to it."""
    head = _noun_after(parse, parse.tokens[min(at + 1, len(parse.tokens) - 1)])
    if head is None:
        return at + 1
    tree = parse.subtree(head)
    joined = {t.i for c in parse.children(head) if c.dep in ("conj", "cc", "punct") for t in parse.subtree(c)}
    return max(t.i for t in tree if t.i not in joined)


def _within_clause(parse: Parse, at: int, start: int, end: int, verbs: tuple[Cue, ...]) -> tuple[int, int]:
    """Keep to the statement of the verb that reports the clause, and off a clause before it that another reports."""
    clause = clause_of(parse, parse.head(parse.tokens[at]))
    if clause.dep == "conj" and any(start <= cue.token.i < parse.subtree(clause)[0].i for cue in verbs):
        tree = parse.subtree(clause)
        return max(start, tree[0].i), min(end, max(tree[-1].i, at))
    for cue in verbs:
        if any(a.i == cue.token.i for a in (clause, *parse.ancestors(clause))) and cue.last < at and start <= cue.first:
            start = cue.last + 1
    return start, end


def nominal(parse: Parse) -> Iterator[Attribution]:
    """ "X's claim that ...", "reports of ...": the noun's owner, or nobody named, stands behind what follows."""
    for token in parse.tokens:
        if token.pos != "NOUN":
            continue
        sort = noun_sort(token.lemma)
        if sort is None or (token.lemma in words("scope", "proof") and _denied(parse, token)):
            continue
        content, heads = _noun_content(parse, token), owner(parse, token)
        if content and (heads or sort in ("claiming", "believing")):
            yield Attribution(token.i, heads, None, token.span, content, *_judged(parse, token, sort))


def _denied(parse: Parse, noun: Token) -> bool:
    return any(c.lower == "no" for c in parse.children(noun)) or negated(parse, parse.head(noun))


def _judged(parse: Parse, noun: Token, sort: Sort) -> tuple[Stance, Hedge]:
    stance, hedge = STANCE_OF.get(sort, "asserts"), HEDGE_OF.get(sort, "none")
    if any(c.lower == "no" for c in parse.children(noun)):
        return "unknown", "none"
    return stance, hedge


def _noun_content(parse: Parse, noun: Token) -> tuple[Span, ...]:
    """What the noun's "that" clause or "of" phrase says."""
    for child in parse.children(noun):
        if child.i > noun.i and _is_that_clause(parse, child):
            tree = parse.subtree(child)
            return trimmed(parse, tree[0].i, tree[-1].i)
    behind = _that_clause(parse, noun)
    if behind:
        return behind
    for child in parse.children(noun):
        tree = parse.subtree(child)
        if child.dep == "prep" and child.lower == "of" and noun.lemma in words("speech", "nouns", "with_of"):
            return trimmed(parse, tree[0].i + 1, tree[-1].i)
    return ()


def _is_that_clause(parse: Parse, child: Token) -> bool:
    clausal = child.dep in ("acl", "ccomp", "relcl") and child.pos in ("VERB", "AUX")
    return clausal and any(c.lower == "that" and opens_clause(parse, c) for c in parse.children(child))


def _that_clause(parse: Parse, noun: Token) -> tuple[Span, ...]:
    """A "that" clause a few words behind the noun, which the parser hung elsewhere ("the claim last week that ...")."""
    for token in parse.tokens[noun.i + 2 : noun.i + MAX_LABEL]:
        if token.sentence != noun.sentence or token.pos in ("VERB", "AUX", "PUNCT"):
            return ()
        if token.lower == "that" and token.dep in ("mark", "advmod", "nsubj", "det") and token.tag in ("IN", "RB"):
            clause = parse.head(token)
            tree = [t for t in parse.subtree(clause) if t.i > token.i]
            return trimmed(parse, token.i + 1, tree[-1].i) if tree else ()
    return ()


def owner(parse: Parse, noun: Token) -> tuple[Token, ...]:
    """Whose claim it is: a possessive, a name set before it, "by X" or "from X" behind it, or who makes it."""
    for child in parse.children(noun):
        if child.dep == "poss" and child.pos != "PRON":
            return (child,)
        if child.dep in ("compound", "amod") and child.entity in ("ORG", "PERSON", "NORP", "GPE"):
            return (child,)
        if child.dep == "prep" and child.lower in _owner_links(parse, noun):
            nouns = [c for c in parse.children(child) if c.dep == "pobj" and c.pos in ("NOUN", "PROPN")]
            if nouns:
                return (nouns[0],)
    above = parse.head(noun)
    if noun.dep == "dobj" and above.lemma in ("make", "issue", "repeat", "give"):
        return tuple(c for c in parse.children(above) if c.dep == "nsubj")[:1]
    return ()


def _owner_links(parse: Parse, noun: Token) -> tuple[str, ...]:
    """Prepositions that can name the owner: "of" only where the statement itself opens with "that"."""
    said = any(c.dep in ("acl", "ccomp", "relcl") for c in parse.children(noun)) or bool(_that_clause(parse, noun))
    return ("by", "from", "of") if said else ("by", "from")


def counted(parse: Parse, verbs: tuple[Cue, ...]) -> Iterator[Attribution]:
    """ "By the military's account": the owner of the count stands behind the clause around it."""
    for token in parse.tokens:
        if token.lower != "by" or token.dep == "agent":
            continue
        counts = words("speech", "nouns", "by_count")
        nouns = [c for c in parse.children(token) if c.dep == "pobj" and c.lemma in counts]
        owners = [c for n in nouns for c in parse.children(n) if c.dep == "poss"]
        if owners:
            content = _around(parse, token.i, parse.subtree(nouns[0])[-1].i, verbs)
            yield Attribution(token.i, (owners[0],), None, nouns[0].span, content, "asserts", "none")


def labels(parse: Parse) -> Iterator[Attribution]:
    """ "Police: one dead after blast": a speaker, a colon, and the statement."""
    for sentence in parse.sentences:
        tokens = parse.sentence_tokens(sentence)
        yield from _trailing(parse, tokens)
        colon = next((t for t in tokens[: MAX_LABEL + 1] if t.lower == ":"), None)
        if colon is None or colon.i == sentence.first or colon.i >= sentence.last:
            continue
        label = parse.tokens[sentence.first : colon.i]
        if any(t.pos in ("VERB", "AUX", "NUM") or t.lower in (",", "-", "–") for t in label):
            continue
        head = _label_head(label)
        content = trimmed(parse, colon.i + 1, sentence.last)
        if head is not None and content:
            yield Attribution(sentence.first, (head,), None, colon.span, content, "asserts", "none")


def _trailing(parse: Parse, tokens: tuple[Token, ...]) -> Iterator[Attribution]:
    """ "One dead after blast - police": a headline with its speaker at the end."""
    marks = [t for t in tokens[:-1] if t.text in DASHES and parse.text[t.start - 1 : t.end + 1] == f" {t.text} "]
    line = line_start(parse, tokens[0].i) and not line_goes_on(parse, tokens[-1].i)
    if not marks or not line or marks[-1].i - tokens[0].i < MIN_HEADLINE or tokens[-1].i - marks[-1].i > MAX_TAIL:
        return
    label = parse.tokens[marks[-1].i + 1 : tokens[-1].i + 1]
    head = None if any(t.pos in ("VERB", "AUX", "NUM", "PUNCT") for t in label) else _label_head(label)
    content = trimmed(parse, tokens[0].i, marks[-1].i - 1)
    if head is not None and content:
        yield Attribution(marks[-1].i, (head,), None, marks[-1].span, content, "asserts", "none")


def _label_head(label: tuple[Token, ...]) -> Token | None:
    """The noun of a label that can speak; a bare place ("Ankara:") is a dateline, not a speaker."""
    head = noun_head(label)
    if head is None or head.lower in words("speech", "labels", "not_speaking"):
        return None
    named = head.entity == "PERSON" and sum(t.entity == "PERSON" and t.text[0].isalpha() for t in label) > 1
    return head if named or head.lemma in speaking_nouns() or head.lower in speaking_nouns() else None


def hearsay(parse: Parse) -> Iterator[Attribution]:
    """ "Reportedly", "apparently", "may have": doubt about the clause in which the word stands."""
    for token in parse.tokens:
        grade, own = _doubt(parse, token)
        if grade is None:
            continue
        clause = clause_of(parse, parse.head(token) if token.dep in ("aux", "advmod", "acomp", "oprd") else token)
        content = _clause_span(parse, clause, token)
        if content:
            yield Attribution(token.i, (), None, token.span, content, "asserts", grade, own)


@cache
def _doubting() -> frozenset[str]:
    """Every word that can be one of doubt."""
    graded = (words("hedges", sort, g) for sort in ("adverbs", "verbs", "adjectives", "modals") for g in GRADES)
    return words("hedges", "hearsay", "possible").union(*graded)


def _doubt(parse: Parse, token: Token) -> tuple[Hedge | None, bool]:
    """The grade of a word of doubt, and whether it is the writer's own doubt."""
    if token.lower not in _doubting() and token.lemma not in _doubting():
        return None, True
    if token.lower in words("hedges", "hearsay", "possible"):
        return "possible", False
    return next((g for g in GRADES if _doubts_clause(parse, token, g)), None), True


def _doubts_clause(parse: Parse, token: Token, grade: Hedge) -> bool:
    """Whether a word makes its clause probable or possible: "apparently", "seems to", "is likely to", "may have"."""
    children, above = parse.children(token), parse.head(token)
    if token.pos == "ADV" and token.dep == "advmod" and token.lower in words("hedges", "adverbs", grade):
        return above.pos in ("VERB", "AUX")
    if token.lemma in words("hedges", "verbs", grade):
        return any(c.dep in ("xcomp", "oprd") for c in children)
    if token.lower in words("hedges", "adjectives", grade):
        return any(c.dep == "xcomp" for c in children)
    perfect = any(c.lower == "have" and c.dep == "aux" for c in parse.children(above))
    return token.dep == "aux" and perfect and token.lower in words("hedges", "modals", grade)


def _clause_span(parse: Parse, clause: Token, doubt: Token) -> tuple[Span, ...]:
    """A clause without those joined to it behind the word of doubt."""
    loose = [c for c in parse.children(clause) if c.dep in ("conj", "cc", "advcl", "parataxis")]
    joined = {t.i for c in loose if c.i > max(clause.i, doubt.i) for t in parse.subtree(c)}
    inside = [t.i for t in parse.subtree(clause) if t.i not in joined]
    return trimmed(parse, inside[0], inside[-1]) if inside else ()

"""Reporting clauses aside from their statement ("..., police said, ..."): the words on both sides of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from casus.claims.cues import SUBJECTS, Cue, verb_sort, words
from casus.claims.edges import BOUNDS, trimmed
from casus.claims.quotes import Quote, holds, line_start, meeting
from casus.records.parse import Parse, Sentence, Token
from casus.records.span import Span


def around(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The statement of a parenthetical ("..., police said, ..."): the words on both sides of it."""
    cues = within(cues, parse.sentence_of(cue.token))
    before = _before(parse, cue, cues, quotes)
    if not before:
        return ()
    return before + (_after(parse, cue, cues, quotes) or _quote_behind(parse, cue, cues, quotes))


def within(cues: tuple[Cue, ...], sentence: Sentence) -> tuple[Cue, ...]:
    """The reporting verbs of a sentence."""
    first = bisect_left(cues, sentence.first, key=lambda c: c.token.i)
    return cues[first : bisect_right(cues, sentence.last, key=lambda c: c.token.i)]


def _before(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    sentence = parse.sentence_of(cue.token)
    first = sentence.first
    for i in range(cue.first - 1, sentence.first - 1, -1):
        if line_start(parse, i + 1):
            first = i + 1
            break
        if parse.tokens[i].lower == ";" and not any(sentence.first <= c.token.i < i and _tells(parse, c) for c in cues):
            continue
        if parse.tokens[i].lower in BOUNDS and holds(quotes, parse.tokens[i].start) is None:
            first = i + 1
            break
    for other in cues:
        if (
            first <= other.last < cue.first
            and _is_parenthetical(parse, other)
            and _same_level(parse, cue, other, quotes)
        ):
            first = max(first, other.last + 1)
    if not _is_postposed(parse, cue, quotes, first):
        return ()
    return trimmed(parse, first, cue.first - 1)


def _is_postposed(parse: Parse, cue: Cue, quotes: tuple[Quote, ...], first: int) -> bool:
    """Whether a statement stands before "police said": a clause hung on the verb, or a comma or closing mark."""
    if cue.first <= first:
        return False
    previous = parse.tokens[cue.first - 1]
    if previous.lower in (",", "—", "–", "?", "!"):
        return True
    if previous.lower == ":":
        return False
    quote = holds(quotes, previous.start)
    if quote is not None and quote.span.end <= cue.token.start:
        return True
    return any(c.dep == "ccomp" and c.i < cue.first for c in parse.children(cue.token))


def _is_parenthetical(parse: Parse, cue: Cue) -> bool:
    """Whether the verb's clause is set off by a comma or a closing mark and has no complement behind it."""
    if cue.first == 0 or cue.passive:
        return False
    previous = parse.tokens[cue.first - 1]
    set_off = previous.lower == "," or previous.text[-1:] in "”\"’'"
    return set_off and not any(c.dep == "ccomp" and c.i > cue.token.i for c in parse.children(cue.token))


def _same_level(parse: Parse, cue: Cue, other: Cue, quotes: tuple[Quote, ...]) -> bool:
    """Whether two reporting verbs stand in the same quotation, or both in none."""
    return holds(quotes, cue.token.start) == holds(quotes, other.token.start)


def _after(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The rest of the statement behind a parenthetical, if the sentence goes on with it."""
    sentence = parse.sentence_of(cue.token)
    start = _frame_end(parse, cue) + 1
    if start > sentence.last or parse.tokens[start].lower not in (",", ";", ":", "—", "–", '"', "“", "that"):
        return ()
    last = _segment_end(parse, start, sentence.last, cues)
    rest = [t for t in parse.tokens[start : last + 1] if t.pos != "PUNCT"]
    if (
        not rest
        or rest[0].lower in words("speech", "frames", "breaking_off")
        or (rest[0].tag == "VBG" and verb_sort(rest[0].lemma) is not None)
        or any(remark(parse, t) and parse.subtree(t)[0] == rest[0] for t in rest[:4])
    ):
        return ()
    level = [c for c in cues if _tells(parse, c) and _same_level(parse, cue, c, quotes)]
    if any(start <= c.token.i <= last and c.first > start and not c.passive for c in level):
        return ()
    return trimmed(parse, start, last)


def _quote_behind(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The other half of a quotation, behind more than the reporting clause (", he said, turning round, "and ...")."""
    end, last = parse.tokens[_frame_end(parse, cue)].end, parse.sentence_of(cue.token).span.end
    first_half = meeting(quotes, parse.tokens[cue.first].start - 2, parse.tokens[cue.first].start)
    if not first_half or first_half[0].span.end > cue.token.start:
        return ()
    for quote in meeting(quotes, end, last):
        between = [c for c in cues if end <= c.token.start < quote.span.start and _tells(parse, c)]
        if end <= quote.span.start and quote.inner.start < last and not between:
            return (Span(quote.inner.start, min(quote.inner.end, last)),)
    return ()


def _segment_end(parse: Parse, start: int, last: int, cues: tuple[Cue, ...]) -> int:
    """The end of the words that can go on with the statement: a bracket, or a semicolon before another report."""
    for i in range(start, last + 1):
        if parse.tokens[i].lower == ";" and not any(i < c.token.i <= last and _tells(parse, c) for c in cues):
            continue
        if parse.tokens[i].lower in BOUNDS:
            return i - 1
    return last


def _tells(parse: Parse, cue: Cue) -> bool:
    return any(c.dep in SUBJECTS for c in parse.children(cue.token))


ADJUNCTS = ("prep", "npadvmod", "advmod", "dative", "dobj", "agent", "prt", "nsubj", "xcomp")
"""What can stand inside the reporting clause behind its verb ("told reporters on Monday")."""


def _frame_end(parse: Parse, cue: Cue) -> int:
    """The last token of the reporting clause with its adjuncts ("police said in a statement on Monday")."""
    last = cue.last
    for child in parse.children(cue.token):
        if child.i > cue.token.i and child.dep in ADJUNCTS:
            tree = parse.subtree(child)
            if tree[0].i <= last + 1 or parse.tokens[last + 1].lower != ",":
                last = max(last, tree[-1].i)
    while last > cue.token.i and parse.tokens[last].pos == "PUNCT":
        last -= 1
    return last


def remark(parse: Parse, noun: Token) -> bool:
    """Whether a noun takes up the clause before its comma (", a claim that the army denied")."""
    if noun.lemma not in words("references", "taking_up") or not any(
        c.lower in ("a", "an") for c in parse.children(noun)
    ):
        return False
    first = parse.subtree(noun)[0].i
    clause = any(c.dep in ("relcl", "acl") for c in parse.children(noun))
    return clause and first > 0 and parse.tokens[first - 1].lower in (",", "–", "—", "-")

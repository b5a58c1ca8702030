"""What is said: the spans of the statement that a reporting verb governs."""

from __future__ import annotations

from collections.abc import Iterable

from casus.claims.cues import SUBJECTS, Cue, subjects, verb_sort, words
from casus.claims.quotes import OPENING, Quote, holds, line_start
from casus.knowledge.lexicon import load_lexicon
from casus.records.parse import Parse, Token
from casus.records.span import Span

CLAUSES = ("ccomp",)
BOUNDS = (";", "(", ")", "•", "|")
TRAILING = (",", ";", ":", ".", "-", "—", "–", "(", "and", "but")
LEADING = (",", ":", ";", "that", "and", "but", "or", "-", "—", "–", ".", ")")


def statement(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The statement of a verb in its own sentence, in pieces, in text order; empty if it reports nothing."""
    if cue.passive:
        return _passive(parse, cue)
    if _says_as(parse, cue):
        return _beside_as(parse, cue)
    complements = _complements(parse, cue, quotes)
    if complements and not _set_off(parse, cue, complements):
        return _following(parse, cue, complements, quotes)
    otherwise = [c for c in parse.children(cue.token) if c.lower == "otherwise" and c.i == cue.last + 1]
    if otherwise:
        return (otherwise[0].span,)
    near = [q for q in quotes if 0 < q.span.start - cue.token.end <= 2]
    direct = [q.inner for q in near if parse.text[cue.token.end : q.span.start] in (" ", ": ", ":")]
    if direct:
        return (direct[0],)
    can_stand_aside = cue.token.lemma in words("speech", "frames", "aside") and not _transitive(parse, cue)
    if can_stand_aside and not _wants_quote(parse, cue, quotes):
        return _around(parse, cue, cues, quotes)
    return ()


def _says_as(parse: Parse, cue: Cue) -> bool:
    """Whether the verb stands in "as X said", "as X put it"."""
    children = parse.children(cue.token)
    marked = any(c.lower == "as" and c.dep in ("mark", "advmod") and c.i < cue.token.i for c in children)
    telling = cue.sort == "asserting" or any(c.dep == "dobj" and c.lower == "it" for c in children)
    return cue.token.dep == "advcl" and marked and telling and not any(c.dep == "ccomp" for c in children)


def _beside_as(parse: Parse, cue: Cue) -> tuple[Span, ...]:
    """The sentence around "as X put it"."""
    sentence, tree = parse.sentence_of(cue.token), parse.subtree(cue.token)
    return trimmed(parse, sentence.first, tree[0].i - 1) + trimmed(parse, tree[-1].i + 1, sentence.last)


def _set_off(parse: Parse, cue: Cue, complements: list[Token]) -> bool:
    """Whether the reporting clause is an aside, and what follows it the other half of the statement before it."""
    if cue.first == 0 or parse.tokens[cue.first - 1].text not in (",", '"', "”", "''", "—", "–"):
        return False
    first = min(parse.subtree(c)[0].i for c in complements)
    apart = parse.tokens[max(cue.token.i, first - 1)].lower in (",", ";") or parse.tokens[first - 2].lower == ","
    bare = parse.tokens[min(cue.last + 1, len(parse.tokens) - 1)].lower == ","
    before = any(c.dep == "ccomp" and c.i < cue.first for c in parse.children(cue.token))
    return (apart and before) or (bare and cue.token.dep not in ("relcl", "acl", "advcl"))


def _wants_quote(parse: Parse, cue: Cue, quotes: tuple[Quote, ...]) -> bool:
    """Whether the verb reports only with a quotation, and none ends right before its clause."""
    if cue.token.lemma not in words("speech", "clause_only", "quote_only"):
        return False
    previous = parse.tokens[max(0, cue.first - 1)]
    beside = [q for q in quotes if q.span.start <= previous.start < q.span.end + 1 and q.span.end <= cue.token.start]
    return not beside


def _transitive(parse: Parse, cue: Cue) -> bool:
    """Whether the verb has another object than a hearer, so that nothing around it is its statement."""
    hears = cue.token.lemma in words("speech", "frames", "hearer") | {"say", "add", "state"}
    objects = ("xcomp",) if hears else ("dobj", "xcomp")
    return any(c.dep in objects and c.i > cue.token.i for c in parse.children(cue.token))


def _complements(parse: Parse, cue: Cue, quotes: tuple[Quote, ...]) -> list[Token]:
    """Dependents to the right of the verb that hold what is said."""
    right = [c for c in parse.children(cue.token) if c.i > cue.token.i]
    clauses = [c for c in right if c.dep in CLAUSES and not _own_sentence(parse, c, cue) and not _asks(parse, c)]
    clauses = [c for c in clauses if parse.tokens[parse.subtree(c)[0].i - 1].lower != ";" or _set_off(parse, cue, [c])]
    clauses += [c for c in right if c.dep == "nsubj" and c not in subjects(parse, cue.token)]
    lemma, frames = cue.token.lemma, load_lexicon("speech")["frames"]
    quote_only = words("speech", "clause_only", "quote_only")
    if clauses and (lemma not in quote_only or _opens_quote(parse, clauses[0], quotes)):
        told = lemma in frames["hearer"] or lemma not in frames["object"]
        return clauses + [c for c in right if c.dep == "dep" or (c.dep == "dobj" and not told)]
    found = [c for c in right if _is_complement(parse, cue, c)]
    if lemma in words("speech", "clause_only", "verbs") and lemma not in frames["predicate"]:
        return [c for c in found if c.dep == "prep" or _counted(parse, cue, c) or _opens_quote(parse, c, quotes)]
    return found


def _own_sentence(parse: Parse, clause: Token, cue: Cue) -> bool:
    """Whether a clause after "X said," is the other half of a parenthetical, not a complement."""
    after = parse.tokens[cue.token.i + 1 : cue.token.i + 2]
    aside = bool(after) and after[0].lower == ","
    return aside and any(c.dep == "ccomp" and c.i < cue.first for c in parse.children(cue.token))


def _asks(parse: Parse, clause: Token) -> bool:
    """Whether a complement is an indirect question ("says what became of them"), which asserts nothing."""
    first = parse.subtree(clause)[0]
    asking = first.tag in ("WP", "WRB", "WDT") and first.lower != "that"
    return first.head == clause.i and (asking or first.lower == "whether")


def _opens_quote(parse: Parse, token: Token, quotes: tuple[Quote, ...]) -> bool:
    first = parse.subtree(token)[0]
    return holds(quotes, first.start) is not None or holds(quotes, token.start) is not None


def _is_complement(parse: Parse, cue: Cue, child: Token) -> bool:
    """Whether a dependent to the right of the verb is what it reports."""
    lemma, frames = cue.token.lemma, load_lexicon("speech")["frames"]
    if child.dep in ("dobj", "attr", "oprd") and lemma in frames["object"]:
        return _reportable(cue, child)
    if _counted(parse, cue, child):
        return True
    if child.dep in ("dobj", "oprd", "ccomp") and lemma in frames["predicate"]:
        return child.dep != "dobj" or lemma != "call" or any(c.dep == "oprd" for c in parse.children(cue.token))
    if child.dep == "xcomp":
        if any(t.dep == "aux" and t.lower == "to" for t in parse.children(child)):
            return lemma in frames["infinitive"]
        return child.tag == "VBG" and lemma in frames["gerund"]
    if child.dep == "prep":
        objects = [c for c in parse.children(child) if c.dep in ("pobj", "pcomp")]
        dated = any(c.entity in ("DATE", "TIME") for c in objects)
        return child.lower in frames["prepositions"].get(lemma, ()) and not dated
    return False


def _reportable(cue: Cue, noun: Token) -> bool:
    """Whether an object can be said at all ("claimed the lives of 12" says nothing)."""
    empty = cue.token.lemma in words("speech", "objects", "not_said_verbs")
    return not (empty and noun.lower in words("speech", "objects", "not_said"))


def _counted(parse: Parse, cue: Cue, child: Token) -> bool:
    """Whether a dependent is what a verb of counting counts ("put the dead at 14", "has counted 37 dead")."""
    lemma, counting = cue.token.lemma, load_lexicon("speech")["counting"]
    if child.dep not in ("dobj", "prep", "ccomp", "dative"):
        return False
    if lemma in counting["numbers"]:
        return child.dep == "dobj" and any(t.pos == "NUM" for t in parse.subtree(child))
    if lemma not in counting["tolls"]:
        return False
    told = [t for c in parse.children(cue.token) if c.i > cue.token.i for t in parse.subtree(c)]
    return any(t.lemma in counting["toll_nouns"] or t.lower in counting["toll_nouns"] for t in told) and any(
        t.pos == "NUM" or t.lower in ("none", "no") for t in told
    )


def _following(parse: Parse, cue: Cue, complements: list[Token], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """From the first complement to the end of the verb's clause, without what is only joined on to it."""
    first = min(parse.subtree(c)[0].i for c in complements)
    first = max(first, cue.token.i + 1)
    tree = [t for t in parse.subtree(cue.token) if t.i >= first]
    broken = {t.i for c in _breaks(parse, cue, max(c.i for c in complements)) for t in parse.subtree(c)}
    if cue.sort == "accusing":
        broken |= {t.i for c in tree if _is_aside(parse, c) for t in parse.subtree(c)}
    last = first - 1
    for token in tree:
        if token.i in broken or (token.lower == ";" and not _that_follows(parse, token)):
            if token.i > max(c.i for c in complements):
                break
            continue
        last = token.i
    return trimmed(parse, first, last)


def _is_aside(parse: Parse, token: Token) -> bool:
    """Whether a clause is a relative one after a comma: the writer's word on somebody named in the charge."""
    start = parse.subtree(token)[0].i
    return token.dep == "relcl" and start > 0 and parse.tokens[start - 1].lower == ","


def _that_follows(parse: Parse, token: Token) -> bool:
    return any(t.lower == "that" for t in parse.tokens[token.i + 1 : token.i + 3])


def _breaks(parse: Parse, cue: Cue, after: int) -> Iterable[Token]:
    """Dependents of the verb behind the statement that do not belong to it."""
    children = parse.children(cue.token)
    going_on = [c for c in children if c.dep == "conj" and _continues(parse, cue, c)]
    of_a_noun = any(c.dep == "dobj" and c.i <= after for c in children)
    for child in children:
        if child.i <= after or child in going_on:
            continue
        apart = parse.tokens[parse.subtree(child)[0].i - 1].lower == ","
        linking = child.dep == "cc" and not any(c.i > child.i for c in going_on)
        clause = child.dep in ("advcl", "parataxis", "relcl") and (apart or (of_a_noun and child.dep == "advcl"))
        if child.dep == "conj" or linking or clause:
            yield child


def _continues(parse: Parse, cue: Cue, joined: Token) -> bool:
    """Whether a clause joined to the verb is still what the verb reports."""
    start = parse.subtree(joined)[0]
    if start.lower == "that":
        return True
    if not any(c.dep in SUBJECTS for c in parse.children(joined)):
        return False
    before = parse.tokens[max(0, start.i - 2) : start.i]
    return verb_sort(joined.lemma) is None and not any(t.lower in (",", ";") for t in before)


def _around(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The statement of a parenthetical ("..., police said, ..."): the words on both sides of it."""
    before = _before(parse, cue, cues, quotes)
    if not before:
        return ()
    return before + _after(parse, cue, cues)


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
        if first <= other.last < cue.first and _is_parenthetical(parse, other):
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


def _after(parse: Parse, cue: Cue, cues: tuple[Cue, ...]) -> tuple[Span, ...]:
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
    ):
        return ()
    if any(start <= c.token.i <= last and c.first > start and not c.passive for c in cues if _tells(parse, c)):
        return ()
    return trimmed(parse, start, last)


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


def _passive(parse: Parse, cue: Cue) -> tuple[Span, ...]:
    """ "are believed to have escaped", "was reported", "it is thought that": subject and complement together."""
    if not _passive_reports(parse, cue):
        return ()
    complements = [c for c in parse.children(cue.token) if c.i > cue.token.i and _passive_complement(cue, c)]
    told = [c for c in parse.children(cue.token) if c.dep in SUBJECTS and c.lower not in ("it", "there")]
    spans: list[Span] = []
    if told and cue.token.lemma not in words("speech", "frames", "hearer"):
        tree = parse.subtree(told[0])
        spans += trimmed(parse, tree[0].i, min(tree[-1].i, cue.token.i - 1))
    elif cue.token.dep == "acl":
        tree = parse.subtree(parse.head(cue.token))
        spans += trimmed(parse, tree[0].i, cue.token.i - 1)
    if complements:
        tree = parse.subtree(complements[0])
        spans += trimmed(parse, max(tree[0].i, cue.token.i + 1), parse.subtree(complements[-1])[-1].i)
    elif cue.token.lemma not in words("speech", "frames", "object"):
        return ()
    return tuple(spans)


def _passive_complement(cue: Cue, child: Token) -> bool:
    if cue.sort == "accusing" and child.dep == "prep":
        return child.lower in ("of", "for", "over")
    return child.dep in ("ccomp", "xcomp", "oprd", "acomp")


def _passive_reports(parse: Parse, cue: Cue) -> bool:
    """Whether a passive reports: not "an offensive called X", "was declared a safe zone", "were told to leave"."""
    children = parse.children(cue.token)
    if any(c.dep == "agent" for c in children):
        return True
    if cue.token.lemma in words("speech", "frames", "predicate") | {"declare", "recall"}:
        return any(c.dep == "ccomp" for c in children)
    return cue.token.lemma not in words("speech", "frames", "hearer") or any(c.dep == "ccomp" for c in children)


def trimmed(parse: Parse, first: int, last: int) -> tuple[Span, ...]:
    """Tokens [first, last] as a span without punctuation and "that" at its ends; empty if nothing is left."""
    while first <= last and (parse.tokens[first].text in LEADING or _stray(parse, first, last)):
        first += 1
    while last >= first and (parse.tokens[last].text in TRAILING or _unopened(parse, first, last)):
        last -= 1
    if first > last or all(t.pos == "PUNCT" for t in parse.tokens[first : last + 1]):
        return ()
    return (Span(parse.tokens[first].start, parse.tokens[last].end),)


def _unopened(parse: Parse, first: int, last: int) -> bool:
    """Whether a bracket closes at the end that did not open inside."""
    return parse.tokens[last].text == ")" and not any(t.text == "(" for t in parse.tokens[first:last])


def _stray(parse: Parse, first: int, last: int) -> bool:
    """Whether a closing mark stands at the beginning."""
    text = parse.tokens[first].text
    return text in ("”", "’") or (text in OPENING and first == last)

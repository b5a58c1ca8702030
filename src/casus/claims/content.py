"""What is said: the spans of the statement that a reporting verb governs."""

from __future__ import annotations

from collections.abc import Iterable

from casus.claims.asides import around, remark
from casus.claims.cues import SUBJECTS, Cue, can_speak, resumed, subjects, verb_sort, words
from casus.claims.edges import trimmed
from casus.claims.quotes import Quote, holds, meeting
from casus.claims.relays import CITING, opening
from casus.knowledge.lexicon import load_lexicon
from casus.records.parse import Parse, Token
from casus.records.span import Span

CLAUSES = ("ccomp",)
REFUSED_REACH = 6
"""Tokens between "not" and ", as X said" within which only what lies between is X's ("12 and not 26, as X said")."""


def statement(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The statement of a verb in its own sentence, in pieces, in text order; empty if it reports nothing."""
    if cue.passive:
        return _passive(parse, cue)
    if _says_as(parse, cue):
        return _beside_as(parse, cue)
    charged = _charged(parse, cue)
    if charged:
        return charged
    complements = _complements(parse, cue, quotes)
    if complements and not _set_off(parse, cue, complements):
        return following(parse, cue, complements)
    distant = _distant(parse, cue)
    if distant:
        return distant
    otherwise = [c for c in parse.children(cue.token) if c.lower == "otherwise" and c.i == cue.last + 1]
    if otherwise:
        return (otherwise[0].span,)
    near = [q for q in meeting(quotes, cue.token.end, cue.token.end + 2) if q.span.start > cue.token.end]
    direct = [q.inner for q in near if parse.text[cue.token.end : q.span.start] in (" ", ": ", ":")]
    if direct:
        return (direct[0],)
    can_stand_aside = cue.token.lemma in words("speech", "frames", "aside") and not _transitive(parse, cue)
    if can_stand_aside and not _wants_quote(parse, cue, quotes):
        return around(parse, cue, cues, quotes)
    return ()


def _distant(parse: Parse, cue: Cue) -> tuple[Span, ...]:
    """The "that" clause that the tree hung on an adjunct of the verb ("said in a note carried by X that ...")."""
    last = parse.sentence_of(cue.token).last
    for token in parse.tokens[cue.last + 1 : last + 1]:
        if token.lower in (":", ";") or (token.pos == "VERB" and token.dep in ("conj", "advcl")):
            return ()
        if token.lower == "that" and opens_clause(parse, token):
            clause = parse.head(token)
            path = [clause, *parse.ancestors(clause)]
            hung = next((a for a in path if a.head == cue.token.i and a.dep in ("prep", "npadvmod", "agent")), None)
            tree = [t for t in parse.subtree(clause) if t.i > token.i]
            return trimmed(parse, token.i + 1, tree[-1].i) if hung is not None and tree else ()
    return ()


def opens_clause(parse: Parse, that: Token) -> bool:
    """Whether a "that" behind a noun opens what is said, whatever the tree calls it ("the claim that men had died").

    It does where its clause has a subject of its own and the verb is none that is done to words ("that he made").
    """
    verb = parse.head(that)
    own = any(c.dep in SUBJECTS and c.i > that.i for c in parse.children(verb))
    relative = not own or verb.lemma in words("speech", "nouns", "done_to_words")
    return that.dep == "mark" or (that.tag == "WDT" and that.dep in ("pobj", "dobj") and not relative)


def _charged(parse: Parse, cue: Cue) -> tuple[Span, ...]:
    """ "The attack, which the army blamed on X": the deed, and on whom."""
    children = parse.children(cue.token)
    asked = [c for c in children if c.dep == "dobj" and c.tag in ("WDT", "WP") and c.i < cue.token.i]
    on = [c for c in children if c.dep == "prep" and c.lower in ("on", "to") and c.i > cue.token.i]
    if cue.sort != "accusing" or cue.token.dep != "relcl" or not asked or not on:
        return ()
    deed, charge = parse.subtree(parse.head(cue.token)), parse.subtree(on[0])
    return trimmed(parse, deed[0].i, asked[0].i - 1) + trimmed(parse, charge[0].i, charge[-1].i)


def _says_as(parse: Parse, cue: Cue) -> bool:
    """Whether the verb stands in "as X said", "as X put it"."""
    children = parse.children(cue.token)
    marked = any(c.lower == "as" and c.dep in ("mark", "advmod") and c.i < cue.token.i for c in children)
    speaks = cue.sort == "asserting" and cue.token.lemma not in words("speech", "clause_only", "quote_only")
    telling = speaks or any(c.dep == "dobj" and c.lower == "it" for c in children)
    return cue.token.dep == "advcl" and marked and telling and not any(c.dep == "ccomp" for c in children)


def _beside_as(parse: Parse, cue: Cue) -> tuple[Span, ...]:
    """The sentence around "as X put it"."""
    sentence, tree = parse.sentence_of(cue.token), parse.subtree(cue.token)
    refused = [
        t.i for t in parse.tokens[sentence.first : tree[0].i] if t.lower == "not" and t.dep in ("neg", "preconj")
    ]
    if refused and refused[-1] >= tree[0].i - REFUSED_REACH:
        return trimmed(parse, refused[-1] + 1, tree[0].i - 1)
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
    close = meeting(quotes, previous.start - 1, cue.token.start)
    beside = [q for q in close if q.span.start <= previous.start < q.span.end + 1 and q.span.end <= cue.token.start]
    return not beside


def _transitive(parse: Parse, cue: Cue) -> bool:
    """Whether the verb has another object than a hearer, so that nothing around it is its statement."""
    hears = cue.token.lemma in words("speech", "frames", "hearer") | {"say", "add", "state"}
    objects = ("xcomp",) if hears else ("dobj", "xcomp")
    behind = [c for c in parse.children(cue.token) if c.dep in objects and c.i > cue.token.i]
    return any(c.dep != "xcomp" or not _set_off_by_comma(parse, parse.subtree(c)[0].i) for c in behind)


def _complements(parse: Parse, cue: Cue, quotes: tuple[Quote, ...]) -> list[Token]:
    """Dependents to the right of the verb that hold what is said."""
    right = [c for c in parse.children(cue.token) if c.i > cue.token.i]
    clauses = [c for c in right if c.dep in CLAUSES and not _own_sentence(parse, c, cue) and not _asks(parse, c)]
    clauses = [c for c in clauses if parse.tokens[parse.subtree(c)[0].i - 1].lower != ";" or _set_off(parse, cue, [c])]
    clauses += [c for c in right if c.dep == "nsubj" and c not in subjects(parse, cue.token)]
    lemma, frames = cue.token.lemma, load_lexicon("speech")["frames"]
    if not clauses and lemma in words("speech", "frames", "telling"):
        clauses = [c for o in right if o.dep in ("dobj", "prep") for c in _told(parse, o)]
    clauses = clauses or [c for o in right if o.lower in CITING for c in parse.children(o) if c.dep == "ccomp"]
    quote_only = words("speech", "clause_only", "quote_only")
    if clauses and (lemma not in quote_only or _opens_quote(parse, clauses[0], quotes)):
        told = lemma in frames["hearer"] or lemma not in frames["object"]
        return clauses + [c for c in right if c.dep == "dep" or (c.dep == "dobj" and not told)]
    found = [c for c in right if _is_complement(parse, cue, c)]
    if lemma in words("speech", "clause_only", "verbs") and lemma not in frames["predicate"]:
        return [c for c in found if c.dep == "prep" or _counted(parse, cue, c) or _opens_quote(parse, c, quotes)]
    return found


def _told(parse: Parse, hearer: Token) -> list[Token]:
    """The "that" clause of a verb of telling that the tree hung on its hearer ("informs the public that ...")."""
    clauses = [c for t in parse.subtree(hearer) for c in parse.children(t) if c.dep in ("acl", "relcl", "ccomp")]
    return [c for c in clauses if any(m.lower == "that" and m.dep == "mark" for m in parse.children(c))][:1]


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
    if _counted(parse, cue, child) or (child.dep == "npadvmod" and child.pos == "NUM" and lemma == "say"):
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
    if noun.lower in words("speech", "objects", "nothing_told"):
        return False
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


def following(parse: Parse, cue: Cue, complements: list[Token]) -> tuple[Span, ...]:
    """From the first complement to the end of the verb's clause, without what is only joined on to it."""
    first = min(opening(parse, c) for c in complements)
    first = max(first, cue.token.i + 1)
    tree = [t for t in parse.subtree(cue.token) if t.i >= first]
    broken = {t.i for c in _breaks(parse, cue, max(c.i for c in complements)) for t in parse.subtree(c)}
    broken |= {t.i for c in tree if resumed(parse, c) == cue.token for t in parse.subtree(c)}
    broken |= {t.i for c in tree if _another_speaks(parse, c) or remark(parse, c) for t in parse.subtree(c)}
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


def _another_speaks(parse: Parse, token: Token) -> bool:
    """Whether a clause joined with "but" inside a statement is another's report (", but residents spoke of ...")."""
    if token.dep != "conj" or verb_sort(token.lemma) is None:
        return False
    own = [c for c in parse.children(token) if c.dep == "nsubj" and c.pos == "NOUN" and can_speak(c)]
    first = parse.subtree(token)[0].i
    return bool(own) and [t.lower for t in parse.tokens[max(0, first - 2) : first]] == [",", "but"]


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
        apart = _set_off_by_comma(parse, parse.subtree(child)[0].i)
        linking = child.dep == "cc" and not any(c.i > child.i for c in going_on)
        clause = child.dep in ("advcl", "parataxis", "relcl") and (apart or (of_a_noun and child.dep == "advcl"))
        if child.dep == "conj" or linking or clause:
            yield child


def _set_off_by_comma(parse: Parse, first: int) -> bool:
    """Whether a comma stands before a token, inside a closing mark or out ("... party," claiming")."""
    while first > 0 and parse.tokens[first - 1].text in ('"', "”", "''", "’", "'"):
        first -= 1
    return first > 0 and parse.tokens[first - 1].lower == ","


def _continues(parse: Parse, cue: Cue, joined: Token) -> bool:
    """Whether a clause joined to the verb is still what the verb reports."""
    start = parse.subtree(joined)[0]
    if start.lower == "that":
        return True
    if not any(c.dep in SUBJECTS for c in parse.children(joined)):
        return False
    before = parse.tokens[max(0, start.i - 2) : start.i]
    return verb_sort(joined.lemma) is None and not any(t.lower in (",", ";") for t in before)


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

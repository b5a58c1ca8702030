"""Times counted from a happening that the text dates elsewhere (codebook 3).

"Two days after Karimi was killed", "the third day of the siege", "the eve of the vote": the happening is
looked for in the same words, then among the dated clauses of the text, by what happened and to whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice

from casus.mentions.times_anchor import Resolved, pointed
from casus.mentions.times_calendar import Point, Range, exact_date, of_date, shift
from casus.mentions.times_context import is_speech_date, share_verb
from casus.mentions.times_expressions import Expression
from casus.mentions.times_lexemes import CODE, Lexemes, lexicon
from casus.mentions.times_ranges import Pair
from casus.mentions.times_relative import counted
from casus.records.parse import Parse, Token
from casus.records.span import Span

NOMINAL = ("NOUN", "PROPN")
OWN_REACH = 4
"""Dates back in which "its fifth day" looks for the beginning."""

MANY = 200
"""Dated happenings of a text that others may count from."""

CLAUSE_REACH = 14
"""Words after "after" or "before" within which the verb of its clause stands."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What a clause tells: the lemma of its head, `kinds` of happening, `about` whom or what (lemmas), `point` its
    day, `first` the token of the head."""

    head: str
    kinds: frozenset[str]
    about: frozenset[str]
    names: frozenset[str]
    point: Point | None
    first: int


def settle(parse: Parse, lexemes: Lexemes, pairs: list[Pair]) -> list[Pair]:
    """The expressions, those counted from a happening resolved where the text dates it.

    What counts the days of something ("the third day") and stays unresolved is left out: it says nothing.
    """
    settled: list[Pair] = []
    dated: tuple[Happening, ...] | None = None
    for k, (found, resolved) in enumerate(pairs):
        if found.kind == "reckoned" or (found.kind == "shift" and found.to_event and not found.apposed):
            dated = tuple(islice(_dated(parse, pairs), MANY)) if dated is None else dated
            resolved = _counted(parse, lexemes, pairs, k, dated) or resolved
        says_nothing = found.kind in ("reckoned", "then") or _is_eve(found, lexemes) or _is_vague(found)
        if resolved.days[0] is not None or not says_nothing:
            settled.append((found, resolved))
    return settled


def _is_eve(found: Expression, lexemes: Lexemes) -> bool:
    return found.kind == "shift" and lexemes.classes[found.last] == CODE["eve"]


def _is_vague(found: Expression) -> bool:
    """ "Hours after the raid", where nothing tells of the raid."""
    return found.kind == "shift" and found.to_event and found.first == found.last - 1 and found.plural


def _counted(
    parse: Parse, lexemes: Lexemes, pairs: list[Pair], k: int, dated: tuple[Happening, ...]
) -> Resolved | None:
    found = pairs[k][0]
    if found.kind == "reckoned":
        return _reckoned(parse, lexemes, pairs, k, dated)
    named = _named(parse, found)
    if named is None:
        return None
    base = _inside(parse, pairs, k, named) or _told(dated, named)
    return counted(found, base) if base else None


# What is dated.


def _dated(parse: Parse, pairs: list[Pair]) -> Iterator[Happening]:
    """The happenings that have a day of their own, in text order."""
    for found, resolved in pairs:
        if resolved.point is None or exact_date(resolved.point) is None or found.to_event or found.last_day:
            continue
        if is_speech_date(parse, found):
            continue
        root = parse.root_in(Span(found.start, found.end))
        above = [t for t in parse.ancestors(root) if t.pos in (*NOMINAL, "VERB", "AUX")]
        for head in above[:2]:
            happening = _happening(parse, head, resolved.point)
            if head.dep == "relcl":  # "the siege, which began on 3 May"
                happening = replace(happening, about=happening.about | {parse.head(head).lemma})
            yield happening
            if head.pos in ("VERB", "AUX"):
                break


def _happening(parse: Parse, head: Token, point: Point | None) -> Happening:
    """The happening that a verb or noun tells, with those it befell: the nominals of its own clause."""
    clause = [t for t in parse.subtree(head) if t.i == head.i or _own(parse, t, head)]
    nominals = [t for t in clause if t.pos in NOMINAL and t.i != head.i and t.entity not in ("DATE", "TIME")]
    names = frozenset(t.lemma for t in nominals if t.pos == "PROPN" and t.entity != "GPE")
    return Happening(head.lemma, _kinds(head), frozenset(t.lemma for t in nominals), names, point, head.i)


def _own(parse: Parse, token: Token, head: Token) -> bool:
    """Whether a word belongs to the clause of a head, not to a clause below it."""
    for above in (token, *parse.ancestors(token)):
        if above.i == head.i:
            return True
        if above.pos in ("VERB", "AUX") and above.dep not in ("aux", "auxpass"):
            return False
    return False


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[str]]:
    """Lemma → the kinds of happening it may tell of."""
    table: dict[str, set[str]] = {}
    for kind, words in lexicon()["families"].items():
        for word in words:
            table.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in table.items()}


def _kinds(head: Token) -> frozenset[str]:
    return _families().get(head.lemma, frozenset((head.lemma,)))


# What a phrase names.


def _named(parse: Parse, found: Expression) -> Happening | None:
    """The happening that "after", "before" or "the eve of" goes on to name."""
    last = parse.token_at(found.end - 1)
    for token in parse.tokens[last.i + 1 : last.i + 1 + CLAUSE_REACH]:
        if token.sentence != last.sentence or token.text in (",", ";", ":", ".", "—", "–"):
            break
        if token.pos == "VERB" and token.tag not in ("VBG",):
            return _happening(parse, token, None)
    noun = next((t for t in _phrase(parse, last) if t.pos in NOMINAL), None)
    return _happening(parse, noun, None) if noun else None


def _phrase(parse: Parse, preposition: Token) -> Iterator[Token]:
    """The heads of what a preposition governs: "after the murder of …", "the eve of the vote"."""
    for token in parse.tokens[preposition.i + 1 : preposition.i + 1 + CLAUSE_REACH]:
        if token.sentence != preposition.sentence or token.text in (",", ";", "."):
            return
        if token.dep == "pobj":
            yield token


def _inside(parse: Parse, pairs: list[Pair], k: int, named: Happening) -> Point | None:
    """The day that stands in the phrase itself: "two days after Karimi was killed on Sunday"."""
    if k + 1 >= len(pairs):
        return None
    found, resolved = pairs[k + 1]
    root = parse.root_in(Span(found.start, found.end))
    inside = any(above.i == named.first for above in parse.ancestors(root))
    between = parse.text[pairs[k][0].end : found.start]
    if not inside or resolved.point is None or "," in between or exact_date(resolved.point) is None:
        return None
    return resolved.point


def _told(dated: tuple[Happening, ...], named: Happening) -> Point | None:
    """The day of the first dated clause that tells of the happening named."""
    return next((h.point for h in dated if h.first != named.first and _is_same(h, named)), None)


def _is_same(told: Happening, named: Happening) -> bool:
    """Whether a clause tells of what is named: that kind of thing done to the same people or things, or that word."""
    if not named.about:  # "the raid": soldiers raided; "the vote": the vote was held
        return told.head == named.head or (named.head in told.about and bool(told.kinds & {"begin", "be held"}))
    if not told.kinds & named.kinds or (named.names and not named.names & told.names):
        return False
    return bool(named.about & told.about)


# Days counted from a beginning.


def _reckoned(
    parse: Parse, lexemes: Lexemes, pairs: list[Pair], k: int, dated: tuple[Happening, ...]
) -> Resolved | None:
    """ "The third day of the siege": counted from its beginning.

    Where it explains a day ("on Friday, the third day of …") or says how long ("for a third day on Friday"), the
    days up to that day.
    """
    found = pairs[k][0]
    unit = parse.token_at(found.end - 1)
    own = any(c.dep == "poss" and c.pos == "PRON" for c in parse.children(unit))
    course = _course(parse, unit)
    if found.nth_unit in ("D", "N"):
        day = _day_explained(lexemes, pairs, k) or (_day_of_verb(parse, pairs, k) if found.lead == "for" else None)
        if day is not None:
            return _so_far(found, day) if own or course or found.lead == "for" else pointed(found, of_date(day))
    if own and found.nth_unit in ("D", "N", "W"):
        return _nth(found, _begun(tuple(_dated(parse, pairs[max(0, k - OWN_REACH) : k])), None))
    return _nth(found, _begun(dated, course)) if course else None


def _day_explained(lexemes: Lexemes, pairs: list[Pair], k: int) -> date | None:
    """The day right before a comma: "on Friday, the third day"."""
    if not k or lexemes.classes[pairs[k - 1][0].last + 1 : pairs[k][0].first] not in (CODE["comma"], CODE["dash"]):
        return None
    point = pairs[k - 1][1].point
    return exact_date(point) if point else None


def _day_of_verb(parse: Parse, pairs: list[Pair], k: int) -> date | None:
    """The day that the same verb has: "marched for a fourth day on Monday"."""
    for found, resolved in pairs[max(0, k - 1) : k + 2]:
        day = exact_date(resolved.point) if resolved.point else None
        if day is not None and found is not pairs[k][0] and share_verb(parse, found, pairs[k][0]):
            return day
    return None


def _so_far(found: Expression, day: date) -> Resolved | None:
    """The days of something whose nth day is told."""
    assert found.nth is not None
    start = shift(day, "D", 1 - found.nth)
    days: Range = (start, day, "day" if found.nth < 7 else "week")
    return Resolved(f"P{found.nth}D", days, type="DURATION") if start else None


def _nth(found: Expression, begun: Point | None) -> Resolved | None:
    """The nth day, week or month from a beginning."""
    day = exact_date(begun) if begun else None
    if day is None or found.nth is None or found.nth_unit is None:
        return None
    first, after = (shift(day, found.nth_unit, count) for count in (found.nth - 1, found.nth))
    last = shift(after, "D", -1) if after else None
    if first is None or last is None:
        return None
    resolved = pointed(found, of_date(first))
    if found.nth_unit in ("D", "N"):
        return resolved
    return replace(resolved, days=(first, last, "week" if found.nth_unit == "W" else "month"))


def _course(parse: Parse, unit: Token) -> Token | None:
    """The word whose days are counted: "of the siege"."""
    following = parse.tokens[unit.i + 1 : unit.i + 2]
    if not following or following[0].lower != "of" or following[0].sentence != unit.sentence:
        return None
    return next(_phrase(parse, following[0]), None)


def _begun(dated: tuple[Happening, ...], course: Token | None) -> Point | None:
    """The day on which the text says that something (anything, if None) began: "launched the offensive on 10 June"."""
    return next((h.point for h in dated if "begin" in h.kinds and (course is None or course.lemma in h.about)), None)

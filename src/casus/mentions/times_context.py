"""What the sentence around a time expression tells of it: tense, speech, the happening it counts from."""

from __future__ import annotations

from datetime import date

from casus.mentions.times_expressions import Expression
from casus.mentions.times_lexemes import CODE, Lexemes, lexicon
from casus.records.parse import Parse, Token
from casus.records.span import Span


def looks_ahead(parse: Parse, found: Expression) -> bool | None:
    """Whether the verb over an expression speaks of the future (True), of the past (False), or neither (None).

    A past verb does not speak for a noun's own date: "they called a session on 22 December".
    """
    if _follows_speech(parse, found):
        return False
    token = parse.root_in(Span(found.start, found.end))
    future = lexicon()["future"]
    of_noun = False
    for above in (token, *parse.ancestors(token)):
        if above.tag.startswith("NN") and found.lead == "for" and above.lemma in future["nouns"]:
            return True
        if above.pos in ("VERB", "AUX"):
            if found.lead in ("by", "until", "before") and _is_condition(parse, above):
                return True
            tense = _tense(parse, above, found.lead)
            if tense and _is_looked_back_on(parse, above):
                return False
            if tense is not None:
                return None if of_noun and not tense else tense
            if above.tag not in ("VB", "VBG"):
                return None
        of_noun = of_noun or (above.pos in ("NOUN", "PROPN") and above.i != token.i)
    return None


def _is_looked_back_on(parse: Parse, verb: Token) -> bool:
    """Whether a "would" stands in what was told before something else: "after he said they would go on Tuesday"."""
    said = parse.head(verb)
    if verb.dep != "ccomp" or said.tag not in ("VBD", "VBN") or said.dep != "advcl":
        return False
    would = any(c.lower == "would" for c in parse.children(verb))
    return would and any(c.lower in ("after", "when", "since", "as") for c in parse.children(said))


def _follows_speech(parse: Parse, found: Expression) -> bool:
    """Whether the words were spoken then, whatever they announce: "said on Friday it would march"."""
    first, last = parse.token_at(found.start).i, parse.token_at(found.end - 1).i
    if found.lead in ("for", "by", "until", "from") or any(t.dep == "case" for t in parse.tokens[last + 1 : last + 2]):
        return False
    before = (t for t in reversed(parse.tokens[max(0, first - 3) : first]) if t.pos not in ("ADP", "DET"))
    verb = next(before, None)
    return verb is not None and verb.tag == "VBD" and verb.lemma in lexicon()["speech"]["verbs"]


def _is_condition(parse: Parse, verb: Token) -> bool:
    """Whether a verb says what may yet happen: "if the army does not halt by Friday"."""
    return any(c.dep == "mark" and c.lower in ("if", "unless") for c in parse.children(verb))


def _tense(parse: Parse, verb: Token, lead: str | None) -> bool | None:
    """True for "will meet", "is due", "plans to begin"; False for a past verb; None for the rest."""
    future = lexicon()["future"]
    helpers = {c.lower for c in parse.children(verb) if c.dep in ("aux", "auxpass")}
    if helpers & set(future["modals"]):
        return True
    if verb.tag == "VB" and "to" in helpers:
        governor = parse.head(verb)
        return True if governor.lemma in future["verbs"] and governor.i != verb.i else None
    if verb.lemma in future["verbs"] and (helpers & set(future["to_be"]) or lead in ("for", "to")):
        return True
    if verb.lemma == "be" and verb.tag in ("VBZ", "VBP"):
        return True if any(c.lemma in future["verbs"] for c in parse.children(verb)) else None
    if verb.tag == "VBG" and helpers & set(future["to_be"]):
        return True
    if verb.lemma in future["scheduled"] and verb.tag in ("VBZ", "VBP") and lead == "on":
        return True
    return _is_past(verb, helpers)


def _is_past(verb: Token, helpers: set[str]) -> bool | None:
    if (
        verb.tag == "VBD"
        or "did" in helpers
        or (verb.tag == "VBN" and helpers & {"was", "were", "had", "been", "has", "have"})
    ):
        return False
    return False if verb.tag == "VBN" and not helpers else None


def names_an_event(parse: Parse, found: Expression, published: date | None) -> bool:
    """Whether a date is the name of an event of long ago: "the September 11 attacks"."""
    if published is None or found.year is not None:
        return False
    named = lexicon()["named_dates"]
    past = any(day[:2] == [found.month, found.day] and published.year > day[2] + 1 for day in named["dates"])
    last = parse.token_at(found.end - 1)
    return past and any(t.lower in named["words"] for t in parse.tokens[last.i + 1 : last.i + 2])


def runs_to_now(parse: Parse, found: Expression) -> bool:
    """Whether the verb over a length of time is in the present perfect: "has fought for a month"."""
    token = parse.root_in(Span(found.start, found.end))
    for above in parse.ancestors(token):
        if above.pos in ("VERB", "AUX"):
            return any(c.dep == "aux" and c.lower in ("has", "have", "'s", "'ve", "’ve") for c in parse.children(above))
    return False


def is_speech_date(parse: Parse, found: Expression) -> bool:
    """Whether the expression dates a statement ("said on Wednesday"), not what is stated."""
    above = parse.head(parse.root_in(Span(found.start, found.end)))
    if above.pos == "ADP":
        above = parse.head(above)
    return above.pos == "VERB" and above.lemma in lexicon()["speech"]["verbs"]


def is_biography(parse: Parse, found: Expression) -> bool:
    """Whether an expression dates a birth or a founding, which no other date of the text hangs on."""
    for above in parse.ancestors(parse.root_in(Span(found.start, found.end))):
        if above.pos in ("VERB", "AUX"):
            return above.lemma in lexicon()["biography"]["verbs"]
    return False


def share_clause(parse: Parse, lexemes: Lexemes, year: Expression, found: Expression) -> bool:
    """Whether a month belongs to a year told before it: one verb over both, or "in 2008, when … in May"."""
    one, two = parse.root_in(Span(year.start, year.end)), parse.root_in(Span(found.start, found.end))
    if any(above.i == one.i for above in parse.ancestors(two)):
        return True
    after = lexemes.classes[year.last + 1 : year.last + 2] == CODE["comma"]
    if lexemes.text(min(year.last + 1 + after, found.first)).lower() == "when":
        return True
    return _verb_over(parse, one) == _verb_over(parse, two) is not None


def share_verb(parse: Parse, one: Expression, two: Expression) -> bool:
    """Whether one verb governs both expressions."""
    verbs = [_verb_over(parse, parse.root_in(Span(e.start, e.end))) for e in (one, two)]
    return verbs[0] is not None and verbs[0] == verbs[1]


def _verb_over(parse: Parse, token: Token) -> int | None:
    return next((above.i for above in parse.ancestors(token) if above.pos in ("VERB", "AUX")), None)


def waits(parse: Parse, found: Expression) -> bool:
    """Whether "until" follows a negation: "not until May" is in May, "until May" is before."""
    for above in parse.ancestors(parse.root_in(Span(found.start, found.end))):
        if above.pos in ("VERB", "AUX"):
            return any(c.dep == "neg" for c in parse.children(above)) or _follows_not(parse, found)
    return False


def _follows_not(parse: Parse, found: Expression) -> bool:
    before = parse.tokens[max(0, parse.token_at(found.start).i - 2)]
    return before.lower in ("not", "n't", "n’t", "only")


def named_event(parse: Parse, lexemes: Lexemes, found: Expression) -> Token | None:
    """The noun that "two days before the ambush" counts from, if it is told by "the" and a noun."""
    if found.last + 1 >= len(lexemes.classes) or lexemes.classes[found.last + 1] != CODE["the"]:
        return None
    token = parse.token_at(lexemes.starts[found.last + 1])
    head = parse.head(token)
    return head if head.i > token.i and head.pos in ("NOUN", "PROPN") and head.dep == "pobj" else None


def is_happening(noun: Token) -> bool:
    """Whether a noun names a violent happening, so that "the ambush" is the one the report tells of."""
    return noun.lemma in lexicon()["happenings"]["nouns"]


def tells_sequence(parse: Parse, found: Expression) -> bool:
    """Whether the verb sets the report's own happening after another: "it came two days after the murder"."""
    for above in parse.ancestors(parse.root_in(Span(found.start, found.end))):
        if above.pos in ("VERB", "AUX"):
            return above.lemma in lexicon()["sequence"]["verbs"]
    return False


def ends_course(parse: Parse, found: Expression) -> bool:
    """Whether a length of time is that of something which the verb ends: "lifted their three-day blockade"."""
    noun = parse.head(parse.root_in(Span(found.start, found.end)))
    return noun.dep == "dobj" and parse.head(noun).lemma in lexicon()["ending"]["verbs"]


def tells_event(lexemes: Lexemes, found: Expression) -> bool:
    """Whether an expression that ends in "after" or "before" goes on to say what: "two days after the raid"."""
    return lexemes.classes[found.last + 1 : found.last + 2] not in STOPS


STOPS = frozenset(("", *(CODE[name] for name in ("comma", "dot", "gap", "colon", "close"))))

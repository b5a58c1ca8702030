"""What the words around tell: whether a candidate is a time expression at all."""

from __future__ import annotations

from casus.mentions.times_calendar import PERIOD_MONTHS
from casus.mentions.times_expressions import Expression
from casus.mentions.times_lexemes import CODE, Lexemes, lexicon
from casus.records.parse import Parse, Token

MONTH_LEADS = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "through",
        "from",
        "between",
        "before",
        "after",
        "of",
        "during",
        "to",
        "and",
        "for",
        "over",
    ]
)
YEAR_LEADS = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "through",
        "from",
        "between",
        "before",
        "after",
        "during",
        "for",
        "throughout",
    ]
)
SPAN_LEADS = frozenset(
    ["for", "in", "within", "after", "over", "during", "than", "about", "around", "under", "throughout", "by", "since"]
)
PART_LEADS = frozenset(
    ["at", "in", "by", "before", "until", "till", "during", "around", "about", "after", "since", "on", "to", "for"]
)
DAY_LEADS = frozenset(
    ["on", "by", "of", "from", "until", "till", "to", "since", "for", "and", "before", "after", "between"]
)
NO_DATE_ENTITIES = frozenset(("PERSON", "ORG", "WORK_OF_ART", "FAC", "LAW", "PRODUCT"))
DETERMINERS = frozenset(("this", "that", "these", "those", "same"))


def is_time(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """Whether the words are a time expression here: "May 3", not "he may"; "in 2013", not "2013 men"."""
    if not parse.tokens:
        return False
    check = CHECKS.get(found.kind)
    if found.rel in DETERMINERS and not _is_determiner(parse, lexemes, found):
        return False
    return check(parse, lexemes, found) if check else True


def _is_determiner(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """Whether "that" or "this" points, instead of opening a clause ("said that night raids …")."""
    for index in range(found.first, found.last + 1):
        if lexemes.values[index] in ("that", "this"):
            token = parse.token_at(lexemes.starts[index])
            ends = lexemes.classes[found.last + 1 : found.last + 2] in ("", CODE["dot"], CODE["comma"], CODE["gap"])
            return ends or token.dep in ("det", "npadvmod", "nummod", "amod", "nmod") or token.tag == "DT"
    return True


def _is_calendar(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    if found.nth is not None:
        return True
    classes = lexemes.classes[found.first : found.last + 1]
    if found.month is not None and found.year is None and found.year_rel is None and found.day is None:
        return _is_month(parse, lexemes, found)
    if found.month is not None and found.day is not None:
        return _is_day_of_month(parse, lexemes, found)
    if found.season is not None and found.season[0] in PERIOD_MONTHS:
        return found.year is not None
    if found.season is not None:
        return _is_season(parse, lexemes, found)
    if found.quarter is not None:
        return found.year is not None or found.year_rel is not None
    if found.day is not None:
        return _is_bare_day(parse, lexemes, found)
    if found.month is None and found.years == 1 and found.year is not None and CODE["bc"] not in classes:
        return _is_year(parse, lexemes, found)
    return found.year is not None or found.month is not None


def _is_month(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """A month alone: not the verb, not a given name."""
    index = next(
        (k for k in range(found.first, found.last + 1) if lexemes.classes[k] in (CODE["month"], CODE["maymonth"])), None
    )
    if index is None:
        return True
    token = parse.token_at(lexemes.starts[index])
    led = found.lead in MONTH_LEADS or found.mod is not None or found.rel is not None
    if lexemes.classes[index] == CODE["maymonth"]:
        if token.text.islower():
            return False
        if found.rel is not None:
            return True
        if token.tag == "MD" or token.pos in ("AUX", "VERB"):
            return False
        return led or (token.entity == "DATE" and not _is_part_of_name(parse, lexemes, found, token))
    if token.text.islower() and len(token.text) <= 3 and not led:
        return False
    if not led and _is_persons_name(parse, token):
        return False
    return led or token.entity not in NO_DATE_ENTITIES


def _is_persons_name(parse: Parse, token: Token) -> bool:
    """ "Major August", "June Carter": a title before, or a name that the word belongs to after."""
    before = parse.tokens[token.i - 1] if token.i else None
    if before is not None and before.lower.rstrip(".") in lexicon()["titles"]["words"]:
        return True
    after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    if after is None or token.dep != "compound" or token.head != after.i or not after.text.istitle():
        return False
    return after.pos == "PROPN" and (before is None or before.pos not in ("DET", "ADJ", "ADP"))


def _is_part_of_name(parse: Parse, lexemes: Lexemes, found: Expression, token: Token) -> bool:
    """ "the Long March", "March on Washington": a capitalised word before, or "of" or "on" after."""
    before = parse.tokens[token.i - 1].text if token.i else ""
    named = before[:1].isupper() and not before.isupper()
    return named or lexemes.classes[found.last + 1 : found.last + 2] in (CODE["of"], CODE["on"])


def _is_day_of_month(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """A month and a number: not "in June 12 people", not "10 may"."""
    for index in range(found.first, found.last + 1):
        if lexemes.classes[index] == CODE["maymonth"]:
            token = parse.token_at(lexemes.starts[index])
            if token.text.islower() and (token.tag == "MD" or token.pos in ("AUX", "VERB")):
                return False
    last = parse.token_at(lexemes.starts[found.last])
    if found.short_year:
        return _ends_in_year(parse, lexemes, found)
    if found.lead == "in" and lexemes.classes[found.last] == CODE["day"] and found.year is None:
        return not (last.dep == "nummod" and parse.head(last).tag == "NNS")
    return True


def _ends_in_year(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """Whether two digits after a month are a year ("4 FEB 90 (Agency)"), not a number ("on 3 May 40 have died")."""
    after = parse.token_at(lexemes.ends[found.last])
    return after.start < lexemes.ends[found.last] or after.pos in ("PUNCT", "ADP", "CCONJ", "SYM")


def _is_season(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """A season: "fall" and "spring" need proof, for they fall and spring; "Arab Spring" is none."""
    index = next(k for k in range(found.first, found.last + 1) if lexemes.classes[k] == CODE["season"])
    token = parse.token_at(lexemes.starts[index])
    if found.year is not None or found.year_rel is not None or found.rel is not None:
        return True
    if token.lower not in ("fall", "spring"):
        return True
    follows = lexemes.classes[index + 1 : index + 2]
    if token.lower == "fall" and (follows == CODE["of"] or not (found.lead in MONTH_LEADS or found.mod)):
        return False
    if token.pos not in ("NOUN", "PROPN") or follows == CODE["of"]:
        return False
    before = parse.tokens[token.i - 1] if token.i else None
    return not (before is not None and before.text[:1].isupper() and before.lower not in ("the", "in", "by", "early"))


def _is_bare_day(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """ "the 4th": led by a preposition and not counting a thing ("the 13th Brigade")."""
    if CODE["ordinal"] not in lexemes.classes[found.first : found.last + 1]:
        return False
    classes = lexemes.classes[found.first : found.last + 1]
    if found.weekday is not None or found.rel is not None or found.last_day is not None or CODE["on"] in classes:
        return True
    token = parse.token_at(lexemes.starts[found.last])
    after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    counts = after is not None and after.pos in ("NOUN", "PROPN", "ADJ") and after.sentence == token.sentence
    return found.lead in DAY_LEADS and not counts


def _is_year(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """Four digits that are a year: led in, in brackets, a heading, or so read by the parser."""
    assert found.year is not None
    if found.lead == "at" and found.mod is None:  # a time of day: "at 2030"
        return False
    if is_numbered(parse, found):
        return False
    if found.last_year is not None or found.mod is not None:
        return True
    if found.lead in YEAR_LEADS or lexemes.classes[found.last + 1 : found.last + 3] in YEAR_RANGES:
        return found.year >= 1000
    token = parse.token_at(lexemes.starts[found.last])
    if token.entity == "DATE" or _is_heading(lexemes, found):
        return found.year >= 1400
    before = lexemes.classes[found.first - 1 : found.first] if found.first else ""
    after = lexemes.classes[found.last + 1 : found.last + 2]
    plain = before in (CODE["open"], CODE["comma"]) or after == CODE["close"] or found.lead in ("of", "and", "to")
    plain = plain or lexemes.classes[found.first - 2 : found.first] in YEAR_RANGES
    return (found.year >= 1700 and (plain or found.the) and token.dep != "nummod") or (found.the and found.year >= 1900)


LIST_WORDS = frozenset((",", "and", "or", "&", "/", "no", "no.", "nos", "nos.", "number", "numbers", ".", "-"))
LONGEST_LIST = 8


def is_numbered(parse: Parse, found: Expression) -> bool:
    """Whether a number names a thing of a series: "Resolution 1973", "resolutions 1970 and 1973", "Flight 1944"."""
    last = parse.token_at(found.end - 1).i
    nouns = frozenset(lexicon()["numbered"]["nouns"])
    for token in reversed(parse.tokens[max(0, last - LONGEST_LIST) : last]):
        if token.lower in nouns or token.lemma in nouns:
            return True
        if token.lower not in LIST_WORDS and not token.text.isdigit():
            return False
    return False


YEAR_RANGES = {CODE["dash"] + CODE["year"], CODE["year"] + CODE["dash"]}


def _is_heading(lexemes: Lexemes, found: Expression) -> bool:
    """Whether the expression opens the text, a paragraph or a list entry and is set off from what follows."""
    opens = found.first == 0 or lexemes.classes[found.first - 1] in (CODE["gap"], CODE["dot"], CODE["colon"])
    follows = lexemes.classes[found.last + 1 : found.last + 2]
    return opens and follows in ("", CODE["gap"], CODE["dash"], CODE["colon"], CODE["dot"])


def heads_passage(lexemes: Lexemes, found: Expression) -> bool:
    """Whether a bare year heads the passage that follows ("1999 – July 11: …")."""
    return found.kind == "calendar" and found.month is None and found.years == 1 and _is_heading(lexemes, found)


def _is_weekday(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """A day of the week, not part of a name ("the Sunday Times")."""
    token = parse.token_at(lexemes.starts[found.last])
    if found.lead == "on" or found.rel is not None or found.mod is not None:
        return True
    return token.entity not in ("ORG", "WORK_OF_ART", "PERSON") or token.text.isupper()


def _is_relative(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """ "the following day", not "following days of protest"; "the last two days", not "to last two days"."""
    if found.rel in ("following", "subsequent", "ensuing") and not found.the:
        return False
    if found.rel in ("that", "this") and found.count is not None:  # "that 30 days ago …"
        return False
    if found.unit in ("H", "M") and found.rel in ("last", "this", "next") and not (found.count or found.vague):
        return False
    if found.rel == "last":
        index = next(k for k in range(found.first, found.last + 1) if lexemes.values[k] == "last")
        token = parse.token_at(lexemes.starts[index])
        return found.the or token.pos != "VERB" or found.count is None
    return True


def _is_duration(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """A length of time: not an age, not "12 sorties a day", not "the man of the hour"."""
    values = lexemes.values[found.first : found.last + 1]
    classes = lexemes.classes[found.first : found.last + 1]
    if "old" in values or _leads_to_age(lexemes, found):
        return False
    if "long" in values:
        return True
    led = found.lead in SPAN_LEADS
    if len(classes) == 1:
        plural = lexemes.text(found.first).lower().endswith("s")
        return plural and found.lead in ("for", "in", "within", "after", "over", "during")
    if classes[0] == CODE["article"] and CODE["vague"] not in classes:
        return led or CODE["dash"] in classes
    return True


def _leads_to_age(lexemes: Lexemes, found: Expression) -> bool:
    following = lexemes.values[found.last + 1 : found.last + 3]
    return "old" in following


def _is_part(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """A part of the day or a clock time: not "night vision", not the paper Dawn."""
    if lexemes.classes[found.last] == CODE["clock"]:
        return found.part is not None
    if lexemes.classes[found.last] == CODE["decimal"]:
        return found.part is not None and found.lead in ("at", "around", "about")
    token = parse.token_at(lexemes.starts[found.last])
    if token.dep in ("compound", "amod", "nmod") or token.pos == "VERB":
        return False
    if token.text.istitle() and token.i and parse.tokens[token.i - 1].sentence == token.sentence:
        return False
    led = found.lead in PART_LEADS or lexemes.classes[found.first] in (CODE["at"], CODE["the"])
    return led or token.lower == "night" or token.entity == "TIME"


def _is_shift(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """ "Hours after the raid", not "day after day"."""
    bare = lexemes.classes[found.first] not in (CODE["the"], CODE["article"]) and found.last == found.first + 1
    return not bare or found.rel not in ("after", "before") or (found.plural and found.count is None)


def _is_iso(parse: Parse, lexemes: Lexemes, found: Expression) -> bool:
    """A date in figures: not "version 1.2.15", not eight digits that nothing leads in."""
    digits = parse.text[found.start : found.end]
    return not is_numbered(parse, found) and (not digits.isdigit() or found.lead in YEAR_LEADS | DAY_LEADS)


CHECKS = {
    "calendar": _is_calendar,
    "iso": _is_iso,
    "shift": _is_shift,
    "weekday": _is_weekday,
    "relative": _is_relative,
    "duration": _is_duration,
    "part": _is_part,
}

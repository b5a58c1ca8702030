"""From a text to the string of lexeme classes that the grammar of time expressions reads.

Every word, number and mark of the text becomes one character, so the grammar's patterns run
over a short string, and a match's indices are lexeme indices.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from casus.mentions.times_holidays import MONTH, feast_id, feasts, names_pattern
from casus.mentions.times_scanned import joined, split_words, unscanned
from casus.records.parse import Parse, Token

Value = int | str | None

LEXEME = (
    r"(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-])"
    r"|(?<![\w/.-])(?:[12]\d{3}/\d{1,2}/\d{1,2}|[12]\d{3}\.\d{2}\.\d{2}|(?:19|20)\d{6})(?![\w/-]|\.\d)"
    r"|(?<!\w)[0-3]\d[ ]?[0-2]\d[0-5]\d[a-z][ ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[ ]?"
    r"(?:[12]\d{3}|\d{2})(?!\w))"
    r"|(?P<slash>(?<![\d/.-])(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})"
    r"|\d{1,2}-\d{1,2}-\d{4})(?![\d/]|[.-]\d))"
    r"|(?P<clock>(?<![\d.:])(?:\d{1,2}[:.]\d{2}(?::\d{2})?[ ]?(?:[ap]\.?m\b\.?|hrs\b|hours\b)"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\d{1,2}[ ]?(?:[ap]m\b|[ap]\.m\.?)|\d{4}[ ]?(?:hrs|hours)\b))"
    r"|(?P<decade>(?<!\d)(?:\d{2,3}0|['’]\d0)['’]?s\b)"
    r"|(?P<feast>(?=[^\W\d_])(?<![^\W_])(?:FEASTS)(?![^\W_]))"
    r"|(?P<shortdecade>(?<!\d)[3-9]0s\b)"
    r"|(?P<period>(?<!\w)(?:q[1-4]|h[12])(?!\w))"
    r"|(?P<ordinal>(?<!\d)\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<decimal>(?<![\d.,])\d{1,2}\.\d{2}(?![\d.%]))"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<gap>\n[ \t\r]*\n)"
    r"|(?P<mark>[^\w\s])"
)
"""The lexemes; FEASTS stands for the names of feasts."""

CLASS_NAMES = """
other gap comma dash dot colon slashmark apostrophe open close genitive
iso slash clock decimal decade ordinal day year number
month maymonth weekday weekabbr season part relday numword tens hundred ordword set
subday dayunit night week weekend monthunit yearunit longunit
article vague the of in on at last past previous next following this that these those same ago later earlier
after before since early late mid start end every now recent recently overnight bc ad eve and to or long
quarter new small lead than from half then ever period shortdecade edge final straight feast hijri ah more
"""

CODE = {name: chr(0x4E00 + k) for k, name in enumerate(CLASS_NAMES.split())}
"""One character a class. They are letters outside ASCII, so no pattern syntax can clash with them."""

MARKS = {
    ",": "comma", "-": "dash", "–": "dash", "—": "dash", "‑": "dash", ".": "dot", ":": "colon",
    "/": "slashmark", "'": "apostrophe", "’": "apostrophe", "(": "open", ")": "close",
}  # fmt: skip

UNIT_CLASS = {
    "S": "other", "M": "subday", "H": "subday", "D": "dayunit", "N": "night", "W": "week", "F": "week",
    "E": "weekend", "MO": "monthunit", "Y": "yearunit", "DE": "longunit", "CE": "longunit",
}  # fmt: skip

AMBIGUOUS_MONTHS = ("may", "march", "mar")


@dataclass(frozen=True, slots=True)
class Lexemes:
    """The lexemes of `source`: their classes as one string, their places and values as lists."""

    source: str
    classes: str
    starts: list[int]
    ends: list[int]
    values: list[Value]

    def text(self, index: int) -> str:
        """The words of a lexeme."""
        return self.source[self.starts[index] : self.ends[index]]


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """The word lists of `knowledge/data/lexicons/times.toml`."""
    path = resources.files("casus.knowledge") / "data" / "lexicons" / "times.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, Value]]:
    """Word → class and value; the later tables win ("second" is an ordinal, "may" an ambiguous month)."""
    data = lexicon()
    table: dict[str, tuple[str, Value]] = {}
    for word, unit in data["units"].items():
        table[word] = (UNIT_CLASS[unit], unit)
    for name, cls in (
        ("months", "month"), ("weekdays", "weekday"), ("weekday_abbreviations", "weekabbr"), ("seasons", "season"),
        ("parts", "part"), ("reldays", "relday"), ("numbers", "numword"), ("ordinals", "ordword"), ("sets", "set"),
        ("decades", "shortdecade"),
    ):  # fmt: skip
        table.update({word: (cls, value) for word, value in data[name].items()})
    table.update({word: ("tens", value) for word, value in data["numbers"].items() if 20 <= value < 100})
    table["hundred"] = ("hundred", 100)
    table.update({word: ("maymonth", data["months"][word]) for word in AMBIGUOUS_MONTHS})
    for cls, words in data["words"].items():
        table.update({word: (cls, word) for word in words})
    return table


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(LEXEME.replace("FEASTS", names_pattern()), re.IGNORECASE)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The words of times and of the names of feasts."""
    return frozenset(_words()) | {w for feast in feasts().values() for name in feast.names for w in name.split()}


def scan_note(words: str) -> str | None:
    """A note on the words of a time that a scanner misread; None if it did not."""
    split = split_words(words, _known())
    return f'scanned badly; read as "{joined(words, split).text}"' if split else None


def lex(parse: Parse) -> Lexemes:
    """The lexemes of a parsed text. The parse is asked only whether a four-digit number counts things."""
    starts: list[int] = []
    ends: list[int] = []
    values: list[Value] = []
    classes: list[str] = []
    words = _words()
    pattern = _pattern()
    mended = unscanned(parse.text, _known())
    for match in pattern.finditer(mended.text):
        start, end = mended.offset(match.start()), mended.offset(match.end())
        kind = match.lastgroup or "mark"
        text = match.group()
        value: Value
        if kind == "word":
            name, value = words.get(text.lower(), ("other", None))
            if text in ("s", "S") and classes and classes[-1] == CODE["apostrophe"]:
                name = "genitive"
        elif kind == "number":
            name, value = _number(text, start, parse)
        elif kind == "feast":
            value = feast_id(text)
            name = "hijri" if value and value.startswith(MONTH) else "feast"
        elif kind == "shortdecade":
            name, value = kind, 1900 + int(text[:2])
        elif kind == "ordinal":
            name, value = "ordinal", int(text[:-2])
        else:
            name, value = (MARKS.get(text, "other") if kind == "mark" else kind), text
        classes.append(CODE[name])
        starts.append(start)
        ends.append(end)
        values.append(value)
    return Lexemes(parse.text, "".join(classes), starts, ends, values)


def _number(text: str, start: int, parse: Parse) -> tuple[str, Value]:
    """Class and value of digits: a day of a month, a year, or any number."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        plain = text.replace(",", "")
        return "number", int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None
    number = int(text)
    if len(text) <= 2 and 1 <= number <= 31:
        return "day", number
    if len(text) == 4 and 1000 <= number <= 2100 and not _counts_things(parse, start):
        return "year", number
    return "number", number


def _counts_things(parse: Parse, start: int) -> bool:
    """Whether the number at an offset is money or counts a plural noun: "2000 fighters", "$1936"."""
    if start and parse.text[start - 1] in "$£€#/":
        return True
    if not parse.tokens:
        return False
    token = parse.token_at(start)
    if token.i and parse.tokens[token.i - 1].lower.rstrip(".,") in lexicon()["months"]:  # "on 9 August 1953 more fled"
        return False
    after = parse.tokens[token.i + 1].lower if token.i + 1 < len(parse.tokens) else ""
    if after in MORE or _follows_year(parse, token):  # "in 2014 2000 people"
        return True
    if token.dep != "nummod":
        return False
    head = parse.head(token)
    if head.i != token.i + 1 or head.tag not in ("NNS", "NNPS") or "\n" in parse.text[token.end : head.start]:
        return False
    return not _looks_like_year(parse, token)


def _follows_year(parse: Parse, token: Token) -> bool:
    """Whether a number stands between a year and a plural noun."""
    if not 0 < token.i < len(parse.tokens) - 1:
        return False
    before, after = parse.tokens[token.i - 1].text, parse.tokens[token.i + 1].tag
    return len(before) == 4 and before.isascii() and before.isdigit() and after == "NNS"


def _looks_like_year(parse: Parse, token: Token) -> bool:
    """Whether the word before makes a number a year: "the 2013 attacks", "early 1920", not "the 2000 men"."""
    before = parse.tokens[token.i - 1].lower if token.i else ""
    return before in YEAR_SIGNS or (before in YEAR_LEADS and not token.text.endswith("00"))


YEAR_SIGNS = frozenset(["early", "late", "mid"])
YEAR_LEADS = frozenset(["the", "in", "since", "until", "from", "during"])
MORE = frozenset(["more", "other", "others", "additional", "further"])

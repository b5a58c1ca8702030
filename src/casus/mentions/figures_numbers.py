"""Numbers in words and digits, as ranges (codebook 5.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casus.knowledge.lexicon import load_lexicon
from casus.records.figure import Quantity
from casus.records.parse import Parse, Token

DASHES = frozenset("-–—‐‑")
PLAIN = re.compile(r"\d{1,9}\Z")
GROUPED = re.compile(r"\d{1,3}(?:[,.'’]\d{3}){1,3}\Z")
DECIMAL = re.compile(r"\d{1,4}[.,]\d{1,2}\Z")
GLUED_RANGE = re.compile(r"(\d{1,3}(?:,\d{3}){0,3}|\d{1,6})[-–—](\d{1,3}(?:,\d{3}){0,3}|\d{1,6})\Z")
GLUED_PLUS = re.compile(r"(\d{1,3}(?:,\d{3}){0,3}|\d{1,6})\+\Z")
GLUED_SCALE = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)(k|m)\Z")
YEARS = range(1900, 2101)
MODIFIERS = 4
"""Modifiers before one number at most: "all of the other some 40"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number over tokens [first, last]; `core` is its first token after the modifiers.

    `vague` holds for "dozens", "several"; `definite` for "the three", which may repeat a
    number already given.
    """

    first: int
    core: int
    last: int
    quantity: Quantity
    vague: bool
    definite: bool


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Fixed word sequences with a meaning each, longest first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    @classmethod
    def of(cls, entries: Sequence[tuple[str, str]]) -> _Phrases:
        table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, meaning in entries:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, meaning))
        return cls({k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in table.items()})

    def match(self, words: Sequence[str], i: int) -> tuple[int, str] | None:
        """End (exclusive) and meaning of the longest phrase that starts at word i."""
        if i >= len(words):
            return None
        for phrase, meaning in self.by_first.get(words[i], ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                return i + len(phrase), meaning
        return None


@cache
def _modifiers() -> _Phrases:
    table = load_lexicon("numbers")["modifiers"]
    return _Phrases.of([(p, kind) for kind, phrases in table.items() for p in phrases])


@cache
def _suffixes() -> _Phrases:
    table = load_lexicon("numbers")["suffixes"]
    return _Phrases.of([(p, kind) for kind, phrases in table.items() for p in phrases])


@cache
def _expressions() -> _Phrases:
    return _Phrases.of([(p, p) for p in load_lexicon("numbers")["expressions"]])


@cache
def _bar(kind: str) -> frozenset[str]:
    return frozenset(load_lexicon("numbers")["bars"][kind])


def find_numbers(parse: Parse) -> tuple[Number, ...]:
    """The numbers of a text that may count people, in text order, none inside another.

    Left out: years, dates, clock times, money, percentages, measures, ages and parts of
    compounds ("20-year-old", "six-storey").
    """
    found: list[Number] = []
    for sentence in parse.sentences:
        tokens = parse.sentence_tokens(sentence)
        words = [t.lower for t in tokens]
        i = 0
        while i < len(tokens):
            number = _number_at(tokens, words, i)
            if number is None:
                i += 1
                continue
            end, value = number
            if value is not None and not _numbers_an_item(parse, value):
                found.append(value)
            i = end
    return tuple(found)


def _numbers_an_item(parse: Parse, number: Number) -> bool:
    """Whether a number only numbers an item of a list: "2. ..." or "3) ..." at the start of a line."""
    token = parse.tokens[number.first]
    line = parse.text.rfind("\n", 0, token.start) + 1
    after = parse.text[token.end : token.end + 2]
    opens = not parse.text[line : token.start].strip() and token.lower.isdigit()
    return opens and after[:1] in (".", ")") and not after[1:].strip()


def _number_at(tokens: tuple[Token, ...], words: list[str], i: int) -> tuple[int, Number | None] | None:
    """End of the number at word i and the number, None for one that counts no people."""
    modifiers: list[str] = []
    core = i
    while len(modifiers) < MODIFIERS and (hit := _modifiers().match(words, core)) is not None:
        if tokens[core].dep == "prt":
            break
        core, kind = hit
        modifiers.append(kind)
    read = _core(words, core)
    if read is None and core > i:
        # "the pair" is an expression of its own, not "the" and a number.
        core, modifiers, read = i, [], _core(words, i)
    if read is None:
        return None
    end, quantity, vague = read
    if _barred(tokens, words, core, end):
        return end, None
    suffix = _suffix(words, end)
    if suffix is not None:
        end, kind = suffix
        modifiers.append(kind)
    quantity = _modify(quantity, modifiers)
    definite = tokens[i].lower in ("the", "these", "those", "both")
    base = tokens[0].i
    return end, Number(base + i, base + core, base + end - 1, quantity, vague, definite)


def _suffix(words: list[str], end: int) -> tuple[int, str] | None:
    at = end + 1 if end < len(words) and words[end] in DASHES else end
    hit = _suffixes().match(words, at)
    if hit is not None:
        return hit
    return (end + 1, "at_least") if end < len(words) and words[end] == "+" else None


def _core(words: list[str], i: int) -> tuple[int, Quantity, bool] | None:
    """End, range and vagueness of the number that starts at word i."""
    if i >= len(words):
        return None
    ranged = _between(words, i) or _range(words, i)
    if ranged is not None:
        return ranged
    exact = _exact(words, i)
    if i and words[i] == "many" and words[i - 1] in ("how", "so", "too", "as", "the", "not"):
        return None
    expression = _expressions().match(words, i)
    if expression is not None and (exact is None or expression[0] > exact[0]):
        low, best, high = (None if n < 0 else n for n in load_lexicon("numbers")["expressions"][expression[1]])
        return expression[0], Quantity(low, best, high), best is None
    if exact is not None:
        return exact[0], Quantity(exact[1], exact[1], exact[1]), False
    return _glued(words, i)


def _between(words: list[str], i: int) -> tuple[int, Quantity, bool] | None:
    """ "between 12 and 15", "from 12 to 15"."""
    link = {"between": "and", "from": "to"}.get(words[i]) if i < len(words) else None
    first = _exact(words, i + 1) if link else None
    if first is None or first[0] >= len(words) or words[first[0]] != link:
        return None
    return _joined(words, first, first[0] + 1)


def _range(words: list[str], i: int) -> tuple[int, Quantity, bool] | None:
    """ "12 to 15", "2-3", "two or three"."""
    first = _exact(words, i)
    if first is None or first[0] >= len(words):
        return None
    if words[first[0]] not in ("to", "or") and words[first[0]] not in DASHES:
        return None
    return _joined(words, first, first[0] + 1)


def _joined(words: list[str], first: tuple[int, int], at: int) -> tuple[int, Quantity, bool] | None:
    second = _exact(words, at)
    if second is None:
        return None
    low, high = first[1], second[1]
    scale = _scale_of(words[second[0] - 1])
    if scale >= 100 and low < 100 and low * scale < high:
        low *= scale
    return (second[0], Quantity(low, None, high), False) if low < high else None


def _scale_of(word: str) -> int:
    return int(load_lexicon("numbers")["scales"].get(word, 1))


def _glued(words: list[str], i: int) -> tuple[int, Quantity, bool] | None:
    """ "12-15", "30+" and "10k" written as one word."""
    if i >= len(words):
        return None
    word = words[i]
    if (m := GLUED_RANGE.match(word)) is not None:
        low, high = (int(g.replace(",", "")) for g in m.groups())
        return (i + 1, Quantity(low, None, high), False) if low < high else None
    if (m := GLUED_PLUS.match(word)) is not None:
        n = int(m[1].replace(",", ""))
        return i + 1, Quantity(n, n, None), False
    if (m := GLUED_SCALE.match(word)) is not None:
        n = round(float(m[1]) * _scale_of(m[2]))
        return i + 1, Quantity(n, n, n), False
    return None


def _exact(words: list[str], i: int) -> tuple[int, int] | None:
    """End and value of an exact number in digits, words or both ("1.5 million")."""
    if i >= len(words):
        return None
    digits = _digits(words, i)
    if digits is None:
        return _in_words(words, i)
    end, value = digits
    if end < len(words) and words[end] in ("hundred", "thousand", "million", "billion", "dozen"):
        value *= _scale_of(words[end])
        end += 1
    return (end, round(value)) if value == round(value) else None


def _digits(words: list[str], i: int) -> tuple[int, float] | None:
    word = words[i]
    if PLAIN.match(word) and words[i + 1 : i + 3] == [",", "000"]:
        return i + 3, int(word) * 1000
    if GROUPED.match(word):
        return i + 1, int(re.sub(r"\D", "", word))
    if DECIMAL.match(word):
        scaled = i + 1 < len(words) and words[i + 1] in ("thousand", "million", "billion")
        return (i + 1, float(word.replace(",", "."))) if scaled else None
    if not PLAIN.match(word):
        return None
    end, text = i + 1, word
    # "1 200": groups of three after a space are one number.
    while len(word) <= 3 and end - i < 3 and end < len(words) and re.match(r"\d{3}\Z", words[end]):
        text, end = text + words[end], end + 1
    return end, int(text)


def _in_words(words: list[str], i: int) -> tuple[int, int] | None:
    """ "twenty-three", "one hundred and five", "two dozen", "five hundred thousand"."""
    values: Mapping[str, int] = load_lexicon("numbers")["values"]
    total, current, end, seen = 0, 0, i, False
    while end < len(words):
        word = words[end]
        step = 1
        if seen and word in DASHES | {"and"} and end + 1 < len(words) and _continues(words, end, current):
            word, step = words[end + 1], 2
        if word in values and (not seen or _fits(current, values[word])):
            current += values[word]
        elif seen and word in ("dozen", "hundred") and current < 100:
            current = max(current, 1) * _scale_of(word)
        elif seen and word in ("thousand", "million", "billion"):
            total, current = total + max(current, 1) * _scale_of(word), 0
        else:
            break
        seen, end = True, end + step
    return (end, total + current) if seen else None


def _continues(words: list[str], at: int, current: int) -> bool:
    """Whether the dash or "and" at a place joins two parts of one number in words."""
    value = load_lexicon("numbers")["values"].get(words[at + 1])
    if value is None:
        return False
    if words[at] in DASHES:
        return 20 <= current % 100 < 100 and current % 10 == 0 and 0 < value < 10
    return words[at - 1] in ("hundred", "thousand", "million") and value > 0


def _fits(current: int, value: int) -> bool:
    """Whether a number word can follow inside one number: "twenty" takes "three" but not "thirty"."""
    if current % 100 == 0:
        return current == 0 or value < 100
    return current % 10 == 0 and current % 100 >= 20 and 0 < value < 10


def _barred(tokens: tuple[Token, ...], words: list[str], core: int, end: int) -> bool:
    """Whether the words around show that the number counts no people."""
    before = words[core - 1] if core else ""
    after = words[end] if end < len(words) else ""
    if before in _bar("before") or after in _bar("after"):
        return True
    if before in _bar("months") and words[core].isdigit():
        return True
    if after in _bar("months") and words[core].isdigit() and int(words[core]) <= 31:
        return True
    if after in DASHES and end + 1 < len(words) and words[end + 1] in _bar("compound"):
        return True
    if before in (":", ".", "/") and core > 1 and words[core - 2].isdigit():
        return True
    if after in (":", "/", ".") and end + 1 < len(words) and words[end + 1][:1].isdigit():
        return True
    return _dated(tokens, words, core, end)


def _dated(tokens: tuple[Token, ...], words: list[str], core: int, end: int) -> bool:
    """A bare year, or a number that belongs to a date or a clock time."""
    word = words[core]
    if _is_age(tokens, core, end):
        return True
    if end - core == 1 and word.isdigit() and len(word) == 4 and int(word) in YEARS:
        after = tokens[end] if end < len(tokens) else None
        return not (after is not None and after.pos in ("NOUN", "ADJ"))
    return tokens[core].entity in ("TIME", "MONEY", "PERCENT") and tokens[core].lower[:1].isdigit()


def _is_age(tokens: tuple[Token, ...], core: int, end: int) -> bool:
    """ "a woman of 70", "Ana B., 52; her niece": a number under 120 behind one person."""
    word = tokens[core].lower
    if core < 2 or (word.isdigit() and int(word) >= 120) or tokens[core - 2].pos not in ("NOUN", "PROPN"):
        return False
    following = tokens[end] if end < len(tokens) else None
    bare = following is None or following.pos not in ("NOUN", "PROPN", "ADJ", "NUM")
    if tokens[core - 1].lower == "of":
        return (
            bare
            and word not in ("them", "us")
            and tokens[core - 2].tag in ("NN", "NNP", "NNS")
            and tokens[core - 2].lemma in _one_person()
        )
    return (
        bare
        and tokens[core - 1].text == ","
        and tokens[core - 2].pos == "PROPN"
        and word.isdigit()
        and _closed(following)
    )


@cache
def _one_person() -> frozenset[str]:
    """Nouns that may stand before an age; group words ("a family of five") do not."""
    table = load_lexicon("people")
    nouns = {w for key in ("civilians", "combatants", "detainees", "unknown") for w in table[key].split()}
    return frozenset(nouns - set(table["groups"]))


def _closed(following: Token | None) -> bool:
    return following is None or following.text in ",;.:)"


_BOUNDS: Mapping[str, Callable[[int], Quantity]] = {
    "at_least": lambda n: Quantity(n, n, None),
    "more_than": lambda n: Quantity(n + 1, n + 1, None),
    "less_than": lambda n: Quantity(None, max(n - 1, 0), max(n - 1, 0)),
    "up_to": lambda n: Quantity(None, n, n),
    "nearly": lambda n: Quantity(None, n, n),
    "about": lambda n: Quantity(None, n, None),
}


def _modify(quantity: Quantity, modifiers: Sequence[str]) -> Quantity:
    """Apply the modifier nearest to the number; one bound is kept as it is by "about"."""
    kinds = [m for m in modifiers if m != "neutral"]
    exact = quantity.best is not None and quantity.low == quantity.high
    if not kinds or not exact or quantity.best == 0:
        return quantity
    assert quantity.best is not None
    firm = [k for k in kinds if k != "about"]
    return _BOUNDS[firm[-1] if firm else "about"](quantity.best)

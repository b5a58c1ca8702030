"""Names in a text: registry names, countries and the abbreviations that the text itself introduces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casus.knowledge.registry import CountryName, Registry, Sense
from casus.knowledge.registry_index import Hit
from casus.knowledge.registry_roles import load_roles
from casus.records.mention import PlaceMention
from casus.records.parse import Parse, Token
from casus.records.span import Span

INTRODUCED = re.compile(r"\s?\((?:the |or )?([A-Z][A-Za-z&/-]{1,11})\)")
"""An abbreviation in brackets right after the name it stands for."""

YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
PLACE_WEIGHT, NATION_WEIGHT = 2, 1
"""What a place and a nationality say about where a report is set: actors from abroad are
named by nationality, the theatre by its towns."""

OPEN_SUFFIXES = frozenset(("backed", "led", "held", "controlled", "affiliated", "linked", "sponsored"))
"""Words of `suffixes` that also stand without a hyphen."""

WITHIN = frozenset(("in", "across", "inside", "throughout", "within"))
AT_HOME = frozenset(("rebel group", "political militia", "identity militia"))
STRAY = 4
"""A sentence's country counts if the report names it at least a quarter as often as its main
one: rarer ones are as a rule a place name resolved wrongly."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Tokens [first, last] that name an actor (`entry`, a registry id) or a country.

    `relation` holds when the name only describes another ("US-backed", "anti-ISIS").
    """

    first: int
    last: int
    span: Span
    entry: str | None
    country: CountryName | None
    relation: bool


@dataclass(frozen=True, slots=True)
class Theatre:
    """Where a report is set: countries by weight, over all and by sentence."""

    weights: Counter[str]
    by_sentence: dict[int, Counter[str]]
    paragraph: tuple[int, ...] = ()
    latest_year: int | None = None

    def at(self, sentence: int) -> str | None:
        """The country of a sentence: of its own places, of those before it in its paragraph, of the report."""
        most = self.weights[self.main] if self.main else 0
        for i in range(sentence, self.paragraph[sentence] - 1, -1):
            own = {c: n for c, n in self.by_sentence.get(i, {}).items() if STRAY * self.weights[c] >= most}
            if own:
                return max(sorted(own), key=lambda c: (own[c] + self.weights[c] / 100, self.weights[c]))
        return self.main

    @property
    def main(self) -> str | None:
        return max(sorted(self.weights), key=lambda c: self.weights[c]) if self.weights else None


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a text, by the tokens they cover; `places` are the tokens of place names."""

    marks: tuple[Mark, ...]
    theatre: Theatre
    by_token: dict[int, tuple[Mark, ...]] = field(default_factory=dict)
    places: frozenset[int] = frozenset()

    def within(self, first: int, last: int) -> tuple[Mark, ...]:
        """Marks that lie inside tokens [first, last], in text order."""
        found = {m.span: m for i in range(first, last + 1) for m in self.by_token.get(i, ())}
        return tuple(m for m in sorted(found.values(), key=lambda m: m.span) if first <= m.first and m.last <= last)

    def at(self, token: Token) -> Mark | None:
        """The mark over a token, actors before countries."""
        marks = self.by_token.get(token.i, ())
        return marks[0] if marks else None


def find_names(parse: Parse, places: Sequence[PlaceMention], registry: Registry) -> Names:
    """Every registry name, country name and introduced abbreviation of a text."""
    countries, actors = registry.find_countries(parse.text), registry.find(parse.text)
    theatre = _theatre(parse, places, countries)
    _add_actors(theatre, actors, registry)
    named = [(h.span, e) for h in actors if (e := _choose(h, registry, theatre))]
    named += list(_introduced(parse.text, named))
    marks = [_mark(parse, span, entry, None) for span, entry in named]
    taken = [m.span for m in marks]
    for hit in countries:
        if not any(hit.span.overlaps(s) for s in taken):
            marks.append(_mark(parse, hit.span, None, _naming(parse, hit)))
    marks.sort(key=lambda m: (m.span.start, m.entry is None))
    located = frozenset(t.i for p in places if p.country for t in parse.tokens_in(p.span))
    return Names(tuple(marks), theatre, _by_token(marks), located)


def _by_token(marks: Iterable[Mark]) -> dict[int, tuple[Mark, ...]]:
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        for i in range(mark.first, mark.last + 1):
            found.setdefault(i, []).append(mark)
    return {i: tuple(sorted(ms, key=lambda m: m.entry is None)) for i, ms in found.items()}


def _theatre(parse: Parse, places: Sequence[PlaceMention], countries: Sequence[Hit[CountryName]]) -> Theatre:
    weights: Counter[str] = Counter()
    by_sentence: dict[int, Counter[str]] = {}
    seen: list[Span] = []
    for place in places:
        if place.country and parse.tokens:
            weights[place.country] += PLACE_WEIGHT
            by_sentence.setdefault(parse.sentence_of(place.span).index, Counter())[place.country] += 1
            seen.append(place.span)
    placed = set(by_sentence)
    for hit in countries:
        if not any(hit.span.overlaps(s) for s in seen):
            weights[hit.values[0].code] += NATION_WEIGHT
            sentence = parse.sentence_of(hit.span).index
            if sentence not in placed and _is_location(parse, hit):
                by_sentence.setdefault(sentence, Counter())[hit.values[0].code] += 1
    years = [int(y) for y in YEAR.findall(parse.text)]
    return Theatre(weights, by_sentence, _paragraphs(parse), max(years, default=None))


def _is_location(parse: Parse, hit: Hit[CountryName]) -> bool:
    """Whether a country is where something happens: after "in", or as the heading of an item ("KENYA: ...")."""
    tokens = parse.tokens_in(hit.span)
    before = parse.tokens[tokens[0].i - 1].lower if tokens[0].i else ""
    heading = parse.text[hit.span.end : hit.span.end + 3].lstrip()[:1] in (":", "—", "–", "-")
    return hit.values[0].naming == "name" and (heading or before in WITHIN)


def _paragraphs(parse: Parse) -> tuple[int, ...]:
    """For every sentence the first sentence of its paragraph."""
    firsts: list[int] = []
    for s in parse.sentences:
        gap = parse.text[parse.sentences[s.index - 1].span.end : s.span.start] if s.index else "\n"
        firsts.append(s.index if "\n" in gap else firsts[-1])
    return tuple(firsts)


def _add_actors(theatre: Theatre, actors: Iterable[Hit[Sense]], registry: Registry) -> None:
    """Armed groups fight where they are at home; states fight everywhere."""
    for hit in actors:
        entry = registry.entries[hit.values[0].entry]
        if len(hit.values) == 1 and not hit.values[0].shared and entry.countries and entry.kind in AT_HOME:
            theatre.weights[entry.countries[0]] += NATION_WEIGHT


def _choose(hit: Hit[Sense], registry: Registry, theatre: Theatre) -> str | None:
    """The entry a name means: a name borne by several, or shared with common usage, needs the theatre."""

    def weight(sense: Sense) -> int:
        return max((theatre.weights[c] for c in registry.entries[sense.entry].countries), default=0)

    best = max(hit.values, key=weight)
    if (len(hit.values) > 1 or best.shared) and weight(best) == 0:
        return None
    return best.entry


def _naming(parse: Parse, hit: Hit[CountryName]) -> CountryName:
    """Which of its namings a country word has here: an adjective if it stands before a noun."""
    last = parse.root_in(hit.span)
    modifies = last.dep in ("amod", "compound", "nmod") or last.pos == "ADJ"
    for value in hit.values:
        if (value.naming == "adjective") == modifies:
            return value
    return hit.values[0]


def _introduced(text: str, named: Sequence[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Abbreviations put in brackets after a known name, wherever they stand and are not known themselves."""
    taken = [s for s, _ in named]
    for span, entry in named:
        match = INTRODUCED.match(text, span.end)
        if match:
            for found in re.finditer(rf"(?<!\w){re.escape(match.group(1))}(?!\w)", text):
                if not any(s.start < found.end() and found.start() < s.end for s in taken):
                    taken.append(Span(*found.span()))
                    yield taken[-1], entry


def _mark(parse: Parse, span: Span, entry: str | None, country: CountryName | None) -> Mark:
    tokens = parse.tokens_in(span)
    first, last = tokens[0].i, tokens[-1].i
    return Mark(first, last, span, entry, country, _is_relation(parse, first, last))


def _is_relation(parse: Parse, first: int, last: int) -> bool:
    """Whether a hyphen ties the name to a word such as "-backed" or "anti-"."""
    around = load_roles().around
    tokens = parse.tokens
    after = [t.lower for t in tokens[last + 1 : last + 3]]
    before = [t.lower for t in tokens[max(0, first - 2) : first]]
    if after[:1] == ["-"] and after[1:] and after[1] in around["suffixes"]:
        return True
    if after[:1] and after[0] in OPEN_SUFFIXES and tokens[last + 1].dep == "amod":
        return True
    if before[-1:] == ["-"] and before[:-1] and before[0] in around["prefixes"]:
        return True
    inside = tokens[last].lower
    return "-" in inside and inside.rpartition("-")[2] in around["suffixes"]

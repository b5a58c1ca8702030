"""Names in a text: registry names, countries and the abbreviations that the text itself introduces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from casus.knowledge.registry import CountryName, Registry, RegistryEntry, Sense
from casus.knowledge.registry_index import Hit
from casus.knowledge.registry_roles import load_roles
from casus.mentions.actors_aliases import find_names_in, other_names
from casus.records.mention import PlaceMention
from casus.records.parse import Parse, Token
from casus.records.span import Span

YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
PLACE_WEIGHT, NATION_WEIGHT = 2, 1
"""What a place and a nationality say about where a report is set: actors from abroad are
named by nationality, the theatre by its towns."""

OPEN_SUFFIXES = frozenset(("backed", "led", "held", "controlled", "affiliated", "linked", "sponsored"))
"""Words of `suffixes` that also stand without a hyphen."""

OWN_SENTENCE, INACTIVE = 4, 0.1
"""What a country in a name's own sentence counts beside one elsewhere, and an actor whose years do not fit."""

PLAIN = frozenset(("AUX", "VERB", "PRON", "DET", "ADP", "ADV", "CCONJ", "SCONJ", "PART"))
WITHIN = frozenset(("in", "across", "inside", "throughout", "within"))
REGIONS = frozenset(("central", "northern", "southern", "eastern", "western", "neighbouring", "neighboring"))
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
    """Where a report is set: countries by weight, over all and by sentence.

    `told` are sentences with a country that they name after "in", `settled` the country of each sentence.
    """

    weights: Counter[str]
    by_sentence: dict[int, Counter[str]]
    paragraph: tuple[int, ...] = ()
    latest_year: int | None = None
    told: frozenset[tuple[int, str]] = frozenset()
    settled: tuple[str | None, ...] = ()

    def at(self, sentence: int) -> str | None:
        """The country of a sentence: of its own places, of those before it in its paragraph, of the report."""
        return self.settled[sentence]

    def is_told(self, sentence: int) -> bool:
        """Whether a sentence itself names its country ("in central Iraq")."""
        return (sentence, self.settled[sentence] or "") in self.told

    def with_sentences(self) -> Theatre:
        """The theatre with the country of every sentence, once the weights are final."""
        main = self.main
        most = self.weights[main] if main else 0
        settled: list[str | None] = []
        for i, first in enumerate(self.paragraph):
            here = self.by_sentence.get(i, Counter())
            own = {c: n for c, n in here.items() if STRAY * self.weights[c] >= most or (i, c) in self.told}
            if own:
                settled.append(max(sorted(own), key=lambda c: (own[c] + self.weights[c] / 100, self.weights[c])))
            else:
                settled.append(settled[-1] if first < i else main)
        return replace(self, settled=tuple(settled))

    @property
    def main(self) -> str | None:
        return max(sorted(self.weights), key=lambda c: self.weights[c]) if self.weights else None


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a text, by the tokens they cover.

    `places` are the tokens of place names whose country is known, `spots` those of all place names.
    """

    marks: tuple[Mark, ...]
    theatre: Theatre
    by_token: dict[int, tuple[Mark, ...]] = field(default_factory=dict)
    places: frozenset[int] = frozenset()
    spots: frozenset[int] = frozenset()

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
    countries = registry.find_countries(parse.text)
    actors = [h for h in registry.find(parse.text) if not _is_plain_word(parse, h.span)]
    theatre = _theatre(parse, places, countries)
    _add_actors(theatre, actors, registry)
    theatre = theatre.with_sentences()
    named = list(_chosen(parse, actors, registry, theatre))
    named += list(_introduced(parse.text, named))
    marks = [_mark(parse, span, entry, None) for span, entry in named]
    taken = [m.span for m in marks]
    for hit in countries:
        if not any(hit.span.overlaps(s) for s in taken):
            marks.append(_mark(parse, hit.span, None, _naming(parse, hit)))
    marks.sort(key=lambda m: (m.span.start, m.entry is None))
    spots = {t.i: p.country is not None for p in places for t in parse.tokens_in(p.span)}
    located = frozenset(i for i, known in spots.items() if known)
    return Names(tuple(marks), theatre, _by_token(marks), located, frozenset(spots))


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
    told: set[tuple[int, str]] = set()
    for hit in countries:
        sentence = parse.sentence_of(hit.span).index
        if _is_location(parse, hit):
            told.add((sentence, hit.values[0].code))
        if not any(hit.span.overlaps(s) for s in seen):
            weights[hit.values[0].code] += NATION_WEIGHT
            if sentence not in placed and _is_location(parse, hit):
                by_sentence.setdefault(sentence, Counter())[hit.values[0].code] += 1
    years = [int(y) for y in YEAR.findall(parse.text)]
    return Theatre(weights, by_sentence, _paragraphs(parse), max(years, default=None), frozenset(told))


def _is_location(parse: Parse, hit: Hit[CountryName]) -> bool:
    """Whether a country is where something happens: after "in", or as the heading of an item ("KENYA: ...")."""
    tokens = parse.tokens_in(hit.span)
    before = parse.tokens[tokens[0].i - 1] if tokens[0].i else None
    if before is not None and before.i and before.lower in REGIONS:
        before = parse.tokens[before.i - 1]
    heading = parse.text[hit.span.end : hit.span.end + 3].lstrip()[:1] in (":", "—", "–", "-")
    return hit.values[0].naming == "name" and (heading or (before is not None and before.lower in WITHIN))


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


def _chosen(
    parse: Parse, hits: Sequence[Hit[Sense]], registry: Registry, theatre: Theatre
) -> Iterator[tuple[Span, str]]:
    """The entry that each name means. A name borne by several, or by common usage too, is decided by the actors that
    the report names without doubt, the countries of its sentence and of the report, and the years of the report."""
    sure = {h.values[0].entry for h in hits if len(h.values) == 1 and not h.values[0].shared}
    for hit in hits:
        here = theatre.by_sentence.get(parse.sentence_of(hit.span).index, Counter()) if parse.tokens else Counter()
        ranked = [(_weight(registry.entries[s.entry], theatre, here), s.entry in sure, s) for s in hit.values]
        weight, named, best = max(ranked, key=lambda r: (r[1], r[0]))
        open_name = len(hit.values) > 1 or best.shared
        if not open_name or named or weight > 0:
            yield hit.span, best.entry


def _weight(entry: RegistryEntry, theatre: Theatre, here: Counter[str]) -> float:
    """How well an actor fits the place and the time of a report; 0 if no country of his is in it."""
    weight = max((theatre.weights[c] + OWN_SENTENCE * here[c] for c in entry.countries), default=0)
    first = theatre.weights[entry.countries[0]] if entry.countries else 0
    active = theatre.latest_year is None or entry.active_in(theatre.latest_year)
    return (weight + min(first, 1) / 2) * (1.0 if active else INACTIVE) if weight else 0.0


def _is_plain_word(parse: Parse, span: Span) -> bool:
    """Whether what may be a name is a plain word ("Let", and "IS" in a sentence of capitals) or a part of a
    person's name ("Talib Orlen")."""
    token = parse.token_at(span.start)
    if token.span != span:
        return False
    after = parse.tokens[token.i + 1 : token.i + 2]
    if token.entity == "PERSON" and token.begins and after and after[0].entity == "PERSON" and not after[0].begins:
        return True
    capitals = parse.sentence_of(token).span.of(parse.text).isupper()
    return token.pos in PLAIN and (capitals or not token.text.isupper())


def _naming(parse: Parse, hit: Hit[CountryName]) -> CountryName:
    """Which of its namings a country word has here: an adjective if it stands before a noun."""
    last = parse.root_in(hit.span)
    modifies = last.dep in ("amod", "compound", "nmod") or last.pos == "ADJ"
    for value in hit.values:
        if (value.naming == "adjective") == modifies:
            return value
    return hit.values[0]


def _introduced(text: str, named: Sequence[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Other names that the text gives a known actor, wherever they stand and are not known themselves."""
    taken = {i for s, _ in named for i in range(s.start, s.end)}
    given: dict[str, str] = {}
    for span, entry in named:
        for other in other_names(text, span):
            given.setdefault(other.of(text), entry)
    for hit in find_names_in(text, given):
        if taken.isdisjoint(range(hit.span.start, hit.span.end)):
            yield hit.span, hit.values[0]


def _mark(parse: Parse, span: Span, entry: str | None, country: CountryName | None) -> Mark:
    tokens = parse.tokens_in(span)
    first, last = tokens[0].i, tokens[-1].i
    return Mark(first, last, span, entry, country, is_relation(parse, first, last))


def is_relation(parse: Parse, first: int, last: int) -> bool:
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


def surnames_in(parse: Parse) -> frozenset[str]:
    """Last words of full names of persons: alone, the parser often takes them for something else."""
    found = set()
    for token in parse.tokens:
        following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
        ends = following is None or following.entity != "PERSON" or following.begins
        if token.entity == "PERSON" and not token.begins and ends and token.text[:1].isupper():
            found.add(name_end(token).of(parse.text).lower())
    return frozenset(found)


def name_end(token: Token) -> Span:
    """The last word of a name without a footnote or bracket that the parser left on it: "Orlen,[1"."""
    for sign in "[(":
        kept = token.text.partition(sign)[0].rstrip(",.;:")
        if sign in token.text and kept:
            return Span(token.start, token.start + len(kept))
    return token.span

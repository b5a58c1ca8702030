"""Places told by other places: "12 km south of X", "halfway between X and Y", "on the X-Y road" (codebook 4).

The relation belongs to the name before it where there is one ("A, 12 km south of X"), else to X
itself, with `near`. A told distance also helps to choose among the places that bear a name.
Points are geodesic (WGS 84). Their uncertainty follows the point-radius method of Wieczorek, Guo
and Hijmans (2004): the extent of the place named, the step to which the distance is rounded, and
the sector that a direction may mean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import hypot, radians, sin

from casus.knowledge.gazetteer_names import fold
from casus.knowledge.gazetteer_words import load_place_words
from casus.knowledge.lexicon import load_lexicon
from casus.mentions.places_distances import Phrase, phrase_after, phrase_before
from casus.mentions.places_draft import Draft
from casus.mentions.places_geodesy import Point, destination, kilometres, midpoint
from casus.records.mention import PlaceMention, PlaceRelation, RelationKind
from casus.records.parse import Parse
from casus.records.span import Span

EXTENT_KM = {"site": 1.0, "town": 3.0, "district": 15.0}
"""How far from its point a place of each precision may reach; others are too large to measure from."""

SAME_PROVINCE_KM = 50.0
"""Up to here a place told by its distance from another is put into the other's province."""

STREETS = frozenset(("street", "avenue", "st", "st.", "ave", "ave.", "boulevard", "lane", "drive"))
"""Last words of names of streets, which are the ends of no way between towns."""

LONGEST_KM = {"between": 150.0, "halfway": 1000.0, "road": 1000.0}
"""Two places farther apart than this are not the ends of one way: "a feud between Washington and Ankara"."""

LINK = 70
"""Characters at most between a name and the words that place it."""

LOOK_BACK = 2
"""Sentences in which the place may stand that "18 km to the west" leaves out."""

SMALL = frozenset(("town", "neighbourhood", "site", "district"))
_LARGE = frozenset(("province", "region", "country"))
_KINDS = (
    r"(?:cities|towns|villages|city|town|village|hamlet|settlement|suburb|place|area|camp|base|district|capital|port)"
)
DESCRIBED = (
    rf"(?:(?:a|an|the)\s(?:[\w-]{{1,20}}\s){{0,4}}?{_KINDS}\s?,?\s?)?(?:(?:which|that|and)\s)?"
    r"(?:(?:is|are|was|were|lies|lie|lay|sits|stands|located|situated|lying|sitting|based|only|just)\s){0,3}"
)
"""What may stand between a name and its distance: "X", | "a market town which lies" | "12 km from"."""

_APPOSED = re.compile(rf"\s?[,(–]?\s?{DESCRIBED}")
_OF = rf"(?:the\s)?(?:(?:[\w-]{{2,20}}\s){{0,3}}{_KINDS}\s(?:of\s)?)?"
_AND = re.compile(rf"\s(?:and|to|with)\s{_OF}")
_TO = re.compile(r"\s(?:to|into|towards?)\s")
_HYPHEN = re.compile(r"\s?[-–—/]\s?")


@dataclass(frozen=True, slots=True)
class Told:
    """A relation as told. Indices of drafts: `place` is what it places, `anchor` the place it starts from
    (the same for "12 km south of X" alone), `other` the second one of a way. `slack_km` and `sector` as in
    Phrase; `implied` holds where the words leave out the anchor ("18 km to the west")."""

    place: int
    anchor: int
    other: int | None
    relation: PlaceRelation
    slack_km: float = 0.0
    sector: float = 0.0
    implied: bool = False


def find_relations(parse: Parse, drafts: list[Draft], holders: Sequence[int | None]) -> tuple[Told, ...]:
    """What the text tells of places by other places, in text order; at most one for each place."""
    names = [Span(parse.tokens[d.first].start, parse.tokens[d.last].end) for d in drafts]
    told: dict[int, Told] = {}
    for i in range(len(drafts)):
        for one in (*_way(parse, drafts, names, holders, i), *_before(parse, drafts, names, holders, i)):
            told.setdefault(one.place, one)
    for i in range(len(drafts)):
        if i not in told:
            told.update({one.place: one for one in _after(parse, drafts, names, i)})
    return tuple(told[i] for i in sorted(told))


def _low(parse: Parse, names: list[Span], i: int) -> int:
    """Where the words before a name begin: not before its sentence, nor inside the name before it."""
    low = parse.sentence_of(names[i]).span.start
    return max(low, names[i - 1].end) if i else low


def _subject(
    parse: Parse, drafts: list[Draft], names: list[Span], holders: Sequence[int | None], i: int, start: int
) -> int:
    """The place that words from `start` on say something of: the name before them, or the innermost of its
    chain ("A in B district, 12 km south of"); the name itself where there is none."""
    p = i - 1
    if p < 0 or start - names[p].end > LINK or drafts[p].countries:
        return i
    if not _APPOSED.fullmatch(re.sub(r"\s", " ", parse.text[names[p].end : start])):
        return i
    while p > 0 and holders[p - 1] == p:
        p -= 1
    return p if _is_small(drafts[p]) else i


def _is_small(draft: Draft) -> bool:
    """Whether the draft may be a town or less, so that a distance can place it."""
    if draft.precision in _LARGE or draft.countries or draft.beyond:
        return False
    if not draft.places or draft.places[0].kind in SMALL:
        return True
    return draft.places[0].kind == "province" and any(p.kind in SMALL for p in draft.places[1:3])


def _goes_on(parse: Parse, draft: Draft) -> bool:
    """Whether the name is only the beginning of another: "south of the Sri" | "Lankan capital"."""
    if draft.last + 1 >= len(parse.tokens):
        return False
    after = parse.tokens[draft.last + 1]
    named = after.text[0].isupper() and after.pos in ("PROPN", "ADJ", "NOUN") and after.entity not in ("DATE", "TIME")
    return named and after.sentence == parse.tokens[draft.last].sentence


def _before(
    parse: Parse, drafts: list[Draft], names: list[Span], holders: Sequence[int | None], i: int
) -> Sequence[Told]:
    """The relation whose words come right before the name."""
    phrase = phrase_before(parse.text, names[i].start, _low(parse, names, i))
    if phrase is None or _goes_on(parse, drafts[i]) or (not drafts[i].whole and phrase.kind == "direction"):
        return ()
    if phrase.kind == "distance" and _TO.match(parse.text, names[i].end):
        return ()  # "109 miles from X to Y" is the length of a journey
    place = _subject(parse, drafts, names, holders, i, phrase.start)
    if place == i and phrase.plain:
        return ()
    return (_told(parse.text, phrase, place, i, Span(phrase.start, names[i].end), names[i].of(parse.text)),)


def _told(text: str, phrase: Phrase, place: int, anchor: int, span: Span, to: str) -> Told:
    km = phrase.km if phrase.kind in ("offset", "distance") else None
    relation = PlaceRelation(phrase.kind, span.of(text), span, to, None, km, phrase.bearing)
    return Told(place, anchor, None, relation, phrase.slack_km, phrase.sector)


def _after(parse: Parse, drafts: list[Draft], names: list[Span], i: int) -> Sequence[Told]:
    """ "A, 18 km to the west": from the place named last before it."""
    found = phrase_after(parse.text, names[i].end)
    if found is None or not _is_small(drafts[i]):
        return ()
    phrase, end = found
    own, sentence = fold(names[i].of(parse.text)), parse.sentence_of(names[i]).index
    for p in range(i - 1, -1, -1):
        if sentence - parse.sentence_of(names[p]).index > LOOK_BACK:
            break
        if _is_small(drafts[p]) and drafts[p].places and fold(names[p].of(parse.text)) != own:
            words = parse.text[phrase.start : end]
            start = phrase.start + len(words) - len(words.lstrip(" ,\n\t"))
            told = _told(parse.text, phrase, i, p, Span(start, end), names[p].of(parse.text))
            return (replace(told, implied=True),)
    return ()


def _is_end(parse: Parse, draft: Draft) -> bool:
    """Whether a draft may be an end of a way: a town, and not a street ("between North and Strickland avenues")."""
    if not _is_small(draft):
        return False
    after = parse.tokens[draft.last + 1] if draft.last + 1 < len(parse.tokens) else None
    words = load_place_words()
    streets = (
        after is not None and after.lower != after.lemma and after.lemma in (words.facilities | {*words.divisions})
    )
    return not streets and parse.tokens[draft.last].lower not in STREETS


@dataclass(frozen=True, slots=True)
class _Ways:
    """Words before "X and Y" that say something was half way, on a road, or somewhere between; words after "X-Y"."""

    half: re.Pattern[str]
    road: re.Pattern[str]
    between: re.Pattern[str]
    after: re.Pattern[str]
    dealings: frozenset[str]


@cache
def _ways() -> _Ways:
    table = load_lexicon("distances")
    way = "(?:" + "|".join(table["ways"]["words"]) + ")"
    verbs = r"(?:runs|running|leads|leading|goes|links|linking|connects|connecting|joining)"
    joins = rf"(?:(?:that\s|which\s)?{verbs}(?:\s(?:between|from))?|between|from)"
    road = rf"(?:(?<!\w)(?:the|a|an)\s(?:[\w-]{{2,16}}\s){{0,2}})?\b{way}\s{joins}\s{_OF}\Z"
    half = rf"\b(?:about\s|roughly\s|around\s)?(?:half[-\s]?way|mid[-\s]?way)(?:\spoint)?\sbetween\s{_OF}\Z"
    return _Ways(
        re.compile(half, re.IGNORECASE),
        re.compile(road, re.IGNORECASE),
        re.compile(rf"(?:(?P<before>\w+)\W{{1,3}}|\A\W{{0,3}})(?P<from>between\s){_OF}\Z", re.IGNORECASE),
        re.compile(rf"\s(?:[\w-]{{1,14}}\s){{0,2}}?{way}\b", re.IGNORECASE),
        frozenset(table["dealings"]["words"]),
    )


def _way(parse: Parse, drafts: list[Draft], names: list[Span], holders: Sequence[int | None], i: int) -> Sequence[Told]:
    """ "Halfway between X and Y", "the road from X to Y", "the X-Y road": of the name before, or of both X and Y."""
    if i + 1 == len(drafts) or not (_is_end(parse, drafts[i]) and _is_end(parse, drafts[i + 1])):
        return ()
    found = _way_words(parse, drafts, names, i)
    if found is None:
        return ()
    kind, span = found
    text, ways = parse.text, _ways()
    other = re.sub(ways.after.pattern + r"\Z", "", names[i + 1].of(text), flags=re.IGNORECASE)
    relation = PlaceRelation(kind, span.of(text), span, names[i].of(text), other)
    place = _subject(parse, drafts, names, holders, i, span.start) if span.start < names[i].start else i
    placed = (place,) if place != i else (i, i + 1)
    return tuple(Told(p, i, i + 1, relation) for p in placed)


def _way_words(parse: Parse, drafts: list[Draft], names: list[Span], i: int) -> tuple[RelationKind, Span] | None:
    """What kind of way two neighbouring names are the ends of, and the words that say so; None if of none."""
    text, ways = parse.text, _ways()
    one, two = names[i], names[i + 1]
    linked = re.sub(r"\s", " ", text[one.end : two.start])
    if _HYPHEN.fullmatch(linked):
        after = ways.after.match(text, two.end)
        if after or re.search(ways.after.pattern + r"\Z", two.of(text), re.IGNORECASE):
            article = 4 if text[max(0, one.start - 4) : one.start].lower() == "the " else 0
            return "road", Span(one.start - article, after.end() if after else two.end)
        return None
    if len(linked) > LINK or not _AND.fullmatch(linked):
        return None
    low = _low(parse, names, i)
    window = re.sub(r"\s", " ", text[low : one.start])[-LINK:]
    offset = one.start - len(window)
    for kind, pattern in (("halfway", ways.half), ("road", ways.road)):
        if match := pattern.search(window):
            return ("halfway" if kind == "halfway" else "road"), Span(offset + match.start(), two.end)
    match = ways.between.search(window)
    if match is None or (match["before"] or "").lower() in ways.dealings or linked.startswith((" to", " with")):
        return None
    if any(p.capital for d in drafts[i : i + 2] for p in d.places[:3]) or not any(d.places for d in drafts[i : i + 2]):
        return None  # capitals stand for governments, and names that nobody knows may be peoples
    return "between", Span(offset + match.start("from"), two.end)


def place_told(mentions: tuple[PlaceMention, ...], told: tuple[Told, ...]) -> tuple[PlaceMention, ...]:
    """The mentions with what the text tells of them; a computed point takes the place of the gazetteer's."""
    placed = list(mentions)
    about = Counter(m.country for m in mentions if m.country).most_common(1)
    for one in told:
        anchor = mentions[one.anchor]
        if one.implied and (not about or anchor.country != about[0][0]):
            continue  # the place left out is one of the scene, not the seat of who speaks
        other = mentions[one.other] if one.other is not None else None
        mention = mentions[one.place]
        if other is not None:
            placed[one.place] = _on_way(mention, anchor, other, one)
        elif one.place == one.anchor:
            placed[one.place] = _by_itself(mention, one)
        else:
            placed[one.place] = _by_other(mention, anchor, one)
    return _repeated(tuple(placed))


def _point(mention: PlaceMention) -> Point | None:
    """The point to measure from; None for places too large for that."""
    if mention.latitude is None or mention.longitude is None or mention.precision not in EXTENT_KM:
        return None
    return mention.latitude, mention.longitude


def _computed(anchor: PlaceMention, one: Told) -> tuple[Point, float] | None:
    """The point that a distance from the anchor leads to, and its uncertainty in kilometres."""
    start, km, bearing = _point(anchor), one.relation.distance_km, one.relation.bearing
    if start is None or km is None:
        return None
    extent = EXTENT_KM[anchor.precision]
    if bearing is None:
        return start, round(km + one.slack_km + extent, 1)
    return destination(start, km, bearing), round(hypot(one.slack_km, km * sin(radians(one.sector))) + extent, 1)


def _by_itself(mention: PlaceMention, one: Told) -> PlaceMention:
    """ "12 km south of X": X with `near` and the point there."""
    mention = replace(mention, near=True, relation=one.relation)
    found = _computed(mention, one)
    if found is None:
        return mention
    point, uncertainty = found
    if one.relation.bearing is None:
        return replace(mention, uncertainty_km=uncertainty)
    return replace(_at(mention, point, uncertainty), admin1=_province(mention, one))


def _by_other(mention: PlaceMention, anchor: PlaceMention, one: Told) -> PlaceMention:
    """ "A, 12 km south of B": A where the gazetteer has it, else the point told."""
    mention = replace(mention, relation=one.relation)
    if mention.latitude is not None or anchor.country is None:
        return mention
    if mention.country == anchor.country or mention.within is None:
        admin1 = mention.admin1 if mention.country == anchor.country else None
        mention = replace(mention, country=anchor.country, admin1=admin1 or _province(anchor, one))
    found = _computed(anchor, one)
    return _at(mention, *found) if found else mention


def _province(anchor: PlaceMention, one: Told) -> str | None:
    return anchor.admin1 if (one.relation.distance_km or 0.0) <= SAME_PROVINCE_KM else None


def _on_way(mention: PlaceMention, one: PlaceMention, two: PlaceMention, told: Told) -> PlaceMention:
    """A place half way or somewhere between two others: the middle, and how far it may be from there."""
    ends = _point(one), _point(two)
    length = kilometres(ends[0], ends[1]) if ends[0] and ends[1] else None
    large = any(end is None and m.latitude is not None for end, m in zip(ends, (one, two), strict=True))
    if large or (length is not None and length > LONGEST_KM[told.relation.kind]):
        return mention
    alone = told.place in (told.anchor, told.other)
    mention = replace(mention, relation=told.relation)
    if alone or (mention.latitude is None and mention.within is None):
        country = _shared(one.country, two.country) if length is None else _same(one.country, two.country)
        mention = replace(mention, country=country, admin1=_same(one.admin1, two.admin1))
    if alone:
        mention = replace(mention, near=False)
    if ends[0] is None or ends[1] is None or length is None or (not alone and mention.latitude is not None):
        return mention
    reach = 0.1 if told.relation.kind == "halfway" else 0.5
    return _at(mention, midpoint(ends[0], ends[1]), reach * length + EXTENT_KM["town"])


def _same(one: str | None, two: str | None) -> str | None:
    return one if one == two else None


def _shared(one: str | None, two: str | None) -> str | None:
    """What both are, or the one of which something is known."""
    return one if one == two or two is None else two if one is None else None


def _at(mention: PlaceMention, point: Point, uncertainty: float) -> PlaceMention:
    return replace(
        mention, latitude=point[0], longitude=point[1], geonames_id=None, uncertainty_km=round(uncertainty, 1)
    )


def _repeated(mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """An unknown name that the text puts somewhere once is there each time it comes."""
    known = {
        fold(m.name): m
        for m in reversed(mentions)
        if m.relation and m.latitude is not None and m.geonames_id is None and m.relation.to != m.name
    }
    return tuple(
        replace(
            _at(m, (k.latitude, k.longitude), k.uncertainty_km or 0.0),
            country=k.country,
            admin1=k.admin1,
            relation=k.relation,
        )
        if m.latitude is None
        and (k := known.get(fold(m.name))) is not None
        and m.country in (None, k.country)
        and k.latitude is not None
        and k.longitude is not None
        else m
        for m in mentions
    )

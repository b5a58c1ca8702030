"""How the phrase that names a place stands in its sentence, and which places the words link."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from casus.knowledge.lexicon import load_lexicon
from casus.records.findings import Findings
from casus.records.mention import PlaceMention
from casus.records.parse import Parse, Token

Relation = Literal["where", "of", "from", "to", "aim", "party", "object", "subject", "owner", "modifier", "other"]

HOPS = 8
"""Steps climbed from a name to the phrase that carries it; deeper nesting is a parser's error."""

LINK = 10
"""Words that may stand between two places that the text links."""

ORDER = {"site": 0, "town": 1, "unknown": 1, "district": 2, "province": 3, "region": 3, "country": 4}
"""What can hold what: a place lies in one of a higher rank."""

WAYS = frozenset(("road", "highway", "motorway"))
"""What the name of a way ends with."""

OPENERS = frozenset((",", "(", "in", "of", "near"))
"""What the words that link two places begin with, where no noun for a kind of place does."""

PHRASE = frozenset(("NOUN", "PROPN", "ADJ", "ADV", "DET", "NUM"))
"""What a description of a place is made of."""

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ"))


@dataclass(frozen=True, slots=True)
class Role:
    """What a place is in its clause, and `governor`, the index of the word that its phrase hangs on."""

    relation: Relation
    governor: int


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table = load_lexicon("where")
    return {name: frozenset(words) for name, words in table.items() if isinstance(words, list)}


def role_of(parse: Parse, root: Token) -> Role:
    """The role of a place by the head word of its name; "Lviv" has that of "outskirts" in "the outskirts of Lviv"."""
    for _ in range(HOPS):
        head = parse.head(root)
        if root.dep in ("conj", "appos") and head.i != root.i and head.pos in NOMINAL:
            root = head
        elif root.dep == "pobj" and head.pos in ("ADP", "SCONJ"):
            governor = parse.head(head)
            if head.lower != "of" or governor.pos not in NOMINAL or governor.lemma not in _words()["parts"]:
                return Role(_by_preposition(head.lower, governor.lemma), governor.i)
            root = governor
        elif root.dep in ("compound", "amod", "nmod", "poss") and head.lemma in _words()["parts"]:
            root = head
        else:
            break
    return Role(_by_dependency(root.dep), parse.head(root).i)


def _by_preposition(word: str, governor: str) -> Relation:
    """ "Taken from the market" tells where; "came from the market" does not."""
    if word == "from":
        return "where" if governor in _words()["taking"] else "from"
    if word == "of":
        return "of"
    for name in ("where", "party", "aim", "to"):
        if word in _words()[name]:
            return name
    return "other"


def _by_dependency(dep: str) -> Relation:
    if dep in ("dobj", "nsubjpass"):
        return "object"
    if dep in ("compound", "amod", "nmod"):
        return "modifier"
    if dep == "nsubj":
        return "subject"
    return "owner" if dep == "poss" else "other"


def holders(findings: Findings, indices: list[int]) -> dict[int, int]:
    """For places (by index) the next one that the words put around them or describe them by:
    "Adra, in the district of Douma", "Kalkan, 12 miles west of Fethiye"."""
    found = {}
    for index in indices:
        within = findings.places[index].within
        if within is not None:
            found[index] = within
        elif index + 1 < len(findings.places) and _linked(findings.parse, *findings.places[index : index + 2]):
            found[index] = index + 1
    return found


def rank_of(place: PlaceMention) -> int:
    """What the place can hold: a road runs through towns ("at Lodwar, on the Kitale road")."""
    return 3 if place.name.rpartition(" ")[2].lower() in WAYS else ORDER[place.precision]


def anchors(findings: Findings, indices: list[int]) -> dict[int, int]:
    """For places (by index) the one that they are told by: "the village of Adra, 12 km (7 miles) south of Homs"."""
    found = {}
    for index in indices:
        place = findings.places[index]
        if place.relation is None or place.relation.is_between(place.name):
            continue
        for k in range(index + 1, min(index + 4, len(findings.places))):
            if place.relation.span.contains(findings.places[k].span):
                found[index] = k
                break
    return found


def _linked(parse: Parse, inner: PlaceMention, outer: PlaceMention) -> bool:
    """Whether only words of place stand between, or a description of the first ("Baga, a port on Lake Chad"),
    and the second can hold the first or is what it is described by."""
    first, last = parse.token_at(inner.span.end), parse.token_at(outer.span.start)
    if first.sentence != last.sentence or not 0 < last.i - first.i <= LINK:
        return False
    between = parse.tokens[first.i : last.i]
    words = [t.lower for t in between]
    parts = _words()["parts"]
    if words[0] not in OPENERS and words[0] not in parts:
        return False
    allowed = _words()["linking"] | parts
    described = words[0] == "," and words[-1] in _words()["closing"]
    if any(w not in allowed and not (described and t.pos in PHRASE) for w, t in zip(words, between, strict=True)):
        return False
    if words[0] == "," and "of" in words and parts & set(words):
        return True
    higher = rank_of(outer) - rank_of(inner)
    return higher > 0 or (higher == 0 and "in" in words)

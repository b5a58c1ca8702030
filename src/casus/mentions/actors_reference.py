"""Words that point back: "the group", "the militants", "its fighters", "they"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from casus.mentions.actors_found import Found
from casus.mentions.actors_phrases import role_of
from casus.mentions.actors_resolve import BRANCHES, Reference, Setting, of_state
from casus.mentions.actors_sides import chosen, find_sides, two_before
from casus.records.parse import Token

NEAR = 4
REACH = {
    **dict.fromkeys(("rebels", "militants", "a few"), 40),
    **dict.fromkeys(("coalition", "pirates"), 100),
    "strikes": 25,
    "bodies": 6,
    "prisoners": 1,
}
"""Sentences back that a phrase points at most; words for one side of a war point far."""

NON_STATE = frozenset(("rebel group", "political militia", "identity militia"))
FITS: dict[str, frozenset[str]] = {
    "rebels": frozenset(("rebel group",)),
    "militants": frozenset(("rebel group", "political militia")),
    "a few": frozenset(("rebel group",)),
    "gunmen": NON_STATE | {"unidentified"},
    "fighters": NON_STATE | {"unidentified", "state forces"},
    "militia": frozenset(("political militia", "identity militia", "rebel group")),
    "bodies": NON_STATE | {"organisation"},
    "military": frozenset(("state forces",)),
    "coalition": frozenset(("external forces",)),
    "gangs": frozenset(("political militia",)),
    "mercenaries": frozenset(("external forces",)),
    "prisoners": NON_STATE,
    "bandits": frozenset(("political militia",)),
    "pirates": frozenset(("political militia",)),
    "strikes": frozenset(("state forces", "external forces")),
    "owned": NON_STATE | {"state forces", "external forces", "organisation"},
    "they": NON_STATE | {"state forces", "external forces", "unidentified", "protesters", "rioters", "civilians"},
    "it": NON_STATE | {"state forces", "external forces", "organisation"},
    "he": frozenset(("person",)),
    "his": frozenset(("person",)),
}
"""Kinds of actors that a role or a pronoun can point at."""

PRONOUNS = {"they": "they", "them": "they", "it": "it", "he": "he", "she": "he", "him": "he"}


SEVERAL = frozenset(("both", "former", "latter"))
BLOWS = frozenset(("strike", "airstrike", "raid", "bombing", "bombardment", "sortie"))
CLOSE = frozenset(("they", "it", "he", "his", "owned"))
SIDES = {
    "rebels": ("rebel", "guerrilla", "insurgent", "separatist"),
    "militants": ("militant", "jihadi", "terrorist", "extremist", "islamist"),
    "a few": ("militant", "jihadi", "terrorist", "extremist", "islamist"),
}
"""Words for one side of a war, and the words by which its mentions are known."""


def resolve_backward(setting: Setting, found: Sequence[Found]) -> list[Found]:
    """Mentions in text order, those that point back with whom they point at.

    What points at nothing keeps its own reference, or is left out if it has none.
    """
    settled: list[Found] = []
    sides = list(find_sides(setting))
    covered = {i for f in sides for i in range(f.span.start, f.span.end)}
    others = [f for f in (*found, *_pronouns(setting)) if f.span.start not in covered]
    for item in sorted([*others, *sides], key=lambda f: (f.span.start, f.span.end)):
        if item.pointing is None:
            settled.append(item)
            continue
        if item.pointing in SEVERAL:
            pair = chosen(item, two_before(setting, item, settled))
            settled.extend(Found(item.span, item.head, one) for one in pair)
            continue
        antecedent = _antecedent(setting, item, settled)
        if antecedent is not None and item.pointing == "his":
            antecedent = antecedent.belongs
        if antecedent is not None and item.pointing in ("owned", "his"):
            antecedent = _forces_of(setting, antecedent, item)
        reference = antecedent or item.reference
        if reference is not None:
            settled.append(Found(item.span, item.head, reference))
    return settled


def _forces_of(setting: Setting, owner: Reference, item: Found) -> Reference:
    """The forces in "its troops": a government's are its military or police."""
    if owner.registry is None or not owner.registry.startswith("state:"):
        return owner
    role, _ = role_of(setting.parse, setting.parse.tokens[item.head])
    if role in ("military", "fighters", None):
        return of_state(setting, owner.country, "military")
    return of_state(setting, owner.country, role) if role in BRANCHES else owner


def _pronouns(setting: Setting) -> Iterable[Found]:
    """Personal pronouns that are subjects or agents."""
    for token in setting.parse.tokens:
        pointing = PRONOUNS.get(token.lower)
        if pointing and token.pos == "PRON" and token.dep in ("nsubj", "nsubjpass") and not _is_empty(setting, token):
            yield Found(token.span, token.i, None, pointing)


def _is_empty(setting: Setting, token: Token) -> bool:
    """Whether "it" stands for nothing: "it is believed", "it was not clear"."""
    if token.lower != "it":
        return False
    verb = setting.parse.head(token)
    below = {t.dep for t in setting.parse.children(verb)}
    return verb.lemma in ("be", "seem", "appear", "happen", "take", "rain") or bool(
        below & {"ccomp", "csubj"} and token.dep == "nsubjpass"
    )


def _antecedent(setting: Setting, item: Found, before: Sequence[Found]) -> Reference | None:
    """Whom a mention points at: for pronouns a subject near by, else the last fitting actor."""
    tokens = setting.parse.tokens
    sentence = tokens[item.head].sentence
    pointing = item.pointing or ""
    reach = 1 if pointing in CLOSE else REACH.get(pointing, NEAR)
    fitting = [
        f
        for f in _last(before, tokens, sentence - reach)
        if sentence - tokens[f.head].sentence <= reach
        and f.reference is not None
        and f.reference.kind in FITS[pointing]
        and not f.span.overlaps(item.span)
        and not (pointing in ("it", "they") and not _is_subject(setting, tokens[f.head]))
        and not (pointing == "bodies" and f.reference.kind == "identity militia" and f.reference.registry is None)
        and not (pointing in ("military", "fighters") and "Government of" in f.reference.name)
    ]
    if pointing == "military" and setting.names.theatre.is_told(sentence):
        here = setting.theatre(tokens[item.head])
        fitting = [f for f in fitting if f.reference and f.reference.country == here]
    if pointing == "strikes":
        fitting = [f for f in fitting if _strikes(setting, tokens[f.head])]
    if pointing in SIDES:
        return _side(setting, fitting, pointing)
    if pointing in ("it", "they", "he"):
        return _spoken_of(setting, item, fitting)
    return fitting[-1].reference if fitting else None


def _last(before: Sequence[Found], tokens: Sequence[Token], sentence: int) -> list[Found]:
    """The mentions from a sentence on, in text order."""
    i = len(before)
    while i and tokens[before[i - 1].head].sentence >= sentence:
        i -= 1
    return list(before[i:])


def _strikes(setting: Setting, token: Token) -> bool:
    """Whether a mention is told to strike from far away: "the coalition conducted five strikes", "its air strike"."""
    governor = setting.parse.head(token)
    near = (governor, *setting.parse.children(governor))
    blows = any(t.i != token.i and (t.lemma in BLOWS or role_of(setting.parse, t)[0] == "strikes") for t in near)
    return blows and token.dep in ("nsubj", "compound", "amod", "poss", "pobj", "nmod")


def _spoken_of(setting: Setting, item: Found, fitting: Sequence[Found]) -> Reference | None:
    """Whom a pronoun stands for: the subject of the verb that governs its clause ("the army said it ..."), else
    the last one."""
    above = [a for a in setting.parse.ancestors(setting.parse.tokens[item.head]) if a.pos in ("VERB", "AUX")][1:]
    for verb in above:
        for found in reversed(fitting):
            subject = setting.parse.tokens[found.head]
            if subject.head == verb.i and subject.dep in ("nsubj", "nsubjpass") and found.reference:
                return found.reference
    return fitting[-1].reference if fitting else None


def _side(setting: Setting, fitting: Sequence[Found], pointing: str) -> Reference | None:
    """The side of a war: the only one named so far, else the last that was called by this word."""
    words = SIDES[pointing]
    if len({f.reference.name for f in fitting if f.reference}) == 1:
        return fitting[-1].reference
    called = [f for f in fitting if any(w in f.span.of(setting.parse.text).lower() for w in words)]
    if called:
        return called[-1].reference
    if pointing != "militants" or not fitting:
        return None
    times = Counter(f.reference.name for f in fitting if f.reference)
    return max(fitting, key=lambda f: times[f.reference.name] if f.reference else 0).reference


def _is_subject(setting: Setting, token: Token) -> bool:
    """Whether a mention's head, or the noun of quantity it hangs on, is a subject."""
    parse = setting.parse
    while token.dep in ("pobj", "prep", "compound", "poss", "nmod", "amod", "conj", "appos"):
        if parse.head(token).pos == "VERB":
            return False
        token = parse.head(token)
    return token.dep in ("nsubj", "nsubjpass", "agent")

"""Words that point back: "the group", "the militants", "its fighters", "they"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casus.mentions.actors_found import Found
from casus.mentions.actors_resolve import Reference, Setting
from casus.records.parse import Token

REACH = 4
"""Sentences back that a phrase points at most."""

NON_STATE = frozenset(("rebel group", "political militia", "identity militia"))
FITS: dict[str, frozenset[str]] = {
    "rebels": frozenset(("rebel group",)),
    "militants": NON_STATE,
    "gunmen": NON_STATE | {"unidentified"},
    "fighters": NON_STATE | {"unidentified", "state forces"},
    "militia": frozenset(("political militia", "identity militia", "rebel group")),
    "bodies": NON_STATE | {"organisation"},
    "military": frozenset(("state forces",)),
    "coalition": frozenset(("external forces",)),
    "gangs": frozenset(("political militia",)),
    "mercenaries": frozenset(("external forces",)),
    "bandits": frozenset(("political militia",)),
    "pirates": frozenset(("political militia",)),
    "owned": NON_STATE | {"state forces", "external forces", "organisation"},
    "they": NON_STATE | {"state forces", "external forces", "unidentified", "protesters", "rioters", "civilians"},
    "it": NON_STATE | {"state forces", "external forces", "organisation"},
    "he": frozenset(("person",)),
}
"""Kinds of actors that a role or a pronoun can point at."""

PRONOUNS = {"they": "they", "them": "they", "it": "it", "he": "he", "she": "he", "him": "he"}


def resolve_backward(setting: Setting, found: Sequence[Found]) -> list[Found]:
    """Mentions in text order, those that point back with whom they point at.

    What points at nothing keeps its own reference, or is left out if it has none.
    """
    settled: list[Found] = []
    for item in sorted([*found, *_pronouns(setting)], key=lambda f: (f.span.start, f.span.end)):
        if item.pointing is None:
            settled.append(item)
            continue
        antecedent = _antecedent(setting, item, settled)
        reference = antecedent or item.reference
        if reference is not None:
            settled.append(Found(item.span, item.head, reference))
    return settled


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
    return verb.lemma in ("be", "seem", "appear", "happen", "take", "rain") or bool(below & {"ccomp", "csubj"} and token.dep == "nsubjpass")


def _antecedent(setting: Setting, item: Found, before: Sequence[Found]) -> Reference | None:
    """The last fitting actor before: for pronouns a subject of this sentence or the one before."""
    tokens = setting.parse.tokens
    sentence = tokens[item.head].sentence
    pronoun = item.pointing in ("they", "it", "he", "owned")
    reach = 1 if pronoun else REACH
    fits = FITS[item.pointing or ""]
    for earlier in reversed(before):
        distance = sentence - tokens[earlier.head].sentence
        if distance > reach:
            break
        if earlier.reference is None or earlier.reference.kind not in fits or earlier.span.overlaps(item.span):
            continue
        if item.pointing in ("it", "they") and not _is_subject(setting, tokens[earlier.head]):
            continue
        if item.pointing == "military" and "Government of" in earlier.reference.name:
            continue
        return earlier.reference
    return None


def _is_subject(setting: Setting, token: Token) -> bool:
    """Whether a mention's head, or the noun of quantity it hangs on, is a subject."""
    parse = setting.parse
    while token.dep in ("pobj", "prep", "compound", "poss", "nmod", "amod", "conj", "appos"):
        if parse.head(token).pos == "VERB":
            return False
        token = parse.head(token)
    return token.dep in ("nsubj", "nsubjpass", "agent")

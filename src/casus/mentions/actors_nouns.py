"""Mentions headed by a noun of a role: "a senior Daesh leader", "Turkish and Russian jets", "the army"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from casus.mentions.actors_found import Found
from casus.mentions.actors_names import Mark
from casus.mentions.actors_phrases import Phrase, is_bare, is_definite, is_head, left_words, phrase_of, role_of
from casus.mentions.actors_resolve import BRANCHES, PARTNERS, Reference, Setting, of_state, resolve, told_beside
from casus.records.parse import Token
from casus.records.span import Span

POINTING = frozenset(
    (
        "rebels",
        "militants",
        "gunmen",
        "fighters",
        "militia",
        "bodies",
        "military",
        "coalition",
        "gangs",
        "mercenaries",
        "bandits",
        "pirates",
        "prisoners",
    )
)

NOBODY = frozenset(("no", "any", "zero"))
HURT = frozenset(("casualty", "victim", "person", "people", "civilian"))
"""Nouns of "no casualties" and "no civilians": nobody is meant."""

HARM = frozenset(("engage", "damage", "suppress", "injure", "wound", "level", "flatten"))
PURSUED = frozenset(("launch", "enter", "use", "move", "resume", "open", "cross", "carry", "back", "support"))
"""Verbs of deeds that strikes of workers do as well."""

BEFORE_NOUNS = frozenset(("military", "police", "rebels", "militants", "militia", "coalition", "government"))
"""Roles that a noun before another tells ("coalition airstrikes", "army escort")."""


def find_nouns(setting: Setting) -> list[Found]:
    """Every phrase whose head noun has a role or is of a body, in text order."""
    return [f for token in setting.parse.tokens for f in _at(setting, token)]


def _at(setting: Setting, head: Token) -> Iterator[Found]:
    roles = setting.roles
    if _is_name(setting, head) or not _may_head(setting, head) or (head.lower == "march" and head.entity == "DATE"):
        return
    if head.pos == "PROPN" and head.lower in setting.surnames and not _has_article(setting, head):
        return
    role, _ = role_of(setting.parse, head)
    role = "strikes" if role is None and _is_blow(setting, head) else role
    equipment = role is None and head.lemma in roles.deeds["nouns"]
    if role is None and not (equipment or {head.lemma} & (roles.members | roles.bodies | roles.units)):
        return
    if head.lower == "force" and not setting.parse.children(head):
        return
    phrase = phrase_of(setting.parse, head)
    if role == "civilians" and setting.parse.tokens[phrase.first].lower in NOBODY and head.lemma in HURT:
        return
    unmarked = not setting.names.within(phrase.first, phrase.head)
    if role in ("devices", "strikes") and unmarked and not _acts(setting, head, role):
        return
    role = _by_conduct(setting, phrase, role)
    yield from _coordinated(setting, phrase, role)
    reference = resolve(setting, phrase, role)
    pointing = None if told_beside(setting, phrase, role) else _pointing(setting, phrase, role, head)
    if reference is None and pointing is None and role == "fighters" and head.lemma not in {*PARTNERS, "force"}:
        pointing = role
    if reference is not None or pointing is not None:
        yield Found(_span(setting, phrase, reference), head.i, reference, pointing)


def _has_article(setting: Setting, head: Token) -> bool:
    """Whether a determiner makes a capitalised word a common noun: "the Baker" is a baker, "Baker" a person."""
    return any(t.pos == "DET" for t in setting.parse.children(head))


def _is_blow(setting: Setting, head: Token) -> bool:
    """Whether "strike" is one from far away, by what it does, and no walkout."""
    verb = setting.parse.head(head)
    harm = HARM | (setting.roles.deeds["verbs"] - PURSUED)
    return head.lemma == "strike" and head.dep == "nsubj" and verb.lemma in harm


def _acts(setting: Setting, head: Token, role: str) -> bool:
    """Whether a weapon or a blow stands for an unknown hand: as a subject, after "by" or "in", or when found,
    and the text does not say whose it is ("a mine laid by the rebels")."""
    governor = setting.parse.head(head)
    laid = [t for t in setting.parse.children(head) if t.dep == "acl"]
    if any(t.dep == "agent" for verb in laid for t in setting.parse.children(verb)):
        return False
    if head.dep == "nsubj":
        return True
    if head.dep == "pobj":
        return governor.lower in ("by", "in", "from")
    return (
        role == "devices"
        and head.dep in ("dobj", "nsubjpass")
        and governor.lemma in setting.roles.deeds["disarm_verbs"]
    )


def _by_conduct(setting: Setting, phrase: Phrase, role: str | None) -> str | None:
    """People who bear arms are gunmen, those who loot are rioters, a crowd that does not is a protest."""
    head = setting.parse.tokens[phrase.head]
    verb = _done_by(setting, head)
    words = {t.lower for t in left_words(setting.parse, phrase)}
    deeds = setting.roles.deeds
    done = {verb, *(t.lemma for t in setting.parse.children(head) if t.dep in ("acl", "relcl"))}
    if role == "crowd":
        return "rioters" if done & (deeds["riot_verbs"] | deeds["crowd_verbs"]) else "protesters"
    if role in ("civilians", "protesters") and done & deeds["riot_verbs"]:
        return "rioters"
    if role in ("civilians", "protesters") and words & setting.roles.around["rioter_words"]:
        return "rioters"
    if role == "civilians" and words & setting.roles.around["protest_words"]:
        return "protesters"
    if role == "civilians" and done & deeds["protest_verbs"]:
        return "protesters"
    if head.lemma not in setting.roles.persons:
        return role
    if words & setting.roles.around["armed_words"] or verb in deeds["armed_verbs"]:
        return "gunmen"
    return role


def _done_by(setting: Setting, head: Token) -> str:
    """The verb whose agent a noun is, active or passive; empty if there is none."""
    governor = setting.parse.head(head)
    if head.dep == "pobj" and governor.lower == "by":
        governor = setting.parse.head(governor)
    elif head.dep != "nsubj":
        return ""
    return governor.lemma


def _may_head(setting: Setting, token: Token) -> bool:
    """Heads of phrases, and role nouns before a noun of a deed ("coalition airstrikes")."""
    if is_head(setting.parse, token):
        return True
    head = setting.parse.head(token)
    if token.pos == "ADJ" and token.dep == "amod" and head.i > token.i and head.lemma in setting.roles.deeds["nouns"]:
        return role_of(setting.parse, token)[0] in BEFORE_NOUNS
    return (
        token.pos in ("NOUN", "PROPN")
        and token.dep == "compound"
        and head.i > token.i
        and head.lemma not in setting.roles.members
        and role_of(setting.parse, head)[0] in (None, "strikes", "devices")
        and role_of(setting.parse, token)[0] in BEFORE_NOUNS
    )


def _is_name(setting: Setting, token: Token) -> bool:
    """Whether the token lies in the name of an actor: names are mentions of their own."""
    mark = setting.names.at(token)
    return mark is not None and mark.entry is not None


def _span(setting: Setting, phrase: Phrase, reference: Reference | None) -> Span:
    """The phrase, with the of-phrase that tells whose people they are."""
    span = phrase.span(setting.parse)
    if phrase.object is None or reference is None or reference.registry is None:
        return span
    head = setting.parse.tokens[phrase.head]
    if head.lemma not in setting.roles.around["of_heads"]:
        return span
    inner = phrase_of(setting.parse, setting.parse.tokens[phrase.object])
    return span.cover(inner.span(setting.parse)) if setting.names.within(inner.first, inner.head) else span


def _pointing(setting: Setting, phrase: Phrase, role: str | None, head: Token) -> str | None:
    """The role under which a phrase may point back: definite and bare ("the group", "the militants")."""
    parse = setting.parse
    if setting.names.within(phrase.first, phrase.head if phrase.object is None else phrase.object):
        return None
    if head.lemma in PARTNERS:
        return None
    if head.lemma == "party" and not is_bare(parse, phrase, head.i):
        return None
    _, noun = role_of(parse, head)
    own = "bodies" if role is None and head.lemma in setting.roles.bodies else role
    if own == "strikes":
        first = parse.tokens[phrase.first]
        return "strikes" if first.i < head.i and (is_definite(parse, phrase) or first.pos == "NUM") else None
    if _is_owned(setting, phrase):
        return "owned"
    if parse.tokens[phrase.first].lower in ("his", "her") and (own == "bodies" or own in BRANCHES):
        return "his"
    if _object_is_body(setting, phrase, head):
        return "bodies"
    if any(t.dep == "poss" and t.lemma in setting.roles.bodies for t in left_words(parse, phrase)):
        return "bodies"
    if own in POINTING and is_definite(parse, phrase) and (is_bare(parse, phrase, noun) or own == "bodies"):
        return own
    if own in ("fighters", "militants") and is_bare(parse, phrase, noun):
        return "fighters" if own == "fighters" else "a few"
    return None


def _object_is_body(setting: Setting, phrase: Phrase, head: Token) -> bool:
    """Whether it is "members of the group": whose people they are is told before."""
    if phrase.object is None or head.lemma not in setting.roles.members:
        return False
    inner = setting.parse.tokens[phrase.object]
    return inner.lemma in setting.roles.bodies and not setting.names.within(phrase.head, inner.i)


def _is_owned(setting: Setting, phrase: Phrase) -> bool:
    """Whether a possessive pronoun opens the phrase and its head is of a body ("its fighters")."""
    first = setting.parse.tokens[phrase.first]
    head = setting.parse.tokens[phrase.head]
    role, _ = role_of(setting.parse, head)
    return first.lower in ("its", "their") and (
        head.lemma in setting.roles.members or role in ("military", "fighters", "police", "security", "militia")
    )


def _coordinated(setting: Setting, phrase: Phrase, role: str | None) -> Iterator[Found]:
    """The first nationalities of "Russian and Syrian warplanes": each has forces of its own."""
    if role not in BRANCHES and role not in ("fighters", "strikes"):
        return
    marks = [m for m in setting.names.within(phrase.first, phrase.head) if m.country and not m.relation]
    for mark, following in pairwise(marks):
        if _joined(setting, mark, following) and mark.country:
            branch = role if role in BRANCHES else "military"
            yield Found(mark.span, mark.last, of_state(setting, mark.country.code, branch))


def _joined(setting: Setting, mark: Mark, following: Mark) -> bool:
    if mark.country is None or following.country is None or mark.country.code == following.country.code:
        return False
    between = [t.lower for t in setting.parse.tokens[mark.last + 1 : following.first]]
    return between in (["and"], [","], ["-"], ["or"], [",", "and"], ["/"])

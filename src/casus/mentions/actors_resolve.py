"""Whom a noun phrase stands for: from the names inside it, its head noun and where the report is set."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casus.knowledge.registry import Branch, Registry, RegistryEntry
from casus.knowledge.registry_roles import Roles, load_roles
from casus.mentions.actors_names import Mark, Names, surnames_in
from casus.mentions.actors_phrases import Phrase, left_words, phrase_of, role_of
from casus.records.actor import ActorKind
from casus.records.parse import Parse, Token

BRANCHES: dict[str, Branch] = {
    "military": "military",
    "police": "police",
    "security": "security",
    "government": "government",
}
UNLOCATED: dict[str, str] = {
    "military": "Unidentified military forces",
    "police": "Unidentified state forces",
    "security": "Unidentified state forces",
    "government": "Unidentified government",
}
"""State forces of a report that names no country (codebook 4)."""

PLAIN: dict[str, tuple[str, ActorKind]] = {
    "civilians": ("Civilians", "civilians"),
    "prisoners": ("Prisoners", "civilians"),
    "gunmen": ("Unidentified armed group", "unidentified"),
    "devices": ("Unidentified armed group", "unidentified"),
    "strikes": ("Unidentified military forces", "unidentified"),
    "mercenaries": ("Mercenaries", "external forces"),
    "peacekeepers": ("United Nations peacekeepers", "external forces"),
    "organisation": ("", "organisation"),
}
LOCATED: dict[str, tuple[str, ActorKind]] = {
    "protesters": ("Protesters", "protesters"),
    "rioters": ("Rioters", "rioters"),
    "vigilantes": ("Vigilantes", "identity militia"),
    "bandits": ("Bandits", "political militia"),
    "gangs": ("Unidentified gang", "political militia"),
}
"""Roles whose actors are named by country: "Protesters (India)"."""

COALITIONS = {
    "IRQ": ("us-led-coalition-oir", "mnf-i"),
    "SYR": ("us-led-coalition-oir",),
    "YEM": ("saudi-led-coalition",),
}
"""What "the coalition" is where one is at work, the latest first."""

CREEDS = frozenset(
    ("islamist", "jihadist", "muslim", "extremist", "radical", "takfiri", "salafist", "tribal", "ethnic")
)
PARTNERS = frozenset(("ally", "partner", "proxy", "backer"))
HEADS = frozenset(("leader", "spokesman", "spokeswoman", "spokesperson", "leadership"))
"""Heads and voices of any body: of a state only where the country is named."""

STATES_OWN = frozenset(("government", "regime", "federal", "army", "loyalist", "junta"))
"""Words that make a piece of equipment or a blow the state's: "regime howitzers"."""

PEOPLE = frozenset(("people", "man", "men", "boy", "guy", "lad"))
OWNERS = frozenset(("military", "police", "security", "coalition", "peacekeepers", "militia", "rebels", "government"))
"""Roles of bodies that officials speak for or lead."""

GROUPS = frozenset(("rebel group", "political militia", "identity militia"))
KURDISH_AUTHORITIES: dict[str, str] = {"SYR": "aanes", "IRQ": "krg"}
KURDISH_FORCES = {"SYR": ("sdf", "ypg"), "IRQ": ("peshmerga",), "TUR": ("pkk",)}
"""Forces that "Kurdish fighters" may be of."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom a mention stands for; `belongs` is the body that a person is of."""

    name: str
    kind: ActorKind
    registry: str | None = None
    country: str | None = None
    belongs: Reference | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules ask of a report; `surnames` are last words of persons' full names, in lower case."""

    parse: Parse
    names: Names
    registry: Registry
    roles: Roles
    surnames: frozenset[str]

    @classmethod
    def of(cls, parse: Parse, names: Names, registry: Registry) -> Setting:
        return cls(parse, names, registry, load_roles(), surnames_in(parse))

    def theatre(self, token: Token) -> str | None:
        return self.names.theatre.at(token.sentence)


def of_entry(setting: Setting, entry: RegistryEntry) -> Reference:
    """The reference of a registry entry; a person's with the body of his post in the latest year of the report."""
    belongs = None
    if entry.kind == "person" and entry.posts:
        year = setting.names.theatre.latest_year
        held = [p for p in entry.posts if year and (p.since or year) <= year <= (p.until or year)]
        belongs = of_entry(setting, setting.registry.entries[(held or entry.posts)[0].actor])
    return Reference(entry.name, entry.kind, entry.id, entry.countries[0] if entry.countries else None, belongs)


def of_state(setting: Setting, code: str | None, role: str) -> Reference:
    """A state's forces by role; unidentified ones if the country is unknown."""
    entry = setting.registry.state(code, BRANCHES[role]) if code else None
    if entry is None:
        return Reference(UNLOCATED[role], "unidentified" if role != "government" else "state forces", None, code)
    return of_entry(setting, entry)


def of_mark(setting: Setting, mark: Mark, role: str) -> Reference:
    """Whom a name stands for beside a noun of some role; a leader's name stands for his body."""
    if mark.entry:
        reference = of_entry(setting, setting.registry.entries[mark.entry])
        if reference.belongs is None:
            return reference
        if reference.belongs.kind == "state forces" and role in (*BRANCHES, "fighters"):
            return of_state(setting, reference.belongs.country, role if role in BRANCHES else "military")
        return reference.belongs
    assert mark.country is not None
    return of_state(setting, mark.country.code, role)


def resolve(setting: Setting, phrase: Phrase, role: str | None) -> Reference | None:
    """Whom a phrase with a noun of this role stands for; None if its words do not tell.

    Names inside the phrase decide first, then those of its of-phrase, then ethnic and
    political words, then the country the report is set in.
    """
    head = setting.parse.tokens[phrase.head]
    if head.lemma in PARTNERS:
        return _partner(setting, phrase)
    marks = [m for m in setting.names.within(phrase.first, phrase.head) if not m.relation]
    actors = [m for m in marks if m.entry]
    if actors and _is_member(setting, head, role):
        return of_mark(setting, actors[-1], role or "military")
    beside = told_beside(setting, phrase, role)
    if beside is not None:
        return beside
    country = _country(setting, phrase, [m for m in marks if m.country])
    if role in (None, "civilians"):
        role = _role_beside(setting, phrase) or role
        role = "military" if role == "government" and head.lemma in setting.roles.units else role
    if role in ("government", "civilians") and head.lemma in setting.roles.members:
        role = _role_of_owner(setting, phrase) or role
    if role is None and head.lemma in setting.roles.units | setting.roles.deeds["nouns"]:
        words = {t.lower for t in left_words(setting.parse, phrase)}
        if words & STATES_OWN and country is None:
            return of_state(setting, setting.theatre(head), "military")
    if role is None:
        return _unit(setting, head, country) or _ethnic_body(setting, phrase)
    return _by_role(setting, phrase, role, country)


def _is_member(setting: Setting, head: Token, role: str | None) -> bool:
    """Whether a noun is for people or things of a body."""
    return head.lemma in setting.roles.members or role not in ("civilians", "protesters", "rioters", "crowd", None)


def told_beside(setting: Setting, phrase: Phrase, role: str | None) -> Reference | None:
    """The body named in the of-phrase of a noun or apposed to it."""
    head = setting.parse.tokens[phrase.head]
    member = _is_member(setting, head, role)
    of_it = _of_object(setting, phrase, role or "military", member)
    return of_it or (_apposed(setting, head) if member else None)


def _of_object(setting: Setting, phrase: Phrase, role: str, member: bool) -> Reference | None:
    """The body of "fighters of the SDF", "army of Ethiopia" or "people of the Front"."""
    parse = setting.parse
    head = parse.tokens[phrase.head]
    if phrase.object is None or head.lemma not in setting.roles.around["of_heads"]:
        return None
    inner = phrase_of(parse, parse.tokens[phrase.object])
    over = [m for m in (setting.names.at(parse.tokens[inner.head]),) if m and not m.relation]
    marks = over or [m for m in setting.names.within(inner.first, inner.head) if not m.relation]
    actors = [m for m in marks if m.entry]
    if actors and (member or (head.lemma in PEOPLE and _kind_of(setting, actors[-1]) in GROUPS)):
        return of_mark(setting, actors[-1], role if member else "military")
    if not member:
        return None
    inner_head = parse.tokens[inner.head]
    if marks and inner_head.lemma in setting.roles.bodies:
        return _unit(setting, inner_head, marks[-1].country.code if marks[-1].country else None)
    return None


def _kind_of(setting: Setting, mark: Mark) -> str:
    return setting.registry.entries[mark.entry].kind if mark.entry else ""


def _partner(setting: Setting, phrase: Phrase) -> Reference | None:
    """An ally is not the one he is an ally of: only "rebel" or a people beside the word tells who he is."""
    words = {t.lower for t in left_words(setting.parse, phrase)}
    if not words & (setting.roles.around["rebel_words"] | {"kurdish"}):
        return None
    marks = [m for m in setting.names.within(phrase.first, phrase.head) if m.country and not m.relation]
    return _irregulars(setting, phrase, "fighters", _country(setting, phrase, marks))


def _ethnic_body(setting: Setting, phrase: Phrase) -> Reference | None:
    """A group of a people: "a Kurdish group"."""
    head = setting.parse.tokens[phrase.head]
    words = _ethnic_words(setting, phrase)
    if not words or head.lemma not in setting.roles.bodies:
        return None
    return _ethnic(setting, phrase, words[0], setting.theatre(head))


def _ethnic_words(setting: Setting, phrase: Phrase) -> list[str]:
    """Words for peoples before the head, then words for creeds."""
    words = [t.lower for t in left_words(setting.parse, phrase) if t.lower in setting.roles.around["ethnic"]]
    return sorted(words, key=lambda w: w in CREEDS)


def _role_beside(setting: Setting, phrase: Phrase) -> str | None:
    """The role told by a word before a noun of any body: "rebel positions", "police convoy"."""
    for token in reversed(left_words(setting.parse, phrase)):
        if token.lower in setting.roles.around["rebel_words"] and token.lower != "dissident":
            return "rebels"
        role = setting.roles.noun.get(token.lemma) if token.pos in ("NOUN", "PROPN") else None
        if role in ("military", "police", "militants", "militia", "coalition", "government", "peacekeepers"):
            return role
    return None


def _role_of_owner(setting: Setting, phrase: Phrase) -> str | None:
    """The role of the body that an official is of: "police spokesman", "the head of the army"."""
    tokens = setting.parse.tokens
    owners = [t for t in left_words(setting.parse, phrase) if t.dep in ("compound", "poss", "nmod", "amod")]
    owners += [tokens[phrase.object]] if phrase.object is not None else []
    for token in reversed(owners):
        role = role_of(setting.parse, token)[0]
        if role in OWNERS:
            return role
    return None


def _unit(setting: Setting, head: Token, country: str | None) -> Reference | None:
    """A part of an army by its nationality; another body by the one actor of that country named so far."""
    if country is None:
        return None
    if head.lemma in setting.roles.units:
        return of_state(setting, country, "military")
    if head.lemma not in setting.roles.bodies:
        return None
    for mark in reversed(setting.names.marks):
        entry = setting.registry.entries[mark.entry] if mark.entry else None
        if entry and mark.last < head.i and entry.countries[:1] == (country,) and entry.kind in GROUPS:
            return of_entry(setting, entry)
    return None


def _apposed(setting: Setting, head: Token) -> Reference | None:
    """The body of "the militia, known as the SDF" or "the rebel group Harakat al-Fajr"."""
    for child in setting.parse.children(head):
        names = [child] if child.dep == "appos" else []
        if child.lower in ("loyal", "belonging"):
            names = [t for t in setting.parse.subtree(child) if t.i > child.i][:6]
        if child.dep == "acl" and child.lemma in ("know", "call", "name", "dub"):
            names = [t for t in setting.parse.subtree(child) if t.i > child.i][:4]
        for token in names:
            mark = setting.names.at(token)
            if mark and mark.entry and not mark.relation:
                return of_mark(setting, mark, "military")
    return None


def _country(setting: Setting, phrase: Phrase, marks: list[Mark]) -> str | None:
    """The country a phrase names: a nationality before the head, or a country in its of-phrase."""
    if marks and marks[-1].country:
        return marks[-1].country.code
    before = setting.names.at(setting.parse.tokens[phrase.first - 1]) if phrase.first else None
    if before and before.country and not before.relation and before.country.naming == "adjective":
        # The parser cuts "CROATIAN | POLICE" apart in capitals.
        gap = setting.parse.text[before.span.end : setting.parse.tokens[phrase.first].start]
        if gap == " ":
            return before.country.code
    if phrase.object is not None:
        inner = phrase_of(setting.parse, setting.parse.tokens[phrase.object])
        found = [m for m in setting.names.within(inner.first, inner.head) if m.country and not m.relation]
        if found and found[-1].country:
            return found[-1].country.code
    return None


def _by_role(setting: Setting, phrase: Phrase, role: str, country: str | None) -> Reference | None:
    head = setting.parse.tokens[phrase.head]
    here = country or setting.theatre(head)
    words = {t.lower for t in left_words(setting.parse, phrase)}
    if role in ("military", "fighters") and "coalition" in words:
        return _coalition(setting, phrase, here)
    if role == "military" and words & {"kurdish"} and (force := kurdish_force(setting, here)):
        return force
    if role == "government" and (people := _administration(setting, phrase, here)):
        return people
    if role == "government" and head.lemma in HEADS and country is None:
        return None
    if role in BRANCHES:
        return of_state(setting, here, role)
    if role in ("devices", "strikes") and (country or words & setting.roles.around["state_words"]):
        return of_state(setting, here, "military")
    ethnic = _ethnic_words(setting, phrase)
    if role == "gunmen" and ethnic and ethnic[0] not in CREEDS:
        name = _located(setting, f"{ethnic[0].capitalize()} militia", here)
        return Reference(name, "identity militia", None, here)
    if role in PLAIN:
        name, kind = PLAIN[role]
        return Reference(name, kind, None, here) if name else None
    if role in LOCATED:
        name, kind = LOCATED[role]
        return Reference(_located(setting, name, here), kind, None, here)
    if role == "pirates":
        return Reference(
            f"{_adjective(setting, country)} pirates".strip().capitalize(), "political militia", None, country
        )
    if role == "coalition":
        joint = country is not None and head.lemma == "force" and phrase.object is not None
        return of_state(setting, country, "military") if joint else _coalition(setting, phrase, here)
    if role in ("fighters", "rebels", "militia", "militants", "communal"):
        return _irregulars(setting, phrase, role, country)
    return None


def _administration(setting: Setting, phrase: Phrase, here: str | None) -> Reference | None:
    """The administration of the Kurds: "Kurdish officials" are of no state."""
    kurdish = any(t.lower in ("kurdish", "kurd") for t in left_words(setting.parse, phrase))
    weights = setting.names.theatre.weights
    if here not in KURDISH_AUTHORITIES:
        here = max(sorted(KURDISH_AUTHORITIES), key=lambda c: weights[c])
    known = KURDISH_AUTHORITIES[here] if kurdish and weights[here] else None
    return of_entry(setting, setting.registry.entries[known]) if known else None


def _located(setting: Setting, name: str, code: str | None) -> str:
    country = setting.registry.countries.get(code or "")
    return f"{name} ({country.short_name})" if country else name


def _adjective(setting: Setting, code: str | None) -> str:
    country = setting.registry.countries.get(code or "")
    return country.adjectives[0] if country and country.adjectives else ""


def _coalition(setting: Setting, phrase: Phrase, here: str | None) -> Reference | None:
    """The coalition at work in a country; elsewhere the words of the text name it."""
    words = [t.text for t in left_words(setting.parse, phrase) if t.pos != "DET"]
    lowered = " ".join(words).lower()
    known = _coalition_at(setting, here)
    foreign = not words or any(w in lowered for w in ("us", "u.s.", "international", "global", "american", "coalition"))
    if known and foreign and "saudi" not in lowered:
        return known
    if not words:
        return None
    name = setting.parse.text[_content_start(setting.parse, phrase) : setting.parse.tokens[phrase.head].end]
    return Reference(name, "external forces", None, None)


def _coalition_at(setting: Setting, here: str | None) -> Reference | None:
    """The coalition of a country in the latest year that the report names."""
    year, weights = setting.names.theatre.latest_year, setting.names.theatre.weights
    if here not in COALITIONS and any(weights[c] for c in COALITIONS):
        here = max(sorted(COALITIONS), key=lambda c: weights[c])
    entries = [setting.registry.entries[i] for i in COALITIONS.get(here or "", ())]
    for entry in entries:
        if year is None or (entry.since or 0) <= year <= (entry.until or year):
            return of_entry(setting, entry)
    return of_entry(setting, entries[0]) if entries else None


def _content_start(parse: Parse, phrase: Phrase) -> int:
    """Where a phrase begins without determiners, numbers and possessors."""
    for token in parse.tokens[phrase.first : phrase.head + 1]:
        if (
            token.pos not in ("DET", "NUM", "PRON", "PUNCT", "ADP", "PART")
            and token.lemma not in (load_roles().around["quantities"])
        ):
            return token.start
    return parse.tokens[phrase.head].start


def _irregulars(setting: Setting, phrase: Phrase, role: str, country: str | None) -> Reference | None:
    """Fighters of no known body: state forces, an ethnic force, a country's rebels, or unidentified."""
    parse, around = setting.parse, setting.roles.around
    head = parse.tokens[phrase.head]
    here = country or setting.theatre(head)
    words = [t.lower for t in left_words(parse, phrase)]
    joined = "".join(f"{w} " for w in words).replace(" - ", "-")
    if any(w in joined for w in around["loyal_words"]):
        noun = "militia" if role == "militia" or head.lemma == "fighter" else "forces"
        return Reference(_located(setting, f"Pro-government {noun}", here), "political militia", None, here)
    ethnic = _ethnic_words(setting, phrase)
    if ethnic and role != "communal":
        return _ethnic(setting, phrase, ethnic[0], here)
    if role == "fighters" and any(w in around["state_words"] for w in words):
        return of_state(setting, here, "military")
    if role == "fighters" and not any(w in around["rebel_words"] for w in words):
        abroad = country is not None and country != setting.names.theatre.main
        return of_state(setting, country, "military") if country and (abroad or head.lemma == "force") else None
    if role == "rebels" or any(w in around["rebel_words"] for w in words):
        return Reference(f"{_adjective(setting, here)} rebels".strip(), "rebel group", None, here)
    if role == "militia" and country:
        return Reference(f"{_adjective(setting, country)} {head.text.lower()}", "political militia", None, country)
    if role == "militia":
        return Reference(_located(setting, "Militia", here), "political militia", None, here)
    if role == "communal":
        if head.lemma == "settler" and here in ("ISR", "PSE"):
            return of_entry(setting, setting.registry.entries["israeli-settlers"])
        name = _content(parse, phrase)
        return Reference(name[:1].upper() + name[1:], "identity militia", None, here)
    return _militants(setting, phrase, country)


def _militants(setting: Setting, phrase: Phrase, country: str | None) -> Reference:
    """Militants named by a nationality keep it; others stay unidentified."""
    head = setting.parse.tokens[phrase.head]
    if country:
        name = f"Unidentified armed group ({_adjective(setting, country)} {head.text.lower()})"
        return Reference(name, "unidentified", None, country)
    return Reference("Unidentified armed group", "unidentified", None, setting.theatre(head))


def _ethnic(setting: Setting, phrase: Phrase, word: str, here: str | None) -> Reference:
    """Fighters named by a people or a creed: "Kurdish forces (Syria)"."""
    head = setting.parse.tokens[phrase.head]
    if word in CREEDS:
        name = f"Unidentified armed group ({word.capitalize()} {head.text.lower()})"
        return Reference(name, "unidentified", None, here)
    if word in ("kurdish", "kurd") and (known := kurdish_force(setting, here)):
        return known
    return Reference(
        _located(setting, f"{word.capitalize()} {head.text.lower()}", here), "identity militia", None, here
    )


def kurdish_force(setting: Setting, here: str | None) -> Reference | None:
    """The Kurdish force that the report names most, else the Kurdish forces of the country."""
    known = _mentioned_kurds(setting)
    if known:
        return of_entry(setting, setting.registry.entries[known])
    if here not in KURDISH_FORCES:
        weights = setting.names.theatre.weights
        here = max(sorted(KURDISH_FORCES), key=lambda c: weights[c])
        if not weights[here]:
            return None
    return Reference(_located(setting, "Kurdish forces", here), "rebel group", None, here)


def coalition_of(setting: Setting, name: str, mark: Mark) -> Reference:
    """The coalition that a country leads where the report is set."""
    known = _coalition_at(setting, setting.theatre(setting.parse.tokens[mark.last]))
    if known and mark.country and mark.country.code == "USA" and known.registry != "saudi-led-coalition":
        return known
    return Reference(name, "external forces", None, None)


def _mentioned_kurds(setting: Setting) -> str | None:
    """The Kurdish force that the report names most."""
    known = {e for forces in KURDISH_FORCES.values() for e in forces}
    named = Counter(m.entry for m in setting.names.marks if m.entry in known)
    return max(sorted(named, key=str), key=lambda e: named[e]) if named else None


def _content(parse: Parse, phrase: Phrase) -> str:
    return parse.text[_content_start(parse, phrase) : parse.tokens[phrase.head].end]

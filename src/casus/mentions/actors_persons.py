"""Named persons, and the body that a title or an apposition gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casus.mentions.actors_aliases import other_names
from casus.mentions.actors_found import Found, by_token
from casus.mentions.actors_named import group_reference, is_group_name
from casus.mentions.actors_names import name_end
from casus.mentions.actors_phrases import phrase_of, role_of
from casus.mentions.actors_resolve import GROUPS, Reference, Setting, of_entry, of_mark, resolve
from casus.records.parse import Parse, Token
from casus.records.span import Span

LOCATIVE = frozenset(("in", "at", "near", "outside", "around", "towards", "toward", "into", "over", "through"))
JOINING = frozenset(("join", "enlist", "rejoin"))
SERVING = frozenset(("fight", "serve", "volunteer", "train", "battle", "deploy"))
BESIDE = frozenset(("with", "for", "alongside", "in", "under"))
"""Prepositions before the body for which one fights, as against "against"."""


def find_persons(setting: Setting, known: Sequence[Found]) -> list[Found]:
    """Every named person in text order; a surname alone goes to the last full name that has it."""
    full: dict[str, Reference] = {}
    found: list[Found] = []
    over = by_token(setting.parse, known)
    tokens = setting.parse.tokens
    for first, last, entry in _names(setting):
        span = Span(tokens[first].start, name_end(tokens[last]).end)
        if entry is None and first < last and _is_called_the(setting, first, last):
            found.append(Found(span, last, group_reference(setting, span.of(setting.parse.text), tokens[last])))
            continue
        if entry is None and _is_elsewhere(setting, first, last):
            continue
        if any(f.reference and f.reference.kind in GROUPS and f.span.contains(span) for f in over.get(first, ())):
            continue
        reference = _reference(setting, first, last, entry, full)
        found.append(Found(span, last, reference))
    return _settled(_with_other_names(setting, found))


def _with_other_names(setting: Setting, found: Sequence[Found]) -> list[Found]:
    """Persons with those that the text gives another name: "Ada Orlen, better known as the Fox"."""
    text = setting.parse.text
    known: dict[str, Reference] = {}
    for item in found:
        for other in other_names(text, item.span) if item.reference else ():
            if item.reference and other.of(text) != item.reference.name:
                known.setdefault(other.of(text), known.get(item.reference.name, item.reference))
    return [Found(f.span, f.head, known.get(f.reference.name, f.reference)) for f in found if f.reference]


def _is_called_the(setting: Setting, first: int, last: int) -> bool:
    """Whether "the" stands before what looks like a person's name, and no noun after: a body named after him."""
    tokens = setting.parse.tokens
    before, head = tokens[first - 1] if first else None, setting.parse.head(tokens[last])
    heads = tokens[last].dep not in ("compound", "nmod", "amod", "poss") or head.i < first
    return before is not None and before.lower == "the" and before.head == last and heads


def _is_elsewhere(setting: Setting, first: int, last: int) -> bool:
    """Whether what the parser took for a person is a place, a label ("QUESTION:") or the adjective of a noun."""
    parse = setting.parse
    spots = setting.names.spots
    if all(i in spots for i in range(first, last + 1)):
        return True
    token, before = parse.tokens[last], parse.tokens[first - 1] if first else None
    if first < last or token.lower in setting.surnames:
        return False
    label = token.text.isupper() and parse.text[token.end : token.end + 1] == ":"
    placed = before is not None and before.lower in LOCATIVE and token.head == before.i
    noun = parse.head(token)
    beside = token.dep in ("amod", "compound", "nmod") and noun.i > last and noun.pos == "NOUN"
    return label or placed or (beside and role_of(parse, noun)[0] is not None)


def _settled(found: Sequence[Found]) -> list[Found]:
    """Mentions with what any mention of the same name told of his body."""
    bodies = {f.reference.name: f.reference for f in reversed(found) if f.reference and f.reference.belongs}
    return [Found(f.span, f.head, bodies.get(f.reference.name, f.reference)) for f in found if f.reference]


def _names(setting: Setting) -> Iterator[tuple[int, int, str | None]]:
    """Token ranges of persons, from the registry and from the parser, with the registry's id."""
    tokens = setting.parse.tokens
    i = 0
    while i < len(tokens):
        mark = setting.names.at(tokens[i])
        entry = mark.entry if mark else None
        if mark and entry and setting.registry.entries[entry].kind == "person":
            yield mark.first, mark.last, entry
            i = mark.last + 1
        elif tokens[i].entity == "PERSON" and entry is None:
            last = _entity_end(setting, i)
            bounds = _trimmed(setting, i, last)
            if bounds:
                yield *bounds, None
            i = last + 1
        else:
            if entry is None and tokens[i].lower in setting.surnames and tokens[i].pos == "PROPN":
                yield i, i, None
            i += 1


def _entity_end(setting: Setting, i: int) -> int:
    tokens = setting.parse.tokens
    while i + 1 < len(tokens) and tokens[i + 1].entity == "PERSON" and not tokens[i + 1].begins:
        mark = setting.names.at(tokens[i + 1])
        if mark and mark.entry:
            break
        i += 1
    return i


def _trimmed(setting: Setting, first: int, last: int) -> tuple[int, int] | None:
    """The name without titles and possessive; None if nothing is left that is a name."""
    tokens = setting.parse.tokens
    while first <= last and (tokens[first].lower in setting.roles.around["titles"] or tokens[first].lower in LOCATIVE):
        first += 1
    while last >= first and tokens[last].lower in ("'s", "’s", "'", "’", ",", "."):
        last -= 1
    if first > last or not tokens[first].text[:1].isalpha():
        return None
    return (first, last) if any(t.text[:1].isupper() for t in tokens[first : last + 1]) else None


def _reference(setting: Setting, first: int, last: int, entry: str | None, full: dict[str, Reference]) -> Reference:
    """The person's reference; `full` maps surnames to references so far and is added to.

    A name with a word for a group in it ("Ansar al-Jabal", "Saray al-Rih Group") is a group's.
    """
    tokens = setting.parse.tokens
    end = name_end(tokens[last])
    surname = end.of(setting.parse.text).lower()
    if entry:
        reference = of_entry(setting, setting.registry.entries[entry])
    else:
        name = " ".join(setting.parse.text[tokens[first].start : end.end].split())
        earlier = full.get(surname)
        if earlier and (first == last or earlier.name.endswith(f" {name}")):
            return earlier
        if first < last and is_group_name([t.lower for t in tokens[first : last + 1]], setting.roles.around):
            return group_reference(setting, name, tokens[last])
        reference = Reference(name, "person", None, None, _body(setting, first, last))
    full[surname] = reference
    return reference


def _body(setting: Setting, first: int, last: int) -> Reference | None:
    """The body of a person: of the noun he is apposed to, titled by, or followed by."""
    for noun in _describing(setting, first, last):
        role, _ = role_of(setting.parse, noun)
        if role is None and noun.lemma not in setting.roles.members:
            continue
        if role in ("civilians", "protesters", "prisoners") and noun.lemma not in setting.roles.members:
            continue
        reference = resolve(setting, phrase_of(setting.parse, noun), role)
        if reference is not None and reference.kind not in ("civilians", "person", "protesters"):
            return reference
    return None


def _describing(setting: Setting, first: int, last: int) -> Iterator[Token]:
    """Nouns that say what a person is: before his name, apposed after it, or the noun he is apposed to."""
    parse = setting.parse
    root = parse.root_in(Span(parse.tokens[first].start, parse.tokens[last].end))
    if root.dep == "appos" and parse.head(root).pos in ("NOUN", "PROPN"):
        yield parse.head(root)
    if root.dep in ("compound", "nmod", "nsubj") and parse.head(root).pos == "NOUN" and parse.head(root).i > last:
        yield parse.head(root)
    for child in parse.children(root):
        if (
            child.dep in ("appos", "compound", "nmod", "amod")
            and child.pos in ("NOUN", "PROPN")
            and child.entity != "PERSON"
        ):
            yield child


def enlisted(setting: Setting, found: Sequence[Found]) -> list[Found]:
    """Mentions, persons with the body that a verb says they joined or fought for, where no title told it."""
    bodies: dict[str, Reference] = {}
    for item in found:
        reference = item.reference
        if reference and reference.kind == "person" and not reference.belongs and reference.name not in bodies:
            body = _served(setting, setting.parse.tokens[item.head])
            if body is not None:
                bodies[reference.name] = replace(reference, belongs=body)
    return [replace(f, reference=bodies.get(f.reference.name, f.reference)) if f.reference else f for f in found]


def _served(setting: Setting, person: Token) -> Reference | None:
    """The body of "who fought with the Front", "travelled north to join the Front"."""
    parse = setting.parse
    verbs = [t for t in parse.children(person) if t.dep in ("relcl", "acl")]
    if person.dep in ("nsubj", "nsubjpass"):
        verbs.append(parse.head(person))
    for verb in verbs:
        below = [t for t in parse.children(verb) if t.dep in ("xcomp", "advcl", "conj")]
        for one in (verb, *(t for t in below if not _has_subject(parse, t))):
            for noun in _joined_bodies(parse, one):
                body = _body_at(setting, noun)
                if body is not None:
                    return body
    return None


def _has_subject(parse: Parse, verb: Token) -> bool:
    return any(t.dep in ("nsubj", "nsubjpass") for t in parse.children(verb))


def _joined_bodies(parse: Parse, verb: Token) -> Iterator[Token]:
    """Nouns of the body that one serves in: "joined the Front", "fought with, for or alongside the Front"."""
    for child in parse.children(verb):
        if verb.lemma in JOINING and child.dep == "dobj":
            yield child
        if verb.lemma in JOINING | SERVING and child.lower in BESIDE:
            yield from (t for t in parse.children(child) if t.dep == "pobj")


def _body_at(setting: Setting, noun: Token) -> Reference | None:
    mark = setting.names.at(noun)
    if mark and mark.entry and not mark.relation:
        return of_mark(setting, mark, "military")
    role = role_of(setting.parse, noun)[0]
    if role not in ("military", "police", "security", "rebels", "militia", "coalition", "fighters"):
        return None
    return resolve(setting, phrase_of(setting.parse, noun), role)

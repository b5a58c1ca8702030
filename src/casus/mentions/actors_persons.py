"""Named persons, and the body that a title or an apposition gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casus.mentions.actors_found import Found
from casus.mentions.actors_phrases import phrase_of, role_of
from casus.mentions.actors_resolve import GROUPS, Reference, Setting, of_entry, resolve
from casus.records.parse import Token
from casus.records.span import Span


def find_persons(setting: Setting, known: Sequence[Found]) -> list[Found]:
    """Every named person in text order; a surname alone goes to the last full name that has it."""
    full: dict[str, Reference] = {}
    found: list[Found] = []
    for first, last, entry in _names(setting):
        span = Span(setting.parse.tokens[first].start, setting.parse.tokens[last].end)
        if entry is None and all(i in setting.names.places for i in range(first, last + 1)):
            continue
        if any(f.reference and f.reference.kind in GROUPS and f.span.contains(span) for f in known):
            continue
        reference = _reference(setting, first, last, entry, full)
        found.append(Found(span, last, reference))
    return _settled(found)


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
    while first <= last and tokens[first].lower in setting.roles.around["titles"]:
        first += 1
    while last >= first and tokens[last].lower in ("'s", "’s", "'", "’", ",", "."):
        last -= 1
    if first > last or not tokens[first].text[:1].isalpha():
        return None
    return (first, last) if any(t.text[:1].isupper() for t in tokens[first : last + 1]) else None


def _reference(setting: Setting, first: int, last: int, entry: str | None, full: dict[str, Reference]) -> Reference:
    """The person's reference; `full` maps surnames to references so far and is added to."""
    tokens = setting.parse.tokens
    if entry:
        reference = of_entry(setting, setting.registry.entries[entry])
    else:
        name = " ".join(setting.parse.text[tokens[first].start : tokens[last].end].split())
        earlier = full.get(tokens[last].lower)
        if earlier and (first == last or earlier.name.endswith(f" {name}")):
            return earlier
        reference = Reference(name, "person", None, None, _body(setting, first, last))
    full[tokens[last].lower] = reference
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

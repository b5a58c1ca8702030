"""Mentions that are names alone: known groups, unknown groups, countries that act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casus.mentions.actors_found import Found, covers
from casus.mentions.actors_names import Mark
from casus.mentions.actors_phrases import is_head, phrase_of
from casus.mentions.actors_resolve import Reference, Setting, of_entry, of_state
from casus.records.actor import ActorKind
from casus.records.parse import Parse, Token
from casus.records.span import Span

ACTING = frozenset(("nsubj", "nsubjpass"))
PARTNERS = frozenset(("by", "with", "between", "against", "from"))
TOWARDS = frozenset(("accuse", "blame", "urge", "warn", "fight", "support", "help", "condemn", "back", "arm", "defeat", "criticise", "criticize"))
ORDINALS = ("st", "nd", "rd", "th")


def find_named(setting: Setting, nouns: Sequence[Found]) -> list[Found]:
    """Names that no noun phrase has taken in, in text order."""
    found: list[Found] = []
    for mark in setting.names.marks:
        if mark.relation:
            continue
        item = _known(setting, mark, nouns) if mark.entry else _country(setting, mark)
        if item is not None:
            found.append(item)
    found.extend(_unknown(setting))
    return found


def _known(setting: Setting, mark: Mark, nouns: Sequence[Found]) -> Found | None:
    assert mark.entry is not None
    entry = setting.registry.entries[mark.entry]
    if entry.kind == "person":
        return None
    root = setting.parse.root_in(mark.span)
    span = mark.span
    if is_head(setting.parse, root) and root.i == mark.last:
        span = phrase_of(setting.parse, root).span(setting.parse).cover(span)
    else:
        span = _with_article(setting.parse, mark)
    reference = of_entry(setting, entry)
    if any(f.span.contains(mark.span) and f.reference == reference for f in nouns):
        return None
    return Found(span, root.i, reference)


def _with_article(parse: Parse, mark: Mark) -> Span:
    before = parse.tokens[mark.first - 1] if mark.first else None
    if before is not None and before.lower in ("the", "a", "an"):
        return before.span.cover(mark.span)
    return mark.span


def _country(setting: Setting, mark: Mark) -> Found | None:
    """A country, its people or its capital where it acts as a state does."""
    assert mark.country is not None
    parse = setting.parse
    token = parse.root_in(mark.span)
    branch = _branch(setting, mark, token)
    if branch is None:
        return None
    return Found(_with_article(parse, mark), token.i, of_state(setting, mark.country.code, branch))


def _branch(setting: Setting, mark: Mark, token: Token) -> str | None:
    """Military before or with a deed, government before other verbs, None where it is a place."""
    parse, roles = setting.parse, setting.roles
    head = _first_of_list(parse, token)
    governor = parse.head(head)
    if head.dep in ("compound", "amod", "nmod", "poss", "npadvmod") and governor.i > head.i:
        deed = governor.lemma in roles.deed_nouns and governor.lemma not in roles.noun
        seat = mark.country is not None and mark.country.naming == "seat"
        return "military" if deed and not seat else None
    if head.dep in ACTING:
        return "military" if governor.lemma in roles.deed_verbs else "government"
    if mark.country is not None and mark.country.naming == "people":
        return "military" if not any(t.pos == "NUM" for t in parse.children(token)) else None
    if head.dep == "pobj" and governor.lower in PARTNERS:
        origin = parse.head(governor)
        if governor.lower == "from" and origin.lemma not in roles.deed_nouns:
            return None
        deed = origin.lemma in roles.deed_nouns or origin.lemma in roles.deed_verbs
        return "military" if deed else "government"
    return "government" if head.dep == "dobj" and governor.lemma in TOWARDS else None


def _first_of_list(parse: Parse, token: Token) -> Token:
    """The first member of "Russia, Iran and Turkey": the others do what it does."""
    seen = 0
    while token.dep == "conj" and seen < 10:
        token, seen = parse.head(token), seen + 1
    return token


def _unknown(setting: Setting) -> Iterator[Found]:
    """Groups that no table knows: organisations the parser names, and capitalised names of groups."""
    parse = setting.parse
    i = 0
    while i < len(parse.tokens):
        last = _group_name(setting, i)
        if last is None:
            i += 1
            continue
        yield _named_group(setting, i, last)
        i = last + 1


def _group_name(setting: Setting, i: int) -> int | None:
    """The last token of a group's name that begins at token i."""
    tokens = parse_tokens = setting.parse.tokens
    token = tokens[i]
    if token.entity == "ORG" and token.begins:
        last = i
        while last + 1 < len(tokens) and parse_tokens[last + 1].entity == "ORG" and not tokens[last + 1].begins:
            last += 1
        first_word = i + 1 if token.lower in ("the", "a", "an") else i
        return last if _is_free(setting, first_word, last) else None
    if not _is_name_word(token):
        return None
    last = i
    while last + 1 < len(tokens) and (_is_name_word(tokens[last + 1]) or _joins(tokens, last + 1)):
        last += 1
    while last > i and tokens[last].lower in ("of", "for", "the", "-"):
        last -= 1
    words = setting.roles.around["group_words"]
    if last + 1 < len(tokens) and tokens[last + 1].lower in ("front", "brigade", "battalion", "cartel", "gang", "militia"):
        last += 1
    if last == i or not any(t.lower in words for t in tokens[i : last + 1]):
        return None
    return last if _is_free(setting, i, last) else None


def _is_name_word(token: Token) -> bool:
    if token.entity in ("PERSON", "GPE", "DATE", "ORG"):
        return False
    ordinal = token.text[:1].isdigit() and token.text.endswith(ORDINALS)
    return ordinal or (token.pos == "PROPN" and token.text[:1].isupper())


def _joins(tokens: Sequence[Token], i: int) -> bool:
    """Small words inside a name ("Front for the Liberation of")."""
    return tokens[i].lower in ("of", "for", "the", "-") and any(_is_name_word(t) for t in tokens[i + 1 : i + 3])


def _is_free(setting: Setting, first: int, last: int) -> bool:
    """Whether no known name lies in the tokens; a nationality may open the name."""
    marks = [m for i in range(first, last + 1) for m in setting.names.by_token.get(i, ())]
    return not any(m.entry or m.first > first or m.last >= last for m in marks)


def _named_group(setting: Setting, first: int, last: int) -> Found:
    tokens = setting.parse.tokens
    start = first + 1 if tokens[first].lower in ("the", "a", "an") and first < last else first
    end = last - 1 if tokens[last].lower in ("'s", "’s") and last > start else last
    name = setting.parse.text[tokens[start].start : tokens[end].end]
    words = {t.lower for t in tokens[start : end + 1]}
    kind: ActorKind = "rebel group" if words & setting.roles.around["group_words"] else "organisation"
    span = Span(tokens[first].start, tokens[end].end)
    reference = Reference(" ".join(name.split()), kind, None, None)
    return Found(span, end, reference)


__all__ = ["covers", "find_named"]

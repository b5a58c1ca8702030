"""Mentions that are names alone: known groups, unknown groups, countries that act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from casus.knowledge.lexicon import load_lexicon
from casus.mentions.actors_aliases import abbreviation_before, defined_names, find_names_in, other_names
from casus.mentions.actors_found import Found, by_token
from casus.mentions.actors_names import Mark, is_relation, name_end
from casus.mentions.actors_phrases import is_head, phrase_of, role_of
from casus.mentions.actors_resolve import Reference, Setting, coalition_of, kurdish_force, of_entry, of_state
from casus.records.actor import ActorKind
from casus.records.parse import Parse, Token
from casus.records.span import Span

ACTING = frozenset(("nsubj", "nsubjpass"))
PARTNERS = frozenset(("by", "with", "between", "against"))
TOWARDS = frozenset(
    (
        "accuse",
        "blame",
        "urge",
        "warn",
        "fight",
        "support",
        "help",
        "condemn",
        "back",
        "arm",
        "defeat",
        "criticise",
        "criticize",
    )
)
SUPPORT = frozenset(("help", "support", "intervention", "involvement", "backing", "assistance", "aid", "defeat"))
BORDERS = frozenset(("border", "frontier", "boundary", "crossing", "line"))
LOCATIVE = frozenset(("in", "at", "near", "outside", "around", "into"))
GROUP_ENDS = frozenset(
    ("group", "movement", "militia", "alliance", "council", "union", "network", "party", "forces", "cartel")
)
ORDINALS = ("st", "nd", "rd", "th")


def find_named(setting: Setting, nouns: Sequence[Found]) -> list[Found]:
    """Names that no noun phrase has taken in, in text order."""
    found: list[Found] = []
    over = by_token(setting.parse, nouns)
    for mark in setting.names.marks:
        if mark.relation:
            found.extend(_leading(setting, mark))
            continue
        item = _known(setting, mark, over.get(mark.first, ())) if mark.entry else _country(setting, mark)
        if item is not None:
            found.append(item)
    unknown = list(_unknown(setting))
    groups = _unabbreviated(setting, [*unknown, *_defined(setting, [*found, *unknown])])
    return [*found, *groups, *_again(setting, groups, found), *_peoples(setting)]


def _leading(setting: Setting, mark: Mark) -> Iterator[Found]:
    """The coalition behind "a US-led attack"."""
    tokens = setting.parse.tokens
    after = tokens[mark.last + 1 : mark.last + 3]
    noun = setting.parse.head(tokens[mark.last])
    noun = setting.parse.head(noun) if noun in after else noun
    if [t.lower for t in after] == ["-", "led"] and _beside(setting, noun) == "military":
        span = mark.span.cover(after[-1].span)
        yield Found(span, after[-1].i, coalition_of(setting, f"{span.of(setting.parse.text)} coalition", mark))


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
    if branch == "civilians":
        span = phrase_of(parse, token).span(parse)
        return Found(span, token.i, Reference("Civilians", "civilians", None, mark.country.code))
    return Found(_with_article(parse, mark), token.i, of_state(setting, mark.country.code, branch))


def _branch(setting: Setting, mark: Mark, token: Token) -> str | None:
    """Military before or with a deed, government before other verbs, None where it is a place."""
    parse, deeds = setting.parse, setting.roles.deeds
    head = _first_of_list(parse, token)
    governor = parse.head(head)
    naming = mark.country.naming if mark.country else "name"
    if governor.i != head.i and governor.i > head.i and setting.names.at(governor) and governor.dep != "nsubj":
        governor = parse.head(governor)
    if head.dep in ("compound", "amod", "nmod", "poss", "npadvmod") and governor.i > head.i:
        return _beside(setting, governor) if naming != "seat" or head.dep == "poss" else None
    if naming == "people":
        return _people(setting, mark, token, governor)
    if head.dep in ACTING:
        return "military" if governor.lemma in deeds["verbs"] else "government"
    if (
        head.dep == "pobj"
        and head.i != token.i
        and role_of(parse, parse.head(governor))[0] in ("military", "coalition")
    ):
        return "military"
    if head.dep == "pobj":
        return _after_preposition(setting, governor)
    towards = head.dep == "dobj" and governor.lemma in TOWARDS
    bracketed = mark.first > 0 and parse.tokens[mark.first - 1].text == "("
    apposed = head.dep == "appos" and naming == "name" and not bracketed
    return "government" if towards or apposed else None


def _people(setting: Setting, mark: Mark, token: Token, governor: Token) -> str:
    """Nationals are an army where they fight abroad, else people."""
    counted = any(t.pos in ("NUM", "DET") and t.lower != "the" for t in setting.parse.children(token))
    home = mark.country is not None and mark.country.code == setting.names.theatre.main
    fights = governor.lemma in setting.roles.deeds["verbs"] or governor.lower in PARTNERS
    definite = any(t.lower == "the" for t in setting.parse.children(token))
    return "military" if fights and not counted and (definite or not home) else "civilians"


def _beside(setting: Setting, noun: Token) -> str | None:
    """What a nationality stands for before a noun that names no actor itself."""
    if role_of(setting.parse, noun)[0] not in (None, "strikes", "devices"):
        return None
    if noun.lemma in setting.roles.deeds["nouns"]:
        return "military"
    return "government" if noun.lemma in setting.roles.deeds["statecraft"] else None


def _after_preposition(setting: Setting, preposition: Token) -> str | None:
    """What a country stands for in "an offensive by Turkey", "war with Iran", "with the help of Russia"."""
    origin, deeds = setting.parse.head(preposition), setting.roles.deeds
    if origin.lemma in BORDERS:
        return None
    deed = origin.lemma in deeds["nouns"] or origin.lemma in deeds["verbs"]
    if preposition.lower in ("of", "from"):
        named = origin.pos in ("NOUN", "PROPN") and role_of(setting.parse, origin)[0] is None
        if named and (origin.lemma in SUPPORT or (preposition.lower == "from" and deed)):
            return "military"
        return None
    if preposition.lower not in PARTNERS:
        return None
    return "military" if deed else "government"


def _first_of_list(parse: Parse, token: Token) -> Token:
    """The first member of "Russia, Iran and Turkey": the others do what it does."""
    seen = 0
    while token.dep == "conj" and seen < 10:
        token, seen = parse.head(token), seen + 1
    return token


def _unknown(setting: Setting) -> Iterator[Found]:
    """Groups that no table knows: organisations the parser names, and capitalised names of groups."""
    i = 0
    while i < len(setting.parse.tokens):
        last = _group_name(setting, i)
        if last is not None and not _is_state_body(setting, i, last):
            yield _named_group(setting, i, last)
        i = i + 1 if last is None else last + 1


def _defined(setting: Setting, taken: Sequence[Found]) -> Iterator[Found]:
    """Names that nothing shows but the abbreviation in brackets behind them."""
    covered = by_token(setting.parse, taken)
    for span in defined_names(setting.parse.text):
        tokens = setting.parse.tokens_in(span)
        first, last = tokens[0].i, tokens[-1].i
        free = all(t.i not in covered and not setting.names.at(t) for t in tokens)
        if free and not _is_state_body(setting, first, last):
            yield Found(span, last, group_reference(setting, " ".join(span.of(setting.parse.text).split()), tokens[-1]))


def _is_state_body(setting: Setting, first: int, last: int) -> bool:
    """Whether a capitalised name is a common noun of a state's forces: "Armed Forces", "Interior Ministry"."""
    tokens = setting.parse.tokens
    role, start = role_of(setting.parse, tokens[last])
    if role == "military":
        others = {t.lower for t in tokens[first : last + 1] if t.i < start and t.text.isalnum()}
        return others <= setting.roles.around["military_generic"] or bool(setting.names.within(first, last))
    return role in ("police", "security", "government", "civilians", "coalition", "rebels")


def _unabbreviated(setting: Setting, groups: Sequence[Found]) -> list[Found]:
    """Groups with those that go by another name of a group made that group."""
    full: dict[str, Reference] = {}
    text = setting.parse.text
    named = [(g, g.reference) for g in groups if g.reference]
    for group, reference in named:
        for other in other_names(text, group.span):
            mark = setting.names.at(setting.parse.token_at(other.start))
            if mark and mark.entry:
                full[reference.name] = of_entry(setting, setting.registry.entries[mark.entry])
            elif other.of(text) != reference.name:
                full.setdefault(other.of(text), full.get(reference.name, reference))
    return [Found(g.span, g.head, full.get(reference.name, reference)) for g, reference in named]


def _again(setting: Setting, groups: Sequence[Found], taken: Sequence[Found]) -> Iterator[Found]:
    """Later short forms of an unknown group: its name without the common noun, or another name that it goes by."""
    text, words = setting.parse.text, setting.roles.around["group_words"]
    forms: dict[str, Reference] = {}
    for group in groups:
        for form in _short_forms(text, group, words) if group.reference else ():
            if group.reference:
                forms.setdefault(form, group.reference)
    covered = by_token(setting.parse, [*groups, *taken])
    for hit in find_names_in(text, forms):
        tokens = setting.parse.tokens_in(hit.span)
        if not any(t.i in covered for t in tokens):
            article = setting.parse.tokens[tokens[0].i - 1] if tokens[0].i else None
            span = hit.span.cover(article.span) if article and article.lower == "the" else hit.span
            yield Found(span, tokens[-1].i, hit.values[0])


def _short_forms(text: str, group: Found, generic: frozenset[str]) -> Iterator[str]:
    assert group.reference is not None
    words = group.reference.name.split()
    bare = [w for w in words if w.lower() not in generic]
    if 1 < len(bare) < len(words):
        yield " ".join(bare)
    for other in other_names(text, group.span):
        yield other.of(text)
    if (short := abbreviation_before(text, group.span)) is not None:
        yield short


def _peoples(setting: Setting) -> Iterator[Found]:
    """Peoples and creeds that are no country's: "the Kurds", "Meiteis"."""
    ethnic = setting.roles.around["ethnic"]
    for token in setting.parse.tokens:
        people = token.lower.rstrip("s") in ethnic or (token.entity == "NORP" and token.tag == "NNPS")
        if not people or token.pos != "PROPN" or setting.names.at(token) or not is_head(setting.parse, token):
            continue
        if token.i in setting.names.spots or is_relation(setting.parse, token.i, token.i):
            continue
        phrase = phrase_of(setting.parse, token)
        here = setting.theatre(token)
        if token.lemma in ("kurd", "kurds") and (known := kurdish_force(setting, here)):
            reference = known
        else:
            reference = Reference(token.text, "identity militia", None, here)
        yield Found(phrase.span(setting.parse), token.i, reference)


def _group_name(setting: Setting, i: int) -> int | None:
    """The last token of a group's name that begins at token i."""
    tokens = parse_tokens = setting.parse.tokens
    token = tokens[i]
    if token.entity == "ORG" and token.begins:
        last = i
        while last + 1 < len(tokens) and parse_tokens[last + 1].entity == "ORG" and not tokens[last + 1].begins:
            last += 1
        if last > i and tokens[last].lower in ("'s", "’s"):
            last -= 1
        first_word = i + 1 if token.lower in ("the", "a", "an") else i
        return last if _is_free(setting, first_word, last) else None
    if token.entity == "PERSON" and token.begins:
        last = i
        while last + 1 < len(tokens) and tokens[last + 1].entity == "PERSON" and not tokens[last + 1].begins:
            last += 1
        named = last > i and is_group_name([t.lower for t in tokens[i : last + 1]], setting.roles.around)
        return last if named and _is_free(setting, i, last) else None
    if not _is_name_word(token):
        return None
    last = i
    while last + 1 < len(tokens) and (_goes_on(tokens[last + 1]) or _joins(tokens, last + 1)):
        last += 1
    while last > i and tokens[last].lower in ("of", "for", "the", "-"):
        last -= 1
    words = setting.roles.around["group_words"]
    if last + 1 < len(tokens) and tokens[last + 1].lower in (
        "front",
        "brigade",
        "battalion",
        "cartel",
        "gang",
        "militia",
    ):
        last += 1
    if last == i or not any(t.lower in words for t in tokens[i : last + 1]):
        return None
    return last if _is_free(setting, i, last) else None


def _is_name_word(token: Token) -> bool:
    if token.entity in ("PERSON", "GPE", "DATE", "ORG"):
        return False
    ordinal = token.text[:1].isdigit() and token.text.endswith(ORDINALS)
    return ordinal or (token.pos == "PROPN" and token.text[:1].isupper())


def _goes_on(token: Token) -> bool:
    """Whether a word goes on a name: a capitalised noun does as well ("Army of the Grey Sect")."""
    noun = token.pos == "NOUN" and token.text[:1].isupper() and token.entity in ("", "WORK_OF_ART")
    return noun or _is_name_word(token)


def _joins(tokens: Sequence[Token], i: int) -> bool:
    """Small words inside a name ("Front for the Liberation of")."""
    return tokens[i].lower in ("of", "for", "the", "-") and any(_is_name_word(t) for t in tokens[i + 1 : i + 3])


def _is_free(setting: Setting, first: int, last: int) -> bool:
    """Whether no known name lies in the tokens; a nationality may open the name."""
    marks = [m for i in range(first, last + 1) for m in setting.names.by_token.get(i, ())]
    tokens = setting.parse.tokens
    if first == last and (tokens[last].lower in setting.surnames or not tokens[last].text[:1].isalnum()):
        return False
    if not _is_body(setting, first, last):
        return False
    located = last in setting.names.places or all(i in setting.names.spots for i in range(first, last + 1))
    return not located and not any(m.entry or m.first > first or m.last >= last for m in marks)


def _is_body(setting: Setting, first: int, last: int) -> bool:
    """Whether words that the parser took for an organisation may be one, and no weapon, adjective or place."""
    parse = setting.parse
    token = parse.tokens[last]
    words = setting.roles.around["group_words"]
    if any(t.lower in words for t in parse.tokens[first : last + 1]):
        return True
    word = first == last and (token.pos == "ADJ" or not token.text[:1].isupper())
    if word or token.lower.removesuffix("s") in _weapons():
        return False
    root = parse.root_in(Span(parse.tokens[first].start, token.end))
    return not (parse.head(root).lower in LOCATIVE and root.dep == "pobj" and not token.text.isupper())


@cache
def _weapons() -> frozenset[str]:
    """Names of weapons, in lower case."""
    return frozenset(phrase for phrases in load_lexicon("weapons")["names"].values() for phrase in phrases)


def _named_group(setting: Setting, first: int, last: int) -> Found:
    tokens = setting.parse.tokens
    while first < last and (first in setting.names.places or not tokens[first].text[:1].isalnum()):
        first += 1
    start = first + 1 if tokens[first].lower in ("the", "a", "an") and first < last else first
    end = last
    while end > start and (tokens[end].lower in ("'s", "’s") or not tokens[end].text[-1:].isalnum()):
        end -= 1
    stop = name_end(tokens[end]).end
    name = setting.parse.text[tokens[start].start : stop]
    span = Span(tokens[first].start, stop)
    return Found(span, end, group_reference(setting, " ".join(name.split()), tokens[end]))


def is_group_name(words: Sequence[str], around: Mapping[str, frozenset[str]]) -> bool:
    """Whether a name taken for a person's opens or ends with a word that only groups bear ("Jaish", "Brigades")."""
    armed = around["armed_group_words"]
    return words[0] in armed or words[-1] in armed | GROUP_ENDS


def group_reference(setting: Setting, name: str, last: Token) -> Reference:
    """What kind of group a name tells; a numbered unit is of the army where it stands."""
    around = setting.roles.around
    words = name.lower().replace("-", " ").split()
    numbered = bool(words) and words[0][:1].isdigit() and (words[0].isdigit() or words[0].endswith(ORDINALS))
    if numbered and around["unit_words"] & set(words):
        army = of_state(setting, setting.theatre(last), "military")
        return Reference(f"{army.name} ({name})", army.kind, None, army.country, army)
    known = setting.registry.lookup(name.replace("rn", "m")) if "rn" in name else ()
    if len(known) == 1 and known[0].kind != "person":
        # As a scanner reads it: "Islarnic Front".
        return of_entry(setting, known[0])
    kind: ActorKind = "organisation"
    if around["militia_group_words"] & set(words):
        kind = "political militia"
    elif around["armed_group_words"] & set(words):
        kind = "rebel group"
    return Reference(name, kind, None, setting.theatre(last) if kind != "organisation" else None)

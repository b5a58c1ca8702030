"""The first person of a statement: "we" and "our fighters" are the speaker's body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from casus.knowledge.lexicon import load_lexicon
from casus.mentions.actors_found import Found
from casus.mentions.actors_phrases import phrase_of, role_of
from casus.mentions.actors_resolve import Reference, Setting
from casus.records.actor import ARMED_KINDS
from casus.records.parse import Token

SPEAKING = frozenset(("nsubj", "nsubjpass"))
FORCES = frozenset(("military", "fighters", "police", "security", "militia"))


def find_first_person(setting: Setting, found: Sequence[Found]) -> list[Found]:
    """Mentions of speakers by "we" and "our forces", where a verb of speech tells whose words they are."""
    heads = {f.head: f.reference for f in found if f.reference}
    mentions: list[Found] = []
    for token, span_head in _first_persons(setting):
        speaker = _speaker(setting, token, heads)
        if speaker is not None:
            span = token.span if span_head is token else phrase_of(setting.parse, span_head).span(setting.parse)
            mentions.append(Found(span, span_head.i, speaker))
    return mentions


def _first_persons(setting: Setting) -> Iterator[tuple[Token, Token]]:
    """Each "we" that is a subject, and each "our" with the noun for forces that it stands before."""
    for token in setting.parse.tokens:
        if token.lower == "we" and token.dep in SPEAKING:
            yield token, token
        elif token.lower == "our" and token.dep == "poss":
            noun = setting.parse.head(token)
            if noun.lemma in setting.roles.members or role_of(setting.parse, noun)[0] in FORCES:
                yield token, noun


@cache
def _speech() -> frozenset[str]:
    verbs = load_lexicon("speech")["verbs"]
    return frozenset(verb for sort in verbs.values() for verb in sort)


def _speaker(setting: Setting, token: Token, heads: dict[int, Reference]) -> Reference | None:
    """The body of the subject of a verb of speech above a token, else of the one that ends the sentence before."""
    parse = setting.parse
    verbs = [t for t in parse.ancestors(token) if t.lemma in _speech()]
    for verb in verbs or _verb_before(setting, token.sentence):
        for subject in parse.children(verb):
            reference = heads.get(subject.i) if subject.dep in SPEAKING else None
            body = reference.belongs if reference and reference.kind == "person" else reference
            if body is not None and body.kind in ARMED_KINDS and body.kind != "unidentified":
                return body
    return None


def _verb_before(setting: Setting, sentence: int) -> list[Token]:
    """The verb of speech that heads the sentence before, in the same paragraph."""
    parse = setting.parse
    if sentence == 0:
        return []
    before, here = parse.sentences[sentence - 1], parse.sentences[sentence]
    if "\n" in parse.text[before.span.end : here.span.start]:
        return []
    return [t for t in parse.sentence_tokens(before) if t.dep == "ROOT" and t.lemma in _speech()]

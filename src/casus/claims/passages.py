"""Passages that stay one speaker's without a reporting word of their own: lone quotations, press statements, lists."""

from __future__ import annotations

import itertools
import re

from casus.claims.cues import can_speak, words
from casus.claims.edges import trimmed
from casus.claims.lookup import ClaimsAt
from casus.claims.quotes import OPENING, Quote, holds, pieces
from casus.claims.speakers import Speakers
from casus.records.claim import ClaimMention, Speaker, known_as
from casus.records.parse import Parse, Token
from casus.records.span import Span

QUOTE_REACH = 2
"""Sentences between a quotation that stands alone and the speaker it is given to."""
OPENING_REACH = 2
"""Sentences at the start of a text in which the body that gives it out names itself."""
AFTER_REACH = 20
"""Sentences behind it in which a statement is looked for whose reporting word stands right behind the quotation."""
MIN_ALONE = 3
"""Words of a quotation that can stand alone as speech; shorter ones are words in scare quotes."""

INTRODUCTION = re.compile(r":[ \t]*\r?\n\s*")
"""A colon at the end of a line: what follows is what was said."""
LIST_ITEM = re.compile(r"[ \t]*(?:[-*•–—]|\(?\d)")
FIRST_PERSON = frozenset(("i", "we", "our", "my", "us", "me"))


def statements(parse: Parse, speakers: Speakers, claims: list[ClaimMention]) -> list[ClaimMention]:
    """Statements given without quotation marks after "X said:" at the end of a line, and lists after "X reports:".

    A statement in the first person runs to the end of the text or to the next one, a list to its last item, anything
    else to the end of its paragraph.
    """
    found: list[ClaimMention] = []
    matches = list(INTRODUCTION.finditer(parse.text))
    limits = [*(parse.sentence_of(parse.token_at(m.start())).span.start for m in matches[1:]), len(parse.text)]
    for match, limit in zip(matches, limits, strict=False):
        if match.end() >= len(parse.text) or parse.text[match.end()] in OPENING + "\"'":
            continue
        speaker = _introduced(parse, speakers, claims, match.start())
        if speaker is not None:
            end = min(_end(parse.text, match.end()), limit)
            passage = Span(match.end(), max(end, match.end() + 1))
            found += [ClaimMention(speaker, None, piece, "asserts", "none") for piece in pieces(parse, passage)]
    return found


def _introduced(parse: Parse, speakers: Speakers, claims: list[ClaimMention], colon: int) -> Speaker | None:
    """Whoever the words before a colon give the word to."""
    token = parse.token_at(colon)
    sentence = parse.sentences[token.sentence]
    spoken = [c for c in claims if c.cue and sentence.span.contains(c.cue) and c.cue.start < colon]
    named = [c for c in spoken if c.speaker.kind not in ("unknown", "author")]
    if named:
        return named[-1].speaker
    head = _giver(parse, parse.tokens[sentence.first : token.i])
    return speakers.blank().resolve(head) if head is not None else None


def _giver(parse: Parse, tokens: tuple[Token, ...]) -> Token | None:
    """The subject of a sentence with a word for speech in it, or the "by X" of a passive one."""
    verbs, voiced = words("speech", "verbs", "asserting"), words("speakers", "voiced")
    if not any(t.lemma in verbs | voiced or t.lemma in ("log", "record") for t in tokens):
        return None
    subjects = [t for t in tokens if t.dep == "nsubj" and can_speak(t)]
    agents = [t for t in tokens if t.dep == "pobj" and parse.head(t).lower == "by" and can_speak(t)]
    found = subjects[-1:] or agents[-1:]
    return found[0] if found else None


def _end(text: str, start: int) -> int:
    """Where a passage that begins here ends."""
    ends = [start + m.start() for m in re.finditer(r"\n", text[start:])] + [len(text)]
    if LIST_ITEM.match(text, start):
        return _list_end(text, start, ends)
    first = text[start : ends[0]]
    more = text[start : ends[min(3, len(ends) - 1)]]
    if any(w in FIRST_PERSON for w in re.findall(r"[a-z]+", (first + " " + more).lower())):
        return len(text.rstrip()) if text.rstrip() else len(text)
    return ends[0]


def _list_end(text: str, start: int, ends: list[int]) -> int:
    """The end of the last line that is an item of the list, or the text of one."""
    last = ends[0]
    for before, end in itertools.pairwise(ends):
        line = text[before + 1 : end]
        if line.strip() and not LIST_ITEM.match(line):
            break
        last = end if line.strip() else last
    return last


def between(parse: Parse, claims: list[ClaimMention]) -> list[ClaimMention]:
    """A bare sentence between two of one speaker, of which the later is "he added": it is the speaker's too."""
    found: list[ClaimMention] = []
    covered: dict[int, list[ClaimMention]] = {}
    for claim in claims:
        for sentence in _sentences(parse, claim):
            covered.setdefault(sentence, []).append(claim)
    for claim in claims:
        if claim.cue is None or parse.token_at(claim.cue.start).lemma not in words("speech", "frames", "continuing"):
            continue
        here = parse.sentence_of(claim.cue).index
        if here < 2 or here - 1 in covered:
            continue
        bare = parse.sentences[here - 1].span
        same = [c for c in covered.get(here - 2, ()) if known_as(c.speaker) == known_as(claim.speaker)]
        if same and "\n" not in Span(parse.sentences[here - 2].span.end - 1, claim.content.end).of(parse.text).strip():
            found.append(ClaimMention(claim.speaker, claim.cue, bare, "asserts", "none"))
    return found


def _sentences(parse: Parse, claim: ClaimMention) -> range:
    """The sentences that a statement and its reporting word stand in."""
    spans = [claim.content, *([claim.cue] if claim.cue else [])]
    last = parse.token_at(max(s.end for s in spans) - 1).sentence
    return range(min(parse.sentence_of(s).index for s in spans), last + 1)


def communique(parse: Parse, quotes: tuple[Quote, ...], claims: list[ClaimMention]) -> list[ClaimMention]:
    """The bare sentences of a text that a body gives out itself: its word comes first, then "our forces"."""
    opening = next((c for c in claims if c.speaker.kind == "organisation" and _opens_text(parse, c)), None)
    if opening is None:
        return []
    placed, here = ClaimsAt(parse, claims), parse.sentence_of(opening.content).index
    bare = [s for s in parse.sentences[here + 1 :] if not placed.in_sentences(range(s.index, s.index + 1))]
    own = (t for s in bare for t in parse.sentence_tokens(s) if _is_ours(parse, t) and holds(quotes, t.start) is None)
    if next(own, None) is None:
        return []
    passages = [p for s in bare for p in trimmed(parse, s.first, s.last)]
    return [ClaimMention(opening.speaker, None, p, "asserts", "none") for p in passages]


def _opens_text(parse: Parse, claim: ClaimMention) -> bool:
    return claim.stance != "unknown" and parse.sentence_of(claim.content).index < OPENING_REACH


def _is_ours(parse: Parse, token: Token) -> bool:
    """Whether a word says "our forces", "our people", and not "our correspondent"."""
    if token.lower != "our" or token.dep != "poss":
        return False
    return parse.head(token).lemma in words("dialogue", "ours")


def lone_quotes(
    parse: Parse, speakers: Speakers, quotes: tuple[Quote, ...], claims: list[ClaimMention]
) -> list[ClaimMention]:
    """Quotations with no reporting word of their own: whoever spoke just before, speaks next or is named behind."""
    found: list[ClaimMention] = []
    placed = ClaimsAt(parse, claims)
    for quote in quotes:
        over = placed.touching(quote.inner)
        if any(_covers(c, quote) for c in over) or not _stands_alone(parse, quote):
            continue
        source = _neighbour(parse, quote, placed)
        speaker = source.speaker if source is not None else _named_behind(parse, speakers, quote)
        if speaker is not None:
            said, cue = pieces(parse, quote.inner), source.cue if source is not None else None
            alone = [ClaimMention(speaker, cue, piece, "asserts", "none") for piece in said]
            for claim in alone:
                placed.add(claim)
            found += alone
    return found


def _named_behind(parse: Parse, speakers: Speakers, quote: Quote) -> Speaker | None:
    """The person of whom the sentence behind a quotation tells, in its paragraph ("..." A. Name, 34, wept)."""
    last = parse.token_at(quote.inner.end - 1).sentence + 1
    if last >= len(parse.sentences) or "\n" in parse.text[quote.inner.end : parse.sentences[last].span.start]:
        return None
    subjects = [t for t in parse.sentence_tokens(parse.sentences[last]) if t.dep in ("nsubj", "attr")]
    named = [t for t in subjects if t.entity == "PERSON"]
    return speakers.blank().resolve(named[0]) if named else None


def _covers(claim: ClaimMention, quote: Quote) -> bool:
    """Whether a claim has the quotation as its statement, and is not itself made inside it."""
    inside = claim.cue is not None and quote.span.contains(claim.cue)
    return claim.content.overlaps(quote.inner) and not inside


def _stands_alone(parse: Parse, quote: Quote) -> bool:
    """Whether a quotation is speech by itself: it fills its sentence from the start."""
    tokens = [t for t in parse.tokens_in(quote.inner) if t.pos != "PUNCT"]
    if len(tokens) < MIN_ALONE:
        return False
    start = parse.sentence_of(tokens[0]).span.start
    return quote.span.start <= start + 1 or start >= quote.span.start


def _neighbour(parse: Parse, quote: Quote, claims: ClaimsAt) -> ClaimMention | None:
    """The claim of the last speaker before the quotation, else of the next one, a few sentences away at most."""
    sentence = parse.sentence_of(quote.inner).index
    last = parse.sentence_of(Span(quote.inner.end - 1, quote.inner.end)).index

    def place(claim: ClaimMention) -> int:
        return max(parse.sentence_of(span).index for span in (claim.cue, claim.content) if span)

    near = claims.in_sentences(range(sentence - QUOTE_REACH, last + AFTER_REACH))
    spoken = [c for c in near if c.speaker.kind not in ("unknown", "author") and c.stance != "unknown"]
    before = [c for c in spoken if sentence - QUOTE_REACH <= place(c) < sentence]
    if before:
        return max(before, key=lambda c: (c.content.end, c.content.start))
    after = [c for c in spoken if last < place(c) <= last + 1]
    return min(after, key=lambda c: c.content.start) if after else None

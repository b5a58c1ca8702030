"""Every attribution of a report: who says what, how surely (codebook section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casus.claims.content import statement
from casus.claims.cues import Cue, find_cues, nobody, words
from casus.claims.passages import between, lone_quotes, statements
from casus.claims.phrases import Attribution, counted, hearsay, labels, nominal, prepositional
from casus.claims.quotes import Quote, find_quotes, holds, pieces
from casus.claims.silence import silent
from casus.claims.speakers import UNKNOWN, Speakers, joined, speaker_heads
from casus.claims.stance import judge
from casus.records.actor import Actor
from casus.records.claim import AUTHOR, ClaimMention, Speaker
from casus.records.parse import Parse, Token
from casus.records.span import Span


def find_claims(parse: Parse, actors: tuple[Actor, ...]) -> tuple[ClaimMention, ...]:
    """All attributions in a report, by start of the content, the longest first.

    1. Find the words that report, and what they report.
    2. Find who says it: pronouns and "the spokesman" become those they stand for.
    3. Carry on quotations over their sentences, and give a lone quotation to who spoke last.
    4. Put doubt inside a statement on the one who speaks there.
    """
    if not parse.tokens:
        return ()
    quotes = find_quotes(parse.text)
    found = sorted(_attributions(parse, quotes), key=lambda a: (a.at, a.content))
    claims = _spoken(parse, actors, [a for a in found if not a.own], quotes)
    claims += statements(parse, actors, claims)
    claims += lone_quotes(parse, quotes, claims)
    claims += between(parse, claims)
    claims += _doubts(parse, [a for a in found if a.own or not a.heads], claims)
    return tuple(sorted(dict.fromkeys(claims), key=_order))


def claims_over(claims: Iterable[ClaimMention], span: Span) -> tuple[ClaimMention, ...]:
    """The claims whose content holds the words at a span, the innermost (shortest content) first.

    A claim holds a span if at least half of it lies in the claim's content, all pieces together; the reporting
    word and the speaker's name count neither for nor against. A span of nothing else is not held.
    """
    touching = [c for c in claims if c.content.overlaps(span)]
    shares: dict[tuple[Speaker, Span | None], int] = {}
    for claim in touching:
        key = claim.speaker, claim.cue
        shares[key] = shares.get(key, 0) + _shared(claim.content, span)
    over = [c for c in touching if _holds(c, span, shares[c.speaker, c.cue])]
    return tuple(sorted(over, key=lambda c: (len(c.content), not _is_doubt(c), _order(c))))


def _is_doubt(claim: ClaimMention) -> bool:
    """Whether the word that carries a claim lies inside what it says: a doubt, inside the statement it weakens."""
    return claim.cue is not None and claim.content.contains(claim.cue)


def speaker_of(claims: Iterable[ClaimMention], span: Span) -> ClaimMention | None:
    """The innermost claim over the words at a span; None where it is the author's own word."""
    return next(iter(claims_over(claims, span)), None)


def _shared(content: Span, span: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(content.end, span.end) - max(content.start, span.start))


def _holds(claim: ClaimMention, span: Span, shared: int) -> bool:
    outside = sum(
        _shared(part, span) for part in (claim.cue, claim.speaker.span) if part and not claim.content.overlaps(part)
    )
    return 2 * shared >= len(span) - outside and shared > 0


def _order(claim: ClaimMention) -> tuple[int, int, int, int, str]:
    cue = claim.cue.start if claim.cue else -1
    at = claim.speaker.span.start if claim.speaker.span else -1
    return claim.content.start, -claim.content.end, cue, at, claim.speaker.name


def _attributions(parse: Parse, quotes: tuple[Quote, ...]) -> list[Attribution]:
    """Every attribution, its speaker still a head word."""
    cues = find_cues(parse)
    found: list[Attribution] = []
    for cue in cues:
        attribution = _verbal(parse, cue, cues, quotes)
        if attribution is not None:
            found.append(attribution)
    telling = tuple(c for c in cues if any(a.at == c.token.i for a in found))
    found += prepositional(parse, telling)
    found += counted(parse, telling)
    found += nominal(parse)
    found += labels(parse)
    found += silent(parse)
    found += hearsay(parse)
    return found


def _verbal(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> Attribution | None:
    heads = speaker_heads(parse, cue)
    if heads is None or nobody(parse, cue.token):
        return None
    if cue.sort == "showing" and not any(h.lemma in words("speakers", "document") for h in heads):
        return None
    content = statement(parse, cue, cues, quotes) or _quoted(parse, cue, quotes)
    if not content:
        return None
    stance, hedge = judge(parse, cue, content)
    if cue.passive and not heads and stance == "unknown":
        return None
    relay = _relay(parse, cue)
    cited = _cited(parse, cue)
    if cited and heads:
        heads, relay = cited, heads[0]
    return Attribution(cue.token.i, heads, relay, cue.token.span, content, stance, hedge)


def _cited(parse: Parse, cue: Cue) -> tuple[Token, ...]:
    """For "Reuters reported, citing two officials": the officials."""
    for child in parse.children(cue.token):
        if child.dep in ("advcl", "prep") and child.lower in ("citing", "quoting"):
            named = [c for c in parse.children(child) if c.dep in ("dobj", "pobj")]
            return joined(parse, named[0]) if named else ()
    return ()


def _quoted(parse: Parse, cue: Cue, quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The quotation that a verb with no complement in the tree introduces: beside it, or after a colon."""
    if cue.passive or cue.sort not in ("asserting", "confirming", "claiming", "denying"):
        return ()
    sentence = parse.sentence_of(cue.token)
    if holds(quotes, cue.token.start) is not None:
        return ()
    end = parse.tokens[sentence.last].text == ":"
    for quote in quotes:
        inside = quote.span.start >= cue.token.end and quote.span.start < sentence.span.end
        follows = end and sentence.span.end <= quote.span.start <= sentence.span.end + 3
        before = quote.span.end <= parse.tokens[cue.first].start <= quote.span.end + 2
        if inside or follows or before:
            return (quote.inner,)
    return ()


def _relay(parse: Parse, cue: Cue) -> Token | None:
    """For "SANA quoted the army as saying": SANA."""
    above = parse.head(cue.token)
    if cue.token.dep != "pcomp" or above.lower != "as":
        return None
    return next((c for c in parse.children(parse.head(above)) if c.dep == "nsubj"), None)


def _spoken(
    parse: Parse, actors: tuple[Actor, ...], found: list[Attribution], quotes: tuple[Quote, ...]
) -> list[ClaimMention]:
    """Claims with their speakers, quotations carried on over their sentences."""
    speakers = Speakers(parse, actors)
    claims: list[ClaimMention] = []
    for attribution in found:
        content = _whole_quotes(parse, attribution, quotes)
        for speaker in _speakers(speakers, attribution, claims):
            claims += [
                ClaimMention(speaker, attribution.cue, span, attribution.stance, attribution.hedge) for span in content
            ]
    same = speakers.introduced_later()
    return [replace(c, speaker=_renamed(c.speaker, same)) for c in claims]


def _renamed(speaker: Speaker, same: dict[Speaker, Speaker]) -> Speaker:
    """The speaker under the name that the report gives later; the words stay those of this place."""
    known = same.get(replace(speaker, via=None))
    return replace(known, via=speaker.via, span=speaker.span) if known is not None else speaker


def _speakers(speakers: Speakers, attribution: Attribution, claims: list[ClaimMention]) -> list[Speaker]:
    """Everybody who stands behind an attribution. "We" is whoever speaks there: the quoted, or the report itself."""
    via = speakers.resolve(attribution.relay) if attribution.relay is not None else None
    named = [speakers.resolve(h) for h in attribution.heads]
    if not attribution.heads:
        return [UNKNOWN]
    known = [replace(s, via=via.name) if via is not None else s for s in named if s is not None]
    if known or attribution.cue is None:
        return known
    outer = speaker_of(claims, attribution.cue)
    return [outer.speaker] if outer is not None else []


def _whole_quotes(parse: Parse, attribution: Attribution, quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The pieces of a statement, and the other sentences of every quotation that one of them is part of."""
    found = list(attribution.content)
    for span in attribution.content:
        for quote in quotes:
            inside = attribution.cue is not None and quote.span.contains(attribution.cue)
            if span.overlaps(quote.inner) and not inside:
                found += [p for p in pieces(parse, quote.inner) if not any(p.overlaps(s) for s in found)]
    return tuple(sorted({p for s in found for p in pieces(parse, s)}))


def _doubts(parse: Parse, found: list[Attribution], claims: list[ClaimMention]) -> list[ClaimMention]:
    """Doubt inside a statement is the doubt of who speaks there; elsewhere it is the report's own."""
    doubts: list[ClaimMention] = []
    for attribution in found:
        for span in attribution.content:
            outer = _outside(claims, attribution, span)
            if outer is None and not attribution.own:
                continue
            speaker = outer.speaker if outer is not None else AUTHOR
            stance = attribution.stance if outer is None or attribution.stance == "unknown" else outer.stance
            doubts.append(ClaimMention(speaker, attribution.cue, span, stance, attribution.hedge))
    return doubts


def _outside(claims: list[ClaimMention], attribution: Attribution, span: Span) -> ClaimMention | None:
    """The innermost named claim that holds a doubt with its word."""
    cue = attribution.cue or span
    named = [c for c in claims_over(claims, cue) if c.speaker.kind not in ("unknown", "author")]
    return next((c for c in named if c.content.contains(cue)), None)

"""Every attribution of a report: who says what, how surely (codebook section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casus.claims.content import statement
from casus.claims.cues import Cue, find_cues, nobody, words
from casus.claims.lookup import ClaimsAt
from casus.claims.passages import between, communique, lone_quotes, statements
from casus.claims.phrases import Attribution, counted, hearsay, labels, nominal, prepositional
from casus.claims.quotes import Quote, find_quotes, holds, meeting, pieces
from casus.claims.references import counts, pointing_back, taken_up
from casus.claims.relays import cited_by, hearer_of, relay_of
from casus.claims.scope import operators
from casus.claims.silence import silent
from casus.claims.speaker_words import speaker_heads
from casus.claims.speakers import UNKNOWN, Speakers
from casus.claims.stance import judge
from casus.claims.turns import turns
from casus.records.actor import Actor
from casus.records.claim import AUTHOR, ClaimMention, Speaker, Stance
from casus.records.parse import Parse
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
    speakers = Speakers(parse, actors)
    voices = turns(parse, speakers.blank(), quotes)
    found = [a for a in found if not _opens_turn(parse, a, voices)]
    claims = _spoken(parse, speakers, [a for a in found if not a.own], quotes, voices)
    claims += statements(parse, speakers, claims)
    claims += lone_quotes(parse, speakers, quotes, claims)
    claims += between(parse, claims)
    claims += communique(parse, quotes, claims)
    claims += _doubts(parse, [a for a in found if a.own or not a.heads], claims)
    return tuple(sorted(dict.fromkeys(_relayed(parse, claims)), key=_order))


def _opens_turn(parse: Parse, attribution: Attribution, voices: list[ClaimMention]) -> bool:
    """Whether an attribution is the label of a voice in a dialogue, whose words are known already."""
    colon = attribution.cue is not None and attribution.cue.of(parse.text) == ":"
    return colon and any(c.content in attribution.content or c.content.overlaps(attribution.content[0]) for c in voices)


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
    told = {a.at for a in found}
    telling = tuple(c for c in cues if c.token.i in told)
    found += prepositional(parse, telling)
    found += counted(parse, telling)
    found += nominal(parse)
    found += labels(parse)
    found += silent(parse)
    found += operators(parse)
    found += counts(parse)
    remarks = list(taken_up(parse))
    at = {a.at for a in remarks}
    found = [a for a in found if a.at not in at] + remarks
    found += pointing_back(parse)
    found += hearsay(parse)
    return found


def _verbal(parse: Parse, cue: Cue, cues: tuple[Cue, ...], quotes: tuple[Quote, ...]) -> Attribution | None:
    heads = speaker_heads(parse, cue)
    if heads is None or nobody(parse, cue.token):
        return None
    if heads and all(h.lemma in words("speakers", "mute") and not h.entity for h in heads):
        return None
    if cue.sort == "showing" and not any(h.lemma in words("speakers", "document") for h in heads):
        return None
    content = statement(parse, cue, cues, quotes) or _quoted(parse, cue, quotes)
    if not content:
        return None
    stance, hedge = judge(parse, cue, content)
    if cue.passive and not heads and stance == "unknown":
        return None
    relay, cited = relay_of(parse, cue), cited_by(parse, cue)
    if cited and heads:
        heads, relay = cited, heads[0]
    hearer = hearer_of(parse, cue) if relay is None else None
    return Attribution(cue.token.i, heads, relay, cue.token.span, content, stance, hedge, hearer=hearer)


def _quoted(parse: Parse, cue: Cue, quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The quotation that a verb with no complement in the tree introduces: beside it, or after a colon."""
    if cue.passive or cue.sort not in ("asserting", "confirming", "claiming", "denying"):
        return ()
    sentence = parse.sentence_of(cue.token)
    if holds(quotes, cue.token.start) is not None:
        return ()
    end = parse.tokens[sentence.last].text == ":"
    for quote in meeting(quotes, parse.tokens[cue.first].start - 2, sentence.span.end + 3):
        inside = quote.span.start >= cue.token.end and quote.span.start < sentence.span.end
        follows = end and sentence.span.end <= quote.span.start <= sentence.span.end + 3
        before = quote.span.end <= parse.tokens[cue.first].start <= quote.span.end + 2 and not _ended(parse.text, quote)
        if inside and _embedded(parse, cue, quote):
            continue
        if inside or follows or before:
            return (_with_object(parse, cue, quote),)
    return ()


def _embedded(parse: Parse, cue: Cue, quote: Quote) -> bool:
    """Whether a quotation is only a part of what follows the verb ("called for a "clean" energy economy")."""
    if cue.token.lemma in words("speech", "frames", "predicate"):
        return False
    first = parse.token_at(quote.inner.start)
    for child in parse.children(cue.token):
        tree = parse.subtree(child)
        if child.i > cue.token.i and child.dep in ("prep", "dobj", "advcl") and tree[0].i < first.i - 1:
            return first in tree
    return False


def _with_object(parse: Parse, cue: Cue, quote: Quote) -> Span:
    """The quotation, with what it is said of before it ("called the raid "a mistake"")."""
    if cue.token.lemma not in words("speech", "frames", "predicate"):
        return quote.inner
    behind = [c for c in parse.children(cue.token) if c.dep in ("dobj", "ccomp", "nsubj") and c.i > cue.token.i]
    first = min((parse.subtree(c)[0].start for c in behind), default=quote.inner.start)
    return Span(first, quote.span.end) if first < quote.span.start else quote.inner


def _ended(text: str, quote: Quote) -> bool:
    """Whether a quotation ends with a full stop, so that the words behind it begin a new sentence."""
    return quote.inner.of(text).endswith(".")


def _spoken(
    parse: Parse,
    speakers: Speakers,
    found: list[Attribution],
    quotes: tuple[Quote, ...],
    voices: list[ClaimMention],
) -> list[ClaimMention]:
    """Claims with their speakers, quotations carried on over their sentences; after those of a dialogue's voices."""
    claims = list(voices)
    placed = ClaimsAt(parse, voices)
    for attribution in found:
        content = _whole_quotes(parse, attribution, quotes)
        for speaker in _speakers(speakers, attribution, placed):
            for span in content:
                claims.append(ClaimMention(speaker, attribution.cue, span, attribution.stance, attribution.hedge))
                placed.add(claims[-1])
    same = speakers.introduced_later()
    return [replace(c, speaker=_renamed(c.speaker, same)) for c in claims]


def _renamed(speaker: Speaker, same: dict[Speaker, Speaker]) -> Speaker:
    """The speaker under the name that the report gives later; the words stay those of this place."""
    known = same.get(replace(speaker, via=None))
    return replace(known, via=speaker.via, span=speaker.span) if known is not None else speaker


def _speakers(speakers: Speakers, attribution: Attribution, claims: ClaimsAt) -> list[Speaker]:
    """Everybody who stands behind an attribution. "We" is whoever speaks there: the quoted, or the report itself."""
    via = speakers.resolve(attribution.relay) if attribution.relay is not None else None
    if via is None and attribution.hearer is not None:
        told = speakers.blank().resolve(attribution.hearer)
        via = told if told is not None and told.kind == "media" else None
    named = [speakers.resolve(h) for h in attribution.heads]
    if not attribution.heads:
        return [UNKNOWN]
    known = [replace(s, via=via.name) if via is not None else s for s in named if s is not None]
    if known or attribution.cue is None:
        return known
    outer = speaker_of(claims.touching(attribution.cue), attribution.cue)
    return [outer.speaker] if outer is not None else []


def _whole_quotes(parse: Parse, attribution: Attribution, quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The pieces of a statement, and the other sentences of every quotation that one of them is part of."""
    found = list(attribution.content)
    for span in attribution.content:
        for quote in meeting(quotes, span.start, span.end):
            whole = _whole(quote, attribution.cue)
            if whole is not None and span.overlaps(whole):
                found += [p for p in pieces(parse, whole) if not any(p.overlaps(s) for s in found)]
    return tuple(sorted({p for s in found for p in pieces(parse, s)}))


def _doubts(parse: Parse, found: list[Attribution], claims: list[ClaimMention]) -> list[ClaimMention]:
    """Doubt inside a statement is the doubt of who speaks there; elsewhere it is the report's own."""
    doubts: list[ClaimMention] = []
    placed = ClaimsAt(parse, claims)
    for attribution in found:
        for span in attribution.content:
            outer = _outside(placed, attribution, span)
            if outer is None and not attribution.own:
                continue
            speaker = outer.speaker if outer is not None else AUTHOR
            stance = _inner_stance(outer.stance, attribution.stance) if outer is not None else attribution.stance
            doubts.append(ClaimMention(speaker, attribution.cue, span, stance, attribution.hedge))
    return doubts


def _whole(quote: Quote, cue: Span | None) -> Span | None:
    """The words of a quotation; of one that was never closed, what stands before the word that reports it."""
    if cue is None or not quote.span.contains(cue):
        return quote.inner
    never_closed = quote.inner.end == quote.span.end and cue.start > quote.inner.start
    return Span(quote.inner.start, cue.start) if never_closed else None


def _relayed(parse: Parse, claims: list[ClaimMention]) -> list[ClaimMention]:
    """The claims, with the medium as the relay of those that it reports ("AFP said that, according to X, ...")."""
    media = ClaimsAt(parse, (c for c in claims if c.speaker.kind == "media"))
    return [_through(c, media) for c in claims]


def _through(claim: ClaimMention, media: ClaimsAt) -> ClaimMention:
    """A claim with the medium inside whose statement it is made, unless it is the medium's own or relayed already."""
    speaker, cue = claim.speaker, claim.cue
    if cue is None or speaker.via is not None or speaker.kind in ("media", "author", "unknown"):
        return claim
    around = [m for m in media.touching(cue) if m.content.contains(cue) and m.cue != cue]
    return replace(claim, speaker=replace(speaker, via=around[-1].speaker.name)) if around else claim


def _inner_stance(outer: Stance, inner: Stance) -> Stance:
    """How a speaker stands to a clause that the own statement calls unproven or untrue."""
    if inner == "unknown":
        return "unknown"
    if inner == "denies" and outer in ("asserts", "confirms", "denies"):
        return "asserts" if outer == "denies" else "denies"
    return outer


def _outside(claims: ClaimsAt, attribution: Attribution, span: Span) -> ClaimMention | None:
    """The innermost named claim that holds a doubt with its word."""
    cue = attribution.cue or span
    named = [c for c in claims_over(claims.touching(cue), cue) if c.speaker.kind not in ("unknown", "author")]
    return next((c for c in named if c.content.contains(cue)), None)

"""From candidates to accounts: the triggers of one happening put together and its slots filled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casus.events.adoption import adopt, says_again
from casus.events.candidates import Candidate, find_candidates
from casus.events.confidence import confidence_of
from casus.events.dating import date_of
from casus.events.known_dates import with_known_date
from casus.events.linking import link_features, own_place, own_time, voice
from casus.events.locating import locate
from casus.events.participation import Casting
from casus.events.relevance import about_something_else, relevance_of
from casus.events.scoring_model import load_weights, weighted_sum
from casus.events.trigger_groups import FAMILY
from casus.events.types import Parties, sub_event_type
from casus.knowledge.lexicon import load_lexicon
from casus.records.account import Account, Told
from casus.records.actor import Actor
from casus.records.claim import known_as
from casus.records.event import Actuality
from casus.records.findings import Findings
from casus.records.mention import WeaponMention
from casus.records.parse import Parse, Token
from casus.records.span import Span

LINK = 0.0
"""Log-odds from which a candidate joins an account."""

SURELY_RELEVANT = 0.6
"""Relevance from which a report is taken to tell of at least one event."""

DOUBTFUL = 0.5
"""Relevance of a report below which its accounts lose confidence in proportion."""

RECENT = 40
"""Groups, and members of a group, that a candidate is compared with: keeps long texts affordable."""

CONTRADICTIONS = frozenset(("time: apart", "time: other value", "place: other", "place: other country", "in revenge"))
CONTRADICTED = 3
"""What a contradiction with a member of a group takes off, in log-odds."""

WITHIN = frozenset(("harm", "killing", "shooting"))
"""Classes that, beside "the raid", tell what happened in it."""

BACK, AHEAD = 8, 3
"""Sentences over which "the raid" is looked up, backwards and forwards."""

FAR = 60
"""Sentences after which a report does not come back to a happening without naming it anew."""


def find_accounts(findings: Findings, *, published: str | None, threshold: float) -> Told:
    """Every event of the report whose confidence reaches the threshold, in text order.

    A report that is surely relevant tells of something: where nothing reaches the
    threshold, its likeliest account that is no lasting state and no supposition is kept if it reaches half.
    `published` is an ISO date or datetime or None; it dates news told as fresh.
    """
    if about_something_else(findings):
        return Told((), findings.actors)
    relevance = relevance_of(findings)
    candidates = find_candidates(findings)
    groups = group_candidates(findings, candidates)
    filled = _fill(findings, groups, published, threshold)
    rated = [(replace(a, confidence=in_report(a.confidence, relevance)), ordered, new) for a, ordered, new in filled]
    told = [f for f in rated if f[0].confidence >= threshold]
    if not told and relevance >= SURELY_RELEVANT:
        happened = [f for f in rated if _happened(f[1][0]) and f[0].confidence >= threshold / 2]
        told = sorted(happened, key=lambda f: -f[0].confidence)[:1]
    told = _each_once(told)
    actors = {a.id: a for a in findings.actors}
    actors.update({a.id: a for _, _, implied in told for a in implied if a.id not in actors})
    return Told(adopt(findings, [(account, ordered) for account, ordered, _ in told]), tuple(actors.values()))


def _each_once(told: list[Filled]) -> list[Filled]:
    """Without accounts that say of the same words what one before says of them; that one takes their figures."""
    kept: dict[tuple[object, ...], Filled] = {}
    for account, members, implied in told:
        key = (account.sub_event_type, account.evidence, account.date.value, account.location.name)
        if key in kept:
            first, before, others = kept[key]
            figures = tuple(sorted({*first.figures, *account.figures}))
            claims = tuple(dict.fromkeys((*first.claims, *account.claims)))
            joined = replace(first, figures=figures, claims=claims)
            kept[key] = (joined, (*before, *members), (*others, *implied))
        else:
            kept[key] = (account, members, implied)
    return list(kept.values())


def _happened(lead: Candidate) -> bool:
    return not (lead.modality.ongoing or lead.modality.hypothetical)


def _fill(
    findings: Findings, groups: list[tuple[Candidate, ...]], published: str | None, threshold: float
) -> list[Filled]:
    """The slots of every group; what is told later may lean on the accounts that reach the threshold."""
    casting = Casting(findings, [member for group in groups for member in group])
    sure: list[Account] = []
    filled = []
    for members in groups:
        one = tell(findings, members, Context(tuple(sure), casting, published))
        filled.append(one)
        if one[0].confidence >= threshold:
            sure.append(one[0])
    return filled


def in_report(confidence: float, relevance: float) -> float:
    """An account's confidence in view of the whole report's: a strong trigger in a report that
    seems to be about something else counts for less."""
    return round(confidence * min(1.0, relevance / DOUBTFUL), 3)


Filled = tuple[Account, tuple[Candidate, ...], tuple[Actor, ...]]


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a group of candidates."""

    told: tuple[Account, ...]
    casting: Casting
    published: str | None


def group_candidates(findings: Findings, candidates: tuple[Candidate, ...]) -> list[tuple[Candidate, ...]]:
    """Candidates that report one happening, together; groups by their first trigger.

    One pass in text order: a candidate joins the group that it fits best, if it fits any.
    """
    pointing = _pointing(findings, candidates)
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        if candidate.sentence in pointing and candidate in pointing[candidate.sentence]:
            continue
        best, best_score = None, LINK
        for group in reversed(groups[-RECENT:]):
            if candidate.sentence - group[-1].sentence > FAR:
                continue
            score = fit(findings, group[-RECENT:], candidate)
            if score > best_score:
                best, best_score = group, score
        if best is None and candidate.supporting and groups and groups[-1][-1].sentence == candidate.sentence:
            best = groups[-1]
        if best is None:
            groups.append([candidate])
        else:
            best.append(candidate)
    for told in pointing.values():
        _join_meant(findings, groups, told)
    return [tuple(g) for g in sorted(groups, key=lambda g: g[0].trigger.token)]


def fit(findings: Findings, members: list[Candidate], candidate: Candidate) -> float:
    """How well a candidate fits a group: its best link, less for each kind of contradiction
    (another day, another place, the deed that is avenged) with any member."""
    links = [link_features(findings, member, candidate) for member in members]
    best = max(weighted_sum(load_weights("linking"), features) for features in links)
    contradictions = {name for features in links for name in features if name in CONTRADICTIONS}
    return best - CONTRADICTED * len(contradictions)


def _pointing(findings: Findings, candidates: tuple[Candidate, ...]) -> dict[int, list[Candidate]]:
    """By sentence, candidates that only point elsewhere: "the raid" with no time, place or
    agent of its own, and the harm told with it ("no one was hurt in the raid")."""
    generic = load_lexicon("frames")["generic"]
    beside: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        beside.setdefault(candidate.sentence, []).append(candidate)
    found = {}
    for sentence, members in beside.items():
        pointing = [m for m in members if m.definite and m.trigger.key in generic and not m.agents]
        rest = [m for m in members if m not in pointing]
        own = any(own_time(findings, m) or own_place(findings, m) for m in members)
        if pointing and not own and all(m.trigger.kind in WITHIN or m.trigger.key in ("escape", "flee") for m in rest):
            found[sentence] = members
    return found


def _join_meant(findings: Findings, groups: list[list[Candidate]], told: list[Candidate]) -> None:
    """Add candidates that point elsewhere to what they mean: the event that the same voice
    told before, else the one told last before, else the one told next; else they stand alone."""
    here = told[0].sentence
    voices = {voice(findings, m) for m in told} - {None}
    best, best_rank = None, (2, 0)
    for group in groups:
        apart = min((here - m.sentence for m in group if m.sentence <= here), default=-(group[0].sentence - here))
        if not -AHEAD <= apart <= BACK or not _can_be_meant(group):
            continue
        other = not voices & {voice(findings, m) for m in group}
        rank = (int(other) if voices else 0, apart if apart >= 0 else BACK - apart)
        if rank < best_rank:
            best, best_rank = group, rank
    if best is None:
        groups.append(told)
    else:
        best.extend(told)


def _can_be_meant(group: list[Candidate]) -> bool:
    return any(FAMILY[m.trigger.kind] in ("violence", "captivity", "territory") for m in group)


def tell(findings: Findings, members: tuple[Candidate, ...], context: Context) -> Filled:
    """Fill the slots of one event; gives the account, its members by fullness, and implied actors."""
    ordered = by_fullness(members)
    location = locate(findings, ordered, context.told)
    kind = sub_event_type(ordered, parties_of(findings, ordered, location.country), findings)
    participants, implied = context.casting.cast(ordered, kind, location.country)
    found = date_of(findings, ordered, context.published)
    date, background = with_known_date(findings, ordered, found, location, context.published)
    figures = _figures(findings, ordered)
    account = Account(
        sub_event_type=kind,
        actuality=_actuality(ordered, kind),
        background=background,
        date=date,
        location=location,
        participants=participants,
        weapons=_weapons(findings, ordered),
        figures=figures,
        claims=_claims(findings, ordered, figures),
        evidence=tuple(dict.fromkeys(clause_span(findings.parse, m) for m in ordered)),
        confidence=0.0,
    )
    as_told = replace(account, date=found[0])  # what the report does not say makes a passage no likelier
    return replace(account, confidence=confidence_of(findings, ordered, as_told)), ordered, implied


def parties_of(findings: Findings, ordered: tuple[Candidate, ...], country: str | None) -> Parties:
    """The two sides of an event, the fullest telling's first."""
    actors = {a.id: a for a in findings.actors}
    agents = tuple(actors[p.actor] for m in ordered for p in m.agents)
    return Parties(agents, tuple(actors[p.actor] for m in ordered for p in (*m.patients, *m.mutual)), country)


def by_fullness(members: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The fullest telling first: parties, time, place, figures; then the stronger word, then the earlier."""

    def fullness(m: Candidate) -> float:
        return (
            2 * m.trigger.strength
            - 3.0 * m.supporting
            + 0.6 * bool(m.agents)
            + 0.6 * bool(m.patients)
            + 0.5 * bool(m.times)
            + 0.5 * bool(m.places)
            + 0.4 * bool(m.figures)
            - 0.05 * m.sentence
        )

    return tuple(sorted(members, key=lambda m: (-fullness(m), m.trigger.token)))


def _actuality(members: tuple[Candidate, ...], kind: str) -> Actuality:
    """The fullest telling's actuality; what was intercepted was attempted (codebook 2.1)."""
    if any(m.trigger.kind == "intercept" for m in members):
        return "attempted"
    if kind == "Disrupted weapons use":
        return "actual"
    told = [m.modality.actuality for m in members]
    return "actual" if "actual" in told and told[0] != "denied" else told[0]


def _weapons(findings: Findings, members: tuple[Candidate, ...]) -> tuple[WeaponMention, ...]:
    clauses = [clause_span(findings.parse, m) for m in members]
    found: dict[str, WeaponMention] = {}
    near = sorted({i for m in members for i in findings.weapons_in.get(m.sentence, ())})
    for weapon in (findings.weapons[i] for i in near):
        if any(c.contains(weapon.span) for c in clauses):
            found.setdefault(weapon.name, weapon)
    return tuple(found.values())


def _figures(findings: Findings, members: tuple[Candidate, ...]) -> tuple[int, ...]:
    """The members' figures in text order, one of those that say the same of the same people."""
    kept: list[int] = []
    for index in sorted({i for m in members for i in m.figures}):
        if not any(says_again(findings, index, i) for i in kept):
            kept.append(index)
    return tuple(kept)


def _claims(findings: Findings, members: tuple[Candidate, ...], figures: tuple[int, ...]) -> tuple[int | None, ...]:
    """Who tells of the event: one claim a speaker, in text order; None for the author."""
    places = [m.claims for m in members]
    places += [findings.voices_over(findings.figures[i].span) for i in figures]
    found: dict[str, int | None] = {}
    for claims in sorted(places, key=lambda c: (not c, c)):
        for index in _joint(findings, claims):
            name = "author" if index is None else known_as(findings.claims[index].speaker)
            found.setdefault(name, index)
    return tuple(found.values())


def _joint(findings: Findings, claims: tuple[int, ...]) -> tuple[int | None, ...]:
    """The innermost claim with those of others who say the same in one breath ("the army and
    a nurse said"); somebody unknown among them counts only alone."""
    if not claims:
        return (None,)
    said = {i: findings.claims[i] for i in claims}
    first = said[claims[0]]
    together = [i for i, c in said.items() if (c.cue, c.content) == (first.cue, first.content)]
    known = [i for i in together if said[i].speaker.kind != "unknown"]
    return tuple(known or together[:1])


def clause_span(parse: Parse, member: Candidate) -> Span:
    """The clause that reports the event: the trigger's verb with what hangs on it,
    without coordinated clauses and without the reporting words above it."""
    token = parse.tokens[member.trigger.token]
    verb = token
    while verb.pos not in ("VERB", "AUX") and verb.head != verb.i and verb.dep not in ("conj", "appos"):
        verb = parse.head(verb)
    tokens = list(_clause_tokens(parse, verb))
    span = Span(min(t.start for t in tokens), max(t.end for t in tokens))
    return span.cover(member.trigger.span)


def _clause_tokens(parse: Parse, verb: Token) -> list[Token]:
    found, stack = [], [verb]
    while stack:
        token = stack.pop()
        found.append(token)
        for child in parse.children(token):
            if child.dep in ("conj", "parataxis") and child.pos in ("VERB", "AUX"):
                continue
            if child.dep == "punct" and child.text in (".", "“", "”", '"', ";"):
                continue
            stack.append(child)
    return found

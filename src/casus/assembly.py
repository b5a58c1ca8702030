"""From findings and accounts to a reading: ids given, figures and claims tied to events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from casus.records.account import Account, Told
from casus.records.actor import Actor
from casus.records.attitude import Attitude, AttitudeMention
from casus.records.claim import AUTHOR, Claim, known_as
from casus.records.event import Event
from casus.records.figure import Figure, FigureMention, Outcome, Quantity
from casus.records.findings import Findings
from casus.records.ids import content_id
from casus.records.interest import interest_of
from casus.records.reading import Reading
from casus.records.report import Report
from casus.records.span import Span


@dataclass(slots=True)
class _Draft:
    """What an assembly has gathered so far; lives only inside `assemble`."""

    report: Report
    findings: Findings
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    claims: dict[str, Claim] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


def assemble(
    report: Report,
    findings: Findings,
    told: Told,
    *,
    language: str,
    notes: tuple[str, ...],
    attitudes: tuple[AttitudeMention, ...] = (),
) -> Reading:
    """The reading of a report. Ids are hashes of the report's id and what they name.

    Attitudes come beside the findings, so that nothing which makes accounts of them can read one.
    """
    draft = _Draft(report, findings, actors={a.id: a for a in told.actors})
    for account in told.accounts:
        _add_event(draft, account)
    _add_unused_claims(draft)
    return Reading(
        report=report,
        language=language,
        relevant=bool(draft.events),
        notes=(*report.notes, *notes),
        times=findings.times,
        places=findings.places,
        actors=told.actors,
        events=tuple(draft.events),
        figures=tuple(draft.figures),
        claims=tuple(sorted(draft.claims.values(), key=lambda c: (c.content, c.id))),
        attitudes=_attitudes(report, attitudes),
    )


def _add_event(draft: _Draft, account: Account) -> None:
    identity = content_id(
        "evt",
        {
            "report": draft.report.id,
            "text": draft.report.sha256,
            "type": account.sub_event_type,
            "evidence": [[s.start, s.end] for s in account.evidence],
            "date": account.date.value,
            "place": account.location.name,
        },
    )
    figures = _figures(draft, account, identity)
    claims = [_claim(draft, account, index, account.evidence[0]) for index in account.claims]
    claims += [figure.claim for figure in figures]
    draft.figures.extend(figures)
    draft.events.append(
        Event(
            id=identity,
            sub_event_type=account.sub_event_type,
            actuality=account.actuality,
            background=account.background,
            date=account.date,
            location=account.location,
            participants=account.participants,
            weapons=account.weapons,
            figures=tuple(f.id for f in figures),
            claims=_one_a_speaker(draft, claims),
            evidence=account.evidence,
            confidence=account.confidence,
        )
    )


def _one_a_speaker(draft: _Draft, claims: list[str]) -> tuple[str, ...]:
    """Each claim once, and of the claims of one speaker with one stance the first; who gives
    a different value is not among those who assert as well."""
    kept: dict[tuple[str, str], str] = {}
    for claim in claims:
        record = draft.claims[claim]
        kept.setdefault((known_as(record.speaker), record.stance), claim)
    return tuple(c for (name, stance), c in kept.items() if stance != "asserts" or (name, "disputes") not in kept)


def _figures(draft: _Draft, account: Account, event: str) -> list[Figure]:
    ids = {index: _figure_id(event, draft.findings.figures[index]) for index in account.figures}
    voices = {index: _voice(draft.findings, draft.findings.figures[index]) for index in account.figures}
    disputing = _disputing(draft.findings, voices)
    found = []
    for index in account.figures:
        mention = draft.findings.figures[index]
        found.append(
            Figure(
                id=ids[index],
                event=event,
                outcome=_outcome(account, mention),
                population=mention.population,
                actor=mention.actor,
                quantity=mention.quantity,
                cumulative=mention.cumulative,
                part_of=ids.get(mention.part_of) if mention.part_of is not None else None,
                claim=_claim(draft, account, voices[index], mention.span, disputes=index in disputing),
                span=mention.span,
            )
        )
    return found


def _voice(findings: Findings, mention: FigureMention) -> int | None:
    """The claim behind a figure. Who gives a total gives its parts too ("12 dead, among them two
    children"), unless somebody else does; None for the author."""
    own = findings.voices_over(mention.span)
    if own or mention.part_of is None:
        return own[0] if own else None
    return next(iter(findings.voices_over(findings.figures[mention.part_of].span)), None)


def _disputing(findings: Findings, voices: dict[int, int | None]) -> set[int]:
    """Figures for which other speakers gave only other numbers before (codebook 6)."""
    found: set[int] = set()
    for later, voice in voices.items():
        before = [(i, v) for i, v in voices.items() if i < later and _other_voice(findings, v, voice)]
        same = [findings.figures[i] for i, _ in before if _alike(findings.figures[i], findings.figures[later])]
        if same and all(_cannot_both_hold(other.quantity, findings.figures[later].quantity) for other in same):
            found.add(later)
    return found


def _other_voice(findings: Findings, one: int | None, two: int | None) -> bool:
    """Whether two claims are of two known speakers."""
    if one is None or two is None:
        return False
    first, second = findings.claims[one].speaker, findings.claims[two].speaker
    return "unknown" not in (first.kind, second.kind) and known_as(first) != known_as(second)


def _alike(one: FigureMention, two: FigureMention) -> bool:
    """Whether two totals count the same people, more than a single victim."""
    same = (one.outcome, one.population, one.actor) == (two.outcome, two.population, two.actor)
    return same and one.part_of is None and two.part_of is None and one.quantity.best != 1


def _cannot_both_hold(a: Quantity, b: Quantity) -> bool:
    """Whether no number satisfies both."""
    return _below(a, b) or _below(b, a)


def _below(a: Quantity, b: Quantity) -> bool:
    return a.high is not None and b.low is not None and a.high < b.low


def _outcome(account: Account, mention: FigureMention) -> Outcome:
    """People held in an abduction are abducted, in an arrest detained, whatever the word for it;
    that nobody was stays as it was said."""
    if mention.quantity.high == 0:
        return mention.outcome
    if mention.outcome == "detained" and account.sub_event_type == "Abduction/forced disappearance":
        return "abducted"
    if mention.outcome == "abducted" and account.sub_event_type == "Arrests":
        return "detained"
    return mention.outcome


def _figure_id(event: str, mention: FigureMention) -> str:
    return content_id(
        "fig", {"event": event, "outcome": mention.outcome, "span": [mention.span.start, mention.span.end]}
    )


def _claim(draft: _Draft, account: Account, index: int | None, content: Span, *, disputes: bool = False) -> str:
    """The id of the claim record, made on first use. An author's claim covers `content`; with
    `disputes`, a plain assertion counts as giving a different value."""
    if index is None:
        claim = Claim("", AUTHOR, None, content, "asserts", "none")
    else:
        found = draft.findings.claims[index]
        speaker = replace(found.speaker, interest=interest_of(account, found.speaker, draft.actors))
        stance = "disputes" if disputes and found.stance == "asserts" else found.stance
        claim = Claim("", speaker, found.cue, found.content, stance, found.hedge)
    return _keep(draft, claim)


def _keep(draft: _Draft, claim: Claim) -> str:
    identity = content_id(
        "clm",
        {
            "report": draft.report.id,
            "speaker": claim.speaker.name,
            "interest": claim.speaker.interest,
            "content": [claim.content.start, claim.content.end],
            "stance": claim.stance,
            "hedge": claim.hedge,
        },
    )
    draft.claims.setdefault(identity, replace(claim, id=identity))
    return identity


def _add_unused_claims(draft: _Draft) -> None:
    """Attributions that no event uses stay on record."""
    used = {(c.speaker.name, c.content) for c in draft.claims.values()}
    for found in draft.findings.claims:
        if (found.speaker.name, found.content) not in used:
            _keep(draft, Claim("", found.speaker, found.cue, found.content, found.stance, found.hedge))


def _attitudes(report: Report, mentions: tuple[AttitudeMention, ...]) -> tuple[Attitude, ...]:
    """The attitudes with their ids, by content, each once."""
    found: dict[str, Attitude] = {}
    for mention in mentions:
        identity = content_id(
            "att",
            {
                "report": report.id,
                "speaker": mention.speaker.name,
                "cue": [mention.cue.start, mention.cue.end],
                "content": [mention.content.start, mention.content.end],
            },
        )
        found.setdefault(identity, Attitude(identity, mention.speaker, mention.cue, mention.content))
    return tuple(sorted(found.values(), key=lambda a: (a.content, a.id)))

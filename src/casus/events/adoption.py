"""Figures and claims that stand near an event without a trigger of their own.

"Gunmen attacked the market. The toll rose to 34 on Sunday, the hospital said; the army
denied it." The second sentence reports no event of its own: its figure and its speakers
belong to the event told before it.
"""

from __future__ import annotations

from dataclasses import replace

from casus.events.candidates import Candidate, is_state
from casus.events.comments import Comments
from casus.records.account import Account
from casus.records.claim import ClaimMention, known_as
from casus.records.event import EVENT_TYPE
from casus.records.figure import Outcome
from casus.records.findings import Findings

FIGURES_REACH = 3
"""Sentences after an event in which a toll still belongs to it."""

SAME_SPEAKER_REACH = 8
"""The same, where its speaker already speaks of the event."""

COMMENTS = 0.5
"""Likelihood from which a speaker is among those who tell of an event; 0.45 and 0.55 do as well (2026-11)."""

HURT: frozenset[Outcome] = frozenset(("killed", "injured", "casualties", "missing"))
HELD: frozenset[Outcome] = frozenset(("detained", "abducted", "released", "escaped"))
TOLD_OF = {
    "Battles": HURT | {"detained", "surrendered"},
    "Explosions/Remote violence": HURT,
    "Violence against civilians": HURT | HELD,
    "Protests": HURT | {"detained"},
    "Riots": HURT | {"detained"},
    "Strategic developments": HURT | HELD | {"surrendered", "displaced"},
}
"""Which outcomes an event of each type may have without a trigger that says so."""

Kept = tuple[Account, tuple[Candidate, ...]]


def adopt(findings: Findings, kept: list[Kept]) -> tuple[Account, ...]:
    """The accounts with the free figures and claims that follow them."""
    accounts = [account for account, _ in kept]
    taken = {i for account in accounts for i in account.figures}
    for index, figure in enumerate(findings.figures):
        if index in taken or figure.cumulative or is_state(findings.parse, figure.outcome_token):
            continue
        home = _home(findings, accounts, kept, index)
        if home is not None:
            accounts[home] = _with_figure(findings, accounts[home], index)
    _add_comments(findings, accounts, kept)
    return tuple(_without_hearsay(findings, account) for account in accounts)


def _without_hearsay(findings: Findings, account: Account) -> Account:
    """The account without the unknown speaker ("reportedly", "it is thought") where somebody known tells of it too."""
    kinds = {i: findings.claims[i].speaker.kind for i in account.claims if i is not None}
    if set(kinds.values()) <= {"unknown"}:
        return account
    return replace(account, claims=tuple(i for i in account.claims if i is None or kinds[i] != "unknown"))


def _add_comments(findings: Findings, accounts: list[Account], kept: list[Kept]) -> None:
    """Give each account the speakers who comment on it without telling of it."""
    told = list(accounts)
    comments = Comments(findings, [(account, members) for account, (_, members) in zip(told, kept, strict=True)])
    for index, claim in enumerate(findings.claims):
        if claim.speaker.kind == "author":
            continue
        near = comments.near(index)
        owned = _owned_up_to(claim, told, near)
        for k in near:
            if k == owned or comments.likelihood(index, k) >= COMMENTS:
                accounts[k] = _with_claim(findings, accounts[k], index)


def _owned_up_to(claim: ClaimMention, accounts: list[Account], near: tuple[int, ...]) -> int | None:
    """The account that a party on the acting side owns up to ("the group claimed
    responsibility for the attack"); the likeliest, where it did several things."""
    if claim.stance != "confirms" or claim.speaker.actor is None:
        return None
    acting = [
        k
        for k in near
        if any(p.actor == claim.speaker.actor and p.role.endswith("1") for p in accounts[k].participants)
        and accounts[k].evidence[0].start <= claim.content.start
    ]
    return max(acting, key=lambda k: (accounts[k].confidence, -k), default=None)


def _home(findings: Findings, accounts: list[Account], kept: list[Kept], index: int) -> int | None:
    """The account told last before the figure whose type may have such an outcome; an
    account that the figure's speaker speaks of already is looked for further back."""
    figure = findings.figures[index]
    sentence = findings.parse.tokens[figure.head].sentence
    voices = {findings.claims[i].speaker.actor for i in findings.claims_over(figure.span)[:1]} - {None}
    best: tuple[int, int] | None = None
    for k, (_, members) in enumerate(kept):
        if figure.outcome not in TOLD_OF[EVENT_TYPE[accounts[k].sub_event_type]] or accounts[k].actuality == "planned":
            continue
        known = {findings.claims[i].speaker.actor for i in accounts[k].claims if i is not None}
        reach = SAME_SPEAKER_REACH if voices & known else FIGURES_REACH
        apart = min((sentence - m.sentence for m in members if m.sentence <= sentence), default=reach + 1)
        if apart <= reach and (best is None or apart <= best[0]):
            best = (apart, k)
    return best[1] if best else _ahead(accounts, kept, sentence, figure.outcome)


def _ahead(accounts: list[Account], kept: list[Kept], sentence: int, outcome: Outcome) -> int | None:
    """For a figure before any event is told: the first event told soon after."""
    first = min(range(len(kept)), key=lambda k: min(m.sentence for m in kept[k][1]), default=None)
    if first is None or outcome not in TOLD_OF[EVENT_TYPE[accounts[first].sub_event_type]]:
        return None
    return first if 0 < min(m.sentence for m in kept[first][1]) - sentence <= FIGURES_REACH else None


def says_again(findings: Findings, later: int, earlier: int) -> bool:
    """Whether a figure gives an earlier one's outcome and number again. A total and a part are two, and so are
    two counted by one word ("killed a driver and a nurse")."""
    one, two = findings.figures[earlier], findings.figures[later]
    if (one.outcome, one.quantity, one.part_of is None) != (two.outcome, two.quantity, two.part_of is None):
        return False
    return one.outcome_token is None or one.outcome_token != two.outcome_token


def _with_figure(findings: Findings, account: Account, index: int) -> Account:
    if any(says_again(findings, index, i) for i in account.figures):
        return account
    grown = replace(account, figures=tuple(sorted((*account.figures, index))))
    claims = findings.voices_over(findings.figures[index].span)
    return _with_claim(findings, grown, claims[0]) if claims else grown


def _with_claim(findings: Findings, account: Account, index: int) -> Account:
    name = known_as(findings.claims[index].speaker)
    known = {known_as(findings.claims[i].speaker) for i in account.claims if i is not None}
    return account if name in known else replace(account, claims=(*account.claims, index))

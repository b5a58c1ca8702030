"""How long an event went on: a date stretched by the words that tell its beginning, course or end (codebook 3).

"Shelling that started on 3 May lasted into Saturday", "for the sixth day on Sunday", "after a ten-day strike",
"between Friday night and Sunday": start and end are days that the text gives or counts from one it gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from casus.events.candidates import Candidate
from casus.knowledge.lexicon import load_lexicon
from casus.records.event import EventDate
from casus.records.findings import Findings
from casus.records.mention import TimeMention
from casus.records.parse import Parse, Token

LONGEST = 100
"""Days that an event may be stretched to: more is a state, or a misreading."""

DURATION = re.compile(r"P(\d{1,3})(D|W)|PT(24|36|48|72)H")
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")


def stretched(
    findings: Findings, members: tuple[Candidate, ...], found: EventDate, published: date | None
) -> EventDate:
    """The date with the beginning and end that the event's own sentences tell; `found` itself if they tell none."""
    lead = findings.parse.tokens[members[0].trigger.token]
    time = next((t for t in findings.times if t.span == found.span), None) if found.span else None
    days = _begun(findings, lead, time, published) or _between(findings, lead, time)
    day = _only_day(found) or (published if found.start is None or found.span is None else None)
    days = days or _counted(findings, members, found, day) or _lasted(findings, members, found)
    if days is None or not timedelta(0) <= days[1] - days[0] <= timedelta(days=LONGEST):
        return _when(findings, lead, time, found)
    start, end = (d.isoformat() for d in days)
    return replace(found, start=start, end=end, precision="day", value=start if start == end else f"{start}/{end}")


Days = tuple[date, date]


def _only_day(found: EventDate) -> date | None:
    """The day of a date that is one day."""
    return date.fromisoformat(found.end) if found.end is not None and found.start == found.end else None


def _begun(findings: Findings, lead: Token, time: TimeMention | None, published: date | None) -> Days | None:
    """From the day it began to the day it is told to have gone on to, or to publication.

    The time stands at a verb of beginning of which the event is the subject or object.
    """
    parse, words = findings.parse, load_lexicon("time_course")
    if time is None or time.start is None or time.start != time.end:
        return None
    start = date.fromisoformat(time.start)
    begin = _verb(parse, parse.root_in(time.span))
    if begin.lemma not in words["beginning"] or not _takes_part(parse, lead, begin):
        return None
    if begin.dep in ("relcl", "acl"):
        course = _verb(parse, lead)
        if course.lemma not in words["continuing"]:
            return None
        number = next((n for _, n in _ordinals(parse, course)), None)
        if number is not None:
            return start, start + timedelta(days=number - 1)
        end = _day_at(findings, course, start) or published
    elif any(c.dep == "mark" and c.lower == "since" for c in parse.children(begin)):
        end = published if lead.dep != "dobj" else None
    else:
        ends = (c for c in parse.children(begin) if c.dep == "conj" and c.lemma in words["ending"])
        end = next((d for c in ends if (d := _day_at(findings, c, start))), None)
    return (start, end) if end is not None else None


def _verb(parse: Parse, token: Token) -> Token:
    """The verb that a token stands under, or itself."""
    return next((t for t in (token, *parse.ancestors(token)) if t.pos in ("VERB", "AUX")), token)


def _takes_part(parse: Parse, lead: Token, verb: Token) -> bool:
    """Whether an event is what a verb says began: its subject, object or infinitive, or what its clause qualifies."""
    if verb.dep in ("relcl", "acl"):
        return verb.head in {t.i for t in parse.subtree(lead)}
    while lead.dep in ("compound", "conj", "pobj", "prep") and lead.head != verb.i:
        lead = parse.head(lead)
    return lead.head == verb.i and lead.dep in ("nsubj", "nsubjpass", "dobj", "xcomp")


def _day_at(findings: Findings, verb: Token, after: date) -> date | None:
    """The day after another one that the text ties to a verb's own clause."""
    parse = findings.parse
    for index in findings.times_in.get(verb.sentence, ()):
        time = findings.times[index]
        if time.type not in ("DATE", "TIME") or time.end is None or date.fromisoformat(time.end) <= after:
            continue
        if _verb(parse, parse.root_in(time.span)).i == verb.i:
            return date.fromisoformat(time.end)
    return None


def _ordinals(parse: Parse, verb: Token) -> Iterator[tuple[Token, int]]:
    """The "fifth day"s told of a verb's clause, with their numbers."""
    for token in parse.sentence_tokens(parse.sentences[verb.sentence]):
        if token.lemma == "day" and _verb(parse, token).i == verb.i:
            number = next((n for c in parse.children(token) if (n := _ordinal(c.lower))), None)
            if number is not None:
                yield token, number


def _ordinal(word: str) -> int | None:
    words: list[str] = load_lexicon("time_course")["ordinals"]
    if word in words:
        return words.index(word) + 1
    match = ORDINAL.fullmatch(word)
    return int(match.group(1)) if match else None


def _counted(findings: Findings, members: tuple[Candidate, ...], found: EventDate, day: date | None) -> Days | None:
    """Back from its Nth day: "for the fifth day on Monday", "the fourth day of their march"."""
    parse = findings.parse
    if day is None:
        return None
    for member in members:
        trigger = parse.tokens[member.trigger.token]
        for token, number in _ordinals(parse, _verb(parse, trigger)):
            if number > 1 and _goes_on(parse, token, trigger, leads=member is members[0]):
                return day - timedelta(days=number - 1), day
    return None


def _goes_on(parse: Parse, day: Token, trigger: Token, *, leads: bool) -> bool:
    """Whether the Nth day is one of the event's own, not that of something else on which it fell."""
    inside = {t.i for t in parse.subtree(day)}
    head = parse.head(day)
    if any(c.dep == "prep" and c.lower == "of" for c in parse.children(day)):
        theirs = day.dep == "appos" and any(parse.tokens[i].dep == "poss" for i in inside)
        return (leads and trigger.i in inside) or theirs
    if head.pos == "ADP":
        return head.lower in ("for", "in", "into") and _verb(parse, head).i == _verb(parse, trigger).i
    return day.dep in ("appos", "dobj") or any(c.dep == "poss" for c in parse.children(day))


def _lasted(findings: Findings, members: tuple[Candidate, ...], found: EventDate) -> Days | None:
    """Back from the day on which it ended: "after a ten-day strike", "lifted their 36-hour siege"."""
    end = _only_day(found)
    parse = findings.parse
    lead = parse.tokens[members[0].trigger.token]
    for index in findings.times_in.get(lead.sentence, ()):
        time = findings.times[index]
        match = DURATION.fullmatch(time.value or "") if time.type == "DURATION" else None
        if match is None or end is None:
            continue
        root = parse.root_in(time.span)
        whole = parse.head(root) if root.dep in ("compound", "nummod", "amod", "nmod", "npadvmod") else root
        inside = {t.i for t in parse.subtree(whole)}
        named = whole.i == lead.i or any(g.i == lead.i for c in parse.children(whole) for g in parse.children(c))
        if named and _is_over(parse, whole) and all(m.trigger.token in inside for m in members):
            return end - _length(match), end
    return None


def _is_over(parse: Parse, whole: Token) -> bool:
    """Whether what lasted is told as past: "after", or as what a verb of ending ends."""
    head = parse.head(whole)
    return head.lower in ("after", "following") or head.lemma in load_lexicon("time_course")["ending"]


def _length(match: re.Match[str]) -> timedelta:
    """From first to last day: ten days end nine days after the first (codebook 3)."""
    if match.group(3):
        return timedelta(days=int(match.group(3)) // 24)
    number = int(match.group(1))
    return timedelta(days=number - 1) if match.group(2) == "D" else timedelta(weeks=number)


def _between(findings: Findings, lead: Token, time: TimeMention | None) -> Days | None:
    """ "Between Friday night and the ceasefire on Sunday": from the first day to the second."""
    if time is None or time.start is None or time.start != time.end:
        return None
    parse = findings.parse
    root = parse.root_in(time.span)
    if parse.head(root).lower != "between":
        return None
    second = [c for c in parse.children(root) if c.dep == "conj"]
    joined = {t.i for c in second for t in parse.subtree(c)}
    for index in findings.times_in.get(root.sentence, ()):
        other = findings.times[index]
        if other.end is not None and other.precision == "day" and parse.root_in(other.span).i in joined:
            end = date.fromisoformat(other.end)
            return (end if lead in second else date.fromisoformat(time.start)), end
    return None


def _when(findings: Findings, lead: Token, time: TimeMention | None, found: EventDate) -> EventDate:
    """In "since June 4, when they blew up the bridge" the bridge is of June 4 alone."""
    if time is None or found.start is None or found.start == found.end or found.precision != "day":
        return found
    parse = findings.parse
    verb = _verb(parse, lead)
    told_when = any(c.dep == "advmod" and c.lower == "when" for c in parse.children(verb))
    if told_when and verb.dep in ("relcl", "advcl") and lead.i > parse.root_in(time.span).i:
        return replace(found, end=found.start, value=found.start)
    return found

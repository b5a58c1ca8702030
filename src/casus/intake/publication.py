"""The day of publication, where a report comes without one: from its address, its header and its footer.

Only what stands there is used: there is no guess and no clock. Clues, strongest first:

1. page       what a page says of itself (for an intake that reads pages; see `choose`)
2. published  "Published: 12 March 2016", "Posted on March 12, 2016", "Date: 2016-03-12T14:05Z"
3. URL        /2016/03/12/, /2016/mar/12/, 2016-03-12, -20160312-, ?date=2016-03-12; /2016/03/ gives the month
4. dateline   "ALEPPO, Syria, 12 March 2016 (Agency) –"
5. line       a line that holds a date and nothing else, among the first
6. updated    "Last updated: 14 March 2016"

A clue of the first two kinds stands alone. The URL, a dateline and a line with a date have to agree within
`TOLERANCE` days, else none is believed. A text is updated after its publication, so such a date serves only
where nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from casus.intake.written_dates import Days, dates_in, line_date, url_dates
from casus.records.report import Report
from casus.records.span import Span

ClueKind = Literal["page", "published", "URL", "dateline", "line", "updated"]

TOLERANCE = 2
"""Days by which time zones and presses set two clues to one day of publication apart."""

HEADER_LINES, FOOTER_LINES = 8, 6
"""Lines that are not blank, at the beginning and the end of a text, in which a label is looked for."""

DATED_LINES = 6
"""Lines at the beginning among which one that holds nothing but a date is the report's."""

MAX_LINE = 200
"""Characters of a line of a header or footer; in a longer one, a label counts only as its first word."""

LABEL = re.compile(
    r"(?:^|(?<=[|·•–—,;(\]-])|(?<=[|·•–—,;(\]-] ))[ \t]{0,8}"
    r"(?:(?P<updated>(?:last |first )?(?:updated|modified|revised)|last (?:update|modification|revision))"
    r"|(?P<published>(?:(?:first |originally )?(?:published|posted|issued|released)"
    r"|(?:publication|publishing|release|posting) date|date(?: of publication| published| posted)?)))"
    r"\b[ \t]{0,4}(?:on|at|online)?\b[ \t]{0,4}[:|–—-]?[ \t]{0,4}",
    re.IGNORECASE,
)
"""A word that says what the date after it is, at the beginning of a line or after a mark that parts its items."""

INLINE_LABEL = re.compile(
    r"(?<=\s)(?:(?P<updated>(?:Last )?(?:Updated|UPDATED|Modified))"
    r"|(?P<published>(?:First )?(?:Published|PUBLISHED|Posted|POSTED)))"
    r"(?: on| at|:)?[ \t]{1,3}"
)
"""The same in running text whose lines were lost: a word in capitals, before a full date."""

HEADER_LENGTH = 400
"""Characters at the beginning of a text in which such a label counts."""

DATELINE = re.compile(r"(?:[A-Z(][\w.'’()-]{0,30}[ ,/–—]{1,3}|(?:of|de|al|el|the) ){1,8}$")
DATELINE_END = re.compile(r"[ ,]{0,3}(?:\([^()\n]{1,40}\)|/[^/\n]{1,30}/)?[ ,]{0,3}(?:--|[-–—])[ \t]")
DATELINE_LENGTH = 80
"""What stands before a dateline's date, what after it, and the characters within which the date begins."""

LABEL_MARKS = " \t|·•–—,;(-"
LINE = re.compile(r"[^\s][^\n\r\v\f\x85\u2028\u2029]*")
"""A line from its first character that is no white space."""

BYLINE = re.compile(r"\A(?:by|from|report by) [^\d\n]{1,80}[,|·•–—-][ \t]{0,3}", re.IGNORECASE)
"""A writer's name before the date of a report."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Something that says when a report was published: days [start, end], one where the day is told;
    `words` as written there. `span` holds the date in the report's text, None for what stands elsewhere."""

    kind: ClueKind
    start: date
    end: date
    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it; `at` its offset in the text."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Publication:
    """When a report was published, as far as its own words say: days [start, end], both None where
    they contradict each other. `note` says where it comes from, for the coder."""

    start: date | None
    end: date | None
    note: str

    @property
    def published(self) -> str | None:
        """The ISO date, where the day is known."""
        return self.start.isoformat() if self.start is not None and self.start == self.end else None


def find_publication(report: Report, page: Iterable[Clue] = ()) -> Publication | None:
    """When a report was published by its own text and URL; None where they do not say.

    `page` are clues from outside the text, for an intake that reads pages.
    """
    return choose([*page, *clues_in_url(report.url), *clues_in_text(report.text)])


def with_publication(report: Report, found: Publication | None) -> Report:
    """The report with a publication date that was found, and a note of it. Its id stays what it is."""
    if found is None or report.published is not None:
        return report
    return replace(report, published=found.published, notes=(*report.notes, found.note))


def choose(clues: Sequence[Clue]) -> Publication | None:
    """What the clues say together (see the rules above). The order of clues of one kind counts."""
    for kind in ("page", "published"):
        firm = [c for c in clues if c.kind == kind]
        if firm:
            return _taken(firm[0], clues) if _agree(firm) else _refused(firm)
    loose = _narrowed([c for c in clues if c.kind in ("URL", "dateline", "line")])
    if loose:
        return _taken(loose[0], ()) if _agree(loose) else _refused(loose)
    updated = [c for c in clues if c.kind == "updated"]
    return _taken(updated[0], ()) if updated and _agree(updated) else None


def _narrowed(clues: list[Clue]) -> list[Clue]:
    """The clues, those that tell the day before those that tell the month."""
    return sorted(clues, key=lambda c: c.start != c.end)


def _agree(clues: Sequence[Clue]) -> bool:
    first = clues[0]
    return all(_apart(first, other) <= TOLERANCE for other in clues[1:])


def _apart(one: Clue, other: Clue) -> int:
    """Days between two ranges; 0 where they touch."""
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def _taken(clue: Clue, clues: Sequence[Clue]) -> Publication:
    when = clue.start.isoformat()
    if clue.start != clue.end:
        note = f"published in {when[:7]} by {_where(clue)}; the day is not known"
    else:
        note = f"publication date {when} taken from {_where(clue)}"
    address = next((c for c in clues if c.kind == "URL" and _apart(clue, c) > TOLERANCE), None)
    if address is not None:
        note += f", although the URL says {address.words}"
    return Publication(clue.start, clue.end, note)


def _refused(clues: Sequence[Clue]) -> Publication:
    other = next(c for c in clues if _apart(clues[0], c) > TOLERANCE)
    return Publication(None, None, f"no publication date taken: {_where(clues[0])} and {_where(other)} disagree")


def _where(clue: Clue) -> str:
    if clue.kind == "URL":
        return f"the URL (“{clue.words}”)"
    return f"the {'page' if clue.kind == 'page' else 'text'} (“{clue.words}”)"


def clues_in_url(url: str | None) -> list[Clue]:
    """What an address says: one clue, or none where it says nothing or two things."""
    found = url_dates(url) if url else []
    return [_clue("URL", found[0])] if len(found) == 1 else []


def clues_in_text(text: str) -> list[Clue]:
    """What the header, the footer and the dateline of a text say."""
    lines = [Line(m.start(), m.group().rstrip()) for m in LINE.finditer(text)]
    labelled = list(_labelled(lines)) or list(_inline(text[:HEADER_LENGTH]))
    return [*labelled, *_dateline(lines[:DATED_LINES]), *_bare(lines)]


def header_dates(text: str) -> tuple[Span, ...]:
    """Where the text gives dates of its own publication or change: no event is of such a date."""
    return tuple(dict.fromkeys(clue.span for clue in clues_in_text(text) if clue.span is not None))


def _labelled(lines: list[Line]) -> Iterator[Clue]:
    """Dates after a label; the header's if it has any, else the footer's."""
    header = range(min(HEADER_LINES, len(lines)))
    footer = range(max(len(header), len(lines) - FOOTER_LINES), len(lines))
    found = [clue for i in header for clue in _labels_in(lines, i)]
    yield from found or [clue for i in footer for clue in _labels_in(lines, i)]


def _labels_in(lines: list[Line], i: int) -> Iterator[Clue]:
    line = lines[i].text[:MAX_LINE]
    for match in LABEL.finditer(line):
        if len(lines[i].text) > MAX_LINE and match.start() > 0:
            return
        after = Line(lines[i].at + match.end(), line[match.end() :])
        if not after.text and i + 1 < len(lines):
            after = lines[i + 1]
        days = dates_in(after.text[:MAX_LINE], at_start=True)
        if days and _is_day(days[0]):
            clue = _clue("published" if match["published"] else "updated", days[0], after.at)
            yield replace(clue, words=f"{match.group().strip(LABEL_MARKS)} {clue.words}")


def _is_day(days: Days) -> bool:
    return days.start == days.end


def _inline(opening: str) -> Iterator[Clue]:
    for match in INLINE_LABEL.finditer(opening):
        days = dates_in(opening[match.end() :], at_start=True)
        if days and _is_day(days[0]):
            clue = _clue("published" if match["published"] else "updated", days[0], match.end())
            yield replace(clue, words=f"{match.group().strip()} {clue.words}")


def _dateline(lines: list[Line]) -> Iterator[Clue]:
    for line in lines:
        for days in dates_in(line.text[: DATELINE_LENGTH * 2]):
            opens = days.at <= DATELINE_LENGTH and DATELINE.match(line.text[: days.at]) is not None
            if _is_day(days) and opens and DATELINE_END.match(line.text, days.at + len(days.words)):
                yield _clue("dateline", days, line.at)
                return


def _bare(lines: list[Line]) -> Iterator[Clue]:
    """A line of the first that is a date, after a writer's name or none; no line where the text has
    several such dates, as a chronicle does."""
    dated = [(i, clue) for i, line in enumerate(lines) if (clue := _dated_line(line)) is not None]
    if dated and dated[0][0] < DATED_LINES and len({clue.start for _, clue in dated}) == 1:
        yield dated[0][1]


def _dated_line(line: Line) -> Clue | None:
    byline = BYLINE.match(line.text)
    at = byline.end() if byline else 0
    days = line_date(line.text[at:])
    return _clue("line", days, line.at + at) if days is not None and _is_day(days) else None


def _clue(kind: ClueKind, days: Days, at: int | None = None) -> Clue:
    """A clue; `at` is the offset of its line in the text."""
    span = None if at is None else Span(at + days.at, at + days.at + len(days.words))
    return Clue(kind, days.start, days.end, days.words, span)

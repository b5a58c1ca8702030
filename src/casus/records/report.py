"""A report: a text that somebody published."""

from __future__ import annotations

from dataclasses import dataclass

from casus.records.ids import content_id, text_hash


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it came in, before it is read.

    `published` is an ISO date or datetime, or None when unknown. `notes` say what
    intake had to do to the text ("decoded as windows-1252"). `text` is exactly what
    every span of a reading indexes.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the UTF-8 text, in hex."""
        return text_hash(self.text)


def report_id(text: str, *, title: str | None, publisher: str | None, published: str | None) -> str:
    """The id of a report that came without one: a hash of what identifies it."""
    return content_id("rpt", {"text": text_hash(text), "title": title, "publisher": publisher, "published": published})

"""What is known about a report beside its text."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from casus.errors import DateError, ReportError
from casus.intake.dates import parse_published
from casus.records.report import Report, report_id

MAX_FIELD = 2_000
"""Most characters of a title, name or address: longer is a text in the wrong field."""


class Metadata(BaseModel):
    """The fields of a report that intake takes from a header, a JSON line or options; others are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str | None = Field(default=None, max_length=MAX_FIELD)
    title: str | None = Field(default=None, max_length=MAX_FIELD)
    publisher: str | None = Field(default=None, max_length=MAX_FIELD)
    published: str | None = Field(default=None, max_length=MAX_FIELD)
    url: str | None = Field(default=None, max_length=MAX_FIELD)

    @field_validator("id", "title", "publisher", "published", "url", mode="after")
    @classmethod
    def _blank_is_none(cls, value: str | None) -> str | None:
        return (value.strip() or None) if value else None

    def filled(self, defaults: Metadata) -> Metadata:
        """These fields, and the defaults where one is missing; the id is never a default."""
        missing = {k: v for k, v in defaults.model_dump(exclude={"id"}).items() if getattr(self, k) is None}
        return self.model_copy(update=missing)


def parse_metadata(fields: object) -> Metadata:
    """Metadata from a mapping that came from outside.

    Raises:
        ReportError: if a field is not text or too long.
    """
    try:
        return Metadata.model_validate(fields)
    except ValidationError as error:
        raise ReportError(first_problem(error)) from None


def first_problem(error: ValidationError) -> str:
    """The first thing wrong, in one line."""
    problem = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in problem["loc"]) or "value"
    return f"{field}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"


def mend(text: str) -> str:
    """The text with lone surrogates, which no encoding can carry, as U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def make_report(text: str, metadata: Metadata, notes: tuple[str, ...]) -> Report:
    """A report; one that came without an id is named after its content.

    Raises:
        ReportError: if the publication date is no date.
    """
    try:
        published = parse_published(metadata.published) if metadata.published else None
    except DateError as error:
        raise ReportError(str(error)) from None
    title, publisher = metadata.title, metadata.publisher
    return Report(
        id=metadata.id or report_id(text, title=title, publisher=publisher, published=published),
        text=text,
        title=title,
        publisher=publisher,
        url=metadata.url,
        published=published,
        notes=notes,
    )

"""Publication dates as they come in."""

from __future__ import annotations

from datetime import date, datetime

from casus.errors import DateError


def parse_published(value: str) -> str:
    """The date as ISO 8601: a date stays a date, a date with a time stays one.

    Raises:
        DateError: if it is not ISO 8601 or no day of the calendar ("2022-02-30").
    """
    given = value.strip()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(given).isoformat()
    except ValueError:
        raise DateError(
            f"published {given[:40]!r} is no date: expected a day of the calendar as YYYY-MM-DD, with or without a time"
        ) from None

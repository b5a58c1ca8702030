"""Publication dates as they come in."""

from __future__ import annotations

import pytest

from casus.errors import DateError
from casus.intake.dates import parse_published


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2022-06-17", "2022-06-17"),
        (" 2024-02-29 ", "2024-02-29"),
        ("20220617", "2022-06-17"),
        ("2022-06-17T08:30:00Z", "2022-06-17T08:30:00+00:00"),
        ("2022-06-17 08:30", "2022-06-17T08:30:00"),
    ],
)
def test_dates_are_kept_as_iso(given: str, kept: str) -> None:
    assert parse_published(given) == kept


@pytest.mark.parametrize(
    "given", ["2022-02-30", "2023-02-29", "17 June 2022", "2022", "2022-06", "06/17/2022", "soon", "0"]
)
def test_what_is_no_date_is_refused_and_named(given: str) -> None:
    with pytest.raises(DateError, match=given):
        parse_published(given)

"""Text files and their headers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import ReportError
from casus.intake.metadata import Metadata
from casus.intake.textfile import read_text, split_header
from casus.records.report import report_id

HEADER = (
    "---\ntitle: 'Shells: again'\npublisher: Valley Courier\ndate: 2022-06-17\n"
    "url: https://example.org/7\nid: v7\n---\n"
)
BODY = "Shells fell on Tolmaq.\r\n"


def test_a_header_fills_the_report_and_stays_out_of_the_text() -> None:
    report = read_text((HEADER + BODY).encode(), Metadata())
    assert (report.id, report.title, report.publisher) == ("v7", "Shells: again", "Valley Courier")
    assert (report.published, report.url) == ("2022-06-17", "https://example.org/7")
    assert report.text == BODY


def test_a_header_with_windows_line_ends_and_a_mark() -> None:
    report = read_text(b"\xef\xbb\xbf---\r\npublished: 2022-06-17\r\n---\r\nShells fell.", Metadata())
    assert (report.published, report.text) == ("2022-06-17", "Shells fell.")


def test_published_wins_over_date() -> None:
    report = read_text(b"---\ndate: 2020-01-01\npublished: 2022-06-17\n---\nText.", Metadata())
    assert report.published == "2022-06-17"


def test_options_fill_only_what_the_header_leaves_open() -> None:
    options = Metadata(title="Other", publisher="Other", published="2000-01-01")
    report = read_text(b"---\ntitle: Own\n---\nText.", options)
    assert (report.title, report.publisher, report.published) == ("Own", "Other", "2000-01-01")


def test_a_text_without_an_id_is_named_after_its_content() -> None:
    report = read_text(b"Shells fell.", Metadata(title="T", published="2022-06-17"))
    assert report.id == report_id("Shells fell.", title="T", publisher=None, published="2022-06-17")


@pytest.mark.parametrize(
    "text",
    [
        "---\nThree dead in Tolmaq\n---\nMore follows.",
        "---\ntitle: never closed\n\nText.",
        "--- title: x\n---\n",
        "Text.\n---\ntitle: x\n---\n",
        "---",
        "---\n---\nText.",
    ],
    ids=["ruled", "open", "same line", "later", "alone", "nothing between"],
)
def test_lines_that_are_no_header_stay_in_the_text(text: str) -> None:
    assert read_text(text.encode(), Metadata()).text == text


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("title: [never closed", "not YAML in line"),
        ("title: a: b: c", "not YAML in line 2"),
        ("published: 2022-02-30", "2022-02-30"),
        ("title: [a, b]", "title"),
        ("- title: x\ntitle: y", "not YAML"),
        ("url: " + "[" * 3000, "not YAML"),
        ("title: " + "x" * 3000, "title"),
    ],
    ids=["open bracket", "colons", "no day", "list", "mixed", "deep", "long"],
)
def test_a_broken_header_is_refused_in_one_line(header: str, why: str) -> None:
    with pytest.raises(ReportError, match=why) as caught:
        read_text(f"---\n{header}\n---\nText.".encode(), Metadata())
    assert "\n" not in str(caught.value)


def test_a_header_without_a_text_is_refused() -> None:
    with pytest.raises(ReportError, match="empty"):
        read_text(HEADER.encode(), Metadata())


def test_yaml_in_a_header_makes_nothing_but_text() -> None:
    with pytest.raises(ReportError):
        read_text(b"---\ntitle: !!python/object/apply:os.getcwd []\n---\nText.", Metadata())
    report = read_text(b"---\ntitle: yes\nid: 0012\n---\nText.", Metadata())
    assert (report.title, report.id) == ("yes", "0012")


@given(st.text(st.sampled_from("-a:\n\r tile"), max_size=80))
def test_the_body_is_always_the_end_of_the_text(text: str) -> None:
    header, body = split_header(text)
    assert text.endswith(body)
    assert (header is None) == (body == text)

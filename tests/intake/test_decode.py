"""Bytes to text: encodings, marks, and what is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import ReportError
from casus.intake.decode import MAX_TEXT_BYTES, check_text, decode

CYRILLIC = "В результате обстрела города погибли три человека, сообщили местные власти. " * 4


@given(st.text().filter(lambda t: t.strip() and not any(ord(c) < 32 for c in t) and not t.startswith("\ufeff")))
def test_utf8_comes_out_as_it_was(text: str) -> None:
    assert decode(text.encode()) == (text, ())


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r", "\n\r\n"])
def test_line_ends_are_kept(ends: str) -> None:
    assert decode(f"One.{ends}Two.".encode())[0] == f"One.{ends}Two."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_obeyed_and_left_out(mark: bytes, encoding: str) -> None:
    text, notes = decode(mark + "Zaïre fell.".encode(encoding))
    assert text == "Zaïre fell."
    assert notes == (() if encoding == "utf-8" else (f"decoded as {encoding}",))


def test_western_text_that_is_not_utf8_is_decoded_with_a_note() -> None:
    text, notes = decode("“Three men died,” the governor of Nariño said in San José.".encode("cp1252"))
    assert text == "“Three men died,” the governor of Nariño said in San José."
    assert "cp1252" in notes[0]


def test_other_encodings_are_detected() -> None:
    text, notes = decode(CYRILLIC.encode("cp1251"))
    assert text == CYRILLIC
    assert "not UTF-8" in notes[0]


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04\x00\x00\x08\x00", b"\x89PNG\r\n\x1a\n" + bytes(range(1, 32)) * 4, b"text\x00with NUL"],
    ids=["zip", "png", "nul"],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(ReportError, match="binary"):
        decode(data)


@pytest.mark.parametrize("text", ["", " \r\n\t ", "\u2003\u00a0"])
def test_empty_is_refused(text: str) -> None:
    with pytest.raises(ReportError, match="empty"):
        check_text(text)


@pytest.mark.parametrize("letter", ["x", "é", "🕊"])
def test_too_long_is_refused_with_the_limit(letter: str) -> None:
    most = MAX_TEXT_BYTES // len(letter.encode())
    check_text(letter * most)
    with pytest.raises(ReportError, match="longer than 2 MB"):
        check_text(letter * (most + 1))


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_one_clear_error(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except ReportError as error:
        assert "\n" not in str(error)
    else:
        text.encode()

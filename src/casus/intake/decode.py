"""From bytes to text: encodings, byte order marks, and what is no text at all."""

from __future__ import annotations

import codecs

from casus.errors import ReportError

MAX_TEXT_BYTES = 2_000_000
"""Most bytes of text in one report: about 300,000 words, more than any news report. What is
longer is several reports in one file, or no report."""

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and the encoding each announces; UTF-32 before UTF-16, whose mark begins it."""

WESTERN = "cp1252"
"""Tried first when a text is not UTF-8: nearly all English text that is not UTF-8 is in it, and
statistical detection confuses it with its cousins on short texts."""

MAX_STRANGE = 0.05
"""Share of letters outside ASCII up to which a text counts as Western: English prose with names
and quotation marks stays below 0.02."""


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a report's bytes without a byte order mark, and notes on what had to be done.

    Line ends stay as they are.

    Raises:
        ReportError: if the bytes are binary, or in no encoding that can be told.
    """
    return _marked(data) or _plain(data)


def check_text(text: str) -> None:
    """Refuse what no report can be.

    Raises:
        ReportError: if the text is too long, holds NUL characters or nothing but white space.
    """
    if len(text) > MAX_TEXT_BYTES or len(text.encode()) > MAX_TEXT_BYTES:
        raise ReportError(too_long())
    if "\x00" in text:
        raise ReportError("binary, not text: expected a report as plain text")
    if not text.strip():
        raise ReportError("empty: no text in it")


def too_long() -> str:
    """What is said about a text above the limit."""
    limit = MAX_TEXT_BYTES // 1_000_000
    return f"longer than {limit} MB, the most for one report; cut it into reports, one a file or one a JSON line"


def _marked(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                return None
            return text, () if encoding == "utf-8" else (f"decoded as {encoding}",)
    return None


def _plain(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text without a usable byte order mark: UTF-8, else Western, else what statistics say."""
    if b"\x00" in data or _controls(data) > len(data) // 100:
        raise ReportError("binary, not text: expected a report as plain text")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    text = _western(data)
    encoding = WESTERN if text is not None else _detected(data)
    if encoding is None:
        raise ReportError("not UTF-8, and its encoding cannot be told; save it as UTF-8")
    try:
        text = data.decode(encoding)
        text.encode()  # UTF-7 can carry halves of surrogate pairs, which nothing else can
    except (UnicodeError, LookupError):
        raise ReportError(f"not UTF-8, and does not decode as {encoding}; save it as UTF-8") from None
    return text, (f"not UTF-8: decoded as {encoding}, check names with accents",)


def _controls(data: bytes) -> int:
    """Number of control bytes that no text file uses."""
    return sum(data.count(bytes([b])) for b in range(32) if b not in b"\t\n\v\f\r\x1b")


def _western(data: bytes) -> str | None:
    """The text in Windows' Western code page, if it then looks like Western prose."""
    try:
        text = data.decode(WESTERN)
    except UnicodeDecodeError:
        return None
    letters = [c for c in text if c.isalpha()]
    strange = sum(not c.isascii() for c in letters)
    return text if strange <= MAX_STRANGE * len(letters) else None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return best.encoding if best is not None else None

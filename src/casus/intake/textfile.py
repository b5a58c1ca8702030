"""One report as plain text, with or without a YAML header."""

from __future__ import annotations

import re

from casus.errors import ReportError
from casus.intake.decode import check_text, decode
from casus.intake.metadata import Metadata, make_report, parse_metadata
from casus.records.report import Report

MAX_HEADER = 8_000
"""Characters in which a header must end."""

FENCE = "---"
FIELD = re.compile(r"^(title|publisher|published|date|url|id)[ \t]*:", re.MULTILINE)
"""A line that shows that text between fences is meant as a header."""


def read_text(data: bytes, defaults: Metadata) -> Report:
    """The report in the bytes of a text file; `defaults` fill what its header leaves open.

    The text begins after the header and is kept as decoded, line ends and all.

    Raises:
        ReportError: if the bytes hold no text, or the header is broken.
    """
    decoded, notes = decode(data)
    header, text = split_header(decoded)
    check_text(text)
    fields = parse_header(header) if header is not None else {}
    return make_report(text, parse_metadata(fields).filled(defaults), notes)


def split_header(text: str) -> tuple[str | None, str]:
    """Header and body of a text; None where it has no header.

    A header stands between two lines of three hyphens, the first of them the first line,
    and holds at least one field that we know: a report may begin with a ruled line too.
    """
    first, newline, _ = text[:MAX_HEADER].partition("\n")
    if first.rstrip() != FENCE or not newline:
        return None, text
    start = end = len(first) + 1
    for line in text[start : start + MAX_HEADER].splitlines(keepends=True):
        if line.rstrip() == FENCE:
            header = text[start:end]
            return (header, text[end + len(line) :]) if FIELD.search(header) else (None, text)
        end += len(line)
    return None, text


def parse_header(header: str) -> dict[str, object]:
    """The fields of a YAML header, all values as text; `date` counts as `published`.

    Raises:
        ReportError: if it is not YAML, or not a list of fields.
    """
    import yaml

    try:
        # BaseLoader makes only text, lists and mappings: an impossible date is ours to refuse.
        fields = yaml.load(header, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark is not None else ""
        raise ReportError(f"the header is not YAML{where}; expected lines like 'published: 2022-06-17'") from None
    if not isinstance(fields, dict):
        raise ReportError("the header holds no fields; expected lines like 'published: 2022-06-17'")
    plain = {str(k): v for k, v in fields.items()}
    plain.setdefault("published", plain.get("date"))
    return plain

"""What commands print beside readings: JSON, and rows with their columns one below the other."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casus.cli.files import open_output


def path_text(path: Path) -> str:
    """A path without bytes that are no text."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def print_json(value: Any) -> None:
    """JSON on standard output, for people to read as well."""
    with open_output(None) as stream:
        stream.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_rows(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Lines with their columns one below the other; text from outside is made safe for a terminal."""
    from casus.cli.terminal import clean

    lines = [header, *(tuple(clean(cell) for cell in row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    with open_output(None) as stream:
        for line in lines:
            padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            stream.write("  ".join(padded).rstrip() + "\n")

"""Where the layout of a text, rather than its grammar, ends sentences."""

from __future__ import annotations

import re

BULLET = re.compile(r"(?:[-–—•*·▪o.]|\(?\d{1,2}[.)])$")
"""What an item of a list begins with."""

DATELINE = re.compile(r"[^.!?\n]{0,60}?(?:\([^)\n]{1,40}\)\s*)?\s(?:-{1,2}|–|—)\s")
"""What opens a wire report: a place and a date, often an agency in brackets, and a dash."""


def dateline_end(text: str) -> int:
    """Characters that the dateline of a report takes; 0 if it has none.

    A dateline begins with a place, so with capitals or a capital, and holds at most a dozen words.
    """
    match = DATELINE.match(text)
    if match is None or not text[:1].isupper():
        return 0
    words = match.group().split()
    ordinary = [w for w in words if w[0].islower() and w not in ("and", "of", "de", "al")]
    return match.end() if len(words) <= 12 and not ordinary else 0

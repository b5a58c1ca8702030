"""Text from outside, made safe to stand in HTML."""

from __future__ import annotations

import re
from html import escape

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that would act without being seen: controls, and marks that turn the direction of writing."""

RETURN = re.compile("\r\n?")


def marked(text: str) -> str:
    """The text as HTML; characters that act unseen are shown by their code point instead."""
    return UNSEEN.sub(_code_point, escape(RETURN.sub("\n", text)))


def _code_point(match: re.Match[str]) -> str:
    return f'<span class="unseen">U+{ord(match[0]):04X}</span>'

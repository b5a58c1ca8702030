"""Ids that are hashes of content: the same content has the same id everywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

ID_DIGITS = 12
"""Hex digits kept: 48 bits, so among a million ids of one kind a collision has odds of 1 in 560."""


def canonical_json(content: object) -> str:
    """JSON with sorted keys and no spaces: one text for one content.

    Raises:
        TypeError: if `content` holds something that JSON cannot carry.
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_id(prefix: str, fields: Mapping[str, object]) -> str:
    """`prefix` + "_" + the first hex digits of the SHA-256 of the fields' canonical JSON."""
    digest = hashlib.sha256(canonical_json(fields).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}_{digest[:ID_DIGITS]}"


def text_hash(text: str) -> str:
    """SHA-256, in hex, of the UTF-8 form of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

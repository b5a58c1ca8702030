"""Families of trigger classes: what can be one happening at all."""

from __future__ import annotations

FAMILY: dict[str, str] = {
    "airstrike": "violence",
    "strike": "violence",
    "bomb_from_air": "violence",
    "shelling": "violence",
    "suicide": "violence",
    "bomb": "violence",
    "grenade": "violence",
    "chemical": "violence",
    "clash": "violence",
    "offensive": "violence",
    "raid": "violence",
    "attack": "violence",
    "shooting": "violence",
    "killing": "violence",
    "harm": "violence",
    "intercept": "violence",
    "rape": "violence",
    "take": "territory",
    "retake": "territory",
    "transfer": "territory",
    "abduct": "captivity",
    "arrest": "captivity",
    "protest": "crowd",
    "disperse": "crowd",
    "riot": "crowd",
    "mob": "crowd",
    "loot": "property",
    "agreement": "agreement",
    "disrupt": "weapons",
    "change": "change",
    "base": "change",
    "siege": "other",
}
"""Class of `triggers.toml` → family. Triggers of two families are seldom one event."""

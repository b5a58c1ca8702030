"""Which language a text is in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

SAMPLE = 4000
"""Characters looked at: more do not change the answer."""

LATIN_END = "\u0250"
"""The first character after the Latin letters that European languages use."""

UNDECIDED = 0.4
"""Below this the answer for a text in Latin letters is "und". Of 3,991 English sentences cut from
297 reports 3,916 then were English, 75 undecided and none another language; all whole reports, of
at least 264 characters, were English (2026-11)."""

CREOLES = {"pcm": 0.9}
"""Languages with English words and the probability from which they are believed. English headlines
from West Africa reach 0.67 as Nigerian Pidgin, ordinary Pidgin prose 0.99."""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    import py3langid.langid as langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> tuple[str, float]:
    """BCP 47 code and its probability in [0, 1], by character n-grams (langid, Lui and Baldwin 2012).

    Texts mostly in capitals are lowered first, as the model knows ordinary prose, and names in
    another script are left out of a text in Latin letters. A text too short or too odd to
    tell, and one without letters, gives "und" with the probability of the likeliest language:
    it is not known to be another language than English.
    """
    sample = text[:SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return "und", 0.0
    latin = 2 * sum(c < LATIN_END for c in letters) >= len(letters)
    if latin:
        sample = "".join(c for c in sample if c < LATIN_END or not c.isalpha())
    if 2 * sum(c.isupper() for c in letters) > len(letters):
        sample = sample.lower()
    ranking: list[tuple[str, float]] = _identifier().rank(sample)
    code, probability = ranking[0]
    if probability < CREOLES.get(code, 0.0):
        code, probability = "en", probability + dict(ranking)["en"]
    return ("und" if latin and probability < UNDECIDED else code), min(1.0, probability)

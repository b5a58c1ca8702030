"""Deeds that something else answers: "burned two hamlets in revenge for the killing of a chief".

A retaliation is a new event (codebook 2), so the two share neither day nor account.
"""

from __future__ import annotations

from casus.knowledge.lexicon import load_lexicon
from casus.records.parse import Parse, Token


def is_avenged(parse: Parse, token: Token) -> bool:
    """Whether a word stands for what is answered: "in retaliation for the killing", "to avenge the raid"."""
    words = load_lexicon("frames")["avenging"]
    for above in parse.ancestors(token):
        # the parser may hang "for" on the verb; the words before it tell
        noun_before = (
            above.pos == "ADP" and above.i > 0 and above.i < token.i and parse.tokens[above.i - 1].lemma in words
        )
        if noun_before or above.lemma in words:
            return True
        if above.pos == "VERB":
            return False
    return False

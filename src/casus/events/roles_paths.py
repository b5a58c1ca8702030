"""The way in the tree from the words that name an actor to the words that tell of an event."""

from __future__ import annotations

from casus.records.parse import Parse, Token

LONGEST = 5
"""Steps of a way that is told in full; longer ones are only far."""

TRANSPARENT = frozenset(("conj", "appos"))
"""Steps that lead to an equal."""


def path_between(parse: Parse, mention: Token, trigger: Token) -> str:
    """The dependencies from a mention up and down to a trigger, prepositions by their words.

    "nsubj ^" for "X attacked", "against ^" for "the attack against X", "nsubj ^ dobj" for
    "X launched an attack", "^" where the mention's own head is the trigger.
    """
    above = {t.i: k for k, t in enumerate((trigger, *parse.ancestors(trigger)))}
    up: list[str] = []
    token = mention
    while token.i not in above:
        if token.head == token.i:
            return "other sentence"
        up.append(_step(token))
        token = parse.head(token)
    down = []
    top, token = token, trigger
    while token.i != top.i:
        down.append(_step(token))
        token = parse.head(token)
    up = [s for s in _joined(up) if s not in TRANSPARENT]
    down = _joined(down)
    if len(up) + len(down) > LONGEST:
        return "far"
    return " ".join((*up, "^", *reversed(down)))


def _step(token: Token) -> str:
    return token.lower if token.dep in ("prep", "agent") else token.dep


def _joined(steps: list[str]) -> list[str]:
    """The steps without the object of a preposition, which follows from it."""
    return [s for s in steps if s not in ("pobj", "pcomp")]

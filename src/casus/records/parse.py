"""A parsed text as plain data, so that no stage depends on the parser that made it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from casus.records.span import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One word or punctuation mark.

    `i` is its index in the parse, `start`/`end` code points of the text, `head` the
    index of its syntactic head (its own for a root), `pos` a universal part of speech,
    `tag` a Penn tag, `dep` a CLEAR-style dependency label, `entity` an OntoNotes type
    ("GPE", "" for none), `begins` whether a named entity begins here, `sentence` the
    index of its sentence.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    lower: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str
    begins: bool
    sentence: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens [first, last] of a parse; `span` in code points."""

    index: int
    first: int
    last: int
    span: Span


@dataclass(frozen=True, slots=True)
class Parse:
    """Sentences, tokens and the tree over them. Tokens never hold white space alone."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    _children: tuple[tuple[int, ...], ...] = field(repr=False, compare=False)
    _dependents: tuple[tuple[Token, ...], ...] = field(repr=False, compare=False)
    _starts: tuple[int, ...] = field(repr=False, compare=False)

    @classmethod
    def of(cls, text: str, tokens: tuple[Token, ...], sentences: tuple[Sentence, ...]) -> Parse:
        """Build a parse and its look-up tables."""
        below: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        dependents = tuple(tuple(tokens[i] for i in x) for x in below)
        return cls(text, tokens, sentences, tuple(tuple(x) for x in below), dependents, tuple(t.start for t in tokens))

    def children(self, token: Token) -> tuple[Token, ...]:
        """Direct dependents, in text order."""
        return self._dependents[token.i]

    def head(self, token: Token) -> Token:
        """The syntactic head; the token itself for a root."""
        return self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Head, head's head, and so on up to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """The token and all below it, in text order."""
        found, stack = [], [token.i]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self._children[i])
        return tuple(self.tokens[i] for i in sorted(found))

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        return self.tokens[sentence.first : sentence.last + 1]

    def sentence_of(self, place: Token | Span) -> Sentence:
        """The sentence in which a token, or the start of a span, lies."""
        token = place if isinstance(place, Token) else self.token_at(place.start)
        return self.sentences[token.sentence]

    def token_at(self, offset: int) -> Token:
        """The token that holds the character, else the next one, else the last.

        Raises:
            IndexError: if the parse has no tokens.
        """
        i = max(0, bisect_right(self._starts, offset) - 1)
        if self.tokens[i].end <= offset and i + 1 < len(self.tokens):
            i += 1
        return self.tokens[i]

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """Tokens that lie at least partly inside the span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return tuple(t for t in self.tokens[first:last] if t.end > span.start)

    def root_in(self, span: Span) -> Token:
        """The token of the span whose head lies outside it: the phrase's head word.

        Raises:
            ValueError: if the span holds no token.
        """
        inside = self.tokens_in(span)
        if not inside:
            raise ValueError(f"no token in [{span.start}, {span.end})")
        members = {t.i for t in inside}
        for token in inside:
            if token.head == token.i or token.head not in members:
                return token
        return inside[-1]

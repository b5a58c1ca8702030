"""Sentences, tokens, parses: the only owner of spaCy and of any model."""

from casus.language.detect import detect_language
from casus.language.parser import Parser, load_parser

__all__ = ["Parser", "detect_language", "load_parser"]

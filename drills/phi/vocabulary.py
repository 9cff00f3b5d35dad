"""Two word lists that lie beside this module: given names, and words that are no names however they are written."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def common(word: str) -> bool:
    """Whether a lower-case word is everyday or clinical language."""
    return word in _words("common_words.txt")


def given_name(word: str) -> bool:
    """Whether a lower-case word is a given name. Many people's names are not on the list: it only adds certainty."""
    return word in _words("given_names.txt")


@cache
def _words(file: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(file).read_text(encoding="utf-8").split())

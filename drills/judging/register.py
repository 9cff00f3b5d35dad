"""How somebody writes (fluent, clipped notes, plain English): to choose an example, never to judge."""

from __future__ import annotations

import re

_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\S+",
        "a an the is are was were am be been has have had do does did to of for and but that this it's i'm we i you",
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"[.!?\n]+")


def closest(reply: str, examples: tuple[str, ...]) -> str:
    """The example written most like the reply; the first of equals, "" when there is none."""
    mine = _features(reply)
    return min(examples, key=lambda example: _distance(mine, _features(example)), default="")


def _features(text: str) -> tuple[float, float, float]:
    """Share of function words, words per sentence (in twenties, at most one), share of shorthand tokens."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    tokens = text.split()
    sentences = [s for s in _SENTENCE_END.split(text) if s.strip()]
    function = sum(word in _FUNCTION_WORDS for word in words) / max(1, len(words))
    length = min(1.0, len(words) / max(1, len(sentences)) / 20)
    shorthand = sum(_is_shorthand(token) for token in tokens) / max(1, len(tokens))
    return function, length, shorthand


def _is_shorthand(token: str) -> bool:
    """RR, POD4, +, w/, –: written by people who save strokes."""
    letters = [c for c in token if c.isalpha()]
    return not letters or "/" in token or (len(letters) > 1 and all(c.isupper() for c in letters))


def _distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))

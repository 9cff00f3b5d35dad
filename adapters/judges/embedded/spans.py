"""Where a reply can be quoted: clauses, and short runs of them, as places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

MAX_CLAUSES = 80
_BREAK = re.compile(
    r"(?<=[.!?;])\s+|\n+|\s+[–—-]\s+|:\s+|,\s+(?=(?:and|but|so|or|then)\b)|(?<=[^\d\s]),\s+(?=\S+\s+\S+)", re.IGNORECASE
)
_STARTER = re.compile(
    r"\s+(?=(?:and |but |so |or |then )?(?:i|he|she|we|you|they|please|can|could|would|my|his|her|ill|im|ive|hes|shes"
    r"|i'm|i'll|i've|he's|she's|we'll|we're|if|because|what|when|now|then|but|let's)\b)",
    re.IGNORECASE,
)  # where people who use no commas begin anew
_RUN_ON = 8  # words; longer stretches without a comma are cut at such words
_SHORTEST = 4
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=\S)|\n+")
_TITLE = re.compile(r"\b(?:dr|mr|mrs|ms|st|vs|approx|no)\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Characters [start, end) of a reply; `order` counts sentences from 0."""

    start: int
    end: int
    order: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def sentences(text: str) -> tuple[Place, ...]:
    """The sentences and lines of a text, at most MAX_CLAUSES; titles ("Dr.") don't end one."""
    cuts = [m for m in _SENTENCE.finditer(text) if not _TITLE.search(text[max(0, m.start() - 8) : m.start()].rstrip())]
    return _cut(text, 0, len(text), [m.span() for m in cuts], None)[:MAX_CLAUSES]


def windows(text: str, kept: tuple[Place, ...], longest: int = 4) -> tuple[tuple[int, Place], ...]:
    """Every clause, and every run of up to `longest` neighbouring clauses, with how many clauses it has."""
    clauses = [clause for sentence in kept for clause in _clauses(text, sentence)][:MAX_CLAUSES]
    runs = []
    for size in range(1, longest + 1):
        for at in range(len(clauses) - size + 1):
            first, last = clauses[at], clauses[at + size - 1]
            if last.order - first.order <= 1:
                runs.append((size, Place(first.start, last.end, first.order)))
    return tuple(runs)


def _clauses(text: str, sentence: Place) -> tuple[Place, ...]:
    breaks = [m.span() for m in _BREAK.finditer(text, sentence.start, sentence.end)]
    pieces = _cut(text, sentence.start, sentence.end, breaks, sentence.order)
    return tuple(part for piece in pieces for part in _shorter(text, piece))


def _shorter(text: str, piece: Place) -> tuple[Place, ...]:
    if len(piece.of(text).split()) <= _RUN_ON:
        return (piece,)
    breaks = []
    since = piece.start
    for match in _STARTER.finditer(text, piece.start, piece.end):
        long_enough = len(text[since : match.start()].split()) >= _SHORTEST
        if long_enough and len(text[match.end() : piece.end].split()) >= _SHORTEST - 1:
            breaks.append(match.span())
            since = match.end()
    return _cut(text, piece.start, piece.end, breaks, piece.order)


def _cut(text: str, start: int, end: int, breaks: list[tuple[int, int]], order: int | None) -> tuple[Place, ...]:
    edges = [start, *(edge for pair in breaks for edge in pair), end]
    pieces = [(a, b) for a, b in list(pairwise(edges))[::2] if text[a:b].strip()]
    return tuple(Place(*_trim(text, a, b), number if order is None else order) for number, (a, b) in enumerate(pieces))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))

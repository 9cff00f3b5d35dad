"""Where a reply can be quoted: clauses, and short runs of them, as places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

MAX_CLAUSES = 80
_BREAK = re.compile(
    r"(?<=[.!?;])\s+|\n+|\s+[–—-]\s+|:\s+|,\s+(?=(?:and|but|so|or|then)\b)|(?<=[^\d\s]),\s+(?=\S+\s+\S+)", re.IGNORECASE
)
STARTER = re.compile(
    r"\s+(?=(?:and |but |so |or |then )?(?:i|he|she|we|you|they|please|can|could|would|my|his|her|ill|im|ive|hes|shes"
    r"|i'm|i'll|i've|he's|she's|we'll|we're|if|because|what|when|now|then|but|let's)\b)",
    re.IGNORECASE,
)  # where people who use no commas begin anew
_RUN_ON = 8  # words; longer stretches without a comma are cut at such words
_SHORTEST = 4
_LONG_CLAUSE = 13  # words; what is longer falls into pieces of about _PIECE
_PIECE = 9
_NO_STOP = 16  # words without any stop: nobody knows where a thought begins, so a window begins every few words
_SLIDES = ((6, 3), (10, 3), (15, 4))  # words long, words apart
_WORDS = re.compile(r"\S+")
_STOPPED = re.compile(r"[.!?;:,](?=\s)|\n|\s[–—-]\s")
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
    return (*runs, *(slide for sentence in kept for slide in _slides(text, sentence)))


def _slides(text: str, sentence: Place) -> Iterator[tuple[int, Place]]:
    """Windows over what was typed without a stop; never size 1, so that no word is counted twice as a clause."""
    edges = [sentence.start, *(m.end() for m in _STOPPED.finditer(text, sentence.start, sentence.end)), sentence.end]
    for start, end in pairwise(edges):
        words = [match.span() for match in _WORDS.finditer(text, start, end)]
        for length, apart in _SLIDES if len(words) >= _NO_STOP else ():
            for at in range(0, len(words) - length + apart, apart):
                last = min(at + length, len(words)) - 1
                yield 2, Place(words[at][0], words[last][1], sentence.order)


def _clauses(text: str, sentence: Place) -> tuple[Place, ...]:
    breaks = [m.span() for m in _BREAK.finditer(text, sentence.start, sentence.end)]
    pieces = _cut(text, sentence.start, sentence.end, breaks, sentence.order)
    return tuple(part for piece in pieces for half in _shorter(text, piece) for part in _halves(text, half))


def _halves(text: str, clause: Place) -> tuple[Place, ...]:
    """Equal pieces of a clause that is still too long."""
    words = [match.span() for match in _WORDS.finditer(text, clause.start, clause.end)]
    if len(words) <= _LONG_CLAUSE:
        return (clause,)
    pieces = -(-len(words) // _PIECE)
    step = -(-len(words) // pieces)
    cuts = [words[at : at + step] for at in range(0, len(words), step)]
    return tuple(Place(cut[0][0], cut[-1][1], clause.order) for cut in cuts)


def _shorter(text: str, piece: Place) -> tuple[Place, ...]:
    if len(piece.of(text).split()) <= _RUN_ON:
        return (piece,)
    breaks = []
    since = piece.start
    for match in STARTER.finditer(text, piece.start, piece.end):
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

"""Sentences that speak to whoever judges instead of to the drill's people: no evidence, whatever they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|\n+|(?=<!--)|(?<=-->)")
_TITLE = re.compile(r"\b(?:dr|mr|mrs|ms|st|prof|no|vs)\.$", re.IGNORECASE)


def directed(reply: str) -> tuple[Span, ...]:
    """Characters [start, end) of each sentence that is meant for a judge, in order.

    Deterministic, and made to err on the side of the writer: what it misses the model may still see, what it marks
    by mistake would cost somebody a quote.
    """
    return tuple((start, end) for start, end in _sentences(reply) if _shapes().search(reply[start:end]))


def without_directed(reply: str) -> str:
    """The reply without those sentences; the same text where there is none."""
    kept = list(reply)
    for start, end in directed(reply):
        kept[start:end] = [""] * (end - start)
    return "".join(kept)


@cache
def _shapes() -> re.Pattern[str]:
    lines = files("drills.judging").joinpath("directed.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and not line.startswith("#")), re.IGNORECASE)


def _sentences(reply: str) -> Iterator[Span]:
    ends = (found.span() for found in _BREAK.finditer(reply))
    breaks = [end for start, end in ends if not _TITLE.search(reply[max(0, start - 8) : start])]
    for start, end in pairwise([0, *breaks, len(reply)]):
        if reply[start:end].strip():
            yield start, end

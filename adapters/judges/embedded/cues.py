"""Generic speech acts by the phrases people use for them: asking, stopping, owning, closing a loop."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    text = files("adapters.judges.embedded").joinpath("cues.json").read_text(encoding="utf-8")
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in json.loads(text).items()}


def cues_in(text: str) -> frozenset[str]:
    """The names of the speech acts that a text shows."""
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(text))


def cue_spots(text: str) -> tuple[tuple[str, int, int], ...]:
    """Where the speech acts stand: name, and characters [start, end)."""
    return tuple((name, *match.span()) for name, pattern in _patterns().items() for match in pattern.finditer(text))

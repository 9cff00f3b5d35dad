"""Whether words are taken back in the same breath: "I did not call", "I wouldn't say it's urgent"."""

from __future__ import annotations

import re

from adapters.judges.embedded.phrases import pattern

_TURN = re.compile(r"\b(?:but|however|still|yet)\b|[;:–—]", re.IGNORECASE)


def is_negated(text: str) -> bool:
    return pattern("negated").search(text) is not None


def is_hedged(text: str) -> bool:
    return pattern("hedged").search(text) is not None


def disclaimed_until(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a sentence that its speaker disowns: from "I'm not saying" to the next "but", or to the end."""
    stretches = []
    for match in pattern("disclaimed").finditer(text):
        turn = _TURN.search(text, match.end())
        stretches.append((match.start(), turn.start() if turn else len(text)))
    return tuple(stretches)

"""Whether words are taken back in the same breath: "I did not call", "I wouldn't say it's urgent"."""

from __future__ import annotations

import re

from adapters.judges.embedded.phrases import pattern
from adapters.judges.embedded.spans import STARTER

_TURN = re.compile(r"\b(?:but|however|still|yet)\b|[;:–—]", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_REACH = 14  # words
_ONE_THOUGHT = 4  # words that surely belong to what is taken back
_UNSTOPPED = 18  # a sentence of more words may be several, typed without full stops


def _reach(text: str, since: int) -> int:
    """Where people who use no full stops have surely begun something else."""
    words = [match.span() for match in _WORD.finditer(text, since)]
    if len(words) > _ONE_THOUGHT and len(text.split()) > _UNSTOPPED:
        anew = STARTER.search(text, words[_ONE_THOUGHT - 1][0])
        if anew and anew.start() <= words[min(_REACH, len(words)) - 1][1]:
            return anew.start()
    return words[_REACH - 1][1] if len(words) > _REACH else len(text)


def is_negated(text: str) -> bool:
    return pattern("negated").search(text) is not None


def is_hedged(text: str) -> bool:
    return pattern("hedged").search(text) is not None


def disclaimed_until(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a sentence that its speaker disowns: from "I'm not saying" to the next "but", or to the end."""
    stretches = []
    for match in pattern("disclaimed").finditer(text):
        turn = _TURN.search(text, match.end())
        stretches.append((match.start(), min(turn.start() if turn else len(text), _reach(text, match.end()))))
    return tuple(stretches)

"""A reply made easy to read: slips put right, courtesies blanked, every place traceable to the reply's own words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from adapters.judges.embedded.phrases import pattern
from adapters.judges.embedded.spans import Place
from adapters.judges.embedded.tokens import Token, written


@dataclass(frozen=True, slots=True)
class Reading:
    """`plain` is `text` with words in lower case and spelled right; `words` holds both places of each word."""

    text: str
    plain: str
    _raw: tuple[Token, ...]
    _starts: tuple[int, ...]

    def plainly(self, place: Place) -> Place:
        """Where a place of the text stands in `plain`."""
        return Place(self._forth(place.start), self._forth(place.end), place.order)

    def verbatim(self, place: Place) -> str:
        """The reply's own words at a place of `plain`."""
        return self.text[self._back(place.start) : self._back(place.end)].strip()

    def _forth(self, at: int) -> int:
        index = bisect_right([token.start for token in self._raw], at) - 1
        if index < 0:
            return min(at, len(self.plain))
        token, start = self._raw[index], self._starts[index]
        return start if at < token.end else start + len(token.word) + at - token.end

    def _back(self, at: int) -> int:
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return min(at, len(self.text))
        token, start = self._raw[index], self._starts[index]
        return token.start if at < start + len(token.word) else token.end + at - start - len(token.word)


def reading(text: str, correct: Callable[[str], str]) -> Reading:
    words = tuple(written(text, correct))
    pieces: list[str] = []
    starts: list[int] = []
    length = at = 0
    for token in words:
        pieces += [text[at : token.start], token.word]
        starts.append(length + token.start - at)
        length = starts[-1] + len(token.word)
        at = token.end
    return Reading(text, _without_courtesy("".join(pieces) + text[at:]), words, tuple(starts))


def _without_courtesy(plain: str) -> str:
    """ "If I may say so" and "thank you ever so much for taking my call" weigh neither for nor against."""
    return _courtesy().sub(lambda match: " " * len(match.group()), plain)


@cache
def _courtesy() -> re.Pattern[str]:
    """With the comma before it, so that what it interrupts stands together again."""
    return re.compile(rf"(?:,\s*(?:and )?)?{pattern('courtesy').pattern}(?:\s*,)?", re.IGNORECASE)

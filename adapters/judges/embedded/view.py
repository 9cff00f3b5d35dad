"""The reply as windows: every piece that may be evidence, with what is said in it, seen once for all criteria."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from adapters.judges.embedded.cues import cue_spots
from adapters.judges.embedded.negation import disclaimed_until, is_hedged, is_negated
from adapters.judges.embedded.reading import Reading
from adapters.judges.embedded.sanitise import Sanitised
from adapters.judges.embedded.similarity import Scale, Vector
from adapters.judges.embedded.spans import Place, windows
from adapters.judges.embedded.tokens import Token, is_number, tokens


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the reply; `words_before` counts what was said ahead of it."""

    place: Place
    size: int
    vector: Vector
    said: tuple[str, ...]
    words: frozenset[str]
    cues: frozenset[str]
    negated: bool
    disclaimed: bool
    hedged: bool
    numbers: frozenset[str]
    words_before: int


@dataclass(frozen=True, slots=True)
class View:
    """`doubt` is the share of sentences that are disowned; words and numbers are those that are not."""

    windows: tuple[Window, ...]
    spots: tuple[tuple[str, int, int], ...]
    doubt: float
    steered: bool
    words: frozenset[str]
    numbers: frozenset[str]

    def around(self, window: Window) -> frozenset[str]:
        """Speech acts in the window or within a breath of it."""
        start, end = window.place.start - 10, window.place.end + 30
        return frozenset(name for name, a, b in self.spots if a < end and start < b)


def view(read: Reading, clean: Sanitised, scale: Scale) -> View:
    """`clean` is what the reading's text keeps as evidence."""
    plain = read.plain
    sentences = tuple(read.plainly(place) for place in clean.kept)
    folded = tokens(plain)
    starts = [token.start for token in folded]
    spots = (*cue_spots(plain), *(("asks", at, at + 1) for at, char in enumerate(plain) if char == "?"))
    disowned = tuple(stretch for sentence in sentences for stretch in _disowned(plain, sentence))
    seen = tuple(
        _window(plain, place, size, _inside(folded, starts, place), spots, disowned, scale)
        for size, place in windows(plain, sentences)
    )
    words = frozenset(word for window in seen if not window.disclaimed for word in window.words)
    doubt = sum(bool(_disowned(plain, sentence)) for sentence in sentences) / max(1, len(sentences))
    return View(seen, spots, doubt, clean.steers, words, frozenset(word for word in words if is_number(word)))


def _inside(folded: tuple[Token, ...], starts: list[int], place: Place) -> tuple[int, list[Token]]:
    first, last = bisect_left(starts, place.start), bisect_left(starts, place.end)
    return first, [token for token in folded[first:last] if token.end <= place.end]


def _disowned(text: str, sentence: Place) -> tuple[tuple[int, int], ...]:
    found = disclaimed_until(sentence.of(text))
    return tuple((sentence.start + start, sentence.start + end) for start, end in found)


def _window(
    text: str,
    place: Place,
    size: int,
    inside: tuple[int, list[Token]],
    spots: tuple[tuple[str, int, int], ...],
    disowned: tuple[tuple[int, int], ...],
    scale: Scale,
) -> Window:
    before, said = inside
    words = frozenset(token.key for token in said)
    return Window(
        place=place,
        size=size,
        vector=scale.vector_of([token.key for token in said]),
        said=tuple(token.key for token in said),
        words=words,
        cues=frozenset(name for name, start, end in spots if place.start <= start and end <= place.end),
        negated=is_negated(place.of(text)),
        disclaimed=any(start < place.end and place.start < end for start, end in disowned),
        hedged=is_hedged(place.of(text)),
        numbers=frozenset(word for word in words if is_number(word)),
        words_before=before,
    )

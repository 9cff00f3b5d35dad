"""The reply as windows: every piece that may be evidence, with what is said in it, seen once for all criteria."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from adapters.judges.embedded.cues import cue_spots
from adapters.judges.embedded.likeness import Likeness, Row
from adapters.judges.embedded.negation import disclaimed_until, is_hedged, is_negated
from adapters.judges.embedded.reading import Reading
from adapters.judges.embedded.sanitise import Sanitised
from adapters.judges.embedded.similarity import Scale, Vector
from adapters.judges.embedded.spans import Place, windows
from adapters.judges.embedded.tokens import Token, is_number, tokens

_BREATH = (70, 90)  # characters before and after


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the reply; `alike` and `apart` are its likeness to each text and criterion of the checklist.

    `words_before` counts what was said ahead of it.
    """

    place: Place
    size: int
    vector: Vector
    alike: Row
    apart: Row
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
    """`doubt` is the share of words that are disowned; words and numbers are those that are not."""

    windows: tuple[Window, ...]
    spots: tuple[tuple[str, int, int], ...]
    doubt: float
    steered: bool
    words: frozenset[str]
    numbers: frozenset[str]

    def around(self, window: Window) -> frozenset[str]:
        """Speech acts in the window or within a breath of it, however the reply is cut."""
        start, end = window.place.start - _BREATH[0], window.place.end + _BREATH[1]
        return frozenset(name for name, a, b in self.spots if a < end and start < b)


def view(read: Reading, clean: Sanitised, scale: Scale, likeness: Likeness) -> View:
    """`clean` is what the reading's text keeps as evidence."""
    plain = read.plain
    sentences = tuple(read.plainly(place) for place in clean.kept)
    folded = tokens(plain)
    starts = [token.start for token in folded]
    spots = (*cue_spots(plain), *(("asks", at, at + 1) for at, char in enumerate(plain) if char == "?"))
    disowned = tuple(stretch for sentence in sentences for stretch in _disowned(plain, sentence))
    pieces = [_Piece(size, place, *_inside(folded, starts, place)) for size, place in windows(plain, sentences)]
    vectors = [scale.vector_of([token.key for token in piece.said]) for piece in pieces]
    alike = [likeness.alike(vector) for vector in vectors]
    seen = tuple(
        _window(plain, piece, vector, (row, likeness.apart(row)), spots, disowned)
        for piece, vector, row in zip(pieces, vectors, alike, strict=True)
    )
    words = frozenset(word for window in seen if not window.disclaimed for word in window.words)
    return View(seen, spots, _doubt(seen), clean.steers, words, frozenset(word for word in words if is_number(word)))


@dataclass(frozen=True, slots=True)
class _Piece:
    size: int
    place: Place
    before: int
    said: list[Token]


def _doubt(seen: tuple[Window, ...]) -> float:
    """By words, so that a reply without full stops is not doubted as a whole."""
    clauses = [(len(window.said), window.disclaimed) for window in seen if window.size == 1]
    return sum(n for n, disclaimed in clauses if disclaimed) / max(1, sum(n for n, _ in clauses))


def _inside(folded: tuple[Token, ...], starts: list[int], place: Place) -> tuple[int, list[Token]]:
    first, last = bisect_left(starts, place.start), bisect_left(starts, place.end)
    return first, [token for token in folded[first:last] if token.end <= place.end]


def _disowned(text: str, sentence: Place) -> tuple[tuple[int, int], ...]:
    found = disclaimed_until(sentence.of(text))
    return tuple((sentence.start + start, sentence.start + end) for start, end in found)


def _window(
    text: str,
    piece: _Piece,
    vector: Vector,
    rows: tuple[Row, Row],
    spots: tuple[tuple[str, int, int], ...],
    disowned: tuple[tuple[int, int], ...],
) -> Window:
    place = piece.place
    words = frozenset(token.key for token in piece.said)
    return Window(
        place=place,
        size=piece.size,
        vector=vector,
        alike=rows[0],
        apart=rows[1],
        said=tuple(token.key for token in piece.said),
        words=words,
        cues=frozenset(name for name, start, end in spots if place.start <= start and end <= place.end),
        negated=is_negated(place.of(text)),
        disclaimed=any(start < place.end and place.start < end for start, end in disowned),
        hedged=is_hedged(place.of(text)),
        numbers=frozenset(word for word in words if is_number(word)),
        words_before=piece.before,
    )

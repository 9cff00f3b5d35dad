"""What the checklist sees of one criterion in one reply: a few figures from 0 to 1, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.judges.embedded.checklist import Checklist, Point
from adapters.judges.embedded.cues import cues_in
from adapters.judges.embedded.negation import disclaimed_until, is_hedged, is_negated
from adapters.judges.embedded.similarity import Vector, alike
from adapters.judges.embedded.spans import Place, windows
from adapters.judges.embedded.tokens import is_number, keys

HELPS = ("similar", "described", "contrast", "core", "acts", "best_pair")
HURTS = ("near_miss", "negated", "disclaimed", "hedged", "doubtful", "numbers_wrong")


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the reply, seen once for all criteria."""

    place: Place
    vector: Vector
    words: frozenset[str]
    cues: frozenset[str]
    negated: bool
    disclaimed: bool
    hedged: bool
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether words are taken back, by a plain "not" or by disowning the whole sentence."""

    negated: bool
    disclaimed: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """`evidence` is where the criterion shows best; None when nothing is left of the reply."""

    figures: dict[str, float]
    evidence: Place | None


NOTHING = Seen(dict.fromkeys((*HELPS, *HURTS), 0.0), None)


def look(text: str, kept: tuple[Place, ...], checklist: Checklist) -> tuple[Seen, ...]:
    """One `Seen` for each criterion, in rubric order."""
    disowned = tuple(stretch for sentence in kept for stretch in _disowned(text, sentence))
    seen = tuple(_window(text, place, disowned, checklist) for place in windows(text, kept))
    if not seen:
        return tuple(NOTHING for _ in checklist.points)
    similarity = [[_similar(point, window) for window in seen] for point in checklist.points]
    doubt = sum(bool(_disowned(text, sentence)) for sentence in kept) / len(kept)
    best_of_all = [max(column) for column in zip(*similarity, strict=True)]
    return tuple(
        _figures(point, seen, row, best_of_all, doubt, checklist)
        for point, row in zip(checklist.points, similarity, strict=True)
    )


def _disowned(text: str, sentence: Place) -> tuple[tuple[int, int], ...]:
    found = disclaimed_until(sentence.of(text))
    return tuple((sentence.start + start, sentence.start + end) for start, end in found)


def _window(text: str, place: Place, disowned: tuple[tuple[int, int], ...], checklist: Checklist) -> Window:
    said = place.of(text)
    words = frozenset(keys(said))
    return Window(
        place=place,
        vector=checklist.scale.vector(said),
        words=words,
        cues=cues_in(said),
        negated=is_negated(said),
        disclaimed=any(start < place.end and place.start < end for start, end in disowned),
        hedged=is_hedged(said),
        numbers=frozenset(word for word in words if is_number(word)),
    )


def _similar(point: Point, window: Window) -> float:
    return max((alike(example.vector, window.vector) for example in point.examples), default=0.0)


def _figures(
    point: Point,
    seen: tuple[Window, ...],
    row: list[float],
    best_of_all: list[float],
    doubt: float,
    checklist: Checklist,
) -> Seen:
    support = [_support(point, window, similar) for window, similar in zip(seen, row, strict=True)]
    at = max(range(len(seen)), key=lambda i: (support[i], -i))
    best, similar = seen[at], row[at]
    everything = frozenset(word for window in seen if not window.disclaimed for word in window.words)
    taken = _taken_back(point, best)
    figures = {
        "similar": max(row),
        "described": max((alike(d, w.vector) for d in point.descriptions for w in seen), default=0.0),
        "contrast": max(0.0, 0.5 + similar - best_of_all[at]) if similar else 0.0,
        "core": _core(point, everything),
        "acts": _acts(point, best),
        "best_pair": sum(sorted(row)[-2:]) / 2,
        "near_miss": max((alike(n, best.vector) for n in point.near_misses), default=0.0),
        "negated": float(taken.negated),
        "disclaimed": float(taken.disclaimed),
        "hedged": float(best.hedged),
        "doubtful": doubt,
        "numbers_wrong": float(point.has_numbers and bool(best.numbers - checklist.numbers)),
    }
    return Seen(figures, best.place)


def _support(point: Point, window: Window, similar: float) -> float:
    """Where to quote: alike, showing the act, not taken back; a little less for length."""
    taken = _taken_back(point, window)
    taken_back = 0.4 if taken.disclaimed else 0.6 if taken.negated else 1.0
    length = 0.002 * len(window.words)
    return (
        taken_back * (similar + 0.35 * _acts(point, window) * (0.3 + similar) + 0.2 * _core(point, window.words))
        - length
    )


def _acts(point: Point, window: Window) -> float:
    expected = sum(point.cues.values())
    return sum(share for cue, share in point.cues.items() if cue in window.cues) / expected if expected else 0.0


def _core(point: Point, words: frozenset[str]) -> float:
    """Share of the criterion's typical words that are there; half of them are plenty."""
    total = sum(point.core.values())
    return min(1.0, 2 * sum(w for word, w in point.core.items() if word in words) / total) if total else 0.0


def _taken_back(point: Point, window: Window) -> Taken:
    """What the closest example says the same way ("I didn't ask you") is not held against the reply."""
    closest = max(point.examples, key=lambda e: alike(e.vector, window.vector), default=None)
    if closest is None:
        return Taken(window.negated, window.disclaimed)
    return Taken(window.negated and not closest.negated, window.disclaimed and not closest.disclaimed)

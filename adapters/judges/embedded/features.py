"""What the checklist sees of one criterion in one reply: a few figures from 0 to 1, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from adapters.judges.embedded.checklist import Checklist, Point
from adapters.judges.embedded.parts import filled
from adapters.judges.embedded.spans import Place
from adapters.judges.embedded.tokens import STOP, keys
from adapters.judges.embedded.view import View, Window

HELPS = (
    "similar", "described", "contrast", "apart", "core", "acts", "best_pair",
    "parts", "rest", "unclaimed", "early",
)  # fmt: skip
HURTS = (
    "near_miss", "negated", "disclaimed", "hedged", "doubtful", "numbers_wrong", "contradicts",
    "numbers_missing", "late", "untimed", "unasked", "steered",
)  # fmt: skip

_INTRODUCTION = 28  # words that greetings, names and one headline may take
_LATE = 20  # so many words further on it is late altogether
_LATE_COST = 0.6
_ONE_WORD = 0.75
_POLITE = """thank thanks grateful appreciate respect respectfully forgive pardon excuse pleasure kindly mind bother
    busy obliged gladly delighted bold hearing patience honour welcome dear apologies intrude interrupting disturb
    trouble hope regards"""


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


def look(view: View, checklist: Checklist) -> tuple[Seen, ...]:
    """One `Seen` for each criterion, in rubric order."""
    if not view.windows:
        return tuple(NOTHING for _ in checklist.points)
    similarity = [[_similar(point, window) for window in view.windows] for point in checklist.points]
    best_of_all = [max(column) for column in zip(*similarity, strict=True)]
    tops = [max(row) for row in similarity]
    unclaimed = _unclaimed(view, similarity)
    return tuple(
        _figures(n, point, view, row, best_of_all, _mean_of_others(tops, n), checklist, unclaimed[n])
        for n, (point, row) in enumerate(zip(checklist.points, similarity, strict=True))
    )


def _mean_of_others(tops: list[float], n: int) -> float:
    return (sum(tops) - tops[n]) / max(1, len(tops) - 1)


def _unclaimed(view: View, similarity: list[list[float]]) -> list[float]:
    """For each criterion, how much is said that no other criterion explains; ten words are plenty."""
    clauses = [i for i, w in enumerate(view.windows) if w.size == 1 and not w.disclaimed and not w.words & _polite()]
    found = []
    for n in range(len(similarity)):
        others = [row for m, row in enumerate(similarity) if m != n]
        free = sum(
            len(view.windows[i].words - STOP) * max(0.0, 1 - 4 * max((row[i] for row in others), default=0.0))
            for i in clauses
        )
        found.append(min(1.0, free / 10))
    return found


@cache
def _polite() -> frozenset[str]:
    """Words of courtesies: what is said around them explains nothing and must not look like an idiom."""
    return frozenset(keys(_POLITE))


def _similar(point: Point, window: Window) -> float:
    """A single word is a weak likeness; what comes late where it should come first is weaker too."""
    best = max((window.alike[example.at] for example in point.examples), default=0.0)
    return best * _enough(window) * (1 - _LATE_COST * _late(point, window.words_before))


def _figures(
    number: int,
    point: Point,
    view: View,
    row: list[float],
    best_of_all: list[float],
    rest: float,
    checklist: Checklist,
    unclaimed: float,
) -> Seen:
    seen = view.windows
    support = [_support(point, window, similar) for window, similar in zip(seen, row, strict=True)]
    at = max(range(len(seen)), key=lambda i: (support[i], -i))
    best, similar = seen[at], row[at]
    taken = _taken_back(point, best)
    figures = {
        "similar": max(row),
        "described": max((w.alike[at] for at in point.descriptions for w in seen), default=0.0),
        "contrast": max(0.0, 0.5 + similar - best_of_all[at]) if similar else 0.0,
        "apart": max(_apart(point, window, number) for window in seen),
        "core": _core(point, view.words if not point.early else _early_words(point, view)),
        "acts": _acts(point, best),
        "best_pair": sum(sorted(row)[-2:]) / 2,
        "parts": _parts(point, view, checklist),
        "rest": rest,
        "unclaimed": unclaimed * min(1.0, 2 * rest),
        "early": float(point.early and best.words_before < _INTRODUCTION),
        "near_miss": max((best.alike[at] for at in point.near_misses), default=0.0),
        "negated": float(taken.negated),
        "disclaimed": float(taken.disclaimed),
        "hedged": float(best.hedged),
        "doubtful": view.doubt,
        "numbers_wrong": _wrong(point, best, checklist),
        "contradicts": float(checklist.story.contradicts(best.said)),
        "numbers_missing": float(bool(point.numbers) and not view.numbers & point.numbers),
        "late": _late(point, best.words_before),
        "untimed": float(point.timed and "sets_time" not in view.around(best)),
        "steered": float(view.steered),
        "unasked": float(point.asking and not view.around(best) & {"asks_open", "asks_action", "asks"}),
    }
    return Seen(figures, best.place)


def _apart(point: Point, window: Window, number: int) -> float:
    """The closest example is not asked here: near misses have spoken already."""
    negated = window.negated and not any(example.negated for example in point.examples)
    return window.apart[number] * _kept(disclaimed=window.disclaimed, negated=negated) * _enough(window)


def _kept(*, disclaimed: bool, negated: bool) -> float:
    return 0.4 if disclaimed else 0.6 if negated else 1.0


def _enough(window: Window) -> float:
    return _ONE_WORD if len(window.words - STOP) < 2 else 1.0


def _parts(point: Point, view: View, checklist: Checklist) -> float:
    """How well the least of the wanted parts is said."""
    owned = [(window.vector, window.words) for window in view.windows if window.size <= 2 and not window.disclaimed]
    return min((filled(group, owned, checklist.scale) for group in point.groups), default=0.0)


def _early_words(point: Point, view: View) -> frozenset[str]:
    return frozenset(
        word
        for window in view.windows
        if not window.disclaimed and _late(point, window.words_before) < 1
        for word in window.words
    )


def _wrong(point: Point, window: Window, checklist: Checklist) -> float:
    """Share of the numbers that are not the story's, where the criterion wants the story's."""
    if not point.factual or not window.numbers:
        return 0.0
    return len(window.numbers - checklist.story.numbers) / len(window.numbers)


def _late(point: Point, words_before: int) -> float:
    return min(1.0, max(0, words_before - _INTRODUCTION) / _LATE) if point.early else 0.0


def _support(point: Point, window: Window, similar: float) -> float:
    """Where to quote: alike, showing the act, not taken back; a little less for length."""
    taken = _taken_back(point, window)
    taken_back = _kept(disclaimed=taken.disclaimed, negated=taken.negated)
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
    there = [weight for word, weight in point.core.items() if word in words]
    alone = _ONE_WORD if len(there) == 1 else 1.0
    return min(1.0, 2 * sum(there) / total) * alone if total else 0.0


def _taken_back(point: Point, window: Window) -> Taken:
    """What the closest example says the same way ("I didn't ask you") is not held against the reply."""
    closest = max(point.examples, key=lambda e: window.alike[e.at], default=None)
    if closest is None:
        return Taken(window.negated, window.disclaimed)
    return Taken(window.negated and not closest.negated, window.disclaimed and not closest.disclaimed)

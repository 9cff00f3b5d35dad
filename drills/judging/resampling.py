"""How sure an agreement is: the same figure over many samples of the same replies (bootstrap, by reply)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import TypeAlias

from drills.judging.agreement import SCALE, Pair

SAMPLES = 1000
SEED = 20260101  # any fixed number: the same cases give the same interval on every machine
_ENOUGH = 0.5  # of the samples must give a figure

Table: TypeAlias = Sequence[Sequence[int]]
Figure: TypeAlias = Callable[[Table], float | None]


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of the samples."""

    low: float
    high: float


def intervals(
    cases: Sequence[Sequence[Pair]], figures: Sequence[Figure], *, samples: int = SAMPLES, seed: int = SEED
) -> list[Interval | None]:
    """One interval for each figure. Whole replies are drawn, because criteria of one reply hang together.

    None where it would say nothing: fewer than two replies with a decided pair, or a figure that is undefined in
    most samples. Samples in which it is undefined are left out.
    """
    coded = [codes for case in cases if (codes := [_code(pair) for pair in case if pair.decided])]
    if len(coded) < 2:
        return [None for _ in figures]
    chance = Random(seed)  # noqa: S311  # statistics, not secrets
    tables = [_table(chance.choices(coded, k=len(coded))) for _ in range(samples)]
    return [_middle([figure(table) for table in tables]) for figure in figures]


def _code(pair: Pair) -> int:
    """A cell's number: whole numbers count far quicker than levels."""
    return SCALE.index(pair.label) * 3 + SCALE.index(pair.said)


def _table(drawn: Sequence[Sequence[int]]) -> Table:
    counts = Counter(chain.from_iterable(drawn))
    return [[counts[row * 3 + column] for column in range(3)] for row in range(3)]


def _middle(values: Sequence[float | None]) -> Interval | None:
    known = sorted(value for value in values if value is not None)
    if len(known) < _ENOUGH * len(values):
        return None
    last = len(known) - 1
    return Interval(known[round(0.025 * last)], known[round(0.975 * last)])

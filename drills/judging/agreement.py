"""How far a judge agrees with people, in figures that two strangers would compute alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from drills.rubric import Level

_Distance: TypeAlias = Callable[[int, int], int]

SCALE = (Level.NOT_YET, Level.PARTIAL, Level.MET)  # in order: quadratic weights are squared distances on it


@dataclass(frozen=True, slots=True)
class Pair:
    """One criterion of one reply: the level that people gave, and the judge's."""

    label: Level
    said: Level

    @property
    def decided(self) -> bool:
        """Both are levels; `cannot_judge` on either side is no disagreement, it is nothing to compare."""
        return self.label in SCALE and self.said in SCALE


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures over `n` labelled criteria; all but coverage are over those that the judge decided.

    None stands for "undefined", never 0: no case, or, for κ, one and the same level everywhere on both sides.
    `met_precision` is the share of the judge's `met` that people call met too; `false_met` counts its `met` where
    people say `not_yet`. `confusion` is label → what was said → count, with every level that occurs.
    """

    n: int
    decided: int
    coverage: float | None
    exact: float | None
    kappa: float | None
    quadratic_kappa: float | None
    macro_f1: float | None
    met_precision: float | None
    false_met: int
    confusion: dict[Level, dict[Level, int]]


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Pairs whose label is `cannot_judge` are left out: nobody could tell what is right."""
    labelled = [pair for pair in pairs if pair.label in SCALE]
    decided = [pair for pair in labelled if pair.decided]
    table = table_of(decided)
    said_met = sum(row[2] for row in table)
    return Agreement(
        n=len(labelled),
        decided=len(decided),
        coverage=_share(len(decided), len(labelled)),
        exact=_share(sum(table[at][at] for at in range(3)), len(decided)),
        kappa=kappa(table),
        quadratic_kappa=quadratic_kappa(table),
        macro_f1=macro_f1(table),
        met_precision=_share(table[2][2], said_met),
        false_met=table[0][2],
        confusion=_confusion(labelled),
    )


def table_of(decided: Iterable[Pair]) -> list[list[int]]:
    """Counts by label (rows) and what was said (columns), both in the order of SCALE."""
    counts = Counter((SCALE.index(pair.label), SCALE.index(pair.said)) for pair in decided)
    return [[counts[row, column] for column in range(3)] for row in range(3)]


def kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Cohen's κ: the share of agreement beyond chance (Cohen 1960). Whole numbers until the last division."""
    return _beyond_chance(table, lambda row, column: int(row != column))


def quadratic_kappa(table: Sequence[Sequence[int]]) -> float | None:
    """κ where a step of two weighs four times a step of one (Cohen 1968)."""
    return _beyond_chance(table, lambda row, column: (row - column) * (row - column))


def macro_f1(table: Sequence[Sequence[int]]) -> float | None:
    """The mean F1 of the levels that occur on either side; a level that is never right counts 0."""
    sums = [(table[at][at], sum(table[at]) + sum(row[at] for row in table)) for at in range(len(table))]
    scores = [2 * hits / both for hits, both in sums if both]
    return sum(scores) / len(scores) if scores else None


def _beyond_chance(table: Sequence[Sequence[int]], distance: _Distance) -> float | None:
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    cells = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
    by_chance = sum(distance(row, column) * rows[row] * columns[column] for row, column in cells)
    seen = sum(distance(row, column) * table[row][column] for row, column in cells)
    return 1 - sum(rows) * seen / by_chance if by_chance else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _confusion(labelled: Sequence[Pair]) -> dict[Level, dict[Level, int]]:
    counts = Counter((pair.label, pair.said) for pair in labelled)
    said = [level for level in Level if any(pair.said is level for pair in labelled)]
    given = [level for level in Level if any(pair.label is level for pair in labelled)]
    return {label: {level: counts[label, level] for level in said} for label in given}

"""How the embedded judge's weights were made: `python -m benchmarks.judge_fit > adapters/judges/embedded/weights.json`.

Proportional-odds logistic regression (at least partly, met) with sign constraints: evidence can only help, warnings
can only hurt. Once on all authors (what ships), and once without each of them in turn (what is measured). Pure
Python, deterministic, two minutes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from adapters.judges.embedded.features import HELPS, HURTS
from adapters.judges.embedded.looking import looked
from benchmarks.judge_sets import AUTHORS, READ_BY_US, labelled
from drills.judging.normal import normal
from drills.rubric import Level

NAMES = (*HELPS, *HURTS)
SIGNS = (1.0,) * len(HELPS) + (-1.0,) * len(HURTS)
ROUNDS = 300
STEP = 0.15
SHRINK = 0.0005
AT_MOST = {"unclaimed": 1.0, "disclaimed": -2.0, "negated": -0.5, "steered": -1.0}
# By hand: more of "unclaimed" agrees better and makes padding count; no author weighs a plain "I did not call" enough.


@dataclass(frozen=True, slots=True)
class Row:
    author: str
    figures: tuple[float, ...]
    label: Level


def rows(authors: Sequence[str] = AUTHORS) -> list[Row]:
    found = []
    for author in authors:
        for one in labelled(author):
            _, seen = looked(normal(one.text), one.drill)
            for criterion, shown in zip(one.drill.rubric.criteria, seen, strict=True):
                figures = tuple(shown.figures[name] for name in NAMES)
                found.append(Row(author, figures, one.labels[criterion.id]))
    return found


def fit(data: list[Row]) -> list[float]:
    """Weights, then the thresholds of "at least partly" and of "met"; Adam, projected onto the signs."""
    values = [_allowed(i, sign) for i, sign in enumerate(SIGNS)] + [4.0, 5.0]
    mean, square = [0.0] * len(values), [0.0] * len(values)
    for turn in range(1, ROUNDS + 1):
        step = STEP if turn < ROUNDS * 2 // 3 else STEP / 5
        for i, slope in enumerate(_slopes(values, data)):
            mean[i] = 0.9 * mean[i] + 0.1 * slope
            square[i] = 0.99 * square[i] + 0.01 * slope * slope
            size = mean[i] / (1 - 0.9**turn) / (math.sqrt(square[i] / (1 - 0.99**turn)) + 1e-8)
            values[i] = _allowed(i, values[i] - step * size)
    return values


def _slopes(values: list[float], data: list[Row]) -> list[float]:
    weights, some, met = values[:-2], values[-2], values[-1]
    slopes = [0.0] * len(weights)
    off_some_total = off_met_total = 0.0
    for row in data:
        evidence = sum(map(mul, weights, row.figures))
        off_some = _logistic(evidence - some) - (row.label is not Level.NOT_YET)
        off_met = _logistic(evidence - met) - (row.label is Level.MET)
        off = off_some + off_met
        slopes = [slope + off * figure for slope, figure in zip(slopes, row.figures, strict=True)]
        off_some_total -= off_some
        off_met_total -= off_met
    pulled = [slope / len(data) + 2 * SHRINK * w for slope, w in zip(slopes, weights, strict=True)]
    return [*pulled, off_some_total / len(data), off_met_total / len(data)]


def _allowed(i: int, value: float) -> float:
    if i >= len(SIGNS):
        return value
    bound = AT_MOST.get(NAMES[i], math.inf)
    return min(bound, value) if value * SIGNS[i] >= 0 else min(bound, 0.0)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def shaped(values: list[float]) -> dict[str, dict[str, float]]:
    return {
        "weights": {name: round(value, 3) for name, value in zip(NAMES, values, strict=False)},
        "thresholds": {"some": round(values[-2], 3), "met": round(values[-1], 3)},
    }


def main() -> None:
    data = rows()
    document = {
        "about": "Weights of the embedded judge, made by benchmarks/judge_fit.py: evidence ≥ 0, warnings ≤ 0.",
        "fitted_on": f"authors {', '.join(AUTHORS)}; `without`: fits that never saw one of them; never q",
        "read_by_us": f"{', '.join(READ_BY_US)}, and of nobody else, while the rules were written",
        "at_most": AT_MOST,
        **shaped(fit(data)),
        "without": {author: shaped(fit([row for row in data if row.author != author])) for author in AUTHORS},
    }
    print(json.dumps(document, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()

"""How the embedded judge's weights were made: `python -m benchmarks.judge_fit` prints a new weights.json.

Proportional-odds logistic regression (at least partly, met) on two authors of ../shared/judge-dev, with sign
constraints: evidence can only help, warnings can only hurt. Pure Python, deterministic, some seconds.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from adapters.judges.embedded.checklist import checklist_for
from adapters.judges.embedded.features import HELPS, HURTS, look
from adapters.judges.embedded.sanitise import sanitise
from benchmarks.judge_sets import FITTED_ON, labelled
from drills.judging.normal import normal
from drills.rubric import Level

NAMES = (*HELPS, *HURTS)
SIGNS = (1.0,) * len(HELPS) + (-1.0,) * len(HURTS)
ROUNDS = 600
STEP = 0.15
SHRINK = 0.0003
BY_HAND = {"disclaimed": -2.0, "negated": -0.5}  # no author's set weighs a plain "I did not call" enough


@dataclass(frozen=True, slots=True)
class Row:
    figures: tuple[float, ...]
    label: Level


def rows() -> list[Row]:
    found = []
    for author in FITTED_ON:
        for one in labelled(author):
            text = normal(one.text)
            seen = look(text, sanitise(text, one.drill).kept, checklist_for(one.drill))
            for criterion, shown in zip(one.drill.rubric.criteria, seen, strict=True):
                figures = tuple(shown.figures[name] for name in NAMES)
                found.append(Row(figures, one.labels[criterion.id]))
    return found


def fit(data: list[Row]) -> list[float]:
    """Weights, then the thresholds of "at least partly" and of "met"; Adam, projected onto the signs."""
    values = [*SIGNS, 3.0, 4.0]
    mean, square = [0.0] * len(values), [0.0] * len(values)
    for turn in range(1, ROUNDS + 1):
        for i, slope in enumerate(_slopes(values, data)):
            mean[i] = 0.9 * mean[i] + 0.1 * slope
            square[i] = 0.99 * square[i] + 0.01 * slope * slope
            size = mean[i] / (1 - 0.9**turn) / (math.sqrt(square[i] / (1 - 0.99**turn)) + 1e-8)
            values[i] = _allowed(i, values[i] - STEP * size)
    return values


def _slopes(values: list[float], data: list[Row]) -> list[float]:
    weights, some, met = values[:-2], values[-2], values[-1]
    slopes = [0.0] * len(values)
    for row in data:
        evidence = sum(w * figure for w, figure in zip(weights, row.figures, strict=True))
        off_some = _logistic(evidence - some) - (row.label is not Level.NOT_YET)
        off_met = _logistic(evidence - met) - (row.label is Level.MET)
        for i, figure in enumerate(row.figures):
            slopes[i] += (off_some + off_met) * figure
        slopes[-2] -= off_some
        slopes[-1] -= off_met
    shrink = [*(2 * SHRINK * w for w in weights), 0.0, 0.0]
    return [slope / len(data) + pull for slope, pull in zip(slopes, shrink, strict=True)]


def _allowed(i: int, value: float) -> float:
    return value if i >= len(SIGNS) or value * SIGNS[i] >= 0 else 0.0


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def document(values: list[float]) -> dict[str, object]:
    weights = {name: round(value, 3) for name, value in zip(NAMES, values, strict=False)}
    weights |= {name: min(weights[name], bound) for name, bound in BY_HAND.items()}
    return {
        "about": "Weights of the embedded judge, made by benchmarks/judge_fit.py: evidence ≥ 0, warnings ≤ 0.",
        "fitted_on": f"../shared/judge-dev, authors {' and '.join(FITTED_ON)}; the others were held out",
        "set_by_hand": BY_HAND,
        "weights": weights,
        "thresholds": {"some": round(values[-2], 3), "met": round(values[-1], 3)},
    }


if __name__ == "__main__":
    print(json.dumps(document(fit(rows())), indent=1, ensure_ascii=False))

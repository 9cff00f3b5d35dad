"""From figures to a chance: a handful of weights that can only help (evidence) or only hurt (warnings)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Chance:
    """Of at least partly met, and of met; 0…1."""

    some: float
    met: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Evidence has weights ≥ 0, warnings ≤ 0: no text can buy a level with a warning (embedded-judge.md §2e)."""

    of: Mapping[str, float]
    some: float
    met: float

    def chance(self, figures: Mapping[str, float]) -> Chance:
        evidence = sum(weight * figures[name] for name, weight in self.of.items())
        return Chance(_logistic(evidence - self.some), _logistic(evidence - self.met))


@cache
def fitted(without: str | None = None) -> Weights:
    """The weights that ship, or those fitted without one author, to measure by; weights.json says how."""
    text = files("adapters.judges.embedded").joinpath("weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    data = data["without"][without] if without else data
    return Weights(data["weights"], data["thresholds"]["some"], data["thresholds"]["met"])


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))

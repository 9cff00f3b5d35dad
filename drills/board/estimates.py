"""Small-number arithmetic of clinical.md §7: shrinkage, intervals, and what repeated answers are worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed, `low` ≤ `high`."""

    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


def mean(values: Iterable[float]) -> float:
    """Exactly rounded, so that the order of people never matters. Raises ZeroDivisionError for no values."""
    found = tuple(values)
    return fsum(found) / len(found)


def z(confidence: float) -> float:
    """The two-sided normal quantile: 0.95 → 1.96."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(share: float, n: float, confidence: float) -> Interval:
    """Wilson's interval of a proportion; `n` need not be whole. Raises ZeroDivisionError for n = 0."""
    zz = z(confidence) ** 2
    centre = share + zz / (2 * n)
    spread = sqrt(zz * (share * (1 - share) / n + zz / (4 * n * n)))
    scale = 1 + zz / n
    return Interval(max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def shrunken_share(x: float, n: float, prior_share: float, k: float) -> float:
    """(x + k·p₀)/(n + k)."""
    return (x + k * prior_share) / (n + k)


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations of a mean: τ from team to team, σ from person to person within a team."""

    between: float
    within: float

    def trust(self, n: int) -> float:
        """B = τ²/(τ² + σ²/n): how far a mean over n people is believed, 0…1."""
        return self.between**2 / (self.between**2 + self.within**2 / n)


def shrunken_mean(observed: float, n: int, prior: float, spread: Spread) -> float:
    """θ = B·ȳ + (1 − B)·μ."""
    b = spread.trust(n)
    return b * observed + (1 - b) * prior


def mean_interval(observed: float, n: int, prior: float, spread: Spread, confidence: float) -> Interval:
    """Around the shrunken mean; its variance is B·σ²/n."""
    centre = shrunken_mean(observed, n, prior, spread)
    reach = z(confidence) * sqrt(spread.trust(n) * spread.within**2 / n)
    return Interval(centre - reach, centre + reach)


def effective_n(people: int, each: float, correlation: float) -> float:
    """persons·m / (1 + (m − 1)ρ): 20 people × 3 answers at ρ = 0.3 are worth 37.5, not 60."""
    return people * each / (1 + (each - 1) * correlation)

"""One measured number beside the floor (or the ideal) of the same run, and how a list of them is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import Any

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """`floor` is what the same machine did in the same minute with nothing of ours in between; None where none fits."""

    what: str
    value: float
    unit: str
    floor: float | None = None
    floor_is: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}


def percentiles(what: str, seconds: Sequence[float], floor: Sequence[float], floor_is: str) -> list[Figure]:
    """p50 and p99 in milliseconds."""
    return [
        Figure(f"{what}, p{p}", _percentile(seconds, p) * 1000, "ms", _percentile(floor, p) * 1000, floor_is)
        for p in (50, 99)
    ]


def table(title: str, figures: Sequence[Figure]) -> Table:
    shown = Table(title=title, title_justify="left")
    for column in ("what", "measured", "against", "ratio"):
        shown.add_column(column, justify="left" if column in {"what", "against"} else "right")
    for figure in figures:
        floor = f"{_short(figure.floor)} {figure.unit} {figure.floor_is}" if figure.floor is not None else ""
        ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
        shown.add_row(figure.what, f"{_short(figure.value)} {figure.unit}", floor, ratio)
    return shown


def _percentile(values: Sequence[float], p: int) -> float:
    return quantiles(values, n=100, method="inclusive")[p - 1]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"

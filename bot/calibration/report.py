"""What a calibration found: over all, by criterion, by style, by attack. Data first, so that --json and table agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.calibration.judging import Judged
from drills.judging.agreement import Agreement, Pair, agreement, kappa, quadratic_kappa
from drills.judging.resampling import Interval, intervals


@dataclass(frozen=True, slots=True)
class Measured:
    """An agreement with the 95 % intervals of its two κ."""

    agreement: Agreement
    kappa_interval: Interval | None
    quadratic_interval: Interval | None


@dataclass(slots=True)
class Report:
    """Fed with one judged case after another; the figures are computed when asked for."""

    judge: str
    forced: bool
    judged: list[Judged] = field(default_factory=list)

    def add(self, judged: Judged) -> None:
        self.judged.append(judged)

    @property
    def blocked(self) -> int:
        return sum(one.blocked is not None for one in self.judged)

    @property
    def errors(self) -> int:
        return sum(bool(one.error) for one in self.judged)

    @property
    def labelled(self) -> bool:
        return any(one.case.labels for one in self.judged)

    def overall(self) -> Measured:
        return _measured(self.judged)

    def criteria(self) -> dict[str, dict[str, Measured]]:
        """By drill, then by criterion in the rubric's order."""
        return {
            drill: {
                criterion.id: _measured(of, criterion.id)
                for criterion in of[0].case.drill.rubric.criteria
                if any(criterion.id in one.case.labels for one in of)
            }
            for drill, of in _grouped(self.judged, lambda one: one.case.drill.id).items()
        }

    def styles(self) -> dict[str, Measured]:
        return self._by(lambda one: one.case.style)

    def attacks(self) -> dict[str, Measured]:
        return self._by(lambda one: one.case.attack)

    def _by(self, name: Callable[[Judged], str]) -> dict[str, Measured]:
        grouped = _grouped((one for one in self.judged if name(one) and one.case.labels), name)
        return {group: _measured(of) for group, of in grouped.items()}

    def document(self) -> dict[str, Any]:
        """As JSON data. Undefined figures are null."""
        return {
            "judge": self.judge,
            "forced": self.forced,
            "cases": len(self.judged),
            "blocked": self.blocked,
            "errors": self.errors,
            "overall": _data(self.overall()) if self.labelled else None,
            "criteria": {drill: _all(of) for drill, of in self.criteria().items() if of},
            "styles": _all(self.styles()),
            "attacks": _all(self.attacks()),
        }


def _measured(judged: Iterable[Judged], criterion: str | None = None) -> Measured:
    cases = [list(_pairs(one, criterion)) for one in judged]
    found = intervals(cases, [kappa, quadratic_kappa])
    return Measured(agreement(pair for case in cases for pair in case), *found)


def _pairs(judged: Judged, criterion: str | None) -> Iterable[Pair]:
    """A case that no judge read has none: what it would have said is not known."""
    for verdict in judged.judgement.verdicts if judged.judgement else ():
        label = judged.case.labels.get(verdict.criterion)
        if label and criterion in {None, verdict.criterion}:
            yield Pair(label, verdict.level)


def _grouped(judged: Iterable[Judged], name: Callable[[Judged], str]) -> dict[str, Sequence[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(name(one), []).append(one)
    return {group: groups[group] for group in sorted(groups)}


def _all(measured: dict[str, Measured]) -> dict[str, Any]:
    return {name: _data(one) for name, one in measured.items()}


def _data(measured: Measured) -> dict[str, Any]:
    return {
        **asdict(measured.agreement),
        "kappa_interval": _ends(measured.kappa_interval),
        "quadratic_kappa_interval": _ends(measured.quadratic_interval),
    }


def _ends(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None

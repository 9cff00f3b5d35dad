"""Improvement of clinical.md §7 with the drill's difficulty taken out: by person first, then over the team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from drills.board.estimates import mean, mean_interval
from drills.board.records import DrillRecord, PersonRecord
from drills.board.rule import Rule
from drills.board.words import Growth
from drills.people import PersonRef


@dataclass(frozen=True, slots=True)
class MeanGrowth:
    """A mean over `n` people, in score (−1…1)."""

    value: float
    n: int


class DrillMeans:
    """What everybody scored on each drill version, with one person left out at a time."""

    def __init__(self, people: Iterable[PersonRecord]) -> None:
        self._all: dict[str, list[float]] = defaultdict(list)
        self._own: dict[tuple[PersonRef, str], list[float]] = defaultdict(list)
        for person in people:
            for drill in person.drills:
                if drill.score is not None:
                    self._all[drill.drill].append(drill.score)
                    self._own[person.person, drill.drill].append(drill.score)
        self._totals = {drill: fsum(scores) for drill, scores in self._all.items()}

    def without(self, person: PersonRef, drill: str) -> float | None:
        """The mean score of the others; None when nobody else was scored."""
        own = self._own.get((person, drill), [])
        others = len(self._all.get(drill, [])) - len(own)
        return (self._totals[drill] - fsum(own)) / others if others else None


def personal_growth(person: PersonRecord, means: DrillMeans, rule: Rule) -> float | None:
    """Mean over the kinds that have enough drills over enough days; None when no kind has."""
    kinds: dict[str, list[DrillRecord]] = defaultdict(list)
    for drill in person.drills:
        kinds[drill.kind].append(drill)
    grown = [growth for drills in kinds.values() if (growth := _of_kind(person, drills, means, rule)) is not None]
    return mean(grown) if grown else None


def mean_growth(people: Sequence[PersonRecord], means: DrillMeans, rule: Rule) -> MeanGrowth | None:
    """Over those who have a growth; None when nobody has one yet."""
    grown = [growth for person in people if (growth := personal_growth(person, means, rule)) is not None]
    return MeanGrowth(mean(grown), len(grown)) if grown else None


def growth_word(team: MeanGrowth | None, organisation: MeanGrowth | None, rule: Rule) -> Growth:
    """Said only of `rule.people` people or more, and only when the shrunken mean is clearly off zero."""
    if team is None or organisation is None or team.n < rule.people:
        return Growth.NOT_YET
    interval = mean_interval(team.value, team.n, organisation.value, rule.spread, rule.confidence)
    if interval.low > 0:
        return Growth.GROWING
    return Growth.DIPPING if interval.high < 0 else Growth.STEADY


def _of_kind(person: PersonRecord, drills: Iterable[DrillRecord], means: DrillMeans, rule: Rule) -> float | None:
    kept = sorted(
        (drill.opened_at, drill.push, drill.score - others)
        for drill in drills
        if drill.score is not None and (others := means.without(person.person, drill.drill)) is not None
    )
    if len(kept) < rule.growth_drills or kept[-1][0] - kept[0][0] < rule.growth_span:
        return None
    beyond = [r for *_, r in kept]
    return mean(beyond[-2:]) - mean(beyond[:2])

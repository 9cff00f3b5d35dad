"""The pooled pattern of one drill in one team: how many met each criterion. Words, never numbers, and five people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PEOPLE = 5
"""Fewer distinct people, and nothing is told (clinical.md §7)."""

MISSED_BY = 0.5
"""A criterion that at least half did not meet comes back with `adaptive` order (docs/decisions/0006)."""


class HowMany(StrEnum):
    """In thirds: "most" may be everybody and "few" nobody, so that no word tells what one person did."""

    MOST = "most"
    SOME = "about half"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Pattern:
    """`shares` (0…1) of those judged who met each criterion, first attempts in time. Only for PEOPLE or more each."""

    shares: Mapping[str, float]

    def how_many(self, criterion: str) -> HowMany | None:
        """None for a criterion on which too few could be judged."""
        share = self.shares.get(criterion)
        if share is None:
            return None
        if share > 2 / 3:
            return HowMany.MOST
        return HowMany.FEW if share < 1 / 3 else HowMany.SOME

    @property
    def missed(self) -> bool:
        """Whether some criterion was not met by many."""
        return any(share <= 1 - MISSED_BY for share in self.shares.values())


def pattern_of(judged: Mapping[str, int], met: Mapping[str, int]) -> Pattern | None:
    """From distinct people by criterion. None when fewer than PEOPLE were judged on everything."""
    shares = {criterion: met.get(criterion, 0) / people for criterion, people in judged.items() if people >= PEOPLE}
    return Pattern(shares) if shares else None

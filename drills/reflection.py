"""The Friday reflection of a campaign: one pooled pattern and one question for the team. No names, no scores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from drills.evaluation import LEASE_S
from drills.people import Workspace

FRIDAY = 5  # ISO
AT = time(15)
"""On the team's own clock, when the week is fresh and a late shift has begun; quiet hours and holds put it off."""


class ReflectionState(StrEnum):
    """planned → posting → posted | failed."""

    PLANNED = "planned"
    POSTING = "posting"
    POSTED = "posted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reflection:
    """One for each campaign, team and week (2026-W10)."""

    id: str
    workspace: Workspace
    campaign: str
    team: str
    week: str
    due_at: datetime
    state: ReflectionState = ReflectionState.PLANNED
    claimed_at: datetime | None = None
    tries: int = 0

    def may_claim(self, now: datetime) -> bool:
        if self.state is ReflectionState.POSTING:
            return self.claimed_at is None or (now - self.claimed_at).total_seconds() > LEASE_S
        return self.state is ReflectionState.PLANNED and self.due_at <= now

    def claim(self, now: datetime) -> Reflection:
        return replace(self, state=ReflectionState.POSTING, claimed_at=now, tries=self.tries + 1)

    def ended(self, state: ReflectionState) -> Reflection:
        return replace(self, state=state, claimed_at=None)

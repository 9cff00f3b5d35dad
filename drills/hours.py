"""When one person is left alone: in the team's quiet hours by the team's clock, and in the same hours by their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from drills.campaign import TeamClock


@dataclass(frozen=True, slots=True)
class Hours:
    """Every clock that holds for a person; quiet is what is quiet by any of them."""

    clocks: tuple[TeamClock, ...]

    @classmethod
    def of(cls, team: TeamClock, tz: str | None) -> Hours:
        """`tz` is the person's own zone; None where they live by the team's."""
        own = TeamClock(ZoneInfo(tz), team.quiet) if tz else team
        return cls((team,) if own.zone.key == team.zone.key else (team, own))

    def awake(self, since: datetime, until: datetime) -> datetime | None:
        """The first moment of [since, until) that is not quiet; None where there is none."""
        at: datetime | None = since
        while at is not None and at < until:
            woken = self._awake_once(at)
            if woken == at:
                return at
            at = woken
        return None

    def _awake_once(self, at: datetime) -> datetime | None:
        """By each clock once: where one's quiet hours end, another's may hold."""
        for clock in self.clocks:
            woken = clock.awake(at)
            if woken is None:
                return None
            at = woken
        return at

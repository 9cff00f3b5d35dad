"""When one person is left alone: in the team's quiet hours by the team's clock, and in the same hours by their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from drills.campaign import TeamClock


@dataclass(frozen=True, slots=True)
class Hours:
    """Every clock that holds for a person; quiet is what is quiet by any of them."""

    clocks: tuple[TeamClock, ...]

    @classmethod
    def of(cls, team: TeamClock, tz: str | None) -> Hours:
        """`tz` is the person's own zone; None, and one that is known no more: they live by the team's."""
        zone = _zone(tz) if tz else None
        if zone is None or zone.key == team.zone.key:
            return cls((team,))
        return cls((team, TeamClock(zone, team.quiet)))

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


def _zone(tz: str) -> ZoneInfo | None:
    """Zone data is renewed, and a name may go with it: nobody's reminders may stop for that."""
    try:
        return ZoneInfo(tz)
    except ZoneInfoNotFoundError:
        return None

"""A team's clock: which moment a wall-clock time is, whatever the zone does to it, and when the team is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from drills.people import QuietHours

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_MOST_ROUNDS = 6  # quiet hours that follow one another; more leave no time at all


@dataclass(frozen=True, slots=True)
class TeamClock:
    """The zone and every quiet span that holds for a team (the campaign's and its own)."""

    zone: ZoneInfo
    quiet: tuple[QuietHours, ...] = ()

    def instant(self, wall: datetime) -> datetime:
        """The first moment, in UTC, at which the team's clocks show `wall`.

        A repeated hour gives its first pass. A time that clocks skip gives the first moment after the gap.
        """
        found = wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)
        return found if self.wall(found) == wall else self._gap_end(wall, found)

    def wall(self, at: datetime) -> datetime:
        """What the team's clocks show then, without a zone."""
        return at.astimezone(self.zone).replace(tzinfo=None, fold=0)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def quiet_at(self, at: datetime) -> QuietHours | None:
        """The quiet hours that hold then, or None."""
        if not self.quiet:
            return None
        time = self.wall(at).time()
        return next((quiet for quiet in self.quiet if quiet.cover(time)), None)

    def awake(self, at: datetime) -> datetime | None:
        """`at`, or the first moment after it without quiet hours; None when they never end."""
        for _ in range(_MOST_ROUNDS):
            quiet = self.quiet_at(at)
            if quiet is None:
                return at
            at = self._end_of(quiet, at)
        return None

    def quiet_spans(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Spans of [since, until) that are quiet, in order; those of different quiet hours may overlap."""
        for quiet in self.quiet:
            day = self.day(since) - _DAY
            while day <= self.day(until):
                begin = self.instant(datetime.combine(day, quiet.start))
                end = self._end_of(quiet, begin)
                if begin < until and end > since:
                    yield max(begin, since), min(end, until)
                day += _DAY

    def _end_of(self, quiet: QuietHours, at: datetime) -> datetime:
        wall = self.wall(at)
        end = datetime.combine(wall.date(), quiet.end)
        end += _DAY if end <= wall else timedelta()
        found = self.instant(end)
        return found if found > at else end.replace(tzinfo=self.zone, fold=1).astimezone(UTC)

    def _gap_end(self, wall: datetime, after: datetime) -> datetime:
        """In a gap, fold 0 lands after the change and fold 1 before it (PEP 495); the change is found in between."""
        before = wall.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        old = before.astimezone(self.zone).utcoffset()
        while after - before > _SECOND:
            middle = before + (after - before) // (2 * _SECOND) * _SECOND
            if middle.astimezone(self.zone).utcoffset() == old:
                before = middle
            else:
                after = middle
        return after

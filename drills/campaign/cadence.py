"""How often: one or more cron lines, read as wall-clock times. Zones come later, so a cron line knows no DST."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from cronsim import CronSim, CronSimError

from drills.campaign.cron_faults import cron_fault

FIELDS = 5
_MINUTE = timedelta(minutes=1)


class BadCadence(ValueError):
    """No cadence can be read from this; the message is a sentence for its author."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """Cron lines of five fields (minute, hour, day of month, month, day of week), as Debian's cron reads them."""

    crons: tuple[str, ...]

    @classmethod
    def cron(cls, *lines: str) -> Cadence:
        """Raises BadCadence."""
        for line in lines:
            _check(line)
        return cls(lines)

    def walls(self, since: date, until: date | None = None) -> Iterator[datetime]:
        """Wall-clock times from the first moment of `since` to the last of `until`, each once, in order."""
        for wall in self.after(datetime.combine(since, time()) - _MINUTE):
            if until is not None and wall.date() > until:
                return
            yield wall

    def after(self, wall: datetime) -> Iterator[datetime]:
        """Wall-clock times that are later than this one, each once, in order."""
        last: datetime | None = None
        for found in heapq.merge(*(_after(line, wall) for line in self.crons)):
            if found != last:
                yield found
            last = found


def _after(line: str, wall: datetime) -> Iterator[datetime]:
    """Ends after 50 years of nothing."""
    following = _following(line, wall.replace(second=0, microsecond=0))
    while following is not None:
        yield following
        following = _following(line, following)


@lru_cache(maxsize=16_384)
def _following(line: str, minute: datetime) -> datetime | None:
    """Remembered, since many teams ask the same: a wall-clock time has no zone, and a cron line no memory.

    Naive datetimes: cronsim leaves daylight saving alone when there is no zone.
    """
    return next(CronSim(line, minute), None)


def _check(line: str) -> None:
    fields = line.split()
    if len(fields) != FIELDS:
        raise BadCadence(
            f"A cron line has five fields (minute, hour, day of month, month, day of week) and this has {len(fields)}."
        )
    try:
        next(CronSim(line, datetime(2024, 1, 1)), None)  # noqa: DTZ001  # wall-clock time, no zone on purpose
    except CronSimError as error:
        raise BadCadence(cron_fault(line)) from error

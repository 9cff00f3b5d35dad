"""How often: one or more cron lines, read as wall-clock times. Zones come later, so a cron line knows no DST."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cronsim import CronSim, CronSimError

FIELDS = 5
_MINUTE = timedelta(minutes=1)
_FIELD_WORDS = ("minute", "hour", "day-of-month", "month", "day-of-week")


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
        last: datetime | None = None
        for wall in heapq.merge(*(_walls(line, since) for line in self.crons)):
            if until is not None and wall.date() > until:
                return
            if wall != last:
                yield wall
            last = wall


def _walls(line: str, since: date) -> Iterator[datetime]:
    """Naive datetimes: cronsim leaves daylight saving alone when there is no zone. Ends after 50 years of nothing."""
    return CronSim(line, datetime.combine(since, time()) - _MINUTE)


def _check(line: str) -> None:
    fields = line.split()
    if len(fields) != FIELDS:
        raise BadCadence(
            f"A cron line has five fields (minute, hour, day of month, month, day of week) and this has {len(fields)}."
        )
    try:
        next(CronSim(line, datetime(2024, 1, 1)), None)  # noqa: DTZ001  # wall-clock time, no zone on purpose
    except CronSimError as error:
        raise BadCadence(_sentence(str(error))) from error


def _sentence(error: str) -> str:
    field = next((word for word in _FIELD_WORDS if word in error), None)
    if field is None:
        return "This is no cron line. An example: 0 14 * * TUE,THU."
    return f"The {field.replace('-', ' ')} of this cron line can't be read. An example: 0 14 * * TUE,THU."

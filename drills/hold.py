"""A surge hold: for some hours a team is left alone, and no count suffers from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drills.people import Workspace

LONGEST = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Hold:
    """[begins, ends), both moments. `by` is who asked, for the log; a new hold of the team takes the place of this one.

    `settled`: its end was noticed, and the team's cards were drawn again.
    """

    id: str
    workspace: Workspace
    team: str
    begins: datetime
    ends: datetime
    by: str
    settled: bool = False

    def covers(self, now: datetime) -> bool:
        return self.begins <= now < self.ends


def holding(holds: Iterable[Hold], now: datetime) -> Hold | None:
    """The one that ends last of those that hold now."""
    return max((hold for hold in holds if hold.covers(now)), key=lambda hold: hold.ends, default=None)


def outside(spans: Sequence[tuple[datetime, datetime]], since: datetime, until: datetime) -> timedelta:
    """How much of [since, until) lies in none of the spans, however they overlap."""
    free, at = timedelta(), since
    for begin, end in sorted(spans):
        free += max(timedelta(), min(begin, until) - at)
        at = max(at, min(end, until))
    return free + max(timedelta(), until - at)

"""A slot: the moment that a campaign has for a team, what it carries, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class SlotStatus(StrEnum):
    """`moved` happens at another time than the cadence says, `dropped` does not happen; both say why."""

    PLANNED = "planned"
    MOVED = "moved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a wall-clock time of the cadence comes to lie. A dropped one lies where it would have been.

    `wall` is what the cadence says, without a zone: with campaign and team it names the slot for good, whatever
    happens to zones and clocks. `at` is UTC, `local` the same moment on the team's clock.
    """

    wall: datetime
    at: datetime
    local: datetime
    status: SlotStatus = SlotStatus.PLANNED
    reason: str = ""

    @property
    def happens(self) -> bool:
        return self.status is not SlotStatus.DROPPED

    @property
    def week(self) -> str:
        return week_of(self.local.date())


@dataclass(frozen=True, slots=True)
class Slot:
    """A landing with its team and drill."""

    campaign: str
    team: str
    landing: Landing
    drill: str
    variant: str


def slot_name(wall: datetime) -> str:
    """What a slot is called in rows: "2026-03-10T14:00"."""
    return wall.isoformat(timespec="minutes")


def week_of(day: date) -> str:
    """Monday to Sunday: "2026-W11"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"

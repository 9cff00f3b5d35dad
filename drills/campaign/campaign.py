"""A campaign: drills over weeks for one or more teams, as its author means it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from drills.campaign.cadence import Cadence
from drills.people import QuietHours
from drills.push import WINDOW


class CampaignState(StrEnum):
    """draft → running ⇄ paused → stopped. A stopped one stays stopped: its rows are history."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Order(StrEnum):
    """`given`: as listed. `spaced`: drills come back as variants. `adaptive`: those that the team missed do."""

    GIVEN = "given"
    SPACED = "spaced"
    ADAPTIVE = "adaptive"


@dataclass(frozen=True, slots=True)
class Reminders:
    """At most `most` for each drill and person: the first `after` the drill opened, each further wait twice as long."""

    most: int = 0
    after: timedelta = timedelta(hours=24)

    def due(self, number: int) -> timedelta:
        """How long after the opening the reminder of this number (from 1) is due: 24 h, 72 h, 168 h …"""
        return self.after * ((1 << number) - 1)


@dataclass(frozen=True, slots=True)
class CampaignTeam:
    """A team as the file names it. An installation's team has its own zone, and both its own quiet hours and these."""

    id: str
    tz: str | None = None
    quiet: QuietHours | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """`starts` and `ends` are days of each team's own calendar, both included; `ends` None goes on until stopped.

    `per_week` counts the drills of all campaigns that reach a team from Monday to Sunday; None is no limit.
    `keep`: feedback goes where it stays. `tz` is for teams that have none.
    """

    id: str
    title: str
    teams: tuple[CampaignTeam, ...]
    cadence: Cadence
    starts: date
    ends: date | None = None
    tz: str | None = None
    quiet: QuietHours | None = None
    window: timedelta = WINDOW
    reminders: Reminders = Reminders()
    per_week: int | None = None
    order: Order = Order.GIVEN
    keep: bool = False
    friday_reflection: bool = False

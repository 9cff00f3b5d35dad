"""How far a campaign has come with one team, and the step that time asks for now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from drills.campaign.campaign import Campaign
from drills.campaign.landing import gives_way, one_at_a_time, upcoming
from drills.campaign.playlist import Entry
from drills.campaign.slot import Landing, SlotStatus
from drills.campaign.wall import TeamClock
from drills.hold import Hold, holding, outside
from drills.people import Team, Workspace

GRACE = timedelta(hours=2)
"""How late a slot may still be sent, not counting holds and quiet hours: after downtime the latest one, or none."""

CourseKey: TypeAlias = tuple[Workspace, str, str]
"""Workspace, campaign and team."""

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Course:
    """`after` is the wall-clock time of the last slot that was decided: it only moves forward, whatever clocks do.

    `next_at` is when to look again, None when nothing is left. `clock` is what it was reckoned with. `shown` counts
    the drills that the team was sent: where it is 0, no row needs to be asked what they were.
    """

    workspace: Workspace
    campaign: str
    team: str
    after: datetime
    next_at: datetime | None
    clock: str = ""
    shown: int = 0

    @property
    def key(self) -> CourseKey:
        return self.workspace, self.campaign, self.team


@dataclass(frozen=True, slots=True)
class Due:
    """A course that wants to be looked at, with everything that a step needs."""

    course: Course
    campaign: Campaign
    playlist: tuple[Entry, ...]
    team: Team


@dataclass(frozen=True, slots=True)
class Step:
    """What time brings: slots that are decided, at most the last of them happening, and when to look again."""

    decided: tuple[Landing, ...]
    next_at: datetime | None

    @property
    def happening(self) -> Landing | None:
        return next((landing for landing in self.decided if landing.happens), None)

    def rank(self, campaign: str) -> tuple[datetime, str]:
        """Who comes first of several campaigns that are looked at together: by the moment, then by the id."""
        return self.happening.at if self.happening else _NEVER, campaign


def step(campaign: Campaign, clock: TeamClock, after: datetime, now: datetime, holds: Sequence[Hold] = ()) -> Step:
    """Decide every slot up to `now` that is not decided yet. During a hold and in quiet hours nothing is decided."""
    return decide(campaign, clock, upcoming(campaign, clock, after), now, holds)


def decide(
    campaign: Campaign, clock: TeamClock, ahead: Iterator[Landing], now: datetime, holds: Sequence[Hold]
) -> Step:
    """The same for slots that are reckoned already: every one that is not decided yet, in order of time."""
    came: list[Landing] = []
    next_at = None
    for landing in ahead:
        if landing.at > now:
            next_at = landing.at
            break
        came.append(landing)
    past = list(one_at_a_time(came))
    latest = next((landing for landing in reversed(past) if landing.happens), None)
    if latest is None:
        return Step(tuple(past), next_at)
    if wait := _must_wait(clock, now, holds):
        return Step((), wait)
    kept = _in_time(campaign, clock, latest, now, holds)
    return Step(tuple(kept if landing is latest else _overtaken(landing, holds) for landing in past), next_at)


def _must_wait(clock: TeamClock, now: datetime, holds: Sequence[Hold]) -> datetime | None:
    """When the team may be written to again; None when it may be now."""
    hold = holding(holds, now)
    if hold is not None:
        return hold.ends
    return clock.awake(now) if clock.quiet_at(now) else None


def _in_time(campaign: Campaign, clock: TeamClock, landing: Landing, now: datetime, holds: Sequence[Hold]) -> Landing:
    """As it happens at last: at its time, at the end of a hold, late within the grace, or not at all."""
    if now - landing.at > GRACE and _late(clock, landing, now, holds) > GRACE:
        hours = f"{GRACE.total_seconds() / 3600:g} hours"
        return gives_way(landing, f"It was missed: later than {hours} after its time it is not sent.")
    return _after_holds(campaign, clock, landing, holds)


def _late(clock: TeamClock, landing: Landing, now: datetime, holds: Sequence[Hold]) -> timedelta:
    spans = [(hold.begins, hold.ends) for hold in holds]
    return outside([*spans, *clock.quiet_spans(landing.at, now)], landing.at, now)


def _after_holds(campaign: Campaign, clock: TeamClock, landing: Landing, holds: Sequence[Hold]) -> Landing:
    """Moved to the moment at which the team could be written to, however late the clock looked."""
    at = landing.at
    while wait := _must_wait(clock, at, holds):
        at = wait
    if at == landing.at:
        return landing
    local = at.astimezone(clock.zone)
    if campaign.ends is not None and local.date() > campaign.ends:
        return gives_way(landing, "The team was on hold, and the campaign is over when that ends.")
    reason = f"{landing.reason} The team was on hold then: moved to its end.".strip()
    return replace(landing, at=at, local=local, status=SlotStatus.MOVED, reason=reason)


def _overtaken(landing: Landing, holds: Sequence[Hold]) -> Landing:
    if not landing.happens:
        return landing
    if holding(holds, landing.at):
        return gives_way(landing, "The team was on hold then, and a later slot was due when that ended.")
    return gives_way(landing, "It was missed: a later slot was due by then.")

"""How far a campaign has come with one team, and the step that time asks for now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drills.campaign.campaign import Campaign
from drills.campaign.landing import landings
from drills.campaign.playlist import Entry
from drills.campaign.slot import Landing, SlotStatus
from drills.campaign.wall import TeamClock
from drills.hold import Hold, holding, outside
from drills.people import Team, Workspace

GRACE = timedelta(hours=2)
"""How late a slot may still be sent, not counting holds and quiet hours: after downtime the latest one, or none."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Course:
    """`after` is the wall-clock time of the last slot that was decided: it only moves forward, whatever clocks do.

    `next_at` is when to look again, None when nothing is left. `clock` is what it was reckoned with. `shown` counts
    the drills that the team was sent.
    """

    workspace: Workspace
    campaign: str
    team: str
    after: datetime
    next_at: datetime | None
    clock: str = ""
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A course that wants to be looked at, with everything that a step needs."""

    course: Course
    campaign: Campaign
    playlist: tuple[Entry, ...]
    team: Team
    hash: str


@dataclass(frozen=True, slots=True)
class Step:
    """What time brings: slots that are decided, at most the last of them happening, and when to look again."""

    decided: tuple[Landing, ...]
    next_at: datetime | None

    @property
    def happening(self) -> Landing | None:
        return next((landing for landing in self.decided if landing.happens), None)


def step(campaign: Campaign, clock: TeamClock, after: datetime, now: datetime, holds: Sequence[Hold] = ()) -> Step:
    """Decide every slot up to `now` that is not decided yet. During a hold and in quiet hours nothing is decided."""
    upcoming = (one for one in landings(campaign, clock, after.date() - _DAY) if one.wall > after)
    past: list[Landing] = []
    following: Landing | None = None
    for landing in upcoming:
        if landing.at > now:
            following = landing
            break
        past.append(landing)
    next_at = following.at if following else None
    latest = next((landing for landing in reversed(past) if landing.happens), None)
    if latest is None:
        return Step(tuple(past), next_at)
    if wait := _must_wait(clock, now, holds):
        return Step((), wait)
    kept = _in_time(latest, clock, now, holds)
    return Step(tuple(kept if landing is latest else _overtaken(landing) for landing in past), next_at)


def _must_wait(clock: TeamClock, now: datetime, holds: Sequence[Hold]) -> datetime | None:
    """When the team may be written to again; None when it may be now."""
    hold = holding(holds, now)
    if hold is not None:
        return hold.ends
    return clock.awake(now) if clock.quiet_at(now) else None


def _in_time(landing: Landing, clock: TeamClock, now: datetime, holds: Sequence[Hold]) -> Landing:
    spans = [(hold.begins, hold.ends) for hold in holds]
    late = outside([*spans, *clock.quiet_spans(landing.at, now)], landing.at, now)
    if late <= GRACE:
        return landing
    return _missed(landing, f"Missed: later than {GRACE.total_seconds() / 3600:g} hours after its time it is not sent.")


def _overtaken(landing: Landing) -> Landing:
    return _missed(landing, "Missed: a later slot was due by then.") if landing.happens else landing


def _missed(landing: Landing, reason: str) -> Landing:
    return replace(landing, status=SlotStatus.DROPPED, reason=f"{landing.reason} {reason}".strip())

"""From the cadence's wall-clock times to moments: gaps, quiet hours, the last day, and two slots at one time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from drills.campaign.campaign import Campaign
from drills.campaign.slot import Landing, SlotStatus
from drills.campaign.wall import TeamClock

_MINUTE = timedelta(minutes=1)
_MOVED = re.compile(r": moved to (their|its) end\.")


def landings(campaign: Campaign, clock: TeamClock, since: date, until: date | None = None) -> Iterator[Landing]:
    """In order of time, for the cadence's days from `since` to `until` within the campaign, each day included."""
    last = campaign.ends if until is None else min(until, campaign.ends or until)
    walls = campaign.cadence.walls(max(since, campaign.starts), last)
    yield from one_at_a_time(_landing(campaign, clock, wall) for wall in walls)


def upcoming(campaign: Campaign, clock: TeamClock, after: datetime) -> Iterator[Landing]:
    """Every wall-clock time of the campaign after this one, in order, each for itself (see `one_at_a_time`)."""
    for wall in campaign.cadence.after(max(after, datetime.combine(campaign.starts, time()) - _MINUTE)):
        if campaign.ends is not None and wall.date() > campaign.ends:
            return
        yield _landing(campaign, clock, wall)


def one_at_a_time(found: Iterable[Landing]) -> Iterator[Landing]:
    """Of several at one time the one that was meant for it stays, else the first.

    Time only moves forward from wall to moment, so what is in order by the wall stays in order.
    """
    for _, same_time in groupby(found, key=_moment):
        rivals = list(same_time)
        yield from _one_of(rivals) if len(rivals) > 1 else rivals


def _moment(landing: Landing) -> datetime:
    return landing.at


def _landing(campaign: Campaign, clock: TeamClock, wall: datetime) -> Landing:
    shown = clock.instant(wall)
    at = clock.awake(shown)
    if at is None:
        return _dropped(clock, wall, shown, "Quiet hours leave no time of the day.")
    local = at.astimezone(clock.zone)
    if at is shown and local.replace(tzinfo=None, fold=0) == wall:
        return Landing(wall, at, local)
    if campaign.ends is not None and local.date() > campaign.ends:
        return _dropped(clock, wall, shown, _over(clock, wall, shown))
    reason = " ".join([*_skipped(clock, wall, shown), *_quiet(clock, shown)])
    return Landing(wall, at, local, SlotStatus.MOVED, reason)


def _over(clock: TeamClock, wall: datetime, shown: datetime) -> str:
    """Why the first moment that is left comes after the last day."""
    if clock.quiet_at(shown):
        return f"{wall:%H:%M} is in quiet hours, and the campaign is over when they end."
    return " ".join([*_skipped(clock, wall, shown), "The campaign is over by then."])


def _skipped(clock: TeamClock, wall: datetime, shown: datetime) -> list[str]:
    """A wall-clock time that does not exist."""
    if clock.wall(shown) == wall:
        return []
    after = clock.wall(shown)
    day = "" if after.date() == wall.date() else f"{after:%Y-%m-%d} "
    return [f"{wall:%H:%M} does not exist on {wall:%Y-%m-%d}: clocks skip to {day}{after:%H:%M}."]


def _quiet(clock: TeamClock, shown: datetime) -> list[str]:
    quiet = clock.quiet_at(shown)
    return [f"{clock.wall(shown):%H:%M} is in quiet hours ({quiet}): moved to their end."] if quiet else []


def _one_of(rivals: Sequence[Landing]) -> Iterator[Landing]:
    happening = [landing for landing in rivals if landing.happens]
    stays = next((one for one in happening if one.status is SlotStatus.PLANNED), happening[0] if happening else None)
    for landing in rivals:
        yield landing if landing is stays or not landing.happens else gives_way(landing, _OTHER)


_OTHER = "Another slot of this campaign is there already."


def gives_way(landing: Landing, reason: str) -> Landing:
    """The landing, dropped, with one reason more: where it was to be moved, it does not get there after all."""
    before = _MOVED.sub(r": it would move to \1 end.", landing.reason)
    if before.endswith((" their end.", " its end.")):
        reason = f"{before.removesuffix('.')}, but {reason[0].lower()}{reason[1:]}"
    else:
        reason = f"{before} {reason}".strip()
    return replace(landing, status=SlotStatus.DROPPED, reason=reason)


def _dropped(clock: TeamClock, wall: datetime, at: datetime, reason: str) -> Landing:
    return Landing(wall, at, at.astimezone(clock.zone), SlotStatus.DROPPED, reason)

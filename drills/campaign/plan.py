"""The whole plan of one or more campaigns: every slot of every team, with its drill and its reason."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from drills.campaign.campaign import Campaign
from drills.campaign.landing import landings
from drills.campaign.playlist import Entry, Shown, choose
from drills.campaign.slot import Landing, Slot, SlotStatus
from drills.campaign.wall import TeamClock


@dataclass(frozen=True, slots=True)
class Planned:
    """A campaign with everything that a plan needs: its drills in order, and each team's clock by its id."""

    campaign: Campaign
    playlist: tuple[Entry, ...]
    clocks: Mapping[str, TeamClock]


_LOOK_AHEAD = timedelta(days=2)  # a slot that quiet hours move may meet one of the next day


def plan(planned: Sequence[Planned], until: date) -> list[Slot]:
    """Every slot from each campaign's first day to `until`, by time, then in the order of the campaigns' teams.

    Always from the first day on, so that a part of a plan is the same as that part of the whole. A dropped slot
    keeps its drill for the next one.
    """
    known = _Known(planned, until)
    teams = dict.fromkeys(team for one in planned for team in one.clocks)
    slots = [slot for team in teams for slot in _of_team(team, known) if slot.landing.wall.date() <= until]
    place = {team: number for number, team in enumerate(teams)}
    return sorted(slots, key=lambda slot: (slot.landing.at, place[slot.team], slot.landing.wall))


def over_the_week(landing: Landing, in_week: int, per_week: int | None) -> Landing:
    """The landing, dropped when its week is full."""
    if not landing.happens or per_week is None or in_week < per_week:
        return landing
    drills = "1 drill" if in_week == 1 else f"{in_week} drills"
    reason = f"{landing.reason} The team has {drills} in that week already (per_week: {per_week})."
    return replace(landing, status=SlotStatus.DROPPED, reason=reason.strip())


class _Known:
    """Landings are the same for all teams of a campaign whose clocks are the same."""

    def __init__(self, planned: Sequence[Planned], until: date) -> None:
        self.planned = planned
        self._until = until + _LOOK_AHEAD
        self._landings: dict[tuple[int, TeamClock], list[Landing]] = {}

    def landings(self, number: int, clock: TeamClock) -> list[Landing]:
        if (number, clock) not in self._landings:
            campaign = self.planned[number].campaign
            self._landings[number, clock] = list(landings(campaign, clock, campaign.starts, self._until))
        return self._landings[number, clock]


@dataclass(slots=True)
class _Turn:
    """How far one campaign has come with one team."""

    planned: Planned
    past: list[Shown] = field(default_factory=list)


def _of_team(team: str, known: _Known) -> Iterator[Slot]:
    turns = {number: _Turn(one) for number, one in enumerate(known.planned) if team in one.clocks}
    runs = [
        [(landing.at, number, landing.wall, landing) for landing in known.landings(number, turn.planned.clocks[team])]
        for number, turn in turns.items()
    ]
    in_week: Counter[str] = Counter()
    for _, number, _, landing in heapq.merge(*runs, key=lambda one: one[:3]):
        turn = turns[number]
        kept = over_the_week(landing, in_week[landing.week], turn.planned.campaign.per_week)
        in_week[landing.week] += kept.happens
        yield _slot(team, turn, kept)


def _slot(team: str, turn: _Turn, landing: Landing) -> Slot:
    campaign, day = turn.planned.campaign, landing.local.date()
    pick = choose(campaign.order, turn.planned.playlist, turn.past, day)
    if landing.happens:
        turn.past.append(Shown(pick.entry.drill, pick.variant, day))
    return Slot(campaign.id, team, landing, pick.entry.drill, pick.variant)

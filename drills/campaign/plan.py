"""The whole plan of one or more campaigns: every slot of every team, with its drill and its reason."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from drills.campaign.campaign import Campaign
from drills.campaign.diary import Diary
from drills.campaign.landing import landings
from drills.campaign.playlist import Entry, Past, Shown, choose
from drills.campaign.slot import Landing, Slot
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


class _Known:
    """Landings are the same for all teams of a campaign whose clocks are the same."""

    def __init__(self, planned: Sequence[Planned], until: date) -> None:
        self.planned = planned
        self._until = until + _LOOK_AHEAD
        self._landings: dict[tuple[int, TeamClock], list[Landing]] = {}

    def of(self, number: int, team: str) -> list[Landing]:
        clock = self.planned[number].clocks[team]
        if (number, clock) not in self._landings:
            campaign = self.planned[number].campaign
            self._landings[number, clock] = list(landings(campaign, clock, campaign.starts, self._until))
        return self._landings[number, clock]


@dataclass(slots=True)
class _Turn:
    """How far one campaign has come with one team."""

    planned: Planned
    past: Past = field(default_factory=Past)


def _of_team(team: str, known: _Known) -> Iterator[Slot]:
    turns = {number: _Turn(one) for number, one in enumerate(known.planned) if team in one.clocks}
    runs = [
        [(one.at, turn.planned.campaign.id, one.wall, number, one) for one in known.of(number, team)]
        for number, turn in turns.items()
    ]
    diary = Diary()
    for *_, number, landing in heapq.merge(*runs, key=lambda one: one[:3]):
        turn = turns[number]
        yield _slot(team, turn, diary.enter(landing, turn.planned.campaign.per_week))


def _slot(team: str, turn: _Turn, landing: Landing) -> Slot:
    campaign, day = turn.planned.campaign, landing.local.date()
    pick = choose(campaign.order, turn.planned.playlist, turn.past, day)
    if landing.happens:
        turn.past.add(Shown(pick.entry.drill, pick.variant, day))
    return Slot(campaign.id, team, landing, pick.entry.drill, pick.variant)

"""What campaigns will send from now on: the steps that every tick would take, one after the other, without rows."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from drills.campaign.campaign import Campaign
from drills.campaign.course import Course, Step, decide
from drills.campaign.diary import Diary
from drills.campaign.landing import upcoming
from drills.campaign.lessons import Lesson, missed_at
from drills.campaign.playlist import Entry, Past, Shown, choose
from drills.campaign.slot import Landing, Slot
from drills.campaign.wall import TeamClock
from drills.hold import Hold


@dataclass(frozen=True, slots=True)
class Run:
    """A campaign in one team as it stands: how far it is, what the team had of it, and what can be learnt from that."""

    course: Course
    campaign: Campaign
    playlist: tuple[Entry, ...]
    clock: TeamClock
    past: tuple[Shown, ...] = ()
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything on which the next weeks of some teams depend; by team: when it has drills by week, and its holds."""

    runs: Sequence[Run]
    weeks: Mapping[str, Mapping[str, Iterable[datetime]]] = field(default_factory=dict)
    holds: Mapping[str, Sequence[Hold]] = field(default_factory=dict)


def outlook(standing: Standing, now: datetime, until: date) -> list[Slot]:
    """Every slot that is not decided yet, to the cadence's day `until`, by time, then in the order of the teams.

    It comes about as it stands here unless something happens meanwhile: a pause, a hold, a change, downtime, answers.
    """
    roads = _Roads(standing.runs)
    by_team: dict[str, list[Run]] = {}
    for run in standing.runs:
        by_team.setdefault(run.course.team, []).append(run)
    slots: list[Slot] = []
    for team, runs in by_team.items():
        walk = _Walk(runs, roads, Diary(standing.weeks.get(team)), standing.holds.get(team, ()), until)
        slots += walk.slots(now)
    place = {team: number for number, team in enumerate(by_team)}
    return sorted(slots, key=lambda slot: (slot.landing.at, place[slot.team], slot.landing.wall))


class _Road:
    """The landings of a campaign on one clock, reckoned as far as anybody went."""

    def __init__(self, campaign: Campaign, clock: TeamClock, after: datetime) -> None:
        self._source = upcoming(campaign, clock, after)
        self._landings: list[Landing] = []

    def after(self, wall: datetime) -> int:
        """The place of the first landing that is later by the wall."""
        while not self._landings or self._landings[-1].wall <= wall:
            if not self._more():
                break
        return bisect_right(self._landings, wall, key=lambda landing: landing.wall)

    def at(self, place: int) -> Landing | None:
        while place >= len(self._landings):
            if not self._more():
                return None
        return self._landings[place]

    def ahead(self, place: int) -> Iterator[Landing]:
        while landing := self.at(place):
            yield landing
            place += 1

    def _more(self) -> bool:
        landing = next(self._source, None)
        if landing is not None:
            self._landings.append(landing)
        return landing is not None


class _Roads:
    """One for all teams of a campaign whose clocks are the same."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._first: dict[tuple[str, TeamClock], datetime] = {}
        self._roads: dict[tuple[str, TeamClock], _Road] = {}
        for run in runs:
            key, after = (run.campaign.id, run.clock), run.course.after
            self._first[key] = min(after, self._first.get(key, after))

    def of(self, run: Run) -> _Road:
        key = (run.campaign.id, run.clock)
        if key not in self._roads:
            self._roads[key] = _Road(run.campaign, run.clock, self._first[key])
        return self._roads[key]


@dataclass(slots=True)
class _Turn:
    """How far one run is on its road."""

    run: Run
    road: _Road
    place: int
    past: Past
    lessons: list[Lesson]


@dataclass(slots=True)
class _Walk:
    """A team's way through time, all its campaigns together: what is due first goes first, then by id."""

    runs: Sequence[Run]
    roads: _Roads
    diary: Diary
    holds: Sequence[Hold]
    until: date

    def slots(self, now: datetime) -> Iterator[Slot]:
        turns = [self._turn(run) for run in self.runs]
        queue = [(now, turn.run.campaign.id, number) for number, turn in enumerate(turns)]
        heapq.heapify(queue)
        while queue:
            at = queue[0][0]
            due = []
            while queue and queue[0][0] == at:
                due.append(heapq.heappop(queue)[2])
            steps = [(turns[number], self._step(turns[number], at), number) for number in due]
            for turn, step, _ in sorted(steps, key=lambda one: one[1].rank(one[0].run.campaign.id)):
                yield from self._slots(turn, step.decided, at)
            for turn, step, number in steps:
                if step.next_at is not None and self._goes_on(turn):
                    heapq.heappush(queue, (step.next_at, turn.run.campaign.id, number))

    def _turn(self, run: Run) -> _Turn:
        road = self.roads.of(run)
        return _Turn(run, road, road.after(run.course.after), Past(run.past), list(run.lessons))

    def _step(self, turn: _Turn, now: datetime) -> Step:
        step = decide(turn.run.campaign, turn.run.clock, turn.road.ahead(turn.place), now, self.holds)
        turn.place += len(step.decided)
        return step

    def _goes_on(self, turn: _Turn) -> bool:
        following = turn.road.at(turn.place)
        return following is not None and following.wall.date() <= self.until

    def _slots(self, turn: _Turn, decided: Sequence[Landing], now: datetime) -> Iterator[Slot]:
        run, campaign = turn.run, turn.run.campaign
        missed = missed_at(turn.lessons, now)
        for landing in decided:
            kept = self.diary.enter(landing, campaign.per_week)
            day = kept.local.date()
            pick = choose(campaign.order, run.playlist, turn.past, day, missed)
            if kept.happens:
                turn.past.add(Shown(pick.entry.drill, pick.variant, day))
                turn.lessons.append(Lesson(kept.at + campaign.window, pick.entry.drill))
            if kept.wall.date() <= self.until:
                yield Slot(campaign.id, run.course.team, kept, pick.entry.drill, pick.variant)

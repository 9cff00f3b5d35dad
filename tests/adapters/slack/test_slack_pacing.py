"""Our own pace: never faster than Slack lets us, one workspace never slowed by another, nobody waits for long."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.pacing import CHANNEL, LONGEST_WAIT_S, METHODS, WORKSPACE, Pace, Rate
from drills.errors import TryLater
from drills.people import Workspace

NORTH, SOUTH = Workspace("slack", "T0NORTH"), Workspace("slack", "T0SOUTH")
POST, UPDATE = "chat.postMessage", "chat.update"


class FakeTime:
    """A clock that moves when somebody sleeps, or when told."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def a_pace() -> tuple[Pace, FakeTime]:
    time = FakeTime()
    return Pace(time.now, time.sleep), time


CALLS = st.lists(
    st.tuples(
        st.floats(0, 3),  # how long after the one before
        st.sampled_from([NORTH, SOUTH]),
        st.sampled_from([POST, UPDATE, "chat.postEphemeral", "conversations.history"]),
        st.sampled_from(["C1", "C2", "C3"]),
    ),
    min_size=1,
    max_size=150,
)


def most_in(starts: list[float], rate: Rate) -> bool:
    """Whether no stretch of time holds more than a burst and one more for each interval."""
    starts = sorted(starts)
    return all(
        last - first + 1 <= rate.burst + (starts[last] - starts[first]) / rate.every + 1e-6
        for first in range(len(starts))
        for last in range(first, len(starts))
    )


@settings(deadline=None)
@given(CALLS)
def test_no_budget_is_ever_overdrawn_and_nobody_waits_long(calls: list[tuple[float, Workspace, str, str]]) -> None:
    pace, time = a_pace()
    given_: list[tuple[float, Workspace, str, str]] = []
    for after, workspace, method, channel in calls:
        time.at += after
        start = _start(pace, workspace, method, channel)
        if start > 0:
            assert time.at <= start <= time.at + LONGEST_WAIT_S
            given_.append((start, workspace, method, channel))
    for workspace in (NORTH, SOUTH):
        ours = [call for call in given_ if call[1] == workspace]
        posts = [start for start, _, method, _ in ours if method in {POST, "chat.postEphemeral"}]
        assert most_in(posts, WORKSPACE)
        for channel in ("C1", "C2", "C3"):
            assert most_in([s for s, _, method, c in ours if method == POST and c == channel], CHANNEL)
        for method, rate in METHODS.items():
            assert most_in([start for start, _, m, _ in ours if m == method], rate)


@settings(deadline=None)
@given(CALLS)
def test_a_workspace_feels_nothing_of_another(calls: list[tuple[float, Workspace, str, str]]) -> None:
    both, time = a_pace()
    alone, same_time = a_pace()
    for after, workspace, method, channel in calls:
        time.at += after
        same_time.at = time.at
        together = _start(both, workspace, method, channel)
        if workspace == NORTH:
            assert together == _start(alone, workspace, method, channel)


def _start(pace: Pace, workspace: Workspace, method: str, channel: str) -> float:
    """Below zero: how long one is sent away for."""
    try:
        return pace.book(workspace, method, channel)
    except TryLater as later:
        return -later.retry_after


@settings(deadline=None)
@given(st.integers(1, 200))
def test_a_crowd_is_served_in_turn_and_each_is_sent_away_once_at_most(people: int) -> None:
    pace, time = a_pace()
    waiting = [(time.at, number, 0) for number in range(people)]
    served: list[float] = []
    while waiting:
        waiting.sort()
        at, number, tries = waiting.pop(0)
        time.at = max(time.at, at)
        try:
            served.append(pace.book(NORTH, "chat.postEphemeral"))
        except TryLater as later:
            assert tries == 0
            waiting.append((time.at + later.retry_after, number, tries + 1))
    assert len(served) == people
    assert max(served) - 1000 <= people * METHODS["chat.postEphemeral"].every + LONGEST_WAIT_S


async def test_a_short_wait_is_waited_and_a_long_one_comes_back_as_try_later() -> None:
    pace, time = a_pace()
    for _ in range(CHANNEL.burst + 2):
        await pace.turn(NORTH, POST, "C1")
    assert time.slept == [pytest.approx(1.0), pytest.approx(1.0)]
    for _ in range(2):
        pace.book(NORTH, POST, "C1")
    with pytest.raises(TryLater) as refused:
        await pace.turn(NORTH, POST, "C1")
    assert 2 < refused.value.retry_after <= 4
    assert len(time.slept) == 2


async def test_a_busy_channel_does_not_hold_up_the_others() -> None:
    pace, time = a_pace()
    for _ in range(CHANNEL.burst + 2):
        pace.book(NORTH, POST, "C1")
    await pace.turn(NORTH, POST, "C2")
    await pace.turn(NORTH, UPDATE, "C1")
    assert time.slept == []


async def test_what_slack_asked_for_is_kept_for_that_method_and_workspace_only() -> None:
    pace, time = a_pace()
    pace.pause(NORTH, POST, 30)
    with pytest.raises(TryLater) as refused:
        await pace.turn(NORTH, POST, "C1")
    assert refused.value.retry_after == pytest.approx(30)
    await pace.turn(NORTH, UPDATE, "C1")
    await pace.turn(SOUTH, POST, "C1")
    assert time.slept == []
    time.at += 29
    await pace.turn(NORTH, POST, "C1")
    assert time.slept == [pytest.approx(1.0)]


async def test_a_pause_reaches_those_who_are_waiting_already() -> None:
    pace = Pace()
    for _ in range(CHANNEL.burst):
        await pace.turn(NORTH, POST, "C1")
    waiting = asyncio.create_task(pace.turn(NORTH, POST, "C1"))
    await asyncio.sleep(0)
    pace.pause(NORTH, POST, 60)
    with pytest.raises(TryLater):
        await waiting


async def test_old_channels_are_forgotten() -> None:
    pace, time = a_pace()
    for number in range(12_000):
        time.at += 1
        await pace.turn(NORTH, POST, f"C{number}")
    assert len(pace._buckets) <= 10_001

"""How often sessions begin: never near what Discord allows a day, in turn within a bucket, each shard by itself."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.budget import APART_S, LONGEST_S, PATIENCE_S, RESERVE, Budget, TooManySessions

DAY_S = 86_400.0


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


async def still(_: float) -> None:
    """Those who wait at the same time: nobody's sleep moves another's clock."""


@given(st.floats(0, 0.999), st.integers(1, 16), st.integers(1, 4))
def test_a_loop_of_failures_never_gets_near_the_days_sessions(jitter: float, shards: int, buckets: int) -> None:
    time, spent = Time(), 0
    budget = Budget(time, time.sleep, lambda: jitter)

    async def a_day() -> None:
        nonlocal spent
        budget.told(1_000, DAY_S, buckets=buckets)
        while time.now < 1_000 + DAY_S:
            wait, shard = min((budget.wait_s(shard), shard) for shard in range(shards))
            if wait > PATIENCE_S:
                time.now += wait
                continue
            await budget.spend(shard)
            spent += time.now < 1_000 + DAY_S  # a wait may end in the next day

    asyncio.run(a_day())
    assert spent <= 1_000 - RESERVE


async def test_a_first_session_begins_at_once_and_the_next_ones_ever_later() -> None:
    time = Time()
    budget = Budget(time, time.sleep, lambda: 0.0)
    waits = []
    for _ in range(4):
        waits.append(budget.wait_s())
        await budget.spend()
    assert waits == [0.0, 5.0, 10.0, 20.0]
    with pytest.raises(TooManySessions):
        await budget.spend()


async def test_what_is_left_of_a_day_is_kept_for_who_mends_it_and_the_next_day_brings_all_again() -> None:
    time = Time()
    budget = Budget(time, time.sleep)
    budget.told(RESERVE, 600)
    with pytest.raises(TooManySessions) as wait:
        await budget.spend()
    assert wait.value.retry_after == 600
    time.now += 600
    assert budget.wait_s() == 0.0


@pytest.mark.parametrize(("buckets", "waits"), [(1, [0, 5, 10, 15]), (2, [0, 0, 5, 5]), (16, [0, 0, 0, 0])])
async def test_shards_of_one_bucket_take_turns(buckets: int, waits: list[float]) -> None:
    budget = Budget(Time(), still)
    budget.told(1_000, DAY_S, buckets=buckets)
    found = []
    for shard in range(4):
        found.append(budget.wait_s(shard))
        await budget.spend(shard)
    assert found == waits


async def test_a_shard_that_keeps_failing_waits_alone() -> None:
    time = Time()
    budget = Budget(time, time.sleep, lambda: 0.0)
    for _ in range(8):
        time.now += budget.wait_s(0)
        await budget.spend(0)
    time.now += APART_S
    assert budget.wait_s(0) > PATIENCE_S
    assert budget.wait_s(1) == 0.0


async def test_the_last_sessions_of_a_day_are_spread_over_what_is_left_of_it() -> None:
    time = Time()
    budget = Budget(time, time.sleep)
    budget.told(RESERVE + 100, 50_000)
    begun = []
    for shard in range(4):
        time.now += budget.wait_s(shard)
        await budget.spend(shard)
        begun.append(time.now)
    assert all(later - earlier >= 500 for earlier, later in pairwise(begun))
    assert begun[-1] - begun[0] < 4 * (500 + LONGEST_S)

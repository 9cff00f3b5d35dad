"""What every memory promises of leases, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from contracts.remembered import NOW

from drills.ports import Memory

LATER = NOW + timedelta(seconds=30)


async def _take(memory: Memory, holder: str, at: int = 0) -> bool:
    now = NOW + timedelta(seconds=at)
    async with memory.begin() as work:
        return await work.leases.take("gateway", holder, now, now + timedelta(seconds=30))


async def test_one_holder_has_it_and_may_go_on_having_it(memory: Memory) -> None:
    assert await _take(memory, "one")
    assert await _take(memory, "one", at=10)
    assert not await _take(memory, "two", at=20)


async def test_who_does_not_ask_in_time_loses_it(memory: Memory) -> None:
    assert await _take(memory, "one")
    assert await _take(memory, "two", at=30)
    assert not await _take(memory, "one", at=31)


async def test_what_is_given_back_is_free_at_once_and_only_its_holder_gives_it_back(memory: Memory) -> None:
    assert await _take(memory, "one")
    async with memory.begin() as work:
        await work.leases.free("gateway", "two")
    assert not await _take(memory, "two")
    async with memory.begin() as work:
        await work.leases.free("gateway", "one")
    assert await _take(memory, "two")


async def test_of_many_that_ask_at_once_one_gets_it(memory: Memory) -> None:
    got = await asyncio.gather(*(_take(memory, f"process-{number}") for number in range(6)))
    assert sorted(got) == [False] * 5 + [True]

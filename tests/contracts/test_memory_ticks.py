"""What every memory promises of the learners' own ticks, on both databases."""

from __future__ import annotations

from datetime import timedelta

from contracts.remembered import ELSEWHERE, NINA, NOW, OMAR, ROOM, WARD, a_push, answer, post, settle

from drills.ports import Memory

DAY = timedelta(days=1)


async def test_a_tick_stays_until_it_is_taken_back(memory: Memory) -> None:
    await _answered(memory)
    async with memory.begin() as work:
        assert await work.ticks.of(ROOM, "a1") == set()
        await work.ticks.put(ROOM, "a1", "numbers", NOW)
        await work.ticks.put(ROOM, "a1", "background", NOW)
    async with memory.begin() as work:
        assert await work.ticks.of(ROOM, "a1") == {"numbers", "background"}
        await work.ticks.take_back(ROOM, "a1", "numbers")
    async with memory.read() as work:
        assert await work.ticks.of(ROOM, "a1") == {"background"}


async def test_ticking_twice_and_taking_back_what_is_not_there_change_nothing(memory: Memory) -> None:
    await _answered(memory)
    async with memory.begin() as work:
        await work.ticks.put(ROOM, "a1", "numbers", NOW)
        await work.ticks.put(ROOM, "a1", "numbers", NOW + DAY)
        await work.ticks.take_back(ROOM, "a1", "background")
        assert await work.ticks.of(ROOM, "a1") == {"numbers"}


async def test_ticks_belong_to_one_evaluation_in_one_workspace(memory: Memory) -> None:
    await _answered(memory)
    async with memory.begin() as work:
        await work.ticks.put(ROOM, "a1", "numbers", NOW)
        await work.ticks.put(ROOM, "a2", "background", NOW)
        await work.ticks.take_back(ROOM, "a2", "numbers")
        await work.ticks.take_back(ELSEWHERE, "a1", "numbers")
    async with memory.read() as work:
        assert await work.ticks.of(ROOM, "a1") == {"numbers"}
        assert await work.ticks.of(ROOM, "a2") == {"background"}
        assert await work.ticks.of(ELSEWHERE, "a1") == set()


async def test_a_tick_changes_neither_the_evaluation_nor_the_boards_figures(memory: Memory) -> None:
    await _answered(memory)
    async with memory.read() as work:
        before = await work.evaluations.get(ROOM, "a1"), await work.boards.records(ROOM, NOW - DAY, NOW + DAY)
    async with memory.begin() as work:
        await work.ticks.put(ROOM, "a1", "numbers", NOW)
    async with memory.read() as work:
        after = await work.evaluations.get(ROOM, "a1"), await work.boards.records(ROOM, NOW - DAY, NOW + DAY)
    assert after == before
    assert any(person.drills for team in after[1] for person in team.people)


async def _answered(memory: Memory) -> None:
    """Practice feedback for two people."""
    push = a_push()
    async with memory.begin() as work:
        await settle(work, WARD, push)
    await post(memory, push, NINA, OMAR)
    for id_, person in (("a1", NINA), ("a2", OMAR)):
        await answer(memory, id_, push.id, person, outcome=None, practice=True)

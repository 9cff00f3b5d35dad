"""What every memory promises of the tripwire's alarms, on both databases."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from contracts.remembered import ELSEWHERE, NOW, ROOM, WARD, a_push, settle

from drills.ports import Memory
from storage.memory import SqlMemory
from storage.tables import tripwires


async def test_alarms_are_counted_by_kind_from_a_moment_on(memory: Memory) -> None:
    push = a_push()
    async with memory.begin() as work:
        await settle(work, WARD, push)
        await work.tripwires.note(push, ["phone", "name"], NOW)
        await work.tripwires.note(push, ["phone"], NOW)
        await work.tripwires.note(push, ["email"], NOW - timedelta(days=1))
    async with memory.read() as work:
        assert await work.tripwires.of(ROOM, NOW) == {"phone": 2, "name": 1}
        assert await work.tripwires.of(ROOM, NOW - timedelta(days=1)) == {"phone": 2, "name": 1, "email": 1}
        assert await work.tripwires.of(ELSEWHERE, NOW) == {}


async def test_an_alarm_has_room_for_no_text_and_no_person(sqlite_memory: SqlMemory) -> None:
    async with sqlite_memory.read() as work:
        columns = await work.connection.run_sync(lambda c: {x["name"] for x in sa.inspect(c).get_columns("tripwires")})
    assert columns == set(tripwires.c.keys()) == {"id", "workspace", "push", "at", "kinds"}

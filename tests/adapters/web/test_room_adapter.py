"""The room as the program finds it: only when asked for, and out of the way when the program stops."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import aiohttp
import pytest
from room_house import ADA, NOW, RoomHouse, room_house
from scripted_inbox import ScriptedInbox

from adapters import Parts, discover
from drills.ports import Memory


def platforms(memory: Memory, settings: dict[str, str]) -> list[str]:
    parts = Parts(settings, memory, ScriptedInbox().receive, lambda: NOW)
    return [adapter.chat.platform for adapter in discover(parts)]


async def test_room_is_there_only_when_it_is_asked_for(room: RoomHouse) -> None:
    assert "room" in platforms(room.memory, {"room": "True"})
    assert "room" not in platforms(room.memory, {})


async def test_open_page_does_not_hold_up_the_end(
    tmp_path: Path, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with room_house(tmp_path) as house:
        stream = await http.get(house.seat(ADA) + "/events")
        await asyncio.sleep(0.2)
        started = time.monotonic()
    assert time.monotonic() - started < 0.9  # the server's own patience is one second
    assert caplog.messages == []
    stream.close()

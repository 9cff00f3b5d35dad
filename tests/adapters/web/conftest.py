"""A running room and a client that speaks HTTP to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from room_house import RoomHouse, room_house


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[RoomHouse]:
    async with room_house(tmp_path, hosts=("readback.example",)) as house:
        yield house


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session

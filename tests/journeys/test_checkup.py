"""`/drill doctor` when our own database is away: whoever asked hears that, and waits for nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from empty_database import a_memory

from drills.chat.inbound import Asked, Profile
from drills.chat.plain import plain
from drills.installation import Finding
from drills.journeys.checkup import Checkup
from drills.people import PersonRef, Place, Workspace
from storage.outages import MemoryBusy

NORTH = Workspace("discord", "123456789012345678")


@pytest.mark.parametrize("admin", [True, False])
async def test_a_database_that_is_away_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, admin: bool
) -> None:
    memory = await a_memory(tmp_path / "checkup.db")
    monkeypatch.setattr(memory, "read", _away)
    asked = Asked("k1", PersonRef(NORTH, "ada"), Place(NORTH, "5-west"), "doctor", profile=Profile(admin=admin))
    card = await Checkup(memory, _all_well, "Whoever manages this server can ask.").card(asked)
    assert MemoryBusy.tell in plain(card)
    await memory.close()


@asynccontextmanager
async def _away() -> AsyncIterator[None]:
    raise MemoryBusy("the database is busy or gone")
    yield


async def _all_well(_: Workspace) -> Sequence[Finding]:
    return [Finding("discord North", True, "the bot is there")]

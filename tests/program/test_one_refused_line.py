"""One part that can't go on ends the whole program, in its order: the page too, without a trace of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from empty_database import an_empty_database
from fake_discord.discord_server import FakeDiscord

from bot.roles import ProcessRole
from bot.settings import load_settings
from bot.wiring import build
from drills.errors import OursToFix


async def test_a_token_that_discord_refuses_ends_the_page_in_order(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url, stop = await an_empty_database(tmp_path / "readback.db"), asyncio.Event()
    ready: list[str] = []
    async with FakeDiscord() as discord:
        discord.gateway.refuses = 4004
        settings = load_settings(database_url=url, port=0, judge="embedded", **discord.settings())
        async with build(settings) as program:
            roles = frozenset(ProcessRole) - {ProcessRole.SLACK}
            with pytest.raises(ExceptionGroup) as ended:
                await asyncio.wait_for(program.run(roles, stop, ready.append), 20)
    assert [type(error).__mro__[1] for error in ended.value.exceptions] == [OursToFix]
    assert "DISCORD_TOKEN" in str(ended.value.exceptions[0])
    assert ready
    assert [record.message for record in caplog.records if record.exc_info] == []

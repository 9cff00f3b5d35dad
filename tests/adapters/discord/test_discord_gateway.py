"""The line to Discord: lost in every way there is and held again, or refused with a sentence.

The adapter alone, against a fake gateway.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest
from connected import running
from discord_drill import a_drill
from discord_line import quickly, still_answers, until
from discord_scene import Scene, an_adapter, discord_scene
from empty_database import a_memory
from fake_discord.discord_paths import GATEWAY, ME
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Person
from fake_discord.discord_trouble import status
from scripted_inbox import ScriptedInbox

from drills.chat.inbound import Typed
from drills.errors import OursToFix

CONTENT = 1 << 15


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)


@pytest.fixture
async def bed(tmp_path: Path) -> AsyncIterator[Scene]:
    async with discord_scene(tmp_path) as made:
        made.discord.patience_s = 15.0  # of a busy machine; its own line is what is tried here
        yield made


async def test_a_line_that_discord_cuts_is_resumed_and_what_happened_meanwhile_arrives(bed: Scene) -> None:
    message = await a_drill(bed)
    await bed.discord.gateway.closes(4000)
    await bed.discord.writes_directly(bed.ada, "are you there?")
    await bed.discord.connected()
    await bed.discord.settled()
    assert [came.text for came in bed.inbox.came if isinstance(came, Typed)] == ["are you there?"]
    assert (len(bed.discord.gateway.identifies), len(bed.discord.gateway.resumes)) == (1, 1)
    await still_answers(bed, message)


async def test_a_gateway_that_is_not_there_at_the_start_is_tried_again(tmp_path: Path) -> None:
    async with discord_scene(tmp_path, run=False) as scene:
        scene.discord.gateway.unreachable = True
        run = asyncio.create_task(scene.adapter.run())
        await until(lambda: scene.discord.gateway.turned_away > 1)
        assert not run.done()
        scene.discord.gateway.unreachable = False
        await scene.discord.connected()
        run.cancel()
        await asyncio.wait({run})


async def test_a_line_that_breaks_without_a_word_is_resumed(bed: Scene) -> None:
    message = await a_drill(bed)
    bed.discord.gateway.breaks_off()
    await bed.discord.connected(within=20)
    await still_answers(bed, message)


async def test_discord_may_ask_to_come_again(bed: Scene) -> None:
    message = await a_drill(bed)
    await bed.discord.gateway.asks_to_reconnect()
    await until(lambda: bool(bed.discord.gateway.resumes))
    await bed.discord.connected()
    await still_answers(bed, message)


async def test_a_session_that_is_gone_begins_anew_and_servers_are_put_right(bed: Scene) -> None:
    message = await a_drill(bed)
    south = bed.discord.empty_guild("South")
    bed.discord.gateway.forgets = True
    await bed.discord.gateway.closes(4000)
    bed.discord.guilds[south.id] = south  # while nobody listened
    south.joins(bed.discord.bot.id)
    await bed.discord.connected(within=20)
    assert len(bed.discord.gateway.identifies) == 2
    await still_answers(bed, message)
    assert {bed.guild.id, south.id} <= await _known(bed, until=south.id)


async def test_a_server_that_is_only_away_for_a_while_stays(bed: Scene) -> None:
    await _known(bed, until=bed.guild.id)
    bed.discord.dispatch("GUILD_DELETE", {"id": bed.guild.id, "unavailable": True}, bed.guild.id)
    await bed.discord.settled(0.2)
    assert bed.guild.id in await _known(bed)


async def test_our_own_and_other_bots_words_are_nobodys(bed: Scene) -> None:
    other = Person(bed.discord.numbers.id(), "Other bot", bot=True)
    bed.discord.people[other.id] = other
    bed.guild.joins(other.id)
    message = await a_drill(bed)
    await bed.discord.types(other.id, bed.ward, "beep", answers=message)
    await bed.discord.settled()
    assert bed.inbox.came == []


async def test_message_content_is_asked_for_where_the_portal_grants_it(tmp_path: Path) -> None:
    async with FakeDiscord(intents=CONTENT) as discord:
        memory = await a_memory(tmp_path / "bed.db")
        async with running(an_adapter(discord.settings(), memory, ScriptedInbox().receive), discord):
            (session,) = discord.gateway.held
            assert session.intents & CONTENT
        await memory.close()


async def test_nothing_privileged_is_asked_for_otherwise(bed: Scene) -> None:
    (session,) = bed.discord.gateway.held
    assert not session.intents & (CONTENT | 1 << 1 | 1 << 8)


async def test_a_wrong_token_ends_it_with_a_sentence_that_does_not_hold_it(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        with pytest.raises(OursToFix, match="DISCORD_TOKEN") as ended:
            await _ends(discord, tmp_path, token="a-wrong-one")
        assert "a-wrong-one" not in str(ended.value)


async def test_an_intent_taken_away_while_it_runs_ends_it_with_a_sentence(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        discord.guild("North")
        ending = asyncio.create_task(_ends(discord, tmp_path))
        await discord.connected()
        discord.gateway.refuses, discord.gateway.forgets = 4014, True
        await discord.gateway.closes(4000)
        with pytest.raises(OursToFix, match="Message Content"):
            await asyncio.wait_for(ending, 20)


async def test_a_discord_that_is_down_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        discord.guild("North")
        discord.trouble(ME, status(503))
        discord.trouble(GATEWAY, status(500))
        memory = await a_memory(tmp_path / "bed.db")
        adapter = an_adapter(discord.settings(), memory, ScriptedInbox().receive)
        run = asyncio.create_task(adapter.run())
        try:
            await discord.connected(within=30)
        finally:
            run.cancel()
            await asyncio.wait({run})
            await adapter.close()
            await memory.close()


async def test_with_no_sessions_left_today_none_is_spent(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with FakeDiscord(budget=10) as discord:
        memory = await a_memory(tmp_path / "bed.db")
        adapter = an_adapter(discord.settings(), memory, ScriptedInbox().receive)
        run = asyncio.create_task(adapter.run())
        await until(lambda: "no line to Discord" in caplog.text)
        run.cancel()
        await asyncio.wait({run})
        await adapter.close()
        await memory.close()
        assert discord.gateway.identifies == []


async def test_a_line_that_keeps_breaking_never_comes_near_the_days_budget(
    bed: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    bed.discord.gateway.forgets = True
    for _ in range(3):
        await bed.discord.connected(within=20)
        await bed.discord.gateway.closes(4000)
    await bed.discord.connected(within=20)
    began = bed.discord.gateway.identifies
    apart = [later - earlier for earlier, later in pairwise(began)]
    assert len(began) == 4
    assert apart[-1] > 0.15  # doubled twice, from 0.05 here


async def _ends(discord: FakeDiscord, folder: Path, token: str = "") -> None:
    memory = await a_memory(folder / "bed.db")
    settings = {**discord.settings(), **({"discord_token": token} if token else {})}
    adapter = an_adapter(settings, memory, ScriptedInbox().receive)
    try:
        async with asyncio.timeout(30):
            await adapter.run()
    finally:
        await adapter.close()
        await memory.close()


async def _known(bed: Scene, until: str = "") -> set[str]:
    """Servers that are written down, once `until` is among them."""
    async with asyncio.timeout(15):
        while True:
            async with bed.memory.read() as work:
                known = {one.workspace.id for one in await work.installations.of("discord")}
            if not until or until in known:
                return known
            await asyncio.sleep(0.02)

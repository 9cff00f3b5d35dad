"""`readback run discord` as a process: told by the environment, driven by Discord alone."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders import a_drill_file
from discord_child import STARTS_WITHIN_S, discord_child
from fake_discord.discord_paths import FOLLOW_UP
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_trouble import unheard

from adapters.discord.commands import commands

DRILL = "sbar-001-night-call"
ANSWER = a_drill_file(DRILL).drill().model_answer.strip()
TITLE = a_drill_file(DRILL).drill().title


class Town:
    def __init__(self, discord: FakeDiscord) -> None:
        self.discord = discord
        discord.patience_s = 15.0  # of a busy machine
        discord.registers(commands())
        north = discord.guild("North")
        self.alma, self.ada = north.person("Alma", admin=True), north.person("Ada")
        self.ward = north.channel("5-west")

    async def sets_up_and_posts(self) -> str:
        discord = self.discord
        await discord.says("drill-admin", "setup", self.alma, self.ward)
        if discord.modal(self.alma) is None:
            card = await discord.soon(self.alma, "Set up this team")
            await discord.clicks(self.alma, card.id, card.buttons[0])
        await discord.submits(self.alma, {"name": "5 West", "zone": "America/Denver", "quiet": ""})
        await discord.soon(self.alma, "5 West is ready")
        await discord.says("drill-admin", f"push {DRILL}", self.alma, self.ward)
        return (await discord.soon(self.ada, TITLE, self.ward)).id

    async def answers(self, card: str) -> None:
        discord = self.discord
        await discord.clicks(self.ada, card, "Answer")
        await discord.modal_soon(self.ada, "Before your first drill")
        await discord.submits(self.ada, {"profession": "nurse"})
        more = next(sight for sight in reversed(discord.sees(self.ada)) if sight.private)
        await discord.clicks(self.ada, more.id, more.buttons[0])
        await discord.modal_soon(self.ada, "What you say to")
        await discord.submits(self.ada, {"words": ANSWER})
        await discord.soon(self.ada, "Reading your reply…")


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with FakeDiscord() as discord:
        yield Town(discord)


async def test_run_discord_lives_on_over_kill_dash_nine_and_prints_nobodys_words(town: Town, tmp_path: Path) -> None:
    async with discord_child(town.discord, tmp_path) as first:
        await town.discord.connected(within=STARTS_WITHIN_S)
        card = await town.sets_up_and_posts()
        town.discord.trouble(FOLLOW_UP, unheard())  # the feedback is ready and waits for its next try
        await town.answers(card)
        await town.discord.settled(0.5)
        await first.stops(signal.SIGKILL)
        assert not any("practice feedback" in sight.text for sight in town.discord.sees(town.ada))
    async with discord_child(town.discord, tmp_path) as second:
        feedback = await town.discord.soon(town.ada, "practice feedback", within=STARTS_WITHIN_S)
        assert feedback.private
        await town.discord.connected(within=STARTS_WITHIN_S)  # without waiting for the killed one's lease
        await town.discord.settled()
        assert await second.stops() == 0
    seen = town.discord.sees(town.ada)
    assert [sight.id for sight in seen if not sight.private] == [card]
    assert len([one for one in seen if "practice feedback" in one.text and "(goes on)" not in one.text]) == 1
    printed = "".join(first.printed + second.printed)
    assert "program.starting" in printed
    assert not any(secret in printed for secret in (*ANSWER.split(". ")[:3], town.discord.token, "Ada"))
    assert "Traceback" not in printed


async def test_a_token_that_discord_refuses_ends_the_program_with_a_sentence(town: Town, tmp_path: Path) -> None:
    async with discord_child(town.discord, tmp_path, DISCORD_TOKEN="a-wrong-one") as ended:
        code = await ended.process.wait()
    assert code not in (0, -signal.SIGKILL)
    assert "DISCORD_TOKEN" in "".join(ended.printed)
    assert "Traceback" not in "".join(ended.printed)
    assert "a-wrong-one" not in "".join(ended.printed)


async def test_a_refused_intent_ends_the_program_with_a_sentence(town: Town, tmp_path: Path) -> None:
    town.discord.gateway.refuses = 4014
    async with discord_child(town.discord, tmp_path) as ended:
        code = await ended.process.wait()
    assert code not in (0, -signal.SIGKILL)
    assert "Message Content" in "".join(ended.printed)
    assert "Traceback" not in "".join(ended.printed)

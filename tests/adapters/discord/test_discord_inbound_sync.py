"""`readback discord sync`: the commands are registered where they differ, and nowhere else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from fake_discord.discord_paths import COMMANDS
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_trouble import refused
from typer.testing import CliRunner

from adapters.discord.commands import commands, hash_of
from adapters.discord.sync import sync
from bot.cli import app
from drills.errors import OursToFix


@pytest.fixture
async def discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as discord:
        monkeypatch.setenv("DISCORD_TOKEN", discord.token)
        monkeypatch.setenv("READBACK_DISCORD_API_BASE", discord.api_base)
        yield discord


async def test_what_differs_is_registered_once_and_named(discord: FakeDiscord) -> None:
    first = await sync(discord.token, discord.api_base)
    again = await sync(discord.token, discord.api_base)
    assert (len(first.changes), first.done) == (3, True)
    assert (again.changes, again.done, again.hash) == ((), False, first.hash)
    assert len(discord.calls_of(COMMANDS)) == 1
    assert hash_of(discord.commands) == hash_of(commands()) == first.hash


async def test_looking_changes_nothing(discord: FakeDiscord) -> None:
    found = await sync(discord.token, discord.api_base, look_only=True)
    assert (len(found.changes), found.done) == (3, False)
    assert discord.calls_of(COMMANDS) == []


async def test_a_refusal_is_a_sentence(discord: FakeDiscord) -> None:
    discord.trouble(COMMANDS, refused(400, 50035))
    with pytest.raises(OursToFix, match="Discord says 50035"):
        await sync(discord.token, discord.api_base)


async def test_the_command_says_what_it_did_and_how_to_add_the_app(discord: FakeDiscord) -> None:
    async def run(*words: str) -> tuple[int, str]:
        result = await asyncio.to_thread(CliRunner().invoke, app, ["discord", "sync", *words])
        return result.exit_code, result.output

    assert (await run("--check"))[0] == 1
    code, said = await run()
    assert code == 0
    assert said.splitlines()[0] == "added /drill"
    assert "permissions=377957239808" in said
    code, said = await run("--check", "--json")
    assert code == 0
    assert json.loads(said)["changes"] == []


def test_without_a_token_the_command_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    result = CliRunner().invoke(app, ["discord", "sync"])
    assert "DISCORD_TOKEN is not set" in str(result.exception)

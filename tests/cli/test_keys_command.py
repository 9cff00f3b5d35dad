"""`readback keys rotate` where a server added the Discord app: that gave us no token, so there is nothing to seal."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from adapters.slack.seal import Seal, new_key
from bot.cli import app
from drills.installation import Installation
from drills.people import Workspace
from storage.memory import open_memory


def test_a_discord_server_keeps_no_old_key_in_use(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = new_key(), new_key()
    sealed = Seal(old).close({"token": "xoxb-made-up"})
    asyncio.run(_save(sqlite_url, {"slack:T1": sealed, "discord:123456789012345678": b""}))
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("READBACK_ENCRYPTION_KEYS", f"{new},{old}")
    done = CliRunner().invoke(app, ["keys", "rotate", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["sealed_anew"], told["unreadable"]) == (["slack:T1"], [])
    assert told["older_keys_may_go"] is True


async def _save(url: str, found: dict[str, bytes]) -> None:
    memory = await open_memory(url)
    async with memory.begin() as work:
        for workspace, sealed in found.items():
            await work.installations.save(Installation(Workspace.parse(workspace), sealed, datetime.now(UTC)))
    await memory.close()

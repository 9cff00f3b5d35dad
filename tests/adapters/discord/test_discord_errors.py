"""Holding the gateway: one process at a time, never too often, and a sentence where nothing but an operator helps."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from connected import running
from discord_scene import Scene, an_adapter, discord_scene

from adapters.discord import gateway
from adapters.discord.shards import Refused
from drills.people import Role, Team


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (4004, "DISCORD_TOKEN"),
        (4010, "report"),
        (4011, "READBACK_DISCORD_GATEWAY_URL"),
        (4013, "Upgrade"),
        (4014, "Message Content"),
    ],
)
async def test_what_only_an_operator_can_mend_ends_with_a_sentence(tmp_path: Path, code: int, says: str) -> None:
    async with discord_scene(tmp_path, run=False) as scene:
        scene.discord.gateway.refuses = code
        with pytest.raises(Refused, match=says):
            await asyncio.wait_for(scene.adapter.run(), 10)
        async with scene.memory.begin() as work:  # the line is free for the next process at once
            assert await work.leases.take(gateway.LEASE, "another", *_now())


async def test_of_two_processes_one_listens_and_the_other_takes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "POLL_S", 0.1)
    async with discord_scene(tmp_path, run=False) as scene:
        second = an_adapter(scene.discord.settings(), scene.memory, scene.inbox.receive)
        async with running(scene.adapter, scene.discord):
            waiting = asyncio.create_task(second.run())
            await asyncio.sleep(0.4)
            assert len(scene.discord.gateway.held) == 1
            assert len(scene.discord.gateway.identifies) == 1
        await scene.discord.connected()
        assert len(scene.discord.gateway.identifies) == 2
        waiting.cancel()
        await asyncio.wait({waiting})
        await second.close()


async def test_whoever_loses_the_lease_stops_listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "RENEW_S", 0.1)
    async with discord_scene(tmp_path) as scene:
        async with scene.memory.begin() as work:
            now, until = _now()
            assert await work.leases.take(gateway.LEASE, "another", until, until + (until - now))
        async with asyncio.timeout(5):
            while scene.discord.gateway.held:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.02)


async def test_a_line_that_breaks_is_resumed_and_what_was_said_meanwhile_is_heard(tmp_path: Path) -> None:
    async with discord_scene(tmp_path) as scene:
        scene.inbox.answers["say"] = None
        await scene.discord.gateway.closes(4000)
        await scene.discord.writes_directly(scene.ben, "Are you there?")
        async with asyncio.timeout(10):
            while not scene.inbox.came:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.02)
        assert len(scene.discord.gateway.identifies) == 1
        assert len(scene.discord.gateway.resumes) == 1


async def test_servers_are_written_down_as_they_come_and_go(tmp_path: Path) -> None:
    async with discord_scene(tmp_path) as scene:
        south = scene.discord.guild("South")
        assert await _installed(scene, {scene.guild.id, south.id})
        scene.discord.removes(south)
        assert await _installed(scene, {scene.guild.id})
        await scene.discord.settled(0.6)  # discord.py has heard of all servers that READY named
        scene.discord.adds(south)
        assert await _installed(scene, {scene.guild.id, south.id})


async def test_what_came_and_went_while_nobody_listened_is_put_right(tmp_path: Path) -> None:
    async with discord_scene(tmp_path, run=False) as scene:
        async with running(scene.adapter, scene.discord):
            assert await _installed(scene, {scene.guild.id})
        gone, south = scene.guild, scene.discord.guild("South")
        scene.discord.removes(gone)
        async with running(an_adapter(scene.discord.settings(), scene.memory, scene.inbox.receive), scene.discord):
            assert await _installed(scene, {south.id})


async def test_the_doctor_names_each_fault_with_the_click_that_mends_it(tmp_path: Path) -> None:
    async with discord_scene(tmp_path) as scene:
        assert await _installed(scene, {scene.guild.id})
        dark, plain = scene.guild.channel("night", denied=1 << 11), scene.guild.channel("day", denied=1 << 15)
        async with scene.memory.begin() as work:
            channels = {"5 West": scene.ward, "Night": dark, "Lost": "99", "Day": plain}
            for id_, (name, channel) in zip("abcd", channels.items(), strict=True):
                await work.teams.save(Team(scene.workspace, id_, name, channel, "UTC", threads=id_ == "a"))
        findings = {finding.what: finding for finding in await scene.adapter.examine()}
        assert findings["discord"].well
        assert "permissions=377957239808" in findings["discord"].says
        assert findings["discord, commands"].well
        assert "Message Content Intent" in findings["discord North, team 5 West"].says
        assert "lacks Send Messages" in findings["discord North, team Night"].says
        assert "is gone" in findings["discord North, team Lost"].says
        assert findings["discord North, team Day"].well  # drills come all the same
        assert "it lacks Attach Files" in findings["discord North, team Day"].says
        scene.discord.registers([])
        findings = {finding.what: finding for finding in await scene.adapter.examine()}
        assert "readback discord sync" in findings["discord, commands"].says


async def test_whoever_manages_the_server_can_ask_the_doctor_there(tmp_path: Path) -> None:
    async with discord_scene(tmp_path) as scene:
        await scene.discord.says("drill-admin", "doctor", scene.ada, scene.ward)
        told = await scene.discord.soon(scene.ada, "registered as in this version")
        assert told.private
        assert scene.alone(scene.ben) == []
        assert scene.inbox.came == []


async def test_the_doctor_speaks_to_a_lead_who_was_named_and_never_joined(tmp_path: Path) -> None:
    async with discord_scene(tmp_path) as scene:
        for command in scene.discord.commands:  # as in Server Settings › Integrations: offered to everybody
            command["default_member_permissions"] = None
        team = Team(scene.workspace, "a", "5 West", scene.ward, "UTC")
        await scene.discord.says("drill-admin", "doctor", scene.ben, scene.ward)
        await scene.discord.soon(scene.ben, "Whoever manages this server or leads a team")
        async with scene.memory.begin() as work:
            await work.teams.save(team)
            await work.appointments.save(team, scene.ben, Role.LEAD)
        await scene.discord.says("drill-admin", "doctor", scene.ben, scene.ward)
        assert (await scene.discord.soon(scene.ben, "the bot may write in #5-west")).private


async def test_the_doctor_says_where_no_team_is_set_up(tmp_path: Path) -> None:
    async with discord_scene(tmp_path) as scene:
        await scene.discord.says("drill-admin", "doctor", scene.ada, scene.ward)
        told = await scene.discord.soon(scene.ada, "No team is set up in this channel yet")
        assert "/drill-admin setup" in told.text


async def test_with_a_wrong_token_the_doctor_says_which_setting(tmp_path: Path) -> None:
    async with discord_scene(tmp_path, {"discord_token": "wrong"}, run=False) as scene:
        (finding,) = await scene.adapter.examine()
        assert not finding.well
        assert "DISCORD_TOKEN" in finding.says


def _now() -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    return now, now + timedelta(seconds=60)


async def _installed(scene: Scene, wanted: set[str]) -> bool:
    for _ in range(250):
        async with scene.memory.read() as work:
            found = {one.workspace.id for one in await work.installations.of("discord")}
        if found == wanted:
            return True
        await asyncio.sleep(0.02)
    return False

"""Several shards: each holds its own servers' session, and what becomes of one is nothing to the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from connected import running
from discord.backoff import ExponentialBackoff
from discord_scene import SlowInbox, a_memory, an_adapter, now
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from made_cards import a_card

from adapters.discord import gateway
from adapters.discord.commands import commands
from adapters.discord.shards import Refused
from drills.chat.inbound import Typed
from drills.installation import Installation
from drills.people import Workspace
from storage.memory import SqlMemory

SHARDS = 3


@dataclass
class Town:
    """One server on each shard, and one person, Ada, in all of them."""

    discord: FakeDiscord
    memory: SqlMemory
    inbox: SlowInbox
    guilds: list[Guild]
    wards: list[str]
    ada: str

    async def answers_in(self, shard: int) -> None:
        """Somebody's command there is heard and answered."""
        heard = len(self.inbox.came)
        await self.discord.says("drill", "help", self.ada, self.wards[shard])
        assert len(self.inbox.came) == heard + 1
        assert self.inbox.came[-1].place.channel == self.wards[shard]

    async def known(self) -> set[str]:
        async with self.memory.read() as work:
            return {one.workspace.id for one in await work.installations.of("discord")}

    async def knows(self, *guilds: Guild) -> None:
        """Exactly these, within a moment."""
        wanted = {guild.id for guild in guilds}
        await until(self.known, lambda known: known == wanted)


async def until(look: Callable[[], object], well: Callable[[object], bool] = bool) -> None:
    async with asyncio.timeout(20):
        while True:
            seen = look()
            if well(await seen if asyncio.iscoroutine(seen) else seen):
                return
            await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.budget.APART_S", 0.1)
    monkeypatch.setattr("adapters.discord.shards.RETRY_S", 0.05)
    monkeypatch.setattr("adapters.discord.errors.RETRY_S", 0.05)
    monkeypatch.setattr("adapters.discord.shards.LOOK_S", 0.05)
    monkeypatch.setattr(gateway, "RETRY_S", 0.05)
    monkeypatch.setattr(gateway, "RENEW_S", 0.1)
    monkeypatch.setattr(gateway, "POLL_S", 0.1)


@asynccontextmanager
async def a_town(folder: Path, *, run: bool = True) -> AsyncIterator[Town]:
    async with FakeDiscord(shards=SHARDS, patience_s=15.0) as discord:
        guilds = [discord.guild(f"Server {shard}", shard) for shard in range(SHARDS)]
        wards = [guild.channel("5-west") for guild in guilds]
        ada = guilds[0].person("Ada")
        for guild in guilds[1:]:
            guild.joins(ada)
        discord.registers(commands())
        memory, inbox = await a_memory(folder / "bed.db"), SlowInbox()
        inbox.answers["say"] = a_card("What Readback is")
        town = Town(discord, memory, inbox, guilds, wards, ada)
        try:
            if not run:
                yield town
                return
            async with running(an_adapter(discord.settings(), memory, inbox.receive), discord):
                await discord.connected(SHARDS)
                yield town
        finally:
            await memory.close()


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path) as made:
        yield made


async def test_every_shard_is_held_and_what_happens_on_each_is_heard(town: Town) -> None:
    assert sorted(one.shard for one in town.discord.gateway.held) == [0, 1, 2]
    assert {one.shards for one in town.discord.gateway.held} == {SHARDS}
    for shard in range(SHARDS):
        await town.answers_in(shard)
    await town.discord.writes_directly(town.ada, "are you there?")
    await town.discord.settled()
    assert [came.text for came in town.inbox.came if isinstance(came, Typed)] == ["are you there?"]


@pytest.mark.parametrize(("buckets", "turns"), [(1, [0, 1, 2]), (3, [0, 0, 0])])
async def test_shards_begin_in_turn_within_a_bucket_and_at_once_in_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, buckets: int, turns: list[int]
) -> None:
    monkeypatch.setattr("adapters.discord.budget.APART_S", 1.0)
    async with a_town(tmp_path, run=False) as town:
        town.discord.max_concurrency, town.discord.gateway.every_s = buckets, 0.9
        async with running(an_adapter(town.discord.settings(), town.memory, town.inbox.receive), town.discord):
            await town.discord.connected(SHARDS)
        began = [at for _, at in town.discord.gateway.began]
        assert [int(at - began[0] + 0.2) for at in began] == turns
        assert len(began) == SHARDS  # Discord took each at its first try


async def test_one_shard_that_is_cut_off_resumes_and_the_others_hear_nothing_of_it(town: Town) -> None:
    others = [one for one in town.discord.gateway.held if one.shard != 1]
    await town.discord.gateway.closes(4000, shard=1)
    await town.answers_in(0)
    await town.answers_in(2)
    await town.discord.connected(SHARDS)
    await town.answers_in(1)
    assert town.discord.gateway.resumed == [1]
    assert len(town.discord.gateway.identifies) == SHARDS
    assert [one for one in town.discord.gateway.held if one.shard != 1] == others


async def test_a_shards_new_session_puts_its_own_servers_right_and_no_others(town: Town) -> None:
    discord = town.discord
    await town.knows(*town.guilds)
    came, gone = discord.empty_guild("Came", shard=1), town.guilds[1]
    await discord.gateway.closes(4009, shard=1)  # while it is away, one server adds the app and one takes it away
    del discord.guilds[gone.id]
    discord.guilds[came.id] = came
    came.joins(discord.bot.id)
    await discord.connected(SHARDS)
    await town.knows(town.guilds[0], came, town.guilds[2])
    assert [shard for shard, _ in discord.gateway.began][SHARDS:] == [1]


async def test_servers_of_a_shard_that_is_still_away_are_not_taken_for_uninstalled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.budget.APART_S", 30.0)  # the others begin long after the first
    async with a_town(tmp_path, run=False) as town:
        async with town.memory.begin() as work:
            for guild in town.guilds[1:]:  # as an earlier process left it
                await work.installations.save(Installation(Workspace("discord", guild.id), b"", now()))
        async with running(an_adapter(town.discord.settings(), town.memory, town.inbox.receive), town.discord):
            await town.knows(*town.guilds)
            assert [one.shard for one in town.discord.gateway.held] == [0]


async def test_a_shard_that_keeps_failing_leaves_the_others_alone(town: Town) -> None:
    discord = town.discord
    for _ in range(4):
        await discord.gateway.closes(4009, shard=2)
        await town.answers_in(0)
        await town.answers_in(1)
        await discord.connected(SHARDS, within=20)
    assert [shard for shard, _ in discord.gateway.began][SHARDS:] == [2] * 4
    apart = [at for shard, at in discord.gateway.began if shard == 2]
    assert apart[-1] - apart[-2] > 2 * (apart[2] - apart[1]) * 0.8


async def test_after_a_network_that_broke_for_a_while_the_session_is_resumed(town: Town) -> None:
    gateway_ = town.discord.gateway
    gateway_.unreachable = True
    gateway_.breaks_off()
    await town.discord.writes_directly(town.ada, "are you there?")
    await asyncio.sleep(0.3)
    gateway_.unreachable = False
    await town.discord.connected(SHARDS, within=20)
    await until(lambda: town.inbox.came)
    assert sorted(gateway_.resumed) == [0, 1, 2]
    assert len(gateway_.identifies) == SHARDS
    assert [came.text for came in town.inbox.came if isinstance(came, Typed)] == ["are you there?"]


async def test_after_an_outage_nobody_waits_for_as_long_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py waits twice as long after each try that failed."""
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 1_000.0)
    monkeypatch.setattr("adapters.discord.shards.LOST_S", 0.2)
    town.discord.gateway.unreachable = True
    town.discord.gateway.breaks_off()
    await asyncio.sleep(0.5)
    town.discord.gateway.unreachable = False
    await town.discord.connected(SHARDS, within=20)
    await town.answers_in(1)


async def test_an_app_that_has_grown_begins_anew_with_as_many_shards_as_discord_wants(town: Town) -> None:
    town.discord.shards = town.discord.least_shards = 4
    await town.discord.gateway.closes(4009, shard=0)
    await until(lambda: [one.shards for one in town.discord.gateway.held] == [4] * 4)
    assert sorted(one.shard for one in town.discord.gateway.held) == [0, 1, 2, 3]


async def test_an_app_that_shrinks_again_begins_anew_with_fewer_shards(town: Town) -> None:
    """As many as were once too few: the process may have run for months in between."""
    town.discord.shards = town.discord.least_shards = 4
    await town.discord.gateway.closes(4009, shard=0)
    await until(lambda: [one.shards for one in town.discord.gateway.held] == [4] * 4)
    town.discord.shards = town.discord.least_shards = SHARDS
    async with town.memory.begin() as work:  # another process has the line for a moment
        (holder,) = (await work.connection.exec_driver_sql("select holder from leases")).scalars()
        await work.leases.free(gateway.LEASE, holder)
        assert await work.leases.take(gateway.LEASE, "another", now(), now() + timedelta(seconds=0.3))
    await until(lambda: [one.shards for one in town.discord.gateway.held] == [SHARDS] * SHARDS)
    await town.answers_in(1)


async def test_where_discord_wants_more_than_it_recommends_a_sentence_says_so(tmp_path: Path) -> None:
    async with a_town(tmp_path, run=False) as town:
        town.discord.least_shards = SHARDS + 1
        adapter = an_adapter(town.discord.settings(), town.memory, town.inbox.receive)
        with pytest.raises(Refused, match="4011"):
            await asyncio.wait_for(adapter.run(), 20)
        await adapter.close()
        assert len(town.discord.gateway.identifies) == 0


async def test_all_shards_are_one_processs_and_the_next_one_takes_over_all_of_them(tmp_path: Path) -> None:
    async with a_town(tmp_path, run=False) as town:
        settings = town.discord.settings()
        first, second = (an_adapter(settings, town.memory, town.inbox.receive) for _ in range(2))
        async with running(first, town.discord):
            await town.discord.connected(SHARDS)
            waiting = asyncio.create_task(second.run())
            await asyncio.sleep(0.5)
            assert len(town.discord.gateway.identifies) == SHARDS
        await town.discord.connected(SHARDS)
        assert len(town.discord.gateway.identifies) == 2 * SHARDS
        await town.answers_in(2)
        waiting.cancel()
        await asyncio.wait({waiting})
        await second.close()

"""A Discord that keeps a worker waiting: it gets its worker back in time, and nothing of it is posted twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from fake_discord.discord_paths import OPEN_DIRECT, POST
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from fake_discord.discord_trouble import Trouble, rate_limited, slow, unheard
from made_cards import a_card, a_drill_card

from adapters.discord import chat as module
from adapters.discord import clients
from adapters.discord.chat import DiscordChat
from adapters.discord.clients import Clients
from drills.chat.cards import Text
from drills.errors import TryLater
from drills.evaluation import LEASE_S
from drills.people import PersonRef, Place, Workspace
from drills.ports import Once, Way

NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
LONG = a_card("All of it", *(Text(f"{n:02d} " + "x" * 700) for n in range(12)))
HOURS = 7200.0
"""After which Discord has forgotten every nonce."""


@dataclass
class Bed:
    discord: FakeDiscord
    guild: Guild
    ada: PersonRef
    here: Place
    ours: Clients
    chat: DiscordChat

    def posted(self) -> list[str]:
        return [message.id for message in self.discord.place(self.here.channel).messages]

    def told(self) -> list[str]:
        return [sight.text for sight in self.discord.sees(self.ada.user) if sight.private]


@pytest.fixture
async def bed() -> AsyncIterator[Bed]:
    async with FakeDiscord() as discord:
        guild = discord.guild("North")
        workspace = Workspace("discord", guild.id)
        ours = Clients(discord.api_base, discord.token)
        ada, here = PersonRef(workspace, guild.person("Ada")), Place(workspace, guild.channel("5-west"))
        await ours.me()
        yield Bed(discord, guild, ada, here, ours, DiscordChat(ours, lambda: NOW))
        await ours.close()


TROUBLES = pytest.mark.parametrize(
    "trouble",
    [slow(20), rate_limited(20), rate_limited(20, everywhere=True)],
    ids=["taken, and never said so", "to wait for", "all to wait for"],
)


@TROUBLES
@pytest.mark.parametrize("later_s", [0.0, HOURS], ids=["at once", "hours later"])
async def test_a_card_whose_call_was_cut_short_is_posted_once(
    bed: Bed, monkeypatch: pytest.MonkeyPatch, trouble: Trouble, later_s: float
) -> None:
    bed.discord.trouble(POST, trouble)
    with monkeypatch.context() as patched:
        patched.setattr(clients, "_CALL_S", 0.3)
        with pytest.raises(TryLater):
            await asyncio.wait_for(bed.chat.post(bed.here, a_drill_card(), Once("push:p1")), 5)
    bed.discord.passes(later_s)
    found = await bed.chat.post(bed.here, a_drill_card(), Once("push:p1", again=True))
    assert bed.posted() == [found.id]


@TROUBLES
async def test_a_long_private_message_is_given_up_before_its_claim_is_anybodys_and_comes_whole_and_once(
    bed: Bed, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    assert clients._CALL_S < module._IN_ALL_S < LEASE_S
    await bed.chat.tell(bed.ada, bed.here, a_card("Hello"), Once("k0"))  # the direct line is open
    began = time.monotonic()
    with monkeypatch.context() as patched:
        patched.setattr(module, "_IN_ALL_S", 0.5)
        bed.discord.trouble(POST, slow(0.1), trouble)
        with pytest.raises(TryLater):
            await bed.chat.tell(bed.ada, bed.here, LONG, Once("k1"))
    assert time.monotonic() - began < 5
    bed.discord.passes(HOURS)
    assert await bed.chat.tell(bed.ada, bed.here, LONG, Once("k1", again=True)) is Way.DIRECT
    _, *told = bed.told()
    assert len(told) == 3
    assert [n for n in range(12) if "".join(told).count(f"{n:02d} x") != 1] == []


async def test_many_calls_that_are_each_in_time_are_not_too_many_together(
    bed: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_IN_ALL_S", 0.4)
    bed.discord.trouble(OPEN_DIRECT, slow(0.2))
    bed.discord.trouble(POST, slow(0.2), slow(0.2))
    with pytest.raises(TryLater):
        await bed.chat.tell(bed.ada, bed.here, LONG, Once("k1"))
    assert len(bed.told()) < 3


async def test_a_card_that_surely_failed_and_then_was_cut_short_is_looked_for(
    bed: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    bed.discord.trouble(POST, rate_limited(600), slow(20))
    with pytest.raises(TryLater):
        await bed.chat.post(bed.here, a_drill_card(), Once("push:p1"))
    with monkeypatch.context() as patched:
        patched.setattr(module, "_IN_ALL_S", 0.3)
        with pytest.raises(TryLater):
            await bed.chat.post(bed.here, a_drill_card(), Once("push:p1", again=True))
    bed.discord.passes(HOURS)
    found = await bed.chat.post(bed.here, a_drill_card(), Once("push:p1", again=True))
    assert bed.posted() == [found.id]


async def test_what_was_never_sent_is_sent_by_the_next_try(bed: Bed) -> None:
    bed.discord.trouble(POST, unheard())
    with pytest.raises(TryLater):
        await bed.chat.post(bed.here, a_drill_card(), Once("push:p1"))
    found = await bed.chat.post(bed.here, a_drill_card(), Once("push:p1", again=True))
    assert bed.posted() == [found.id]

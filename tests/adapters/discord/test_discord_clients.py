"""The way out of this process: how long a call may take, and what becomes of calls when the program stops."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from fake_discord.discord_paths import APPLICATION, CALLBACK, EDIT_ANSWER, FOLLOW_UP, ME, POST
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_trouble import Trouble, rate_limited, slow, status

from adapters.discord import clients as module
from adapters.discord.clients import Clients
from drills.errors import TryLater
from drills.evaluation import LEASE_S

BODY = {"flags": 1 << 15, "components": [{"type": 10, "content": "Your feedback"}], "allowed_mentions": {"parse": []}}

Call = Callable[[Clients, str], Awaitable[None]]


async def _first(clients: Clients, application: str) -> None:
    await clients.respond("1", "token", 4, BODY)


async def _later(clients: Clients, application: str) -> None:
    await clients.follow_up(application, "token", BODY)


async def _in_place(clients: Clients, application: str) -> None:
    await clients.edit_answer(application, "token", BODY)


ANSWERS = pytest.mark.parametrize(
    ("path", "call"),
    [(CALLBACK, _first), (FOLLOW_UP, _later), (EDIT_ANSWER, _in_place)],
    ids=["first", "later", "in place"],
)


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as made:
        yield made


@pytest.fixture
async def clients(discord: FakeDiscord) -> AsyncIterator[Clients]:
    made = Clients(discord.api_base, discord.token)
    yield made
    await made.close()


@ANSWERS
async def test_a_long_wait_that_discord_asks_for_is_not_slept_through(
    discord: FakeDiscord, clients: Clients, path: str, call: Call
) -> None:
    discord.trouble(path, rate_limited(600))
    began = time.monotonic()
    with pytest.raises(TryLater) as later:
        await call(clients, discord.application)
    assert later.value.retry_after == 600
    assert time.monotonic() - began < 5
    assert len(discord.calls_of(path)) == 1


async def test_even_without_a_word_of_how_long_an_answer_ends_before_its_claim_grows_stale(
    discord: FakeDiscord, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module._CALL_S < LEASE_S
    monkeypatch.setattr(module, "_CALL_S", 0.3)
    monkeypatch.setattr(module, "_PATIENCE_S", 1_000)
    discord.trouble(FOLLOW_UP, rate_limited(600))
    with pytest.raises(TryLater):
        await asyncio.wait_for(_later(clients, discord.application), 10)


@pytest.mark.parametrize("trouble", [slow(20), rate_limited(0.5)], ids=lambda one: str(one.kind))
async def test_what_is_under_way_at_the_end_fails_as_something_for_later(
    discord: FakeDiscord, clients: Clients, trouble: Trouble
) -> None:
    await clients.me()
    discord.trouble(FOLLOW_UP, trouble)
    going = asyncio.create_task(_later(clients, discord.application))
    while not discord.calls_of(FOLLOW_UP):  # noqa: ASYNC110  # a test's patience
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    await clients.close()
    with pytest.raises(TryLater):
        await asyncio.wait_for(going, 10)


@pytest.mark.parametrize(
    "trouble",
    [rate_limited(20), rate_limited(20, everywhere=True), status(500), slow(20)],
    ids=["limited", "limited everywhere", "failing", "slow"],
)
async def test_a_call_keeps_a_worker_for_so_long_and_no_longer(
    discord: FakeDiscord, clients: Clients, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    assert module._CALL_S < LEASE_S / 2
    await clients.me()
    monkeypatch.setattr(module, "_CALL_S", 0.3)
    discord.trouble(APPLICATION, trouble)
    with pytest.raises(TryLater):
        await asyncio.wait_for(clients.call("GET", "/oauth2/applications/@me"), 5)
    assert await asyncio.wait_for(clients.call("GET", "/oauth2/applications/@me"), 5)  # nobody waits on behind it
    assert len(discord.calls_of(APPLICATION)) == 2


async def test_a_wait_of_minutes_that_discord_asks_for_is_the_job_engines_to_plan(
    discord: FakeDiscord, clients: Clients
) -> None:
    discord.trouble(APPLICATION, rate_limited(600))
    with pytest.raises(TryLater) as later:
        await asyncio.wait_for(clients.call("GET", "/oauth2/applications/@me"), 5)
    assert later.value.retry_after == 600


async def test_a_login_that_is_never_answered_keeps_nobody_waiting(
    discord: FakeDiscord, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CALL_S", 0.3)
    discord.trouble(ME, slow(20))
    with pytest.raises(TryLater):
        await asyncio.wait_for(clients.me(), 10)


async def test_nothing_is_opened_again_after_the_end(discord: FakeDiscord, clients: Clients) -> None:
    await clients.me()
    await clients.close()
    with pytest.raises(TryLater, match="stops"):
        await clients.call("POST", "/channels/{channel_id}/messages", BODY, channel_id="1")
    with pytest.raises(TryLater, match="stops"):
        await _later(clients, discord.application)
    assert discord.calls_of(POST) == []

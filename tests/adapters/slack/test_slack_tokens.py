"""Tokens that end: renewed before, also for what no event of Slack's precedes, and by one process only."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Team as SlackTeam
from fake_slack.slack_trouble import Trouble, lost, refused, slow, status, unheard
from fakes import FrozenClock
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.clients import web_client
from adapters.slack.install import Installed
from adapters.slack.oauth_client import OAuthClient
from adapters.slack.seal import Seal, Unsealable, new_key
from adapters.slack.states import LIFE, SPENT, States
from adapters.slack.tokens import ManyWorkspaces, NotInstalled, Tokens
from bot.clock import utc_now
from drills.errors import TryLater
from drills.people import Workspace
from drills.ports import Memory
from storage.memory import open_memory

T1 = Workspace("slack", "T1")
HOUR = 3600
KEY = new_key()


@dataclass
class Ward:
    """One workspace whose token ends, as one process of ours sees it."""

    slack: FakeSlack
    team: SlackTeam
    installed: Installed
    tokens: Tokens

    async def holds(self, *, ends_in_s: float, rotating: bool = True) -> str:
        self.slack.rotating = rotating
        token = self.slack.new_token((self.team,))
        ends = int(time.time() + ends_in_s) if rotating else None
        await self.installed.async_save_bot(
            Bot(
                team_id="T1",
                bot_token=token.text,
                bot_id=self.team.bot_id,
                bot_user_id=self.team.bot_user,
                bot_refresh_token=token.refresh,
                bot_token_expires_at=ends,
                installed_at=time.time(),
            )
        )
        return token.text

    @property
    def renewals(self) -> int:
        return len(self.slack.calls_of("oauth.v2.access"))


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def team(slack: FakeSlack) -> SlackTeam:
    return slack.empty_workspace("T1")


def a_process(slack: FakeSlack, team: SlackTeam, memory: Memory, *, keys: str = KEY, patience_s: float = 1.0) -> Ward:
    installed = Installed(memory, Seal(keys), utc_now)
    rotator = AsyncTokenRotator(
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        client=web_client(slack.api_base, kind=OAuthClient),
    )
    return Ward(slack, team, installed, Tokens(installed, rotator, patience_s=patience_s))


@pytest.fixture
def ward(slack: FakeSlack, team: SlackTeam, sqlite_memory: Memory) -> Ward:
    return a_process(slack, team, sqlite_memory)


async def test_a_token_with_hours_left_is_used_as_it_is(ward: Ward) -> None:
    text = await ward.holds(ends_in_s=3 * HOUR)
    assert await ward.tokens.of(T1) == text
    assert ward.renewals == 0


async def test_a_token_that_never_ends_is_never_renewed(ward: Ward) -> None:
    text = await ward.holds(ends_in_s=0, rotating=False)
    assert await ward.tokens.of(T1) == text
    assert ward.renewals == 0


@pytest.mark.parametrize("ends_in_s", [119 * 60, 60, -HOUR], ids=["119 min", "a minute", "an hour ago"])
async def test_a_push_renews_a_token_that_ends_soon(ward: Ward, ends_in_s: float) -> None:
    old = await ward.holds(ends_in_s=ends_in_s)
    client = await ManyWorkspaces(ward.slack.api_base, ward.tokens).of(T1)
    assert client.token == ward.slack.token_of(ward.team).text != old
    assert (await client.auth_test())["team_id"] == "T1"
    assert await ward.tokens.of(T1) == client.token  # kept: not renewed a second time
    assert ward.renewals == 1


async def test_two_processes_that_renew_at_once_lose_nothing(
    slack: FakeSlack, team: SlackTeam, database_url: str
) -> None:
    async with _opened(database_url) as one, _opened(database_url) as two:
        wards = [a_process(slack, team, memory) for memory in (one, two)]
        await wards[0].holds(ends_in_s=60)
        slack.trouble("oauth.v2.access", slow(0.3))
        found = await asyncio.gather(*(ward.tokens.of(T1) for ward in wards for _ in range(3)))
        newest = slack.token_of(team)
        assert set(found) == {newest.text}
        assert wards[0].renewals == 1
        held = await wards[1].installed.held(T1)
        assert held
        assert held.bot.bot_refresh_token == newest.refresh
        async with one.read() as work:
            rows = (await work.connection.execute(sa.text("SELECT * FROM installations"))).all()
        for secret in (newest.text, newest.refresh):
            assert secret not in " ".join(str(bytes(row.sealed)) for row in rows)


@pytest.mark.parametrize("trouble", [unheard(), status(503), refused("invalid_refresh_token")])
async def test_a_token_that_still_lasts_is_used_when_it_can_not_be_renewed(ward: Ward, trouble: Trouble) -> None:
    text = await ward.holds(ends_in_s=HOUR)
    ward.slack.trouble("oauth.v2.access", trouble)
    assert await ward.tokens.of(T1) == text


async def test_a_slow_answer_keeps_nobody_waiting_and_is_not_lost(
    slack: FakeSlack, team: SlackTeam, sqlite_memory: Memory
) -> None:
    ward = a_process(slack, team, sqlite_memory, patience_s=0.2)
    text = await ward.holds(ends_in_s=HOUR)
    slack.trouble("oauth.v2.access", slow(0.6))
    started = time.monotonic()
    assert await ward.tokens.of(T1) == text
    assert time.monotonic() - started < 0.6
    for _ in range(50):
        if (await ward.tokens.of(T1)) != text:
            break
        await asyncio.sleep(0.05)
    assert await ward.tokens.of(T1) == slack.token_of(team).text
    assert ward.renewals == 1


async def test_a_token_that_has_ended_is_waited_for(ward: Ward) -> None:
    await ward.holds(ends_in_s=-60)
    ward.slack.trouble("oauth.v2.access", unheard())
    with pytest.raises(TryLater, match="slack:T1 has ended"):
        await ward.tokens.of(T1)


async def test_whoever_died_while_renewing_is_waited_for_a_minute_only(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ward.holds(ends_in_s=HOUR)
    ward.slack.trouble("oauth.v2.access", lost(), status(503))
    old = await ward.tokens.of(T1)
    assert await ward.tokens.of(T1) == old  # the claim stands
    assert ward.renewals == 1
    real = time.time
    monkeypatch.setattr("adapters.slack.tokens.time.time", lambda: real() + 61)
    await ward.tokens.of(T1)
    assert ward.renewals == 2


async def test_uninstalling_while_a_token_is_renewed_leaves_nothing_behind(ward: Ward) -> None:
    await ward.holds(ends_in_s=60)
    ward.slack.trouble("oauth.v2.access", slow(0.3))
    asking = asyncio.create_task(ward.tokens.of(T1))
    await asyncio.sleep(0.15)
    await ward.installed.remove(T1)
    with pytest.raises(NotInstalled):
        await asking
    assert await ward.installed.held(T1) is None


async def test_a_workspace_that_never_installed_has_no_token(ward: Ward) -> None:
    with pytest.raises(NotInstalled, match="slack:T9"):
        await ward.tokens.of(Workspace("slack", "T9"))


async def test_a_lost_key_is_told_by_its_setting(slack: FakeSlack, team: SlackTeam, sqlite_memory: Memory) -> None:
    await a_process(slack, team, sqlite_memory).holds(ends_in_s=HOUR)
    with pytest.raises(Unsealable, match="READBACK_ENCRYPTION_KEYS"):
        await a_process(slack, team, sqlite_memory, keys=new_key()).tokens.of(T1)


async def test_a_workspace_is_found_by_its_own_id_or_its_organisations(sqlite_memory: Memory) -> None:
    installed = Installed(sqlite_memory, Seal(KEY), utc_now)
    shared = {"bot_id": "B", "bot_user_id": "U", "installed_at": 0.0}
    await installed.async_save_bot(Bot(team_id="T1", enterprise_id="E1", bot_token="own", **shared))
    await installed.async_save_bot(Bot(enterprise_id="E1", bot_token="org", is_enterprise_install=True, **shared))

    async def found(team: str | None, org: str | None, *, whole: bool = False) -> str | None:
        bot = await installed.async_find_bot(enterprise_id=org, team_id=team, is_enterprise_install=whole)
        return bot.bot_token if bot else None

    assert await found("T1", "E1") == "own"
    assert await found("T1", "E1", whole=True) == "org"
    assert await found(None, "E1") == "org"
    assert await found("T2", "E1") == "org"
    assert await found("T2", "E2") is None
    await installed.async_delete_all(enterprise_id="E1", team_id="T1")
    assert await found("T1", "E1") == "org"
    await installed.async_delete_all(enterprise_id="E1", team_id=None)
    assert await found("T1", "E1") is None


async def test_a_state_is_good_once_for_ten_minutes_and_only_with_our_signature(sqlite_memory: Memory) -> None:
    clock = FrozenClock()
    states, others = (States(sqlite_memory, secret, clock) for secret in ("secret", "another"))
    first, second = await states.async_issue(), await states.async_issue()
    assert not await others.async_consume(first)
    assert await states.async_consume(first)
    assert not await states.async_consume(first)
    clock.pass_by(minutes=LIFE.total_seconds() / 60, seconds=1)
    assert not await states.async_consume(second)
    assert not await states.async_consume("")


async def test_spent_states_do_not_pile_up(sqlite_memory: Memory) -> None:
    clock = FrozenClock()
    states = States(sqlite_memory, "secret", clock)
    for _ in range(3):
        assert await states.async_consume(await states.async_issue())
        clock.pass_by(minutes=11)
    async with sqlite_memory.read() as work:
        assert len(await work.installations.of(SPENT)) == 1
        assert await work.installations.of("slack") == []


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Memory]:
    memory = await open_memory(url, lock=False)
    try:
        yield memory
    finally:
        await memory.close()

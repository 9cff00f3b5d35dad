"""Lines to Slack: two of them, up again after every way of losing them, and down when the program stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fake_slack.slack_delivery import Unheard
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_trouble import rate_limited, refused, status, unheard
from slack_bed import an_adapter, slack_bed
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from adapters.slack.bolt import bolt_app
from adapters.slack.clients import web_client
from adapters.slack.listeners import ANY
from adapters.slack.socket import Lines, TokenRefused

PING_S = 0.1


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as made:
        made.workspace("T0NORTH")
        yield made


def lines_to(slack: FakeSlack) -> Lines:
    app = bolt_app(slack.api_base)
    app.event(ANY)(_heard)
    return Lines(app, slack.app_token, slack.api_base, ping_s=PING_S)


async def _heard() -> None:
    """Bolt acknowledges."""


@asynccontextmanager
async def held(lines: Lines) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(lines.hold())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})


async def heard(slack: FakeSlack) -> None:
    """Both lines carry payloads: they take turns."""
    team = next(iter(slack.teams.values()))
    for _ in range(2):
        await slack.happens(team, {"type": "reaction_added", "user": "U1"})


async def test_two_lines_are_held_and_both_carry_payloads(slack: FakeSlack) -> None:
    async with held(lines_to(slack)):
        await slack.connected(2)
        await heard(slack)


async def test_when_slack_renews_the_lines_they_come_again(slack: FakeSlack) -> None:
    async with held(lines_to(slack)):
        await slack.connected(2)
        await slack.sockets.disconnect()
        await slack.connected(2)
        await heard(slack)


async def test_lines_that_are_cut_without_a_word_come_again(slack: FakeSlack) -> None:
    async with held(lines_to(slack)):
        await slack.connected(2)
        slack.sockets.break_off()
        await slack.connected(2)
        await heard(slack)


async def test_one_line_is_enough_while_the_other_is_renewed(slack: FakeSlack) -> None:
    async with held(lines_to(slack)):
        await slack.connected(2)
        slack.troubles.add("apps.connections.open", *[status(503)] * 3)
        socket, transport = next(iter(slack.sockets.connections.items()))
        slack.sockets.connections.pop(socket)
        assert transport
        transport.abort()
        await heard(slack)
        await slack.connected(2)


@pytest.mark.parametrize("trouble", [status(503), rate_limited(0), unheard(), refused("internal_error")])
async def test_a_slack_that_is_down_at_the_start_is_tried_again(slack: FakeSlack, trouble: object) -> None:
    slack.troubles.add("apps.connections.open", *[trouble] * 3)  # type: ignore[list-item]
    async with held(lines_to(slack)):
        await slack.connected(2)
        await heard(slack)


def deaf(client: SocketModeClient) -> None:
    """It looks connected, but nobody reads what comes in."""
    client.message_processor.cancel()


def silent(client: SocketModeClient) -> None:
    """No ping is answered any more and the SDK's own monitor is gone."""
    assert client.current_session_monitor
    client.current_session_monitor.cancel()


@pytest.mark.parametrize("harm", [deaf, silent])
async def test_a_line_that_the_sdk_has_lost_is_replaced(
    slack: FakeSlack, harm: Callable[[SocketModeClient], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[SocketModeClient] = []
    original = SocketModeClient.connect

    async def remembered(self: SocketModeClient) -> None:
        made.append(self)
        await original(self)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(SocketModeClient, "connect", remembered)
    async with held(lines_to(slack)):
        await slack.connected(2)
        first = made[:2]
        async with asyncio.timeout(5):  # Slack sees a line before the SDK has set up all that watches it
            while not all(client.current_session_monitor for client in first):  # noqa: ASYNC110  # no event to wait for
                await asyncio.sleep(PING_S / 10)
        for client in first:
            harm(client)
        await asyncio.sleep(PING_S * 4)
        await slack.connected(2)
        await heard(slack)
        assert all(client.closed for client in first)


@pytest.mark.parametrize("word", ["invalid_auth", "not_allowed_token_type"])
async def test_a_token_that_slack_refuses_ends_the_program_with_what_mends_it(slack: FakeSlack, word: str) -> None:
    slack.troubles.add("apps.connections.open", *[refused(word)] * 2)
    with pytest.raises(ExceptionGroup) as ended:
        await asyncio.wait_for(lines_to(slack).hold(), 5)
    first = ended.value.exceptions[0]
    assert isinstance(first, TokenRefused)
    assert f"SLACK_APP_TOKEN ({word})" in str(first)
    assert "connections:write" in str(first)


@pytest.mark.parametrize("word", ["invalid_auth", "token_revoked"])
async def test_a_bots_token_that_slack_refuses_ends_it_too_though_the_lines_would_open(
    slack: FakeSlack, word: str
) -> None:
    slack.troubles.add("auth.test", refused(word))
    with pytest.raises(ExceptionGroup) as ended:
        await replace(lines_to(slack), bot=web_client(slack.api_base, "xoxb-of-no-use")).hold()
    (first,) = ended.value.exceptions
    assert isinstance(first, TokenRefused)
    assert "SLACK_BOT_TOKEN" in str(first)
    assert word in str(first)


async def test_a_slack_too_busy_to_try_the_bots_token_is_no_reason_to_stop(slack: FakeSlack) -> None:
    slack.troubles.add("auth.test", status(503))
    async with held(replace(lines_to(slack), bot=web_client(slack.api_base, "xoxb-1"))) as task:
        await slack.connected(2)
        await heard(slack)
        assert not task.done()


async def test_stopping_hangs_up_and_leaves_nothing_running(slack: FakeSlack) -> None:
    before = asyncio.all_tasks()
    async with held(lines_to(slack)):
        await slack.connected(2)
        await heard(slack)
    await asyncio.sleep(0.1)
    assert slack.sockets.connections == {}
    ours = [task for task in asyncio.all_tasks() - before if "slack_sdk" in repr(task) or "slack_bolt" in repr(task)]
    assert ours == []


async def test_a_proxy_of_the_environment_is_not_in_the_way_to_this_machine(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with held(lines_to(slack)):
        await slack.connected(2)
        await heard(slack)


async def test_the_adapter_holds_lines_only_with_an_app_level_token(tmp_path: Path) -> None:
    async with slack_bed(tmp_path, "http") as bed:
        await asyncio.wait_for(bed.adapter.run(), 1)
        with pytest.raises(TimeoutError):
            await bed.slack.sockets.connected(within=0.1)
        both = {**bed.slack.settings(bed.team), "slack_signing_secret": "s"}
        adapter = an_adapter(both, bed.memory, bed.inbox.receive)
        assert (adapter.role, [getattr(route, "path", "") for route in adapter.routes]) == ("slack", ["/slack/events"])


async def test_a_line_says_when_it_is_up_and_when_it_is_replaced_but_never_its_token(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slack.troubles.add("apps.connections.open", status(503))
    async with held(lines_to(slack)):
        await slack.connected(2)
        await asyncio.sleep(0.05)
    assert "trying again" in caplog.text
    assert "is up" in caplog.text
    assert slack.app_token not in caplog.text


async def test_with_no_line_left_slack_hears_nothing(slack: FakeSlack) -> None:
    """The counterpart of the stories above: the fake notices a line that is down."""
    slack.patience_s = 0.2
    with pytest.raises(Unheard):
        await heard(slack)

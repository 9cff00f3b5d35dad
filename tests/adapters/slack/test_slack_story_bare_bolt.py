"""The fake Slack itself, driven by a bare Bolt app: what the other stories build on holds for the real libraries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fake_slack.slack_delivery import Unheard
from fake_slack.slack_hands import BadAck
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import REQUIRED_SCOPES, Team
from fake_slack.slack_trouble import lost, rate_limited, refused, slow, status
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Answer"}, "action_id": "answer"}],
}
INPUT = {
    "type": "input",
    "block_id": "words",
    "label": {"type": "plain_text", "text": "What you say"},
    "element": {"type": "plain_text_input", "action_id": "text"},
}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


def modal(*blocks: dict[str, Any], title: str = "Reply") -> dict[str, Any]:
    words = {"type": "plain_text", "text": "Send"}
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "submit": words, "blocks": list(blocks)}


class Bare:
    """A workspace with two people, and a client for its token."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.team: Team = slack.workspace("T0NORTH")
        self.ada, self.ben = self.team.person("Ada"), self.team.person("Ben")
        self.ward = self.team.channel("5-west", self.ada, self.ben)
        self.client = AsyncWebClient(slack.token_of(self.team).text, base_url=slack.api_base, retry_handlers=[])
        self.app = AsyncApp(client=self.client)

    async def connect(self) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(self.app, self.slack.app_token, ping_interval=0.2)
        await handler.connect_async()
        await self.slack.connected()
        return handler


@pytest.fixture
async def bare() -> AsyncIterator[Bare]:
    async with FakeSlack() as slack:
        yield Bare(slack)


async def test_people_see_what_is_posted_and_only_theirs_of_what_is_passed(bare: Bare) -> None:
    await bare.client.chat_postMessage(channel=bare.ward, text="For all", blocks=[section("For all")])
    await bare.client.chat_postEphemeral(channel=bare.ward, user=bare.ada, text="For Ada")
    await bare.client.chat_postMessage(channel=bare.ada, text="Directly")
    assert [(sight.text, sight.private) for sight in bare.slack.sees(bare.ada)] == [
        ("For all", False),
        ("For Ada", True),
        ("Directly", True),
    ]
    assert [sight.text for sight in bare.slack.sees(bare.ben)] == ["For all"]
    bare.slack.reloads(bare.ada)
    assert [sight.text for sight in bare.slack.sees(bare.ada)] == ["For all", "Directly"]


async def test_a_tap_opens_a_modal_whose_words_come_back(bare: Bare) -> None:
    came: list[str] = []

    @bare.app.action("answer")
    async def answer(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(INPUT))
        with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
            await client.views_open(trigger_id=body["trigger_id"], view=modal(INPUT))

    @bare.app.view("")
    async def sent(ack: Any, view: Any) -> None:
        words = view["state"]["values"]["words"]["text"]["value"]
        came.append(words)
        await (ack(response_action="errors", errors={"words": "Too short."}) if len(words) < 5 else ack())

    handler = await bare.connect()
    posted = await bare.client.chat_postMessage(channel=bare.ward, text="Drill", blocks=[BUTTON])
    await bare.slack.clicks(bare.ada, posted["ts"], "Answer")
    await bare.slack.settled()
    assert await bare.slack.submits(bare.ada, {"What you say": ""}) is None
    assert "required" in bare.slack.modal_words(bare.ada)
    await bare.slack.submits(bare.ada, {"What you say": "no"})
    assert "Too short." in bare.slack.modal_words(bare.ada)
    await bare.slack.submits(bare.ada, {"words": "Please <come> & help"})
    assert bare.slack.modal(bare.ada) is None
    assert came == ["no", "Please <come> & help"]
    await handler.close_async()


async def test_a_late_trigger_opens_nothing(bare: Bare) -> None:
    bare.slack.triggers.life_s = 0.05
    trigger = bare.slack.triggers.new(bare.ada)
    await asyncio.sleep(0.06)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await bare.client.views_open(trigger_id=trigger, view=modal(INPUT))


async def test_what_nobody_acknowledges_is_said_so(bare: Bare) -> None:
    handler = await bare.connect()
    posted = await bare.client.chat_postMessage(channel=bare.ward, text="Drill", blocks=[BUTTON])
    bare.slack.patience_s = 0.2
    with pytest.raises(Unheard):
        await bare.slack.clicks(bare.ada, posted["ts"], "Answer")
    await handler.close_async()


async def test_an_event_comes_again_after_the_socket_broke(bare: Bare) -> None:
    heard: list[dict[str, Any]] = []

    @bare.app.event("app_home_opened")
    async def opened(body: Any) -> None:
        heard.append(body)

    handler = await bare.connect()
    await bare.slack.opens_home(bare.ada)
    await bare.slack.redelivers()
    assert heard[0]["event_id"] == heard[1]["event_id"]
    bare.slack.sockets.break_off()
    with pytest.raises(Unheard):
        await bare.slack.opens_home(bare.ben)
    await bare.slack.connected()
    await bare.slack.settled()
    assert [body["event"]["user"] for body in heard] == [bare.ada, bare.ada, bare.ben]
    await bare.slack.sockets.disconnect()
    await bare.slack.connected()
    assert bare.slack.sockets.hellos == 3
    await handler.close_async()


async def test_a_lost_answer_is_a_message_that_stands(bare: Bare) -> None:
    metadata = {"event_type": "readback", "event_payload": {"key": "k1"}}
    bare.slack.trouble("chat.postMessage", lost(), rate_limited(1), status(503), slow(0.05))
    with pytest.raises(Exception, match="disconnected"):
        await bare.client.chat_postMessage(channel=bare.ward, text="Once", metadata=metadata)
    with pytest.raises(SlackApiError) as limited:
        await bare.client.chat_postMessage(channel=bare.ward, text="Twice")
    assert limited.value.response.headers["Retry-After"] == "1"
    with pytest.raises(SlackApiError):
        await bare.client.chat_postMessage(channel=bare.ward, text="Three times")
    assert [sight.text for sight in bare.slack.sees(bare.ada)] == ["Once"]
    history = await bare.client.conversations_history(channel=bare.ward, include_all_metadata=True)
    assert [message["metadata"] for message in history["messages"]] == [metadata]
    bare.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler())
    await bare.client.chat_postMessage(channel=bare.ward, text="Later")


async def test_scopes_and_memberships_are_kept(bare: Bare) -> None:
    bare.slack.token_of(bare.team).scopes = REQUIRED_SCOPES
    outside = bare.team.channel("board-room", bot=False)
    hidden = bare.team.channel("hidden", bot=False, private=True)
    other = bare.slack.workspace("T0SOUTH")
    theirs = other.channel("icu")
    cleo = bare.team.person("Cleo")
    refusals = {
        "missing_scope": bare.client.conversations_history(channel=bare.ward),
        "not_in_channel": bare.client.chat_postMessage(channel=outside, text="x"),
        "channel_not_found": bare.client.chat_postMessage(channel=hidden, text="x"),
        "user_not_in_channel": bare.client.chat_postEphemeral(channel=bare.ward, user=cleo, text="x"),
        "cannot_dm_bot": bare.client.conversations_open(users=bare.team.person("Robot", bot=True)),
        "message_not_found": bare.client.chat_update(channel=bare.ward, ts="1.2", text="x"),
    }
    for error, asking in refusals.items():
        with pytest.raises(SlackApiError, match=error):
            await asking
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await bare.client.conversations_info(channel=theirs)
    bare.slack.trouble("auth.test", refused("ratelimited"))
    with pytest.raises(SlackApiError, match="ratelimited"):
        await bare.client.auth_test()
    answer = await bare.client.auth_test()
    assert answer.headers["x-oauth-scopes"] == ",".join(sorted(REQUIRED_SCOPES))
    bare.slack.token_of(bare.team).trouble = "token_revoked"
    with pytest.raises(SlackApiError, match="token_revoked"):
        await bare.client.auth_test()


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x")] * 51,
        [section("x" * 3001)],
        [{**section("x"), "block_id": "b"}, {**section("y"), "block_id": "b"}],
        [{"type": "section"}],
        [{"type": "marquee"}],
        [{"type": "actions", "elements": BUTTON["elements"] * 2}],
    ],
)
async def test_blocks_that_slack_refuses_are_refused(bare: Bare, blocks: list[dict[str, Any]]) -> None:
    bare.slack.judged = False
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await bare.client.chat_postMessage(channel=bare.ward, text="x", blocks=blocks)


async def test_too_many_words_are_refused_in_their_own_way(bare: Bare) -> None:
    bare.slack.judged = False
    with pytest.raises(SlackApiError, match="msg_blocks_too_long"):
        await bare.client.chat_postMessage(channel=bare.ward, text="x", blocks=[section("x" * 2900)] * 5)


async def test_views_over_the_limits_are_refused(bare: Bare) -> None:
    bare.slack.judged = False
    views = [
        modal(INPUT, title="T" * 25),
        modal(*[section("x")] * 101),
        {**modal(INPUT), "private_metadata": "x" * 3001},
    ]
    for view in views:
        with pytest.raises(SlackApiError, match="invalid_arguments"):
            await bare.client.views_open(trigger_id=bare.slack.triggers.new(bare.ada), view=view)
    opened = await bare.client.views_open(trigger_id=bare.slack.triggers.new(bare.ada), view=modal(INPUT))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await bare.client.views_update(view_id=opened["view"]["id"], hash="older", view=modal(INPUT))


async def test_an_acknowledgement_that_no_client_can_use_fails_the_test(bare: Bare) -> None:
    bare.slack.judged = False

    @bare.app.view("")
    async def sent(ack: Any) -> None:
        await ack(response_action="errors", errors={"no_such_block": "Sorry."})

    handler = await bare.connect()
    await bare.client.views_open(trigger_id=bare.slack.triggers.new(bare.ada), view=modal(INPUT))
    with pytest.raises(BadAck):
        await bare.slack.submits(bare.ada, {"words": "x"})
    await handler.close_async()


async def test_mentions_and_links_are_seen_as_live_unless_undone(bare: Bare) -> None:
    def mrkdwn(text: str) -> dict[str, Any]:
        return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}

    for text in ("<!channel> now", "hi <@U1>", "<https://example.org|here>", "@here please"):
        await bare.client.chat_postMessage(channel=bare.ward, text="x", blocks=[mrkdwn(text)])
    await bare.client.chat_postMessage(channel=bare.ward, text="x", blocks=[mrkdwn("&lt;!channel&gt; *bold* a*b*c")])
    *live, safe = bare.slack.sees(bare.ada)
    assert all(sight.live for sight in live)
    assert (safe.text, safe.live) == ("<!channel> bold a*b*c", ())

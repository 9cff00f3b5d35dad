"""A Slack on this machine: the Web API, Socket Mode and response addresses behind one loopback port.

    async with FakeSlack() as slack:
        north = slack.workspace()
        ada = north.person("Ada")
        ward = north.channel("5-west", ada)
        ...                                  # start the app with slack.api_base and slack.app_token
        await slack.connected()
        await slack.says("/drill", "help", ada, ward)
        print(slack.sees(ada))

At the end every body that the app sent is read by the oracle (tests/slack_oracle.py); `judged = False` leaves that out.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import slack_oracle
from aiohttp import web
from fake_slack.slack_blocks import check_message
from fake_slack.slack_delivery import Delivery
from fake_slack.slack_hands import Hands
from fake_slack.slack_http_door import HttpDoor
from fake_slack.slack_payloads import event, message_event
from fake_slack.slack_sockets import SocketDoor
from fake_slack.slack_state import Channel, Json, Message, Team
from fake_slack.slack_web_api import WebApi, hang_up, turned_away
from fake_slack.slack_world import Sent
from typing_extensions import override


@dataclass
class FakeSlack(Hands):
    """`sockets` is where the app connects; `delivers_to(url)` sends everything there by HTTP instead.

    `at_the_door` is who presses Allow on Slack's page; `redirect_uri` is where the app's settings send them then.
    `echoes`: the app hears its own posts, as it does when subscribed to a channel's messages.
    """

    judged: bool = True
    echoes: bool = False
    at_the_door: str = ""
    redirect_uri: str = ""
    sockets: SocketDoor = field(init=False)
    api: WebApi = field(init=False)
    _runner: web.AppRunner | None = None

    def __post_init__(self) -> None:
        self.sockets = SocketDoor(self)
        self.door = self.sockets
        self.api = WebApi(self)
        self.socket_url = self.sockets.url

    @property
    def api_base(self) -> str:
        return f"{self.base}/api/"

    def settings(self, team: Team) -> dict[str, str]:
        """What an operator sets for Socket Mode in this workspace."""
        return {
            "slack_bot_token": self.token_of(team).text,
            "slack_app_token": self.app_token,
            "slack_api_base": self.api_base,
        }

    def delivers_to(self, url: str) -> HttpDoor:
        """From now on by HTTP to this address, signed."""
        self.door = HttpDoor(self, url)
        return self.door

    @override
    def posted(self, team: Team, channel: Channel, message: Message) -> None:
        if self.echoes and f"{channel.kind}:history" in self.token_of(team).scopes:
            self.sockets.beside(Delivery("event", event(self, team, message_event(team, channel, message))))

    async def connected(self, count: int = 1) -> None:
        """Wait until the app holds as many sockets."""
        await self.sockets.connected(count)

    async def settled(self, quiet_s: float = 0.1, *, within: float = 10.0) -> None:
        """Wait until the app has asked nothing of us for a while.

        Counted in passes of the loop, so that a machine that stands still makes nothing look quiet.
        """
        async with asyncio.timeout(within):
            last, passes = -1, 0
            while passes < quiet_s / 0.01:
                still = not self.api.busy and last == len(self.calls)
                last, passes = len(self.calls), passes + 1 if still else 0
                await asyncio.sleep(0.01)

    async def asked(self, method: str, count: int, *, within: float = 20.0) -> None:
        """Wait until the app has made so many calls of a method."""
        async with asyncio.timeout(within):
            while len(self.calls_of(method)) < count:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.02)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=4_000_000)
        app.router.add_route("*", "/api/{method}", self.api.handle)
        app.router.add_get("/link", self.sockets.link)
        app.router.add_post("/response/{id}", self._respond)
        app.router.add_get("/oauth/v2/authorize", self._allow)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = self.sockets.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if self.judged and error is None:
            slack_oracle.check(self.sent)
            unknown = {
                call.method for call in self.calls if call.answer and call.answer.get("error") == "unknown_method"
            }
            assert not unknown, f"this Slack has no {sorted(unknown)}: teach it, or the app asks for what isn't there"

    async def _allow(self, request: web.Request) -> web.Response:
        """Slack's page: whoever is `at_the_door` presses Allow and is sent back to the app."""
        asked = request.query
        if asked.get("client_id") != self.client_id or not self.at_the_door:
            return web.Response(status=403, text="Nobody here may allow this app.")
        back, scopes = asked.get("redirect_uri"), frozenset(asked["scope"].split(","))
        code = self.consent(self.team_of(self.at_the_door), self.at_the_door, scopes, redirect_uri=back)
        raise web.HTTPFound(f"{back or self.redirect_uri}?{urlencode({'code': code, 'state': asked['state']})}")

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        """A reply through a response_url; its troubles wait under that name."""
        trouble = self.troubles.next("response_url")
        if trouble and not trouble.done:
            return hang_up(request) if trouble.kind == "unheard" else turned_away(trouble)
        answer = await self._responded(request)
        if trouble and trouble.kind == "lost":
            return hang_up(request)
        await asyncio.sleep(trouble.seconds if trouble else 0)
        return answer

    async def _responded(self, request: web.Request) -> web.Response:
        """Seen by the one person, unless it says in_channel."""
        response, body = self.responses.get(request.match_info["id"]), await request.json()
        if response is None or response.left <= 0:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        response.left -= 1
        blocks = body.get("blocks") or []
        self.sent.append(Sent("response_url", body))
        check_message(blocks, self.refuses)
        team, channel = self.place_of(response.channel)
        replaced = channel.message(response.message or "")
        if (body.get("delete_original") or body.get("replace_original")) and replaced:
            return self._replaced(channel.messages, replaced, body)
        message = Message(self.numbers.ts(), team.bot_user, body.get("text") or "", self.with_ids(blocks), by_app=True)
        message.to = None if body.get("response_type") == "in_channel" else response.user
        if message.to is None or team.users[message.to].active:
            channel.messages.append(message)
        return web.Response(text="ok")

    def _replaced(self, messages: list[Message], message: Message, body: Json) -> web.Response:
        if body.get("delete_original"):
            messages.remove(message)
        else:
            message.text, message.blocks = body.get("text") or "", self.with_ids(body.get("blocks") or [])
        return web.Response(text="ok")

"""/api/{method}: reads a call, checks its token and scope, lets troubles happen, keeps it on record."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web
from fake_slack import slack_methods_channels as channels
from fake_slack import slack_methods_chat as chat
from fake_slack import slack_methods_oauth as oauth
from fake_slack import slack_methods_people as people
from fake_slack import slack_methods_views as views
from fake_slack.slack_calls import Call, read_args
from fake_slack.slack_state import Json, Refused
from fake_slack.slack_trouble import Trouble
from fake_slack.slack_world import Sent, World

Method: TypeAlias = Callable[[World, Call], Json]


@dataclass(frozen=True)
class Door:
    method: Method
    scope: str | None = None


_METHODS = {
    "auth.test": Door(people.auth_test),
    "auth.revoke": Door(people.auth_revoke),
    "apps.connections.open": Door(people.connections_open),
    "users.info": Door(people.users_info, "users:read"),
    "users.list": Door(people.users_list, "users:read"),
    "bots.info": Door(people.bots_info, "users:read"),
    "oauth.v2.access": Door(oauth.access),
    "chat.postMessage": Door(chat.post_message, "chat:write"),
    "chat.postEphemeral": Door(chat.post_ephemeral, "chat:write"),
    "chat.update": Door(chat.update, "chat:write"),
    "chat.delete": Door(chat.delete, "chat:write"),
    "chat.getPermalink": Door(chat.permalink),
    "conversations.open": Door(channels.open_direct, "im:write"),
    "conversations.info": Door(channels.info),
    "conversations.members": Door(channels.members),
    "conversations.list": Door(channels.listed),
    "users.conversations": Door(channels.listed),
    "conversations.history": Door(channels.history),
    "conversations.replies": Door(channels.replies),
    "views.open": Door(views.open_view),
    "views.push": Door(views.push),
    "views.update": Door(views.update),
    "views.publish": Door(views.publish),
}


class WebApi:
    def __init__(self, world: World) -> None:
        self._world = world
        self.busy = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.busy += 1
        try:
            return await self._handle(request)
        finally:
            self.busy -= 1

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        trouble = self._world.troubles.next(method)
        if trouble and trouble.kind == "unheard":
            return hang_up(request)
        call = Call(method, {})
        self._world.calls.append(call)
        if trouble and not trouble.done:
            call.args = await read_args(request)
            return turned_away(trouble)
        call.answer = await self._answer(request, call)
        if trouble and trouble.kind == "lost":
            call.answer = None
            return hang_up(request)
        if trouble:
            await asyncio.sleep(trouble.seconds)
        scopes = {"x-oauth-scopes": ",".join(sorted(call.token.scopes))} if call.token else {}
        return web.json_response(call.answer, headers=scopes)

    async def _answer(self, request: web.Request, call: Call) -> Json:
        try:
            call.args = await read_args(request)
            door = _METHODS.get(call.method)
            if door is None:
                raise Refused("unknown_method", req_method=call.method)
            if call.method.startswith(("chat.", "views.")):
                self._world.sent.append(Sent(call.method, call.args))
            self._authorise(request, call)
            if door.scope:
                channels.require(call, door.scope)
            return {"ok": True, **door.method(self._world, call)}
        except Refused as no:
            return {"ok": False, "error": no.error, **no.more}

    def _authorise(self, request: web.Request, call: Call) -> None:
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        if call.method == "oauth.v2.access":
            if kind == "Basic":
                id_, _, secret = base64.b64decode(text).decode().partition(":")
                call.args |= {"client_id": id_, "client_secret": secret}
            return
        text = text or str(call.args.pop("token", ""))
        if not text:
            raise Refused("not_authed")
        if call.method == "apps.connections.open":
            if text != self._world.app_token:
                raise Refused("not_allowed_token_type" if text in self._world.tokens else "invalid_auth")
            return
        if text not in self._world.tokens:
            raise Refused("not_allowed_token_type" if text == self._world.app_token else "invalid_auth")
        call.token = self._world.tokens[text]
        if call.token.trouble:
            raise Refused(call.token.trouble)


def hang_up(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.abort()
    return web.Response()


def turned_away(trouble: Trouble) -> web.Response:
    match trouble.kind:
        case "rate_limited":
            retry = {"Retry-After": f"{trouble.seconds:g}"}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=retry)
        case "status":
            return web.Response(status=trouble.status, text="<html>upstream</html>", content_type="text/html")
        case _:
            return web.json_response({"ok": False, "error": trouble.error})

"""/api/v10: reads a request, checks its token, lets troubles happen, keeps it on record."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from aiohttp import web
from fake_discord import discord_answers as answers
from fake_discord import discord_facts as facts
from fake_discord import discord_messages as messages
from fake_discord.discord_state import NAMELESS, UNAUTHORIZED, Json, Refused
from fake_discord.discord_trouble import Trouble
from fake_discord.discord_world import Call, World

Method: TypeAlias = Callable[[World, Call], Any]

BY_PASSING_TOKEN = ("/interactions/", "/webhooks/")
_HOOK = "/webhooks/{webhook_id}/{webhook_token}"
_CHANNEL, _APP = "/channels/{channel_id}", "/applications/{application_id}"
METHODS: Mapping[str, Method] = {
    "GET /users/@me": facts.me,
    "GET /users/@me/guilds": facts.my_guilds,
    "DELETE /users/@me/guilds/{guild_id}": facts.leave,
    "POST /users/@me/channels": messages.open_direct,
    "GET /users/{user_id}": facts.user,
    "GET /oauth2/applications/@me": facts.application,
    "GET /applications/@me": facts.application,
    "GET /gateway": facts.gateway,
    "GET /gateway/bot": facts.gateway,
    "GET /guilds/{guild_id}": facts.guild,
    "GET /guilds/{guild_id}/channels": facts.channels,
    "GET /guilds/{guild_id}/roles": facts.roles,
    "GET /guilds/{guild_id}/members/{user_id}": facts.member,
    f"GET {_APP}/commands": facts.commands,
    f"PUT {_APP}/commands": facts.put_commands,
    f"GET {_APP}/guilds/{{guild_id}}/commands": facts.commands_there,
    f"PUT {_APP}/guilds/{{guild_id}}/commands": facts.put_commands_there,
    "POST /interactions/{interaction_id}/{interaction_token}/callback": answers.first,
    f"POST {_HOOK}": answers.follow_up,
    f"GET {_HOOK}/messages/@original": answers.answer,
    f"PATCH {_HOOK}/messages/@original": answers.edit,
    f"DELETE {_HOOK}/messages/@original": answers.delete,
    f"GET {_HOOK}/messages/{{message_id}}": answers.answer,
    f"PATCH {_HOOK}/messages/{{message_id}}": answers.edit,
    f"DELETE {_HOOK}/messages/{{message_id}}": answers.delete,
    f"GET {_CHANNEL}": messages.channel,
    f"GET {_CHANNEL}/messages": messages.history,
    f"POST {_CHANNEL}/messages": messages.post,
    f"GET {_CHANNEL}/messages/{{message_id}}": messages.one,
    f"PATCH {_CHANNEL}/messages/{{message_id}}": messages.edit,
    f"DELETE {_CHANNEL}/messages/{{message_id}}": messages.delete,
    f"POST {_CHANNEL}/messages/{{message_id}}/threads": messages.start_thread,
    f"POST {_CHANNEL}/threads": messages.start_thread,
}


class Rest:
    def __init__(self, world: World) -> None:
        self._world = world
        self.busy = 0
        self.unknown: set[str] = set()

    def routes(self) -> list[web.RouteDef]:
        found = []
        for name, method in METHODS.items():
            verb, path = name.split(" ")
            found.append(web.route(verb, f"/api/v10{path}", self._handler(name, method)))
        return [*found, web.route("*", "/api/{rest:.*}", self._nothing)]

    def _handler(self, name: str, method: Method) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.busy += 1
            try:
                return await self._handle(request, name, method)
            finally:
                self.busy -= 1

        return handle

    async def _handle(self, request: web.Request, name: str, method: Method) -> web.StreamResponse:
        trouble = self._world.troubles.next(name)
        if trouble and trouble.kind == "unheard":
            return hang_up(request)
        body, uploads = await _read(request)
        call = Call(name, dict(request.match_info), body, dict(request.query), files=tuple(uploads), uploads=uploads)
        self._world.calls.append(call)
        if trouble and not trouble.done:
            return self._turned_away(call, trouble)
        answer = self._answer(request, call, method)
        if trouble and trouble.kind == "lost":
            call.status = None
            return hang_up(request)
        if trouble and trouble.kind == "status_done":
            return _upstream(trouble.status)
        await asyncio.sleep(trouble.seconds if trouble else 0)
        return answer

    def _answer(self, request: web.Request, call: Call, method: Method) -> web.Response:
        try:
            if self._world.judged and not request.headers.get("User-Agent", "").startswith("DiscordBot ("):
                raise NAMELESS
            passing = any(call.name.split(" ")[1].startswith(path) for path in BY_PASSING_TOKEN)
            if not passing and request.headers.get("Authorization") != f"Bot {self._world.token}":
                raise UNAUTHORIZED
            call.answer = method(self._world, call)
        except Refused as no:
            call.answer = _no(no)
            call.status = no.status
            return said(call.answer, no.status)
        call.status = 200 if call.answer is not None else 204
        return said(call.answer, call.status) if call.answer is not None else web.Response(status=204)

    def _turned_away(self, call: Call, trouble: Trouble) -> web.Response:
        call.status = trouble.status or 429
        if trouble.kind == "rate_limited":
            body = {
                "message": "You are being rate limited.",
                "retry_after": trouble.seconds,
                "global": trouble.everywhere,
            }
            headers = {"Via": "1.1 google", "Retry-After": f"{trouble.seconds:g}", "X-RateLimit-Scope": "user"}
            return said(body, 429, headers)
        if trouble.kind == "status":
            return _upstream(trouble.status)
        return said({"message": "no", "code": trouble.code}, trouble.status)

    async def _nothing(self, request: web.Request) -> web.Response:
        self.unknown.add(f"{request.method} {request.path}")
        return said({"message": "404: Not Found", "code": 0}, 404)


def said(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """Exactly application/json: with a charset behind it discord.py takes a body for text."""
    content = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=content)


def hang_up(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.abort()
    return web.Response()


def _upstream(status: int) -> web.Response:
    return web.Response(status=status, text="<html>upstream</html>", content_type="text/html")


def _no(no: Refused) -> Json:
    return {"message": no.message, "code": no.code, **({"errors": no.errors} if no.errors else {})}


async def _read(request: web.Request) -> tuple[Json, dict[str, bytes]]:
    """JSON, or a form with the JSON in payload_json and files[0], files[1] … by their names."""
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        parts = {field: part for field, part in form.items() if isinstance(part, web.FileField)}
        assert list(parts) == [f"files[{at}]" for at in range(len(parts))], f"Discord reads no {sorted(parts)}"
        uploads = {part.filename: part.file.read() for part in parts.values()}
        return json.loads(str(form.get("payload_json", "{}"))), uploads
    text = await request.text()
    body = json.loads(text) if text else {}
    return (body if isinstance(body, dict) else {"[]": body}), {}

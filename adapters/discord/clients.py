"""Discord's REST API for the one bot there is, and the right to answer a tap. Whoever asks never sees a token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from discord.http import HTTPClient, MultipartParameters, Route
from discord.webhook.async_ import async_context

from adapters.discord.blocks import Json
from adapters.discord.errors import outgoing

DISCORD_API = "https://discord.com/api/v10"
TIMEOUT_S = 10
_LONGEST_WAIT_S = 30.0  # that discord.py sleeps through when Discord asks it to; longer ones come to us as TryLater


class Clients:
    """Every method raises TryLater, CannotReach or OursToFix. Opens itself on first use; `close` ends it.

    discord.py waits by itself where Discord asks for it, and tries again after a 5xx: posts carry a nonce for that.
    """

    def __init__(self, base: str, token: str) -> None:
        self._base = base.rstrip("/")
        self._token = token
        self._http: HTTPClient | None = None
        self._session: aiohttp.ClientSession | None = None
        self._opening = asyncio.Lock()
        self._me = ""
        quiet()

    async def call(
        self, method: str, path: str, body: Any = None, params: Mapping[str, str] | None = None, **ids: str
    ) -> Any:
        """Discord's answer. `path` has the names of `ids` in braces: they are what Discord counts requests by."""
        doing = f"{method} {path}"
        http = await self._opened()
        more: dict[str, Any] = {} if body is None else {"json": body}
        if params:
            more["params"] = dict(params)
        async with outgoing(doing):
            return await http.request(Route(method, path, **ids), timeout=_timeout(), **more)

    async def me(self) -> str:
        """The bot's own id as a person."""
        await self._opened()
        return self._me

    async def respond(self, interaction: str, token: str, kind: int, data: Json | None = None) -> None:
        """The first answer to an interaction. Three seconds, and once only."""
        await self._opened()
        payload = {"type": kind, **({} if data is None else {"data": data})}
        params = MultipartParameters(payload=payload, multipart=None, files=None)
        async with outgoing("the first answer to a tap"):
            await async_context.get().create_interaction_response(
                int(interaction), token, session=self._passing(), params=params
            )

    async def follow_up(self, application: str, token: str, body: Json) -> None:
        """One more answer, within fifteen minutes."""
        await self._opened()
        async with outgoing("a later answer to a tap"):
            await async_context.get().execute_webhook(
                int(application), token, session=self._passing(), payload=body, wait=True, with_components=True
            )

    async def edit_answer(self, application: str, token: str, body: Json) -> None:
        """Fill the first answer, which said "one moment"."""
        await self._opened()
        async with outgoing("the answer to a tap"):
            await async_context.get().edit_original_interaction_response(
                int(application), token, session=self._passing(), payload=body
            )

    async def close(self) -> None:
        """A later call opens it again."""
        async with self._opening:
            http, self._http = self._http, None
            session, self._session = self._session, None
            if http is not None:
                await http.close()
            if session is not None:
                await session.close()

    async def _opened(self) -> HTTPClient:
        async with self._opening:
            if self._http is None:
                self._http = await self._logged_in()
                self._session = aiohttp.ClientSession(timeout=_timeout(), cookie_jar=aiohttp.DummyCookieJar())
            return self._http

    async def _logged_in(self) -> HTTPClient:
        point_at(self._base)
        http = HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=_LONGEST_WAIT_S)
        try:
            async with outgoing("log in"):
                self._me = str((await http.static_login(self._token))["id"])
        except BaseException:
            await http.close()
            raise
        return http

    def _passing(self) -> aiohttp.ClientSession:
        """Without our token: an interaction's own is enough, and those calls count against no limit of ours."""
        assert self._session is not None  # noqa: S101  # opened by every caller
        return self._session


def point_at(base: str) -> None:
    """Where discord.py finds Discord. It keeps this for the whole process, so there is one Discord in a process."""
    Route.BASE = base.rstrip("/")


def quiet() -> None:
    """Below WARNING discord.py prints what was sent and received, people's words included."""
    logger = logging.getLogger("discord")
    logger.setLevel(max(logger.level, logging.WARNING))


def _timeout() -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=TIMEOUT_S)

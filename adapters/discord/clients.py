"""Discord's REST API for the one bot there is, and the right to answer a tap. Whoever asks never sees a token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route
from discord.webhook.async_ import async_context

from adapters.discord.blocks import Json
from adapters.discord.errors import outgoing
from adapters.discord.firsts import FirstAnswers
from adapters.discord.no_pictures import NoPictures
from adapters.discord.pictures import Picture, carried, parcel
from drills.errors import TryLater

DISCORD_API = "https://discord.com/api/v10"
TIMEOUT_S = 10
_LONGEST_WAIT_S = 30.0  # that Discord may ask for; longer ones come to us at once. The least that discord.py takes
_PATIENCE_S = 5.0  # the same for answers to taps: somebody waits, and a worker's claim must not grow stale
_CALL_S = 25.0  # of one call in all, whatever discord.py waits for and tries again in it: a worker has others to serve
_CLOSED = "the program stops"


class Clients:
    """Every method raises TryLater, CannotReach or OursToFix. Opens itself on first use; `close` ends it for good.

    discord.py waits by itself where Discord asks for it, and tries again after a 5xx: posts carry a nonce for that.
    """

    def __init__(self, base: str, token: str) -> None:
        self._base = base.rstrip("/")
        self._token = token
        self.firsts = FirstAnswers()
        self.no_pictures = NoPictures()
        self._http: HTTPClient | None = None
        self._session: aiohttp.ClientSession | None = None
        self._opening = asyncio.Lock()
        self._closed = False
        self._me = ""
        quiet()

    async def call(
        self, method: str, path: str, body: Any = None, params: Mapping[str, str] | None = None, **ids: str
    ) -> Any:
        """Discord's answer. `path` has the names of `ids` in braces: they are what Discord counts requests by."""
        doing = f"{method} {path}"
        http = await self._opened()
        more: dict[str, Any] = {"params": dict(params)} if params else {}

        async def send(words: Any, pictures: Sequence[Picture]) -> Any:
            parts = parcel(words, pictures)
            said = {"form": parts.multipart, "files": parts.files} if parts.files else {"json": words}
            async with self._going(doing), _others_go_on(http):
                return await http.request(
                    Route(method, path, **ids), timeout=_timeout(), **more, **(said if words is not None else {})
                )

        if not isinstance(body, dict):
            return await send(body, ())
        return await carried(body, send, self.no_pictures, ids.get("channel_id", ""))

    async def me(self) -> str:
        """The bot's own id as a person."""
        await self._opened()
        return self._me

    async def respond(
        self, interaction: str, token: str, kind: int, data: Json | None = None, *, channel: str = ""
    ) -> None:
        """The first answer to an interaction. Three seconds, and once only. `channel`, where known: of the tap."""
        await self._opened()

        async def send(words: Json, pictures: Sequence[Picture]) -> None:
            payload = {"type": kind, **({} if data is None else {"data": words})}
            async with self._going("the first answer to a tap"):
                await async_context.get().create_interaction_response(
                    int(interaction), token, session=self._passing(), params=parcel(payload, pictures)
                )

        await carried(data or {}, send, self.no_pictures, channel or token)

    async def follow_up(self, application: str, token: str, body: Json, *, channel: str = "") -> None:
        """One more answer, within fifteen minutes."""
        await self._opened()

        async def send(words: Json, pictures: Sequence[Picture]) -> None:
            parts = parcel(words, pictures)
            async with self._going("a later answer to a tap"):
                await async_context.get().execute_webhook(
                    int(application), token, session=self._passing(), **parts._asdict(), wait=True, with_components=True
                )

        await carried(body, send, self.no_pictures, channel or token)

    async def edit_answer(self, application: str, token: str, body: Json, *, channel: str = "") -> None:
        """Fill the first answer, which said "one moment"."""
        await self._opened()

        async def send(words: Json, pictures: Sequence[Picture]) -> None:
            parts = parcel(words, pictures)
            async with self._going("the answer to a tap"):
                await async_context.get().edit_original_interaction_response(
                    int(application), token, session=self._passing(), **parts._asdict()
                )

        await carried(body, send, self.no_pictures, channel or token)

    async def close(self) -> None:
        """What is under way fails with TryLater, and so does whatever comes later."""
        self._closed = True
        async with self._opening:
            http, self._http = self._http, None
            session, self._session = self._session, None
            if http is not None:
                await http.close()
            if session is not None:
                await session.close()

    async def _opened(self) -> HTTPClient:
        async with self._opening:
            if self._closed:
                raise TryLater(_CLOSED)
            if self._http is None:
                self._http = await self._logged_in()
                self._session = aiohttp.ClientSession(
                    timeout=_timeout(),
                    cookie_jar=aiohttp.DummyCookieJar(),
                    trace_configs=[_watched()],
                    headers={"User-Agent": self._http.user_agent},  # Discord may block whoever does not say who it is
                )
            return self._http

    @asynccontextmanager
    async def _going(self, doing: str) -> AsyncIterator[None]:
        """Around one call on what is open: aiohttp says RuntimeError where it was closed meanwhile."""
        try:
            async with outgoing(doing), asyncio.timeout(_CALL_S):
                yield
        except RuntimeError as ended:
            if not self._closed:
                raise
            raise TryLater(_CLOSED) from ended

    async def _logged_in(self) -> HTTPClient:
        point_at(self._base)
        http = HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=_LONGEST_WAIT_S)
        try:
            async with outgoing("log in"), asyncio.timeout(_CALL_S):  # everybody else waits for it
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
    """Below WARNING discord.py prints what was sent and received, people's words included. Voice is no use to us."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    logger = logging.getLogger("discord")
    logger.setLevel(max(logger.level, logging.WARNING))


@asynccontextmanager
async def _others_go_on(http: HTTPClient) -> AsyncIterator[None]:
    """While one call waits out a limit on all of them, discord.py 2.7.1 holds all others back: cut short, for ever.

    So they are let go: the next one asks Discord again.
    """
    try:
        yield
    except asyncio.CancelledError:
        http._global_over.set()
        raise


def _timeout() -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=TIMEOUT_S)


def _watched() -> aiohttp.TraceConfig:
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_not_for_long)
    return trace


async def _not_for_long(_session: object, _context: object, ended: aiohttp.TraceRequestEndParams) -> None:
    """discord.py sleeps through whatever an answer's 429 asks for, be it an hour: a long wait is ours to plan."""
    wait = _wait_of(ended.response)
    if wait > _PATIENCE_S:
        ended.response.close()
        raise discord.RateLimited(wait)


def _wait_of(response: aiohttp.ClientResponse) -> float:
    """Seconds. 0 where nothing is to wait for, or nothing that can be read."""
    try:
        return float(response.headers.get("Retry-After", 0)) if response.status == 429 else 0.0
    except ValueError:
        return 0.0

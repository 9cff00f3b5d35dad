"""A Discord on this machine: its REST API and its gateway behind one loopback port.

    async with FakeDiscord() as discord:
        north = discord.guild("North")
        ada = north.person("Ada")
        ward = north.channel("5-west")
        discord.registers(commands())
        ...                                  # start the app with discord.api_base, discord.gateway_url, discord.token
        await discord.connected()
        await discord.says("drill", "help", ada, ward)
        print(discord.sees(ada))

At the end every body that the app sent is read by the oracle (tests/discord_oracle.py), unless `judged` is False: a
bare discord.py gives no name of its own in answers to taps, which this Discord would refuse.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import discord_oracle
from aiohttp import web
from fake_discord.discord_gateway import Gateway
from fake_discord.discord_hands import Hands
from fake_discord.discord_rest import Rest
from fake_discord.discord_state import Json
from typing_extensions import override


@dataclass
class FakeDiscord(Hands):
    """`gateway` is where the app listens; `rest` is what it asks."""

    gateway: Gateway = field(init=False)
    rest: Rest = field(init=False)
    _runner: web.AppRunner | None = None

    @override
    def __post_init__(self) -> None:
        super().__post_init__()
        self.gateway = Gateway(self)
        self.rest = Rest(self)

    @property
    def api_base(self) -> str:
        return f"{self.base}/api/v10"

    @property
    def gateway_url(self) -> str:
        return self.base.replace("http", "ws") + "/gw"

    def settings(self) -> dict[str, str]:
        """What an operator sets."""
        return {
            "discord_token": self.token,
            "discord_api_base": self.api_base,
            "discord_gateway_url": self.gateway_url,
        }

    @override
    def dispatch(self, event: str, data: Json, guild: str = "") -> None:
        if hasattr(self, "gateway"):
            self.gateway.dispatch(event, data, guild)

    async def connected(self, count: int = 1, *, within: float = 10.0) -> None:
        """Wait until the app holds as many sessions."""
        await self.gateway.connected(count, within=within)

    async def settled(self, quiet_s: float = 0.1, *, within: float = 10.0) -> None:
        """Wait until the app has asked nothing of us for a while."""
        async with asyncio.timeout(within):
            last, since = -1, time.monotonic()
            while self.rest.busy or last != len(self.calls) or time.monotonic() - since < quiet_s:
                if self.rest.busy or last != len(self.calls):
                    last, since = len(self.calls), time.monotonic()
                await asyncio.sleep(0.01)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=30_000_000)
        app.router.add_get("/gw", self.gateway.link)
        app.router.add_get("/gw/", self.gateway.link)
        app.add_routes(self.rest.routes())
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if self.judged and error is None:
            discord_oracle.check(self.calls)
            unknown = sorted(self.rest.unknown)
            assert not unknown, f"this Discord has no {unknown}: teach it, or the app asks for what isn't there"

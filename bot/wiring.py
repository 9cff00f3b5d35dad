"""Builds the program from its settings: the only place that names adapters and storage."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from secrets import token_hex

from pydantic import SecretStr

from adapters import Adapter, Parts, discover
from adapters.pictures import Drawer
from adapters.web.app import build_app
from bot.clock import utc_now
from bot.judges import open_judge
from bot.program import Program
from bot.settings import Settings
from bot.worker import Worker
from drills.catalog import Library
from drills.journeys.inbox import Inbox
from drills.journeys.tools import Tools
from storage.memory import open_memory
from storage.upgrade import upgrade


def fresh_id() -> str:
    return token_hex(8)


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[Program]:
    """A program with its memory open and its schema up to date. Raises OursToFix with a sentence for the operator."""
    await asyncio.to_thread(upgrade, settings.database_url)
    memory = await open_memory(settings.database_url, slots=settings.judge_slots)
    try:
        async with open_judge(settings) as judge:
            library = await asyncio.to_thread(Library.shipped)
            tools = Tools(memory, utc_now, fresh_id, settings.support_text, library)
            parts = Parts(texts(settings), memory, Inbox(tools).receive, utc_now, Drawer())
            adapters = list(discover(parts))
            chats = {adapter.chat.platform: adapter.chat for adapter in adapters}
            try:
                yield Program(
                    tools=tools,
                    jobs=memory.jobs,
                    worker=Worker(tools, chats, judge),
                    adapters=adapters,
                    web=build_app(memory, [route for adapter in adapters for route in adapter.routes], hosts(settings)),
                    host=settings.host,
                    port=settings.port,
                )
            finally:
                await close(adapters)
    finally:
        await memory.close()


async def close(adapters: Sequence[Adapter]) -> None:
    """End every way out: a worker opens those of platforms that other processes listen to."""
    ended = await asyncio.gather(*(adapter.close() for adapter in adapters), return_exceptions=True)
    if faults := [fault for fault in ended if isinstance(fault, Exception)]:  # told once all of them had their turn
        raise ExceptionGroup("not every platform was left in order", faults)


def hosts(settings: Settings) -> list[str]:
    """The names that may stand in a request's Host header, besides loopback ones."""
    return [settings.host, *(name.strip() for name in settings.public_hosts.split(",") if name.strip())]


def texts(settings: Settings) -> dict[str, str]:
    """The settings as adapters read them: text by name, unset and false ones left out."""
    values = ((name, getattr(settings, name)) for name in type(settings).model_fields)
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in values
        if value
    }

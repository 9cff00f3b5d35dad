"""The real program as a process to kill: room, worker and clock from `bot.wiring`, on a real SQLite file.

Two things differ from `readback run`: the clock runs fast, so that a dead process's claim grows stale in seconds,
and the platform answers late, so that kills fall between "posted" and "known to be posted".
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import patch

from faults.mutations import MUTATIONS

import bot.program
import bot.wiring
from bot.clock import TICK_S, tick_forever
from bot.logs import configure_logs
from bot.program import Program, stop_on_signals
from bot.roles import ProcessRole
from bot.settings import load_settings
from bot.wiring import build
from drills.attempt import Handle
from drills.chat.cards import Card, Limits
from drills.journeys import judge
from drills.people import MessageRef, PersonRef, Place
from drills.ports import Chat, Once, Way

HASTE = 20.0
"""How many of the program's seconds pass in one of ours. LEASE_S is 3 s, TICK_S 0.75 s; the logic is untouched."""


@dataclass(slots=True)
class LateChat:
    """Forwards to the room. What was posted stands there before the program hears of it, as on any real platform."""

    inner: Chat
    chance: Random
    platform: str
    limits: Limits

    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        message = await self.inner.post(place, card, once)
        await self._travel()
        return message

    async def tell(
        self,
        person: PersonRef,
        near: Place,
        card: Card,
        once: Once,
        handle: Handle | None = None,
        *,
        keep: bool = False,
    ) -> Way:
        way = await self.inner.tell(person, near, card, once, handle, keep=keep)
        await self._travel()
        return way

    async def revise(self, message: MessageRef, card: Card) -> None:
        await self.inner.revise(message, card)

    async def home(self, person: PersonRef, card: Card) -> bool:
        return await self.inner.home(person, card)

    async def _travel(self) -> None:
        await asyncio.sleep(self.chance.uniform(0.1, 0.6))


def hurry(epoch: float, haste: float = HASTE) -> None:
    """Every wait of the program and its clock, by `haste`; `epoch` (Unix seconds) makes all lives agree on the time."""

    def now() -> datetime:
        real = datetime.now(UTC).timestamp()
        return datetime.fromtimestamp(epoch + (real - epoch) * haste, UTC)

    patch.object(bot.wiring, "utc_now", now).start()
    patch.object(bot.program, "tick_forever", partial(tick_forever, every_s=TICK_S / haste)).start()
    patch.object(judge, "_BACKOFF_S", judge._BACKOFF_S / haste).start()


async def live(file: Path, model: str, seed: int) -> None:
    settings = load_settings(
        database_url=f"sqlite+aiosqlite:///{file}",
        room=True,
        judge="anthropic",
        anthropic_api_key="made-up",
        anthropic_base_url=model,
        log_level="warning",
    )
    configure_logs(settings.log_level, settings.log_format)
    chance, roles = Random(seed), frozenset({ProcessRole.WEB, ProcessRole.WORKER})  # noqa: S311  # no secret
    async with stop_on_signals() as stop, build(settings) as program:
        await _far_away(program, chance).run(roles, stop, ready=partial(print, flush=True))


def _far_away(program: Program, chance: Random) -> Program:
    chats = {name: LateChat(chat, chance, name, chat.limits) for name, chat in program.worker.chats.items()}
    return replace(program, port=0, worker=replace(program.worker, chats=chats))


def main(file: str, model: str, epoch: str, seed: str, mutation: str = "") -> None:
    hurry(float(epoch))
    if mutation:
        MUTATIONS[mutation]()
    asyncio.run(live(Path(file), model, int(seed)))


if __name__ == "__main__":
    main(*sys.argv[1:])

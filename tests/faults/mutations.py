"""Ways to break the program that a kill must bring to light: they prove that the harness can fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from secrets import token_hex
from unittest.mock import patch

import bot.program
from drills.chat.inbound import Answer, Submitted
from drills.evaluation import Evaluation
from drills.journeys import deliver, reply
from drills.journeys.tools import Tools, own_attempt, the_push
from drills.ports import Once
from drills.views.notices import reading_card

_LATE_S = 0.4
_writing: set[asyncio.Task[Answer]] = set()


def no_boot_scan() -> None:
    """Nobody looks for the rows that a dead process left behind."""

    async def never(_tools: Tools) -> None:
        await asyncio.Event().wait()

    patch.object(bot.program, "tick_forever", never).start()


def early_acknowledgement() -> None:
    """People are told that their words are kept before they are."""
    write = reply.reply

    async def promise(tools: Tools, submitted: Submitted, attempt_id: str) -> Answer:
        async with tools.memory.read() as work:
            attempt = await own_attempt(work, submitted.person, attempt_id)
            found = await the_push(work, submitted.person.workspace, attempt.push, attempt.variant)

        async def later() -> Answer:
            await asyncio.sleep(_LATE_S)
            return await write(tools, submitted, attempt_id)

        task = asyncio.create_task(later())
        _writing.add(task)
        task.add_done_callback(_writing.discard)
        return Answer(reading_card(found.drill))

    patch.object(reply, "reply", promise).start()


def careless_delivery() -> None:
    """Nobody respects a claim, and every delivery is a new message to the platform."""

    def fresh(key: str, again: bool = False) -> Once:
        return Once(f"{key}:{token_hex(4)}", again)

    patch.object(deliver, "Once", fresh).start()
    patch.object(Evaluation, "claim_is_stale", lambda _self, _now: True).start()


MUTATIONS: Mapping[str, Callable[[], None]] = {
    "no_boot_scan": no_boot_scan,
    "early_acknowledgement": early_acknowledgement,
    "careless_delivery": careless_delivery,
}

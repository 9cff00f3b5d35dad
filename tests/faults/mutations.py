"""Ways to break the program that a kill must bring to light: they prove that the harness can fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from unittest.mock import patch

import bot.clock
import bot.program
from drills.campaign.clocks import clock_for, clock_name
from drills.campaign.course import step
from drills.chat.inbound import Answer, Submitted
from drills.evaluation import Evaluation
from drills.journeys import campaigns, deliver, push, reply
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
    """Nobody respects a claim, every delivery is a new message to the platform, and what was told is noted late."""
    save = deliver._save

    async def note_late(tools: Tools, evaluation: Evaluation) -> None:
        await asyncio.sleep(_LATE_S)
        await save(tools, evaluation)

    def fresh(key: str, again: bool = False) -> Once:
        return Once(f"{key}:{token_hex(4)}", again)

    patch.object(deliver, "Once", fresh).start()
    patch.object(deliver, "_save", note_late).start()
    patch.object(Evaluation, "claim_is_stale", lambda _self, _now: True).start()


def forgetful_posting() -> None:
    """A drill that may have been posted is posted again as if it were another one."""

    def fresh(key: str, again: bool = False) -> Once:
        return Once(f"{key}:{token_hex(4)}", again)

    patch.object(push, "Once", fresh).start()


def cursor_first() -> None:
    """A course moves on in a transaction of its own, before the slots that it passed are written."""

    async def careless(tools: Tools, now: datetime) -> int:
        async with tools.memory.begin() as work:
            due = await work.campaigns.claim(await work.campaigns.due(now), now)
            moved = []
            for one in due:
                ahead = step(one.campaign, clock_for(one.campaign, one.team), one.course.after, now)
                after = max([one.course.after, *(landing.wall for landing in ahead.decided)])
                moved.append(replace(one.course, after=after, next_at=ahead.next_at, clock=clock_name(one.team)))
            await work.campaigns.put_courses(moved)
        await asyncio.sleep(5 * _LATE_S)
        async with tools.memory.begin() as work:
            return await campaigns._decide(tools, work, due, now) if due else 0

    patch.object(bot.clock, "push_due", careless).start()


MUTATIONS: Mapping[str, Callable[[], None]] = {
    "no_boot_scan": no_boot_scan,
    "early_acknowledgement": early_acknowledgement,
    "careless_delivery": careless_delivery,
    "forgetful_posting": forgetful_posting,
    "cursor_first": cursor_first,
}

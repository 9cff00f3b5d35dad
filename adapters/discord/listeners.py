"""Taps, forms and commands, answered in time: with the answer where it is ready, with "one moment" where it is not.

Everything is routed by what its id says, here and now: there are no views or modals of discord.py that wait in memory,
so an open modal survives a restart and two people never share one (platforms.md §4.14).
"""

from __future__ import annotations

import asyncio

from adapters.discord import inbound as translate
from adapters.discord.answers import Answers, Tapped
from adapters.discord.commands import is_message_command
from adapters.discord.inbound import Came, Said
from adapters.discord.pictures import Ready
from drills.chat.at_work import AtWork
from drills.chat.inbound import Answer, Asked, Submitted
from drills.chat.recent import Recent
from drills.journeys.checkup import Checkup, is_doctor
from drills.journeys.door import Door
from drills.ports import Clock

IN_TIME_S = 2.0  # of Discord's three seconds: the answer itself has a way to go
SPARED = 130  # taps that can all be told in the second that is left after that
EACH_S = 0.006  # that a first answer keeps a busy process: of many sent forms, not all can be told so in one moment

COMMAND, PRESS, SENT = 2, 3, 5
"""Kinds of interactions."""


class Listeners:
    """One method for each kind of event. None of them raises for what a person did."""

    def __init__(self, door: Door, clock: Clock, answers: Answers, checkup: Checkup, at_work: AtWork) -> None:
        self._door = door
        self._clock = clock
        self._answers = answers
        self._checkup = checkup
        self._at_work = at_work
        self._recent = Recent()
        self._waiting = 0

    async def interaction(self, kind: int, came: Came) -> None:
        """A second delivery of the same one is left alone: its answer is on the way."""
        if not self._recent.first(came.id):
            return
        with self._at_work.here():
            inbound = self._read(kind, came)
            if inbound is None:
                await self._answers.quietly(came)
            elif isinstance(inbound, Asked) and is_doctor(inbound):
                await self._examine(came, inbound)
            else:
                await self._answer(came, inbound)

    async def message(self, said: Said) -> None:
        typed = translate.typed(said)
        if typed is not None and self._recent.first(typed.key):
            with self._at_work.here():
                await self._answers.say(typed, await self._door.receive(typed))

    def _read(self, kind: int, came: Came) -> Tapped | None:
        now = self._clock()
        if kind == COMMAND:
            known = translate.on_message if is_message_command(came.data) else translate.asked
            return known(came, now)
        if kind == PRESS:
            return translate.pressed(came, now)
        return translate.submitted(came, now) if kind == SENT else None

    async def _answer(self, came: Came, inbound: Tapped) -> None:
        with self._answers.answering(came):
            coming = self._at_work.begin(self._answers.ready(came, self._door.receive(inbound)))
            if await self._ready(coming, inbound):
                await self._answers.show(came, inbound, coming.result())
            else:
                await self._answers.wait(came)
                await self._answers.fill(came, inbound, await coming)

    async def _ready(self, coming: asyncio.Task[Ready], inbound: Tapped) -> bool:
        """A tap waits longer, because it may open a form, which "one moment" would put one tap further."""
        self._waiting += 1
        spared = 0 if isinstance(inbound, Submitted) else SPARED
        try:
            return await _done_within(coming, patience_s(self._waiting - spared))
        finally:
            self._waiting -= 1

    async def _examine(self, came: Came, asked: Asked) -> None:
        await self._answers.wait(came)
        await self._answers.fill(came, asked, Ready(Answer(await self._checkup.card(asked))))


def patience_s(waiting: int) -> float:
    """How long the last of so many that wait does so before its person is told: the more, the earlier."""
    return max(IN_TIME_S / 4, IN_TIME_S - EACH_S * max(0, waiting - 1))


async def _done_within(task: asyncio.Task[Ready], seconds: float) -> bool:
    """Leaves the task running when it is not."""
    done, _ = await asyncio.wait({task}, timeout=seconds)
    return bool(done)

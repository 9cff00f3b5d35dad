"""An inbox that does as told: it keeps what came in and answers by a script. For tests of adapters."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.inbound import Answer, Asked, Inbound, NotTaken, Pressed, Submitted, Typed
from drills.chat.intents import Intent

Shown = Card | Form | FieldErrors | NotTaken | Exception | None


class ScriptedInbox:
    """`answers` by verb; `say` is the verb of what is typed or asked. An error is raised, not shown."""

    def __init__(self, answers: Mapping[str, Shown] | None = None) -> None:
        self.answers: dict[str, Shown] = dict(answers or {})
        self.came: list[Inbound] = []

    async def receive(self, inbound: Inbound) -> Answer:
        verb = _verb(inbound)
        if verb != "board":  # a page asks for its board by itself; nobody pressed it
            self.came.append(inbound)
        shown = self.answers.get(verb)
        if isinstance(shown, Exception):
            raise shown
        return Answer(shown)

    @property
    def intents(self) -> list[Intent]:
        return [inbound.intent for inbound in self.came if isinstance(inbound, Pressed | Submitted)]


def _verb(inbound: Inbound) -> str:
    match inbound:
        case Pressed() | Submitted():
            return inbound.intent.verb
        case Typed() | Asked():
            return "say"


class SlowInbox(ScriptedInbox):
    """Waits `seconds` before it takes anything in."""

    seconds, began = 0.0, 0

    async def receive(self, inbound: Inbound) -> Answer:
        self.began += 1
        await asyncio.sleep(self.seconds)
        return await super().receive(inbound)

"""Many press a button in the same instant: the first need not wait for the last."""

from __future__ import annotations

import asyncio
from unittest.mock import Mock

from drills.chat.cards import Card
from drills.chat.inbound import Answer, Pressed
from drills.chat.intents import Intent
from drills.journeys.inbox import AT_ONCE, Inbox
from drills.journeys.tools import Tools
from drills.people import PersonRef, Place, Workspace
from drills.views.wording import ONLY_YOU

HERE = Place(Workspace("room", "demo"), "5-south")


async def test_of_many_at_once_the_first_need_not_wait_for_the_last() -> None:
    began: list[str] = []
    gate = asyncio.Event()

    async def mine(_: Tools, pressed: Pressed) -> Answer:
        began.append(pressed.key)
        await gate.wait()
        return Answer(Card(title="Yours", blocks=(), who_sees=ONLY_YOU))

    inbox = Inbox(Mock(spec=Tools), pressed={"mine": mine})
    everybody = [Pressed(str(n), PersonRef(HERE.workspace, f"u{n}"), HERE, Intent("mine")) for n in range(20)]
    waiting = [asyncio.create_task(inbox.receive(one)) for one in everybody]
    await asyncio.sleep(0.01)
    assert began == [str(n) for n in range(AT_ONCE)]
    gate.set()
    answers = await asyncio.gather(*waiting)
    assert began == [str(n) for n in range(20)]
    assert all(answer.show for answer in answers)

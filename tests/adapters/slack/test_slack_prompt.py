"""Many press a button in the same instant: each is acknowledged as soon as their own answer is there."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from unittest.mock import Mock

import pytest
from made_cards import a_card
from slack_bolt.response import BoltResponse

from adapters.slack.door import AT_ONCE, Door
from adapters.slack.profiles import Profiles
from adapters.slack.prompt import Ack, Payload, prompt
from drills.chat.inbound import Answer, Inbound, Pressed
from drills.chat.intents import Intent
from drills.people import PersonRef, Place, Workspace


async def _ack(**said: Any) -> BoltResponse:
    return BoltResponse(status=200, body=said or "")


async def test_the_acknowledgement_does_not_wait_for_what_follows_it() -> None:
    opened, done = asyncio.Event(), asyncio.Event()

    async def listener(ack: Ack, _: Payload) -> None:
        await ack(text="in")
        await opened.wait()
        done.set()

    response = await prompt(listener)(_ack, {})
    assert "in" in response.body
    assert not done.is_set()
    opened.set()
    await asyncio.wait_for(done.wait(), 1)


async def test_a_listener_that_says_nothing_is_acknowledged_all_the_same() -> None:
    async def listener(_: Ack, __: Payload) -> None:
        return

    assert (await prompt(listener)(_ack, {})).status == 200


async def test_what_crashes_before_the_acknowledgement_is_bolts_to_answer() -> None:
    async def listener(_: Ack, __: Payload) -> None:
        raise LookupError("no such modal")

    with pytest.raises(LookupError):
        await prompt(listener)(_ack, {})


async def test_what_crashes_after_it_is_said_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def listener(ack: Ack, _: Payload) -> None:
        await ack()
        raise LookupError("no such modal")

    with caplog.at_level(logging.ERROR):
        assert (await prompt(listener)(_ack, {})).status == 200
        await asyncio.sleep(0)
    assert "after its acknowledgement" in caplog.text


async def test_of_many_at_once_the_first_need_not_wait_for_the_last() -> None:
    began: list[str] = []
    gate = asyncio.Event()

    async def inbox(inbound: Inbound) -> Answer:
        began.append(inbound.key)
        await gate.wait()
        return Answer(a_card("In"))

    door = Door(inbox, Mock(spec=Profiles))
    workspace = Workspace("slack", "T1")
    presses = [
        Pressed(str(n), PersonRef(workspace, f"U{n}"), Place(workspace, "C1"), Intent("mine", ())) for n in range(20)
    ]
    waiting = [asyncio.create_task(door.receive(press)) for press in presses]
    await asyncio.sleep(0.01)
    assert began == [str(n) for n in range(AT_ONCE)]
    gate.set()
    await asyncio.gather(*waiting)
    assert began == [str(n) for n in range(20)]

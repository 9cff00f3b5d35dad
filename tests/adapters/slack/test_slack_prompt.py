"""Each press and form is acknowledged as soon as its answer is there, and what follows goes on beside."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from slack_bolt.response import BoltResponse

from adapters.slack.prompt import Ack, Payload, prompt
from drills.chat.at_work import AtWork


async def _ack(**said: Any) -> BoltResponse:
    return BoltResponse(status=200, body=said or "")


async def test_the_acknowledgement_does_not_wait_for_what_follows_it() -> None:
    opened, done = asyncio.Event(), asyncio.Event()

    async def listener(ack: Ack, _: Payload) -> None:
        await ack(text="in")
        await opened.wait()
        done.set()

    response = await prompt(AtWork(), listener)(_ack, {})
    assert "in" in response.body
    assert not done.is_set()
    opened.set()
    await asyncio.wait_for(done.wait(), 1)


async def test_a_listener_that_says_nothing_is_acknowledged_all_the_same() -> None:
    async def listener(_: Ack, __: Payload) -> None:
        return

    assert (await prompt(AtWork(), listener)(_ack, {})).status == 200


async def test_what_crashes_before_the_acknowledgement_is_bolts_to_answer() -> None:
    async def listener(_: Ack, __: Payload) -> None:
        raise LookupError("no such modal")

    with pytest.raises(LookupError):
        await prompt(AtWork(), listener)(_ack, {})


async def test_what_crashes_after_it_is_said_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def listener(ack: Ack, _: Payload) -> None:
        await ack()
        raise LookupError("no such modal")

    with caplog.at_level(logging.ERROR):
        assert (await prompt(AtWork(), listener)(_ack, {})).status == 200
        await asyncio.sleep(0)
    assert "after its acknowledgement" in caplog.text

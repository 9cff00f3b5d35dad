"""Replies to send: forms that were opened before the clock starts, so that only the acknowledgement is measured."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from uuid import uuid4

import aiohttp
from faults.scene import TEAM, WORKSPACE

from drills.chat.cards import Card, Form
from drills.chat.inbound import Pressed, Submitted
from drills.chat.intents import Intent
from drills.journeys.inbox import Inbox
from drills.people import PersonRef

WORDS = (
    "Dr. Chen, this is the nurse on 5 South about Mrs. Voss in 12. Her sats fell to 86 on two litres, she is breathing "
    "at 28 and she is restless. She is two days after a hip repair. I think she may have an embolism. I need you here "
    "in five minutes, and I would like a blood gas and a scan ordered now. Can you say that back to me?"
)
_INTENT = re.compile(r'data-intent="([^"]+)"')
_PRESSES = 4  # at once: nothing is measured while forms are opened
_KEPT = "Reading your reply"


async def open_through(inbox: Inbox, pairs: Sequence[tuple[str, str]]) -> list[Submitted]:
    """Press Answer for each (person, push); what comes back is ready to be received."""
    return [await _opened(inbox, person, push) for person, push in pairs]


async def _opened(inbox: Inbox, person: str, push: str) -> Submitted:
    who = PersonRef(WORKSPACE, person)
    answer = await inbox.receive(Pressed(uuid4().hex, who, TEAM.place, Intent("answer", (push,))))
    assert isinstance(answer.show, Form), answer
    return Submitted(uuid4().hex, who, TEAM.place, answer.show.intent, {"words": WORDS})


async def receive(inbox: Inbox, submitted: Submitted) -> float:
    """Seconds until the reply is acknowledged."""
    began = time.perf_counter()
    answer = await inbox.receive(submitted)
    assert isinstance(answer.show, Card), answer
    assert _KEPT in answer.show.title, answer
    return time.perf_counter() - began


async def open_over_http(
    session: aiohttp.ClientSession, base: str, pairs: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """(person, intent of the form) for each pair."""
    gate = asyncio.Semaphore(_PRESSES)

    async def one(person: str, push: str) -> tuple[str, str]:
        async with gate:
            return person, await _pressed(session, base, person, push)

    return await asyncio.gather(*[one(person, push) for person, push in pairs])


async def _pressed(session: aiohttp.ClientSession, base: str, person: str, push: str) -> str:
    html = await _post(session, f"{base}/{TEAM.id}/as/{person}/press", {"intent": f"answer:{push}"})
    found = _INTENT.search(html)
    assert found, html
    return found[1]


async def submit(session: aiohttp.ClientSession, base: str, person: str, intent: str) -> float:
    """Seconds until the room's answer says that the words are kept."""
    began = time.perf_counter()
    fields = {"intent": intent, "value.words": WORDS}
    html = await _post(session, f"{base}/{TEAM.id}/as/{person}/submit", fields)
    assert _KEPT in html, html
    return time.perf_counter() - began


async def submit_all(
    session: aiohttp.ClientSession, base: str, forms: Sequence[tuple[str, str]], at_once: int
) -> list[float]:
    """Seconds of each, in no order; never more than `at_once` on their way."""
    gate = asyncio.Semaphore(at_once)

    async def one(person: str, intent: str) -> float:
        async with gate:
            return await submit(session, base, person, intent)

    return await asyncio.gather(*[one(person, intent) for person, intent in forms])


async def _post(session: aiohttp.ClientSession, url: str, fields: dict[str, str]) -> str:
    async with session.post(url, data={"key": uuid4().hex, **fields}, headers={"x-room": "1"}) as response:
        return await response.text()

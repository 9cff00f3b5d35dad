"""What people write stays out of every log line: at debug level, through a whole story, crashes included."""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
import structlog
from fake_anthropic import FakeAnthropic
from running_program import running_program

from bot.logs import configure_logs
from drills.journeys import fairness

REPLY = "Zebrafinch on 5 South, he is much sicker since ten, please come quickstep now"
COMMENT = "Quokkaberry: I did say it was urgent"
TYPED = "Narwhalish talk in the channel"
SECRETS = ("zebrafinch", "quickstep", "quokkaberry", "narwhalish", "sk-ant-hush")
SEAT = "/5-south/as/kai"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs("debug", "json", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def test_a_whole_story_leaves_no_word_of_anybody_in_the_logs(
    tmp_path: Path, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drills.journeys.judge._BACKOFF_S", 0.05)
    async with FakeAnthropic() as fake:
        fake.script("overloaded", "ok")
        async with (
            running_program(tmp_path, ANTHROPIC_API_KEY="sk-ant-hush", ANTHROPIC_BASE_URL=fake.url) as base,
            aiohttp.ClientSession(base) as kai,
        ):
            await _answer_the_open_drill(kai)
            feedback = await _eventually(kai, "What worked|Thank you for putting")
            evaluation = re.search(r'value="unfair:(\w+)"', feedback)
            assert evaluation
            _crash(monkeypatch)
            await _post(kai, "submit", intent=f"contest:{evaluation[1]}", **{"value.comment": COMMENT})
            await _post(kai, "say", text=TYPED)
            await _post(kai, "say", text=f"/drill {TYPED}")

    lines = logged.getvalue().lower()
    assert "inbound crashed" in lines  # the crash is there for the operator …
    assert "traceback" in lines
    assert [secret for secret in SECRETS if secret in lines] == []  # … without anybody's words


def _crash(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_arguments: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(fairness, "_set_aside", broken)


async def _answer_the_open_drill(kai: aiohttp.ClientSession) -> None:
    page = await (await kai.get(SEAT)).text()
    push = re.findall(r'name="intent" value="answer:(\w+)"', page)[0]
    form = await _post(kai, "press", intent=f"answer:{push}")
    attempt = re.search(r'value="reply:(\w+)"', form)
    assert attempt
    assert "Reading your reply" in await _post(kai, "submit", intent=f"reply:{attempt[1]}", **{"value.words": REPLY})


async def _post(kai: aiohttp.ClientSession, verb: str, **fields: str) -> str:
    async with kai.post(f"{SEAT}/{verb}", data={"key": uuid4().hex, **fields}) as response:
        return await response.text()


async def _eventually(kai: aiohttp.ClientSession, pattern: str) -> str:
    for _ in range(200):
        page = await (await kai.get(SEAT)).text()
        if re.search(pattern, page):
            return page
        await asyncio.sleep(0.05)
    raise AssertionError(f"{pattern!r} never came")

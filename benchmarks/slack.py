"""Slack's three seconds: what a burst of forms and a steady stream of events cost beside a Bolt app that only acks."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from child_environment import child_environment
from fake_anthropic import FakeAnthropic
from fake_slack.slack_server import FakeSlack

from benchmarks.figure import Figure, percentiles
from benchmarks.running import Running, free_port, running, started
from benchmarks.slack_load import Heard, Send, burst, by_http, by_socket, sustained
from benchmarks.slack_scene import SlackScene, set_up

_FLOOR, _DEADLINE_S, _MODEL_S = "bare Bolt", 3.0, 2.0
_WAYS = ("HTTP", "Socket Mode")


@dataclass(frozen=True, slots=True)
class Took:
    """What one app did over one way in: everybody's form at once, then everybody's next one, then other events."""

    burst: list[Heard]
    forms_a_second: float
    cpu_ms_a_form: float
    events_a_second: float


async def measure(folder: Path, *, tiny: bool = False) -> list[Figure]:
    """The fake Slack and whoever presses the buttons live in this process; each app has one of its own."""
    people, events = (4, 20) if tiny else (200, 4600)
    async with FakeSlack(judged=False) as slack, FakeAnthropic(latency_s=_MODEL_S) as model:
        scene = await set_up(slack, folder, people, pushes=2 * len(_WAYS))
        async with _bare(scene) as floor:
            beside = await _over_both(scene, floor, people, events)
        async with running(scene.file, model.url, 8, **scene.settings) as program:
            just_started = program.rss_mb
            ours = await _over_both(scene, program, people, events)
            await _all_kept(scene)
            resident = Figure(
                f"resident after {len(_WAYS) * (2 * people + events):,} events",
                program.rss_mb,
                "MB",
                just_started,
                "just started",
            )
    return [
        *[figure for way, took, bare in zip(_WAYS, ours, beside, strict=True) for figure in _figures(way, took, bare)],
        resident,
    ]


async def _over_both(scene: SlackScene, app: Running, people: int, events: int) -> list[Took]:
    await scene.slack.connected(2)
    connections = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connections) as session:
        http = by_http(session, f"{app.base}/slack/events", scene.slack.signing_secret)
        half = 2 * people
        return [
            await _took(app, http, scene, slice(0, half), events),
            await _took(app, by_socket(scene.slack.sockets), scene, slice(half, 2 * half), events),
        ]


async def _took(app: Running, send: Send, scene: SlackScene, which: slice, events: int) -> Took:
    forms, spent = scene.forms[which], app.cpu_s
    people = len(forms) // 2
    heard = await burst(send, forms[:people])
    a_second = await sustained(send, forms[people:])
    cpu_ms = (app.cpu_s - spent) / len(forms) * 1000
    return Took(heard, a_second, cpu_ms, await sustained(send, scene.chatter(events)))


def _figures(way: str, took: Took, bare: Took) -> list[Figure]:
    many = len(took.burst)
    after, floor = ([heard.after_s for heard in one.burst] for one in (took, bare))
    in_time = [heard for heard in took.burst if heard.after_s < _DEADLINE_S]
    kept = [heard for heard in in_time if heard.is_kept]
    return [
        *percentiles(f"{way}, {many} forms at once", after, floor, _FLOOR),
        Figure(f"{way}, acknowledged within 3 s", len(in_time), f"of {many}"),
        Figure(f"{way}, told at once that the words are in", len(kept), f"of {many}"),
        Figure(f"{way}, forms, sustained", took.forms_a_second, "/s", bare.forms_a_second, _FLOOR),
        Figure(f"{way}, forms, processor time", took.cpu_ms_a_form, "ms each", bare.cpu_ms_a_form, _FLOOR),
        Figure(f"{way}, other events, sustained", took.events_a_second, "/s", bare.events_a_second, _FLOOR),
    ]


@asynccontextmanager
async def _bare(scene: SlackScene) -> AsyncIterator[Running]:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.bare_bolt", str(port)]
    async with started(command, child_environment(**scene.settings), port) as app:
        yield app


async def _all_kept(scene: SlackScene) -> None:
    """Whatever a person was shown: each form's words are in the database."""
    with closing(sqlite3.connect(f"file:{scene.file}?mode=ro", uri=True, timeout=5)) as db:
        async with asyncio.timeout(60):
            while db.execute("SELECT count(*) FROM replies").fetchone()[0] < len(scene.forms):  # noqa: ASYNC110
                await asyncio.sleep(0.05)  # another process's rows, not an event of ours

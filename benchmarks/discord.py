"""Discord's three seconds: from a tap to its first answer in a burst, beside a discord.py client that only answers."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from builders import a_drill_file
from child_environment import child_environment, readback
from discord_program import discord_program
from fake_discord.discord_server import FakeDiscord

from benchmarks.figure import Figure, percentiles

_FLOOR, _DEADLINE_S, _UP_WITHIN_S = "bare discord.py", 3.0, 60.0
_DRILL = "sbar-001-night-call"
_WORDS = a_drill_file(_DRILL).drill().model_answer.strip()


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds until the first answer: to everybody's tap on Answer at once, then to everybody's form at once.

    `again`: taps that were asked for one more, because the form was not ready in time.
    `waited`: forms whose first answer said "one moment" for the same reason.
    """

    taps: Sequence[float]
    forms: Sequence[float]
    again: int
    waited: int


async def measure(folder: Path, *, tiny: bool = False) -> list[Figure]:
    """The fake Discord and whoever taps live in this process; each client has one of its own."""
    count = 4 if tiny else 200
    async with FakeDiscord(judged=False, patience_s=60.0) as discord:
        people, card = await _posted(discord, folder, count)
        async with _client(discord, folder, [sys.executable, "-m", "benchmarks.bare_discord"]):
            floor = await _burst(discord, people, card)
        discord.modals.clear()
        async with _client(discord, folder, readback("run", "discord")):
            ours = await _burst(discord, people, card)
    in_time = sum(seconds < _DEADLINE_S for seconds in (*ours.taps, *ours.forms))
    return [
        *percentiles(f"{count} taps at once, to the form", ours.taps, floor.taps, _FLOOR),
        *percentiles(f"{count} forms at once, to the first answer", ours.forms, floor.forms, _FLOOR),
        Figure("answered within 3 s", in_time, f"of {2 * count}"),
        Figure("of the taps, asked for one more", ours.again, f"of {count}"),
        Figure("of the forms, told “one moment” first", ours.waited, f"of {count}"),
    ]


async def _posted(discord: FakeDiscord, folder: Path, count: int) -> tuple[list[str], str]:
    """A team of `count`, and a drill's card in their channel."""
    north = discord.guild("North")
    people = [north.person(f"Nurse {number}") for number in range(count)]
    ward = north.channel("5-west")
    async with discord_program(discord, folder) as house:
        push = await house.stands(await house.push(await house.team(north, ward, *people), _DRILL))
    assert push.message
    discord.patience_s = 60.0
    return people, push.message.id


async def _burst(discord: FakeDiscord, people: Sequence[str], card: str) -> Took:
    taps = await asyncio.gather(*(discord.clicks(user, card, "Answer") for user in people))
    late = [user for user in people if discord.modal(user) is None]
    for user in late:
        await _once_more(discord, user)
    forms = await asyncio.gather(*(discord.submits(user, {"words": _WORDS}) for user in people))
    return Took(
        [one.seconds for one in taps],
        [one.seconds for one in forms if one],
        len(late),
        sum(one.deferred for one in forms if one),
    )


async def _once_more(discord: FakeDiscord, user: str) -> None:
    async with asyncio.timeout(_UP_WITHIN_S):
        while discord.modal(user) is None:
            asked = await discord.soon(user, "One more tap", within=_UP_WITHIN_S)
            await discord.clicks(user, asked.id, asked.buttons[0])


@asynccontextmanager
async def _client(discord: FakeDiscord, folder: Path, command: Sequence[str]) -> AsyncIterator[None]:
    """As a process of its own, from its session with Discord until it has ended."""
    settings = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'readback.db'}",
        "PORT": "0",
        "READBACK_JUDGE": "embedded",
        "READBACK_LOG_LEVEL": "warning",
        "DISCORD_TOKEN": discord.token,
        "READBACK_DISCORD_API_BASE": discord.api_base,
        "READBACK_DISCORD_GATEWAY_URL": discord.gateway_url,
    }
    child = await asyncio.create_subprocess_exec(*command, env=child_environment(**settings))
    try:
        await discord.connected(within=_UP_WITHIN_S)
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        await child.wait()
        async with asyncio.timeout(_UP_WITHIN_S):
            while discord.gateway.held:  # noqa: ASYNC110  # another process's line, not an event of ours
                await asyncio.sleep(0.02)

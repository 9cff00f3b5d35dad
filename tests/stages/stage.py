"""A hospital on one platform for stories of days: the product's journeys behind a real adapter, and a clock of ours.

5 West is in Chicago, the ICU in Berlin. Ada educates both, Ben leads 5 West. Nothing runs by itself: `lives_until`
moves the clock, ticks as the program does and works every job there is.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from builders import the_library
from campaign_ward import DRILLS, at
from chat_harness import Seen
from empty_database import a_memory
from fakes import FrozenClock, ScriptedJudge, counting_ids

from bot.clock import tick
from bot.worker import Worker
from drills.catalog import read_campaign
from drills.journeys.inbox import Inbox
from drills.journeys.run_campaign import start
from drills.journeys.tools import Tools
from drills.people import Member, PersonRef, Profession, Role, Team, Workspace
from drills.ports import Chat, Job, Retry
from drills.push import Push
from storage.memory import SqlMemory

WEST, ICU = "5-west", "icu"
ZONES = {WEST: "America/Chicago", ICU: "Europe/Berlin"}
STAFF = {WEST: ("Ada", "Ben", "Cleo", "Dev", "Iris", "Finn"), ICU: ("Ada", "Gita", "Hal")}
PEOPLE = tuple(dict.fromkeys(name for names in STAFF.values() for name in names))
ROLES = {("Ada", WEST): Role.EDUCATOR, ("Ada", ICU): Role.EDUCATOR, ("Ben", WEST): Role.LEAD}

FILE = """\
schema: 1
id: spring
title: Spring
drills: [sbar-001-night-call, sbar-002-lobby-recheck]
teams: [{id: 5-west}]
cadence: {every: "Tue and Thu at 14:00"}
starts: 2026-03-02
ends: 2026-03-31
"""


@dataclass(frozen=True)
class Page:
    """What stands before a person after they did something: a form, or a card that only they see."""

    text: str
    buttons: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


class Client(Protocol):
    """One platform as people use it. Each act returns what it brought up."""

    chat: Chat
    users: Mapping[str, str]
    workspace: Workspace
    channels: Mapping[str, str]

    async def asks(self, who: str, words: str, team: str) -> Page:
        """`/drill` with these words, in the team's channel; on Discord the command that has them."""
        ...

    async def taps(self, who: str, label: str, on: str | None = None) -> Page:
        """A button: on the message with this id, or on what came up last."""
        ...

    async def opens(self, who: str, label: str) -> Page:
        """The form behind this button, past a card that says what does not fit into it."""
        ...

    async def fills(self, who: str, values: Mapping[str, str]) -> Page:
        """The form that came up last, and sends it. Values by name of the field."""
        ...

    async def sees(self, who: str) -> Sequence[Seen]:
        """Every message, oldest first."""
        ...


@dataclass
class Stage:
    client: Client
    memory: SqlMemory
    tools: Tools
    clock: FrozenClock
    judge: ScriptedJudge
    teams: Mapping[str, Team]

    @property
    def workspace(self) -> Workspace:
        return self.client.workspace

    @property
    def worker(self) -> Worker:
        return Worker(self.tools, {self.workspace.platform: self.client.chat}, self.judge)

    def person(self, who: str) -> PersonRef:
        return PersonRef(self.workspace, self.client.users[who])

    async def asks(self, who: str, words: str, team: str = WEST) -> Page:
        return await self.client.asks(who, words, team)

    async def taps(self, who: str, label: str, on: str | None = None) -> Page:
        return await self.client.taps(who, label, on)

    async def opens(self, who: str, label: str) -> Page:
        return await self.client.opens(who, label)

    async def fills(self, who: str, **values: str) -> Page:
        return await self.client.fills(who, values)

    async def channel(self, team: str = WEST) -> list[Seen]:
        """What stands in the team's channel for all to see."""
        bystander = STAFF[team][-1]
        return [seen for seen in await self.client.sees(bystander) if not seen.private]

    async def told(self, who: str, words: str = "") -> list[Seen]:
        """What only this person sees, and says these words."""
        return [seen for seen in await self.client.sees(who) if seen.private and words in seen.text]

    async def answers(self, who: str, card: str, words: str) -> Page:
        """From the tap on the channel's card to the reply that is being read."""
        await self.taps(who, "Answer", on=card)
        return await self.fills(who, words=words)

    async def started(self, more: str = "", *, now: str = "2026-03-01 12:00", **replaced: str) -> None:
        """A campaign from a file, as `readback campaign start` does it; `replaced` are lines by their key."""
        lines = [_line(line, replaced) for line in FILE.splitlines()]
        self.clock.now = at(now)
        await start(self.tools, read_campaign("\n".join([*lines, more]), DRILLS), self.workspace)
        await self.lives_until(now)

    async def lives_until(self, local: str, zone: str = "America/Chicago") -> None:
        """The whole program at this moment."""
        self.clock.now = at(local, ZoneInfo(zone))
        await tick(self.tools)
        await self.work()

    async def work(self) -> None:
        """Every job there is; one that a platform puts off for a moment is tried again after it."""
        done: set[Job] = set()
        while jobs := [job for job in await self.memory.unfinished(self.clock()) if job not in done]:
            for job in jobs:
                answer = await self.worker(job)
                if isinstance(answer, Retry):
                    await asyncio.sleep(answer.after)
                else:
                    done.add(job)

    async def change_team(self, team: str = WEST, **changes: Any) -> None:
        """The team, set up another way."""
        async with self.memory.begin() as work:
            await work.teams.save(replace(self.teams[team], **changes))

    async def educates(self, who: str) -> None:
        """Both teams, besides Ada."""
        async with self.memory.begin() as work:
            for team in self.teams:
                await work.members.save(Member(self.person(who), team, who, Profession.NURSE, Role.EDUCATOR))

    async def pushes(self, team: str = WEST) -> list[Push]:
        """Oldest first."""
        async with self.memory.read() as work:
            return list(reversed(await work.pushes.of_team(self.teams[team], limit=100)))


@asynccontextmanager
async def house(folder: Path, workspace: Workspace, channels: Mapping[str, str]) -> AsyncIterator[Stage]:
    """Memory, tools and teams; whoever builds the platform sets `client`, and saves its people with `staffed`."""
    path = folder / f"{workspace.platform}.db"
    memory = await a_memory(path)
    clock = FrozenClock(at("2026-03-01 12:00"))
    teams = {id_: Team(workspace, id_, id_.replace("-", " ").title(), channels[id_], ZONES[id_]) for id_ in ZONES}
    tools = Tools(memory, clock, counting_ids(), library=the_library())
    try:
        async with memory.begin() as work:
            for team in teams.values():
                await work.teams.save(team)
        yield Stage(None, memory, tools, clock, ScriptedJudge(), teams)  # type: ignore[arg-type]
    finally:
        await memory.close()


async def staffed(stage: Stage) -> None:
    async with stage.memory.begin() as work:
        for team, names in STAFF.items():
            for name in names:
                role = ROLES.get((name, team), Role.LEARNER)
                await work.members.save(Member(stage.person(name), team, name, Profession.NURSE, role))


def inbox(stage: Stage) -> Inbox:
    return Inbox(stage.tools)


def _line(line: str, replaced: Mapping[str, str]) -> str:
    key = line.partition(":")[0]
    return f"{key}: {replaced[key]}" if key in replaced else line

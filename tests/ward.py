"""A small world for stories: a real SQLite file, a clock that stands still, a fake chat and a scripted judge."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from builders import a_drill_file, a_member, a_person, a_team, the_library
from fakes import FakeChat, FrozenClock, ScriptedJudge, counting_ids

from bot.worker import Worker
from drills.catalog import DrillFile
from drills.chat.cards import Card, Form
from drills.chat.inbound import Answer, Asked, Pressed, Profile, Submitted, Typed
from drills.chat.intents import Intent
from drills.journeys.inbox import Inbox
from drills.journeys.push import plan
from drills.journeys.tools import Tools
from drills.people import Member, MessageRef, Place, Profession, Role, Team
from drills.ports import Job, Retry
from drills.push import Push
from storage.memory import SqlMemory, open_memory
from storage.upgrade import upgrade


@dataclass
class Ward:
    """A team in a channel, and everything that a story does to it."""

    memory: SqlMemory
    tools: Tools
    clock: FrozenClock
    chat: FakeChat
    judge: ScriptedJudge
    team: Team
    members: list[Member]
    keys: int = 0
    retries: list[Retry] = field(default_factory=list)

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.tools)

    @property
    def worker(self) -> Worker:
        return Worker(self.tools, {self.team.workspace.platform: self.chat}, self.judge)

    async def push(self, file: DrillFile | None = None, slot: str = "1") -> Push:
        """Plan a push and let the worker post it."""
        file = file or a_drill_file()
        push = await plan(
            self.tools, self.team, file.drill(), file.source, campaign="test", slot=slot, opens_at=self.clock()
        )
        assert push is not None
        await self.work()
        return push

    async def press(
        self,
        verb: str,
        *args: str,
        by: str = "kai",
        key: str | None = None,
        place: Place | None = None,
        profile: Profile = Profile(),  # noqa: B008 - immutable
    ) -> Card | Form:
        place, intent = place or self.team.place, Intent(verb, args)
        return self._shown(
            await self.inbox.receive(Pressed(key or self._key(), a_person(by), place, intent, profile=profile))
        )

    async def submit(
        self,
        form: Card | Form | Intent,
        by: str = "kai",
        key: str | None = None,
        place: Place | None = None,
        profile: Profile = Profile(),  # noqa: B008 - immutable
        **values: str,
    ) -> Answer:
        intent = form if isinstance(form, Intent) else form.intent  # type: ignore[union-attr]
        place = place or self.team.place
        return await self.inbox.receive(
            Submitted(key or self._key(), a_person(by), place, intent, values, profile=profile)
        )

    async def ask(
        self,
        words: str,
        by: str = "kai",
        key: str | None = None,
        place: Place | None = None,
        profile: Profile = Profile(),  # noqa: B008 - immutable
    ) -> Card | Form:
        place = place or self.team.place
        return self._shown(
            await self.inbox.receive(Asked(key or self._key(), a_person(by), place, words, profile=profile))
        )

    async def type(
        self,
        text: str,
        under: Push | None = None,
        by: str = "kai",
        key: str | None = None,
        place: Place | None = None,
        *,
        to_us: bool = False,
    ) -> Card | None:
        """Words typed in the channel, or in the thread under a drill's card; `to_us` when they name us."""
        message = MessageRef(self.team.place, f"push:{under.id}") if under else None
        place = place or self.team.place
        answer = await self.inbox.receive(Typed(key or self._key(), a_person(by), place, text, message, to_us))
        assert answer.show is None or isinstance(answer.show, Card), answer
        return answer.show

    async def change_team(self, **changes: Any) -> None:
        """The team, set up another way."""
        self.team = replace(self.team, **changes)
        async with self.memory.begin() as work:
            await work.teams.save(self.team)

    async def name(self, user: str, role: Role) -> None:
        """Give a member a role."""
        async with self.memory.begin() as work:
            member = await work.members.get(a_person(user), self.team.id)
            assert member is not None
            await work.members.save(replace(member, role=role), was=member)

    async def reply(self, push: Push, words: str, by: str = "kai") -> Answer:
        return await self.submit(await self.press("answer", push.id, by=by), by=by, words=words)

    async def work(self) -> list[Retry]:
        """Handle every job there is until none asks for more; the ones that want a retry are returned."""
        retries = []
        seen: set[Job] = set()
        while jobs := [job for job in await self.memory.unfinished(self.clock()) if job not in seen]:
            for job in jobs:
                seen.add(job)
                answer = await self.worker(job)
                if isinstance(answer, Retry):
                    retries.append(answer)
        return retries

    async def refresh(self, push: Push) -> Card:
        """The channel card as the worker draws it now."""
        await self.worker(Job("refresh", self.team.workspace, push.id))
        return self.chat.revisions[-1][1]

    def told(self, by: str = "kai") -> list[Card]:
        return [card for person, card in self.chat.tells.values() if person == a_person(by)]

    def _key(self) -> str:
        self.keys += 1
        return f"event-{self.keys}"

    @staticmethod
    def _shown(answer: Answer) -> Card | Form:
        assert isinstance(answer.show, Card | Form), answer
        return answer.show


@asynccontextmanager
async def open_ward(folder: Path) -> AsyncIterator[Ward]:
    """Six nurses and a unit clerk on 5 South, nothing pushed yet."""
    url = f"sqlite+aiosqlite:///{folder / 'readback.db'}"
    upgrade(url)
    memory = await open_memory(url)
    team, clock = a_team(), FrozenClock()
    nurses = [a_member(user, team) for user in ("kai", "amara", "tomasz", "ines", "grace", "owen")]
    members = [*nurses, a_member("lena", team, Profession.UNIT_CLERK)]
    async with memory.begin() as work:
        await work.teams.save(team)
        for member in members:
            await work.members.save(member)
    try:
        tools = Tools(memory, clock, counting_ids(), library=the_library())
        yield Ward(memory, tools, clock, FakeChat(), ScriptedJudge(), team, members)
    finally:
        await memory.close()

"""What a story does behind its platform's back: a team as setup leaves it, a drill as a campaign plans it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from builders import a_drill_file

from bot.clock import tick, utc_now
from bot.program import Program
from drills.journeys.push import plan
from drills.people import Member, PersonRef, Profession, Team, Workspace
from drills.push import WINDOW, Push, PushState


@dataclass
class PlatformProgram:
    program: Program

    async def staffed(
        self, workspace: Workspace, name: str, channel: str, people: dict[str, str], **facts: Any
    ) -> Team:
        """A care team in a channel, with these people (names by id) in it, as setup and first answers leave it."""
        team = Team(workspace, f"{workspace.id}-{name}".lower(), name, channel, "America/Chicago", **facts)
        async with self.program.tools.memory.begin() as work:
            await work.teams.save(team)
            for user, named in people.items():
                await work.members.save(Member(PersonRef(workspace, user), team.id, named, Profession.NURSE))
        return team

    async def push(self, team: Team, drill: str = "sbar-001-night-call", slot: str = "1", **facts: Any) -> Push:
        """A drill for the team, as a campaign plans it; the worker posts it."""
        file, tools = a_drill_file(drill), self.program.tools
        push = await plan(
            tools, team, file.drill(), file.source, campaign="test", slot=slot, opens_at=utc_now(), **facts
        )
        assert push
        return push

    async def stands(self, push: Push) -> Push:
        """The push, once it is written down that it was posted: a moment after the channel sees it."""
        async with asyncio.timeout(10):
            while (now := await self._now(push)).state is not PushState.POSTED:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.02)
        return now

    async def window_passes(self, push: Push, team: Team) -> None:
        """Every drill of the team that stands has been out for its time; the clock's next tick closes it."""
        await self.stands(push)
        async with self.program.tools.memory.begin() as work:
            await work.pushes.postpone(team, utc_now(), -WINDOW)
        await tick(self.program.tools)

    async def becomes(self, push: Push, **changes: Any) -> None:
        """The row is another one from now on, as a campaign would have made it."""
        now = await self.stands(push)
        async with self.program.tools.memory.begin() as work:
            await work.pushes.save(replace(now, **changes), was=now.state)

    async def _now(self, push: Push) -> Push:
        async with self.program.tools.memory.read() as work:
            found = await work.pushes.get(push.workspace, push.id)
        assert found
        return found

"""Where it happens: one team with many members, and pushes that a worker still has to post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from builders import a_drill_file

from bot.wiring import fresh_id
from drills.journeys.push import plan
from drills.journeys.tools import Tools
from drills.people import Member, PersonRef, Profession, Team, Workspace
from storage.memory import open_memory
from storage.upgrade import upgrade

WORKSPACE = Workspace("room", "demo")
TEAM = Team(WORKSPACE, "5-south", "5 South", "5-south", "America/Chicago", on_board=True)
MEMBERS = 24
DRILL = "sbar-001-night-call"
CRITERIA = len(a_drill_file(DRILL).drill().rubric.criteria)


@dataclass(frozen=True, slots=True)
class Scene:
    """Every (person, push) pair is one reply that can be written. `epoch` is its birth in Unix seconds."""

    file: Path
    people: Sequence[str]
    pushes: Sequence[str]
    epoch: float

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(person, push) for push in self.pushes for person in self.people]


async def set_up(folder: Path, pushes: int) -> Scene:
    """A migrated file with the team; its pushes are planned and not yet posted."""
    file, now = folder / "readback.db", datetime.now(UTC)
    url = f"sqlite+aiosqlite:///{file}"
    upgrade(url)
    memory = await open_memory(url)
    people = [f"nurse-{n}" for n in range(MEMBERS)]
    try:
        async with memory.begin() as work:
            await work.teams.save(TEAM)
            for person in people:
                await work.members.save(Member(PersonRef(WORKSPACE, person), TEAM.id, person, Profession.NURSE))
        tools, drill = Tools(memory, lambda: now, fresh_id), a_drill_file(DRILL)
        planned = [
            await plan(tools, TEAM, drill.drill(), drill.source, campaign="faults", slot=str(n), opens_at=now)
            for n in range(pushes)
        ]
    finally:
        await memory.close()
    return Scene(file, people, [push.id for push in planned if push], now.timestamp())

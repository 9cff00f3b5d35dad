"""A room as it runs: real SQLite file, real uvicorn on loopback, a care team of three, an inbox by script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scripted_inbox import ScriptedInbox
from served import served

from adapters import Parts
from adapters.web import build
from adapters.web.app import build_app
from adapters.web.room.chat import ROOM
from drills.people import Member, PersonRef, Profession, Role, Team
from drills.ports import Chat
from storage.memory import SqlMemory, open_memory
from storage.upgrade import upgrade

NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
TEAM = Team(ROOM, "5-west", "5 West – Medicine", "5-west", "Europe/Berlin", on_board=True, demo=True)
OTHER_TEAM = Team(ROOM, "icu", "ICU", "icu", "UTC")


def a_member(user: str, name: str, profession: Profession, team: Team = TEAM, role: Role = Role.LEARNER) -> Member:
    return Member(PersonRef(ROOM, user), team.id, name, profession, role)


ADA = a_member("ada", "Ada Obi", Profession.NURSE)
BEN = a_member("ben", "Ben Carter", Profession.PHYSICIAN, role=Role.LEAD)
CLEO = a_member("cleo", "Cleo Martin", Profession.PHARMACIST, OTHER_TEAM)


@dataclass
class RoomHouse:
    memory: SqlMemory
    inbox: ScriptedInbox
    chat: Chat
    base: str

    def seat(self, member: Member) -> str:
        return f"{self.base}/{member.team}/as/{member.person.user}"


@asynccontextmanager
async def room_house(folder: Path, hosts: tuple[str, ...] = ()) -> AsyncIterator[RoomHouse]:
    memory = await _memory(f"sqlite:///{folder / 'room.db'}")
    inbox = ScriptedInbox()
    adapter = build(Parts({"room": "True"}, memory, inbox.receive, lambda: NOW))
    assert adapter
    app = build_app(memory, adapter.routes, hosts)
    try:
        async with served(app, adapter.run()) as base:
            yield RoomHouse(memory, inbox, adapter.chat, base)
    finally:
        await memory.close()


async def _memory(url: str) -> SqlMemory:
    await asyncio.to_thread(upgrade, url)
    memory = await open_memory(url)
    async with memory.begin() as work:
        for team in (TEAM, OTHER_TEAM):
            await work.teams.save(team)
        for member in (ADA, BEN, CLEO):
            await work.members.save(member)
    return memory

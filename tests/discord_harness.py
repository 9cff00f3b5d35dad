"""Discord behind the Chat contract's eyes: the real adapter on the gateway, and what people's clients show."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from chat_harness import ChatHarness, Opened, Seen
from connected import running
from empty_database import a_memory
from fake_discord.discord_eyes import Sight
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from room_house import NOW
from scripted_inbox import ScriptedInbox

from adapters import Adapter, Parts
from adapters.discord import build
from drills.people import PersonRef, Place, Team, Workspace

GO_ON = "Try again"


class DiscordHarness:
    def __init__(self, discord: FakeDiscord, north: Guild, adapter: Adapter, inbox: ScriptedInbox) -> None:
        workspace = Workspace("discord", north.id)
        self.discord = discord
        self.chat = adapter.chat
        self.inbox = inbox
        people = {person.name: PersonRef(workspace, person.id) for person in discord.people.values()}
        self.ada, self.ben, self.stranger = people["Ada"], people["Ben"], people["Cleo"]
        self.here = Place(workspace, next(one.id for one in north.own()))
        self.nowhere = Place(workspace, discord.numbers.id())

    async def seen_by(self, person: PersonRef) -> Sequence[Seen]:
        return [_seen(sight) for sight in self.discord.sees(person.user)]

    async def press(self, person: PersonRef, message: str, label: str) -> Opened | None:
        before = self._screen(person)
        await self.discord.clicks(person.user, message, label)
        await self.discord.settled()
        return await self._came(person, before)

    async def send(self, person: PersonRef, opened: Opened, values: Mapping[str, str]) -> Opened | None:
        before = self._screen(person)
        await self.discord.submits(person.user, values)
        await self.discord.settled()
        return await self._came(person, before)

    async def redeliver(self) -> None:
        await self.discord.redelivers()
        await self.discord.settled()

    def _screen(self, person: PersonRef) -> tuple[object, dict[str, str]]:
        """What is open, and the messages that only this person sees."""
        private = {sight.id: sight.text for sight in self.discord.sees(person.user) if sight.private}
        return self.discord.modal(person.user), private

    async def _came(self, person: PersonRef, before: tuple[object, dict[str, str]]) -> Opened | None:
        modal, private = self.discord.modal(person.user), before[1]
        if modal and modal is not before[0]:
            return Opened(modal.words, (), modal.fields)
        new = [
            sight for sight in self.discord.sees(person.user) if sight.private and private.get(sight.id) != sight.text
        ]
        if not new:
            return None
        return await self._reopened(person, new[-1]) or Opened(new[-1].text, new[-1].buttons, {})

    async def _reopened(self, person: PersonRef, said: Sight) -> Opened | None:
        """Discord closes a modal for good: the words come back behind a button, which the person presses."""
        if GO_ON not in said.buttons:
            return None
        await self.discord.clicks(person.user, said.id, GO_ON)
        modal = self.discord.modal(person.user)
        assert modal
        return Opened(f"{said.text}\n{modal.words}", (), modal.fields)


def _seen(sight: Sight) -> Seen:
    return Seen(sight.id, sight.text, sight.buttons, sight.private, sight.live)


@asynccontextmanager
async def discord_harness(folder: Path) -> AsyncIterator[ChatHarness]:
    async with FakeDiscord() as discord:
        north = discord.guild("North")
        here = north.channel("5-west")
        north.person("Ada")
        north.person("Ben")
        discord.empty_guild("Elsewhere").person("Cleo")
        team = Team(Workspace("discord", north.id), "5-west", "5 West", here, "UTC")
        memory = await a_memory(folder / "discord.db", team)
        inbox = ScriptedInbox()
        adapter = build(Parts(discord.settings(), memory, inbox.receive, lambda: NOW))
        assert adapter
        try:
            async with running(adapter, discord):
                yield DiscordHarness(discord, north, adapter, inbox)
        finally:
            await memory.close()

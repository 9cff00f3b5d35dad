"""The stage on Discord: discord.py against the fake Discord, and what each person's client shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from chat_harness import Seen
from connected import running
from discord_program import patiently
from fake_discord.discord_eyes import Sight
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from stages.stage import PEOPLE, STAFF, Page, Stage, house, inbox, staffed

from adapters import Parts
from adapters.discord import build
from adapters.discord.commands import ADMIN, DRILL, commands
from drills.people import Workspace
from drills.ports import Chat

_ADMIN_WORDS = {"setup", "roles", "push", "hold", "campaign", "rota", "review", "doctor"}


class DiscordClient:
    def __init__(self, discord: FakeDiscord, guild: Guild, chat: Chat, channels: Mapping[str, str]) -> None:
        self.discord, self.chat, self.channels = discord, chat, channels
        self.workspace = Workspace("discord", guild.id)
        self.users = {person.name: person.id for person in discord.people.values()}

    async def asks(self, who: str, words: str, team: str) -> Page:
        command = ADMIN if words.split(maxsplit=1)[0] in _ADMIN_WORDS else DRILL
        return await self._then(who, self.discord.says(command, words, self.users[who], self.channels[team]))

    async def taps(self, who: str, label: str, on: str | None = None) -> Page:
        user = self.users[who]
        if self.discord.modal(user):
            self.discord.closes(user)
        on = on or next(sight.id for sight in reversed(self.discord.sees(user)) if label in sight.buttons)
        return await self._then(who, self.discord.clicks(user, on, label))

    async def opens(self, who: str, label: str) -> Page:
        page = await self.taps(who, label)
        return page if self.discord.modal(self.users[who]) else await self._goes_on(who)

    async def fills(self, who: str, values: Mapping[str, str]) -> Page:
        user = self.users[who]
        if self.discord.modal(user) is None:
            await self._goes_on(who)
        return await self._then(who, self.discord.submits(user, values))

    async def _goes_on(self, who: str) -> Page:
        """To the form that stands behind a card."""
        card = next(s for s in reversed(self.discord.sees(self.users[who])) if s.private and s.buttons)
        return await self.taps(who, card.buttons[-1], on=card.id)

    async def sees(self, who: str) -> Sequence[Seen]:
        return [_seen(sight) for sight in self.discord.sees(self.users[who])]

    async def _then(self, who: str, act: Awaitable[Any]) -> Page:
        """Once something is another on their screen and the app has said its say."""
        before = self._screen(who)
        await act
        async with asyncio.timeout(10):
            while self._screen(who) == before:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.01)
        await self.discord.settled(0.03)
        return self._page(who, before[1])

    def _screen(self, who: str) -> tuple[object, dict[str, str]]:
        user = self.users[who]
        return id(self.discord.modal(user)), {s.id: s.text for s in self.discord.sees(user) if s.private}

    def _page(self, who: str, before: Mapping[str, str]) -> Page:
        user = self.users[who]
        if modal := self.discord.modal(user):
            return Page(modal.words, (), modal.fields)
        new = [sight for sight in self.discord.sees(user) if sight.private and before.get(sight.id) != sight.text]
        return Page("\n".join(s.text for s in new), tuple(label for s in new for label in s.buttons))


def _seen(sight: Sight) -> Seen:
    return Seen(sight.id, sight.text, sight.buttons, sight.private, sight.live)


@asynccontextmanager
async def discord_stage(folder: Path) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(FakeDiscord())
        stack.enter_context(patiently(discord))
        north = discord.guild("North")
        users = {name: north.person(name) for name in PEOPLE}
        channels = {team: north.channel(team, *(users[name] for name in names)) for team, names in STAFF.items()}
        discord.registers(commands())
        for one in discord.commands:
            one["default_member_permissions"] = None  # the server's owner opens them: who may is the product's to say
        stage = await stack.enter_async_context(house(folder, Workspace("discord", north.id), channels))
        adapter = build(Parts(discord.settings(), stage.memory, inbox(stage).receive, stage.clock))
        assert adapter
        stage.client = DiscordClient(discord, north, adapter.chat, channels)
        await staffed(stage)
        await stack.enter_async_context(running(adapter, discord))
        yield stage
        await discord.settled()

"""The Discord adapter with the real drawer, and a person who asks for cards with charts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connected import running
from discord_scene import now
from empty_database import a_memory
from fake_discord.discord_rules import GALLERY, walk
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from made_cards import A_BAR_CHART, A_DOT_CHART, a_card
from scripted_inbox import SlowInbox

from adapters import Parts
from adapters.discord import build
from adapters.discord.adapter import DiscordAdapter
from adapters.pictures import Drawer
from drills.chat.cards import Button, Card, Text
from drills.chat.charts import Chart
from drills.chat.intents import Intent
from drills.people import PersonRef, Place, Workspace
from drills.ports import Once

BOARD = a_card("Team board", A_BAR_CHART, Text("5 West: about 8 in 10"), buttons=(Button("Look", Intent("board")),))
MINE = a_card("My drills", A_BAR_CHART, A_DOT_CHART, Text("1 Dec: answered"))


@dataclass
class Hand:
    """Draws with the real drawer, unless it is told to be slow or to fail. `asked` counts."""

    real: Drawer = field(default_factory=Drawer)
    seconds: float = 0.0
    fails: bool = False
    asked: int = 0

    async def png(self, chart: Chart) -> bytes | None:
        self.asked += 1
        await asyncio.sleep(self.seconds)
        return None if self.fails else await self.real.png(chart)


@dataclass
class PicturesBed:
    discord: FakeDiscord
    guild: Guild
    adapter: DiscordAdapter
    inbox: SlowInbox
    hand: Hand
    ada: str
    ward: str

    @property
    def here(self) -> Place:
        return Place(Workspace("discord", self.guild.id), self.ward)

    @property
    def person(self) -> PersonRef:
        return PersonRef(self.here.workspace, self.ada)

    async def looks(self, card: Card, verb: str = "look") -> Any:
        """Ada presses a button that answers with the card; returns Discord's first answer."""
        self.inbox.answers[verb] = card
        shown = a_card(buttons=(Button("Look", Intent(verb)),))
        posted = await self.adapter.chat.post(self.here, shown, Once(f"opens:{verb}"))
        return await self.discord.clicks(self.ada, posted.id, "Look")

    def newest(self) -> Any:
        return self.discord.sees(self.ada)[-1]

    def uploads(self, name: str) -> list[dict[str, bytes]]:
        """What went along with each call of that name."""
        return [dict(call.uploads) for call in self.discord.calls if call.name == name]


@asynccontextmanager
async def pictures_bed(folder: Path) -> AsyncIterator[PicturesBed]:
    async with FakeDiscord() as discord:
        guild = discord.guild("North")
        ada, ward = guild.person("Ada"), guild.channel("5-west")
        memory, inbox, hand = await a_memory(folder / "bed.db"), SlowInbox(), Hand()
        adapter = build(Parts(discord.settings(), memory, inbox.receive, now, hand))
        assert adapter
        try:
            async with running(adapter, discord):
                yield PicturesBed(discord, guild, adapter, inbox, hand, ada, ward)
                await discord.settled()
        finally:
            await adapter.close()
            await memory.close()


def galleries(components: list[Any]) -> list[tuple[str, str]]:
    """(address, what a screen reader says) of each picture."""
    found = (one for one in walk(components) if one.get("type") == GALLERY)
    return [(item["media"]["url"], item["description"]) for one in found for item in one["items"]]

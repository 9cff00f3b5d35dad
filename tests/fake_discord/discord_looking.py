"""What a person sees in Discord: channels, messages only they see, direct messages, the modal that is open."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from fake_discord.discord_eyes import Sight, sight_of
from fake_discord.discord_screens import Modal
from fake_discord.discord_state import DIRECT, Channel
from fake_discord.discord_world import World


@dataclass
class Looking(World):
    modals: dict[str, Modal] = field(default_factory=dict)

    def may_see(self, user: str, where: Channel) -> bool:
        if where.kind == DIRECT:
            return where.with_ == user
        members = self.servers[where.guild].members
        return user in members and (where.only is None or user in where.only)

    def sees(self, user: str, channel: str | None = None) -> list[Sight]:
        """Oldest first: what stands in their channels and direct messages, and what only they see."""
        found = [
            sight_of(message, private=where.kind == DIRECT)
            for where in self.channels.values()
            if channel in (None, where.id) and self.may_see(user, where)
            for message in where.messages
            if message.to in (None, user)
        ]
        return sorted(found, key=lambda sight: int(sight.id))

    async def soon(self, user: str, words: str, channel: str | None = None, *, within: float = 10.0) -> Sight:
        """The newest message with these words, once this person sees it. Raises LookupError with what they do see."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            found = [sight for sight in self.sees(user, channel) if words in sight.text]
            if found:
                return found[-1]
            await asyncio.sleep(0.02)
        seen = "\n---\n".join(sight.text for sight in self.sees(user, channel))
        raise LookupError(f"nobody showed {user} {words!r}, but:\n{seen}")

    def modal(self, user: str) -> Modal | None:
        return self.modals.get(user)

    def modal_words(self, user: str) -> str:
        """Everything they read in it; empty when none is open."""
        modal = self.modal(user)
        return modal.words if modal else ""

    async def modal_soon(self, user: str, *words: str, within: float = 10.0) -> str:
        """What the open modal says, once it says any of these words. Raises LookupError with what it does say."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            said = self.modal_words(user)
            if any(word in said for word in words):
                return said
            await asyncio.sleep(0.02)
        told = "\n---\n".join(sight.text for sight in self.sees(user) if sight.private)
        raise LookupError(f"no modal told {user} {words!r}, but:\n{self.modal_words(user)}\nand in private:\n{told}")

    def reloads(self, user: str) -> None:
        """Their client starts anew: what only they saw in passing, and their modal, are gone."""
        self.modals.pop(user, None)
        for where in self.channels.values():
            where.messages[:] = [message for message in where.messages if message.to != user]

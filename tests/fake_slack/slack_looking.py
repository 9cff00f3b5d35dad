"""What a person sees in Slack: channels, passing messages, direct messages, their home tab, the modal on top."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from fake_slack.slack_eyes import Sight, buttons, read_blocks, sight_of
from fake_slack.slack_screens import Modal
from fake_slack.slack_world import World


@dataclass
class Looking(World):
    def sees(self, user: str, channel: str | None = None) -> list[Sight]:
        """Oldest first: what stands in their channels and direct messages, and what only they see."""
        team = self.team_of(user)
        sights = [
            sight_of(message, place.id, private=message.to is not None or place.im is not None)
            for place in team.channels.values()
            if user in place.members and channel in (None, place.id)
            for message in place.messages
            if message.to in (None, user)
        ]
        return sorted(sights, key=lambda sight: int(sight.ts.partition(".")[2]))

    async def soon(self, user: str, words: str, channel: str | None = None, *, within: float = 20.0) -> Sight:
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
        """The modal on top of their screen."""
        stack = self.modals.get(user) or []
        return stack[-1] if stack else None

    def modal_words(self, user: str) -> str:
        """Everything they read in it, sentences beside its fields included; empty when none is open."""
        modal = self.modal(user)
        if modal is None:
            return ""
        title, submit = modal.view.get("title") or {}, modal.view.get("submit") or {}
        parts = (title.get("text"), read_blocks(modal.view["blocks"]).text, submit.get("text"), *modal.errors.values())
        return "\n".join(part for part in parts if part)

    async def modal_soon(self, user: str, *words: str, within: float = 20.0) -> str:
        """What the modal on top says, once it says any of these words. Raises LookupError with what it does say."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            said = self.modal_words(user)
            if any(word in said for word in words):
                return said
            await asyncio.sleep(0.02)
        raise LookupError(f"no modal told {user} {words!r}, but:\n{self.modal_words(user)}")

    def modal_buttons(self, user: str) -> tuple[str, ...]:
        modal = self.modal(user)
        return tuple(buttons(modal.view["blocks"])) if modal else ()

    def home(self, user: str) -> str:
        """The words on their home tab; empty when nothing was published."""
        view = self.team_of(user).homes.get(user)
        return read_blocks(view["blocks"]).text if view else ""

    async def home_soon(self, user: str, words: str, *, within: float = 20.0) -> str:
        """The home tab, once it says these words or has such a button. Raises LookupError with what it does say."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            if words in self.home(user) or words in self.home_buttons(user):
                return self.home(user)
            await asyncio.sleep(0.02)
        raise LookupError(f"the home tab of {user} lacks {words!r}:\n{self.home(user)}")

    def home_buttons(self, user: str) -> tuple[str, ...]:
        view = self.team_of(user).homes.get(user)
        return tuple(buttons(view["blocks"])) if view else ()

    def reloads(self, user: str) -> None:
        """Their client starts anew: passing messages and modals are gone."""
        self.modals.pop(user, None)
        for place in self.team_of(user).channels.values():
            place.messages[:] = [message for message in place.messages if message.to != user]

"""Slack behind the Chat contract's eyes: the real adapter on Socket Mode, and what people's clients show."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from chat_harness import ChatHarness, Opened, Seen
from connected import running
from empty_database import a_memory
from fake_slack.slack_eyes import Sight
from fake_slack.slack_server import FakeSlack
from room_house import NOW
from scripted_inbox import ScriptedInbox

from adapters import Adapter, Parts
from adapters.slack import build
from drills.people import PersonRef, Place, Team, Workspace


class SlackHarness:
    def __init__(self, slack: FakeSlack, adapter: Adapter, inbox: ScriptedInbox) -> None:
        north = next(iter(slack.teams.values()))
        workspace = Workspace("slack", north.id)
        self.slack = slack
        self.chat = adapter.chat
        self.inbox = inbox
        people = {user.name: PersonRef(workspace, user.id) for user in north.users.values()}
        self.ada, self.ben, self.stranger = people["Ada"], people["Ben"], people["Cleo"]
        self.here = Place(workspace, next(iter(north.channels)))
        self.nowhere = Place(workspace, "C0NOWHERE")

    async def seen_by(self, person: PersonRef) -> Sequence[Seen]:
        return [_seen(sight) for sight in self.slack.sees(person.user)]

    async def press(self, person: PersonRef, message: str, label: str) -> Opened | None:
        before = self._screen(person)
        if any(sight.ts == message for sight in self.slack.sees(person.user)):
            await self.slack.clicks(person.user, message, label)
        else:
            await self.slack.clicks_in_modal(person.user, label)
        await self.slack.settled()
        return self._came(person, before)

    async def send(self, person: PersonRef, opened: Opened, values: Mapping[str, str]) -> Opened | None:
        before = self._screen(person)
        await self.slack.submits(person.user, values)
        await self.slack.settled()
        return self._came(person, before)

    async def redeliver(self) -> None:
        await self.slack.redelivers()
        await self.slack.settled()

    def _screen(self, person: PersonRef) -> tuple[object, int]:
        """What is open, and how many messages only this person sees."""
        modal = self.slack.modal(person.user)
        looks = modal and (modal.view["id"], modal.view["hash"], dict(modal.errors))
        return looks, sum(sight.private for sight in self.slack.sees(person.user))

    def _came(self, person: PersonRef, before: tuple[object, int]) -> Opened | None:
        (modal_before, private_before), (modal_now, private_now) = before, self._screen(person)
        modal = self.slack.modal(person.user)
        if modal and modal_now != modal_before:
            words, labels = self.slack.modal_words(person.user), self.slack.modal_buttons(person.user)
            return Opened(words, labels, modal.fields)
        if private_now > private_before:
            newest = [sight for sight in self.slack.sees(person.user) if sight.private][-1]
            return Opened(newest.text, newest.buttons, {})
        return None


def _seen(sight: Sight) -> Seen:
    return Seen(sight.ts, sight.text, sight.buttons, sight.private, sight.live)


@asynccontextmanager
async def slack_harness(folder: Path) -> AsyncIterator[ChatHarness]:
    async with FakeSlack() as slack:
        north = slack.workspace("T0NORTH")
        here = north.channel("5-west", north.person("Ada"), north.person("Ben"))
        north.person("Cleo", deleted=True)
        memory = await a_memory(
            folder / "slack.db", Team(Workspace("slack", north.id), "5-west", "5 West", here, "UTC")
        )
        inbox = ScriptedInbox()
        adapter = build(Parts(slack.settings(north), memory, inbox.receive, lambda: NOW))
        assert adapter
        try:
            async with running(adapter, slack):
                yield SlackHarness(slack, adapter, inbox)
        finally:
            await memory.close()

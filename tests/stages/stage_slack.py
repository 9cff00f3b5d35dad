"""The stage on Slack: slack-bolt over Socket Mode against the fake Slack, and what each person's client shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from chat_harness import Seen
from connected import running
from fake_slack.slack_eyes import Sight
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Team as SlackTeam
from stages.stage import PEOPLE, STAFF, Page, Stage, house, inbox, staffed

from adapters import Parts
from adapters.slack import build
from drills.people import Workspace
from drills.ports import Chat


class SlackClient:
    def __init__(self, slack: FakeSlack, team: SlackTeam, chat: Chat, channels: Mapping[str, str]) -> None:
        self.slack, self.chat, self.channels = slack, chat, channels
        self.workspace = Workspace("slack", team.id)
        self.users = {user.name: user.id for user in team.users.values()}

    async def asks(self, who: str, words: str, team: str) -> Page:
        await self._puts_away(self.users[who])
        return await self._then(who, self.slack.says("/drill", words, self.users[who], self.channels[team]))

    async def taps(self, who: str, label: str, on: str | None = None) -> Page:
        user = self.users[who]
        if on is None and label in self.slack.modal_buttons(user):
            return await self._then(who, self.slack.clicks_in_modal(user, label))
        await self._puts_away(user)
        on = on or next(sight.ts for sight in reversed(self.slack.sees(user)) if label in sight.buttons)
        return await self._then(who, self.slack.clicks(user, on, label))

    async def opens(self, who: str, label: str) -> Page:
        return await self.taps(who, label)

    async def fills(self, who: str, values: Mapping[str, str]) -> Page:
        return await self._then(who, self.slack.submits(self.users[who], values))

    async def sees(self, who: str) -> Sequence[Seen]:
        return [_seen(sight) for sight in self.slack.sees(self.users[who])]

    async def _puts_away(self, user: str) -> None:
        while self.slack.modal(user):
            await self.slack.closes(user)

    async def _then(self, who: str, act: Awaitable[Any]) -> Page:
        """Once something is another on their screen and the app has said its say."""
        before = self._screen(who)
        await act
        async with asyncio.timeout(10):
            while self._screen(who) == before:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.01)
        await self.slack.settled(0.03)
        return self._page(who, before[1])

    def _screen(self, who: str) -> tuple[object, dict[str, str]]:
        user = self.users[who]
        modal = self.slack.modal(user)
        looks = modal and (modal.view["id"], modal.view["hash"], dict(modal.errors))
        return looks, {sight.ts: sight.text for sight in self.slack.sees(user) if sight.private}

    def _page(self, who: str, before: Mapping[str, str]) -> Page:
        user = self.users[who]
        if modal := self.slack.modal(user):
            return Page(self.slack.modal_words(user), self.slack.modal_buttons(user), modal.fields)
        new = [sight for sight in self.slack.sees(user) if sight.private and before.get(sight.ts) != sight.text]
        return Page("\n".join(s.text for s in new), tuple(label for s in new for label in s.buttons))


def _seen(sight: Sight) -> Seen:
    return Seen(sight.ts, sight.text, sight.buttons, sight.private, sight.live)


@asynccontextmanager
async def slack_stage(folder: Path) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack())
        slack.patience_s = slack.triggers.life_s = 20.0  # these stories time nothing, and the machine may be busy
        north = slack.workspace("T0NORTH")
        users = {name: north.person(name) for name in PEOPLE}
        channels = {team: north.channel(team, *(users[name] for name in names)) for team, names in STAFF.items()}
        stage = await stack.enter_async_context(house(folder, Workspace("slack", north.id), channels))
        adapter = build(Parts(slack.settings(north), stage.memory, inbox(stage).receive, stage.clock))
        assert adapter
        stage.client = SlackClient(slack, north, adapter.chat, channels)
        await staffed(stage)
        await stack.enter_async_context(running(adapter, slack))
        yield stage
        await slack.settled()

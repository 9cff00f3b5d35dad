"""The Slack adapter between a fake Slack and an inbox that does as told, over sockets or over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from empty_database import a_memory
from fake_slack.slack_eyes import Sight
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Team
from made_cards import a_card
from scripted_inbox import SlowInbox
from served import served
from starlette.applications import Starlette

from adapters import Parts
from adapters.slack import build
from adapters.slack.adapter import SlackAdapter
from drills.chat.cards import Button, Form, TextField
from drills.chat.intents import Intent
from drills.people import PersonRef, Place, Workspace
from drills.ports import Once, Receive
from storage.memory import SqlMemory

SEND = Form("The held dose", Intent("reply", ("a1",)), (), (TextField("words", "What you say"),), "Only you see this.")
NEXT = a_card("Reading your reply…")


@dataclass
class Bed:
    slack: FakeSlack
    team: Team
    adapter: SlackAdapter
    inbox: SlowInbox
    memory: SqlMemory
    ada: str
    ben: str
    ward: str

    @property
    def workspace(self) -> Workspace:
        return Workspace("slack", self.team.id)

    def ref(self, user: str) -> PersonRef:
        return PersonRef(self.workspace, user)

    def alone(self, user: str) -> list[Sight]:
        """What only this person sees, oldest first."""
        return [sight for sight in self.slack.sees(user) if sight.private]


async def a_drill(bed: Bed) -> str:
    """The drill's card in the channel, with a button that leads to a form."""
    bed.inbox.answers.setdefault("answer", SEND)
    shown = a_card("The held dose", buttons=(Button("Answer", Intent("answer", ("p1",))),))
    return (await bed.adapter.chat.post(Place(bed.workspace, bed.ward), shown, Once("push:p1"))).id


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def slack_bed(folder: Path, way: str = "socket", settings: Mapping[str, str] | None = None) -> AsyncIterator[Bed]:
    """`way` is socket or http. Ada and Ben are in the channel; Ada administers the workspace."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack())
        team = slack.workspace("T0NORTH")
        ada, ben = team.person("Ada", admin=True), team.person("Ben")
        ward = team.channel("5-west", ada, ben)
        memory = await a_memory(folder / "bed.db")
        stack.push_async_callback(memory.close)
        inbox = SlowInbox()
        given = {**slack.settings(team), **(settings or {})}
        if way == "http":
            del given["slack_app_token"]
            given["slack_signing_secret"] = slack.signing_secret
        adapter = an_adapter(given, memory, inbox.receive)
        await stack.enter_async_context(_reached(way, slack, adapter))
        yield Bed(slack, team, adapter, inbox, memory, ada, ben, ward)
        await slack.settled()


def an_adapter(settings: Mapping[str, str], memory: SqlMemory, receive: Receive) -> SlackAdapter:
    adapter = build(Parts(settings, memory, receive, now))
    assert adapter
    return adapter


@asynccontextmanager
async def _reached(way: str, slack: FakeSlack, adapter: SlackAdapter) -> AsyncIterator[None]:
    if way == "http":
        async with served(Starlette(routes=list(adapter.routes))) as base:
            slack.delivers_to(f"{base}/slack/events")
            yield
        return
    running = asyncio.create_task(adapter.run())
    try:
        await slack.connected(2)
        yield
    finally:
        running.cancel()
        await asyncio.wait({running})

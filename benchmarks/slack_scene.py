"""A workspace full of people, each with a form open that is filled in: all that is left is to press the button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from builders import a_drill_file
from fake_slack import slack_payloads as payloads
from fake_slack.slack_delivery import Delivery
from fake_slack.slack_methods_views import made
from fake_slack.slack_screens import Modal
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Message

from adapters.slack import render
from adapters.slack.origin import Origin
from benchmarks.replies import WORDS
from bot.wiring import fresh_id
from drills.chat.cards import Form
from drills.chat.inbound import Pressed
from drills.chat.intents import Intent
from drills.journeys.inbox import Inbox
from drills.journeys.push import plan
from drills.journeys.tools import Tools
from drills.people import Member, PersonRef, Place, Profession, Team, Workspace
from storage.memory import open_memory
from storage.upgrade import upgrade

_DRILL = "sbar-001-night-call"


@dataclass
class SlackScene:
    """`forms` are view submissions, each another reply; those of one push stand together."""

    slack: FakeSlack
    file: Path
    channel: str
    people: list[str]
    forms: list[Delivery]

    @property
    def settings(self) -> dict[str, str]:
        team = next(iter(self.slack.teams.values()))
        return {
            "SLACK_BOT_TOKEN": self.slack.token_of(team).text,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "READBACK_SLACK_API_BASE": self.slack.api_base,
        }

    def chatter(self, count: int) -> list[Delivery]:
        """Messages in the channel that are not for us: what Slack sends most of."""
        team = next(iter(self.slack.teams.values()))
        place = team.channels[self.channel]
        said = [Message(self.slack.numbers.ts(), self.people[n % len(self.people)], "busy day") for n in range(count)]
        told = [payloads.message_event(team, place, message) for message in said]
        return [Delivery("event", payloads.event(self.slack, team, inner)) for inner in told]


async def set_up(slack: FakeSlack, folder: Path, people: int, pushes: int) -> SlackScene:
    """A migrated file with one team of so many people, all of whom have opened every push."""
    north = slack.workspace("T0NORTH")
    users = [north.person(f"Nurse {n}") for n in range(people)]
    ward = north.channel("5-south", *users)
    place = Place(Workspace("slack", north.id), ward)
    file, now = folder / "readback.db", datetime.now(UTC)
    upgrade(f"sqlite+aiosqlite:///{file}")
    memory = await open_memory(f"sqlite+aiosqlite:///{file}")
    scene = SlackScene(slack, file, ward, users, [])
    try:
        tools = Tools(memory, lambda: now, fresh_id)
        for id_ in await _pushes(tools, place, users, pushes):
            scene.forms += [
                await _filled(slack, Inbox(tools), PersonRef(place.workspace, user), place, id_) for user in users
            ]
    finally:
        await memory.close()
    return scene


async def _pushes(tools: Tools, place: Place, users: list[str], count: int) -> list[str]:
    team, drill = Team(place.workspace, "5-south", "5 South", place.channel, "America/Chicago"), a_drill_file(_DRILL)
    async with tools.memory.begin() as work:
        await work.teams.save(team)
        for user in users:
            await work.members.save(Member(PersonRef(place.workspace, user), team.id, user, Profession.NURSE))
    planned = [
        await plan(tools, team, drill.drill(), drill.source, campaign="bench", slot=str(n), opens_at=tools.clock())
        for n in range(count)
    ]
    return [push.id for push in planned if push]


async def _filled(slack: FakeSlack, inbox: Inbox, person: PersonRef, place: Place, push: str) -> Delivery:
    """Press Answer, as through Slack; the form that comes back is shown by the fake and filled in."""
    opened = await inbox.receive(Pressed(uuid4().hex, person, place, Intent("answer", (push,))))
    assert isinstance(opened.show, Form), opened
    team = slack.team_of(person.user)
    modal = Modal(made(slack, team, render.view(opened.show, metadata=Origin(place).pack())))
    modal.fill({"words": WORDS})
    slack.modals.setdefault(person.user, []).append(modal)
    return Delivery("interaction", payloads.submission(slack, team, team.users[person.user], modal))

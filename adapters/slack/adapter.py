"""Slack as the program runs it: a way out, an address or lines to hold, and what a doctor asks."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from adapters import Finding, Parts
from adapters.slack.access import access
from adapters.slack.answers import Answers
from adapters.slack.bolt import bolt_app
from adapters.slack.chat import SlackChat
from adapters.slack.clients import SLACK_API, web_client
from adapters.slack.door import ProfileDoor
from adapters.slack.events import Events
from adapters.slack.http import HttpDoor
from adapters.slack.listeners import Listeners
from adapters.slack.profiles import Profiles
from adapters.slack.sentences import WHO_MAY_ASK
from adapters.slack.socket import Lines
from drills.chat.at_work import AtWork
from drills.journeys.checkup import Checkup
from drills.ports import Chat


class SlackAdapter:
    """Implements `adapters.Adapter`. With an app-level token it holds lines; with a signing secret it has an address.

    With both, a process of the role `slack` holds the lines and one of the role `web` answers at the address.
    """

    def __init__(self, parts: Parts) -> None:
        base = parts.settings.get("slack_api_base", SLACK_API)
        secret, app_token = parts.settings.get("slack_signing_secret", ""), parts.settings.get("slack_app_token", "")
        way = access(parts)
        clients = way.clients
        app = bolt_app(base, secret, way.authorize)
        self.chat: Chat = SlackChat(clients, parts.clock)
        self.role = "slack" if app_token else "web"
        self.routes: Sequence[BaseRoute] = [*way.routes, *(HttpDoor(app).routes() if secret else ())]
        self._doctor = way.doctor
        bot = web_client(base, parts.settings.get("slack_bot_token", ""))
        self._at_work = AtWork()
        self._lines = Lines(app, app_token, base, bot=bot, at_work=self._at_work) if app_token else None
        door, answers = ProfileDoor(parts.receive, Profiles(clients, parts.clock)), Answers(clients, self.chat)
        Events(door, answers, self.chat, way.installations.remove, self._at_work).register(app)
        checkup = Checkup(parts.memory, way.doctor.one, WHO_MAY_ASK, way.doctor.scopes)
        Listeners(door, parts.clock, answers, checkup, self._at_work).register(app)

    async def run(self) -> None:
        """Until cancelled where there are lines to hold. Raises TokenRefused."""
        if self._lines:
            await self._lines.hold()

    async def examine(self) -> Sequence[Finding]:
        return await self._doctor.all()

    async def close(self) -> None:
        """What came in before is answered first. Slack's clients hold nothing open between two calls."""
        await self._at_work.end()

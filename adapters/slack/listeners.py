"""Taps, forms and commands, acknowledged in time: with the answer where it is ready, without it where it is not.

A listener translates, hands over to the inbox, and lets `answers` show what comes back (docs/decisions/0003).
"""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncApp

from adapters.slack import inbound as translate
from adapters.slack import render
from adapters.slack.answers import Answers, acknowledgement, beside_first_field
from adapters.slack.door import ProfileDoor
from adapters.slack.prompt import Ack, Payload, never, prompt
from adapters.slack.sentences import SLOW_FORM
from drills.chat.at_work import AtWork
from drills.chat.cards import Card, Form
from drills.chat.inbound import Answer, Asked, Pressed
from drills.chat.recent import Recent
from drills.journeys.checkup import Checkup, is_doctor
from drills.ports import Clock

ANY = re.compile(r"[\s\S]*")
OPEN_S = 1.0  # of a trigger's three seconds; later the modal is opened ahead of its answer
SUBMIT_S = 2.2  # of the three seconds for a submission, which can be acknowledged only once


class Listeners:
    """One method for each kind of payload. None of them raises for what a person did."""

    def __init__(self, door: ProfileDoor, clock: Clock, answers: Answers, checkup: Checkup, at_work: AtWork) -> None:
        self._door = door
        self._clock = clock
        self._answers = answers
        self._checkup = checkup
        self._at_work = at_work
        self._recent = Recent()

    def register(self, app: AsyncApp) -> None:
        """Catch-alls: what nobody acknowledges, Slack sends again and counts against the app (platforms.md §4.4)."""
        app.view_submission(ANY, middleware=[prompt(self._at_work, self.submission)])(never)
        app.action(ANY, middleware=[prompt(self._at_work, self.action)])(never)
        app.command(ANY, middleware=[prompt(self._at_work, self.command)])(never)
        app.shortcut(ANY, middleware=[prompt(self._at_work, self.shortcut)])(never)
        app.view_closed(ANY)(self.closed)
        app.options(ANY)(self.no_options)

    async def command(self, ack: Ack, body: Payload) -> None:
        asked = translate.asked(body, self._clock())
        if not self._recent.first(asked.key):
            await ack()
        elif is_doctor(asked):
            await ack()
            await self._answers.tell(asked, await self._checkup.card(await self._door.known(asked)), "doctor")
        else:
            await self._by_trigger(ack, asked, body, in_ack=True)

    async def action(self, ack: Ack, body: Payload) -> None:
        came = translate.pressed(body, self._clock())
        if came is None or not self._recent.first(came.key):
            await ack()
            return
        view = body.get("view") or {}
        if view.get("type") == "modal":
            await self._turn(ack, came, view["id"])
        else:
            await self._by_trigger(ack, came, body)

    async def shortcut(self, ack: Ack, body: Payload) -> None:
        came = translate.shortcut(body, self._clock())
        if came is None or not self._recent.first(came.key):
            await ack()
            return
        await self._by_trigger(ack, came, body)

    async def submission(self, ack: Ack, body: Payload) -> None:
        """Acknowledged after the commit. One that takes too long keeps its modal, and may come again as the same."""
        now = self._clock()
        submitted, origin = translate.submitted(body, now), translate.origin_of(body, now)
        if submitted is None:
            await ack()
            return
        coming = self._at_work.begin(self._door.receive(submitted))
        if await _done_within(coming, SUBMIT_S):
            await ack(**acknowledgement(coming.result(), body, origin))
        else:
            await ack(**beside_first_field(SLOW_FORM, body, origin))
            answer = await coming
            if isinstance(answer.show, Card | Form):  # it is in; errors would overwrite what is typed meanwhile
                await self._answers.turn(submitted, body["view"]["id"], answer)

    async def closed(self, ack: Ack) -> None:
        await ack()

    async def no_options(self, ack: Ack) -> None:
        """Our menus bring their options along."""
        await ack(options=[])

    async def _by_trigger(self, ack: Ack, came: Pressed | Asked, body: Payload, *, in_ack: bool = False) -> None:
        """A modal within the trigger's life. `in_ack`: a card can go back with the acknowledgement itself."""
        coming = self._at_work.begin(self._door.receive(came))
        trigger = body.get("trigger_id") or ""
        if not await _done_within(coming, OPEN_S):
            await ack()
            await self._answers.open_ahead(came, trigger, coming)
            return
        answer = coming.result()
        if in_ack and isinstance(answer.show, Card):
            await ack(response_type="ephemeral", **render.message(answer.show))
            return
        await ack()
        await self._answers.open(came, trigger, answer)

    async def _turn(self, ack: Ack, came: Pressed | Asked, view: str) -> None:
        """A press inside a modal turns its page; that needs no trigger, so there is no hurry after the ack."""
        coming = self._at_work.begin(self._door.receive(came))
        await _done_within(coming, SUBMIT_S)
        await ack()
        await self._answers.turn(came, view, await coming)


async def _done_within(task: asyncio.Task[Answer], seconds: float) -> bool:
    """Leaves the task running when it is not."""
    done, _ = await asyncio.wait({task}, timeout=seconds)
    return bool(done)

"""Slack's way out: cards in channels, private lines, direct messages and the home tab."""

from __future__ import annotations

from typing import Any

from adapters.slack import render
from adapters.slack.blocks import HEADER, Json
from adapters.slack.buttons import LABEL
from adapters.slack.calls import Calls
from adapters.slack.clients import Clients
from adapters.slack.errors import code_of, may_have_worked
from adapters.slack.fields import INPUT
from adapters.slack.handles import answer_at
from adapters.slack.pacing import Pace
from adapters.slack.sent import Sent, metadata
from drills.attempt import Handle
from drills.chat.cards import Card, Limits
from drills.errors import CannotReach, OursToFix, ReadbackError
from drills.people import MessageRef, PersonRef, Place
from drills.ports import Clock, Once, Way

_INERT: Json = {"link_names": False, "parse": "none"}
_INERT_POST: Json = {**_INERT, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
_MOST_DIRECTS = 10_000


class SlackChat:
    """Implements `drills.ports.Chat`. A text of `limits.message` characters fits into one message with its frame."""

    platform = "slack"
    limits = Limits(message=12_000, field_text=INPUT, button_label=LABEL, title=HEADER)

    def __init__(self, clients: Clients, clock: Clock, pace: Pace | None = None) -> None:
        self._clients = clients
        self._clock = clock
        self._calls = Calls(clients, pace or Pace())
        self._sent = Sent(self._calls)
        self._directs: dict[PersonRef, str] = {}

    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        """Looks before it posts again; where Slack does not let us look, a second copy is the lesser evil."""
        return await self._sent.find(place, once) or await self._post(place, card, once)

    async def tell(
        self,
        person: PersonRef,
        near: Place,
        card: Card,
        once: Once,
        handle: Handle | None = None,
        *,
        keep: bool = False,
    ) -> Way:
        """In passing where the person is, when that is enough and they are there; else in a direct message."""
        if self._sent.remembered(person, once):
            return Way.EPHEMERAL
        if not keep and await self._in_passing(person, near, card, handle):
            self._sent.note(person, once, MessageRef(near, ""))
            return Way.EPHEMERAL
        await self.post(await self._direct(person), card, once)
        return Way.DIRECT

    async def revise(self, message: MessageRef, card: Card) -> None:
        where = {"channel": message.place.channel, "ts": message.id}
        await self._calls.show(
            message.place.workspace,
            "chat.update",
            lambda plainly: {**where, **_INERT, **render.message(card, plainly=plainly)},
        )

    async def home(self, person: PersonRef, card: Card) -> bool:
        """False where the app's Home tab is switched off."""
        try:
            await self._calls.show(
                person.workspace,
                "views.publish",
                lambda plainly: {"user_id": person.user, "view": render.home(card, plainly=plainly)},
            )
        except OursToFix as fault:
            if code_of(fault.__cause__) == "not_enabled":
                return False
            raise
        return True

    async def _post(self, place: Place, card: Card, once: Once) -> MessageRef:
        where = {"channel": place.channel, "metadata": metadata(once.key)}
        thread = {"thread_ts": place.thread} if place.thread else {}
        try:
            answer = await self._calls.show(
                place.workspace,
                "chat.postMessage",
                lambda plainly: {**where, **thread, **_INERT_POST, **render.message(card, plainly=plainly)},
            )
        except ReadbackError as error:
            outcome = self._sent.note_unknown if may_have_worked(error.__cause__) else self._sent.note_failed
            outcome(place, once)
            raise
        message = MessageRef(place, str(answer["ts"]))
        self._sent.note(place, once, message)
        return message

    async def _in_passing(self, person: PersonRef, near: Place, card: Card, handle: Handle | None) -> bool:
        """Whether a line that only they see, and that a reload takes away, was sent."""
        if handle and handle.until > self._clock():
            client = await self._clients.of(person.workspace)
            if await answer_at(handle, render.message(card), client.proxy):
                return True
        if near.direct or not near.channel:
            return False
        try:
            await self._calls.show(
                person.workspace, "chat.postEphemeral", lambda plainly: _ephemeral(person, near, card, plainly)
            )
        except CannotReach:
            return False  # not in the channel (any more): a direct message may still reach them
        return True

    async def _direct(self, person: PersonRef) -> Place:
        if person not in self._directs:
            answer = await self._calls.call(person.workspace, "conversations.open", {"users": person.user})
            if len(self._directs) >= _MOST_DIRECTS:
                self._directs.clear()
            self._directs[person] = _id(answer)
        return Place(person.workspace, self._directs[person], direct=True)


def _ephemeral(person: PersonRef, near: Place, card: Card, plainly: bool) -> Json:
    thread = {"thread_ts": near.thread} if near.thread else {}
    where = {"channel": near.channel, "user": person.user, **thread}
    return {**where, **_INERT, **render.message(card, plainly=plainly)}


def _id(answer: dict[str, Any]) -> str:
    return str(answer["channel"]["id"])

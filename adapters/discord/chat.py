"""Discord's way out: cards in channels, lines that only one person sees, direct messages, a button as the last way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from adapters.discord import render
from adapters.discord.blocks import CHARACTERS, Json
from adapters.discord.buttons import LABEL
from adapters.discord.clients import Clients
from adapters.discord.errors import CLOSED_DMS, code_of, may_have_worked, within
from adapters.discord.fields import LONG
from adapters.discord.handles import answer_with, token_of
from adapters.discord.pictures import Drawn, drawn
from adapters.discord.render import TITLE
from adapters.discord.sent import Sent, mark, nonce, where
from adapters.discord.sentences import waiting_card
from drills.attempt import Handle
from drills.chat.cards import Card, Limits
from drills.errors import CannotReach, ReadbackError
from drills.evaluation import LEASE_S
from drills.people import MessageRef, PersonRef, Place
from drills.ports import Clock, Once, Pictures, Way

_IN_ALL_S = LEASE_S - 10  # of one method, however many calls it makes: then another worker may take the claim over
_MOST_DIRECTS = 10_000
_ONE_BUTTON = timedelta(minutes=10)
_POST = "/channels/{channel_id}/messages"


class DiscordChat:
    """Implements `drills.ports.Chat`."""

    platform = "discord"
    limits = Limits(message=CHARACTERS, field_text=LONG, button_label=LABEL, title=TITLE)

    def __init__(self, clients: Clients, clock: Clock, pictures: Pictures | None = None) -> None:
        self._clients = clients
        self._clock = clock
        self._pictures = pictures
        self._sent = Sent(clients)
        self._directs: dict[str, str] = {}
        self._buttons: dict[Place, datetime] = {}
        self._in_turn: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()

    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        """Looks before it posts again, and posts under a nonce: Discord itself drops a second copy for some minutes."""
        async with within(_IN_ALL_S, "a post"):
            body = render.message(card, mark=mark(once.key), drawn=await self._drawn(card, where(place)))
            return await self._post(place, body, once)

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
        """In passing while a tap may be answered; else in a direct message; else a button in the channel names nobody.

        With `keep` the direct message comes first. Somebody who shares no server with the app is not reached at all.
        """
        async with within(_IN_ALL_S, "a private message"):
            return await self._tell(person, near, card, once, handle, keep=keep)

    async def _tell(
        self, person: PersonRef, near: Place, card: Card, once: Once, handle: Handle | None, *, keep: bool
    ) -> Way:
        if self._sent.remembered(person, once):
            return Way.EPHEMERAL
        if not keep and await self._in_passing(person, card, once, handle):
            return Way.EPHEMERAL
        try:
            await self._direct(person, card, once)
        except CannotReach as closed:
            if code_of(closed.__cause__) != CLOSED_DMS:
                raise
        else:
            return Way.DIRECT
        if keep and await self._in_passing(person, card, once, handle):
            return Way.EPHEMERAL
        if near.direct:
            raise CannotReach("the person takes no direct messages, and is in no channel")
        await self._button(near, Once(f"{once.key}:button", once.again))
        return Way.BUTTON

    async def revise(self, message: MessageRef, card: Card) -> None:
        await self._clients.call(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            render.message(card, drawn=await self._drawn(card, where(message.place))),
            channel_id=where(message.place),
            message_id=message.id,
        )

    async def home(self, person: PersonRef, card: Card) -> bool:
        """Discord has no such page: `/drill mine` shows it."""
        return False

    async def _post(self, place: Place, body: Json, once: Once) -> MessageRef:
        found = await self._sent.find(place, once)
        if found:
            return found
        once_only = {"nonce": nonce(once.key), "enforce_nonce": True}
        try:
            answer = await self._clients.call("POST", _POST, {**body, **once_only}, channel_id=where(place))
        except ReadbackError as error:
            outcome = self._sent.note_unknown if may_have_worked(error.__cause__) else self._sent.note_failed
            outcome(place, once)
            raise
        except asyncio.CancelledError:  # cut short on the way
            self._sent.note_unknown(place, once)
            raise
        message = MessageRef(place, str(answer["id"]))
        self._sent.note(place, once, message)
        return message

    async def _button(self, place: Place, once: Once) -> None:
        """One for all who wait in a place, for a while: each of them sees their own behind it."""
        async with self._in_turn.setdefault(place, asyncio.Lock()):
            now = self._clock()
            if place in self._buttons and now < self._buttons[place] and not once.again:
                return
            await self.post(place, waiting_card(), once)
            fresh = {at: until for at, until in self._buttons.items() if now < until}
            self._buttons = fresh | {place: now + _ONE_BUTTON}

    async def _in_passing(self, person: PersonRef, card: Card, once: Once, handle: Handle | None) -> bool:
        """Whether a line was sent that only they see, and that goes when their client starts anew."""
        if handle is None or handle.until <= self._clock():
            return False
        messages = render.private(card, drawn=await self._drawn(card, token_of(handle)))
        if not await answer_with(self._clients, handle, messages):
            return False
        self._sent.note(person, once, MessageRef(Place(person.workspace, ""), ""))
        return True

    async def _direct(self, person: PersonRef, card: Card, once: Once) -> None:
        """Raises CannotReach where their direct messages are closed."""
        place = await self._alone_with(person)
        pictures = await self._drawn(card, where(place))
        messages = render.private(card, server=person.workspace.id, ephemeral=False, drawn=pictures)
        for number, body in enumerate(messages):
            each = Once(f"{once.key}:{number}", once.again)
            await self._post(place, _marked(body, mark(each.key)), each)

    async def _drawn(self, card: Card, place: str) -> Drawn:
        return await drawn(card, None if self._clients.no_pictures.lately(place) else self._pictures)

    async def _alone_with(self, person: PersonRef) -> Place:
        if person.user not in self._directs:
            opened = await self._clients.call("POST", "/users/@me/channels", {"recipient_id": person.user})
            if len(self._directs) >= _MOST_DIRECTS:
                self._directs.clear()
            self._directs[person.user] = str(opened["id"])
        return Place(person.workspace, self._directs[person.user], direct=True)


def _marked(body: Json, id_: int) -> Json:
    """The same message with a mark to find it by."""
    containers: Sequence[Json] = body["components"]
    return {**body, "components": [{**one, "id": id_} for one in containers]}

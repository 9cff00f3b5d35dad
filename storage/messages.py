"""The local room's messages as rows: the one place that has no platform to keep them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.chat.cards import Card
from drills.errors import NotFound
from drills.people import MessageRef, PersonRef, Place, Workspace
from drills.ports import Message, Once
from storage.tables import messages
from storage.workspaces import next_message_seq


class SqlMessages:
    """A message's id is the seq it was posted with; its seq grows with every revision."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, place: Place, to: str | None, card: Card, once: Once, at: datetime) -> MessageRef:
        """The same key gives the same message, whatever the card."""
        seq = await next_message_seq(self._connection, place.workspace)  # holds the row: rivals with this key wait
        earlier = await self._with_key(place.workspace, once.key)
        if earlier is not None:
            return earlier
        row = {"workspace": str(place.workspace), "id": seq, "seq": seq, "key": once.key, "to": to, "posted_at": at}
        where = {"channel": place.channel, "thread": place.thread}
        await self._connection.execute(sa.insert(messages).values({**row, **where, "card": _dump(card)}))
        return MessageRef(place, str(seq))

    async def revise(self, message: MessageRef, card: Card) -> None:
        """Raises NotFound."""
        workspace = message.place.workspace
        seq = await next_message_seq(self._connection, workspace)
        own = (messages.c.workspace == str(workspace), messages.c.id == _number(message))
        done = await self._connection.execute(sa.update(messages).where(*own).values(card=_dump(card), seq=seq))
        if done.rowcount == 0:
            raise NotFound(f"no message {message.id} in {workspace}")

    async def seen_by(self, person: PersonRef, place: Place, *, after: int = 0) -> Sequence[Message]:
        """A place without a thread is the whole channel, threads included."""
        seen = sa.select(messages).where(
            messages.c.workspace == str(place.workspace),
            messages.c.channel == place.channel,
            messages.c.seq > after,
            sa.or_(messages.c.to.is_(None), messages.c.to == person.user),
        )
        if place.thread is not None:
            seen = seen.where(messages.c.thread == place.thread)
        return [_message(row) for row in await self._connection.execute(seen.order_by(messages.c.id))]

    async def erase(self, person: PersonRef) -> None:
        own = (messages.c.workspace == str(person.workspace), messages.c.to == person.user)
        await self._connection.execute(sa.delete(messages).where(*own))

    async def _with_key(self, workspace: Workspace, key: str) -> MessageRef | None:
        own = sa.select(messages).where(messages.c.workspace == str(workspace), messages.c.key == key)
        row = (await self._connection.execute(own)).one_or_none()
        return None if row is None else _message(row).ref


@cache
def _cards() -> TypeAdapter[Card]:
    return TypeAdapter(Card)


def _dump(card: Card) -> Any:
    return _cards().dump_python(card, mode="json")


def _message(row: sa.Row[Any]) -> Message:
    place = Place(Workspace.parse(row.workspace), row.channel, row.thread)
    card = _cards().validate_python(row.card)
    return Message(ref=MessageRef(place, str(row.id)), to=row.to, card=card, posted_at=row.posted_at, seq=row.seq)


def _number(message: MessageRef) -> int:
    try:
        return int(message.id)
    except ValueError:
        raise NotFound(f"{message.id!r} is no message of ours") from None

"""What each person did with a push, as rows, and their words in rows apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.attempt import Attempt, AttemptState, Handle, Reply
from drills.errors import Stale
from drills.people import PersonRef, Workspace
from drills.push import Push
from storage.tables import attempts, replies
from storage.writes import add_once, is_row, rest

# A reply is acknowledged after these; putting them together each time would take longer than carrying them out.
_GET = sa.select(attempts).where(*is_row(attempts))
_SAVE = sa.update(attempts).where(
    *is_row(attempts),
    attempts.c.state == sa.bindparam("was"),
    sa.or_(attempts.c.tap_before.is_(None), attempts.c.tap_before == sa.bindparam("tapped")),
)


class SqlAttempts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, attempt: Attempt) -> bool:
        return await add_once(self._connection, attempts, _row(attempt))

    async def get(self, workspace: Workspace, id_: str) -> Attempt | None:
        row = (await self._connection.execute(_GET, {"is_workspace": str(workspace), "is_id": id_})).one_or_none()
        return None if row is None else _attempt(row)

    async def latest(self, push: Push, person: PersonRef) -> Attempt | None:
        """The one with the highest number."""
        found = await self._where(*_by(person), attempts.c.push == push.id, order=attempts.c.number.desc(), limit=1)
        return found[0] if found else None

    async def of_person(self, person: PersonRef, *, limit: int = 20) -> Sequence[Attempt]:
        return await self._where(*_by(person), order=attempts.c.opened_at.desc(), limit=limit)

    async def save(self, attempt: Attempt, *, was: AttemptState) -> None:
        """The first tap is guarded as well: of two that race, the later one is Stale."""
        row = _row(attempt)
        own = {"is_workspace": row["workspace"], "is_id": attempt.id, "was": was.value, "tapped": attempt.before}
        if (await self._connection.execute(_SAVE, rest(attempts, row) | own)).rowcount == 0:
            raise Stale(f"attempt {attempt.id} was moved by somebody else first")

    async def keep_words(self, workspace: Workspace, reply: Reply) -> None:
        """Words are kept once; a second time changes nothing."""
        row = {"workspace": str(workspace), "attempt": reply.attempt, "text": reply.text, "salt": reply.salt}
        await add_once(self._connection, replies, {**row, "received_at": reply.received_at})

    async def words(self, workspace: Workspace, attempt: str) -> Reply | None:
        kept = sa.select(replies).where(replies.c.workspace == str(workspace), replies.c.attempt == attempt)
        row = (await self._connection.execute(kept)).one_or_none()
        return None if row is None else Reply(row.attempt, row.text, row.salt, row.received_at)

    async def erase_words(self, person: PersonRef) -> int:
        own = sa.select(attempts.c.id).where(*_by(person))
        gone = sa.delete(replies).where(replies.c.workspace == str(person.workspace), replies.c.attempt.in_(own))
        await self._connection.execute(
            sa.update(attempts)
            .where(*_by(person), attempts.c.handle.is_not(None))
            .values(handle=None, handle_until=None)
        )
        return (await self._connection.execute(gone)).rowcount

    async def _where(
        self, *where: sa.ColumnElement[bool], order: sa.ColumnElement[Any] | None = None, limit: int | None = None
    ) -> list[Attempt]:
        found = sa.select(attempts).where(*where).limit(limit)
        if order is not None:
            found = found.order_by(order, attempts.c.id.desc())
        return [_attempt(row) for row in await self._connection.execute(found)]


def _by(person: PersonRef) -> tuple[sa.ColumnElement[bool], ...]:
    return attempts.c.workspace == str(person.workspace), attempts.c.person == person.user


def _attempt(row: sa.Row[Any]) -> Attempt:
    return Attempt(
        id=row.id,
        push=row.push,
        person=PersonRef(Workspace.parse(row.workspace), row.person),
        number=row.number,
        variant=row.variant,
        state=AttemptState(row.state),
        opened_at=row.opened_at,
        before=row.tap_before,
        after=row.tap_after,
        ended_at=row.ended_at,
        handle=Handle(row.handle, row.handle_until) if row.handle is not None else None,
    )


def _row(attempt: Attempt) -> dict[str, Any]:
    handle = attempt.handle
    return {
        "workspace": str(attempt.person.workspace),
        "id": attempt.id,
        "push": attempt.push,
        "person": attempt.person.user,
        "number": attempt.number,
        "variant": attempt.variant,
        "state": attempt.state.value,
        "opened_at": attempt.opened_at,
        "tap_before": attempt.before,
        "tap_after": attempt.after,
        "ended_at": attempt.ended_at,
        "handle": handle.value if handle else None,
        "handle_until": handle.until if handle else None,
    }

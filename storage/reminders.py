"""Reminders as rows: due by slot, unique for push, person and number, claimed like everything that is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from itertools import groupby, takewhile
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.attempt import AttemptState
from drills.people import PersonRef, Team, Workspace
from drills.ports import DueReminders
from drills.push import Push, PushState
from drills.reminder import Pause, Reminder, ReminderKind, ReminderState
from storage.campaign_tables import reminder_pauses, reminders, slots
from storage.pushes import first_attempt
from storage.tables import attempts, eligible, pushes
from storage.writes import insert, move, put

_SETTLED = (AttemptState.REPLIED.value, AttemptState.SKIPPED.value)


class SqlReminders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def due(self, now: datetime, limit: int) -> Sequence[DueReminders]:
        of = sa.select(slots).where(slots.c.remind_at <= now, slots.c.push.is_not(None))
        locked = of.order_by(slots.c.remind_at).limit(limit).with_for_update(skip_locked=True)
        return [
            DueReminders(Workspace.parse(row.workspace), row.campaign, row.team, row.local, row.push, row.reminded)
            for row in await self._connection.execute(locked)
        ]

    async def next(self, due: DueReminders, at: datetime | None, *, made: int) -> None:
        own = (
            slots.c.workspace == str(due.workspace),
            slots.c.campaign == due.campaign,
            slots.c.team == due.team,
            slots.c.local == due.local,
        )
        await self._connection.execute(sa.update(slots).where(*own).values(remind_at=at, reminded=made))

    async def add(self, several: Sequence[Reminder]) -> Set[str]:
        if not several:
            return frozenset()
        rows = [_row(reminder) for reminder in several]
        added = insert(self._connection, reminders).on_conflict_do_nothing().returning(reminders.c.id)
        return frozenset(await self._connection.scalars(added, rows))

    async def get(self, workspace: Workspace, id_: str) -> Reminder | None:
        one = sa.select(reminders).where(reminders.c.workspace == str(workspace), reminders.c.id == id_)
        row = (await self._connection.execute(one)).one_or_none()
        return None if row is None else _reminder(row)

    async def save(self, reminder: Reminder, *, was: ReminderState) -> None:
        """Of two that take over the same dead claim, and of a holder whose claim was taken, the later one is Stale."""
        before = reminder.tries - (reminder.state is ReminderState.TELLING)
        await move(
            self._connection, reminders, _row(reminder), reminders.c.state == was.value, reminders.c.tries == before
        )

    async def of(self, push: Push) -> Sequence[Reminder]:
        about = sa.select(reminders).where(reminders.c.workspace == str(push.workspace), reminders.c.push == push.id)
        return [_reminder(row) for row in await self._connection.execute(about.order_by(reminders.c.id))]

    async def unanswered(self, push: Push) -> Set[str]:
        of = (
            sa.select(eligible.c.person)
            .select_from(eligible.outerjoin(attempts, first_attempt()))
            .where(eligible.c.workspace == str(push.workspace), eligible.c.push == push.id)
            .where(sa.or_(attempts.c.state.is_(None), attempts.c.state.not_in(_SETTLED)))
        )
        return frozenset(await self._connection.scalars(of))

    async def let_pass(self, team: Team, people: Set[str]) -> Mapping[str, int]:
        rows = await self._connection.execute(_past(team, people))
        return {
            person: sum(1 for _ in takewhile(lambda row: not row.settled, own))
            for person, own in groupby(rows, attrgetter("person"))
        }

    async def pauses(self, team: Team) -> Mapping[str, Pause]:
        of = sa.select(reminder_pauses).where(*_in(team))
        rows = await self._connection.execute(of)
        return {row.person: Pause(row.person, row.since, row.wished, row.resumed_at) for row in rows}

    async def put_pause(self, team: Team, pause: Pause) -> None:
        key = {"workspace": str(team.workspace), "team": team.id, "person": pause.user}
        row = {**key, "since": pause.since, "wished": pause.wished, "resumed_at": pause.resumed_at}
        await put(self._connection, reminder_pauses, row)

    async def forget(self, person: PersonRef) -> None:
        own = {"workspace": str(person.workspace), "person": person.user}
        for table in (reminders, reminder_pauses):
            await self._connection.execute(sa.delete(table).filter_by(**own))


def _in(team: Team) -> tuple[sa.ColumnElement[bool], ...]:
    return reminder_pauses.c.workspace == str(team.workspace), reminder_pauses.c.team == team.id


def _past(team: Team, people: Set[str]) -> sa.Select[Any]:
    """Drills of each person that are closed, or that they settled before, the newest first, since they last said that
    they want reminders.
    """
    invited = (eligible.c.workspace == pushes.c.workspace) & (eligible.c.push == pushes.c.id)
    own_pause = (
        (reminder_pauses.c.workspace == pushes.c.workspace)
        & (reminder_pauses.c.team == pushes.c.team)
        & (reminder_pauses.c.person == eligible.c.person)
    )
    wanted_since = sa.or_(reminder_pauses.c.resumed_at.is_(None), pushes.c.opens_at > reminder_pauses.c.resumed_at)
    settled = sa.func.coalesce(attempts.c.state.in_(_SETTLED), sa.false())
    over = sa.or_(pushes.c.state == PushState.CLOSED.value, settled)  # whoever has just answered lets nothing pass
    return (
        sa.select(eligible.c.person, settled.label("settled"))
        .select_from(
            pushes.join(eligible, invited).outerjoin(attempts, first_attempt()).outerjoin(reminder_pauses, own_pause)
        )
        .where(pushes.c.workspace == str(team.workspace), pushes.c.team == team.id)
        .where(over, eligible.c.person.in_(sorted(people)), wanted_since)
        .order_by(eligible.c.person, pushes.c.opens_at.desc(), pushes.c.id.desc())
    )


def _reminder(row: sa.Row[Any]) -> Reminder:
    return Reminder(
        id=row.id,
        workspace=Workspace.parse(row.workspace),
        push=row.push,
        user=row.person,
        number=row.number,
        kind=ReminderKind(row.kind),
        made_at=row.made_at,
        due_at=row.due_at,
        state=ReminderState(row.state),
        claimed_at=row.claimed_at,
        tries=row.tries,
    )


def _row(reminder: Reminder) -> dict[str, Any]:
    return {
        "workspace": str(reminder.workspace),
        "id": reminder.id,
        "push": reminder.push,
        "person": reminder.user,
        "number": reminder.number,
        "kind": reminder.kind.value,
        "state": reminder.state.value,
        "made_at": reminder.made_at,
        "due_at": reminder.due_at,
        "claimed_at": reminder.claimed_at,
        "tries": reminder.tries,
    }

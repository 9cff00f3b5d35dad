"""Pushes as rows, the people each was meant for, and how many of those have answered."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.attempt import AttemptState
from drills.people import MessageRef, PersonRef, Place, Profession, Team, Workspace
from drills.push import DEMO, Eligible, Push, PushState, Turnout
from storage.campaign_tables import campaigns
from storage.claims import free_to_take, still_mine
from storage.tables import attempts, eligible, members, pushes
from storage.writes import add_once, insert, insert_into, is_row, move

# Built once: every reply looks at its push and counts a change of its card.
_GET = sa.select(pushes).where(*is_row(pushes))
_CARD_CHANGED = sa.update(pushes).where(*is_row(pushes)).values(card_changes=pushes.c.card_changes + 1)
_STILL_OPEN = (PushState.PLANNED.value, PushState.POSTING.value, PushState.POSTED.value)


class SqlPushes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, push: Push) -> bool:
        return await add_once(self._connection, pushes, _row(push))

    async def add_all(self, several: Sequence[Push]) -> None:
        """Those whose slot has one already are left out."""
        if several:
            adding = _adding(self._connection.dialect.name)
            await self._connection.execute(adding, [_row(push) for push in several])

    async def get(self, workspace: Workspace, id_: str) -> Push | None:
        row = (await self._connection.execute(_GET, {"is_workspace": str(workspace), "is_id": id_})).one_or_none()
        return None if row is None else push_of(row)

    async def at(self, message: MessageRef) -> Push | None:
        """A thread belongs to its channel."""
        place = message.place
        found = await self._where(
            sa.select(pushes).where(
                pushes.c.workspace == str(place.workspace),
                pushes.c.message_id == message.id,
                pushes.c.message_channel == place.channel,
            )
        )
        return found[0] if found else None

    async def save(self, push: Push, *, was: PushState) -> None:
        """The window stays as it is in the row: `postpone` may have moved it since the push was read."""
        row = {name: value for name, value in _row(push).items() if name not in {"opens_at", "closes_at"}}
        await move(self._connection, pushes, row, *_guards(push, was))

    async def postpone(self, team: Team, now: datetime, by: timedelta) -> Sequence[Push]:
        of = sa.select(pushes).where(
            pushes.c.workspace == str(team.workspace),
            pushes.c.team == team.id,
            pushes.c.state.in_(_STILL_OPEN),
            pushes.c.closes_at > now,
        )
        in_turn = of.order_by(pushes.c.opens_at.desc(), pushes.c.id.desc())  # as `of_team`
        open_now = await self._where(in_turn.with_for_update())
        for push in open_now:
            await self._set(push, closes_at=push.closes_at + by)
        return open_now

    async def of_team(self, team: Team, *, limit: int = 20) -> Sequence[Push]:
        of = sa.select(pushes).where(pushes.c.workspace == str(team.workspace), pushes.c.team == team.id)
        return await self._where(of.order_by(pushes.c.opens_at.desc(), pushes.c.id.desc()).limit(limit))

    async def card_changed(self, push: Push) -> None:
        await self._connection.execute(_CARD_CHANGED, {"is_workspace": str(push.workspace), "is_id": push.id})

    async def card_changes(self, push: Push) -> int:
        changes = sa.select(pushes.c.card_changes).where(*_is(push))
        return int((await self._connection.execute(changes)).scalar_one())

    async def card_shown(self, push: Push, changes: int) -> None:
        """A drawing that was overtaken by a later one changes nothing."""
        await self._set(push, pushes.c.card_shown < changes, card_shown=changes)

    async def out(self, workspace: Workspace, people: Set[str], now: datetime) -> Sequence[Push]:
        posted = (pushes.c.state == PushState.POSTED.value, pushes.c.closes_at > now)
        theirs = (members.c.workspace == str(workspace), members.c.person.in_(sorted(people)))
        teams = pushes.c.team.in_(sa.select(members.c.team).where(*theirs))
        of = sa.select(pushes).where(pushes.c.workspace == str(workspace), teams, *posted)
        return await self._where(of.order_by(pushes.c.closes_at, pushes.c.id))

    async def due_to_close(self, now: datetime) -> Sequence[Push]:
        """Posted pushes of every workspace whose window is over, oldest first."""
        due = sa.select(pushes).where(pushes.c.state == PushState.POSTED.value, pushes.c.closes_at <= now)
        return await self._where(due.order_by(pushes.c.closes_at, pushes.c.id))

    async def invite(self, push: Push, people: Sequence[Eligible]) -> None:
        """Inviting somebody twice changes nothing."""
        rows = [
            {"workspace": str(push.workspace), "push": push.id, "person": one.user, "profession": one.profession.value}
            for one in people
        ]
        if rows:
            await self._connection.execute(insert(self._connection, eligible).on_conflict_do_nothing(), rows)

    async def uninvite(self, push: Push, people: Set[str]) -> None:
        theirs = (eligible.c.workspace == str(push.workspace), eligible.c.push == push.id)
        await self._connection.execute(sa.delete(eligible).where(*theirs, eligible.c.person.in_(sorted(people))))

    async def busy(self, push: Push, now: datetime) -> Set[str]:
        return frozenset(await self._connection.scalars(_busy(push, now)))

    async def eligible(self, push: Push) -> Sequence[Eligible]:
        of = sa.select(eligible).where(eligible.c.workspace == str(push.workspace), eligible.c.push == push.id)
        rows = await self._connection.execute(of.order_by(eligible.c.person))
        return [Eligible(row.push, row.person, Profession(row.profession)) for row in rows]

    async def counting(self, person: PersonRef, pushes: Sequence[Push]) -> Set[str]:
        theirs = (eligible.c.workspace == str(person.workspace), eligible.c.person == person.user)
        of = sa.select(eligible.c.push).where(*theirs, eligible.c.push.in_([push.id for push in pushes]))
        return frozenset(await self._connection.scalars(of))

    async def turnout(self, push: Push) -> Turnout:
        row = (await self._connection.execute(_turnout(push))).one()
        return Turnout(eligible=row.eligible, answered=row.answered, skipped=row.skipped)

    async def _set(self, push: Push, *guards: sa.ColumnElement[bool], **values: Any) -> None:
        await self._connection.execute(sa.update(pushes).where(*_is(push), *guards).values(**values))

    async def _where(self, query: sa.Select[Any]) -> list[Push]:
        return [push_of(row) for row in await self._connection.execute(query)]


def _is(push: Push) -> tuple[sa.ColumnElement[bool], ...]:
    return pushes.c.workspace == str(push.workspace), pushes.c.id == push.id


def first_attempt() -> sa.ColumnElement[bool]:
    """Joins an eligible person to their first attempt: later ones enter no metric (clinical.md §0.9)."""
    return sa.and_(
        attempts.c.workspace == eligible.c.workspace,
        attempts.c.push == eligible.c.push,
        attempts.c.person == eligible.c.person,
        attempts.c.number == 1,
    )


def _turnout(push: Push) -> sa.Select[int, int, int]:
    def how_many(state: AttemptState) -> sa.ColumnElement[int]:
        return sa.func.count().filter(attempts.c.state == state.value)

    return (
        sa.select(
            sa.func.count().label("eligible"),
            how_many(AttemptState.REPLIED).label("answered"),
            how_many(AttemptState.SKIPPED).label("skipped"),
        )
        .select_from(eligible.outerjoin(attempts, first_attempt()))
        .where(eligible.c.workspace == str(push.workspace), eligible.c.push == push.id)
    )


def _busy(push: Push, now: datetime) -> sa.Select[str]:
    """A campaign comes on top of nothing that is open; a lead who posts by hand means everybody."""
    own = sa.select(campaigns.c.id).where(campaigns.c.workspace == str(push.workspace))
    others = (
        pushes.c.workspace == str(push.workspace),
        pushes.c.team == push.team,
        pushes.c.id != push.id,
        pushes.c.state == PushState.POSTED.value,
        pushes.c.closes_at > now,
        pushes.c.campaign != DEMO,  # its story leaves two open, to choose from
        sa.literal(push.campaign).in_(own),
    )
    invited = (eligible.c.workspace == pushes.c.workspace) & (eligible.c.push == pushes.c.id)
    unanswered = sa.or_(attempts.c.state.is_(None), attempts.c.state == AttemptState.OPENED.value)
    return (
        sa.select(eligible.c.person)
        .select_from(pushes.join(eligible, invited).outerjoin(attempts, first_attempt()))
        .where(*others, unanswered)
    )


@cache
def _adding(dialect: str) -> sa.Insert:
    return insert_into(dialect, pushes).on_conflict_do_nothing()


def _guards(push: Push, was: PushState) -> list[sa.ColumnElement[bool]]:
    guards = [pushes.c.state == was.value]
    if was is PushState.POSTING:
        guards.append((free_to_take if push.state is was else still_mine)(pushes, push))
    return guards


def push_of(row: sa.Row[Any]) -> Push:
    workspace = Workspace.parse(row.workspace)
    message = None
    if row.message_id is not None:
        message = MessageRef(Place(workspace, row.message_channel, row.message_thread), row.message_id)
    return Push(
        id=row.id,
        workspace=workspace,
        team=row.team,
        drill_id=row.drill_id,
        drill_hash=row.drill_hash,
        variant=row.variant,
        campaign=row.campaign,
        slot=row.slot,
        state=PushState(row.state),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        message=message,
        claimed_at=row.claimed_at,
        tries=row.tries,
        keep=row.keep,
    )


def _row(push: Push) -> dict[str, Any]:
    place = push.message.place if push.message else None
    return {
        "workspace": str(push.workspace),
        "id": push.id,
        "team": push.team,
        "drill_id": push.drill_id,
        "drill_hash": push.drill_hash,
        "variant": push.variant,
        "campaign": push.campaign,
        "slot": push.slot,
        "state": push.state.value,
        "opens_at": push.opens_at,
        "closes_at": push.closes_at,
        "message_channel": place.channel if place else None,
        "message_thread": place.thread if place else None,
        "message_id": push.message.id if push.message else None,
        "claimed_at": push.claimed_at,
        "tries": push.tries,
        "keep": push.keep,
    }

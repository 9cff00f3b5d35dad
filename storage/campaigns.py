"""Campaigns and how far each team has come, as rows. Every process may tick: a slot is written once or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.campaign import Campaign, CampaignState, Entry, Shown
from drills.campaign.course import Course, Due
from drills.campaign.data import from_data, to_data
from drills.campaign.slot import SlotStatus, slot_name
from drills.people import Workspace
from drills.ports import DecidedSlot, StartedCampaign, TeamWeek
from storage.campaign_tables import campaigns, courses, slots
from storage.tables import teams
from storage.teams import team_of
from storage.workspaces import settle
from storage.writes import add_once, insert, move, rest

_HAPPENED = (SlotStatus.PLANNED.value, SlotStatus.MOVED.value)


class SqlCampaigns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, started: StartedCampaign, *, was: CampaignState | None = None) -> None:
        row = _row(started)
        if was is None:
            await settle(self._connection, started.workspace)
            await add_once(self._connection, campaigns, row)
        else:
            await move(self._connection, campaigns, row, campaigns.c.state == was.value)

    async def get(self, workspace: Workspace, id_: str) -> StartedCampaign | None:
        one = sa.select(campaigns).where(campaigns.c.workspace == str(workspace), campaigns.c.id == id_)
        row = (await self._connection.execute(one)).one_or_none()
        return None if row is None else _started(row)

    async def of(self, workspace: Workspace) -> Sequence[StartedCampaign]:
        of = sa.select(campaigns).where(campaigns.c.workspace == str(workspace)).order_by(campaigns.c.id)
        return [_started(row) for row in await self._connection.execute(of)]

    async def discard(self, workspace: Workspace, id_: str) -> None:
        own = (campaigns.c.workspace == str(workspace), campaigns.c.id == id_)
        await self._connection.execute(sa.delete(campaigns).where(*own, campaigns.c.state == CampaignState.DRAFT.value))

    async def put_courses(self, put: Sequence[Course]) -> None:
        if not put:
            return
        written = insert(self._connection, courses)
        changed = {name: written.excluded[name] for name in rest(courses, _course_row(put[0]))}
        upsert = written.on_conflict_do_update(index_elements=["workspace", "campaign", "team"], set_=changed)
        await self._connection.execute(upsert, [_course_row(course) for course in put])

    async def drop_courses(self, workspace: Workspace, id_: str, *, keep: Set[str]) -> None:
        own = (courses.c.workspace == str(workspace), courses.c.campaign == id_, courses.c.team.not_in(sorted(keep)))
        await self._connection.execute(sa.delete(courses).where(*own))

    async def courses(self, workspace: Workspace, id_: str) -> Sequence[Course]:
        of = sa.select(courses).where(courses.c.workspace == str(workspace), courses.c.campaign == id_)
        return [_course(row) for row in await self._connection.execute(of.order_by(courses.c.team))]

    async def reckon_again(self) -> None:
        await self._connection.execute(sa.update(courses).values(clock=""))

    async def due(self, now: datetime, limit: int) -> Sequence[Due]:
        rows = (await self._connection.execute(_due(now, limit))).all()
        known: dict[str, tuple[Campaign, tuple[Entry, ...]]] = {}
        found = []
        for row in rows:
            if row.hash not in known:
                known[row.hash] = from_data(row.definition)
            campaign, playlist = known[row.hash]
            found.append(Due(_course(row), campaign, playlist, team_of(row), row.hash))
        return found

    async def decide(self, decided: Sequence[DecidedSlot]) -> Set[str]:
        if not decided:
            return frozenset()
        rows = [_slot_row(slot) for slot in decided]
        added = insert(self._connection, slots).on_conflict_do_nothing().returning(slots.c.push)
        return frozenset(push for push in await self._connection.scalars(added, rows) if push is not None)

    async def in_weeks(self, weeks: Set[TeamWeek]) -> Mapping[TeamWeek, int]:
        if not weeks:
            return {}
        named = [(str(workspace), team, week) for workspace, team, week in weeks]
        own = sa.tuple_(slots.c.workspace, slots.c.team, slots.c.week).in_(named)
        counted = (
            sa.select(slots.c.workspace, slots.c.team, slots.c.week, sa.func.count().label("drills"))
            .where(own, slots.c.status.in_(_HAPPENED))
            .group_by(slots.c.workspace, slots.c.team, slots.c.week)
        )
        rows = await self._connection.execute(counted)
        return {(Workspace.parse(row.workspace), row.team, row.week): row.drills for row in rows}

    async def shown(self, course: Course) -> Sequence[Shown]:
        of = sa.select(slots.c.drill, slots.c.variant, slots.c.day).where(
            slots.c.workspace == str(course.workspace),
            slots.c.campaign == course.campaign,
            slots.c.team == course.team,
            slots.c.status.in_(_HAPPENED),
        )
        rows = await self._connection.execute(of.order_by(slots.c.at))
        return [Shown(row.drill, row.variant, date.fromisoformat(row.day)) for row in rows]

    async def slots(self, workspace: Workspace, id_: str) -> Sequence[Mapping[str, Any]]:
        of = sa.select(slots).where(slots.c.workspace == str(workspace), slots.c.campaign == id_)
        rows = await self._connection.execute(of.order_by(slots.c.at, slots.c.team, slots.c.local))
        return [dict(row) for row in rows.mappings()]


def clock_of() -> sa.ColumnElement[str]:
    """The mirror of `campaign.clocks.clock_name`: what a course was reckoned with."""
    return teams.c.tz + "|" + sa.func.coalesce(teams.c.quiet, "")


def _due(now: datetime, limit: int) -> sa.Select[Any]:
    own_campaign = (campaigns.c.workspace == courses.c.workspace) & (campaigns.c.id == courses.c.campaign)
    own_team = (teams.c.workspace == courses.c.workspace) & (teams.c.id == courses.c.team)
    wanted = sa.or_(courses.c.next_at <= now, courses.c.clock != clock_of())
    return (
        sa.select(courses, campaigns.c.definition, campaigns.c.hash, *(c for c in teams.c if c.name != "workspace"))
        .select_from(courses.join(campaigns, own_campaign).join(teams, own_team))
        .where(campaigns.c.state == CampaignState.RUNNING.value, wanted)
        .order_by(courses.c.next_at, courses.c.workspace, courses.c.campaign, courses.c.team)
        .limit(limit)
        .with_for_update(skip_locked=True, of=courses)
    )


def _started(row: sa.Row[Any]) -> StartedCampaign:
    campaign, playlist = from_data(row.definition)
    return StartedCampaign(Workspace.parse(row.workspace), campaign, playlist, CampaignState(row.state), row.source)


def _row(started: StartedCampaign) -> dict[str, Any]:
    definition = to_data(started.campaign, started.playlist)
    return {
        "workspace": str(started.workspace),
        "id": started.campaign.id,
        "state": started.state.value,
        "definition": definition,
        "hash": sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest(),
        "source": started.source,
    }


def _course(row: sa.Row[Any]) -> Course:
    return Course(
        workspace=Workspace.parse(row.workspace),
        campaign=row.campaign,
        team=row.team,
        after=datetime.fromisoformat(row.after),
        next_at=row.next_at,
        clock=row.clock,
        shown=row.shown,
    )


def _course_row(course: Course) -> dict[str, Any]:
    return {
        "workspace": str(course.workspace),
        "campaign": course.campaign,
        "team": course.team,
        "after": course.after.isoformat(),
        "next_at": course.next_at,
        "clock": course.clock,
        "shown": course.shown,
    }


def _slot_row(slot: DecidedSlot) -> dict[str, Any]:
    landing = slot.landing
    return {
        "workspace": str(slot.course.workspace),
        "campaign": slot.course.campaign,
        "team": slot.course.team,
        "local": slot_name(landing.wall),
        "at": landing.at,
        "day": landing.local.date().isoformat(),
        "week": landing.week,
        "status": landing.status.value,
        "reason": landing.reason,
        "drill": slot.drill,
        "variant": slot.variant,
        "push": slot.push,
        "remind_at": slot.remind_at,
    }

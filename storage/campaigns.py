"""Campaigns and how far each team has come, as rows. Every process may tick: a slot is written once or not at all."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.campaign import Campaign, CampaignState, Entry, Shown
from drills.campaign.course import Course, CourseKey, Due
from drills.campaign.data import from_data, to_data
from drills.campaign.slot import slot_name
from drills.people import Team, Workspace
from drills.ports import DecidedSlot, StartedCampaign, TeamKey, TeamWeeks
from storage.campaign_queries import CLAIM, DUE, SHOWN, SINCE
from storage.campaign_tables import campaigns, courses, slots
from storage.teams import team_of
from storage.workspaces import settle
from storage.writes import add_once, insert_into, move

_Key = TypeVar("_Key", TeamKey, CourseKey)


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

    async def get(self, workspace: Workspace, id_: str, *, held: bool = False) -> StartedCampaign | None:
        one = sa.select(campaigns).where(campaigns.c.workspace == str(workspace), campaigns.c.id == id_)
        row = (await self._connection.execute(one.with_for_update() if held else one)).one_or_none()
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
        await self._connection.execute(_putting(self._connection.dialect.name), [_course_row(course) for course in put])

    async def drop_courses(self, workspace: Workspace, id_: str, *, keep: Set[str]) -> None:
        own = (courses.c.workspace == str(workspace), courses.c.campaign == id_, courses.c.team.not_in(sorted(keep)))
        await self._connection.execute(sa.delete(courses).where(*own))

    async def courses(self, workspace: Workspace, id_: str) -> Sequence[Course]:
        of = sa.select(courses).where(courses.c.workspace == str(workspace), courses.c.campaign == id_)
        return [_course(row) for row in await self._connection.execute(of.order_by(courses.c.team))]

    async def reckon_again(self) -> None:
        await self._connection.execute(sa.update(courses).values(clock=""))

    async def reckon_team_again(self, team: Team) -> None:
        own = (courses.c.workspace == str(team.workspace), courses.c.team == team.id)
        await self._connection.execute(sa.update(courses).where(*own).values(clock=""))

    async def due(self, now: datetime) -> Sequence[CourseKey]:
        rows = await self._connection.execute(DUE, {"now": now})
        return [(Workspace.parse(row.workspace), row.campaign, row.team) for row in rows]

    async def claim(self, keys: Collection[CourseKey], now: datetime) -> Sequence[Due]:
        wanted, found = set(keys), []
        for workspace, of_one in _by_workspace(keys):
            asked = {"workspace": str(workspace), "now": now, **_names(of_one)}
            rows = await self._connection.execute(CLAIM, asked)
            found += [row for row in rows if (workspace, row.campaign, row.team) in wanted]
        return [Due(_course(row), *_read(row.definition), team_of(row)) for row in found]

    async def decide(self, decided: Sequence[DecidedSlot]) -> Set[str]:
        if not decided:
            return frozenset()
        rows = [_slot_row(slot) for slot in decided]
        added = await self._connection.scalars(_deciding(self._connection.dialect.name), rows)
        return frozenset(push for push in added if push is not None)

    async def drills_since(self, teams: Collection[TeamKey], week: str) -> Mapping[TeamKey, TeamWeeks]:
        found: dict[TeamKey, dict[str, set[datetime]]] = {}
        for workspace, of_one in _by_workspace(teams):
            asked = {"workspace": str(workspace), "teams": [team for _, team in of_one], "since": week}
            for row in await self._connection.execute(SINCE, asked):
                found.setdefault((workspace, row.team), {}).setdefault(row.week, set()).add(row.at)
        return found

    async def shown(self, to: Collection[Course]) -> Mapping[CourseKey, Sequence[Shown]]:
        found: dict[CourseKey, list[Shown]] = {one.key: [] for one in to}
        for workspace, of_one in _by_workspace(found):
            asked = {"workspace": str(workspace), **_names(of_one)}
            for row in await self._connection.execute(SHOWN, asked):
                if (workspace, row.campaign, row.team) in found:
                    shown = Shown(row.drill, row.variant, date.fromisoformat(row.day))
                    found[workspace, row.campaign, row.team].append(shown)
        return found

    async def slots(self, workspace: Workspace, id_: str) -> Sequence[Mapping[str, Any]]:
        of = sa.select(slots).where(slots.c.workspace == str(workspace), slots.c.campaign == id_)
        rows = await self._connection.execute(of.order_by(slots.c.at, slots.c.team, slots.c.local))
        return [dict(row) for row in rows.mappings()]


def _by_workspace(keys: Iterable[_Key]) -> Iterable[tuple[Workspace, list[_Key]]]:
    found: dict[Workspace, list[_Key]] = {}
    for key in keys:
        found.setdefault(key[0], []).append(key)
    return found.items()


def _names(keys: Iterable[CourseKey]) -> dict[str, list[str]]:
    campaigns_, teams_ = {campaign for _, campaign, _ in keys}, {team for *_, team in keys}
    return {"campaigns": sorted(campaigns_), "teams": sorted(teams_)}


@cache
def _deciding(dialect: str) -> sa.Insert:
    return insert_into(dialect, slots).on_conflict_do_nothing().returning(slots.c.push)


@cache
def _putting(dialect: str) -> sa.Insert:
    written = insert_into(dialect, courses)
    changed: dict[str, sa.ColumnElement[Any]] = {name: written.excluded[name] for name in ("after", "next_at", "clock")}
    most = sa.func.max if dialect == "sqlite" else sa.func.greatest
    changed["shown"] = most(courses.c.shown, written.excluded.shown)  # it never sinks, whatever was read before
    return written.on_conflict_do_update(index_elements=["workspace", "campaign", "team"], set_=changed)


@lru_cache(maxsize=4096)
def _read(definition: str) -> tuple[Campaign, tuple[Entry, ...]]:
    """Remembered, since it is asked for at every slot of every team and never changes under the same text."""
    return from_data(json.loads(definition))


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

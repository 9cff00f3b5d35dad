"""`/drill campaign`: which campaigns there are here and when the next drill comes; for educators, a way to make one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drills.campaign import CampaignState
from drills.campaign.clocks import clock_for
from drills.campaign.course import Course
from drills.chat.inbound import Answer, Asked, Pressed
from drills.hold import Hold
from drills.journeys import campaign_form
from drills.journeys.authority import must
from drills.journeys.campaign_form_drafts import Shelf, educated, not_yours, shelves, team_ids_of, title_of
from drills.journeys.hold import on_hold
from drills.journeys.tools import Tools
from drills.people import Role, Team
from drills.ports import UnitOfWork
from drills.views.campaign_form_cards import CampaignLine, campaigns_card
from drills.views.hold import waits_line

NEW = "new"


async def campaign(tools: Tools, asked: Asked, rest: str = "") -> Answer:
    """`/drill campaign new` makes one. Raises NotAllowed and NotYours."""
    return await campaign_form.new(tools, asked) if rest == NEW else await campaigns(tools, asked)


async def campaigns(tools: Tools, seen: Asked | Pressed) -> Answer:
    """Those of the team that is here; elsewhere those of all teams that the person leads. Raises as `campaign` does."""
    async with tools.memory.read() as work:
        here = await work.teams.at(seen.place)
        if here:
            await must(work, seen, here, Role.LEAD)
        teams = [here] if here else await educated(work, seen, Role.LEAD)
        if not teams:
            raise not_yours("lead of no team", seen)
        educates = {team.id for team in await educated(work, seen)}
        held = await on_hold(work, teams, tools.clock())
        lines = [
            await _line(work, one, teams, held)
            for one in await shelves(work, seen.person.workspace)
            if _concerns(one, set(await team_ids_of(work, one)), teams, educates)
        ]
    waiting = [waits_line(team, hold) for team, hold in held]
    return Answer(campaigns_card(here, lines, may_make=bool(educates), held=waiting))


def _concerns(one: Shelf, ids: set[str], teams: Sequence[Team], educates: set[str]) -> bool:
    """A draft is for those who may start it."""
    return bool(ids & {team.id for team in teams}) and (one.started is not None or ids <= educates)


async def _line(work: UnitOfWork, one: Shelf, teams: Sequence[Team], held: Sequence[tuple[Team, Hold]]) -> CampaignLine:
    known, over = {team.id: team for team in teams}, {team.id: hold.ends for team, hold in held}
    courses = await work.campaigns.courses(teams[0].workspace, one.id)
    ours = [(known[course.team], course) for course in courses if course.team in known]
    nexts = [(at, team.tz) for team, course in ours if (at := _next(one, team, course, over.get(team.id)))]
    next_at, tz = min(nexts, default=(None, "UTC"), key=_first)
    reckoned = bool(nexts) or all(course.clock for _, course in ours)
    runs = one.state is CampaignState.RUNNING
    changed = one.started is not None and one.draft is not None
    return CampaignLine(one.id, title_of(one), one.state, next_at if runs else None, tz, changed, reckoned)


def _next(one: Shelf, team: Team, course: Course, over: datetime | None) -> datetime | None:
    """A slot that falls into a hold comes when that is `over`, or after the quiet hours in which it is."""
    if not course.clock or course.next_at is None:
        return None
    if over is None or over <= course.next_at or one.started is None:
        return course.next_at
    return clock_for(one.started.campaign, team).awake(over) or over


def _first(found: tuple[datetime, str]) -> datetime:
    return found[0]

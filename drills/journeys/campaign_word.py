"""`/drill campaign`: which campaigns there are here and when the next drill comes; for educators, a way to make one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drills.campaign import CampaignState
from drills.chat.inbound import Answer, Asked, Pressed
from drills.journeys import campaign_form
from drills.journeys.authority import must
from drills.journeys.campaign_form_drafts import Shelf, educated, not_yours, shelves, team_ids_of, title_of
from drills.journeys.tools import Tools
from drills.people import Role, Team
from drills.ports import UnitOfWork
from drills.views.campaign_form_cards import CampaignLine, campaigns_card

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
        lines = [
            await _line(work, one, teams)
            for one in await shelves(work, seen.person.workspace)
            if _concerns(one, set(await team_ids_of(work, one)), teams, educates)
        ]
    return Answer(campaigns_card(here, lines, may_make=bool(educates)))


def _concerns(one: Shelf, ids: set[str], teams: Sequence[Team], educates: set[str]) -> bool:
    """A draft is for those who may start it."""
    return bool(ids & {team.id for team in teams}) and (one.started is not None or ids <= educates)


async def _line(work: UnitOfWork, one: Shelf, teams: Sequence[Team]) -> CampaignLine:
    zones = {team.id: team.tz for team in teams}
    courses = await work.campaigns.courses(teams[0].workspace, one.id)
    ours = [course for course in courses if course.team in zones]
    nexts = [(course.next_at, zones[course.team]) for course in ours if course.next_at and course.clock]
    next_at, tz = min(nexts, default=(None, "UTC"), key=_first)
    reckoned = bool(nexts) or all(course.clock for course in ours)
    runs = one.state is CampaignState.RUNNING
    changed = one.started is not None and one.draft is not None
    return CampaignLine(one.id, title_of(one), one.state, next_at if runs else None, tz, changed, reckoned)


def _first(found: tuple[datetime, str]) -> datetime:
    return found[0]

"""Starting, pausing, resuming and stopping a campaign, and saying first what that will bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import eq

from drills.campaign import Campaign, CampaignState, CampaignTeam, Slot
from drills.campaign.course import Course
from drills.catalog import CampaignFile
from drills.catalog.campaign_text import data_of, text_of_data
from drills.errors import NotFound, TellPerson
from drills.journeys.ahead import Others, ahead, missed, others, tour_anew, tour_of
from drills.journeys.campaign_form_drafts import holds_changes
from drills.journeys.tools import Tools
from drills.people import PersonRef, Team, Workspace, called
from drills.ports import StartedCampaign, UnitOfWork
from drills.push import Push
from drills.views.campaign import team_label

AHEAD = timedelta(days=55)
_FROM = {
    CampaignState.RUNNING: {CampaignState.PAUSED},
    CampaignState.PAUSED: {CampaignState.RUNNING},
    CampaignState.STOPPED: {CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.DRAFT},
}


class CannotStart(TellPerson):
    """The installation lacks something that the campaign names, or its id is taken."""


class WrongState(TellPerson):
    """The campaign is not in a state from which it can go there."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a start brings: the slots of the next eight weeks, and teams whose zone is not the one the file says."""

    teams: tuple[Team, ...]
    slots: tuple[Slot, ...]
    other_zones: tuple[str, ...]
    before: CampaignState | None
    """Of a campaign of this id that is there already: it goes on with what the file says now."""
    others: Others


@dataclass(frozen=True, slots=True)
class Coming:
    """A campaign of the installation, its slots of the next eight weeks, and what it could not post in the last two."""

    started: StartedCampaign
    teams: tuple[Team, ...]
    slots: tuple[Slot, ...]
    missed: tuple[Push, ...]


async def prospect(tools: Tools, file: CampaignFile, workspace: Workspace) -> Prospect:
    """Changes nothing. Raises CannotStart. The file may call a team by its id or by its name."""
    now = tools.clock()
    async with tools.memory.read() as work:
        file, teams = await _with_ids(work, file, workspace)
        before = await _before(work, file.campaign, workspace)
        tour = await tour_anew(work, workspace, file, now)
    slots = await ahead(tools, tour, now, max(now.date(), file.campaign.starts) + AHEAD)
    zones = tuple(_other_zones(file.campaign, teams))
    beside = await others(tools, before, tour, now)
    return Prospect(tuple(teams), tuple(slots), zones, before.state if before else None, beside)


async def start(tools: Tools, file: CampaignFile, workspace: Workspace) -> StartedCampaign:
    """From now on, with the drills as they are now; slots before now are not made up for. Raises CannotStart.

    One that runs already takes over what the file says now: slots that were decided stay as they are.
    """
    async with tools.memory.begin() as work:
        return await start_in(work, file, workspace, tools.clock())


async def start_in(
    work: UnitOfWork,
    file: CampaignFile,
    workspace: Workspace,
    now: datetime,
    *,
    paused: bool = False,
    by: PersonRef | None = None,
) -> StartedCampaign:
    """The same in the caller's transaction; with `paused`, nothing is sent until it is resumed.

    `by` is for the ledger: nobody where it was done at the command line.
    """
    file, teams = await _with_ids(work, file, workspace)
    before = await _before(work, file.campaign, workspace)
    for drill in file.drills:
        await work.drills.keep(workspace, drill.drill(), drill.source)
    state = CampaignState.PAUSED if paused else CampaignState.RUNNING
    started = StartedCampaign(workspace, file.campaign, file.playlist, state, file.source)
    await work.campaigns.save(started, was=before.state if before else None)
    tour = await tour_anew(work, workspace, file, now)
    courses = [replace(course, next_at=None) if paused else course for course in tour.courses.values()]
    await work.campaigns.put_courses(await _counted(work, courses))
    await work.campaigns.drop_courses(workspace, file.campaign.id, keep=frozenset(team.id for team in teams))
    again = before is not None and before.state is not CampaignState.DRAFT
    await _log(work, started, "changed" if again else "started", by, now)
    return started


async def coming(tools: Tools, workspace: Workspace, id_: str, to: CampaignState | None = None) -> Coming:
    """Changes nothing. Of one that is paused, what comes if it is resumed now. Raises NotFound or WrongState."""
    now = tools.clock()
    async with tools.memory.read() as work:
        started = await _known(work, workspace, id_)
        if to is not None:
            _must_turn(started, to)
        tour = await tour_of(work, started, now)
        lost = await missed(work, tour, now)
    over = started.state is CampaignState.STOPPED
    slots = [] if over else await ahead(tools, tour, now, max(now.date(), started.campaign.starts) + AHEAD)
    return Coming(started, tuple(tour.teams), tuple(slots), tuple(lost))


async def change(
    tools: Tools, workspace: Workspace, id_: str, to: CampaignState, *, by: PersonRef | None = None
) -> StartedCampaign:
    """Pause, resume or stop. What is open stays open. Raises NotFound or WrongState."""
    now = tools.clock()
    async with tools.memory.begin() as work:
        started = await _known(work, workspace, id_)
        _must_turn(started, to)
        changed = replace(started, state=to)
        await work.campaigns.save(changed, was=started.state)
        await work.campaigns.put_courses(await _turned(work, started, to, now))
        await _log(work, changed, to.value, by, now)
    return changed


def _must_turn(started: StartedCampaign, to: CampaignState) -> None:
    if started.state not in _FROM[to]:
        sentence = f"The campaign {started.campaign.id} is {started.state.value}: it can't become {to.value}."
        raise WrongState(sentence, tell=sentence)


async def _turned(work: UnitOfWork, started: StartedCampaign, to: CampaignState, now: datetime) -> list[Course]:
    """Where its courses go on; nobody looks at them while nothing is sent."""
    if to is CampaignState.RUNNING:
        return list((await tour_of(work, started, now)).courses.values())
    courses = await work.campaigns.courses(started.workspace, started.campaign.id)
    return [replace(course, next_at=None) for course in courses]


async def _log(work: UnitOfWork, one: StartedCampaign, did: str, by: PersonRef | None, now: datetime) -> None:
    body = {"what": "campaign", "campaign": one.campaign.id, "did": did, "by": by.user if by else None}
    await work.ledger.append(one.workspace, now, body)


async def _counted(work: UnitOfWork, courses: Sequence[Course]) -> list[Course]:
    """A team that the campaign had before is not new to it."""
    shown = await work.campaigns.shown(courses)
    return [replace(course, shown=len(shown.get(course.key, ()))) for course in courses]


async def known(work: UnitOfWork, workspace: Workspace) -> list[StartedCampaign]:
    """Every campaign and every draft of a new one, by id."""
    return [one for one in await work.campaigns.of(workspace) if not holds_changes(one.campaign.id)]


async def _known(work: UnitOfWork, workspace: Workspace, id_: str) -> StartedCampaign:
    started = None if holds_changes(id_) else await work.campaigns.get(workspace, id_)
    if started is None:
        ids = ", ".join(one.campaign.id for one in await known(work, workspace)) or "none yet"
        sentence = f"There is no campaign {id_} in {workspace}. Known: {ids}."
        raise NotFound(sentence, tell=sentence)
    return started


async def _before(work: UnitOfWork, campaign: Campaign, workspace: Workspace) -> StartedCampaign | None:
    before = await work.campaigns.get(workspace, campaign.id)
    if before is not None and before.state is CampaignState.STOPPED:
        sentence = f"The campaign {campaign.id} was stopped, and its slots keep that name. Give this one another `id`."
        raise CannotStart(sentence, tell=sentence)
    return before


async def _with_ids(work: UnitOfWork, file: CampaignFile, workspace: Workspace) -> tuple[CampaignFile, Sequence[Team]]:
    """The file with its teams' ids in place of their names, and these teams. Raises CannotStart."""
    installed = await work.teams.of(workspace)
    named = {team.id: called(team.id, installed) for team in file.campaign.teams}
    if missing := [written for written, found in named.items() if not found]:
        raise _unfit(f"{workspace} has no team {', '.join(missing)}.", installed)
    if unclear := [written for written, found in named.items() if len(found) > 1]:
        raise _unfit(f"More than one team of {workspace} is called {unclear[0]}: write its id.", installed)
    teams = [team for (team,) in named.values()]
    if twice := [team_label(team) for team in teams if teams.count(team) > 1]:
        raise _unfit(f"The file names {twice[0]} twice.", installed)
    ids = {written: team.id for written, (team,) in named.items()}
    return (file if all(map(eq, ids, ids.values())) else _rewritten(file, ids)), teams


def _unfit(sentence: str, installed: Sequence[Team]) -> CannotStart:
    there = ", ".join(sorted(map(team_label, installed))) or "none yet; `/drill setup` in a channel makes one"
    sentence = f"{sentence} Its teams: {there}."
    return CannotStart(sentence, tell=sentence)


def _rewritten(file: CampaignFile, ids: Mapping[str, str]) -> CampaignFile:
    """The text as well: it is what the forms read later, when a team may be called something else."""
    data = data_of(file.source)
    source = text_of_data({**data, "teams": [{**team, "id": ids[team["id"]]} for team in data["teams"]]})
    teams = tuple(replace(team, id=ids[team.id]) for team in file.campaign.teams)
    return replace(file, source=source, campaign=replace(file.campaign, teams=teams))


def _other_zones(campaign: Campaign, teams: Sequence[Team]) -> Sequence[str]:
    written: dict[str, CampaignTeam] = {team.id: team for team in campaign.teams}
    return [
        f"{team_label(team)} is in {team.tz} in this installation, and the file says {tz}: the installation's holds."
        for team in teams
        if (tz := written[team.id].tz or campaign.tz) and tz != team.tz
    ]

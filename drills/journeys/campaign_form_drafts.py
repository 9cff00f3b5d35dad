"""Drafts of campaigns: rows of their own, so that nothing is lost. What runs and its draft stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from drills.campaign import CampaignState
from drills.catalog import CampaignFile, Library, read_campaign
from drills.catalog.campaign_text import data_of
from drills.chat.inbound import Asked, Pressed, Submitted
from drills.errors import NotFound, TellPerson
from drills.journeys.authority import doubted, may
from drills.people import Role, Team, Workspace
from drills.ports import Clock, StartedCampaign, UnitOfWork
from drills.views.campaign_form_values import team_ids

_CHANGES = "~"  # after the id of a campaign that runs: its draft; no id of a file can hold it
_NEW_WEEKS = 8


class NotYours(TellPerson):
    """Somebody who does not educate every team of a campaign."""

    tell = (
        "Campaigns are looked after by educators of all their teams (`/drill roles`), and by whoever administers the "
        "workspace."
    )


def not_yours(about: str, seen: Asked | Pressed | Submitted) -> NotYours:
    """To be raised; it says so when the platform did not tell whether somebody administers the workspace."""
    return NotYours(about, tell=doubted(NotYours.tell, seen))


class NoCampaign(NotFound):
    tell = "This campaign is not there any more. `/drill campaign` shows those that are."


@dataclass(frozen=True, slots=True)
class Shelf:
    """A campaign as it stands, `draft` the changes that nobody has saved yet. One of the two is always there."""

    id: str
    started: StartedCampaign | None
    draft: StartedCampaign | None

    @property
    def source(self) -> str:
        """What a form shows and changes."""
        newest = self.draft or self.started
        return newest.source if newest else ""

    @property
    def state(self) -> CampaignState:
        return self.started.state if self.started else CampaignState.DRAFT


def holds_changes(id_: str) -> bool:
    """Whether a row of this id is no campaign but the draft of changes to one that runs."""
    return id_.endswith(_CHANGES)


async def shelf(work: UnitOfWork, workspace: Workspace, id_: str, *, held: bool = False) -> Shelf:
    """Raises NoCampaign, also for the draft of what runs under a name of its own: who may is asked of both.

    `held`: whoever else would change this campaign waits until the transaction ends.
    """
    if holds_changes(id_):
        raise NoCampaign(f"{id_} is a draft and no campaign")
    row = await work.campaigns.get(workspace, id_, held=held)
    changes = await work.campaigns.get(workspace, id_ + _CHANGES)
    if row is None:
        raise NoCampaign(f"no campaign {id_} in {workspace}")
    if row.state is CampaignState.DRAFT:
        return Shelf(id_, None, row)
    return Shelf(id_, row, changes)


async def shelves(work: UnitOfWork, workspace: Workspace) -> list[Shelf]:
    """All that are not stopped, by title."""
    rows = {row.campaign.id: row for row in await work.campaigns.of(workspace)}
    found = [
        Shelf(id_, None, row) if row.state is CampaignState.DRAFT else Shelf(id_, row, rows.get(id_ + _CHANGES))
        for id_, row in rows.items()
        if not holds_changes(id_) and row.state is not CampaignState.STOPPED
    ]
    return sorted(found, key=lambda one: title_of(one).casefold())


def title_of(one: Shelf) -> str:
    row = one.started or one.draft
    return row.campaign.title if row else one.id


async def keep(work: UnitOfWork, workspace: Workspace, before: Shelf | None, file: CampaignFile) -> Shelf:
    """The file as the campaign's draft. Raises Stale."""
    id_ = file.campaign.id
    beside = before is not None and before.started is not None
    row_id = id_ + _CHANGES if beside else id_
    named = replace(file.campaign, id=row_id)
    draft = StartedCampaign(workspace, named, file.playlist, CampaignState.DRAFT, file.source)
    was = before.draft.state if before and before.draft else None
    await work.campaigns.save(draft, was=was)
    return Shelf(id_, before.started if before else None, draft)


async def drop(work: UnitOfWork, workspace: Workspace, one: Shelf) -> None:
    """The draft, not what runs."""
    await work.campaigns.discard(workspace, one.id + _CHANGES if one.started else one.id)


def file_of(one: StartedCampaign, library: Library) -> CampaignFile:
    """Raises FaultyCampaign when the library no longer has what it names."""
    return read_campaign(one.source, library)


def new_data(clock: Clock, team: Team | None) -> dict[str, object]:
    """Sensible to begin with: from next Monday on, two drills a week at most, one reminder, nothing at night."""
    today = clock().date()
    monday = today + timedelta(days=7 - today.weekday())
    teams = [{"id": team.id, "tz": team.tz}] if team else []
    return {
        "schema": 1,
        "id": "",
        "title": "",
        "drills": {},
        "teams": teams,
        "cadence": {"every": "Tue and Thu at 14:00"},
        "starts": monday.isoformat(),
        "ends": (monday + timedelta(weeks=_NEW_WEEKS, days=-1)).isoformat(),
        "window_hours": 72,
        "reminders": {"max": 1, "after_hours": 24},
        "per_week": 2,
        "order": "spaced",
    }


async def team_ids_of(work: UnitOfWork, one: Shelf) -> list[str]:
    """Of what runs and of its draft: whoever changes it must have a say in both."""
    ids = team_ids(data_of(one.draft.source)) if one.draft else []
    if one.started:
        ids += [course.team for course in await work.campaigns.courses(one.started.workspace, one.id)]
    return list(dict.fromkeys(ids))


async def educated(work: UnitOfWork, seen: Asked | Pressed | Submitted, role: Role = Role.EDUCATOR) -> Sequence[Team]:
    """Teams in which the person has this role, by name; all of them for an administrator."""
    teams = [team for team in await work.teams.of(seen.person.workspace) if await may(work, seen, team, role)]
    return sorted(teams, key=lambda team: team.name.casefold())


async def must_educate(work: UnitOfWork, seen: Asked | Pressed | Submitted, one: Shelf) -> Sequence[Team]:
    """The teams that the person may put into it. Raises NotYours."""
    teams = await educated(work, seen)
    if not set(await team_ids_of(work, one)) <= {team.id for team in teams} or not teams:
        raise not_yours(f"campaign {one.id}", seen)
    return teams

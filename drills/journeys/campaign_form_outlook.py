"""What a person is shown of one campaign: as it runs, or as its draft would have it."""

from __future__ import annotations

from collections.abc import Sequence

from drills.campaign import CampaignState, Entry, Slot
from drills.catalog import Library
from drills.catalog.campaign_text import data_of
from drills.chat.cards import Button, Card
from drills.journeys.campaign_form_drafts import NoCampaign, Shelf, file_of, team_ids_of
from drills.journeys.campaign_form_slots import Tour, ahead, last_day
from drills.journeys.tools import Tools
from drills.people import Team, Workspace
from drills.ports import StartedCampaign, UnitOfWork
from drills.views.campaign_form_cards import draft_buttons, state_buttons
from drills.views.campaign_form_preview import Change, Outlook, outlook_card, slots_card
from drills.views.campaign_form_values import WORDS, shown

_NEW = "Nothing is sent yet. This is what Start would bring, in each team's local time."
_CHANGED = "Nothing is changed yet. This is what would come, and what goes away. What was sent stays sent."
_STATES = {
    CampaignState.RUNNING: "It runs. Times are exact; which drill comes when shifts after a pause or a missed slot.",
    CampaignState.PAUSED: "It is paused: nothing is sent. This is what would come if it were resumed now.",
    CampaignState.STOPPED: "It is stopped for good.",
}


async def draft_shown(tools: Tools, work: UnitOfWork, one: Shelf, *, whole: bool) -> Card:
    """The draft with buttons to go on. `whole`: every slot. Raises FaultyCampaign when it can't be used any more."""
    if one.draft is None:
        raise NoCampaign(f"campaign {one.id} has no draft")
    file = file_of(one.draft, tools.library)
    teams = await _teams(work, one.draft.workspace, [team.id for team in file.campaign.teams])
    tour = Tour(file.campaign, file.playlist, teams)
    slots = await ahead(work, one.draft.workspace, tour, tools.clock())
    outlook = Outlook(
        campaign=file.campaign,
        words=shown(data_of(file.source))[WORDS],
        teams=teams,
        slots=slots,
        until=last_day(file.campaign, tools.clock().date()),
        titles=_titles(tools.library, file.playlist),
        source=file.source,
        warnings=[warning.message for warning in file.warnings],
        change=await _change(tools, work, one.started, slots) if one.started else None,
    )
    buttons = draft_buttons(one.id, one.started.state if one.started else None)
    face = slots_card if whole else outlook_card
    return face(outlook, CampaignState.DRAFT, buttons, _CHANGED if one.started else _NEW)


async def started_shown(tools: Tools, work: UnitOfWork, one: Shelf, *, whole: bool, may_change: bool) -> Card:
    """What was started; buttons for those who look after it."""
    if one.started is None:
        raise NoCampaign(f"campaign {one.id} was not started")
    started = one.started
    tour = await _tour(work, started)
    stopped = started.state is CampaignState.STOPPED
    outlook = Outlook(
        campaign=started.campaign,
        words=shown(data_of(started.source))[WORDS],
        teams=tour.teams,
        slots=() if stopped else await ahead(work, started.workspace, tour, tools.clock()),
        until=last_day(started.campaign, tools.clock().date()),
        titles=_titles(tools.library, started.playlist),
        source=started.source,
    )
    buttons: tuple[Button, ...] = ()
    if may_change:
        buttons = state_buttons(one.id, started.state, changed=one.draft is not None)
    face = slots_card if whole else outlook_card
    return face(outlook, started.state, buttons, _STATES[started.state])


async def _change(tools: Tools, work: UnitOfWork, started: StartedCampaign, after: Sequence[Slot]) -> Change:
    """By team and moment, as far as both are known: a campaign that gets longer brings new slots at its end."""
    before = await ahead(work, started.workspace, await _tour(work, started), tools.clock())
    was, will = {_key(slot) for slot in before if _happens(slot)}, {_key(slot) for slot in after if _happens(slot)}
    return Change(
        gone=tuple(slot for slot in before if _happens(slot) and _key(slot) not in will),
        new=tuple(slot for slot in after if _happens(slot) and _key(slot) not in was),
    )


async def _tour(work: UnitOfWork, started: StartedCampaign) -> Tour:
    ids = await team_ids_of(work, Shelf(started.campaign.id, started, None))
    return Tour(started.campaign, started.playlist, await _teams(work, started.workspace, ids))


async def _teams(work: UnitOfWork, workspace: Workspace, ids: Sequence[str]) -> list[Team]:
    known = {team.id: team for team in await work.teams.of(workspace)}
    return [known[id_] for id_ in ids if id_ in known]


def _titles(library: Library, playlist: Sequence[Entry]) -> dict[str, str]:
    """Of the drills in it; one that the library no longer has keeps its id."""
    known = {file.id: file.written.title for file in library.all()}
    return {entry.drill: known.get(entry.drill, entry.drill) for entry in playlist}


def _happens(slot: Slot) -> bool:
    return slot.landing.happens


def _key(slot: Slot) -> tuple[str, str]:
    return slot.team, slot.landing.at.isoformat()

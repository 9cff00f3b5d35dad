"""What a person is shown of one campaign: as it runs, or as its draft would have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from drills.campaign import CampaignState, Entry, Slot
from drills.catalog import Library
from drills.catalog.campaign_text import data_of
from drills.chat.cards import Button, Card
from drills.journeys.ahead import ahead, last_day, missed, others, tour_anew, tour_of
from drills.journeys.campaign_form_drafts import NoCampaign, Shelf, file_of
from drills.journeys.tools import Tools
from drills.ports import StartedCampaign
from drills.views.campaign_form_cards import draft_buttons, state_buttons
from drills.views.campaign_form_preview import Change, Outlook, outlook_card, slots_card
from drills.views.campaign_form_values import WORDS, shown
from drills.views.campaign_missed import missed_text
from drills.views.campaign_others import others_blocks

_NEW = "Nothing is sent yet. This is what Start would bring, in each team's local time."
_CHANGED = "Nothing is changed yet. This is what would come, and what goes away. What was sent stays sent."
_STATES = {
    CampaignState.RUNNING: "It runs. This is what will be posted as things stand; a pause or hold shifts what follows.",
    CampaignState.PAUSED: "It is paused: nothing is sent. This is what would come if it were resumed now.",
    CampaignState.STOPPED: "It is stopped for good.",
}


async def draft_shown(tools: Tools, one: Shelf, *, whole: bool) -> Card:
    """The draft with buttons to go on. `whole`: every slot. Raises FaultyCampaign when it can't be used any more.

    Not inside a transaction: looking ahead takes a while, and nobody should wait for it.
    """
    if one.draft is None:
        raise NoCampaign(f"campaign {one.id} has no draft")
    now, file = tools.clock(), file_of(one.draft, tools.library)
    async with tools.memory.read() as work:
        tour = await tour_anew(work, one.draft.workspace, file, now)
    slots = await ahead(tools, tour, now)
    outlook = Outlook(
        campaign=file.campaign,
        words=shown(data_of(file.source))[WORDS],
        teams=tour.teams,
        slots=slots,
        until=last_day(file.campaign, now.date()),
        titles=_titles(tools.library, file.playlist),
        source=file.source,
        warnings=[warning.message for warning in file.warnings],
        change=await _change(tools, one.started, slots, now) if one.started else None,
    )
    buttons = draft_buttons(one.id, one.started.state if one.started else None)
    face = slots_card if whole else outlook_card
    card = face(outlook, CampaignState.DRAFT, buttons, _CHANGED if one.started else _NEW)
    beside = await others(tools, one.started, tour, now)
    says, *rest = card.blocks
    return replace(card, blocks=(says, *others_blocks(beside.lost, beside.freed, beside.titles, beside.teams), *rest))


async def started_shown(tools: Tools, one: Shelf, *, whole: bool, may_change: bool) -> Card:
    """What was started; buttons for those who look after it. Not inside a transaction either."""
    if one.started is None:
        raise NoCampaign(f"campaign {one.id} was not started")
    now, started = tools.clock(), one.started
    async with tools.memory.read() as work:
        tour = await tour_of(work, started, now)
        lost = await missed(work, tour, now)
    outlook = Outlook(
        campaign=started.campaign,
        words=shown(data_of(started.source))[WORDS],
        teams=tour.teams,
        slots=() if started.state is CampaignState.STOPPED else await ahead(tools, tour, now),
        until=last_day(started.campaign, now.date()),
        titles=_titles(tools.library, started.playlist),
        source=started.source,
    )
    buttons: tuple[Button, ...] = ()
    if may_change:
        buttons = state_buttons(one.id, started.state, changed=one.draft is not None)
    face = slots_card if whole else outlook_card
    card = face(outlook, started.state, buttons, _STATES[started.state])
    return replace(card, blocks=(*missed_text(lost, tour.teams), *card.blocks))


async def _change(tools: Tools, started: StartedCampaign, after: Sequence[Slot], now: datetime) -> Change:
    """By team and moment, as far as both are known: a campaign that gets longer brings new slots at its end."""
    async with tools.memory.read() as work:
        tour = await tour_of(work, started, now)
    before = await ahead(tools, tour, now)
    was, will = {_key(slot) for slot in before if _happens(slot)}, {_key(slot) for slot in after if _happens(slot)}
    return Change(
        gone=tuple(slot for slot in before if _happens(slot) and _key(slot) not in will),
        new=tuple(slot for slot in after if _happens(slot) and _key(slot) not in was),
    )


def _titles(library: Library, playlist: Sequence[Entry]) -> dict[str, str]:
    """Of the drills in it; one that the library no longer has keeps its id."""
    known = {file.id: file.written.title for file in library.all()}
    return {entry.drill: known.get(entry.drill, entry.drill) for entry in playlist}


def _happens(slot: Slot) -> bool:
    return slot.landing.happens


def _key(slot: Slot) -> tuple[str, str]:
    return slot.team, slot.landing.at.isoformat()

"""What the buttons of a campaign do. Each asks again who may: a button can be old, and roles change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from drills.campaign import CampaignState
from drills.catalog import FaultyCampaign
from drills.chat.inbound import Answer, Pressed, Submitted
from drills.chat.intents import UnknownIntent
from drills.journeys import campaign_form, run_campaign
from drills.journeys.ahead import ahead, tour_of
from drills.journeys.campaign_form_drafts import (
    Shelf,
    drop,
    educated,
    file_of,
    must_educate,
    not_yours,
    shelf,
    team_ids_of,
    title_of,
)
from drills.journeys.campaign_form_outlook import draft_shown, started_shown
from drills.journeys.campaign_word import campaigns
from drills.journeys.tools import Tools
from drills.people import Role
from drills.ports import StartedCampaign, UnitOfWork
from drills.views.campaign_form_cards import done_card, first_line, stop_card

_Act: TypeAlias = Callable[[Tools, Pressed, str], Awaitable[Answer]]

_TURNS = {"pause": CampaignState.PAUSED, "resume": CampaignState.RUNNING, "stopped": CampaignState.STOPPED}
_SAYS = {
    CampaignState.PAUSED: "No drill and no reminder comes until it is resumed. What is open stays open.",
    CampaignState.RUNNING: "It goes on with its next slot. What fell into the pause is not made up for.",
    CampaignState.STOPPED: "No drill and no reminder comes any more. What is open stays open until its window ends.",
}
_STAYS = "The new settings are saved. It stays paused: nothing comes until it is resumed."


async def pressed(tools: Tools, seen: Pressed) -> Answer:
    """`campaign:<act>:<id>`. Raises UnknownIntent, NoCampaign and NotYours."""
    act, id_ = (*seen.intent.args, "", "")[:2]
    if act in _WITHOUT:
        return await _WITHOUT[act](tools, seen)
    if act not in _ACTS or not id_:
        raise UnknownIntent(f"campaign act {act!r}")
    return await _ACTS[act](tools, seen, id_)


async def submitted(tools: Tools, seen: Submitted) -> Answer:
    """One of the forms came back. Raises as `pressed` does."""
    act, id_ = (*seen.intent.args, "", "")[:2]
    if act not in {"edit", "more", "whole"}:
        raise UnknownIntent(f"campaign form {act!r}")
    return await campaign_form.save(tools, seen, act, id_ or None)


async def _show(tools: Tools, seen: Pressed, id_: str, *, whole: bool = False) -> Answer:
    """What runs, for leads too; else the draft."""
    async with tools.memory.read() as work:
        one = await shelf(work, seen.person.workspace, id_)
        mine = await _mine(work, seen, one)
    if one.started is None:
        return await _draft(tools, seen, id_, whole=whole)
    return Answer(await started_shown(tools, one, whole=whole, may_change=mine))


async def _draft(tools: Tools, seen: Pressed, id_: str, *, whole: bool = False) -> Answer:
    async with tools.memory.read() as work:
        one = await shelf(work, seen.person.workspace, id_)
        teams = await must_educate(work, seen, one)
    if one.draft is None:
        return Answer(done_card(title_of(one), "There are no changes that wait to be saved.", one.id))
    try:
        return Answer(await draft_shown(tools, one, whole=whole))
    except FaultyCampaign:
        return Answer(campaign_form.mended(tools, one, teams))


async def _go(tools: Tools, seen: Pressed, id_: str, *, stay: bool = False) -> Answer:
    """Start a draft, or save the changes to what runs; with `stay`, what is paused stays so. Again it does nothing.

    In one transaction: an edit that is saved beside it comes before or after, and is not thrown away with the draft.
    """
    async with tools.memory.begin() as work:
        one = await shelf(work, seen.person.workspace, id_, held=True)
        teams = await must_educate(work, seen, one)
        if one.draft is None:
            return Answer(done_card(title_of(one), f"It is {one.state.value}; nothing waits to be saved.", id_))
        try:
            file = file_of(one.draft, tools.library)
        except FaultyCampaign:
            return Answer(campaign_form.mended(tools, one, teams))
        paused = stay and one.state is CampaignState.PAUSED
        person, now = seen.person, tools.clock()
        started = await run_campaign.start_in(work, file, person.workspace, now, paused=paused, by=person)
        if one.started:
            await drop(work, person.workspace, one)
    if paused:
        return Answer(done_card(file.campaign.title, _STAYS, id_, paused=True))
    went = "It goes on with the new settings." if one.started else "It runs."
    return Answer(done_card(file.campaign.title, f"{went} {await _first(tools, started)}", id_))


async def _first(tools: Tools, started: StartedCampaign) -> str:
    """The first drill that comes of what runs from now on. Not inside a transaction: looking ahead takes a while."""
    now = tools.clock()
    async with tools.memory.read() as work:
        tour = await tour_of(work, started, now)
    return first_line(await ahead(tools, tour, now), tour.teams)


async def _turn(tools: Tools, seen: Pressed, id_: str, to: CampaignState) -> Answer:
    async with tools.memory.read() as work:
        one = await shelf(work, seen.person.workspace, id_)
        await must_educate(work, seen, one)
    started = one.started
    if one.state is not to:
        started = await run_campaign.change(tools, seen.person.workspace, id_, to, by=seen.person)
    says = f"{_SAYS[to]} {await _first(tools, started)}" if started and to is CampaignState.RUNNING else _SAYS[to]
    return Answer(done_card(f"{title_of(one)} is {to.value}", says, id_, paused=to is CampaignState.PAUSED))


async def _ask_to_stop(tools: Tools, seen: Pressed, id_: str) -> Answer:
    async with tools.memory.read() as work:
        one = await shelf(work, seen.person.workspace, id_)
        await must_educate(work, seen, one)
    return Answer(stop_card(id_, title_of(one)))


async def _not_now(tools: Tools, seen: Pressed, id_: str) -> Answer:
    async with tools.memory.read() as work:
        one = await shelf(work, seen.person.workspace, id_)
        await must_educate(work, seen, one)
    return Answer(done_card(title_of(one), "The draft is kept. `/drill campaign` leads back to it.", id_))


async def _throw_away(tools: Tools, seen: Pressed, id_: str) -> Answer:
    async with tools.memory.begin() as work:
        one = await shelf(work, seen.person.workspace, id_, held=True)
        await must_educate(work, seen, one)
        await drop(work, seen.person.workspace, one)
    says = "What runs stays as it is." if one.started else "Nothing was sent."
    return Answer(done_card(f"The draft of {title_of(one)} is gone", says, id_ if one.started else None))


async def _mine(work: UnitOfWork, seen: Pressed, one: Shelf) -> bool:
    """Whether the person may change it. Raises NotYours for somebody who leads none of its teams."""
    ids = set(await team_ids_of(work, one))
    if not ids & {team.id for team in await educated(work, seen, Role.LEAD)}:
        raise not_yours(f"campaign {one.id}", seen)
    return ids <= {team.id for team in await educated(work, seen)}


_WITHOUT: Mapping[str, Callable[[Tools, Pressed], Awaitable[Answer]]] = {
    "new": campaign_form.new,
    "new-whole": lambda tools, seen: campaign_form.new(tools, seen, "whole"),
    "list": campaigns,
}
_ACTS: Mapping[str, _Act] = {
    "show": _show,
    "show-whole": lambda tools, seen, id_: _show(tools, seen, id_, whole=True),
    "draft": _draft,
    "draft-whole": lambda tools, seen, id_: _draft(tools, seen, id_, whole=True),
    "edit": lambda tools, seen, id_: campaign_form.edit(tools, seen, "edit", id_),
    "more": lambda tools, seen, id_: campaign_form.edit(tools, seen, "more", id_),
    "whole": lambda tools, seen, id_: campaign_form.edit(tools, seen, "whole", id_),
    "start": _go,
    "save": _go,
    "stay": lambda tools, seen, id_: _go(tools, seen, id_, stay=True),
    "pause": lambda tools, seen, id_: _turn(tools, seen, id_, _TURNS["pause"]),
    "resume": lambda tools, seen, id_: _turn(tools, seen, id_, _TURNS["resume"]),
    "stopped": lambda tools, seen, id_: _turn(tools, seen, id_, _TURNS["stopped"]),
    "stop": _ask_to_stop,
    "keep": _not_now,
    "drop": _throw_away,
}

"""Campaigns made and changed by forms: a draft first, what it would bring, and only then a start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from zoneinfo import ZoneInfo

from drills.campaign import CampaignState
from drills.catalog import read_campaign
from drills.catalog.campaign_text import Data, data_of, faults_of_data, text_of_data
from drills.chat.cards import FieldErrors, Form
from drills.chat.inbound import Answer, Asked, Pressed, Submitted
from drills.errors import TellPerson
from drills.journeys.campaign_form_drafts import (
    NoCampaign,
    Shelf,
    educated,
    keep,
    must_educate,
    new_data,
    not_yours,
    shelf,
    shelves,
)
from drills.journeys.campaign_form_outlook import draft_shown
from drills.journeys.campaign_form_read import beside, filled, id_for
from drills.journeys.tools import Tools, is_first
from drills.judging.normal import visible
from drills.people import Team
from drills.ports import UnitOfWork
from drills.views.campaign_form import Offered, basics_form, more_form, refused, teams_in, whole_form
from drills.views.campaign_form_marks import marks_of, met
from drills.views.campaign_form_values import shown

_FORMS = {"edit": basics_form, "more": more_form, "whole": whole_form}


class Over(TellPerson):
    tell = "This campaign was stopped for good. `/drill campaign` makes a new one."


async def new(tools: Tools, seen: Asked | Pressed, form: str = "edit") -> Answer:
    """An empty form with sensible defaults. Raises NotYours."""
    async with tools.memory.read() as work:
        teams = await _own_teams(work, seen)
        here = await work.teams.at(seen.place)
    data = new_data(tools.clock, here if here in teams else teams[0])
    return Answer(_FORMS[form](Offered(None, teams, tools.library), data))


async def edit(tools: Tools, pressed: Pressed, form: str, id_: str) -> Answer:
    """A form, filled with the draft or with what runs. Raises NoCampaign, NotYours and Over."""
    async with tools.memory.read() as work:
        one = await shelf(work, pressed.person.workspace, id_)
        teams = await must_educate(work, pressed, one)
    _not_over(one)
    offered = Offered(id_, teams, tools.library, marks_of(pressed.intent))
    return Answer(_FORMS[form](offered, data_of(one.source)))


async def save(tools: Tools, submitted: Submitted, form: str, id_: str | None) -> Answer:
    """Keep the draft and show what it would bring, or hand the form back with the linter's sentences.

    What somebody else has saved since the form was opened is not taken back. Raises as `edit` does. Nothing that runs
    is changed by it.
    """
    async with tools.memory.begin() as work:
        one = await shelf(work, submitted.person.workspace, id_, held=True) if id_ else None
        teams = await must_educate(work, submitted, one) if one else await _own_teams(work, submitted)
        if one:
            _not_over(one)
        data = data_of(one.source) if one else new_data(tools.clock, None)
        face = _FORMS[form](Offered(id_, teams, tools.library), data)
        written = {field.name: visible(submitted.values.get(field.name, "")) for field in face.fields}
        both = met(face, written, marks_of(submitted.intent))
        values, room = both.values, teams_in(face)
        if both.disputed:
            return Answer(refused(face, values, both.disputed))
        new = filled(data, values, [team for team in teams if team.id in room], _today(tools, teams))
        if one is None:
            new["id"] = id_for(str(new["title"]), await _taken(work, submitted))
        if faults := faults_of_data(new, tools.library):
            return Answer(_refused(face, values, faults))
        kept = await _kept(tools, work, submitted, one, new)
    return Answer(await draft_shown(tools, kept, whole=form == "whole"))


def mended(tools: Tools, one: Shelf, teams: Sequence[Team]) -> FieldErrors:
    """A draft that the library no longer bears, as the form in which it can be mended."""
    data = data_of(one.source)
    face = basics_form(Offered(one.id, teams, tools.library), data)
    return _refused(face, shown(data), faults_of_data(data, tools.library))


async def _kept(tools: Tools, work: UnitOfWork, submitted: Submitted, one: Shelf | None, data: Data) -> Shelf:
    """A form that is delivered twice makes one draft; one that somebody went back to and changed is a new edit."""
    edit = replace(submitted, key=f"{submitted.key}#{_digest(submitted.values)}")
    if await is_first(tools, work, edit):
        return await keep(work, submitted.person.workspace, one, read_campaign(text_of_data(data), tools.library))
    return await (shelf(work, submitted.person.workspace, one.id) if one else _made(work, submitted, data))


async def _made(work: UnitOfWork, submitted: Submitted, data: Data) -> Shelf:
    """What this very form made before. Raises NoCampaign when nobody has it any more."""
    for other in await shelves(work, submitted.person.workspace):
        if _but_for_its_id(data_of(other.source)) == _but_for_its_id(data):
            return other
    raise NoCampaign(f"what form {submitted.key} made is gone")


def _but_for_its_id(data: Data) -> str:
    return text_of_data({**data, "id": ""})


def _digest(values: Mapping[str, str]) -> str:
    return sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]


async def _own_teams(work: UnitOfWork, seen: Asked | Pressed | Submitted) -> list[Team]:
    teams = await educated(work, seen)
    if not teams:
        raise not_yours("educator of no team", seen)
    return list(teams)


async def _taken(work: UnitOfWork, submitted: Submitted) -> set[str]:
    return {row.campaign.id for row in await work.campaigns.of(submitted.person.workspace)}


def _refused(face: Form, values: Mapping[str, str], faults: Mapping[str, str]) -> FieldErrors:
    return refused(face, values, beside(faults))


def _not_over(one: Shelf) -> None:
    if one.state is CampaignState.STOPPED:
        raise Over(f"campaign {one.id} is stopped")


def _today(tools: Tools, teams: Sequence[Team]) -> date:
    return tools.clock().astimezone(ZoneInfo(teams[0].tz)).date()

"""A person's own page, where a platform has one: shown when they open it, drawn again when it would say otherwise."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from drills.chat.cards import Card
from drills.chat.inbound import Answer, Pressed
from drills.errors import ReadbackError
from drills.journeys.own import here, open_drill, open_for, own_drills
from drills.journeys.tools import Tools
from drills.people import PersonRef
from drills.ports import Chat, Job, UnitOfWork
from drills.views.home import home_card

HOME = "home"
log = logging.getLogger(__name__)


async def home(tools: Tools, pressed: Pressed) -> Answer:
    return Answer(await _page(tools, pressed.person))


async def home_changed(work: UnitOfWork, person: PersonRef) -> None:
    """Call it in the transaction that changes what the page says. A crash loses no more than one drawing of it."""
    await work.enqueue(Job(HOME, person.workspace, person.user))


async def refresh_home(tools: Tools, chats: Mapping[str, Chat], job: Job) -> None:
    """Draw the page of the person with the job's key. All that it holds is elsewhere too: failing does no harm."""
    person, chat = PersonRef(job.workspace, job.key), chats[job.workspace.platform]
    if not chat.limits.home:
        return
    try:
        await chat.home(person, await _page(tools, person))
    except ReadbackError as trouble:
        log.info("home page not drawn: %s", type(trouble).__name__)


async def _page(tools: Tools, person: PersonRef) -> Card:
    now = tools.clock()
    async with tools.memory.read() as work:
        memberships = await work.members.teams_of(person)
        stays = [own.team for own in memberships if not own.opted_out]
        teams = [team for id_ in stays if (team := await work.teams.get(person.workspace, id_))]
        pushes = await open_for(work, person, teams, now, skipped=False)
        open_ = await open_drill(work, pushes[0], person, now) if pushes else None
        at = now.astimezone(await here(work, person))
        return home_card(memberships, open_, await own_drills(work, person), at)

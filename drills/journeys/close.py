"""A window ends: the card reveals what there is to learn, and whoever had no room for a newer drill gets it now."""

from __future__ import annotations

from datetime import datetime

from drills.errors import Stale
from drills.journeys.push import readers
from drills.journeys.reflect import plan_reflection
from drills.journeys.refresh import card_changed
from drills.journeys.shifts import plan_first_words
from drills.journeys.tools import Tools, the_push, the_team
from drills.ports import UnitOfWork
from drills.push import Push


async def close_due(tools: Tools, now: datetime) -> None:
    """Close every push whose window is over; a hold has moved its end already."""
    async with tools.memory.read() as work:
        due = await work.pushes.due_to_close(now)
    for push in due:
        try:
            async with tools.memory.begin() as work:
                await work.pushes.save(push.close(), was=push.state)
                await card_changed(work, push)
                await _make_room(tools, work, push, now)
                await _reflect_on(tools, work, push)
        except Stale:
            continue  # another process closed it


async def _reflect_on(tools: Tools, work: UnitOfWork, closed: Push) -> None:
    """On Friday, where the campaign asks for it."""
    started = await work.campaigns.get(closed.workspace, closed.campaign)
    if started is not None and started.campaign.friday_reflection:
        await plan_reflection(tools, work, started.campaign, await the_team(work, closed), closed)


async def _make_room(tools: Tools, work: UnitOfWork, closed: Push, now: datetime) -> None:
    """At most one drill is open for a person: those who left this one unanswered are invited to the next one now."""
    team, had = await the_team(work, closed), {one.user for one in await work.pushes.eligible(closed)}
    for push in await work.pushes.of_team(team):
        if push.id != closed.id and push.message is not None and push.is_open(now):
            found = await the_push(work, push.workspace, push.id)
            missing = had - {one.user for one in await work.pushes.eligible(push)}
            late = [one for one in await readers(work, team, found, now) if one.user in missing]
            if late:
                await work.pushes.invite(push, late)
                await plan_first_words(tools, work, team, push, [one.user for one in late])
                await card_changed(work, push)

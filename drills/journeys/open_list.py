"""`/drill list`, and `/drill now` and `/drill skip`, which take the first of what it lists."""

from __future__ import annotations

from drills.chat.inbound import Answer, Asked, Pressed
from drills.chat.intents import Intent
from drills.journeys.answer import answer
from drills.journeys.answer import skip as skip_push
from drills.journeys.authority import may
from drills.journeys.hold import on_hold
from drills.journeys.own import open_drill, open_for, own_zone
from drills.journeys.push_now import playable
from drills.journeys.tools import Tools, teams_for
from drills.people import Role
from drills.ports import UnitOfWork
from drills.push import Push
from drills.views.hold import waits_line
from drills.views.open_list import open_card
from drills.views.pick_drill import nothing_open_card


async def list_open(tools: Tools, seen: Asked | Pressed) -> Answer:
    """What is open here, or in one's own teams where here is none; leads see the library as well. Raises NotFound."""
    async with tools.memory.read() as work:
        teams = await teams_for(work, seen)
        at = tools.clock()
        pushes = await open_for(work, seen.person, teams, at)
        tz = await own_zone(work, seen.person)
        held = [waits_line(team, hold, tz) for team, hold in await on_hold(work, teams, at)]
        drills = [await open_drill(work, push, seen.person, at) for push in pushes]
        may_post = await _may_post(work, seen)
    return Answer(open_card(drills, list(playable(tools)) if may_post else None, held))


async def now(tools: Tools, asked: Asked) -> Answer:
    """The open drill that counts the person, else another one; where there is none, leads may post one."""
    push, may_post = await _first(tools, asked, skipped=True)
    if push is None:
        return Answer(nothing_open_card(may_post=may_post))
    return await answer(tools, _pressed(asked, "answer", push), push.id)


async def skip(tools: Tools, asked: Asked) -> Answer:
    push, _ = await _first(tools, asked, skipped=False)
    if push is None:
        return Answer(nothing_open_card(may_post=False))
    return await skip_push(tools, _pressed(asked, "skip", push), push.id)


async def _first(tools: Tools, asked: Asked, *, skipped: bool) -> tuple[Push | None, bool]:
    async with tools.memory.read() as work:
        teams = await teams_for(work, asked)
        pushes = await open_for(work, asked.person, teams, tools.clock(), skipped=skipped)
        return next(iter(pushes), None), await _may_post(work, asked)


async def _may_post(work: UnitOfWork, seen: Asked | Pressed) -> bool:
    """A drill is posted where a team is: elsewhere there is nothing to offer."""
    team = await work.teams.at(seen.place)
    return team is not None and await may(work, seen, team, Role.LEAD)


def _pressed(asked: Asked, verb: str, push: Push) -> Pressed:
    intent = Intent(verb, (push.id,))
    return Pressed(asked.key, asked.person, asked.place, intent, asked.handle, asked.profile)

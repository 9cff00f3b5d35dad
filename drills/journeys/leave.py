"""Leave that is entered, or taken back, once a drill is out: who counts for it follows until its window closes."""

from __future__ import annotations

from collections.abc import Mapping

from drills.journeys.push import readers
from drills.journeys.refresh import card_changed
from drills.journeys.shifts import plan_first_words
from drills.journeys.tools import Tools, the_push, the_team
from drills.people import Team
from drills.ports import UnitOfWork
from drills.push import Push
from drills.rota import Rota


async def recount(tools: Tools, work: UnitOfWork, team: Team, before: Mapping[str, Rota]) -> None:
    """Call it in the transaction that has changed the team's rotas; `before` are those that decided until then.

    For every open drill of these people's teams, because leave is the person's, whichever team it was entered for. Who
    is away for all the time that it is out leaves its count, unless they answered or skipped it. Who no longer is comes
    back where they would be counted if it were posted now, and is told on their shift as then. What is closed stays.
    """
    now, after = tools.clock(), await work.rotas.deciding(team)
    for push in await work.pushes.out(team.workspace, before.keys() | after.keys(), now):
        away = _away(after, push)
        gone = away & await work.reminders.unanswered(push) if away else away
        back = _away(before, push) - away
        if gone or back:
            await _change(tools, work, push, gone, back)


async def _change(tools: Tools, work: UnitOfWork, push: Push, gone: frozenset[str], back: frozenset[str]) -> None:
    found, team = await the_push(work, push.workspace, push.id), await the_team(work, push)
    invited = [one for one in await readers(work, team, found, tools.clock()) if one.user in back] if back else []
    await work.pushes.uninvite(push, gone)
    await work.pushes.invite(push, invited)
    if invited:
        heard = {one.user for one in await work.reminders.of(push)}  # or will: the cap on private words holds
        await plan_first_words(tools, work, team, push, [one.user for one in invited if one.user not in heard])
    if gone or invited:
        await card_changed(work, push)


def _away(rotas: Mapping[str, Rota], push: Push) -> frozenset[str]:
    return frozenset(user for user, rota in rotas.items() if rota.away(push.out_since, push.closes_at))

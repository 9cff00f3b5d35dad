"""Leave that is entered, or taken back, once a drill is out: who counts for it follows until its window closes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from drills.journeys.push import readers
from drills.journeys.refresh import card_changed
from drills.journeys.tools import the_push
from drills.people import Team
from drills.ports import UnitOfWork
from drills.push import Push, PushState
from drills.rota import Rota


async def recount(work: UnitOfWork, team: Team, before: Mapping[str, Rota], now: datetime) -> None:
    """For every drill of the team that is open: call it in the transaction that has changed rotas from `before`.

    Who is away for all of its window leaves its count, unless they answered or skipped it. Who no longer is comes back
    where they would be counted if it were posted now. What is closed stays as it was.
    """
    after = await work.rotas.of(team)
    for push in await work.pushes.of_team(team):
        if push.state is PushState.POSTED and push.is_open(now):
            gone = _away(after, push) & await work.reminders.unanswered(push)
            back = _away(before, push) - _away(after, push)
            await _change(work, team, push, gone, back, now)


async def _change(
    work: UnitOfWork, team: Team, push: Push, gone: frozenset[str], back: frozenset[str], now: datetime
) -> None:
    found = await the_push(work, push.workspace, push.id)
    invited = [one for one in await readers(work, team, found, now) if one.user in back] if back else []
    await work.pushes.uninvite(push, gone)
    await work.pushes.invite(push, invited)
    if gone or invited:
        await card_changed(work, push)


def _away(rotas: Mapping[str, Rota], push: Push) -> frozenset[str]:
    return frozenset(user for user, rota in rotas.items() if rota.away(push.opens_at, push.closes_at))

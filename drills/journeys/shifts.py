"""When a person may be told of a drill: on shift by their rota, else outside the team's quiet hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from drills.campaign import TeamClock
from drills.campaign.clocks import clock_for
from drills.journeys.tools import Tools
from drills.people import Team
from drills.ports import UnitOfWork
from drills.push import Push
from drills.reminder import IGNORED, Reminder, ReminderKind
from drills.rota import Rota


def time_for(rota: Rota, hours: TeamClock, since: datetime, until: datetime) -> datetime | None:
    """The first moment of [since, until) at which this person may be told; None where there is none.

    On shift the rota decides alone, so a night shift is reached in the night. Where it is silent, quiet hours hold.
    """
    at = rota.next_free(since, until)
    while at is not None and rota.silent(at):
        awake = hours.awake(at)
        if awake == at or awake is None:
            return awake
        at = rota.next_free(awake, until)
    return at


async def hours_for(work: UnitOfWork, push: Push, team: Team) -> TeamClock:
    """The team's own hours, and those of the push's campaign."""
    started = await work.campaigns.get(push.workspace, push.campaign)
    if started is not None:
        return clock_for(started.campaign, team)
    return TeamClock(ZoneInfo(team.tz), (team.quiet,) if team.quiet else ())


async def plan_first_words(tools: Tools, work: UnitOfWork, team: Team, push: Push, readers: Sequence[str]) -> None:
    """A card was posted: whoever was off shift then is told in private once they are on shift and have settled in.

    Nobody who is on shift now, who wants no reminders or who let the last drills pass.
    """
    now, rotas = tools.clock(), await work.rotas.of(team)
    people = frozenset(user for user in readers if user in rotas)
    if not people:
        return
    hours, pauses = await hours_for(work, push, team), await work.reminders.pauses(team)
    passed = await work.reminders.let_pass(team, people)
    words = []
    for user in sorted(people):
        at = time_for(rotas[user], hours, now, push.closes_at)
        wanted = passed.get(user, 0) < IGNORED and not (user in pauses and pauses[user].holds)
        if at is not None and at > now and wanted:
            kind = ReminderKind.SHIFT
            words.append(Reminder(tools.ids(), team.workspace, push.id, user, 0, kind, now, due_at=at))
    await work.reminders.add(words)

"""When a person may be told of a drill: on shift by their rota, else outside quiet hours, the team's and their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from drills.campaign import TeamClock
from drills.campaign.clocks import clock_for
from drills.hours import Hours
from drills.journeys.tools import Tools
from drills.people import PersonRef, Team
from drills.ports import UnitOfWork
from drills.push import Push
from drills.reminder import IGNORED, Reminder, ReminderKind
from drills.rota import Rota

LONGEST = timedelta(hours=24)
LOOK_AGAIN = timedelta(hours=1)  # what waits is looked at again by then: zones and rotas change


def time_for(rota: Rota, hours: Hours, since: datetime, until: datetime) -> datetime | None:
    """The first moment of [since, until) at which this person may be told; None where there is none.

    `rota` is the deciding one: sleep and leave count whichever team they were entered for. On shift the rota decides
    alone, so a night shift is reached in the night. Where it is silent, quiet hours hold.
    """
    at = rota.next_free(since, until)
    while at is not None and rota.silent(at):
        awake = hours.awake(at, until)
        if awake == at or awake is None:
            return awake
        at = rota.next_free(awake, until)
    return at


async def time_of(work: UnitOfWork, push: Push, team: Team, user: str, now: datetime) -> datetime | None:
    """The same for one person, up to the end of the push's window."""
    return time_for(
        await work.rotas.deciding_for(team, user), await _hours(work, push, team, user), now, push.closes_at
    )


async def wait_for(work: UnitOfWork, push: Push, team: Team, user: str, now: datetime) -> timedelta:
    """How long a word waits that is not about a window: until this person may be told, at most LONGEST.

    Where their rota leaves no such time, as on leave and on days off, quiet hours decide, but never in the sleep after
    a night or at the edge of a shift.
    """
    hours, until = await _hours(work, push, team, user), now + LONGEST
    rota = await work.rotas.deciding_for(team, user)
    off = rota.without_time_off()
    at = time_for(rota, hours, now, until) or time_for(off, hours, now, until) or hours.awake(now, until)
    return (at or now) - now


async def _hours(work: UnitOfWork, push: Push, team: Team, user: str) -> Hours:
    member = await work.members.get(PersonRef(team.workspace, user), team.id)
    return Hours.of(await hours_for(work, push, team), member.tz if member else None)


async def hours_for(work: UnitOfWork, push: Push, team: Team) -> TeamClock:
    """The team's own hours, and those of the push's campaign."""
    started = await work.campaigns.get(push.workspace, push.campaign)
    if started is not None:
        return clock_for(started.campaign, team)
    return TeamClock(ZoneInfo(team.tz), (team.quiet,) if team.quiet else ())


async def plan_first_words(tools: Tools, work: UnitOfWork, team: Team, push: Push, readers: Sequence[str]) -> None:
    """A card was posted: whoever was off shift then is told in private once they are on shift and have settled in.

    Nobody who is on shift now, who wants no reminders or who let the last drills pass, and nobody of whom only another
    team has a rota: to this one they are people without.
    """
    now, rotas = tools.clock(), await work.rotas.deciding(team)
    people = frozenset(user for user in readers if user in rotas and rotas[user].is_of_the_team)
    if not people:
        return
    clock, pauses = await hours_for(work, push, team), await work.reminders.pauses(team)
    zones = {member.person.user: member.tz for member in await work.members.of(team)}
    passed = await work.reminders.let_pass(team, people)
    words = []
    for user in sorted(people):
        at = time_for(rotas[user], Hours.of(clock, zones.get(user)), now, push.closes_at)
        wanted = passed.get(user, 0) < IGNORED and not (user in pauses and pauses[user].holds)
        if at is not None and at > now and wanted:
            kind = ReminderKind.SHIFT
            words.append(Reminder(tools.ids(), team.workspace, push.id, user, 0, kind, now, due_at=at))
    await work.reminders.add(words)

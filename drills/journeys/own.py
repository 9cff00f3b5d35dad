"""What is somebody's own: the drills they took part in, and those that are open for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from drills.attempt import AttemptState
from drills.journeys.tools import OnTheTable, the_push, the_team
from drills.journeys.zones import zone
from drills.people import PersonRef, Team
from drills.ports import UnitOfWork
from drills.push import Push
from drills.views.home import Counts, OpenDrill
from drills.views.mine import SHOWN, OwnDrill


async def own_drills(work: UnitOfWork, person: PersonRef) -> list[OwnDrill]:
    """Newest first, each at the time that the person's clock showed."""
    own, tz = [], await own_zone(work, person)
    for attempt in await work.attempts.of_person(person, limit=SHOWN):
        found = await the_push(work, person.workspace, attempt.push, attempt.variant)
        here = ZoneInfo(tz or (await the_team(work, found.push)).tz)
        at = (attempt.ended_at or attempt.opened_at).astimezone(here)
        own.append(OwnDrill(attempt.id, found.drill.title, attempt.state, at, attempt.number))
    return own


async def open_pushes(work: UnitOfWork, teams: Iterable[Team], now: datetime) -> list[Push]:
    """What stands in the teams' channels and can be answered in time, newest first."""
    pushes = [push for team in teams for push in await work.pushes.of_team(team)]
    standing = [push for push in pushes if push.message and push.is_open(now)]
    return sorted(standing, key=lambda push: push.opens_at, reverse=True)


async def open_for(
    work: UnitOfWork, person: PersonRef, teams: Iterable[Team], now: datetime, *, skipped: bool = True
) -> list[Push]:
    """What is open and has no reply of this person's; nobody is refused one that does not count them.

    First what counts them, then the others, and last what they skipped, where `skipped` asks for it; each newest first.
    """
    pushes = await open_pushes(work, teams, now)
    counting = await work.pushes.counting(person, pushes)
    standing: list[tuple[bool, bool, Push]] = []
    for push in pushes:
        attempt = await work.attempts.latest(push, person)
        state = attempt.state if attempt else None
        if state is not AttemptState.REPLIED and (skipped or state is not AttemptState.SKIPPED):
            standing.append((state is AttemptState.SKIPPED, push.id not in counting, push))
    return [push for *_, push in sorted(standing, key=lambda one: one[:2])]


async def open_drill(work: UnitOfWork, push: Push, person: PersonRef, now: datetime) -> OpenDrill:
    """As this person reads it."""
    found, team = await the_push(work, push.workspace, push.id), await the_team(work, push)
    tz, counts = await own_zone(work, person), await _counts(work, found, team, person, now)
    return OpenDrill(push.id, found.drill.title, team, push.closes_at, tz, counts)


async def _counts(work: UnitOfWork, found: OnTheTable, team: Team, person: PersonRef, now: datetime) -> Counts:
    if await work.pushes.counting(person, [found.push]):
        return Counts.NOW
    if (await work.rotas.deciding_for(team, person.user)).away(now, found.push.closes_at):
        return Counts.NOT_ON_LEAVE
    member = await work.members.get(person, team.id)
    is_for_them = member is not None and found.drill.roles.admit(member.profession)
    return Counts.LATER if is_for_them and person.user in await work.pushes.busy(found.push, now) else Counts.NOW


async def own_zone(work: UnitOfWork, person: PersonRef) -> str | None:
    """The zone that the person chose, which is the same in all their teams; None for the teams' own."""
    chosen = (zone(member.tz) for member in await work.members.teams_of(person) if member.tz)
    return next((tz for tz in chosen if tz), None)


async def here(work: UnitOfWork, person: PersonRef) -> ZoneInfo:
    """Where days and hours that only this person sees are told: their own zone, else that of a team of theirs."""
    own = await own_zone(work, person)
    memberships = [] if own else await work.members.teams_of(person)
    teams = [await work.teams.get(person.workspace, one.team) for one in memberships]
    return ZoneInfo(own or next((team.tz for team in teams if team), "UTC"))

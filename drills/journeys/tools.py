"""What every journey is handed: the memory, the clock, fresh ids and the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drills.attempt import Attempt
from drills.catalog import Library
from drills.chat.inbound import Inbound
from drills.drill import Drill
from drills.errors import NotFound
from drills.people import PersonRef, Team, Workspace
from drills.ports import Clock, Ids, Memory, UnitOfWork
from drills.push import Push
from drills.views.tripwire import SUPPORT_TEXT


@dataclass(frozen=True, slots=True)
class Tools:
    memory: Memory
    clock: Clock
    ids: Ids
    support_text: str = SUPPORT_TEXT
    library: Library = field(default_factory=lambda: Library(()))


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """A push with the drill variant that is being talked about."""

    push: Push
    drill: Drill


async def is_first(tools: Tools, work: UnitOfWork, inbound: Inbound) -> bool:
    """Whether this event is new. One that a platform delivers again changes nothing more.

    Kept in the transaction that acts on it, so that an event whose transaction failed may come again.
    """
    return await work.inbox.first(inbound.person.workspace, inbound.key, tools.clock())


async def teams_for(work: UnitOfWork, seen: Inbound) -> Sequence[Team]:
    """The team whose channel this is; elsewhere, as in a direct message, the person's own. Raises NotFound for none."""
    here = await work.teams.at(seen.place)
    if here is not None:
        return [here]
    mine = [await work.teams.get(seen.person.workspace, own.team) for own in await work.members.teams_of(seen.person)]
    if not mine:
        raise NotFound(f"no team at {seen.place}", tell="No team is set up here yet, and you are in none elsewhere.")
    return [team for team in mine if team is not None]


async def the_push(work: UnitOfWork, workspace: Workspace, id_: str, variant: str | None = None) -> OnTheTable:
    """The push and its drill, in its own variant unless another is named. Raises NotFound."""
    push = await work.pushes.get(workspace, id_)
    if push is None:
        raise NotFound(f"no push {id_}")
    drill = await work.drills.get(workspace, push.drill_hash, variant or push.variant)
    if drill is None:
        raise NotFound(f"push {id_} has no drill {push.drill_hash}/{variant or push.variant}")
    return OnTheTable(push, drill)


async def the_team(work: UnitOfWork, push: Push) -> Team:
    """The team that a push is for. Raises NotFound."""
    team = await work.teams.get(push.workspace, push.team)
    if team is None:
        raise NotFound(f"push {push.id} has no team {push.team}")
    return team


async def is_member(work: UnitOfWork, found: OnTheTable, seen: Inbound) -> bool:
    """Whether the person is in the push's team. False for somebody in the team's channel, who may still join.

    Raises NotFound for anybody else: a push's id alone opens no other team's drill.
    """
    if await work.members.get(seen.person, found.push.team) is not None:
        return True
    team = await work.teams.get(seen.person.workspace, found.push.team)
    if team is None or team.channel != seen.place.channel:
        raise NotFound(f"push {found.push.id} is another team's", tell="This drill is in another team's channel.")
    return False


async def own_attempt(work: UnitOfWork, person: PersonRef, id_: str) -> Attempt:
    """Somebody's own attempt. Raises NotFound, also for anybody else's: results are private."""
    attempt = await work.attempts.get(person.workspace, id_)
    if attempt is None or attempt.person != person:
        raise NotFound(f"no attempt {id_} of this person")
    return attempt

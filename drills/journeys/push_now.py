"""`/drill push`: a lead posts a drill to the team that is here, now and by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from zoneinfo import ZoneInfo

from drills.catalog import DrillFile, NoSuchDrill
from drills.chat.inbound import Answer, Asked, Pressed, Submitted
from drills.chat.intents import Intent
from drills.drill import Drill, Kind, Status
from drills.errors import TellPerson
from drills.journeys.authority import must, team_here
from drills.journeys.hold import hold_now
from drills.journeys.push import plan
from drills.journeys.tools import Tools
from drills.people import Profession, QuietHours, Role, Team
from drills.ports import UnitOfWork
from drills.push import WINDOW, Push, PushState
from drills.views.pick_drill import DRILL, MOST, Offer, few_can_card, on_its_way_card, pick_form

CAMPAIGN = "now"
"""The campaign of what is posted by hand; its slot is the key of the event that asked for it."""

_FRESH = timedelta(days=60)  # so long a drill is left alone in a team: the next time should be practice, not recall
_MOST_OF = 0.5
_LOOK_BACK = 200  # pushes; more than sixty days hold at three a week


class NotPosted(TellPerson):
    """Nothing was posted, and `tell` says why."""


ANYWAY = "anyway"
"""Behind a drill's id on a button: its lead knows that few can answer it."""


async def push_now(tools: Tools, seen: Asked | Pressed, id_: str = "", anyway: str = "") -> Answer:
    """Choose a drill; one that is named is posted at once, unless it is quiet time or few could answer it.

    Raises NotFound and NotAllowed.
    """
    async with tools.memory.read() as work:
        team = await team_here(work, seen)
        await must(work, seen, team, Role.LEAD)
        await _not_held(tools, work, team)
        pushes = await _posted(work, team)
        members = await _professions(work, team)
        offers = _offers(tools, members or team.professions, pushes)
    if id_ and anyway != ANYWAY and not _fits(drill := _file(tools, id_).drill(), members):
        return Answer(few_can_card(team, drill, Intent("push", (id_, ANYWAY))))
    quiet = quiet_now(team, tools.clock())
    if id_ and not quiet:
        return await _post(tools, seen, team, pushes, id_)
    if id_:
        offers = [Offer(_file(tools, id_).drill())]
    if not offers:
        raise NotPosted("no drill fits", tell="No drill of the library fits this team just now.")
    return Answer(pick_form(team, offers, quiet, id_ or None, few=bool(anyway)))


async def chosen(tools: Tools, submitted: Submitted) -> Answer:
    """The form came back. Raises NotPosted, NotFound and NotAllowed."""
    async with tools.memory.read() as work:
        team = await team_here(work, submitted)
        await must(work, submitted, team, Role.LEAD)
        await _not_held(tools, work, team)
        pushes = await _posted(work, team)
    return await _post(tools, submitted, team, pushes, submitted.values.get(DRILL, ""))


def quiet_now(team: Team, now: datetime) -> QuietHours | None:
    return team.quiet if team.quiet and team.quiet.cover(now.astimezone(ZoneInfo(team.tz)).time()) else None


def playable(tools: Tools) -> Iterator[Drill]:
    """What can be posted in one message to one channel; a relay is two."""
    for file in tools.library.all():
        drill = file.drill()
        if drill.status is not Status.RETIRED and drill.kind is not Kind.RELAY:
            yield drill


async def _post(
    tools: Tools, seen: Asked | Pressed | Submitted, team: Team, pushes: Sequence[Push], id_: str
) -> Answer:
    now, file = tools.clock(), _file(tools, id_)
    earlier = [push for push in pushes if push.drill_id == file.id]
    if any(push.is_open(now) and push.slot != seen.key for push in earlier):
        raise NotPosted(f"{id_} is open", tell=f"“{file.drill().title}” is open in this channel already.")
    drill = file.drill(file.variants[len([p for p in earlier if p.slot != seen.key]) % len(file.variants)])
    await plan(tools, team, drill, file.source, campaign=CAMPAIGN, slot=seen.key, opens_at=now)
    return Answer(on_its_way_card(team, drill, now + WINDOW))


async def _not_held(tools: Tools, work: UnitOfWork, team: Team) -> None:
    hold = await hold_now(work, team, tools.clock())
    if hold is not None:
        until = hold.ends.astimezone(ZoneInfo(team.tz))
        raise NotPosted("on hold", tell=f"{team.name} is on hold until {until:%A %H:%M}. Nothing is posted until then.")


async def _posted(work: UnitOfWork, team: Team) -> Sequence[Push]:
    """Newest first; what could not be posted may be tried again."""
    return [push for push in await work.pushes.of_team(team, limit=_LOOK_BACK) if push.state is not PushState.FAILED]


def _file(tools: Tools, id_: str) -> DrillFile:
    try:
        return tools.library.file(id_)
    except NoSuchDrill as unknown:
        tell = f"There is no drill “{id_[:40]}” in the library. `/drill push` alone shows those that fit this team."
        raise NotPosted(str(unknown), tell=tell) from unknown


async def _professions(work: UnitOfWork, team: Team) -> Sequence[Profession]:
    """One for each member. Where nobody has joined yet there are none, and every drill that is named may be posted."""
    return [member.profession for member in await work.members.of(team) if not member.opted_out]


def _offers(tools: Tools, professions: Sequence[Profession], pushes: Sequence[Push]) -> list[Offer]:
    """Those that were not posted for a while, or where there are none, those that were longest ago; by kind."""
    now = tools.clock()
    last = {push.drill_id: push.opens_at for push in reversed(pushes)}
    is_open = {push.drill_id for push in pushes if push.is_open(now)}
    fitting = [drill for drill in playable(tools) if drill.id not in is_open and _fits(drill, professions)]
    offers = [Offer(drill, last.get(drill.id)) for drill in fitting]
    fresh = [offer for offer in offers if offer.last is None or now - offer.last > _FRESH]
    some = _some_of_each_kind(fresh) if fresh else sorted(offers, key=lambda offer: offer.last or now)[:MOST]
    return sorted(some, key=lambda offer: (offer.drill.kind, offer.drill.title))


def _fits(drill: Drill, professions: Sequence[Profession]) -> bool:
    return sum(map(drill.roles.admit, professions)) >= _MOST_OF * len(professions)


def _some_of_each_kind(offers: Sequence[Offer]) -> list[Offer]:
    kinds = [[offer for offer in offers if offer.drill.kind is kind] for kind in Kind]
    in_turn = chain.from_iterable(zip_longest(*kinds))
    return [offer for offer in in_turn if offer is not None][:MOST]

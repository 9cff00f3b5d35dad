"""`/drill hold 6h`: a charge nurse or lead freezes the team's pushes, reminders and windows. It ends by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from drills.chat.inbound import Answer, Asked
from drills.errors import TellPerson
from drills.hold import LONGEST, Hold, holding
from drills.journeys.authority import must, team_here
from drills.journeys.refresh import card_changed
from drills.journeys.tools import Tools, is_first
from drills.people import Role, Team
from drills.ports import UnitOfWork
from drills.views.hold import ended_card, hold_card, no_hold_card

_LENGTH = re.compile(r"(\d{1,3}) ?(h|hour|hours|m|min|minutes)")
_OFF = {"off", "end", "stop", "over"}


class NoLength(TellPerson):
    tell = "Say how long, up to 72 hours: `/drill hold 6h` or `/drill hold 90m`. `/drill hold off` ends it."


async def hold(tools: Tools, asked: Asked, rest: str) -> Answer:
    """Begin a hold, or make the one that is there end later or earlier; `off` ends it; nothing asks how things are.

    Raises NotFound, NotAllowed and NoLength.
    """
    now = tools.clock()
    async with tools.memory.begin() as work:
        team = await team_here(work, asked)
        await must(work, asked, team, Role.CHARGE_NURSE)
        current = holding(await work.holds.of(team, now, held=bool(rest)), now)
        if not rest:
            return Answer(hold_card(team, current) if current else no_hold_card())
        ends = now if rest in _OFF else now + _length(rest)
        if not await is_first(tools, work, asked):
            return Answer(hold_card(team, current) if current else no_hold_card())
        if current is None and ends == now:
            return Answer(no_hold_card())
        held = current or Hold(tools.ids(), team.workspace, team.id, now, now, asked.person.user)
        await _keep(work, team, replace(held, ends=ends, by=asked.person.user), was=held.ends, now=now)
    return Answer(hold_card(team, replace(held, ends=ends)) if ends > now else ended_card())


async def hold_now(work: UnitOfWork, team: Team, now: datetime) -> Hold | None:
    """The hold of the team at this moment."""
    return holding(await work.holds.of(team, now), now)


async def on_hold(work: UnitOfWork, teams: Iterable[Team], now: datetime) -> list[tuple[Team, Hold]]:
    """Those of the teams that are on hold at this moment."""
    held = [(team, await hold_now(work, team, now)) for team in teams]
    return [(team, hold) for team, hold in held if hold]


async def settle_holds(tools: Tools, now: datetime) -> None:
    """Holds that ran out by themselves: the cards in the channel say so."""
    async with tools.memory.read() as work:
        over = await work.holds.over(now)
    for ended in over:
        async with tools.memory.begin() as work:
            await work.holds.settle(ended)
            team = await work.teams.get(ended.workspace, ended.team)
            if team is not None:
                await _cards_changed(work, team, now)


async def _keep(work: UnitOfWork, team: Team, held: Hold, *, was: datetime, now: datetime) -> None:
    """Every window that is open ends as much later, or earlier, as the hold now ends; what waits is reckoned again."""
    await work.holds.add(held)
    await work.campaigns.reckon_team_again(team)  # first: it waits for a tick that is just writing the team a push
    await work.pushes.postpone(team, now, held.ends - was)
    await work.ledger.append(team.workspace, now, _line(team, held, now))
    await _cards_changed(work, team, now)


def _line(team: Team, held: Hold, now: datetime) -> dict[str, object]:
    """For the log. Who asked stands in the hold's own row, which can be erased."""
    what = "hold" if held.ends > now else "hold ended"
    return {"what": what, "hold": held.id, "team": team.id, "ends": held.ends.isoformat()}


async def _cards_changed(work: UnitOfWork, team: Team, now: datetime) -> None:
    for push in await work.pushes.of_team(team):
        if push.message is not None and push.is_open(now):
            await card_changed(work, push)


def _length(said: str) -> timedelta:
    found = _LENGTH.fullmatch(said)
    if found is None:
        raise NoLength(f"hold {said!r}")
    number = int(found[1])
    length = timedelta(hours=number) if found[2].startswith("h") else timedelta(minutes=number)
    if not timedelta() < length <= LONGEST:
        raise NoLength(f"hold {said!r}")
    return length

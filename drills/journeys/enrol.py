"""Joining a team, taking a break, leaving: always one step, never a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from drills.chat.inbound import Answer, Asked, Pressed, Submitted
from drills.chat.intents import Intent
from drills.errors import NotFound, TellPerson
from drills.journeys.answer import answer
from drills.journeys.authority import role_of
from drills.journeys.home import home_changed
from drills.journeys.own import here, own_zone
from drills.journeys.refresh import card_changed
from drills.journeys.tools import OnTheTable, Tools, is_first, is_member, the_push, the_team
from drills.people import Member, Profession, Team
from drills.ports import UnitOfWork
from drills.push import Eligible
from drills.views.notices import notice
from drills.views.profession_form import PROFESSION, no_profession, offered

MAX_SNOOZE_DAYS = 90


async def enrol(tools: Tools, submitted: Submitted, push_id: str) -> Answer:
    """Become a learner of the push's team, then go straight on to the drill that was pressed. Raises NotFound.

    Somebody who is in the team already stays as they are. A newcomer counts for the drill they came by while its
    window is open: else a new channel's first card would say "0 of 0 answered" whoever answers.
    """
    picked = submitted.values.get(PROFESSION, "")
    async with tools.memory.begin() as work:
        found = await the_push(work, submitted.person.workspace, push_id)
        if not await is_member(work, found, submitted):
            team = await the_team(work, found.push)
            if picked not in offered(team):
                return Answer(no_profession(push_id, team))
            await _welcome(work, submitted, team, Profession(picked))
            await _count_in(tools, work, found, submitted, Profession(picked))
    intent = Intent("answer", (push_id,))
    pressed = Pressed(submitted.key, submitted.person, submitted.place, intent, submitted.handle)
    return await answer(tools, pressed, push_id)


async def _welcome(work: UnitOfWork, submitted: Submitted, team: Team, profession: Profession) -> None:
    """Somebody who was named lead or educator before is one from now on as a member. Their zone comes along."""
    role = await role_of(work, submitted.person, team)
    new = Member(submitted.person, team.id, submitted.profile.name, profession, role)
    await work.members.save(new.live_in(await own_zone(work, submitted.person)))
    await work.appointments.remove(team, submitted.person.user)


async def _count_in(
    tools: Tools, work: UnitOfWork, found: OnTheTable, submitted: Submitted, profession: Profession
) -> None:
    if found.push.is_open(tools.clock()) and found.drill.roles.admit(profession):
        await work.pushes.invite(found.push, [Eligible(found.push.id, submitted.person.user, profession)])
        await card_changed(work, found.push)


async def snooze(tools: Tools, asked: Asked | Pressed, days: str) -> Answer:
    """No drills for some days. Raises TellPerson when `days` is no number from 1 to MAX_SNOOZE_DAYS."""
    if not days.isdecimal() or not 1 <= int(days) <= MAX_SNOOZE_DAYS:
        raise TellPerson(f"snooze {days!r}", tell=f"Say how many days, 1 to {MAX_SNOOZE_DAYS}: `/drill snooze 7`.")
    until = tools.clock() + timedelta(days=int(days))
    await _change(tools, asked, lambda member: member.snooze(until))
    async with tools.memory.read() as work:
        there = until.astimezone(await here(work, asked.person))
    return Answer(
        notice("Snoozed", f"No drills until {there.day} {there:%B}: new ones don't count you. `/drill join` ends it.")
    )


async def leave(tools: Tools, asked: Asked | Pressed) -> Answer:
    await _change(tools, asked, Member.opt_out)
    return Answer(
        notice(
            "You are out",
            "No drill is meant for you any more, and new ones don't count you. `/drill join` brings you back.",
        )
    )


async def join(tools: Tools, asked: Asked | Pressed) -> Answer:
    await _change(tools, asked, Member.opt_in)
    return Answer(notice("Welcome back", "The next drill of your team includes you."))


async def _change(tools: Tools, asked: Asked | Pressed, change: Callable[[Member], Member]) -> None:
    """In every team of this person. Raises NotFound when there is none."""
    async with tools.memory.begin() as work:
        members = await work.members.teams_of(asked.person)
        if not members:
            raise NotFound("no team", tell="You are in no team yet. Answer a drill in a team's channel to join it.")
        if await is_first(tools, work, asked):
            for member in members:
                await work.members.save(change(member), was=member)
            await home_changed(work, asked.person)

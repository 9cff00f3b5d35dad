"""Joining a team, taking a break, leaving: always one step, never a reason."""

from __future__ import annotations

from datetime import timedelta

from drills.chat.cards import ChoiceField, Form, Text
from drills.chat.inbound import Answer, Asked, Submitted
from drills.chat.intents import Intent
from drills.errors import NotFound, TellPerson
from drills.journeys.tools import Tools, the_push
from drills.people import Member, Profession
from drills.ports import UnitOfWork
from drills.views.notices import notice

PROFESSION = "profession"
MAX_SNOOZE_DAYS = 90


def ask_profession(push_id: str) -> Answer:
    """The one thing we must know before a first drill: it decides what is expected, and nothing else."""
    choices = tuple((p.value, p.label) for p in Profession if p is not Profession.ANY)
    return Answer(
        Form(
            title="Before your first drill",
            intent=Intent("enrol", (push_id,)),
            intro=(Text("Which profession do you answer as? It tells the judge what not to expect of you."),),
            fields=(ChoiceField(PROFESSION, "Profession", choices),),
            submit="Go on",
            who_sees="Your team's figures use it in groups of five or more, never alone.",
        )
    )


async def enrol(tools: Tools, submitted: Submitted, push_id: str) -> Profession:
    """Become a learner of the push's team. Raises NotFound, or TellPerson when no profession was picked."""
    try:
        profession = Profession(submitted.values.get(PROFESSION, ""))
    except ValueError as bad:
        raise TellPerson("no profession", tell="Please pick the profession you answer as.") from bad
    async with tools.memory.begin() as work:
        found = await the_push(work, submitted.person.workspace, push_id)
        await work.members.save(Member(submitted.person, found.push.team, "", profession))
    return profession


async def snooze(tools: Tools, asked: Asked, days: str) -> Answer:
    """No drills for some days. Raises TellPerson when `days` is no number from 1 to MAX_SNOOZE_DAYS."""
    if not days.isdecimal() or not 1 <= int(days) <= MAX_SNOOZE_DAYS:
        raise TellPerson(f"snooze {days!r}", tell=f"Say how many days, 1 to {MAX_SNOOZE_DAYS}: `/drill snooze 7`.")
    until = tools.clock() + timedelta(days=int(days))
    async with tools.memory.begin() as work:
        for member in await _memberships(work, asked):
            await work.members.save(member.snooze(until))
    return Answer(
        notice("Snoozed", f"No drills until {until:%d %B}. You leave every count until then. `/drill join` ends it.")
    )


async def leave(tools: Tools, asked: Asked) -> Answer:
    async with tools.memory.begin() as work:
        for member in await _memberships(work, asked):
            await work.members.save(member.opt_out())
    return Answer(
        notice("You are out", "No drills reach you any more and you are in no count. `/drill join` brings you back.")
    )


async def join(tools: Tools, asked: Asked) -> Answer:
    async with tools.memory.begin() as work:
        for member in await _memberships(work, asked):
            await work.members.save(member.opt_in())
    return Answer(notice("Welcome back", "The next drill of your team includes you."))


async def _memberships(work: UnitOfWork, asked: Asked) -> list[Member]:
    members = list(await work.members.teams_of(asked.person))
    if not members:
        raise NotFound("no membership", tell="You are in no team yet. Answer a drill in a team's channel to join it.")
    return members

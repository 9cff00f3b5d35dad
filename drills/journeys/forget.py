"""`/drill forget-me`: a person's words go, all in one transaction; counts and the ledger's hashes stay."""

from __future__ import annotations

from dataclasses import replace

from drills.chat.inbound import Answer, Asked, Pressed
from drills.journeys.home import home_changed
from drills.journeys.tools import Tools
from drills.people import Role
from drills.ports import UnitOfWork
from drills.views.forget import forget_card, forgotten_card


async def ask(_tools: Tools, _seen: Asked | Pressed) -> Answer:
    """What goes and what stays. Nothing happens yet."""
    return Answer(forget_card())


async def erase(tools: Tools, pressed: Pressed) -> Answer:
    """Repeating it is harmless: there is nothing left to erase."""
    person = pressed.person
    async with tools.memory.begin() as work:
        await work.evaluations.erase_words(person)  # first: what is on its way to this person is stopped
        replies = await work.attempts.erase_words(person)
        await work.messages.erase(person)
        await work.appointments.forget(person)
        await work.rotas.forget(person)
        await work.rota_drafts.forget(person)
        await work.reminders.forget(person)
        await work.holds.forget(person)
        await work.reviews.forget(person, tools.ids())
        await _nameless(work, pressed)
        if replies:
            await work.ledger.append(person.workspace, tools.clock(), {"what": "erasure", "replies": replies})
        await home_changed(work, person)
    return Answer(forgotten_card(replies))


async def _nameless(work: UnitOfWork, pressed: Pressed) -> None:
    for member in await work.members.teams_of(pressed.person):
        nobody = replace(member.opt_out(), name="", role=Role.LEARNER, snoozed_until=None, tz=None)
        await work.members.save(nobody, was=member)

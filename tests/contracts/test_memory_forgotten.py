"""Who asks to be forgotten is nowhere but where they were told: every table and every column is looked through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from contracts.remembered import A_CARD, CHANNEL, NINA, NOW, OMAR, ROOM, WARD, a_member, a_push, answer, post, settle
from fakes import FrozenClock, counting_ids

from drills.chat.inbound import Pressed
from drills.chat.intents import Intent
from drills.evaluation import Band
from drills.hold import Hold
from drills.journeys.forget import erase
from drills.journeys.tools import Tools
from drills.people import Role
from drills.ports import Once
from drills.reminder import Pause, Reminder, ReminderKind
from drills.review import Before, Review, ReviewState, Ruling
from drills.rota import Leave, Rota, RotaDraft, Shift
from drills.rubric import Level
from storage.columns import metadata
from storage.memory import SqlMemory

HOUR = timedelta(hours=1)
STAYS = {
    ("members", "person"),  # they may come back as themselves, and nobody else is counted twice
    ("eligible", "person"),
    ("attempts", "person"),  # that a drill was answered and when, and which points were met: the forget card says so
    ("evaluations", "person"),
    ("ledger", "body"),  # append-only by design: who set up, named and ruled, as the forget card says too
}
ONCE_THERE = {
    ("appointments", "person"),
    ("holds", "by"),
    ("members", "name"),
    ("messages", "to"),
    ("reminder_pauses", "person"),
    ("reminders", "person"),
    ("reviews", "reviewer"),
    ("rota_drafts", "person"),
    ("rota_drafts", "times"),
    ("rota_times", "person"),
    ("rulings", "reviewer"),
}


async def test_no_table_and_no_column_names_the_person_any_more_but_those_that_they_were_told(
    memory: SqlMemory,
) -> None:
    await _a_life(memory)
    assert await _places(memory) == STAYS | ONCE_THERE, "the test knows every place where an account's id can stand"
    tools = Tools(memory, FrozenClock(), counting_ids())
    await erase(tools, Pressed("e1", NINA, CHANNEL, Intent("erase")))
    assert await _places(memory) == STAYS
    async with memory.read() as work:
        (member,) = await work.members.teams_of(NINA)
        assert (member.name, member.role, member.tz, member.snoozed_until) == ("", Role.LEARNER, None, None)
        review = await work.reviews.get(ROOM, "a2")
        assert review is not None
        assert review.reviewer
        assert await work.reviews.rulings(review, replace(NINA, user=review.reviewer)) == {
            0: Ruling("headline", Level.MET, final=True)
        }, "what was ruled stays, by nobody"
        assert (await work.holds.of(WARD, NOW))[0].by == ""


async def test_what_a_worker_saves_late_does_not_bring_the_person_back(memory: SqlMemory) -> None:
    await _a_life(memory)
    async with memory.read() as work:
        (hold,) = await work.holds.of(WARD, NOW)
        review = await work.reviews.get(ROOM, "a2")
    assert review is not None
    async with memory.begin() as work:
        await work.reviews.save(review.claim(NOW), was=ReviewState.SETTLED)
    await erase(Tools(memory, FrozenClock(), counting_ids()), Pressed("e1", NINA, CHANNEL, Intent("erase")))
    async with memory.begin() as work:
        await work.holds.settle(hold)
        await work.reviews.save(review.claim(NOW).told(), was=ReviewState.TELLING)
    assert await _places(memory) == STAYS


def test_every_column_that_is_called_like_a_person_is_known_here() -> None:
    called = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in {"person", "by", "reviewer", "to", "user", "member", "author"}
    }
    assert called <= STAYS | ONCE_THERE


async def _a_life(memory: SqlMemory) -> None:
    """Nina learns, leads, reviews, works nights and is away; Omar is there too."""
    push, day = a_push(), Rota((Shift(NOW, NOW + 8 * HOUR),), (Leave(NOW + 24 * HOUR, NOW + 48 * HOUR),))
    async with memory.begin() as work:
        await settle(work, WARD, push)
        await work.members.save(a_member(NINA, role=Role.EDUCATOR, tz="Europe/Madrid", snoozed_until=NOW))
        await work.members.save(a_member(OMAR))
        await work.appointments.save(WARD, NINA.user, Role.LEAD)
    await post(memory, push, NINA, OMAR)
    await answer(memory, "a1", "p1", NINA)
    await answer(memory, "a2", "p1", OMAR)
    async with memory.begin() as work:
        await work.reminders.add([Reminder("r1", ROOM, "p1", NINA.user, 1, ReminderKind.REMINDER, NOW)])
        await work.reminders.add([Reminder("r2", ROOM, "p1", OMAR.user, 1, ReminderKind.REMINDER, NOW)])
        await work.reminders.put_pause(WARD, Pause(NINA.user, NOW))
        await work.holds.add(Hold("h1", ROOM, WARD.id, NOW, NOW + HOUR, NINA.user))
        await work.rotas.put(WARD, {NINA.user: day, OMAR.user: day})
        span = (NOW, NOW + 72 * HOUR)
        await work.rota_drafts.keep(WARD, RotaDraft("d1", NINA.user, {OMAR.user: day}, span, NOW))
        await work.rota_drafts.keep(WARD, RotaDraft("d2", OMAR.user, {NINA.user: day}, span, NOW))
        await work.messages.put(CHANNEL, NINA.user, A_CARD, Once("m1"), NOW)
        await work.messages.put(CHANNEL, OMAR.user, A_CARD, Once("m2"), NOW)
        review = Review(ROOM, "a2", NOW)
        await work.reviews.ask(review)
        await work.reviews.rule(review, NINA, 0, Ruling("headline", Level.MET, final=True), NOW)
        settled = review.settle(NINA.user, NOW, Before({"headline": Level.MET}, (), Band.NEARLY))
        await work.reviews.save(settled, was=ReviewState.OPEN)
        await work.ledger.append(ROOM, NOW, {"what": "setup", "by": NINA.user})


async def _places(memory: SqlMemory) -> set[tuple[str, str]]:
    """Every (table, column) in which the person's id stands, whole or within."""
    async with memory.read() as work:
        return {
            (table.name, column.name)
            for table in metadata.sorted_tables
            for row in (await work.connection.execute(sa.select(table))).mappings()
            for column in _naming(table, row)
        }


def _naming(table: sa.Table, row: sa.RowMapping) -> Iterator[sa.Column[object]]:
    return (column for column in table.columns if NINA.user in str(row[column.name]).casefold())

"""What every memory promises of teams, members, drill versions, pushes and attempts, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from contracts.remembered import (
    ELSEWHERE,
    NINA,
    NOW,
    OMAR,
    PIA,
    ROOM,
    SOURCE,
    WARD,
    a_member,
    a_push,
    a_reply,
    an_attempt,
    post,
    settle,
    the_drill,
)

from drills.attempt import AttemptState, Handle
from drills.errors import Stale
from drills.people import MessageRef, PersonRef, Place, Profession, Role
from drills.ports import Job, Memory, UnitOfWork
from drills.push import Eligible, Push, PushState, Turnout
from storage.memory import SqlMemory


async def test_the_memory_is_what_the_port_says(memory: SqlMemory) -> None:
    port: Memory = memory
    async with port.begin() as work:
        unit: UnitOfWork = work
        assert await unit.teams.of(ROOM) == []


class TestTeams:
    async def test_a_team_comes_back_as_it_was_saved(self, memory: Memory) -> None:
        async with memory.begin() as work:
            await work.teams.save(WARD)
        async with memory.read() as work:
            assert await work.teams.get(ROOM, "4w") == WARD
            assert await work.teams.at(Place(ROOM, "c-4w", thread="17")) == WARD
            assert await work.teams.at(Place(ROOM, "c-other")) is None

    async def test_saving_again_changes_it(self, memory: Memory) -> None:
        renamed = replace(WARD, name="4 West, nights", on_board=False)
        async with memory.begin() as work:
            await work.teams.save(WARD)
            await work.teams.save(renamed)
            assert await work.teams.of(ROOM) == [renamed]

    async def test_another_workspace_sees_nothing_of_it(self, memory: Memory) -> None:
        elsewhere = replace(WARD, workspace=ELSEWHERE, name="Theirs")
        async with memory.begin() as work:
            await work.teams.save(WARD)
            await work.teams.save(elsewhere)
            assert await work.teams.get(ELSEWHERE, "4w") == elsewhere
            assert await work.teams.of(ROOM) == [WARD]


class TestMembers:
    async def test_a_member_comes_back_as_it_was_saved(self, memory: Memory) -> None:
        nina = a_member(NINA, role=Role.LEAD, profession=Profession.RT, snoozed_until=NOW)
        async with memory.begin() as work:
            await work.teams.save(WARD)
            await work.members.save(nina)
            await work.members.save(a_member(OMAR, opted_out=True))
        async with memory.read() as work:
            assert await work.members.get(NINA, "4w") == nina
            assert await work.members.get(NINA, "elsewhere") is None
            assert [member.name for member in await work.members.of(WARD)] == ["Nina", "Omar"]

    async def test_a_change_to_a_member_who_changed_meanwhile_is_stale(self, memory: Memory) -> None:
        nina = a_member(NINA)
        async with memory.begin() as work:
            await work.teams.save(WARD)
            await work.members.save(nina)
            await work.members.save(nina.snooze(NOW), was=nina)
        with pytest.raises(Stale):
            async with memory.begin() as work:
                await work.members.save(replace(nina, role=Role.LEAD), was=nina)
        async with memory.read() as work:
            assert await work.members.get(NINA, "4w") == nina.snooze(NOW)

    async def test_somebody_may_be_in_two_teams(self, memory: Memory) -> None:
        icu = replace(WARD, id="icu", channel="c-icu")
        async with memory.begin() as work:
            await work.teams.save(WARD)
            await work.teams.save(icu)
            await work.members.save(a_member(NINA))
            await work.members.save(a_member(NINA, icu))
            assert [member.team for member in await work.members.teams_of(NINA)] == ["4w", "icu"]


class TestDrillVersions:
    async def test_an_old_version_is_read_from_its_own_text(self, memory: Memory) -> None:
        async with memory.begin() as work:
            await work.drills.keep(ROOM, the_drill(), SOURCE)
            await work.drills.keep(ROOM, the_drill(), "something else: the first text stays")
        async with memory.read() as work:
            assert await work.drills.get(ROOM, the_drill().hash, "a") == the_drill()
            assert await work.drills.get(ROOM, "no such hash", "a") is None
            assert await work.drills.get(ELSEWHERE, the_drill().hash, "a") is None


class TestPushes:
    async def test_a_push_comes_back_as_it_was_saved(self, memory: Memory) -> None:
        push = a_push()
        async with memory.begin() as work:
            await settle(work, WARD, push)
        message = MessageRef(Place(ROOM, "c-4w", "thread-9"), "1715.22")
        claimed = push.claim(NOW)
        async with memory.begin() as work:
            await work.pushes.save(claimed, was=PushState.PLANNED)
            assert await work.pushes.get(ROOM, "p1") == claimed
            await work.pushes.save(claimed.posted(message), was=PushState.POSTING)
        async with memory.read() as work:
            assert await work.pushes.get(ROOM, "p1") == claimed.posted(message)
            assert await work.pushes.get(ELSEWHERE, "p1") is None

    async def test_a_card_lags_behind_until_every_change_was_drawn(self, memory: Memory) -> None:
        push = a_push().posted(MessageRef(WARD.place, "m1"))
        async with memory.begin() as work:
            await settle(work, WARD, push)
            await work.pushes.card_changed(push)
            drawn = await work.pushes.card_changes(push)
            await work.pushes.card_changed(push)
            await work.pushes.card_shown(push, drawn)
            await work.pushes.save(push.close(), was=PushState.POSTED)
        assert await memory.unfinished(NOW) == [Job("refresh", ROOM, "p1")]
        async with memory.begin() as work:
            await work.pushes.card_shown(push, drawn + 1)
            await work.pushes.card_shown(push, drawn)  # a slower drawing of an older state
        assert await memory.unfinished(NOW) == []

    async def test_no_slot_is_pushed_twice_to_a_team(self, memory: Memory) -> None:
        icu = replace(WARD, id="icu", channel="c-icu")
        async with memory.begin() as work:
            await settle(work, WARD, a_push("p1", slot="monday"))
            await work.teams.save(icu)
            assert not await work.pushes.add(a_push("p2", slot="monday"))
            assert await work.pushes.add(a_push("p3", icu, slot="monday"))
            assert await work.pushes.get(ROOM, "p2") is None

    async def test_whoever_moves_it_second_is_told(self, memory: Memory) -> None:
        async with memory.begin() as work:
            await settle(work, WARD, a_push())
            await work.pushes.save(a_push().claim(NOW), was=PushState.PLANNED)
        with pytest.raises(Stale):
            async with memory.begin() as work:
                await work.pushes.save(a_push().claim(NOW), was=PushState.PLANNED)

    async def test_of_two_who_take_over_a_dead_claim_one_is_told(self, memory: Memory) -> None:
        dead = a_push().claim(NOW - timedelta(hours=1))
        async with memory.begin() as work:
            await settle(work, WARD, a_push())
            await work.pushes.save(dead, was=PushState.PLANNED)
        taken = dead.claim(NOW)
        async with memory.begin() as work:
            await work.pushes.save(taken, was=PushState.POSTING)
        with pytest.raises(Stale):
            async with memory.begin() as work:
                await work.pushes.save(dead.claim(NOW + timedelta(seconds=1)), was=PushState.POSTING)

    async def test_a_worker_that_was_away_too_long_can_not_give_back_a_claim_that_is_no_longer_its_own(
        self, memory: Memory
    ) -> None:
        dead = a_push().claim(NOW - timedelta(hours=1))
        async with memory.begin() as work:
            await settle(work, WARD, a_push())
            await work.pushes.save(dead, was=PushState.PLANNED)
            await work.pushes.save(dead.claim(NOW), was=PushState.POSTING)
        with pytest.raises(Stale):
            async with memory.begin() as work:
                await work.pushes.save(dead.release(), was=PushState.POSTING)

    async def test_a_teams_pushes_come_newest_first(self, memory: Memory) -> None:
        days = [a_push(f"p{n}", opens_at=NOW + timedelta(days=n)) for n in range(4)]
        async with memory.begin() as work:
            await settle(work, WARD, *days)
            assert [push.id for push in await work.pushes.of_team(WARD, limit=3)] == ["p3", "p2", "p1"]

    async def test_a_posted_push_is_due_when_its_window_ends(self, memory: Memory) -> None:
        async with memory.begin() as work:
            await settle(work, WARD, a_push("p1"), a_push("p2"))
        posted = await post(memory, a_push("p1"))
        async with memory.read() as work:
            assert await work.pushes.due_to_close(posted.closes_at - timedelta(microseconds=1)) == []
            assert await work.pushes.due_to_close(posted.closes_at) == [posted]

    async def test_turnout_counts_people_by_their_first_attempt(self, memory: Memory) -> None:
        push = await _posted(memory, NINA, OMAR, PIA)
        async with memory.begin() as work:
            await _replied(work, "a1", NINA)
            await _replied(work, "a2", NINA, number=2)
            await _replied(work, "a9", PersonRef(ROOM, "somebody not invited"))
            skipped = an_attempt("a3", person=OMAR)
            await work.attempts.add(skipped)
            await work.attempts.save(skipped.skip(NOW), was=AttemptState.OPENED)
            await work.attempts.add(an_attempt("a4", person=PIA))
            assert await work.pushes.turnout(push) == Turnout(eligible=3, answered=1, skipped=1)

    async def test_nobody_invited_is_nobody_eligible(self, memory: Memory) -> None:
        push = await _posted(memory)
        async with memory.read() as work:
            assert await work.pushes.turnout(push) == Turnout(0, 0, 0)

    async def test_inviting_twice_changes_nothing(self, memory: Memory) -> None:
        push = await _posted(memory, NINA)
        async with memory.begin() as work:
            await work.pushes.invite(push, [Eligible("p1", "nina", Profession.CHAPLAIN)])
            assert await work.pushes.eligible(push) == [Eligible("p1", "nina", Profession.NURSE)]


class TestAttempts:
    async def test_an_attempt_comes_back_as_it_was_saved(self, memory: Memory) -> None:
        await _posted(memory, NINA)
        opened = an_attempt()
        tapped = opened.tap_before("call").tap_after("wait")
        replied = tapped.reply(NOW, Handle("token", NOW + timedelta(minutes=15)))
        async with memory.begin() as work:
            assert await work.attempts.add(opened)
            await work.attempts.save(tapped, was=AttemptState.OPENED)
            assert await work.attempts.get(ROOM, "a1") == tapped
            await work.attempts.save(replied, was=AttemptState.OPENED)
            assert await work.attempts.get(ROOM, "a1") == replied

    async def test_a_second_attempt_of_the_same_number_is_refused(self, memory: Memory) -> None:
        await _posted(memory, NINA)
        async with memory.begin() as work:
            assert await work.attempts.add(an_attempt("a1"))
            assert not await work.attempts.add(an_attempt("a2"))
            assert await work.attempts.get(ROOM, "a2") is None

    async def test_of_two_replies_at_once_one_is_told(self, memory: Memory) -> None:
        await _posted(memory, NINA)
        async with memory.begin() as work:
            await work.attempts.add(an_attempt())

        async def reply() -> bool:
            try:
                async with memory.begin() as work:
                    await work.attempts.save(an_attempt().reply(NOW, None), was=AttemptState.OPENED)
            except Stale:
                return False
            return True

        assert sorted(await asyncio.gather(reply(), reply())) == [False, True]

    async def test_the_first_tap_stays_when_two_race(self, memory: Memory) -> None:
        await _posted(memory, NINA)
        async with memory.begin() as work:
            await work.attempts.add(an_attempt())
            await work.attempts.save(an_attempt().tap_before("call"), was=AttemptState.OPENED)
        with pytest.raises(Stale):
            async with memory.begin() as work:
                await work.attempts.save(an_attempt().tap_before("wait"), was=AttemptState.OPENED)

    async def test_the_latest_and_the_newest_are_found(self, memory: Memory) -> None:
        push = await _posted(memory, NINA)
        later = replace(an_attempt("a2", number=2), opened_at=NOW + timedelta(hours=1))
        async with memory.begin() as work:
            await work.attempts.add(an_attempt("a1"))
            await work.attempts.add(later)
            assert await work.attempts.latest(push, NINA) == later
            assert await work.attempts.latest(push, OMAR) is None
            assert [one.id for one in await work.attempts.of_person(NINA)] == ["a2", "a1"]
            assert [one.id for one in await work.attempts.of_person(NINA, limit=1)] == ["a2"]

    async def test_words_come_back_letter_by_letter(self, memory: Memory) -> None:
        await _posted(memory, NINA)
        async with memory.begin() as work:
            await work.attempts.add(an_attempt())
            assert await work.attempts.words(ROOM, "a1") is None
            await work.attempts.keep_words(ROOM, a_reply())
        async with memory.read() as work:
            assert await work.attempts.words(ROOM, "a1") == a_reply()
            assert await work.attempts.words(ELSEWHERE, "a1") is None


class TestTime:
    async def test_a_moment_keeps_its_place_in_time_whatever_zone_it_came_in(self, memory: Memory) -> None:
        new_york = timezone(timedelta(hours=-5))
        push = a_push(opens_at=NOW.astimezone(new_york))
        async with memory.begin() as work:
            await settle(work, WARD, push)
        async with memory.read() as work:
            kept = await work.pushes.get(ROOM, "p1")
        assert kept is not None
        assert kept.opens_at == NOW
        assert kept.opens_at.utcoffset() == timedelta(0)

    async def test_a_moment_without_a_zone_is_refused(self, memory: Memory) -> None:
        with pytest.raises(Exception, match="no time zone"):
            async with memory.begin() as work:
                await settle(work, WARD, a_push(opens_at=NOW.replace(tzinfo=None)))


async def _posted(memory: Memory, *people: PersonRef) -> Push:
    async with memory.begin() as work:
        await settle(work, WARD, a_push())
    return await post(memory, a_push(), *people)


async def _replied(work: UnitOfWork, id_: str, person: PersonRef, *, number: int = 1) -> None:
    attempt = an_attempt(id_, person=person, number=number)
    assert await work.attempts.add(attempt)
    await work.attempts.save(attempt.reply(NOW, None), was=AttemptState.OPENED)

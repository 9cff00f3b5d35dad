"""A drill is posted once, whatever happens on the way, and its readers are written down."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from builders import a_drill_file, a_member, a_team
from fakes import FakeChat
from typing_extensions import override
from ward import Ward

from drills.attempt import Handle
from drills.chat.cards import Card
from drills.chat.plain import headline, plain
from drills.errors import CannotReach, OursToFix, ReadbackError, TryLater
from drills.evaluation import LEASE_S
from drills.journeys.close import close_due
from drills.journeys.push import plan
from drills.people import MessageRef, PersonRef, Place, Profession
from drills.ports import Job, Once, Retry, Way
from drills.push import PushState


async def test_the_card_opens_with_the_drill_banner_and_says_who_sees_what(ward: Ward) -> None:
    push = await ward.push()
    _, card = ward.chat.posts[f"push:{push.id}"]
    assert headline(card).startswith("DRILL – fictional patient")
    assert "0 of 6 answered" in plain(card)
    assert "stays private" in card.who_sees
    assert [button.intent.verb for button in card.buttons] == ["answer", "skip"]


async def test_only_members_of_a_fitting_profession_who_take_part_are_eligible(ward: Ward) -> None:
    async with ward.memory.begin() as work:
        await work.members.save(a_member("amara", ward.team).opt_out())
        await work.members.save(a_member("ines", ward.team).snooze(ward.clock() + timedelta(days=1)))
        await work.members.save(a_member("owen", ward.team).snooze(ward.clock() - timedelta(days=1)))
    push = await ward.push()
    async with ward.memory.read() as work:
        eligible = await work.pushes.eligible(push)
    assert {one.user for one in eligible} == {"kai", "tomasz", "grace", "owen"}
    assert {one.profession for one in eligible} == {Profession.NURSE}


async def test_the_same_slot_is_never_pushed_twice(ward: Ward) -> None:
    await ward.push(slot="2026-11-24T14:00")
    file = a_drill_file()
    again = await plan(
        ward.tools,
        ward.team,
        file.drill(),
        file.source,
        campaign="test",
        slot="2026-11-24T14:00",
        opens_at=ward.clock(),
    )
    assert again is None
    await ward.work()
    assert len(ward.chat.posts) == 1


async def test_a_post_that_must_wait_is_tried_again_and_looks_first(ward: Ward) -> None:
    ward.chat.troubles = [TryLater("rate limited", retry_after=7)]
    file = a_drill_file()
    push = await plan(
        ward.tools, ward.team, file.drill(), file.source, campaign="test", slot="1", opens_at=ward.clock()
    )
    assert push is not None
    job = Job("post", ward.team.workspace, push.id)
    retry = await ward.worker(job)
    assert retry is not None
    assert retry.after == 7
    await ward.worker(job)
    assert [once.again for once in ward.chat.calls] == [False, True]
    assert len(ward.chat.posts) == 1


async def test_a_claim_of_a_dead_worker_is_taken_over_only_after_its_lease(ward: Ward) -> None:
    file = a_drill_file()
    push = await plan(
        ward.tools, ward.team, file.drill(), file.source, campaign="test", slot="1", opens_at=ward.clock()
    )
    assert push is not None
    async with ward.memory.begin() as work:
        await work.pushes.save(push.claim(ward.clock()), was=PushState.PLANNED)
    job = Job("post", ward.team.workspace, push.id)
    await ward.worker(job)
    assert ward.chat.posts == {}
    ward.clock.pass_by(seconds=LEASE_S + 1)
    await ward.work()
    assert list(ward.chat.posts) == [f"push:{push.id}"]
    assert ward.chat.calls[-1].again


async def test_a_channel_that_cannot_be_reached_ends_the_push_and_tells_the_operator(ward: Ward) -> None:
    ward.chat.troubles = [CannotReach("not in channel")]
    file = a_drill_file()
    push = await plan(
        ward.tools, ward.team, file.drill(), file.source, campaign="test", slot="1", opens_at=ward.clock()
    )
    assert push is not None
    try:
        await ward.worker(Job("post", ward.team.workspace, push.id))
        raise AssertionError("the operator was not told")
    except CannotReach:
        pass
    async with ward.memory.read() as work:
        kept = await work.pushes.get(ward.team.workspace, push.id)
    assert kept is not None
    assert kept.state is PushState.FAILED


async def test_a_push_of_the_future_waits_for_its_time(ward: Ward) -> None:
    file = a_drill_file()
    push = await plan(
        ward.tools,
        ward.team,
        file.drill(),
        file.source,
        campaign="test",
        slot="1",
        opens_at=ward.clock() + timedelta(hours=2),
    )
    assert push is not None
    await ward.worker(Job("post", ward.team.workspace, push.id))
    assert ward.chat.posts == {}
    ward.clock.pass_by(hours=2)
    await ward.work()
    assert len(ward.chat.posts) == 1


async def test_two_teams_never_see_each_others_pushes(ward: Ward) -> None:
    other = a_team("micu")
    async with ward.memory.begin() as work:
        await work.teams.save(other)
    await ward.push()
    async with ward.memory.read() as work:
        assert await work.pushes.of_team(other) == []


async def test_a_card_that_lags_behind_is_found_again_until_it_was_drawn(ward: Ward) -> None:
    push = await ward.push()
    assert await _to_draw(ward) == []
    await ward.press("skip", push.id)
    assert await _to_draw(ward) == [push.id]
    ward.chat.troubles_revising = [TryLater("slow", retry_after=7)]
    assert await ward.work() == [Retry(7)]
    assert await _to_draw(ward) == [push.id]
    await ward.work()
    assert await _to_draw(ward) == []


async def test_the_reveal_comes_even_if_the_program_died_when_the_window_closed(ward: Ward) -> None:
    push = await ward.push()
    ward.clock.pass_by(hours=73)
    await close_due(ward.tools, ward.clock())  # its job is lost with the process: nothing but the row is left
    await ward.work()
    ref, card = ward.chat.revisions[-1]
    assert ref.id == f"push:{push.id}"
    assert "One good answer, not the only one" in plain(card)


@pytest.mark.parametrize("trouble", [CannotReach("gone"), OursToFix("invalid_blocks")])
async def test_a_card_that_can_never_be_drawn_is_not_tried_for_ever(ward: Ward, trouble: ReadbackError) -> None:
    push = await ward.push()
    await ward.press("skip", push.id)
    ward.chat.troubles_revising = [trouble]
    with suppress(OursToFix):
        await ward.worker(Job("refresh", ward.team.workspace, push.id))
    assert await _to_draw(ward) == []


async def _to_draw(ward: Ward) -> list[str]:
    return [job.key for job in await ward.memory.unfinished(ward.clock()) if job.kind == "refresh"]


@dataclass
class HastyReaders(FakeChat):
    """The channel shows the card, and somebody answers it, before the platform tells us that it stands there."""

    ward: Ward | None = None
    delivered: asyncio.Event = field(default_factory=asyncio.Event)
    drawn: asyncio.Event = field(default_factory=asyncio.Event)

    @override
    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        message = await super().post(place, card, once)
        assert self.ward
        push_id = once.key.removeprefix("push:")
        await self.ward.submit(await self.ward.press("answer", push_id), words="Please come and look at him now.")
        await self.delivered.wait()  # by then the redraw that the reply asked for has come and gone
        return message

    @override
    async def tell(
        self,
        person: PersonRef,
        near: Place,
        card: Card,
        once: Once,
        handle: Handle | None = None,
        *,
        keep: bool = False,
    ) -> Way:
        way = await super().tell(person, near, card, once, handle, keep=keep)
        self.delivered.set()
        return way

    @override
    async def revise(self, message: MessageRef, card: Card) -> None:
        await super().revise(message, card)
        if "1 of 6 answered" in plain(card):
            self.drawn.set()


async def test_an_answer_that_is_quicker_than_the_post_shows_on_the_card(ward: Ward) -> None:
    """No sweep runs here: what is drawn was asked for by the row that came late."""
    ward.chat = chat = HastyReaders(ward=ward)
    file = a_drill_file()
    serving = asyncio.create_task(ward.memory.jobs.run(ward.worker))
    try:
        await plan(ward.tools, ward.team, file.drill(), file.source, campaign="test", slot="1", opens_at=ward.clock())
        await asyncio.wait_for(chat.drawn.wait(), 10)
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving

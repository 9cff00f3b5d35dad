"""What every memory promises of reviews by people, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from contracts.remembered import (
    AN_OUTCOME,
    ELSEWHERE,
    NINA,
    NOW,
    OMAR,
    PIA,
    ROOM,
    WARD,
    a_judgement,
    a_push,
    answer,
    post,
    settle,
)

from drills.errors import Stale
from drills.evaluation import Band, EvaluationState
from drills.judging.person import before
from drills.people import PersonRef, Team
from drills.ports import Job, Memory
from drills.review import Before, Review, ReviewState, Ruling
from drills.rubric import Level
from storage.memory import SqlMemory
from storage.tables import replies

HOUR = timedelta(hours=1)
EAST = Team(ROOM, "4e", "4 East", "c-4e", "America/New_York")
BEFORE = Before({"headline": Level.MET, "numbers": Level.NOT_YET}, ("delay",), Band.NEARLY)


@pytest.fixture
async def asked(memory: SqlMemory) -> SqlMemory:
    """Nina's and Omar's replies are judged and delivered; each asked for a person, Omar an hour later."""
    await _delivered(memory, "a1", NINA)
    await _delivered(memory, "a2", OMAR)
    async with memory.begin() as work:
        assert await work.reviews.ask(_review("a2", asked=HOUR))
        assert await work.reviews.ask(_review("a1"))
    return memory


async def test_a_review_comes_back_as_it_was_saved(asked: Memory) -> None:
    settled = _review("a1").settle("pia", NOW + HOUR, BEFORE)
    async with asked.begin() as work:
        assert await work.reviews.get(ROOM, "a1") == _review("a1")
        await work.reviews.save(settled, was=ReviewState.OPEN)
    async with asked.read() as work:
        assert await work.reviews.get(ROOM, "a1") == settled
        assert await work.reviews.get(ELSEWHERE, "a1") is None
        assert await work.reviews.get(ROOM, "a3") is None


async def test_asking_twice_changes_nothing(asked: Memory) -> None:
    async with asked.begin() as work:
        assert not await work.reviews.ask(_review("a1", asked=HOUR))
        assert await work.reviews.get(ROOM, "a1") == _review("a1")


async def test_the_oldest_comes_first_and_nobody_finds_their_own(asked: Memory) -> None:
    assert await _open(asked, PIA) == ["a1", "a2"]
    assert await _open(asked, NINA) == ["a2"]
    assert await _open(asked, PIA, EAST) == []


async def test_what_is_settled_or_erased_or_still_on_its_way_is_not_open(asked: SqlMemory) -> None:
    async with asked.begin() as work:
        await work.reviews.save(_review("a1").settle("pia", NOW, BEFORE), was=ReviewState.OPEN)
    assert await _open(asked, PIA) == ["a2"]
    async with asked.begin() as work:
        delivered = await work.evaluations.get(ROOM, "a2")
        assert delivered is not None
        await work.evaluations.save(replace(delivered, state=EvaluationState.READY), was=EvaluationState.DONE)
    assert await _open(asked, PIA) == []
    async with asked.begin() as work:
        await work.evaluations.save(delivered, was=EvaluationState.READY)
        await work.connection.execute(sa.delete(replies).where(replies.c.attempt == "a2"))
    assert await _open(asked, PIA) == []


async def test_results_set_aside_without_consent_are_a_count_only(asked: Memory) -> None:
    await _delivered(asked, "a3", PIA, contested=True)
    await _delivered(asked, "a4", PersonRef(ROOM, "quinn"))
    async with asked.read() as work:
        assert await work.reviews.not_asked(WARD) == 1
        assert await work.reviews.not_asked(EAST) == 0
        assert [review.evaluation for review in await work.reviews.open(WARD, NINA)] == ["a2"]


async def test_a_ruling_takes_the_place_of_the_earlier_one_until_it_is_final(asked: Memory) -> None:
    review = _review("a1")
    async with asked.begin() as work:
        await work.reviews.rule(review, PIA, 1, Ruling("numbers", Level.PARTIAL), NOW)
        await work.reviews.rule(review, PIA, 0, Ruling("headline", Level.NOT_YET), NOW)
        await work.reviews.rule(review, PIA, 0, Ruling("headline", Level.MET), NOW + HOUR)
        assert await work.reviews.rulings(review, PIA) == {
            0: Ruling("headline", Level.MET),
            1: Ruling("numbers", Level.PARTIAL),
        }
        await work.reviews.close_rulings(review, PIA)
        await work.reviews.rule(review, PIA, 0, Ruling("headline", Level.NOT_YET), NOW + HOUR)
    async with asked.read() as work:
        assert (await work.reviews.rulings(review, PIA))[0] == Ruling("headline", Level.MET, final=True)


async def test_rulings_belong_to_one_reviewer_of_one_reply(asked: Memory) -> None:
    async with asked.begin() as work:
        await work.reviews.rule(_review("a1"), PIA, 0, Ruling("headline", Level.MET), NOW)
        await work.reviews.rule(_review("a1"), OMAR, 0, Ruling("headline", Level.NOT_YET), NOW)
        await work.reviews.close_rulings(_review("a1"), OMAR)
    async with asked.read() as work:
        assert await work.reviews.rulings(_review("a1"), PIA) == {0: Ruling("headline", Level.MET)}
        assert await work.reviews.rulings(_review("a2"), PIA) == {}


async def test_the_writers_reason_is_there_while_they_hold_it_unfair(asked: Memory) -> None:
    async with asked.begin() as work:
        assert await work.reviews.reason(_review("a1")) == ""
        await work.evaluations.comment(ROOM, "a1", fair=False, words="I did say the time.", at=NOW)
        assert await work.reviews.reason(_review("a1")) == "I did say the time."
        assert await work.reviews.reason(_review("a2")) == ""
        await work.evaluations.comment(ROOM, "a1", fair=True, words="", at=NOW + HOUR)
        assert await work.reviews.reason(_review("a1")) == ""


async def test_of_two_who_settle_at_once_the_later_one_is_stale(asked: Memory) -> None:
    async def confirm(reviewer: str) -> str:
        try:
            async with asked.begin() as work:
                await work.reviews.save(_review("a1").settle(reviewer, NOW, BEFORE), was=ReviewState.OPEN)
        except Stale:
            return "stale"
        return reviewer

    first, second = await asyncio.gather(confirm("pia"), confirm("omar"))
    assert [first, second].count("stale") == 1
    async with asked.read() as work:
        review = await work.reviews.get(ROOM, "a1")
    assert review is not None
    assert review.reviewer in {first, second}


async def test_a_settled_review_wants_its_writer_told_until_that_is_done(asked: Memory) -> None:
    job = Job("reviewed", ROOM, "a1")
    settled = _review("a1").settle("pia", NOW, BEFORE)
    assert job not in await asked.unfinished(NOW)
    async with asked.begin() as work:
        await work.reviews.save(settled, was=ReviewState.OPEN)
    assert job in await asked.unfinished(NOW)
    telling = settled.claim(NOW)
    async with asked.begin() as work:
        await work.reviews.save(telling, was=ReviewState.SETTLED)
    assert job not in await asked.unfinished(NOW + timedelta(seconds=30))
    assert job in await asked.unfinished(NOW + timedelta(seconds=61))
    async with asked.begin() as work:
        await work.reviews.save(telling.told(), was=ReviewState.TELLING)
    assert job not in await asked.unfinished(NOW + HOUR)


async def test_a_dead_claim_is_taken_over_by_one_and_lost_to_its_first_owner(asked: Memory) -> None:
    settled = _review("a1").settle("pia", NOW, BEFORE)
    mine = settled.claim(NOW)
    theirs = mine.claim(NOW + HOUR)
    async with asked.begin() as work:
        await work.reviews.save(settled, was=ReviewState.OPEN)
        await work.reviews.save(mine, was=ReviewState.SETTLED)
        await work.reviews.save(theirs, was=ReviewState.TELLING)
    for late in (mine.claim(NOW + 2 * HOUR), mine.told()):
        with pytest.raises(Stale):
            async with asked.begin() as work:
                await work.reviews.save(late, was=ReviewState.TELLING)
    async with asked.begin() as work:
        await work.reviews.save(theirs.told(), was=ReviewState.TELLING)


async def test_the_ledger_finds_what_was_said_of_one_reply(asked: Memory) -> None:
    async with asked.begin() as work:
        for n, (what, evaluation) in enumerate(
            [("evaluation", "a1"), ("evaluation", "a10"), ("reviewed", "a1"), ("roles", "")]
        ):
            await work.ledger.append(ROOM, NOW, {"what": what, "n": n, "evaluation": evaluation})
        await work.ledger.append(ELSEWHERE, NOW, {"what": "evaluation", "evaluation": "a1"})
        about = await work.ledger.about(ROOM, "a1")
        assert [entry.body["what"] for entry in about] == ["evaluation", "reviewed"]
        assert await work.ledger.about(ROOM, "a_") == []


def test_what_had_been_said_names_levels_flags_and_band() -> None:
    was = before(a_judgement(), AN_OUTCOME)
    assert was.levels == {"headline": Level.MET, "numbers": Level.NOT_YET, "background": Level.CANNOT_JUDGE}
    assert (was.red_flags, was.band) == (("delay",), Band.NEARLY)


def _review(evaluation: str, *, asked: timedelta = timedelta()) -> Review:
    return Review(ROOM, evaluation, NOW + asked)


async def _open(memory: Memory, reviewer: PersonRef, team: Team = WARD) -> list[str]:
    async with memory.read() as work:
        return [review.evaluation for review in await work.reviews.open(team, reviewer)]


async def _delivered(memory: Memory, id_: str, person: PersonRef, *, contested: bool = False) -> None:
    push = a_push(f"p-{id_}")
    async with memory.begin() as work:
        await settle(work, WARD, push)
    await post(memory, push, person)
    ready = await answer(memory, id_, push.id, person)
    posting = replace(ready, contested=contested).claim(NOW)
    async with memory.begin() as work:
        await work.evaluations.save(posting, was=EvaluationState.READY)
        await work.evaluations.save(posting.delivered("room"), was=EvaluationState.POSTING)

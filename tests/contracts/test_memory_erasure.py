"""What every memory promises when a person's words are erased: the words go, the counts stay, others keep theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from contracts.remembered import (
    A_CARD,
    CHANNEL,
    NINA,
    NOW,
    OMAR,
    ROOM,
    WARD,
    a_judgement,
    a_push,
    a_reply,
    an_attempt,
    an_evaluation,
    answer,
    post,
    settle,
)

from drills.attempt import AttemptState, Handle
from drills.errors import Stale
from drills.evaluation import Evaluation, EvaluationState
from drills.ports import Memory, Once
from storage.memory import SqlMemory
from storage.tables import attempts, fairness


async def test_replies_go_with_their_salts_and_the_attempts_stay(memory: Memory) -> None:
    await _both_answered(memory)
    async with memory.begin() as work:
        assert await work.attempts.erase_words(NINA) == 1
        assert await work.attempts.erase_words(NINA) == 0
    async with memory.read() as work:
        assert await work.attempts.words(ROOM, "a1") is None
        assert await work.attempts.words(ROOM, "a2") == a_reply("a2")
        (attempt,) = await work.attempts.of_person(NINA)
    assert attempt.state is AttemptState.REPLIED


async def test_a_handle_that_could_still_reach_the_person_goes_too(memory: SqlMemory) -> None:
    async with memory.begin() as work:
        await settle(work, WARD, a_push())
        opened = an_attempt()
        await work.attempts.add(opened)
        await work.attempts.save(opened.reply(NOW, Handle("token", NOW)), was=AttemptState.OPENED)
        await work.attempts.erase_words(NINA)
    async with memory.read() as work:
        assert (await work.connection.execute(sa.select(attempts.c.handle, attempts.c.handle_until))).all() == [
            (None, None)
        ]


async def test_quotes_notes_comments_and_ticks_go_and_what_was_found_stays(memory: SqlMemory) -> None:
    await _both_answered(memory)
    async with memory.begin() as work:
        for id_ in ("a1", "a2"):
            await work.evaluations.comment(ROOM, id_, False, "I said so", NOW)
            await work.ticks.put(ROOM, id_, "numbers", NOW)
        before, others = await work.evaluations.get(ROOM, "a1"), await work.evaluations.get(ROOM, "a2")
        await work.evaluations.erase_words(NINA)
    async with memory.read() as work:
        after = await work.evaluations.get(ROOM, "a1")
        assert await work.evaluations.get(ROOM, "a2") == others
        assert await work.ticks.of(ROOM, "a1") == set()
        assert await work.ticks.of(ROOM, "a2") == {"numbers"}
        said = await work.connection.execute(sa.select(fairness.c.evaluation, fairness.c.fair, fairness.c.words))
        assert sorted(said.all()) == [("a1", False, ""), ("a2", False, "I said so")]
    assert before is not None
    assert after is not None
    assert before.judgement is not None
    assert after.outcome == before.outcome
    assert after.judgement == replace(
        before.judgement,
        verdicts=tuple(replace(verdict, quote="", note="") for verdict in before.judgement.verdicts),
        red_flags=tuple(replace(flag, quote="") for flag in before.judgement.red_flags),
    )


async def test_whoever_read_feedback_before_it_was_erased_can_write_no_quote_back(memory: Memory) -> None:
    at_work = await _on_its_way(memory, EvaluationState.DONE)
    async with memory.begin() as work:
        await work.evaluations.erase_words(NINA)
    with pytest.raises(Stale):
        async with memory.begin() as work:
            await work.evaluations.save(at_work.contest(), was=EvaluationState.DONE)
    async with memory.begin() as work:
        now = await work.evaluations.get(ROOM, "a1")
        assert now is not None
        await work.evaluations.save(now.contest(), was=EvaluationState.DONE)
    async with memory.read() as work:
        kept = await work.evaluations.get(ROOM, "a1")
    assert kept is not None
    assert kept.contested
    assert kept.judgement is not None
    assert all(not verdict.quote for verdict in kept.judgement.verdicts)


@pytest.mark.parametrize("state", [EvaluationState.RECEIVED, EvaluationState.READY, EvaluationState.POSTING])
async def test_what_was_on_its_way_is_stopped_and_whoever_works_on_it_is_stale(
    memory: Memory, state: EvaluationState
) -> None:
    at_work = await _on_its_way(memory, state)
    async with memory.begin() as work:
        await work.evaluations.erase_words(NINA)
    with pytest.raises(Stale):
        async with memory.begin() as work:
            await work.evaluations.save(_next(at_work), was=state)
    async with memory.read() as work:
        kept = await work.evaluations.get(ROOM, "a1")
    assert kept is not None
    assert kept.state is EvaluationState.FAILED
    assert all(not verdict.quote for verdict in (kept.judgement.verdicts if kept.judgement else ()))
    assert [job for job in await memory.unfinished(NOW.replace(year=2027)) if job.key == "a1"] == []


async def test_the_rooms_messages_for_one_person_go(memory: Memory) -> None:
    async with memory.begin() as work:
        await work.teams.save(WARD)
        for to in ("nina", "omar", None):
            await work.messages.put(CHANNEL, to, A_CARD, Once(f"to {to}"), NOW)
        await work.messages.erase(NINA)
    async with memory.read() as work:
        assert [m.to for m in await work.messages.seen_by(NINA, CHANNEL)] == [None]
        assert [m.to for m in await work.messages.seen_by(OMAR, CHANNEL)] == ["omar", None]


async def _both_answered(memory: Memory) -> None:
    push = a_push()
    async with memory.begin() as work:
        await settle(work, WARD, push)
    await post(memory, push, NINA, OMAR)
    for id_, person in (("a1", NINA), ("a2", OMAR)):
        await answer(memory, id_, push.id, person)


async def _on_its_way(memory: Memory, state: EvaluationState) -> Evaluation:
    evaluation = an_evaluation()
    async with memory.begin() as work:
        await settle(work, WARD, a_push())
        await work.attempts.add(an_attempt())
        await work.attempts.keep_words(ROOM, a_reply())
        await work.evaluations.add(evaluation)
        while evaluation.state is not state:
            was, evaluation = evaluation.state, _next(evaluation)
            await work.evaluations.save(evaluation, was=was)
    return evaluation


def _next(evaluation: Evaluation) -> Evaluation:
    """One step further on its way."""
    if evaluation.state is EvaluationState.RECEIVED:
        return replace(evaluation, state=EvaluationState.READY, judgement=a_judgement())
    return evaluation.claim(NOW) if evaluation.state is EvaluationState.READY else evaluation.delivered("room")

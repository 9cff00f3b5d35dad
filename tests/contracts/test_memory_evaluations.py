"""What every memory promises of judged replies and of the board's figures, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
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
    an_attempt,
    an_evaluation,
    answer,
    post,
    settle,
    the_drill,
)

from drills.attempt import AttemptState
from drills.board import DrillRecord, PersonRecord, TeamRecord
from drills.errors import Stale
from drills.evaluation import LEASE_S, Evaluation, EvaluationState, Judgement, Outcome, Unscored
from drills.people import Team
from drills.ports import Job, Memory
from drills.push import PushState
from storage.memory import SqlMemory
from storage.tables import fairness, verdicts

DAY = timedelta(days=1)


class TestEvaluations:
    async def test_a_judged_reply_comes_back_as_it_was_saved(self, memory: Memory) -> None:
        received = await _received(memory)
        judged = received.judged(a_judgement(), AN_OUTCOME)
        done = judged.claim(NOW).delivered("ephemeral")
        async with memory.begin() as work:
            assert await work.evaluations.get(ROOM, "a1") == received
            await work.evaluations.save(judged, was=EvaluationState.RECEIVED)
            assert await work.evaluations.get(ROOM, "a1") == judged
            await work.evaluations.save(judged.claim(NOW), was=EvaluationState.READY)
            await work.evaluations.save(done, was=EvaluationState.POSTING)
        async with memory.read() as work:
            assert await work.evaluations.get(ROOM, "a1") == done
            assert await work.evaluations.get(ELSEWHERE, "a1") is None

    async def test_practice_feedback_has_neither_score_nor_band(self, memory: Memory) -> None:
        received = await _received(memory)
        practice = received.judged(a_judgement(practice=True), Outcome(None, None))
        async with memory.begin() as work:
            await work.evaluations.save(practice, was=EvaluationState.RECEIVED)
        async with memory.read() as work:
            assert await work.evaluations.get(ROOM, "a1") == practice

    async def test_a_reply_that_could_not_be_scored_says_why(self, memory: Memory) -> None:
        received = await _received(memory)
        unscored = received.not_scored(Unscored.REFUSAL)
        async with memory.begin() as work:
            await work.evaluations.save(unscored, was=EvaluationState.RECEIVED)
            assert await work.evaluations.get(ROOM, "a1") == unscored

    async def test_a_second_judgement_takes_the_place_of_the_first(self, memory: SqlMemory) -> None:
        received = await _received(memory)
        first = received.judged(a_judgement(), AN_OUTCOME)
        shorter = Judgement(a_judgement().verdicts[:1], (), a_judgement().provenance)
        again = replace(first, judgement=shorter)
        async with memory.begin() as work:
            await work.evaluations.save(first, was=EvaluationState.RECEIVED)
            await work.evaluations.save(again, was=EvaluationState.READY)
            assert await work.evaluations.get(ROOM, "a1") == again
            assert len((await work.connection.execute(verdicts.select())).all()) == 1

    async def test_two_workers_judge_one_reply_and_one_verdict_stands(self, memory: Memory) -> None:
        received = await _received(memory)

        async def judge(score: float) -> float | None:
            judged = received.judged(a_judgement(), Outcome(score, None))
            try:
                async with memory.begin() as work:
                    await work.evaluations.save(judged, was=EvaluationState.RECEIVED)
            except Stale:
                return None
            return score

        stood = [score for score in await asyncio.gather(judge(0.25), judge(0.75)) if score is not None]
        async with memory.read() as work:
            kept = await work.evaluations.get(ROOM, "a1")
        assert kept is not None
        assert kept.outcome is not None
        assert stood == [kept.outcome.score]

    async def test_a_contest_is_not_taken_back_by_a_worker_with_an_older_copy(self, memory: Memory) -> None:
        judged = (await _received(memory)).judged(a_judgement(), AN_OUTCOME)
        posting = judged.claim(NOW)
        async with memory.begin() as work:
            await work.evaluations.save(judged, was=EvaluationState.RECEIVED)
            await work.evaluations.save(posting, was=EvaluationState.READY)
        async with memory.begin() as work:
            await work.evaluations.save(posting.contest(), was=EvaluationState.POSTING)
        async with memory.begin() as work:
            await work.evaluations.save(posting.delivered("direct"), was=EvaluationState.POSTING)
            kept = await work.evaluations.get(ROOM, "a1")
        assert kept == replace(posting.delivered("direct"), contested=True)

    async def test_of_two_who_take_over_a_dead_claim_one_is_told(self, memory: Memory) -> None:
        judged = (await _received(memory)).judged(a_judgement(), AN_OUTCOME)
        dead = judged.claim(NOW - DAY)
        async with memory.begin() as work:
            await work.evaluations.save(judged, was=EvaluationState.RECEIVED)
            await work.evaluations.save(dead, was=EvaluationState.READY)
            await work.evaluations.save(dead.claim(NOW), was=EvaluationState.POSTING)
        late = dead.claim(NOW + timedelta(milliseconds=3))
        for move in (late, dead.delivered("direct"), dead.release()):
            with pytest.raises(Stale):
                async with memory.begin() as work:
                    await work.evaluations.save(move, was=EvaluationState.POSTING)

    async def test_the_newest_answer_to_was_this_fair_holds(self, memory: SqlMemory) -> None:
        await _received(memory)
        async with memory.begin() as work:
            await work.evaluations.comment(ROOM, "a1", fair=False, words="I did say the time.", at=NOW)
            await work.evaluations.comment(ROOM, "a1", fair=True, words="", at=NOW + DAY)
            rows = (await work.connection.execute(fairness.select())).all()
        assert [(row.fair, row.words, row.at) for row in rows] == [(True, "", NOW + DAY)]


class TestUnfinished:
    async def test_every_row_that_still_wants_something_is_found(self, memory: Memory) -> None:
        await _stream(memory)
        assert await memory.unfinished(NOW) == [
            Job("post", ROOM, "planned"),
            Job("judge", ROOM, "a-received"),
            Job("deliver", ROOM, "a-ready"),
        ]

    async def test_a_claim_is_taken_up_again_after_its_lease_and_not_before(self, memory: Memory) -> None:
        await _stream(memory)
        lease = timedelta(seconds=LEASE_S)
        assert len(await memory.unfinished(NOW + lease)) == 3
        late = await memory.unfinished(NOW + lease + timedelta(milliseconds=1))
        assert {Job("post", ROOM, "posting"), Job("deliver", ROOM, "a-posting")} <= set(late)
        assert len(late) == 5

    async def test_a_push_that_opens_later_is_not_late(self, memory: Memory) -> None:
        await _stream(memory)
        assert Job("post", ROOM, "tomorrow") not in await memory.unfinished(NOW)
        assert Job("post", ROOM, "tomorrow") in await memory.unfinished(NOW + DAY)


class TestBoards:
    async def test_each_eligible_person_has_a_line_for_each_push(self, memory: Memory) -> None:
        await _week(memory)
        await answer(memory, "a1", "p1", NINA)
        records = await _records(memory)
        drill = the_drill()
        line = DrillRecord(
            push="p1",
            drill=f"{drill.id}@{drill.version}",
            kind="sbar",
            opened_at=NOW,
            answered=True,
            answered_at=NOW + timedelta(minutes=4),
            score=0.6875,
            closes_at=NOW + timedelta(hours=72),
        )
        unanswered = replace(line, answered=False, answered_at=None, score=None)
        second = replace(unanswered, push="p2", opened_at=NOW + DAY, closes_at=NOW + DAY + timedelta(hours=72))
        assert records == [
            TeamRecord(
                WARD,
                (PersonRecord(NINA, (line, second)), PersonRecord(OMAR, (unanswered,)), PersonRecord(PIA, (second,))),
            )
        ]

    async def test_a_second_attempt_counts_for_nothing(self, memory: Memory) -> None:
        await _week(memory)
        await answer(memory, "a1", "p1", NINA, outcome=Outcome(0.25, None))
        await answer(memory, "a2", "p1", NINA, number=2, outcome=Outcome(1.0, None))
        assert _scores(await _records(memory)) == [0.25]

    async def test_practice_and_contested_replies_count_as_answered_and_have_no_score(self, memory: Memory) -> None:
        await _week(memory)
        await answer(memory, "a1", "p1", NINA, practice=True)
        contested = await answer(memory, "a2", "p1", OMAR)
        async with memory.begin() as work:
            await work.evaluations.save(contested.contest(), was=EvaluationState.READY)
        records = await _records(memory)
        assert _scores(records) == []
        assert [drill.answered for person in records[0].people for drill in person.drills] == [True, False, True, False]

    async def test_a_reply_that_is_skipped_or_not_yet_judged_has_no_score(self, memory: Memory) -> None:
        await _week(memory)
        async with memory.begin() as work:
            for id_, person in (("a1", NINA), ("a2", OMAR)):
                await work.attempts.add(an_attempt(id_, person=person))
            await work.attempts.save(an_attempt("a1").skip(NOW), was=AttemptState.OPENED)
            await work.attempts.save(an_attempt("a2", person=OMAR).reply(NOW, None), was=AttemptState.OPENED)
        nina, omar, _ = (await _records(memory))[0].people
        assert [nina.drills[0].answered, omar.drills[0].answered] == [False, True]
        assert omar.drills[0].score is None

    async def test_the_period_is_half_open(self, memory: Memory) -> None:
        await _week(memory)
        async with memory.read() as work:
            first = await work.boards.records(ROOM, NOW, NOW + DAY)
            later = await work.boards.records(ROOM, NOW + timedelta(microseconds=1), NOW + 2 * DAY)
        assert {drill.push for person in first[0].people for drill in person.drills} == {"p1"}
        assert {drill.push for person in later[0].people for drill in person.drills} == {"p2"}

    async def test_a_team_that_had_no_push_is_there_with_nobody(self, memory: Memory) -> None:
        icu = replace(WARD, id="icu", name="ICU", channel="c-icu")
        await _week(memory)
        async with memory.begin() as work:
            await work.teams.save(icu)
            await work.teams.save(replace(icu, workspace=ELSEWHERE))
        assert [(record.team.id, len(record.people)) for record in await _records(memory)] == [("4w", 3), ("icu", 0)]

    async def test_a_push_that_never_reached_its_channel_is_left_out(self, memory: Memory) -> None:
        async with memory.begin() as work:
            await settle(work, WARD, a_push("p1"))
            await work.pushes.save(a_push("p1").fail(), was=PushState.PLANNED)
        assert await _records(memory) == [TeamRecord(WARD, ())]


async def _received(memory: Memory) -> Evaluation:
    async with memory.begin() as work:
        await settle(work, WARD, a_push())
        await work.attempts.add(an_attempt())
        await work.evaluations.add(an_evaluation())
        await work.evaluations.add(replace(an_evaluation(), tries=3))  # a second time changes nothing
    return an_evaluation()


async def _week(memory: Memory, team: Team = WARD) -> None:
    """Two pushes: Nina is meant by both, Omar by the first, Pia by the second."""
    first, second = a_push("p1", team), a_push("p2", team, opens_at=NOW + DAY)
    async with memory.begin() as work:
        await settle(work, team, first, second)
    await post(memory, first, NINA, OMAR)
    await post(memory, second, NINA, PIA)


async def _stream(memory: Memory) -> None:
    """Rows in every state, those that wait and those that are done; claims are from NOW."""
    states = ("planned", "posting", "posted", "failed", "tomorrow")
    rows = {state: a_push(state, opens_at=NOW + DAY if state == "tomorrow" else NOW) for state in states}
    async with memory.begin() as work:
        await settle(work, WARD, *rows.values())
        await work.pushes.save(rows["posting"].claim(NOW), was=PushState.PLANNED)
        await work.pushes.save(rows["failed"].fail(), was=PushState.PLANNED)
    await post(memory, rows["posted"])
    for number, state in enumerate(("received", "ready", "posting", "done"), 1):
        await _evaluation_in(memory, EvaluationState(state), number)


async def _evaluation_in(memory: Memory, state: EvaluationState, number: int) -> None:
    id_ = f"a-{state.value}"
    row = replace(an_evaluation(id_, "posted"), state=state)
    if state is EvaluationState.POSTING:
        row = replace(row, claimed_at=NOW, tries=1)
    async with memory.begin() as work:
        await work.attempts.add(an_attempt(id_, "posted", number=number))
        await work.evaluations.add(row)


async def _records(memory: Memory) -> list[TeamRecord]:
    async with memory.read() as work:
        return list(await work.boards.records(ROOM, NOW - DAY, NOW + 7 * DAY))


def _scores(records: list[TeamRecord]) -> list[float]:
    drills = [drill for record in records for person in record.people for drill in person.drills]
    return [drill.score for drill in drills if drill.score is not None]

"""The main job: Answer, words, private feedback that quotes them, and a channel card that moves."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from fakes import all_met
from ward import Ward

from drills.attempt import AttemptState
from drills.chat.cards import Card, FieldErrors, Form, Marked, TextField
from drills.chat.plain import plain
from drills.errors import CannotReach, JudgeUnavailable, JudgeUnusable, OursToFix, TryLater
from drills.evaluation import LEASE_S, MAX_TRIES, EvaluationState, RaisedFlag, Unscored
from drills.ports import Case, Job
from drills.rubric import Level
from storage.tables import replies

WORDS = "Dr. Lark, this is Kai on 5 South about Mr. Voss. He is much sicker since ten, please come now."


async def test_a_nurse_answers_and_gets_feedback_that_quotes_her_own_words(ward: Ward) -> None:
    push = await ward.push()
    form = await ward.press("answer", push.id)
    assert isinstance(form, Form)
    assert form.banner == "DRILL – fictional patient"

    answer = await ward.submit(form, words=WORDS)
    assert isinstance(answer.show, Card)
    assert "Reading your reply" in answer.show.title
    await ward.work()

    (card,) = ward.told()
    assert "You said" not in WORDS
    assert "Dr. Lark, this is" in plain(card)
    assert any(isinstance(block, Marked) and block.text == WORDS and block.spans for block in card.blocks)
    assert "Only you see your reply" in card.who_sees
    assert "can be wrong" in plain(card)


async def test_the_channel_card_counts_people_and_never_names_them(ward: Ward) -> None:
    push = await ward.push()
    for user in ("kai", "amara", "lena"):  # Lena is a unit clerk: welcome to practise, but not among the six
        await ward.reply(push, WORDS, by=user)
    await ward.press("skip", push.id, by="owen")
    text = plain(await ward.refresh(push))
    assert "2 of 6 answered" in text
    assert "skipped" not in text  # "nobody is told" holds for the whole channel
    assert "kai" not in text.lower()


async def test_an_empty_reply_comes_back_with_a_sentence_beside_the_field(ward: Ward) -> None:
    push = await ward.push()
    answer = await ward.reply(push, "   ")
    assert isinstance(answer.show, FieldErrors)
    assert "nothing to read" in answer.show.errors["words"]


async def test_a_reply_that_is_too_long_comes_back_whole(ward: Ward) -> None:
    push = await ward.push()
    words = "come now please " * 300
    answer = await ward.reply(push, words)
    assert isinstance(answer.show, FieldErrors)
    (kept,) = answer.show.form.fields
    assert isinstance(kept, TextField)
    assert kept.value == words.strip()
    assert "3000 fit" in answer.show.errors["words"]


async def test_the_same_submission_twice_is_one_reply_with_the_same_answer(ward: Ward) -> None:
    push = await ward.push()
    form = await ward.press("answer", push.id)
    first = await ward.submit(form, key="redelivered", words=WORDS)
    second = await ward.submit(form, key="redelivered", words=WORDS)
    assert first == second
    await ward.work()
    assert len(ward.told()) == 1
    assert len(ward.judge.seen) == 1


async def test_a_second_reply_is_refused_kindly_and_the_first_one_stands(ward: Ward) -> None:
    push = await ward.push()
    form = await ward.press("answer", push.id)
    await ward.submit(form, words=WORDS)
    refused = await ward.submit(form, words="something else")
    assert isinstance(refused.show, Card)
    assert "You have answered this one" in refused.show.title
    await ward.work()
    assert ward.judge.seen[0].reply == WORDS


async def test_what_nobody_can_see_is_dropped_before_it_is_kept(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, "Please\x00 come\u200b now,\ud800 he is\u202e worse.")
    await ward.work()
    assert ward.judge.seen[0].reply == "Please come now, he is worse."


async def test_words_erased_before_anybody_read_them_end_the_matter(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    async with ward.memory.begin() as work:
        await work.connection.execute(sa.delete(replies))
    await ward.work()
    assert ward.told() == []
    assert [job for job in await ward.memory.unfinished(ward.clock()) if job.kind == "judge"] == []


async def test_coming_back_to_an_answered_drill_shows_the_way_to_the_feedback(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    await ward.work()
    card = await ward.press("answer", push.id)
    assert isinstance(card, Card)
    (button,) = card.buttons
    assert "Dr. Lark, this is" in plain(await ward.press(button.intent.verb, *button.intent.args))


async def test_a_redelivered_job_judges_and_delivers_once(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    (job,) = [job for job in await ward.memory.unfinished(ward.clock()) if job.kind == "judge"]
    await ward.work()
    for kind in ("judge", "deliver", "deliver"):
        await ward.worker(Job(kind, job.workspace, job.key))
    assert len(ward.judge.seen) == 1
    assert len(ward.chat.calls) == 2  # the push and the feedback
    async with ward.memory.read() as work:
        assert len(await work.ledger.entries(ward.team.workspace)) == 1


@pytest.mark.parametrize("why", ["refusal", "truncated", "unreadable"])
async def test_a_judge_that_says_nothing_usable_gives_a_kind_word_and_no_zero(ward: Ward, why: str) -> None:
    ward.judge.answers = [JudgeUnusable(why)]
    push = await ward.push()
    await ward.reply(push, WORDS)
    await ward.work()
    (card,) = ward.told()
    assert "not scored" in card.title
    assert "counts as taking part" in plain(card)
    async with ward.memory.read() as work:
        (attempt,) = await work.attempts.of_person(ward.members[0].person)
        evaluation = await work.evaluations.get(ward.team.workspace, attempt.id)
        (entry,) = await work.ledger.entries(ward.team.workspace)
    assert evaluation is not None
    assert evaluation.unscored is Unscored(why)
    assert evaluation.outcome is None
    assert entry.body["unscored"] == why


async def test_an_outage_is_waited_for_and_then_said_plainly(ward: Ward) -> None:
    ward.judge.answers = [JudgeUnavailable("down", retry_after=90), *[OursToFix("wrong key")] * MAX_TRIES]
    push = await ward.push()
    await ward.reply(push, WORDS)
    (job,) = [job for job in await ward.memory.unfinished(ward.clock()) if job.kind == "judge"]
    waits = []
    while (retry := await ward.worker(job)) is not None:
        waits.append(retry.after)
    assert waits == [90, 10, 20, 40, 80]
    await ward.work()
    (card,) = ward.told()
    assert "could not be reached" in plain(card)


async def test_a_judge_that_comes_back_scores_the_reply_that_waited(ward: Ward) -> None:
    ward.judge.answers = [JudgeUnavailable("down")]
    push = await ward.push()
    await ward.reply(push, WORDS)
    assert len(await ward.work()) == 1
    assert ward.told() == []
    await ward.work()
    (card,) = ward.told()
    assert card.title.endswith("Solid")


async def test_a_quote_that_is_not_in_the_reply_counts_for_nothing(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    drill = (await _case(ward)).drill
    made_up = all_met(Case(drill, "I never said any of this at all"))
    ward.judge.answers = [made_up]
    await ward.work()
    (card,) = ward.told()
    assert card.title.endswith("Worth another go")
    async with ward.memory.read() as work:
        (entry,) = await work.ledger.entries(ward.team.workspace)
    assert {verdict["raw_level"] for verdict in entry.body["verdicts"]} == {"met"}
    assert {verdict["level"] for verdict in entry.body["verdicts"]} == {"not_yet"}


async def test_a_red_flag_holds_the_band_down_and_its_note_stays_private(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    case = await _case(ward)
    judged = all_met(case)
    ward.judge.answers = [type(judged)(judged.verdicts, (RaisedFlag("delay", "please come now"),), judged.provenance)]
    await ward.work()
    (card,) = ward.told()
    assert card.title.endswith("Worth another go")
    assert case.drill.red_flag("delay").note in plain(card)
    assert case.drill.red_flag("delay").note not in plain(await ward.refresh(push))


async def test_feedback_whose_delivery_hangs_is_taken_over_once_the_lease_is_over(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    ward.chat.troubles = [TryLater("platform down", retry_after=3)]
    assert [retry.after for retry in await ward.work()] == [3]
    await ward.work()
    assert len(ward.told()) == 1
    assert ward.chat.calls[-1].again


async def test_a_worker_that_died_while_posting_leaves_a_claim_that_is_not_stolen_early(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    case_job = next(job for job in await ward.memory.unfinished(ward.clock()) if job.kind == "judge")
    await ward.worker(case_job)
    async with ward.memory.begin() as work:
        evaluation = await work.evaluations.get(case_job.workspace, case_job.key)
        assert evaluation is not None
        await work.evaluations.save(evaluation.claim(ward.clock()), was=EvaluationState.READY)
    await ward.worker(Job("deliver", case_job.workspace, case_job.key))
    assert ward.told() == []
    ward.clock.pass_by(seconds=LEASE_S + 1)
    await ward.work()
    assert len(ward.told()) == 1


async def test_feedback_that_cannot_be_delivered_waits_under_my_drills(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    ward.chat.troubles = [CannotReach("closed DMs")]
    await ward.work()
    assert ward.told() == []
    mine = await ward.ask("mine")
    assert isinstance(mine, Card)
    (button,) = mine.buttons
    shown = await ward.press(*(button.intent.verb, *button.intent.args))
    assert "Dr. Lark, this is" in plain(shown)


async def test_nobody_opens_anybody_elses_feedback_or_answers_in_their_name(ward: Ward) -> None:
    push = await ward.push()
    form = await ward.press("answer", push.id)
    await ward.submit(form, words=WORDS)
    await ward.work()
    assert isinstance(form, Form)
    (attempt_id,) = form.intent.args
    for verb in ("feedback", "fair", "unfair"):
        shown = await ward.press(verb, attempt_id, by="amara")
        assert WORDS not in plain(shown)
        assert "did not work" in plain(shown)
    stolen = await ward.submit(form, by="amara", words="not mine")
    assert isinstance(stolen.show, Card)
    assert "did not work" in stolen.show.title


async def test_not_fair_takes_the_result_out_of_every_figure(ward: Ward) -> None:
    push = await ward.push()
    form = await ward.press("answer", push.id)
    assert isinstance(form, Form)
    await ward.submit(form, words=WORDS)
    await ward.work()
    assert await _scores(ward) == [1.0]
    why = await ward.press("unfair", *form.intent.args)
    await ward.submit(why, comment="I did say it was urgent")
    assert await _scores(ward) == [None]


async def test_another_version_is_practice_that_counts_nowhere(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    await ward.work()
    form = await ward.press("again", push.id)
    assert "sigmoid colectomy" in plain(form)
    await ward.submit(form, words=WORDS)
    await ward.work()
    assert len(ward.told()) == 2
    assert "1 of 6 answered" in plain(await ward.refresh(push))
    assert len(await _scores(ward)) == 1


async def test_an_answer_after_the_reveal_takes_part_for_a_week_and_its_score_counts_for_nothing(ward: Ward) -> None:
    push = await ward.push()
    for user in ("kai", "amara", "tomasz"):
        await ward.press("answer", push.id, by=user)
    await ward.reply(push, WORDS, by="kai")
    ward.clock.pass_by(hours=73)
    await ward.reply(push, WORDS, by="amara")
    ward.clock.pass_by(days=7)
    await ward.reply(push, WORDS, by="tomasz")
    await ward.work()
    assert await _scores(ward) == [None, 1.0]  # by user: Amara late, Kai in time, Tomasz not at all


async def test_skip_needs_no_reason_and_can_be_undone(ward: Ward) -> None:
    push = await ward.push()
    skipped = await ward.press("skip", push.id)
    assert "nobody is told" in plain(skipped)
    await ward.reply(push, WORDS)
    assert "1 of 6 answered" in plain(await ward.refresh(push))
    async with ward.memory.read() as work:
        (attempt,) = await work.attempts.of_person(ward.members[0].person)
    assert attempt.state is AttemptState.REPLIED


async def test_a_partly_met_criterion_is_half_a_point(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    ward.judge.answers = [all_met(await _case(ward), Level.PARTIAL)]
    await ward.work()
    assert await _scores(ward) == [0.5]


async def _case(ward: Ward) -> Case:
    """The case that the judge is about to see."""
    async with ward.memory.read() as work:
        (attempt,) = await work.attempts.of_person(ward.members[0].person)
        push = await work.pushes.get(ward.team.workspace, attempt.push)
        assert push is not None
        drill = await work.drills.get(ward.team.workspace, push.drill_hash, push.variant)
    assert drill is not None
    return Case(drill, WORDS)


async def _scores(ward: Ward) -> list[float | None]:
    """What the board is given of everybody who answered."""
    now = ward.clock()
    async with ward.memory.read() as work:
        records = await work.boards.records(ward.team.workspace, now.replace(year=2025), now.replace(year=2027))
    return [d.score for team in records for person in team.people for d in person.drills if d.answered]


async def test_judges_who_split_leave_the_result_out_of_every_figure_and_all_votes_in_the_ledger(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    one = all_met(await _case(ward))
    ward.judge.answers = [replace(one, votes=(one, one), split=("headline",))]
    await ward.work()
    assert len(ward.told()) == 1
    assert await _scores(ward) == [None]
    async with ward.memory.read() as work:
        (entry,) = await work.ledger.entries(ward.team.workspace)
    assert len(entry.body["votes"]) == 2
    assert entry.body["split"] == ["headline"]

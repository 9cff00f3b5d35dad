"""A person's verdict takes the judge's place once, reaches ledger and figures, and its writer hears of it once."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_ward import (
    COLLEAGUE,
    CRITERIA,
    DRILL,
    EDUCATOR,
    REASON,
    WORDS,
    contested,
    erase,
    evaluation_of,
    judgement_of,
    review_it,
    reviewed_lines,
    rule_all,
    score_on_board,
    shown,
    state_of,
)
from ward import Ward

from drills.chat.cards import Card, Form
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.errors import CannotReach, TryLater
from drills.evaluation import Band, Verdict
from drills.people import Role
from drills.ports import Job
from drills.review import ReviewState
from drills.rubric import Level
from storage.check import check


@pytest.fixture
async def ward(ward: Ward) -> Ward:
    """Two educators, who are in no team's count."""
    async with ward.memory.begin() as work:
        for user in (EDUCATOR, COLLEAGUE):
            await work.appointments.save(ward.team, user, Role.EDUCATOR)
    return ward


async def test_the_ledger_keeps_who_and_what_and_no_words(ward: Ward, tmp_path: Path) -> None:
    evaluation = await contested(ward)
    await review_it(ward, evaluation)
    async with ward.memory.read() as work:
        *_, last = await work.ledger.entries(ward.team.workspace)
    assert (last.body["what"], last.body["reviewer"]) == ("reviewed", EDUCATOR)
    assert {v["criterion"]: (v["was"], v["level"]) for v in last.body["verdicts"]}[CRITERIA[-1]] == ("not_yet", "met")
    assert (last.body["was_band"], last.body["outcome"]["band"]) == ("another_go", "solid")
    assert not any(words in str(last.body) for words in (WORDS, REASON, "Kai", "Well said"))
    assert check(f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}") == []


async def test_where_the_person_agrees_the_quote_stays_and_elsewhere_it_goes(ward: Ward) -> None:
    evaluation = await contested(ward, met=3)
    before = {v.criterion: v for v in (await judgement_of(ward, evaluation)).verdicts}
    await review_it(ward, evaluation, levels=[Level.MET] + [Level.NOT_YET] * (len(CRITERIA) - 1))
    after = {v.criterion: v for v in (await judgement_of(ward, evaluation)).verdicts}
    assert after[CRITERIA[0]] == before[CRITERIA[0]]
    assert after[CRITERIA[0]].quote
    assert after[CRITERIA[1]] == Verdict(CRITERIA[1], Level.NOT_YET)


async def test_a_red_flag_that_a_person_sees_holds_the_band_without_a_quote(ward: Ward) -> None:
    evaluation = await contested(ward)
    await review_it(ward, evaluation, flags=[Level.MET] * len(DRILL.red_flags))
    outcome = (await evaluation_of(ward, evaluation)).outcome
    assert outcome is not None
    assert (outcome.score, outcome.band) == (1.0, Band.ANOTHER_GO)
    await ward.work()
    assert f"Now said of your reply: {DRILL.red_flags[0].text}" in plain(ward.told()[-1])


async def test_of_two_reviewers_the_first_settles_and_the_second_is_told(ward: Ward) -> None:
    evaluation = await contested(ward)
    await rule_all(ward, evaluation, by=COLLEAGUE, levels=[Level.NOT_YET] * len(CRITERIA))
    await ward.press("compare", evaluation, by=COLLEAGUE)
    await review_it(ward, evaluation)
    late = await ward.press("settle", evaluation, by=COLLEAGUE)
    assert "Somebody has settled this one meanwhile" in plain(late)
    outcome = (await evaluation_of(ward, evaluation)).outcome
    assert outcome is not None
    assert outcome.band is Band.SOLID
    assert "You have settled this one" in plain(await ward.press("settle", evaluation, by=EDUCATOR))
    assert await reviewed_lines(ward) == 1


async def test_a_confirm_that_is_delivered_again_changes_nothing_more(ward: Ward) -> None:
    evaluation = await contested(ward)
    await rule_all(ward, evaluation)
    await ward.press("compare", evaluation, by=EDUCATOR)
    for _ in range(2):
        await ward.press("settle", evaluation, by=EDUCATOR, key="redelivered")
    await ward.work()
    await ward.work()
    assert await reviewed_lines(ward) == 1
    assert [card.title for card in ward.told()].count(f"A person has looked: {DRILL.title}") == 1


async def test_practice_feedback_may_be_reviewed_and_still_counts_in_no_figure(ward: Ward, tmp_path: Path) -> None:
    evaluation = await contested(ward, practice=True)
    await review_it(ward, evaluation)
    reviewed = await evaluation_of(ward, evaluation)
    assert reviewed.judgement is not None
    assert reviewed.judgement.practice
    assert reviewed.outcome is not None
    assert (reviewed.outcome.score, reviewed.outcome.band) == (None, None)
    assert await score_on_board(ward) is None
    await ward.work()
    assert "counts in no figure" in plain(ward.told()[-1])
    feedback = plain(await ward.press("feedback", evaluation))
    assert "A person read your reply" in feedback
    assert "checklist" not in feedback
    assert check(f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}") == []


async def test_words_that_are_erased_leave_the_queue_even_in_the_middle(ward: Ward) -> None:
    evaluation = await contested(ward)
    await rule_all(ward, evaluation)
    await ward.press("compare", evaluation, by=EDUCATOR)
    await erase(ward, evaluation)
    assert (shown(await ward.ask("review", by=EDUCATOR))).title == "Nothing to review"
    assert "not here for review" in plain(await ward.press("settle", evaluation, by=EDUCATOR))
    assert not (await evaluation_of(ward, evaluation)).is_reviewed


async def test_whoever_had_their_words_erased_is_not_written_to(ward: Ward) -> None:
    evaluation = await contested(ward)
    await review_it(ward, evaluation)
    await erase(ward, evaluation)
    told = len(ward.told())
    await ward.work()
    assert len(ward.told()) == told
    assert await state_of(ward, evaluation) is ReviewState.UNTOLD


async def test_the_outcome_is_told_once_by_its_key_whatever_happens_on_the_way(ward: Ward) -> None:
    evaluation = await contested(ward)
    await review_it(ward, evaluation)
    ward.chat.troubles = [TryLater("busy", retry_after=7)]
    job = Job("reviewed", ward.team.workspace, evaluation)
    retry = await ward.worker(job)
    assert retry is not None
    assert retry.after == 7
    await ward.worker(job)
    assert await state_of(ward, evaluation) is ReviewState.TOLD
    first, second = [once for once in ward.chat.calls if once.key == f"reviewed:{evaluation}"]
    assert (first.again, second.again) == (False, True)
    assert await ward.worker(job) is None
    assert len([once for once in ward.chat.calls if once.key == f"reviewed:{evaluation}"]) == 2


async def test_a_worker_that_died_while_telling_is_taken_over_after_its_lease(ward: Ward) -> None:
    evaluation = await contested(ward)
    await review_it(ward, evaluation)
    async with ward.memory.begin() as work:
        review = await work.reviews.get(ward.team.workspace, evaluation)
        assert review is not None
        await work.reviews.save(review.claim(ward.clock()), was=ReviewState.SETTLED)
    job = Job("reviewed", ward.team.workspace, evaluation)
    await ward.worker(job)
    assert await state_of(ward, evaluation) is ReviewState.TELLING
    ward.clock.pass_by(seconds=61)
    assert job in await ward.memory.unfinished(ward.clock())
    await ward.worker(job)
    assert await state_of(ward, evaluation) is ReviewState.TOLD


async def test_somebody_who_cannot_be_reached_finds_it_in_their_feedback(ward: Ward) -> None:
    evaluation = await contested(ward)
    await review_it(ward, evaluation)
    ward.chat.troubles = [CannotReach("gone")]
    await ward.work()
    assert await state_of(ward, evaluation) is ReviewState.UNTOLD
    assert "A person read your reply" in plain(await ward.press("feedback", evaluation))


async def test_fair_after_not_fair_says_that_the_review_goes_on(ward: Ward) -> None:
    evaluation = await contested(ward)
    assert "A person looks at it all the same" in plain(await ward.press("fair", evaluation))
    assert await state_of(ward, evaluation) is ReviewState.OPEN
    assert isinstance(await ward.press("unfair", evaluation), Form)  # once more, with new words
    await review_it(ward, evaluation)
    assert "Good to know. It helps" in plain(await ward.press("fair", evaluation))


async def test_not_fair_a_second_time_says_that_a_reviewer_has_it_already(ward: Ward) -> None:
    evaluation = await contested(ward, submit=False)
    without_words = await ward.submit(Intent("contest", (evaluation,)))
    assert isinstance(without_words.show, Card)
    assert "already" not in plain(without_words.show)
    with_words = await ward.submit(await ward.press("unfair", evaluation), comment="I did say it was urgent.")
    for told in (with_words.show, await ward.press("unfair", evaluation)):
        assert isinstance(told, Card)
        assert "with a reviewer already" in plain(told)


async def test_an_old_card_of_erased_words_says_that_there_is_nothing_to_look_at(ward: Ward) -> None:
    evaluation = await contested(ward, submit=False)
    await ward.press("erase")
    assert "Your words are erased" in plain(await ward.press("unfair", evaluation))


async def test_what_a_person_said_stays_when_somebody_says_unfair_again(ward: Ward) -> None:
    evaluation = await contested(ward)
    await review_it(ward, evaluation)
    answer = await ward.submit(Intent("contest", (evaluation,)), comment="Still not fair.")
    assert isinstance(answer.show, Card)
    assert "it stays as it is" in plain(answer.show)
    assert not (await evaluation_of(ward, evaluation)).contested

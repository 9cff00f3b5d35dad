"""What a learner finds unfair is looked at by a person, blind, and what the person says counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from builders import a_drill_file, a_member, a_person, a_team
from ward import Ward

from drills.chat.cards import Button, Card, Form
from drills.chat.inbound import Profile
from drills.chat.intents import MAX_PACKED, Intent
from drills.chat.plain import plain
from drills.errors import CannotReach, TryLater
from drills.evaluation import Band, Evaluation, Judgement, Provenance, Verdict
from drills.judging.panel import settle
from drills.people import Profession, Role
from drills.ports import Job
from drills.review import Review, ReviewState, items
from drills.rubric import Level
from storage.check import check
from storage.tables import replies

WORDS = "Dr. Lark, this is Kai on 5 South about Mr. Voss. He is much sicker since ten, please come now."
REASON = "I did say when it began."
DRILL = a_drill_file().drill()
PLACES = range(len(items(DRILL)))
CRITERIA = [criterion.id for criterion in DRILL.rubric.criteria]
EDUCATOR, COLLEAGUE = "esther", "ravi"
ADMIN = Profile(admin=True)
BLIND_TO = ("Kai", "kai", "nurse at", "Solid", "Nearly there", "Worth another go", "scripted", REASON)


@pytest.fixture
async def ward(ward: Ward) -> Ward:
    """Two educators, who are in no team's count."""
    async with ward.memory.begin() as work:
        for user in (EDUCATOR, COLLEAGUE):
            await work.appointments.save(ward.team, user, Role.EDUCATOR)
    return ward


async def test_an_appeal_is_reviewed_blind_and_the_persons_verdict_counts(ward: Ward) -> None:
    evaluation = await _contested(ward)
    assert await _score_on_board(ward) is None

    opening = await _show(ward, await ward.ask("review", by=EDUCATOR))
    assert WORDS in plain(opening)
    assert DRILL.scenario.strip().splitlines()[0] in plain(opening)
    card = await _press(ward, _button(opening, "Begin"))
    while any(button.intent.verb == "rule" for button in card.buttons):
        _says_nothing_of_writer_or_judge(card)
        card = await _press(ward, _answer(card, _wanted(card)))
    _says_nothing_of_writer_or_judge(card)

    comparison = await _press(ward, _button(card, "Compare with the judge"))
    assert "You: Met · the judge: Not yet" in plain(comparison)
    assert REASON in plain(comparison)
    assert "Solid, in place of Worth another go." in plain(comparison)
    await _press(ward, _button(comparison, "Confirm"))

    settled = await _evaluation(ward, evaluation)
    assert settled.is_reviewed
    assert not settled.contested
    assert settled.outcome is not None
    assert (settled.outcome.score, settled.outcome.band) == (1.0, Band.SOLID)
    assert await _score_on_board(ward) == 1.0

    await ward.work()
    told = ward.told()[-1]
    assert told.title.startswith("A person has looked")
    assert "Not yet → Met" in plain(told)
    assert "Solid (until now: Worth another go)" in plain(told)
    assert EDUCATOR not in plain(told).lower()
    feedback = await _press(ward, _button(told, "See my feedback"), by="kai")
    assert "A person read your reply" in plain(feedback)
    assert "AI model" not in plain(feedback)
    assert "This was not fair" not in {button.label for button in feedback.buttons}


async def test_the_ledger_keeps_who_and_what_and_no_words(ward: Ward, tmp_path: Path) -> None:
    evaluation = await _contested(ward)
    await _review(ward, evaluation)
    async with ward.memory.read() as work:
        *_, last = await work.ledger.entries(ward.team.workspace)
    assert (last.body["what"], last.body["reviewer"]) == ("reviewed", EDUCATOR)
    assert {v["criterion"]: (v["was"], v["level"]) for v in last.body["verdicts"]}[CRITERIA[-1]] == ("not_yet", "met")
    assert (last.body["was_band"], last.body["outcome"]["band"]) == ("another_go", "solid")
    assert not any(words in str(last.body) for words in (WORDS, REASON, "Kai", "Well said"))
    assert check(f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}") == []


async def test_where_the_person_agrees_the_quote_stays_and_elsewhere_it_goes(ward: Ward) -> None:
    evaluation = await _contested(ward, met=3)
    before = {v.criterion: v for v in (await _judgement(ward, evaluation)).verdicts}
    await _review(ward, evaluation, levels=[Level.MET] + [Level.NOT_YET] * (len(CRITERIA) - 1))
    after = {v.criterion: v for v in (await _judgement(ward, evaluation)).verdicts}
    assert after[CRITERIA[0]] == before[CRITERIA[0]]
    assert after[CRITERIA[0]].quote
    assert after[CRITERIA[1]] == Verdict(CRITERIA[1], Level.NOT_YET)


async def test_a_red_flag_that_a_person_sees_holds_the_band_without_a_quote(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _review(ward, evaluation, flags=[Level.MET] * len(DRILL.red_flags))
    outcome = (await _evaluation(ward, evaluation)).outcome
    assert outcome is not None
    assert (outcome.score, outcome.band) == (1.0, Band.ANOTHER_GO)


async def test_nothing_is_shown_before_the_writer_asked(ward: Ward) -> None:
    evaluation = await _split(ward)
    card = await _show(ward, await ward.ask("review", by=EDUCATOR))
    assert card.title == "Nothing to review"
    assert "1 more result is set aside" in plain(card)
    for verb, args in (("review", ("0",)), ("rule", ("0", "met")), ("compare", ()), ("settle", ())):
        refused = await ward.press(verb, evaluation, *args, by=EDUCATOR)
        assert WORDS not in plain(refused)
        assert "not here for review" in plain(refused)


async def test_a_learner_asks_a_person_where_the_judges_split(ward: Ward) -> None:
    await _split(ward)
    (told,) = ward.told()
    assert "counts in no figure until a person has looked" in plain(told)
    consent = await _press(ward, _button(told, "Ask a person to look"), by="kai")
    assert "sees your words, not your name" in plain(consent)
    assert (await _show(ward, await ward.ask("review", by=EDUCATOR))).title == "Nothing to review"

    await _press(ward, _button(consent, "Yes, a person may see my words"), by="kai")
    card = await _show(ward, await ward.ask("review", by=EDUCATOR))
    assert WORDS in plain(card)
    evaluation = await _own(ward)
    for place in PLACES:
        await ward.press("rule", evaluation, str(place), _level(place).value, by=EDUCATOR)
    comparison = await ward.press("compare", evaluation, by=EDUCATOR)
    assert "the judge: Can't say (its votes: Met, Not yet, Can't say)" in plain(comparison)


async def test_not_fair_says_who_will_see_the_words(ward: Ward) -> None:
    evaluation = await _contested(ward, submit=False)
    form = await ward.press("unfair", evaluation)
    assert isinstance(form, Form)
    assert "sees your words, not your name" in plain(form)
    assert "educator of your team" in form.who_sees


@pytest.mark.parametrize("user", ["amara", "stranger"])
async def test_whoever_is_no_educator_of_the_team_sees_nothing(ward: Ward, user: str) -> None:
    evaluation = await _contested(ward)
    for card in (
        await ward.ask("review", by=user),
        await ward.press("review", evaluation, "0", by=user),
        await ward.press("rule", evaluation, "0", "met", by=user),
        await ward.press("compare", evaluation, by=user),
        await ward.press("settle", evaluation, by=user),
    ):
        assert WORDS not in plain(card)
        assert "Educators" in plain(card)


async def test_an_educator_of_another_team_sees_nothing_and_an_admin_sees_all_teams(ward: Ward) -> None:
    evaluation = await _contested(ward)
    other = a_team("6-north")
    async with ward.memory.begin() as work:
        await work.teams.save(other)
        await work.appointments.save(other, "nora", Role.EDUCATOR)
    assert (await _show(ward, await ward.ask("review", by="nora"))).title == "Nothing to review"
    assert WORDS not in plain(await ward.press("review", evaluation, "0", by="nora"))
    assert WORDS in plain(await ward.press("review", evaluation, "0", by="boss", profile=ADMIN))


async def test_nobody_reviews_their_own_reply(ward: Ward) -> None:
    async with ward.memory.begin() as work:
        await work.members.save(replace(ward.members[0], role=Role.EDUCATOR))
    evaluation = await _contested(ward)
    assert (await _show(ward, await ward.ask("review", by="kai"))).title == "Nothing to review"
    for verb, args in (("review", ("0",)), ("rule", ("0", "met")), ("compare", ()), ("settle", ())):
        assert "not here for review" in plain(await ward.press(verb, evaluation, *args, by="kai", profile=ADMIN))


async def test_a_pause_loses_nothing_and_an_answer_may_be_changed_before_the_judge_is_shown(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await ward.press("rule", evaluation, "0", "met", by=EDUCATOR)
    second = await _show(ward, await ward.press("rule", evaluation, "1", "not_yet", by=EDUCATOR))
    assert second.title.startswith("3 of ")

    resumed = await _show(ward, await ward.ask("review", by=EDUCATOR))
    third = await _press(ward, _button(resumed, "Go on"))
    assert third.title.startswith("3 of ")
    back = await _press(ward, _button(third, "Back"))
    assert "Not yet (your answer)" in {button.label for button in back.buttons}
    await _press(ward, _answer(back, Level.MET))
    async with ward.memory.read() as work:
        review = await work.reviews.get(ward.team.workspace, evaluation)
        assert review is not None
        rulings = await work.reviews.rulings(review, a_person(EDUCATOR))
    assert [ruling.level for ruling in rulings.values()] == [Level.MET, Level.MET]


async def test_nobody_changes_an_answer_after_seeing_the_judge(ward: Ward) -> None:
    evaluation = await _contested(ward)
    assert "still open" in plain(await ward.press("compare", evaluation, by=EDUCATOR))
    await _rule_all(ward, evaluation)
    assert "still open" in plain(await ward.press("settle", evaluation, by=EDUCATOR))
    await ward.press("compare", evaluation, by=EDUCATOR)
    for verb, args in (("rule", ("0", "not_yet")), ("review", ("0",))):
        assert "stand as they were" in plain(await ward.press(verb, evaluation, *args, by=EDUCATOR))
    resumed = await _show(ward, await ward.ask("review", by=EDUCATOR))
    assert (await _press(ward, _button(resumed, "Go on"))).title.startswith("You and the judge")


async def test_of_two_reviewers_the_first_settles_and_the_second_is_told(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _rule_all(ward, evaluation, by=COLLEAGUE, levels=[Level.NOT_YET] * len(CRITERIA))
    await ward.press("compare", evaluation, by=COLLEAGUE)
    await _review(ward, evaluation)
    late = await ward.press("settle", evaluation, by=COLLEAGUE)
    assert "Somebody has settled this one meanwhile" in plain(late)
    outcome = (await _evaluation(ward, evaluation)).outcome
    assert outcome is not None
    assert outcome.band is Band.SOLID
    assert "You have settled this one" in plain(await ward.press("settle", evaluation, by=EDUCATOR))
    assert await _reviewed_lines(ward) == 1


async def test_a_confirm_that_is_delivered_again_changes_nothing_more(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _rule_all(ward, evaluation)
    await ward.press("compare", evaluation, by=EDUCATOR)
    for _ in range(2):
        await ward.press("settle", evaluation, by=EDUCATOR, key="redelivered")
    await ward.work()
    await ward.work()
    assert await _reviewed_lines(ward) == 1
    assert [card.title for card in ward.told()].count(f"A person has looked: {DRILL.title}") == 1


async def test_practice_feedback_may_be_reviewed_and_still_counts_in_no_figure(ward: Ward, tmp_path: Path) -> None:
    evaluation = await _contested(ward, practice=True)
    await _review(ward, evaluation)
    reviewed = await _evaluation(ward, evaluation)
    assert reviewed.judgement is not None
    assert reviewed.judgement.practice
    assert reviewed.outcome is not None
    assert (reviewed.outcome.score, reviewed.outcome.band) == (None, None)
    assert await _score_on_board(ward) is None
    await ward.work()
    assert "counts in no figure" in plain(ward.told()[-1])
    feedback = plain(await ward.press("feedback", evaluation))
    assert "A person read your reply" in feedback
    assert "checklist" not in feedback
    assert check(f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}") == []


async def test_words_that_are_erased_leave_the_queue_even_in_the_middle(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _rule_all(ward, evaluation)
    await ward.press("compare", evaluation, by=EDUCATOR)
    await _erase(ward, evaluation)
    assert (await _show(ward, await ward.ask("review", by=EDUCATOR))).title == "Nothing to review"
    assert "not here for review" in plain(await ward.press("settle", evaluation, by=EDUCATOR))
    assert not (await _evaluation(ward, evaluation)).is_reviewed


async def test_whoever_had_their_words_erased_is_not_written_to(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _review(ward, evaluation)
    await _erase(ward, evaluation)
    told = len(ward.told())
    await ward.work()
    assert len(ward.told()) == told
    assert await _state(ward, evaluation) is ReviewState.UNTOLD


async def test_the_outcome_is_told_once_by_its_key_whatever_happens_on_the_way(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _review(ward, evaluation)
    ward.chat.troubles = [TryLater("busy", retry_after=7)]
    job = Job("reviewed", ward.team.workspace, evaluation)
    retry = await ward.worker(job)
    assert retry is not None
    assert retry.after == 7
    await ward.worker(job)
    assert await _state(ward, evaluation) is ReviewState.TOLD
    first, second = [once for once in ward.chat.calls if once.key == f"reviewed:{evaluation}"]
    assert (first.again, second.again) == (False, True)
    assert await ward.worker(job) is None
    assert len([once for once in ward.chat.calls if once.key == f"reviewed:{evaluation}"]) == 2


async def test_a_worker_that_died_while_telling_is_taken_over_after_its_lease(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _review(ward, evaluation)
    async with ward.memory.begin() as work:
        review = await work.reviews.get(ward.team.workspace, evaluation)
        assert review is not None
        await work.reviews.save(review.claim(ward.clock()), was=ReviewState.SETTLED)
    job = Job("reviewed", ward.team.workspace, evaluation)
    await ward.worker(job)
    assert await _state(ward, evaluation) is ReviewState.TELLING
    ward.clock.pass_by(seconds=61)
    assert job in await ward.memory.unfinished(ward.clock())
    await ward.worker(job)
    assert await _state(ward, evaluation) is ReviewState.TOLD


async def test_somebody_who_cannot_be_reached_finds_it_in_their_feedback(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _review(ward, evaluation)
    ward.chat.troubles = [CannotReach("gone")]
    await ward.work()
    assert await _state(ward, evaluation) is ReviewState.UNTOLD
    assert "A person read your reply" in plain(await ward.press("feedback", evaluation))


async def test_what_a_person_said_stays_when_somebody_says_unfair_again(ward: Ward) -> None:
    evaluation = await _contested(ward)
    await _review(ward, evaluation)
    answer = await ward.submit(Intent("contest", (evaluation,)), comment="Still not fair.")
    assert isinstance(answer.show, Card)
    assert "it stays as it is" in plain(answer.show)
    assert not (await _evaluation(ward, evaluation)).contested


async def test_the_oldest_reply_comes_first_and_the_next_one_can_be_chosen(ward: Ward) -> None:
    await _contested(ward)
    ward.clock.pass_by(minutes=5)
    other = "This is Amara. Mr. Voss looks bad. Come."
    await _contested(ward, by="amara", words=other, slot="2")
    first = await _show(ward, await ward.ask("review", by=EDUCATOR))
    assert WORDS in plain(first)
    second = await _press(ward, _button(first, "Another reply"))
    assert other in plain(second)
    assert WORDS in plain(await _press(ward, _button(second, "Another reply")))


async def test_the_profession_is_told_only_where_the_drill_expects_less_of_it(ward: Ward) -> None:
    student = a_member("sam", ward.team, Profession.STUDENT)
    async with ward.memory.begin() as work:
        await work.members.save(student)
    await _contested(ward, by="sam")
    card = plain(await ward.ask("review", by=EDUCATOR))
    assert "student: may say the preceptor will place the request" in card
    assert "Sam" not in card


@pytest.mark.parametrize(
    ("place", "level"), [("99", "met"), ("x", "met"), ("0", "superb"), ("7", "partial"), ("-1", "met")]
)
async def test_an_answer_that_no_button_offers_is_refused(ward: Ward, place: str, level: str) -> None:
    evaluation = await _contested(ward)
    assert "not here for review" in plain(await ward.press("rule", evaluation, place, level, by=EDUCATOR))


def test_the_longest_button_fits_every_platform() -> None:
    packed = Intent("rule", ("f" * 16, "99", Level.CANNOT_JUDGE.value)).pack()
    assert len(packed) <= MAX_PACKED


async def _contested(
    ward: Ward,
    *,
    met: int = 0,
    practice: bool = False,
    submit: bool = True,
    by: str = "kai",
    words: str = WORDS,
    slot: str = "1",
) -> str:
    """A reply that is judged harshly, and its writer finds that unfair."""
    push = await ward.push(slot=slot)
    await ward.reply(push, words, by=by)
    quote = " ".join(words.split()[:4])
    verdicts = tuple(
        Verdict(c, Level.MET, quote, "Well said.") if n < met else Verdict(c, Level.NOT_YET)
        for n, c in enumerate(CRITERIA)
    )
    ward.judge.answers = [Judgement(verdicts, (), Provenance("scripted", "1"), practice=practice)]
    await ward.work()
    evaluation = await _own(ward, by)
    if submit:
        await ward.submit(await ward.press("unfair", evaluation, by=by), by=by, comment=REASON)
    return evaluation


async def _split(ward: Ward) -> str:
    """Three judges who agree on nothing."""
    push = await ward.push()
    await ward.reply(push, WORDS)
    votes = [_vote(level) for level in (Level.MET, Level.NOT_YET, Level.CANNOT_JUDGE)]
    ward.judge.answers = [settle(votes, WORDS)]
    await ward.work()
    return await _own(ward)


def _vote(level: Level) -> Judgement:
    quote = WORDS[:20] if level is Level.MET else ""
    return Judgement(tuple(Verdict(c, level, quote) for c in CRITERIA), (), Provenance("scripted", "1"))


async def _review(
    ward: Ward, evaluation: str, levels: Sequence[Level] = (), flags: Sequence[Level] = (), by: str = EDUCATOR
) -> None:
    await _rule_all(ward, evaluation, levels, flags, by)
    await ward.press("compare", evaluation, by=by)
    await ward.press("settle", evaluation, by=by)


async def _rule_all(
    ward: Ward, evaluation: str, levels: Sequence[Level] = (), flags: Sequence[Level] = (), by: str = EDUCATOR
) -> None:
    wanted = [*(levels or [Level.MET] * len(CRITERIA)), *(flags or [Level.NOT_YET] * len(DRILL.red_flags))]
    for place, level in enumerate(wanted):
        await ward.press("rule", evaluation, str(place), level.value, by=by)


def _level(place: int) -> Level:
    """Everything was said, and nothing that should not be."""
    return Level.MET if place < len(CRITERIA) else Level.NOT_YET


def _wanted(card: Card) -> Level:
    (place,) = {int(button.intent.args[1]) for button in card.buttons if button.intent.verb == "rule"}
    return _level(place)


def _answer(card: Card, level: Level) -> Button:
    (button,) = [b for b in card.buttons if b.intent.verb == "rule" and b.intent.args[2] == level.value]
    return button


def _button(card: Card, label: str) -> Button:
    (button,) = [button for button in card.buttons if button.label == label]
    return button


def _says_nothing_of_writer_or_judge(card: Card) -> None:
    text = plain(card).replace(WORDS, "")
    assert [word for word in BLIND_TO if word in text] == []


async def _press(ward: Ward, button: Button, by: str = EDUCATOR) -> Card:
    return await _show(ward, await ward.press(button.intent.verb, *button.intent.args, by=by))


async def _show(_ward: Ward, shown: object) -> Card:
    assert isinstance(shown, Card)
    return shown


async def _own(ward: Ward, by: str = "kai") -> str:
    async with ward.memory.read() as work:
        newest, *_ = await work.attempts.of_person(a_person(by))
    return newest.id


async def _evaluation(ward: Ward, id_: str) -> Evaluation:
    async with ward.memory.read() as work:
        found = await work.evaluations.get(ward.team.workspace, id_)
    assert found is not None
    return found


async def _judgement(ward: Ward, id_: str) -> Judgement:
    judgement = (await _evaluation(ward, id_)).judgement
    assert judgement is not None
    return judgement


async def _state(ward: Ward, id_: str) -> ReviewState:
    async with ward.memory.read() as work:
        review = await work.reviews.get(ward.team.workspace, id_)
    assert isinstance(review, Review)
    return review.state


async def _score_on_board(ward: Ward) -> float | None:
    """Kai's only score, as the board's figures see it."""
    now = ward.clock()
    async with ward.memory.read() as work:
        (record,) = await work.boards.records(ward.team.workspace, now.replace(year=2025), now.replace(year=2027))
    (score,) = [drill.score for person in record.people if person.person == a_person() for drill in person.drills]
    return score


async def _reviewed_lines(ward: Ward) -> int:
    async with ward.memory.read() as work:
        entries = await work.ledger.entries(ward.team.workspace)
    return [entry.body["what"] for entry in entries].count("reviewed")


async def _erase(ward: Ward, evaluation: str) -> None:
    async with ward.memory.begin() as work:
        await work.connection.execute(sa.delete(replies).where(replies.c.attempt == evaluation))

"""What a learner finds unfair is looked at by a person, blind, and what the person says counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_member, a_person, a_team
from review_ward import (
    ADMIN,
    COLLEAGUE,
    DRILL,
    EDUCATOR,
    PLACES,
    REASON,
    WORDS,
    contested,
    evaluation_of,
    own,
    press,
    right_level,
    rule_all,
    says_nothing_of_writer_or_judge,
    score_on_board,
    shown,
    split,
    the_answer,
    the_button,
    wanted_level,
)
from ward import Ward

from drills.chat.cards import Form
from drills.chat.intents import MAX_PACKED, Intent
from drills.chat.plain import plain
from drills.evaluation import Band
from drills.people import Profession, Role
from drills.rubric import Level


@pytest.fixture
async def ward(ward: Ward) -> Ward:
    """Two educators, who are in no team's count."""
    async with ward.memory.begin() as work:
        for user in (EDUCATOR, COLLEAGUE):
            await work.appointments.save(ward.team, user, Role.EDUCATOR)
    return ward


async def test_an_appeal_is_reviewed_blind_and_the_persons_verdict_counts(ward: Ward) -> None:
    evaluation = await contested(ward)
    assert await score_on_board(ward) is None

    opening = shown(await ward.ask("review", by=EDUCATOR))
    assert WORDS in plain(opening)
    assert DRILL.scenario.strip().splitlines()[0] in plain(opening)
    card = await press(ward, the_button(opening, "Begin"))
    while any(button.intent.verb == "rule" for button in card.buttons):
        says_nothing_of_writer_or_judge(card)
        card = await press(ward, the_answer(card, wanted_level(card)))
    says_nothing_of_writer_or_judge(card)

    comparison = await press(ward, the_button(card, "Compare with the judge"))
    assert "You: Met · the judge: Not yet" in plain(comparison)
    assert REASON in plain(comparison)
    assert "Solid, in place of Worth another go." in plain(comparison)
    await press(ward, the_button(comparison, "Confirm"))

    settled = await evaluation_of(ward, evaluation)
    assert settled.is_reviewed
    assert not settled.contested
    assert settled.outcome is not None
    assert (settled.outcome.score, settled.outcome.band) == (1.0, Band.SOLID)
    assert await score_on_board(ward) == 1.0

    await ward.work()
    told = ward.told()[-1]
    assert told.title.startswith("A person has looked")
    assert "Not yet → Met" in plain(told)
    assert "Solid (until now: Worth another go)" in plain(told)
    assert EDUCATOR not in plain(told).lower()
    feedback = await press(ward, the_button(told, "See my feedback"), by="kai")
    assert "A person read your reply" in plain(feedback)
    assert "AI model" not in plain(feedback)
    assert "This was not fair" not in {button.label for button in feedback.buttons}


async def test_nothing_is_shown_before_the_writer_asked(ward: Ward) -> None:
    evaluation = await split(ward)
    card = shown(await ward.ask("review", by=EDUCATOR))
    assert card.title == "Nothing to review"
    assert "1 more result is set aside" in plain(card)
    for verb, args in (("review", ("0",)), ("rule", ("0", "met")), ("compare", ()), ("settle", ())):
        refused = await ward.press(verb, evaluation, *args, by=EDUCATOR)
        assert WORDS not in plain(refused)
        assert "not here for review" in plain(refused)


async def test_a_learner_asks_a_person_where_the_judges_split(ward: Ward) -> None:
    await split(ward)
    (told,) = ward.told()
    assert "counts in no figure until a person has looked" in plain(told)
    consent = await press(ward, the_button(told, "Ask a person to look"), by="kai")
    assert "sees your words, not your name" in plain(consent)
    assert (shown(await ward.ask("review", by=EDUCATOR))).title == "Nothing to review"

    await press(ward, the_button(consent, "Yes, a person may see my words"), by="kai")
    card = shown(await ward.ask("review", by=EDUCATOR))
    assert WORDS in plain(card)
    evaluation = await own(ward)
    for place in PLACES:
        await ward.press("rule", evaluation, str(place), right_level(place).value, by=EDUCATOR)
    comparison = await ward.press("compare", evaluation, by=EDUCATOR)
    assert "the judge: Can't say (its votes: Met, Not yet, Can't say)" in plain(comparison)


async def test_not_fair_says_who_will_see_the_words(ward: Ward) -> None:
    evaluation = await contested(ward, submit=False)
    form = await ward.press("unfair", evaluation)
    assert isinstance(form, Form)
    assert "sees your words, not your name" in plain(form)
    assert "educator of your team" in form.who_sees


@pytest.mark.parametrize("user", ["amara", "stranger"])
async def test_whoever_is_no_educator_of_the_team_sees_nothing(ward: Ward, user: str) -> None:
    evaluation = await contested(ward)
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
    evaluation = await contested(ward)
    other = a_team("6-north")
    async with ward.memory.begin() as work:
        await work.teams.save(other)
        await work.appointments.save(other, "nora", Role.EDUCATOR)
    assert (shown(await ward.ask("review", by="nora"))).title == "Nothing to review"
    assert WORDS not in plain(await ward.press("review", evaluation, "0", by="nora"))
    assert WORDS in plain(await ward.press("review", evaluation, "0", by="boss", profile=ADMIN))


async def test_nobody_reviews_their_own_reply(ward: Ward) -> None:
    async with ward.memory.begin() as work:
        await work.members.save(replace(ward.members[0], role=Role.EDUCATOR))
    evaluation = await contested(ward)
    assert (shown(await ward.ask("review", by="kai"))).title == "Nothing to review"
    for verb, args in (("review", ("0",)), ("rule", ("0", "met")), ("compare", ()), ("settle", ())):
        assert "not here for review" in plain(await ward.press(verb, evaluation, *args, by="kai", profile=ADMIN))


async def test_a_pause_loses_nothing_and_an_answer_may_be_changed_before_the_judge_is_shown(ward: Ward) -> None:
    evaluation = await contested(ward)
    await ward.press("rule", evaluation, "0", "met", by=EDUCATOR)
    second = shown(await ward.press("rule", evaluation, "1", "not_yet", by=EDUCATOR))
    assert second.title.startswith("3 of ")

    resumed = shown(await ward.ask("review", by=EDUCATOR))
    third = await press(ward, the_button(resumed, "Go on"))
    assert third.title.startswith("3 of ")
    back = await press(ward, the_button(third, "Back"))
    assert "Not yet (your answer)" in {button.label for button in back.buttons}
    await press(ward, the_answer(back, Level.MET))
    async with ward.memory.read() as work:
        review = await work.reviews.get(ward.team.workspace, evaluation)
        assert review is not None
        rulings = await work.reviews.rulings(review, a_person(EDUCATOR))
    assert [ruling.level for ruling in rulings.values()] == [Level.MET, Level.MET]


async def test_nobody_changes_an_answer_after_seeing_the_judge(ward: Ward) -> None:
    evaluation = await contested(ward)
    assert "still open" in plain(await ward.press("compare", evaluation, by=EDUCATOR))
    await rule_all(ward, evaluation)
    assert "still open" in plain(await ward.press("settle", evaluation, by=EDUCATOR))
    await ward.press("compare", evaluation, by=EDUCATOR)
    for verb, args in (("rule", ("0", "not_yet")), ("review", ("0",))):
        assert "stand as they were" in plain(await ward.press(verb, evaluation, *args, by=EDUCATOR))
    resumed = shown(await ward.ask("review", by=EDUCATOR))
    assert (await press(ward, the_button(resumed, "Go on"))).title.startswith("You and the judge")


async def test_the_oldest_reply_comes_first_and_the_next_one_can_be_chosen(ward: Ward) -> None:
    await contested(ward)
    ward.clock.pass_by(minutes=5)
    other = "This is Amara. Mr. Voss looks bad. Come."
    await contested(ward, by="amara", words=other, slot="2")
    first = shown(await ward.ask("review", by=EDUCATOR))
    assert WORDS in plain(first)
    second = await press(ward, the_button(first, "Another reply"))
    assert other in plain(second)
    assert WORDS in plain(await press(ward, the_button(second, "Another reply")))


async def test_the_profession_is_told_only_where_the_drill_expects_less_of_it(ward: Ward) -> None:
    student = a_member("sam", ward.team, Profession.STUDENT)
    async with ward.memory.begin() as work:
        await work.members.save(student)
    await contested(ward, by="sam")
    card = plain(await ward.ask("review", by=EDUCATOR))
    assert "student: may say the preceptor will place the request" in card
    assert "Sam" not in card


@pytest.mark.parametrize(
    ("place", "level"), [("99", "met"), ("x", "met"), ("0", "superb"), ("7", "partial"), ("-1", "met")]
)
async def test_an_answer_that_no_button_offers_is_refused(ward: Ward, place: str, level: str) -> None:
    evaluation = await contested(ward)
    assert "not here for review" in plain(await ward.press("rule", evaluation, place, level, by=EDUCATOR))


def test_the_longest_button_fits_every_platform() -> None:
    packed = Intent("rule", ("f" * 16, "99", Level.CANNOT_JUDGE.value)).pack()
    assert len(packed) <= MAX_PACKED

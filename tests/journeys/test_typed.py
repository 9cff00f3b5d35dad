"""Words typed in a channel: an answer only where the team takes them so, and never anybody else's business."""

from __future__ import annotations

import pytest
from builders import a_drill_file
from ward import Ward

from drills.attempt import AttemptState
from drills.chat.cards import Card, Form
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.people import Place
from drills.push import Push

WORDS = "Dr. Lark, this is Kai on 5 South about Mr. Voss. He is much sicker since ten, please come now."
ANSWER = "Answer"


@pytest.fixture
async def push(ward: Ward) -> Push:
    """A drill that stands in a channel whose team takes typed answers."""
    await ward.change_team(threads=True)
    return await ward.push()


async def test_an_answer_typed_under_a_drill_is_judged_like_any_other(ward: Ward, push: Push) -> None:
    card = await ward.type(WORDS, push)
    assert card is not None
    assert "Reading your reply" in card.title
    await ward.work()
    assert ward.judge.seen[0].reply == WORDS
    (told,) = ward.told()
    assert "Dr. Lark, this is" in plain(told)
    assert "1 of 6 answered" in plain(await ward.refresh(push))


async def test_one_that_was_opened_in_the_form_may_be_typed_in_the_end(ward: Ward, push: Push) -> None:
    form = await ward.press("answer", push.id)
    await ward.type(WORDS, push)
    refused = await ward.submit(form, words="something else, sent a little later")
    assert isinstance(refused.show, Card)
    assert "You have answered this one" in refused.show.title
    await ward.work()
    assert [case.reply for case in ward.judge.seen] == [WORDS]


async def test_the_same_message_delivered_twice_is_one_reply(ward: Ward, push: Push) -> None:
    first = await ward.type(WORDS, push, key="redelivered")
    assert await ward.type(WORDS, push, key="redelivered") == first
    await ward.work()
    assert len(ward.judge.seen) == 1


async def test_a_second_one_is_told_that_the_first_stands(ward: Ward, push: Push) -> None:
    await ward.type(WORDS, push)
    card = await ward.type("And one more thing that I wanted to say.", push)
    assert card is not None
    assert "You have answered this one" in card.title
    await ward.work()
    assert len(ward.judge.seen) == 1


async def test_a_team_that_did_not_ask_for_it_talks_undisturbed(ward: Ward) -> None:
    push = await ward.push()
    assert await ward.type(WORDS, push) is None
    assert await ward.type(WORDS, push, by="stranger") is None
    await ward.work()
    assert ward.judge.seen == []


async def test_what_is_typed_anywhere_else_is_nobodys_answer(ward: Ward, push: Push) -> None:
    assert await ward.type(WORDS) is None
    assert await ward.type("help", place=Place(ward.team.workspace, "#lunch")) is None


@pytest.mark.parametrize("remark", ["Thanks, will do!", "👍", "   ", "Nice one. Really."])
async def test_a_remark_is_no_answer(ward: Ward, push: Push, remark: str) -> None:
    assert await ward.type(remark, push) is None


async def test_after_the_reveal_people_talk_about_the_drill(ward: Ward, push: Push) -> None:
    ward.clock.pass_by(hours=73)
    assert await ward.type("I would have said that he is much sicker since ten.", push) is None


async def test_somebody_who_is_not_in_the_team_gets_the_way_in(ward: Ward, push: Push) -> None:
    card = await ward.type(WORDS, push, by="newcomer")
    assert card is not None
    form = await ward.press(*_button(card), by="newcomer")
    assert isinstance(form, Form)
    assert form.intent == Intent("enrol", (push.id,))
    await ward.work()
    assert ward.judge.seen == []


async def test_a_second_look_wants_its_taps_first_and_then_takes_typed_words(ward: Ward) -> None:
    await ward.change_team(threads=True)
    push = await ward.push(a_drill_file("ai-001-ribs"))
    words = "Stop, he had apixaban at seven this morning, so we wait for pharmacy."
    card = await ward.type(words, push)
    assert card is not None
    assert "Two taps come first" in card.title
    before = await ward.press(*_button(card))
    after = await ward.press("before", before.buttons[0].intent.args[0], "go")  # type: ignore[union-attr]
    await ward.press("after", after.buttons[0].intent.args[0], "pause")  # type: ignore[union-attr]
    read = await ward.type(words, push)
    assert read is not None
    assert "Reading your reply" in read.title


async def test_a_real_persons_number_is_asked_to_be_deleted_and_kept_nowhere(ward: Ward, push: Push) -> None:
    for who in ("kai", "stranger"):
        card = await ward.type("Please call Mrs. Dragomir back on 312-555-0142 about MRN 48291734.", push, by=who)
        assert card is not None
        assert "Please delete" in card.title
        assert "312-555-0142" in plain(card)
        assert "everyone can read it" in plain(card)
    await ward.work()
    assert ward.judge.seen == []
    async with ward.memory.read() as work:
        assert await work.attempts.latest(push, ward.members[0].person) is None
        assert sum((await work.tripwires.of(ward.team.workspace, ward.clock().replace(year=2020))).values()) >= 2


async def test_a_cry_for_help_is_met_and_not_judged(ward: Ward, push: Push) -> None:
    card = await ward.type("I made a real medication error last night and I can't stop thinking about it.", push)
    assert card is not None
    assert "sounds real" in card.title
    assert "delete it" in plain(card)
    await ward.work()
    assert ward.judge.seen == []


async def test_one_that_is_too_long_is_not_cut(ward: Ward, push: Push) -> None:
    card = await ward.type("please come now " * 300, push)
    assert card is not None
    assert "3000 fit" in plain(card)
    async with ward.memory.read() as work:
        assert await work.attempts.latest(push, ward.members[0].person) is None


async def test_a_skipped_drill_is_answered_after_all(ward: Ward, push: Push) -> None:
    await ward.press("skip", push.id)
    await ward.type(WORDS, push)
    async with ward.memory.read() as work:
        attempt = await work.attempts.latest(push, ward.members[0].person)
    assert attempt is not None
    assert attempt.state is AttemptState.REPLIED


async def test_a_direct_message_gets_the_help_card(ward: Ward) -> None:
    card = await ward.type("hello, what are you?", place=Place(ward.team.workspace, "D1", direct=True))
    assert card is not None
    assert "/drill now" in plain(card)


async def test_naming_us_in_a_channel_gets_the_help_card_and_talk_gets_nothing(ward: Ward, push: Push) -> None:
    for under in (None, push):
        card = await ward.type("help", under, to_us=True)
        assert card is not None
        assert "/drill now" in plain(card)
        assert await ward.type("help", under) is None
    elsewhere = await ward.type("help", place=Place(ward.team.workspace, "#lunch"), to_us=True)
    assert elsewhere is not None
    assert "/drill setup" in plain(elsewhere)


async def test_naming_us_in_an_answer_is_an_answer(ward: Ward, push: Push) -> None:
    card = await ward.type(WORDS, push, to_us=True)
    assert card is not None
    assert "Reading your reply" in card.title


@pytest.mark.parametrize("direct", [True, False])
async def test_a_cry_for_help_outside_any_drill_is_met(ward: Ward, direct: bool) -> None:
    card = await _said_to_us(ward, "I made a real medication error last night and I can't stop thinking.", direct)
    assert "sounds real" in card.title
    assert ward.tools.support_text in plain(card)
    assert "/drill mine" not in plain(card)


@pytest.mark.parametrize("direct", [True, False])
async def test_a_real_persons_number_said_to_us_is_told_and_kept_nowhere(ward: Ward, direct: bool) -> None:
    card = await _said_to_us(ward, "Please call Mrs. Dragomir back on 312-555-0142 about MRN 48291734.", direct)
    assert "real patient" in card.title
    assert "312-555-0142" in plain(card)
    assert "until you delete it" in plain(card)
    assert await ward.work() == []
    async with ward.memory.read() as work:
        assert await work.tripwires.of(ward.team.workspace, ward.clock().replace(year=2020)) == {}


async def test_an_open_drills_own_patient_is_nobody_real(ward: Ward, push: Push) -> None:
    said = "Where do I answer about Mr. Voss?"
    assert "/drill now" in plain(await _said_to_us(ward, said))
    assert "real patient" in (await _said_to_us(ward, said, by="stranger")).title


async def _said_to_us(ward: Ward, words: str, direct: bool = True, by: str = "kai") -> Card:
    place = Place(ward.team.workspace, "D1", direct=True) if direct else ward.team.place
    card = await ward.type(words, place=place, to_us=not direct, by=by)
    assert card is not None
    return card


def _button(card: Card) -> tuple[str, str]:
    (button,) = card.buttons
    assert button.label == ANSWER
    return button.intent.verb, button.intent.args[0]

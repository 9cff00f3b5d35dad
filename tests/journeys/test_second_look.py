"""An AI second look: a tap, the AI card, a tap, the words – and the truth only afterwards."""

from __future__ import annotations

from builders import a_drill_file
from ward import Ward

from drills.chat.cards import AIOutput, Card, Form
from drills.chat.plain import plain

WORDS = "I need us to stop, this is a safety concern. The outside sheet says apixaban 5 mg, last dose 07:00 today."


async def test_the_two_taps_frame_the_ai_card_and_are_kept(ward: Ward) -> None:
    push = await ward.push(a_drill_file("ai-001-ribs"))
    before = await ward.press("answer", push.id)
    assert isinstance(before, Card)
    assert not any(isinstance(block, AIOutput) for block in before.blocks)
    assert [button.intent.verb for button in before.buttons] == ["before"] * 3

    ai = await ward.press(*_tap(before, "go"))
    assert isinstance(ai, Card)
    assert any(isinstance(block, AIOutput) for block in ai.blocks)
    assert "may be right or wrong" in plain(ai)

    form = await ward.press(*_tap(ai, "pause"))
    assert isinstance(form, Form)
    await ward.submit(form, words=WORDS)
    await ward.work()

    async with ward.memory.read() as work:
        (attempt,) = await work.attempts.of_person(ward.members[0].person)
    assert (attempt.before, attempt.after) == ("go", "pause")
    (card,) = ward.told()
    assert "Go ahead at 14:30 → Pause and check first" in plain(card)
    assert "its output was wrong" in plain(card)


async def test_nothing_before_the_reply_says_whether_the_ai_is_right(ward: Ward) -> None:
    push = await ward.push(a_drill_file("ai-001-ribs"))
    _, channel = ward.chat.posts[f"push:{push.id}"]
    before = await ward.press("answer", push.id)
    ai = await ward.press(*_tap(before, "go"))
    form = await ward.press(*_tap(ai, "go"))
    for shown in (channel, before, ai, form):
        text = plain(shown)
        assert "was wrong" not in text
        assert "was right" not in text
        assert "ai_wrong" not in text
    assert "CLEAR" not in plain(channel)
    assert "Checklist is green" not in plain(channel)


async def test_the_first_tap_cannot_be_changed_once_the_ai_was_seen(ward: Ward) -> None:
    push = await ward.push(a_drill_file("ai-001-ribs"))
    before = await ward.press("answer", push.id)
    await ward.press(*_tap(before, "go"))
    refused = await ward.press(*_tap(before, "pause"))
    assert "first tap is kept" in plain(refused)
    async with ward.memory.read() as work:
        (attempt,) = await work.attempts.of_person(ward.members[0].person)
    assert attempt.before == "go"


async def test_coming_back_goes_on_where_the_person_left(ward: Ward) -> None:
    push = await ward.push(a_drill_file("ai-001-ribs"))
    before = await ward.press("answer", push.id)
    await ward.press(*_tap(before, "go"))
    again = await ward.press("answer", push.id)
    assert isinstance(again, Card)
    assert any(isinstance(block, AIOutput) for block in again.blocks)


def _tap(card: Card | Form, option: str) -> tuple[str, ...]:
    assert isinstance(card, Card)
    intent = next(button.intent for button in card.buttons if button.intent.args[-1] == option)
    return (intent.verb, *intent.args)

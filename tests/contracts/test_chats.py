"""One contract for every way out: what holds in the room holds in Slack and Discord.

A platform joins by a harness (tests/chat_harness.py) in PLATFORMS.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from chat_harness import ChatHarness
from discord_harness import discord_harness
from made_cards import EVERY_BLOCK, WORDS_OF_EVERY_BLOCK, a_card, a_drill_card, a_form
from room_harness import room_harness
from slack_harness import slack_harness

from drills.chat.cards import Button, FieldErrors, Marked, Quote, Span, Text
from drills.chat.inbound import NotTaken, Pressed, Submitted
from drills.chat.intents import Intent
from drills.errors import CannotReach
from drills.people import MessageRef
from drills.ports import Once

PLATFORMS: dict[str, Callable[[Path], AbstractAsyncContextManager[ChatHarness]]] = {
    "discord": discord_harness,
    "room": room_harness,
    "slack": slack_harness,
}

HOSTILE = (
    "@everyone @here <!channel> <@U123> please",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "see [my site](https://example.org) or <https://example.org|this>",
    "*bold* _it_ `code` ~~gone~~ {{ 7 * 7 }} {% raw %}",
    "\u202eevil\u202c &amp; &lt;b&gt; \"quoted\" 'single'",
)


@pytest.fixture(params=sorted(PLATFORMS))
async def harness(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ChatHarness]:
    async with PLATFORMS[request.param](tmp_path) as harness:
        yield harness


class TestChats:
    async def test_every_block_shows_all_its_words(self, harness: ChatHarness) -> None:
        await harness.chat.post(harness.here, a_card("Everything", *EVERY_BLOCK), Once("k1"))
        (seen,) = await harness.seen_by(harness.ada)
        assert [words for words in WORDS_OF_EVERY_BLOCK if words not in seen.text] == []

    async def test_banner_comes_first_and_who_sees_is_said(self, harness: ChatHarness) -> None:
        await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        (seen,) = await harness.seen_by(harness.ada)
        assert seen.text.index("DRILL – fictional patient") < seen.text.index("The held dose")
        assert "Everyone here sees this." in seen.text

    async def test_texts_and_buttons_up_to_the_limits_lose_nothing(self, harness: ChatHarness) -> None:
        limits = harness.chat.limits
        title, label = "T" * limits.title, "B" * limits.button_label
        paragraphs = (limits.message - 4000) // 1000
        body = tuple(Text(f"{number:04d}" + "x" * 995) for number in range(paragraphs))
        buttons = tuple(Button(f"{number}{label[1:]}", Intent("press", (str(number),))) for number in range(5))
        await harness.chat.post(harness.here, a_card(title, *body, buttons=buttons), Once("k1"))
        (seen,) = await harness.seen_by(harness.ada)
        assert title in seen.text
        assert [block.text for block in body if block.text not in seen.text] == []
        assert set(seen.buttons) == {button.label for button in buttons}

    async def test_pressed_button_returns_the_same_intent(self, harness: ChatHarness) -> None:
        ref = await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        await harness.press(harness.ben, ref.id, "Skip")
        (came,) = harness.inbox.came
        assert isinstance(came, Pressed)
        assert (came.intent, came.person, came.place) == (Intent("skip", ("p1",)), harness.ben, harness.here)

    async def test_form_values_return_under_the_same_names(self, harness: ChatHarness) -> None:
        harness.inbox.answers["answer"] = a_form()
        ref = await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        opened = await harness.press(harness.ada, ref.id, "Answer")
        assert opened
        assert set(opened.fields) == {"words", "sure"}
        words = 'Dr. Brandt, "stop" <now> & wait.\nLevel at 15:00, naïve – ok? 🙂'
        await harness.send(harness.ada, opened, {"words": words, "sure": "no"})
        came = harness.inbox.came[-1]
        assert isinstance(came, Submitted)
        assert (came.intent, came.person, came.place) == (Intent("reply", ("a1",)), harness.ada, harness.here)
        assert came.values == {"words": words, "sure": "no"}

    async def test_form_at_fault_comes_back_with_a_sentence_and_every_word(self, harness: ChatHarness) -> None:
        words = "Two lines\nof <b>mine</b>"
        harness.inbox.answers["answer"] = a_form()
        harness.inbox.answers["reply"] = FieldErrors(a_form(words), {"words": "That is too short to read."})
        ref = await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        opened = await harness.press(harness.ada, ref.id, "Answer")
        assert opened
        again = await harness.send(harness.ada, opened, {"words": words})
        assert again
        assert "That is too short to read." in again.text
        assert again.fields["words"] == words

    async def test_form_that_could_not_be_taken_stays_with_every_word_and_the_sentence(
        self, harness: ChatHarness
    ) -> None:
        harness.inbox.answers |= {"answer": a_form(), "reply": NotTaken("Please try again in a moment.")}
        ref = await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        opened = await harness.press(harness.ada, ref.id, "Answer")
        assert opened
        kept = await harness.send(harness.ada, opened, {"words": "Please come now."})
        assert kept
        assert "Please try again in a moment." in kept.text
        assert kept.fields["words"] == "Please come now."
        harness.inbox.answers["reply"] = None
        assert await harness.send(harness.ada, kept, {"words": "Please come now."}) is None

    async def test_answer_that_is_a_card_is_shown_with_its_buttons(self, harness: ChatHarness) -> None:
        choice = Button("Pause and check first", Intent("before", ("a1", "pause")))
        harness.inbox.answers["answer"] = a_card("Half past two", buttons=(choice,))
        ref = await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        opened = await harness.press(harness.ada, ref.id, "Answer")
        assert opened
        assert "Half past two" in opened.text
        assert choice.label in opened.buttons

    async def test_redelivered_event_has_the_same_key(self, harness: ChatHarness) -> None:
        """Or does not come in again at all: an adapter may know it by itself."""
        ref = await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        await harness.press(harness.ada, ref.id, "Skip")
        await harness.redeliver()
        await harness.press(harness.ada, ref.id, "Skip")
        first, *again, later = (came.key for came in harness.inbox.came)
        assert set(again) <= {first}
        assert first != later

    async def test_revised_message_keeps_its_place(self, harness: ChatHarness) -> None:
        drill = await harness.chat.post(harness.here, a_drill_card(3), Once("k1"))
        await harness.chat.post(harness.here, a_card("Later"), Once("k2"))
        await harness.chat.revise(drill, a_drill_card(4))
        await harness.chat.revise(drill, a_drill_card(4))
        first, second = await harness.seen_by(harness.ben)
        assert first.id == drill.id
        assert "4 of 6 answered" in first.text
        assert "3 of 6" not in first.text
        assert "Later" in second.text

    async def test_same_key_posts_once(self, harness: ChatHarness) -> None:
        first = await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        again = await harness.chat.post(harness.here, a_drill_card(), Once("k1", again=True))
        assert first == again
        assert len(await harness.seen_by(harness.ada)) == 1

    async def test_same_key_tells_once(self, harness: ChatHarness) -> None:
        for again in (False, True):
            await harness.chat.tell(harness.ada, harness.here, a_card("Your feedback"), Once("k1", again=again))
        assert [seen.private for seen in await harness.seen_by(harness.ada)] == [True]

    async def test_private_is_seen_by_one_person_only(self, harness: ChatHarness) -> None:
        await harness.chat.post(harness.here, a_drill_card(), Once("k1"))
        await harness.chat.tell(harness.ada, harness.here, a_card("Your feedback"), Once("k2"))
        assert [seen.private for seen in await harness.seen_by(harness.ada)] == [False, True]
        assert [seen.private for seen in await harness.seen_by(harness.ben)] == [False]
        assert "Your feedback" not in " ".join(seen.text for seen in await harness.seen_by(harness.ben))

    async def test_who_cannot_be_reached_is_said_so(self, harness: ChatHarness) -> None:
        with pytest.raises(CannotReach):
            await harness.chat.post(harness.nowhere, a_drill_card(), Once("k1"))
        with pytest.raises(CannotReach):
            await harness.chat.tell(harness.stranger, harness.here, a_card(), Once("k2"))
        with pytest.raises(CannotReach):
            await harness.chat.revise(MessageRef(harness.here, "999999"), a_card())

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_stays_text(self, harness: ChatHarness, text: str) -> None:
        blocks = (Text(text, label=text), Quote(text, by=text), Marked(text, (Span(0, 9, text),)))
        buttons = (Button(text[:60], Intent("press")),)
        await harness.chat.post(harness.here, a_card(text, *blocks, buttons=buttons), Once("k1"))
        (seen,) = await harness.seen_by(harness.ada)
        assert seen.live == ()
        assert seen.text.count(text) >= 5  # title, label, paragraph, quote, its speaker
        assert seen.buttons == (text[:60].strip(),)

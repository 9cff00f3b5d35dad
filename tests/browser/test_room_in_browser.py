"""The room as people use it: with a mouse, with a keyboard, on a phone, in two browsers at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_cards import EVERY_BLOCK, a_card, a_drill_card, a_form
from open_page import OpenPage
from playwright.async_api import Browser, Page, expect
from room_house import ADA, BEN, TEAM, RoomHouse

from drills.chat.cards import Button, FieldErrors, Text
from drills.chat.inbound import NotTaken, Pressed, Submitted
from drills.chat.intents import Intent
from drills.ports import Once

pytestmark = pytest.mark.browser


async def test_drill_is_answered_from_tap_to_private_feedback(room: RoomHouse, a_page: OpenPage) -> None:
    room.inbox.answers |= {"answer": a_form(), "reply": a_card("Reading your reply…")}
    drill = await room.chat.post(TEAM.place, a_drill_card(3), Once("d"))
    ada, ben = await a_page(room.seat(ADA)), await a_page(room.seat(BEN))
    await ada.get_by_role("button", name="Answer").click()
    await ada.get_by_label("What you say").fill("Dr. Brandt, I hear you.")
    await expect(ada.get_by_text("5 words · guide 25–180")).to_be_visible()
    await ada.get_by_role("button", name="Send").last.click()
    await expect(ada.get_by_role("heading", name="Reading your reply…")).to_be_visible()

    await room.chat.revise(drill, a_drill_card(4))
    await room.chat.tell(ADA.person, TEAM.place, a_card("Your feedback"), Once("f"))
    await expect(ada.get_by_text("New, only for you: DRILL – fictional patient · Your feedback")).to_be_visible()
    await ada.get_by_role("button", name="Show it").click()
    await expect(ada.get_by_role("article", name="Your feedback")).to_be_focused()
    for page in (ada, ben):
        await expect(page.get_by_text("4 of 6 answered")).to_be_visible()
    await expect(ada.get_by_role("article", name="Your feedback").get_by_text("Only you")).to_be_visible()
    await expect(ben.get_by_text("Your feedback")).to_have_count(0)
    submitted = room.inbox.came[-1]
    assert isinstance(submitted, Submitted)
    assert submitted.values == {"words": "Dr. Brandt, I hear you."}


async def test_everything_goes_by_keyboard_and_focus_comes_back(room: RoomHouse, a_page: OpenPage) -> None:
    room.inbox.answers |= {"answer": a_form()}
    drill = await room.chat.post(TEAM.place, a_drill_card(3), Once("d"))
    page = await a_page(room.seat(ADA))
    await page.keyboard.press("Tab")
    assert await focused(page) == "Skip to the channel"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert await focused(page) == "Answer"
    await page.keyboard.press("Enter")
    await expect(page.locator("#answer-title")).to_be_focused()
    await room.chat.revise(drill, a_drill_card(4))  # the card behind is redrawn meanwhile
    await expect(page.get_by_text("4 of 6 answered")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Answer")).to_be_focused()


async def test_card_that_is_redrawn_keeps_focus_and_what_was_unfolded(room: RoomHouse, a_page: OpenPage) -> None:
    fold, buttons = EVERY_BLOCK[-1], a_drill_card().buttons
    drill = await room.chat.post(TEAM.place, a_card("A", Text("one"), fold, buttons=buttons), Once("d"))
    page = await a_page(room.seat(ADA))
    await page.get_by_text("One good answer").click()
    await page.get_by_role("button", name="Skip").focus()
    await room.chat.revise(drill, a_card("A", Text("two"), fold, buttons=buttons))
    await expect(page.get_by_text("two")).to_be_visible()
    await expect(page.get_by_text("We both want this gone.")).to_be_visible()
    assert await focused(page) == "Skip"


async def test_draft_outlives_escape_reload_and_an_answer_gone_wrong(room: RoomHouse, a_page: OpenPage) -> None:
    room.inbox.answers |= {"answer": a_form(), "reply": a_card("That did not work")}
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await a_page(room.seat(ADA))
    words, answer = page.get_by_label("What you say"), page.get_by_role("button", name="Answer")
    await answer.click()
    await words.fill("half a thought")
    await page.keyboard.press("Escape")
    await page.reload()
    await answer.click()
    await expect(words).to_have_value("half a thought")
    await page.get_by_role("button", name="Send").last.click()
    await page.get_by_role("button", name="Close").click()
    await answer.click()
    await expect(words).to_have_value("half a thought")


async def test_form_that_could_not_be_taken_stays_open_and_sends_the_same_event_again(
    room: RoomHouse, a_page: OpenPage
) -> None:
    room.inbox.answers |= {"answer": a_form(), "reply": NotTaken("Please try again in a moment.")}
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await a_page(room.seat(ADA))
    await page.get_by_role("button", name="Answer").click()
    await page.get_by_label("What you say").fill("Please come now.")
    await page.get_by_role("button", name="Send").last.click()
    await expect(page.get_by_text("Please try again in a moment.")).to_be_visible()
    await expect(page.get_by_label("What you say")).to_have_value("Please come now.")
    room.inbox.answers["reply"] = a_card("Reading your reply")
    await page.get_by_role("button", name="Send").last.click()
    await expect(page.get_by_text("Reading your reply")).to_be_visible()
    await expect(page.get_by_text("Please try again in a moment.")).to_be_hidden()
    first, again = room.inbox.came[-2:]
    assert first.key == again.key


async def test_draft_of_one_attempt_never_comes_up_in_another(room: RoomHouse, a_page: OpenPage) -> None:
    room.inbox.answers |= {"answer": a_form()}
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await a_page(room.seat(ADA))
    await page.get_by_role("button", name="Answer").click()
    await page.get_by_label("What you say").fill("first try")
    await page.keyboard.press("Escape")
    room.inbox.answers["answer"] = replace(a_form(), intent=Intent("reply", ("a2",)))
    await page.get_by_role("button", name="Answer").click()
    await expect(page.get_by_label("What you say")).to_have_value("")


async def test_form_at_fault_keeps_the_words_and_focuses_the_field(room: RoomHouse, a_page: OpenPage) -> None:
    again = FieldErrors(a_form("ok"), {"words": "One word is too little to read."})
    room.inbox.answers |= {"answer": a_form(), "reply": again}
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await a_page(room.seat(ADA))
    await page.get_by_role("button", name="Answer").click()
    await page.get_by_label("What you say").fill("ok")
    await page.get_by_role("button", name="Send").last.click()
    await expect(page.get_by_text("One word is too little to read.")).to_be_visible()
    await expect(page.get_by_label("What you say")).to_be_focused()
    await expect(page.get_by_label("What you say")).to_have_value("ok")


async def test_two_taps_lead_from_card_to_card_to_form(room: RoomHouse, a_page: OpenPage) -> None:
    before = a_card("First tap", buttons=(Button("Pause", Intent("before", ("a1", "pause"))),))
    after = a_card("Second tap", EVERY_BLOCK[7], buttons=(Button("Go ahead", Intent("after", ("a1", "go"))),))
    room.inbox.answers |= {"answer": before, "before": after, "after": a_form()}
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await a_page(room.seat(ADA))
    for name in ("Answer", "Pause", "Go ahead"):
        await page.get_by_role("button", name=name).click()
    await expect(page.get_by_label("What you say")).to_be_visible()
    assert [intent.verb for intent in room.inbox.intents] == ["answer", "before", "after"]


async def test_double_click_is_one_event(room: RoomHouse, a_page: OpenPage) -> None:
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await a_page(room.seat(ADA))
    await page.get_by_role("button", name="Skip").evaluate("button => { button.click(); button.click(); }")
    await expect(page.get_by_role("button", name="Skip")).to_be_enabled()
    await page.wait_for_function("() => !document.querySelector('[aria-busy]')")
    assert len({came.key for came in room.inbox.came}) == 1
    assert isinstance(room.inbox.came[0], Pressed)


async def test_news_is_announced_and_the_board_follows(room: RoomHouse, a_page: OpenPage) -> None:
    room.inbox.answers["board"] = a_card("The board before")
    page = await a_page(room.seat(ADA))
    await expect(page.get_by_text("The first drill will appear")).to_be_visible()
    room.inbox.answers["board"] = a_card("The board after")
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    await expect(page.locator("#status")).to_have_text("New in the channel: DRILL – fictional patient · The held dose")
    await expect(page.get_by_role("complementary").get_by_text("The board after")).to_be_visible()
    await expect(page.get_by_text("The first drill will appear")).to_be_hidden()


async def test_words_are_kept_when_the_room_cannot_be_reached(room: RoomHouse, a_page: OpenPage) -> None:
    room.inbox.answers |= {"answer": a_form()}
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await a_page(room.seat(ADA))
    await page.get_by_role("button", name="Answer").click()
    await page.get_by_label("What you say").fill("do not lose me")
    await page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
    await page.get_by_role("button", name="Send").last.click()
    await expect(page.get_by_role("dialog").get_by_text("can't be reached just now")).to_be_visible()
    await expect(page.get_by_label("What you say")).to_have_value("do not lose me")


async def test_far_too_many_words_are_kept_and_told_in_a_sentence(room: RoomHouse, browser: Browser) -> None:
    room.inbox.answers |= {"answer": a_form()}
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await browser.new_page()  # not `a_page`: Chromium complains about the 413 on its console
    await page.goto(room.seat(ADA))
    await page.get_by_role("button", name="Answer").click()
    await page.get_by_label("What you say").fill("b" * 300_000)
    await page.get_by_role("button", name="Send").last.click()
    await expect(page.get_by_role("alert")).to_contain_text("more than the room can take")
    assert len(await page.get_by_label("What you say").input_value()) == 300_000
    await page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 1280])
async def test_nothing_spills_out_and_targets_are_large_enough(
    room: RoomHouse, a_page: OpenPage, width: int, scheme: str
) -> None:
    long = Text("Pneumonoultramicroscopicsilicovolcanoconiosis" * 4)
    await room.chat.post(
        TEAM.place, a_card("Every block", long, *EVERY_BLOCK, buttons=a_drill_card().buttons), Once("d")
    )
    page = await a_page(room.seat(ADA), width=width, height=844, color_scheme=scheme)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    small = (
        "[...document.querySelectorAll('button, summary')].filter(e => e.offsetHeight && e.offsetHeight < 36).length"
    )
    assert await page.evaluate(small) == 0


async def test_page_reads_and_answers_without_scripts(room: RoomHouse, a_page: OpenPage) -> None:
    room.inbox.answers |= {"answer": a_form(), "reply": a_card("Reading your reply…")}
    await room.chat.post(TEAM.place, a_drill_card(), Once("d"))
    page = await a_page(room.seat(ADA), java_script_enabled=False)
    await page.get_by_role("button", name="Answer").click()
    await page.get_by_label("What you say").fill("By plain form.")
    await page.get_by_role("button", name="Send").last.click()
    await expect(page.get_by_role("heading", name="Reading your reply…")).to_be_visible()


async def focused(page: Page) -> str:
    return str(await page.evaluate("document.activeElement.innerText")).strip()

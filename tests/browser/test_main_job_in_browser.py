"""The main job from end to end: the program as the demo runs it, the embedded judge, two people in two browsers."""

from __future__ import annotations

import re

import pytest
from open_page import OpenPage
from playwright.async_api import Locator, Page, expect

pytestmark = pytest.mark.browser

QUOTED = "I need us to stop before the needle"
REPLY = f"""Dr. Imani, {QUOTED}. The checklist says no anticoagulants, but the outside sheet says apixaban,
last dose 07:00 today. Let's ask his wife and call pharmacy; a normal INR doesn't exclude it."""


async def test_drill_is_answered_judged_told_in_private_and_counted_for_the_team(demo: str, a_page: OpenPage) -> None:
    kai, jonas = await a_page(f"{demo}/5-south/as/kai"), await a_page(f"{demo}/5-south/as/jonas")
    answered, completed = await answered_so_far(jonas), await drills_completed(jonas)

    await newest_drill(kai).get_by_role("button", name="Answer").click()
    dialog = kai.get_by_role("dialog")
    await expect(dialog.get_by_text("First tap")).to_be_visible()
    await expect(dialog.get_by_text("AI output")).to_have_count(0)
    await dialog.get_by_role("button", name="Go ahead at 14:30").click()
    await expect(dialog.get_by_text("AI output")).to_be_visible()
    await dialog.get_by_role("button", name="Pause and check first").click()
    await dialog.get_by_role("textbox").fill(REPLY)
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_role("heading", name="Reading your reply…")).to_be_visible()

    await dialog.get_by_role("button", name="Show it").click()
    feedback = kai.get_by_role("article", name=re.compile("practice feedback"))
    await expect(feedback.get_by_text("Only you", exact=True)).to_be_visible()
    await expect(feedback.locator("mark").get_by_text(QUOTED)).to_be_visible()
    await feedback.get_by_text("Criterion by criterion").click()
    await expect(feedback.get_by_text("✓ Found in your words").first).to_be_visible()

    await expect(newest_drill(jonas).get_by_text(f"{answered + 1} of")).to_be_visible()
    await expect(own_drills(jonas)).to_have_text(str(completed + 1))
    await expect(jonas.get_by_text("practice feedback")).to_have_count(0)
    assert QUOTED not in await jonas.content()


async def test_second_answer_is_refused_kindly_and_feedback_can_be_contested(demo: str, a_page: OpenPage) -> None:
    kai = await a_page(f"{demo}/5-south/as/kai")
    dialog = kai.get_by_role("dialog")
    await newest_drill(kai).get_by_role("button", name="Answer").click()
    await dialog.get_by_role("button", name="Not sure").click()
    await expect(dialog.get_by_text("AI output")).to_be_visible()  # else the second click meets the first card
    await dialog.get_by_role("button", name="Not sure").click()
    await dialog.get_by_role("textbox").fill(REPLY)
    await dialog.get_by_role("button", name="Send").click()
    await dialog.get_by_role("button", name="Show it").click()

    await kai.get_by_role("button", name="This was not fair").click()
    await dialog.get_by_role("textbox").fill("I named the report as well.")
    await dialog.get_by_role("button").first.click()
    await expect(dialog.get_by_role("textbox")).to_have_count(0)
    await kai.keyboard.press("Escape")

    await newest_drill(kai).get_by_role("button", name="Answer").click()
    await expect(dialog.get_by_text("You have answered this one")).to_be_visible()


def newest_drill(page: Page) -> Locator:
    return page.get_by_role("article", name="Half past two", exact=True).last


async def answered_so_far(page: Page) -> int:
    line = await newest_drill(page).get_by_text(re.compile(r"\d+ of \d+ answered")).inner_text()
    return int(line.split()[0])


async def drills_completed(page: Page) -> int:
    return int(await own_drills(page).inner_text())


def own_drills(page: Page) -> Locator:
    """Drills completed, in the row of the team whose channel it is."""
    row = page.get_by_role("complementary").get_by_role("row").filter(has_text="your team")
    return row.locator('[data-column="Drills completed"]')

"""An educator sets a team up, names a lead and posts a drill; a learner answers it and has their words erased."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from open_page import OpenPage
from playwright.async_api import Locator, Page, expect

pytestmark = pytest.mark.browser

OWN = "Kai here, and this is how I would say it on the phone"


async def test_an_educator_sets_up_names_a_lead_and_posts_a_drill(demo: str, a_page: OpenPage) -> None:
    priya, jonas = await a_page(f"{demo}/5-south/as/priya"), await a_page(f"{demo}/5-south/as/jonas")
    dialog = await ask(priya, "/drill setup")
    await dialog.get_by_label("Time zone").fill("Chicago")
    await dialog.get_by_label("Quiet hours").fill("")
    await shot(priya, "setup")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("Did you mean America/Chicago?")).to_be_visible()
    await shot(priya, "setup-refused")
    await dialog.get_by_label("Time zone").fill("America/Chicago")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("heading", name="is changed")).to_be_visible()
    await shot(priya, "ready")

    await dialog.get_by_role("button", name="Name leads and educators").click()
    await dialog.get_by_role("group", name="Leads").get_by_label("Jonas Weber").check()
    await shot(priya, "roles")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("2 people")).to_be_visible()
    await priya.keyboard.press("Escape")

    dialog = await ask(jonas, "/drill push")
    option = dialog.get_by_role("radio").first
    await option.check()
    await shot(jonas, "push")
    posted = priya.get_by_role("article")
    before = await posted.count()
    await dialog.get_by_role("button", name="Post it").click()
    await expect(dialog.get_by_role("heading", name="On its way")).to_be_visible()
    await expect(posted).to_have_count(before + 1)


async def test_a_learner_has_their_words_erased(demo: str, a_page: OpenPage) -> None:
    kai = await a_page(f"{demo}/5-south/as/kai")
    dialog = await ask(kai, "/drill list")
    await dialog.get_by_role("button", name="Answer: 02:40").click()
    await dialog.get_by_role("textbox").fill(f"{OWN}: he is much sicker since ten, please come now.")
    await dialog.get_by_role("button", name="Send").click()
    await expect(kai.get_by_text(OWN).first).to_be_visible()
    await kai.keyboard.press("Escape")

    dialog = await ask(kai, "/drill forget-me")
    await shot(kai, "forget")
    await dialog.get_by_role("button", name="Erase my words now").click()
    await expect(dialog.get_by_role("heading", name="Your words are erased")).to_be_visible()
    await kai.reload()
    await expect(kai.get_by_text(OWN)).to_have_count(0)
    await expect(kai.get_by_role("banner").get_by_text("kai", exact=True)).to_be_visible()


async def ask(page: Page, words: str) -> Locator:
    await page.get_by_label("Message or command to Readback").fill(words)
    await page.get_by_role("button", name="Send", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    return dialog


async def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

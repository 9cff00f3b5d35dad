"""Eight weeks for two teams in two zones, planned on the page beside the room, without JavaScript; then on a phone."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from open_page import OpenPage
from playwright.async_api import Page, expect

pytestmark = pytest.mark.browser


async def test_an_educator_plans_eight_weeks_and_sees_every_slot_before_it_starts(demo: str, a_page: OpenPage) -> None:
    await _to_berlin(await a_page(f"{demo}/micu/as/ines"))
    page = await a_page(f"{demo}/5-south/as/priya", java_script_enabled=False)
    await page.get_by_role("link", name="Campaigns").click()
    await page.get_by_role("button", name="New campaign").click()
    await page.get_by_label("Title").fill("Winter handoffs")
    await page.get_by_role("group", name="Which teams").get_by_label("5 South").check()
    await page.get_by_role("group", name="Which teams").get_by_label("Medical ICU (Europe/Berlin)").check()
    await page.get_by_label("Which days").fill("Tusday at 14:00")
    await page.get_by_label("From which day").fill("2027-03-01 for 8 weeks")
    await page.get_by_role("group", name="Which drills").get_by_label("SBAR handoff").check()
    await shot(page, "campaign-form")
    await page.get_by_role("button", name="Preview").click()
    await expect(page.get_by_text("Did you mean Tuesday?")).to_be_visible()
    await expect(page.get_by_label("Title")).to_have_value("Winter handoffs")
    at_fault = page.locator(".wrong", has_text="Please look again at one field.")  # the page begins at its top again
    await expect(at_fault).to_be_focused()
    await shot(page, "campaign-refused")
    await at_fault.get_by_role("link", name="Which days, at what time").click()
    await expect(page.get_by_text("Did you mean Tuesday?")).to_be_in_viewport()

    await page.get_by_label("Which days").fill("Tue and Thu at 14:00")
    await page.get_by_label("Which days").press("Enter")  # no mouse needed
    await expect(page.get_by_role("heading", name="Winter handoffs: draft")).to_be_visible()
    await expect(page.get_by_text("32 slots: 32 planned.")).to_be_visible()
    await expect(page.get_by_role("table")).to_have_count(8)
    first = page.get_by_role("region", name="Week of Mon 01 March 2027").get_by_role("row")
    assert await first.count() == 1 + 4
    await expect(first.nth(1)).to_contain_text("Medical ICU")
    await expect(first.nth(1)).to_contain_text("Tue 02 Mar 14:00")
    await expect(first.nth(1)).to_contain_text("02 Mar 13:00")  # UTC, an hour behind Berlin
    await expect(first.nth(2)).to_contain_text("02 Mar 20:00")  # and six ahead of Chicago
    await expect(first.nth(1)).to_contain_text("✓ planned")
    await expect(page.get_by_role("button", name="Start")).to_be_in_viewport()  # however many weeks there are
    await shot(page, "campaign-preview")

    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_text("It runs.")).to_be_visible()
    await page.get_by_role("link", name="All campaigns").click()
    await expect(page.get_by_text(re.compile("next drill (Tuesday 02 March|shows here in a moment)"))).to_be_visible()
    await shot(page, "campaign-list")
    await page.get_by_role("button", name="Open: Winter handoffs").click()
    await page.get_by_role("button", name="Pause").click()
    await expect(page.get_by_role("heading", name="Winter handoffs is paused")).to_be_visible()
    await page.goto(page.url)  # by its address, what was pressed is not pressed again
    await expect(page.get_by_role("heading", name="Campaigns of 5 South")).to_be_visible()

    phone = await a_page(f"{demo}/5-south/as/priya/campaigns/winter-handoffs", width=390, height=844)
    await expect(phone.get_by_text("It is paused")).to_be_visible()
    assert await phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    await shot(phone, "campaign-phone")


async def test_a_lead_looks_and_a_learner_is_told_who_may(demo: str, a_page: OpenPage) -> None:
    amara = await a_page(f"{demo}/5-south/as/amara/campaigns")
    await expect(amara.get_by_text("This team is in no campaign.")).to_be_visible()
    await expect(amara.get_by_role("button", name="New campaign")).to_have_count(0)
    kai = await a_page(f"{demo}/5-south/as/kai/campaigns")
    await expect(kai.get_by_text("Leads and educators of this team can do that")).to_be_visible()


async def _to_berlin(ines: Page) -> None:
    await ines.get_by_label("Message or command to Readback").fill("/drill setup")
    await ines.get_by_role("button", name="Send", exact=True).click()
    dialog = ines.get_by_role("dialog")
    await dialog.get_by_label("Time zone").fill("Europe/Berlin")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("heading", name="is changed")).to_be_visible()


async def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

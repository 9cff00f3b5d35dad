"""Makes docs/images from the running program: `make screenshots`. Needs Debian's Chromium at /usr/bin/chromium."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, sync_playwright

IMAGES = Path(__file__).with_name("images")
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DESK = ViewportSize(width=1280, height=860)
TALL = ViewportSize(width=1280, height=1800)
PHONE = ViewportSize(width=390, height=844)
MARGIN = 16
NIGHT_CALL = "02:40 – he looked fine at ten"
HALF_PAST_TWO = "Half past two"
REPLY = (
    "Dr. Lark, this is Kai, RN on 5 South, calling about Mr. Voss. He has gotten much sicker since ten and I need you "
    "to see him. He is day 4 after a hemicolectomy, penicillin anaphylaxis. BP 98/54 and heart rate 116, both were "
    "normal at ten. His belly is newly swollen and guarded. I'm worried this is sepsis."
)


@contextmanager
def demo() -> Iterator[str]:
    """`readback demo` on a free port, with data of its own; yields Kai's address in it."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bot", "demo", "--no-open", "--port", "0", "--data", data]
        environment = os.environ | {"READBACK_JUDGE": "embedded"}
        program = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)  # noqa: S603  # ours
        try:
            address = _address(program)
            Thread(target=program.communicate, daemon=True).start()  # a full pipe would stop the program
            yield f"{address}/5-south/as/kai"
        finally:
            program.terminate()
            program.wait()


def _address(program: subprocess.Popen[str]) -> str:
    said: list[str] = []
    for line in program.stderr or ():
        said.append(line)
        if line.startswith("Readback demo at "):
            return line.split()[3]
    raise SystemExit("The demo did not start:\n" + "".join(said))


def take(browser: Browser, kai: str) -> None:
    """One picture after the other, in the order in which a newcomer meets them."""
    desk = _page(browser, kai, DESK)
    _shoot(desk, "room")
    _answer(desk, HALF_PAST_TWO)
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("button", name="Go ahead at 14:30").click()
    dialog.get_by_text("AI output").wait_for()
    _shoot(desk, "second-look")
    desk.keyboard.press("Escape")
    _reply(desk)
    tall = _page(browser, kai, TALL)
    _around(_feedback(tall), "feedback")
    _around(tall.locator("#board-face"), "board")
    phone = _page(browser, kai, PHONE, dark=True)
    _feedback(phone)
    _shoot(phone, "phone-dark")
    campaign(browser, kai.replace("/kai", "/priya"))


def campaign(browser: Browser, priya: str) -> None:
    """Eight weeks for two teams, as an educator sees them before they start."""
    page = _page(browser, f"{priya}/campaigns", DESK)
    page.get_by_role("button", name="New campaign").click()
    page.get_by_label("Title").fill("Winter handoffs")
    page.get_by_label("Medical ICU").check()
    page.get_by_label("From which day").fill("2027-03-01 for 8 weeks")
    page.get_by_label("SBAR handoff").check()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="Winter handoffs: draft").wait_for()
    _shoot(page, "campaign")


def _page(browser: Browser, url: str, viewport: ViewportSize, *, dark: bool = False) -> Page:
    page = browser.new_page(viewport=viewport, color_scheme="dark" if dark else "light", reduced_motion="reduce")
    page.goto(url)
    return page


def _drill(page: Page, title: str) -> Locator:
    return page.get_by_role("article", name=title, exact=True).last


def _answer(page: Page, title: str) -> None:
    _drill(page, title).get_by_role("button", name="Answer").click()


def _reply(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    _answer(page, NIGHT_CALL)
    dialog.get_by_role("textbox").fill(REPLY)
    dialog.get_by_role("button", name="Send").click()
    dialog.get_by_role("button", name="Show it").wait_for()


def _feedback(page: Page) -> Locator:
    card = page.get_by_role("article", name="practice feedback").last
    card.evaluate("card => { card.style.scrollMarginTop = '16px'; card.scrollIntoView(); }")
    return card


def _around(what: Locator, name: str) -> None:
    """A part of the page with a margin. The part must fit in the window."""
    box = what.bounding_box()
    if box is None:
        raise SystemExit(f"{name} is not on the page.")
    x, y, width, height = box["x"] - MARGIN, box["y"] - MARGIN, box["width"] + 2 * MARGIN, box["height"] + 2 * MARGIN
    what.page.screenshot(path=IMAGES / f"{name}.png", clip=FloatRect(x=x, y=y, width=width, height=height))


def _shoot(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with demo() as kai, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        take(browser, kai)
        browser.close()


if __name__ == "__main__":
    main()

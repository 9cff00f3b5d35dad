"""A real Chromium (Debian's) and a served room. `a_page(...)` opens one person's view; two calls are two people."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from open_page import OpenPage
from playwright.async_api import Browser, BrowserContext, Page, async_playwright
from room_house import RoomHouse, room_house
from running_program import running_program

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[RoomHouse]:
    async with room_house(tmp_path) as house:
        yield house


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[str]:
    """The whole program as `readback demo` runs it, with its made-up teams; yields the address."""
    async with running_program(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Skips without it, but never in CI: there a missing browser is a failure."""
    if not CHROMIUM.exists() and os.environ.get("CI") != "true":
        pytest.skip("needs Debian's Chromium: apt-get install chromium")
    return CHROMIUM


@pytest.fixture
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def a_page(browser: Browser) -> AsyncIterator[OpenPage]:
    """Opens an address in a browser context of its own. Any complaint on the console fails the test at its end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    async def open_page(url: str, *, width: int = 1280, height: int = 860, **options: object) -> Page:
        context = await browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]  # passed on as given
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(url)
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert complaints == []

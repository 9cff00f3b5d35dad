"""A person's own page: what it shows, that it moves, and that its failing hurts nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from builders import a_person
from ward import Ward

from drills.chat.cards import Button, Card, Form
from drills.chat.plain import plain
from drills.errors import CannotReach, OursToFix, ReadbackError, TryLater
from drills.people import Place
from drills.ports import Job

WORDS = "Dr. Lark, this is Kai on 5 South about Mr. Voss. He is much sicker since ten, please come now."


async def test_it_shows_what_is_open_and_answers_it_from_there(ward: Ward) -> None:
    assert "Nothing is open" in plain(await _home(ward))
    await ward.push()
    home = await _home(ward)
    assert "Open for you" in plain(home)
    assert "Friday 27 November, 14:00" in plain(home)  # the team's own clock, in Chicago
    assert isinstance(await _press(ward, home, "Answer"), Form)


async def test_it_shows_ones_own_history_and_nobody_elses(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    await ward.reply(push, "Please come.", by="amara")
    await ward.work()
    home = await _home(ward)
    assert plain(home).count("answered") >= 1
    assert "Nothing is open" in plain(home)
    (feedback,) = [button for button in home.buttons if button.intent.verb == "feedback"]
    shown = await ward.press(feedback.intent.verb, *feedback.intent.args)
    assert "Dr. Lark, this is" in plain(shown)
    assert "Only you" in plain(home)


async def test_a_break_and_its_end_are_one_tap_each(ward: Ward) -> None:
    assert "No drills until" in plain(await _press(ward, await _home(ward), "No drills for a week"))
    home = await _home(ward)
    assert "on a break until 1 December" in plain(home)
    await _press(ward, home, "End my break")
    assert "break until" not in plain(await _home(ward))


async def test_leaving_and_joining_again_are_one_tap_each(ward: Ward) -> None:
    await ward.push()
    await _press(ward, await _home(ward), "Leave")
    home = await _home(ward)
    assert "You have left" in plain(home)
    assert "Open for you" not in plain(home)
    assert "comes by itself" not in plain(home)
    assert "Answer" not in [button.label for button in home.buttons]
    await _press(ward, home, "Join again")
    assert "You have left" not in plain(await _home(ward))
    assert "Open for you" in plain(await _home(ward))


async def test_somebody_in_no_team_is_told_how_to_begin(ward: Ward) -> None:
    home = await _home(ward, by="stranger")
    assert "in no team yet" in plain(home)
    assert home.buttons == ()


async def test_a_skipped_drill_is_not_offered_again(ward: Ward) -> None:
    await ward.push()
    await _press(ward, await _home(ward), "Skip")
    assert "Nothing is open" in plain(await _home(ward))


async def test_it_is_drawn_again_when_feedback_is_there_and_after_a_skip_or_a_break(ward: Ward) -> None:
    push = await ward.push()
    async with _working(ward):
        await ward.press("skip", push.id, by="amara")
        await ward.ask("snooze 3", by="tomasz")
        await ward.reply(push, WORDS)
    drawn = {person.user: plain(card) for person, card in ward.chat.homes}
    assert set(drawn) == {"amara", "tomasz", "kai"}
    assert "skipped" in drawn["amara"]
    assert "on a break" in drawn["tomasz"]
    assert "Feedback, 24 Nov" in drawn["kai"]


async def test_where_a_platform_has_no_such_page_nothing_is_looked_up(ward: Ward) -> None:
    ward.chat.limits = replace(ward.chat.limits, home=False)
    await ward.worker(Job("home", ward.team.workspace, "kai"))
    assert ward.chat.homes == []


@pytest.mark.parametrize("trouble", [TryLater("slow"), CannotReach("gone"), OursToFix("invalid_blocks")])
async def test_a_page_that_cannot_be_drawn_fails_nothing(ward: Ward, trouble: ReadbackError) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    await ward.work()
    ward.chat.troubles_at_home = [trouble]
    assert await ward.worker(Job("home", ward.team.workspace, "kai")) is None
    assert len(ward.told()) == 1


async def test_the_shortcut_on_a_drills_message_answers_it_and_on_any_other_says_so(ward: Ward) -> None:
    push = await ward.push()
    assert isinstance(await ward.press("here", f"push:{push.id}"), Form)
    assert "no drill" in plain(await ward.press("here", "1764000000.000100"))
    elsewhere = Place(ward.team.workspace, "#elsewhere")
    assert "no drill" in plain(await ward.press("here", f"push:{push.id}", place=elsewhere))


async def _home(ward: Ward, by: str = "kai") -> Card:
    shown = await ward.press("home", by=by, place=Place(ward.team.workspace, "home", direct=True))
    assert isinstance(shown, Card)
    return shown


async def _press(ward: Ward, card: Card, label: str) -> Card | Form:
    (button,) = [button for button in card.buttons if button.label == label]
    assert isinstance(button, Button)
    home = Place(a_person().workspace, "home", direct=True)
    return await ward.press(button.intent.verb, *button.intent.args, place=home)


@asynccontextmanager
async def _working(ward: Ward) -> AsyncIterator[None]:
    """The jobs engine runs beside the story, and is given time to finish what the story began."""
    running = asyncio.create_task(ward.memory.jobs.run(ward.worker))
    try:
        yield
        for _ in range(1000):
            if {person.user for person, _ in ward.chat.homes} >= {"amara", "tomasz", "kai"}:
                break
            await asyncio.sleep(0.02)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

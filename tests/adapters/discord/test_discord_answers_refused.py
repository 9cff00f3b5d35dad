"""Answers that Discord does not take at first: their reader is not left before "thinking…", and hears of it once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_drill import a_drill
from discord_scene import Scene, discord_scene
from fake_discord.discord_hands import Unheard
from fake_discord.discord_paths import CALLBACK, EDIT_ANSWER, POST
from fake_discord.discord_trouble import Trouble, lost, rate_limited, refused, status, unheard
from made_cards import a_card

from adapters.discord import listeners
from adapters.discord.answers import NEW_MESSAGE
from drills.chat.cards import Button
from drills.chat.intents import Intent

WRONG = "Something went wrong on our side"
MINE = Button("Mine", Intent("mine"))
IDS = [str(trouble.kind) for trouble in (status(), lost(), unheard())]
passing = pytest.mark.parametrize("trouble", [status(503), lost(), unheard()], ids=IDS)


@pytest.fixture
async def bed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr("adapters.discord.errors.RETRY_S", 0.05)
    async with discord_scene(tmp_path) as made:
        made.inbox.answers["mine"] = a_card("Your drills")
        yield made


@pytest.fixture
def slowly(bed: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer takes longer than a first answer may."""
    monkeypatch.setattr(listeners, "IN_TIME_S", 0.05)
    bed.inbox.seconds = 0.15


async def test_an_answer_that_discord_refuses_for_what_is_in_it_is_a_sentence(bed: Scene) -> None:
    message = await a_drill(bed, MINE)
    bed.discord.trouble(CALLBACK, refused(400, 50035))
    assert (await bed.discord.clicks(bed.ben, message, "Mine")).type == NEW_MESSAGE
    (told,) = bed.alone(bed.ben)
    assert WRONG in told.text
    assert bed.alone(bed.ada) == []


async def test_an_answer_that_discord_refuses_altogether_is_asked_for_twice_and_no_more(bed: Scene) -> None:
    message = await a_drill(bed, MINE)
    bed.discord.trouble(CALLBACK, refused(400, 50035), refused(400, 50035))
    bed.discord.patience_s = 0.5
    with pytest.raises(Unheard):
        await bed.discord.clicks(bed.ben, message, "Mine")
    assert len(bed.discord.calls_of(CALLBACK)) == 2


@pytest.mark.usefixtures("slowly")
async def test_a_late_answer_that_discord_refuses_is_a_sentence_where_one_moment_stood(bed: Scene) -> None:
    message = await a_drill(bed, MINE)
    bed.discord.trouble(EDIT_ANSWER, refused(400, 50035))
    assert (await bed.discord.clicks(bed.ben, message, "Mine")).deferred
    told = await bed.discord.soon(bed.ben, WRONG)
    assert not told.thinking
    assert len(bed.alone(bed.ben)) == 1


@passing
@pytest.mark.usefixtures("slowly")
async def test_a_late_answer_comes_once_discord_is_back(bed: Scene, trouble: Trouble) -> None:
    message = await a_drill(bed, MINE)
    bed.discord.trouble(EDIT_ANSWER, trouble)
    assert (await bed.discord.clicks(bed.ben, message, "Mine")).deferred
    told = await bed.discord.soon(bed.ben, "Your drills")
    assert not told.thinking
    await bed.discord.settled()
    assert len(bed.alone(bed.ben)) == 1


@passing
async def test_what_is_said_to_typed_words_comes_once_discord_is_back(bed: Scene, trouble: Trouble) -> None:
    bed.inbox.answers["say"] = a_card("Not taken: please delete what you typed")
    message = await a_drill(bed)
    bed.discord.trouble(POST, trouble)
    await bed.discord.types(bed.ben, bed.ward, "I hear you, can you come now?", answers=message)
    await bed.discord.soon(bed.ben, "please delete what you typed")
    await bed.discord.settled(0.3)
    assert len(bed.alone(bed.ben)) == 1


async def test_a_wait_of_minutes_is_not_slept_through_for_one_answer(
    bed: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    bed.inbox.answers["say"] = a_card("Reading your reply…")
    message = await a_drill(bed)
    bed.discord.trouble(POST, rate_limited(600))
    await bed.discord.types(bed.ben, bed.ward, "I hear you, can you come now?", answers=message)
    await bed.discord.settled(0.3)
    assert "a private answer did not get through" in caplog.text
    assert bed.alone(bed.ben) == []

"""Words that somebody types to us in Discord: taken, and answered where nobody else sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from connected import running
from discord_drill import SEND, a_drill
from discord_scene import Scene, discord_scene
from made_cards import a_card

from drills.chat.cards import Button
from drills.chat.inbound import Typed
from drills.chat.intents import Intent
from drills.people import MessageRef, Place

SECRET = "Mr. Quillfeather-Zzyzx wept"


@pytest.fixture
async def bed(tmp_path: Path) -> AsyncIterator[Scene]:
    async with discord_scene(tmp_path) as made:
        yield made


async def test_an_answer_typed_to_the_drill_is_taken_and_answered_in_private(bed: Scene) -> None:
    bed.inbox.answers["say"] = a_card("Reading your reply…")
    message = await a_drill(bed)
    await bed.discord.types(bed.ben, bed.ward, "I hear you, can you come now?", answers=message)
    await bed.discord.soon(bed.ben, "Reading your reply…")
    (came,) = bed.inbox.came
    assert isinstance(came, Typed)
    assert (came.reply_to, came.place, came.person) == (MessageRef(bed.here, message), bed.here, bed.ref(bed.ben))
    assert bed.alone(bed.ada) == []


async def test_with_closed_direct_messages_only_who_has_to_do_more_gets_a_button_that_names_nobody(bed: Scene) -> None:
    bed.discord.people[bed.ben].closed = True
    bed.inbox.answers |= {"say": a_card("Reading your reply…"), "here": SEND}
    message = await a_drill(bed)
    await bed.discord.types(bed.ben, bed.ward, "I hear you, can you come now?", answers=message)
    await bed.discord.settled(0.3)
    assert len(bed.discord.sees(bed.ada, bed.ward)) == 2
    bed.inbox.answers["say"] = a_card("Two taps come first", buttons=(Button("Answer", Intent("answer", ("p1",))),))
    await bed.discord.types(bed.ben, bed.ward, f"{SECRET} and I said so.", answers=message)
    told = await bed.discord.soon(bed.ada, "takes no direct messages", bed.ward)
    assert SECRET not in told.text
    await bed.discord.clicks(bed.ben, told.id, "Go on")
    assert "What you say" in bed.discord.modal_words(bed.ben)


async def test_words_in_a_thread_are_heard_where_discord_was_told_to_let_us(tmp_path: Path) -> None:
    for granted in (0, 1 << 15):
        async with discord_scene(tmp_path / str(granted), run=False) as bed:
            bed.discord.intents = granted
            async with running(bed.adapter, bed.discord):
                message = await a_drill(bed)
                thread = await bed.discord.opens_thread(bed.ben, bed.ward, message)
                await bed.discord.types(bed.ben, thread, "I hear you, can you come now?")
                await bed.discord.settled()
            places = [(came.place, came.reply_to) for came in bed.inbox.came if isinstance(came, Typed)]
            heard = [(Place(bed.workspace, bed.ward, thread), MessageRef(bed.here, message))]
            assert places == (heard if granted else [])

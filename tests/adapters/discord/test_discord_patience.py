"""How long a tap waits for its real answer before "one moment" goes out: Discord allows three seconds in all."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest
from discord_scene import discord_scene
from made_cards import a_card

from adapters.discord import listeners
from adapters.discord.listeners import IN_TIME_S, patience_s
from drills.chat.cards import Button, Form, TextField
from drills.chat.intents import MAX_PACKED, Intent
from drills.errors import OursToFix
from drills.ports import Once


def test_one_alone_waits_longest_and_of_many_each_is_told_in_a_moment_of_its_own() -> None:
    waits = [patience_s(waiting) for waiting in range(1, 201)]
    assert waits[0] == IN_TIME_S
    assert all(earlier - later > 0.005 for earlier, later in pairwise(waits))
    assert min(waits) > 0.5
    assert patience_s(10_000) == IN_TIME_S / 4


async def test_a_form_sent_while_others_wait_is_told_earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listeners, "IN_TIME_S", 1.6)
    monkeypatch.setattr(listeners, "EACH_S", 100.0)  # so that the second waits for a quarter of it
    async with discord_scene(tmp_path) as scene:
        scene.discord.patience_s = 30.0
        words = TextField("words", "What you say")
        scene.inbox.answers["go"] = Form("The held dose", Intent("reply", ("a1",)), (), (words,), "Only you see this.")
        card = await scene.adapter.chat.post(scene.here, a_card(buttons=(Button("Go", Intent("go")),)), Once("k1"))
        for user in (scene.ada, scene.ben):
            await scene.discord.clicks(user, card.id, "Go")
        scene.inbox.seconds = 2.5  # longer than anybody waits
        first = asyncio.create_task(scene.discord.submits(scene.ada, {"words": "one"}))
        await asyncio.sleep(0.2)
        second = await scene.discord.submits(scene.ben, {"words": "two"})
        assert second
        assert second.deferred
        assert not first.done()
        acked = await first
        assert acked
        assert acked.deferred


async def test_a_tap_waits_longer_than_a_form_but_not_when_too_many_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "IN_TIME_S", 1.0)
    monkeypatch.setattr(listeners, "EACH_S", 100.0)
    monkeypatch.setattr(listeners, "SPARED", 1)  # so that of three the first two wait to the end
    async with discord_scene(tmp_path) as scene:
        scene.discord.patience_s = 30.0
        scene.inbox.answers["go"] = a_card("Gone")
        card = await scene.adapter.chat.post(scene.here, a_card(buttons=(Button("Go", Intent("go")),)), Once("k1"))
        scene.inbox.seconds = 1.3  # longer than anybody waits
        people = (scene.ada, scene.ben, scene.guild.person("Cleo"))
        told: list[str] = []

        async def taps(user: str) -> None:
            assert (await scene.discord.clicks(user, card.id, "Go")).deferred
            told.append(user)

        async with asyncio.TaskGroup() as group:
            for user in people:
                group.create_task(taps(user))
                await asyncio.sleep(0.05)
        assert told[0] == people[2]


async def test_a_late_answer_that_discord_has_no_room_for_is_a_sentence_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "IN_TIME_S", 0.05)
    async with discord_scene(tmp_path) as scene:
        card = await scene.adapter.chat.post(scene.here, a_card(buttons=(Button("Go", Intent("go")),)), Once("k1"))
        scene.inbox.seconds = 0.3
        scene.inbox.answers["go"] = a_card(buttons=(Button("Go on", Intent("x" * (MAX_PACKED + 1))),))
        assert (await scene.discord.clicks(scene.ben, card.id, "Go")).deferred
        await scene.discord.settled(1.0)
        (told,) = scene.alone(scene.ben)
        assert OursToFix.tell in told.text

"""A second opinion: our client inside simcord, which others wrote and which shares nothing with our own fake.

It knows Discord's permissions, three seconds, single acknowledgement, modal lengths and restarts in its own way.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_cards import A_BAR_CHART, A_DOT_CHART, EVERY_BLOCK, WORDS_OF_EVERY_BLOCK, a_card, a_drill_card, a_form
from simcord_scene import Simulated, said, simulated

from drills.chat.cards import Button, FieldErrors
from drills.chat.inbound import Pressed, Submitted
from drills.chat.intents import Intent
from drills.errors import CannotReach
from drills.ports import Once, Way


async def a_drill(sim: Simulated) -> Any:
    await sim.chat.post(sim.here, a_drill_card(), Once("push:p1"))
    return sim.channel.last_message


async def test_a_card_with_every_block_is_taken(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        await sim.chat.post(sim.here, a_card("Everything", *EVERY_BLOCK), Once("k1"))
        stored = sim.channel.last_message
        shown = said([part.to_dict() for part in stored.components]).replace("\\", "").replace("**", "")
        assert [words for words in WORDS_OF_EVERY_BLOCK if words not in shown] == []
        assert stored.flags.components_v2


async def test_pictures_go_along_with_a_post_an_edit_and_an_answer_to_a_tap(tmp_path: Path) -> None:
    board = a_card("Team board", A_BAR_CHART, A_DOT_CHART, buttons=(Button("Look", Intent("look")),))
    async with simulated(tmp_path) as sim:
        sim.inbox.answers["look"] = board
        posted = await sim.chat.post(sim.here, board, Once("k1"))
        assert alts(sim.channel.last_message.components) == [A_BAR_CHART.alt, A_DOT_CHART.alt]
        assert [file.filename for file in sim.channel.last_message.attachments] == ["picture-1.png", "picture-2.png"]
        await sim.chat.revise(posted, board)
        assert alts(sim.channel.last_message.components) == [A_BAR_CHART.alt, A_DOT_CHART.alt]
        answered = await sim.ben.click(sim.channel.last_message, label="Look")
        assert answered.ephemeral
        assert alts(answered.response.components) == [A_BAR_CHART.alt, A_DOT_CHART.alt]


def alts(components: Any) -> list[str]:
    """What a screen reader says for each picture."""
    parts = [one if isinstance(one, dict) else one.to_dict() for one in components]
    own = [item["description"] for one in parts for item in one.get("items") or ()]
    return own + [alt for one in parts for alt in alts(one.get("components") or ())]


async def test_a_tap_opens_the_form_and_what_is_sent_comes_in(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        sim.inbox.answers |= {"answer": a_form(), "reply": a_card("Reading your reply…")}
        opened = await sim.ben.click(await a_drill(sim), label="Answer")
        assert opened.modal
        sent = await sim.ben.submit_modal(opened, {"words": "I hear you.", "sure": "no"})
        assert sent.ephemeral
        assert "Reading your reply" in said(sent.response.components)
        tapped, came = sim.inbox.came
        assert isinstance(tapped, Pressed)
        assert isinstance(came, Submitted)
        assert (came.person, came.place, came.values) == (
            sim.ref(sim.ben),
            sim.here,
            {"words": "I hear you.", "sure": "no"},
        )


async def test_a_form_that_was_open_in_a_restart_is_taken_in_after_it(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        sim.inbox.answers |= {"answer": a_form(), "reply": a_card("Reading your reply…")}
        opened = await sim.ben.click(await a_drill(sim), label="Answer")
        await sim.restarts()
        sent = await sim.ben.submit_modal(opened, {"words": "I hear you."})
        assert "Reading your reply" in said(sent.response.components)


async def test_two_people_send_the_same_form_and_both_are_heard(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        sim.inbox.answers |= {"answer": a_form(), "reply": a_card("Reading your reply…")}
        message = await a_drill(sim)
        opened = [(person, await person.click(message, label="Answer")) for person in (sim.ada, sim.ben)]
        for person, form in opened:
            assert (await person.submit_modal(form, {"words": "Mine."})).ephemeral
        assert {came.person for came in sim.inbox.came if isinstance(came, Submitted)} == {
            sim.ref(sim.ada),
            sim.ref(sim.ben),
        }


async def test_words_at_fault_come_back_behind_a_button_and_into_the_form(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        words = "Two lines\nof ```mine```"
        sim.inbox.answers |= {"answer": a_form(), "reply": FieldErrors(a_form(words), {"words": "Too short."})}
        opened = await sim.ben.click(await a_drill(sim), label="Answer")
        told = await sim.ben.submit_modal(opened, {"words": words})
        assert told.ephemeral
        again = await sim.ben.click(told.response, label="Try again")
        assert again.modal
        (kept,) = [part["component"]["value"] for part in again.modal["components"] if _holds(part, "words")]
        assert kept == words


async def test_an_answer_that_takes_long_is_deferred_in_private_and_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with simulated(tmp_path) as sim:
        monkeypatch.setattr("adapters.discord.listeners.IN_TIME_S", 0.0)
        sim.inbox.seconds = 0.05
        sim.inbox.answers["skip"] = a_card("Skipped")
        result = await sim.ben.click(await a_drill(sim), label="Skip")
        assert result.ephemeral
        firsts = [entry.json for entry in sim.env.http_requests if entry.path.endswith("/callback")]
        assert firsts == [{"type": 5, "data": {"flags": 64}}]
        assert "Skipped" in said(result.response.components)


async def test_the_pages_of_one_private_message_turn(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        turn = Button("Pause and check", Intent("before", ("a1", "pause")))
        sim.inbox.answers |= {"answer": a_card("First tap", buttons=(turn,)), "before": a_card("Second tap")}
        first = await sim.ben.click(await a_drill(sim), label="Answer")
        turned = await sim.ben.click(first.response, label="Pause and check")
        assert "Second tap" in said(turned.response.components)
        assert turned.response.id == first.response.id


async def test_commands_are_taken_and_admins_own_is_offered_to_admins_only(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        sim.inbox.answers["say"] = a_card("What Readback is")
        asked = await sim.ben.slash(sim.channel, "drill help")
        assert asked.ephemeral
        assert "What Readback is" in said(asked.response.components)
        assert not any(name.startswith("drill-admin") for name in sim.ben.available_commands(sim.channel))
        assert any(name.startswith("drill-admin") for name in sim.manager.available_commands(sim.channel))


async def test_without_the_permission_the_post_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async with simulated(tmp_path, send_messages=False) as sim:
        with pytest.raises(CannotReach, match="lacks a permission"):
            await sim.chat.post(sim.here, a_drill_card(), Once("k1"))


async def test_a_channel_that_we_do_not_see_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async with simulated(tmp_path, view_channel=False) as sim:
        with pytest.raises(CannotReach, match="does not see"):
            await sim.chat.post(sim.here, a_drill_card(), Once("k1"))


async def test_who_cannot_be_reached_is_said_so(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        nowhere = replace(sim.here, channel="1")
        with pytest.raises(CannotReach):
            await sim.chat.post(nowhere, a_drill_card(), Once("k1"))


async def test_an_answer_after_three_seconds_is_logged_and_nothing_falls_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """simcord's clock goes on by itself while our inbox sleeps."""
    monkeypatch.setattr("adapters.discord.listeners.IN_TIME_S", 60.0)
    async with simulated(tmp_path) as sim:
        sim.inbox.seconds = 3.2
        sim.inbox.answers["skip"] = a_card("Skipped")
        message = await a_drill(sim)
        result = await sim.ben.click(message, label="Skip")
        await sim.env.advance_time(5)
        assert not result.acknowledged
        assert "10062" in caplog.text
        sim.inbox.seconds = 0.0
        again = await sim.ben.click(message, label="Skip")
        assert "Skipped" in said(again.response.components)


async def test_private_words_without_a_tap_come_directly(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        assert await sim.chat.tell(sim.ref(sim.ada), sim.here, a_card("Your feedback"), Once("k1")) is Way.DIRECT
        assert sim.channel.last_message is None


async def test_the_same_key_posts_once_though_the_process_is_new(tmp_path: Path) -> None:
    async with simulated(tmp_path) as sim:
        first = await sim.chat.post(sim.here, a_drill_card(), Once("k1"))
        await sim.restarts()
        assert await sim.chat.post(sim.here, a_drill_card(), Once("k1", again=True)) == first


def _holds(part: dict[str, Any], custom_id: str) -> bool:
    return (part.get("component") or {}).get("custom_id") == custom_id

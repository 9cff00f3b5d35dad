"""Three seconds are short: what happens when Slack, the inbox or the person is slower."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from fake_slack.slack_trouble import rate_limited, refused
from made_cards import EVERY_BLOCK, WORDS_OF_EVERY_BLOCK, a_card
from slack_bed import NEXT, SEND, Bed, a_drill

from adapters.slack import listeners
from drills.chat.cards import Card, Form
from drills.chat.inbound import Asked
from drills.chat.intents import Intent


async def test_a_form_that_missed_its_three_seconds_is_one_tap_away(bed: Bed) -> None:
    message, life = await a_drill(bed), bed.slack.triggers.life_s
    bed.slack.triggers.life_s = 0
    await bed.slack.clicks(bed.ada, message, "Answer")
    await bed.slack.settled()
    told = bed.alone(bed.ada)[-1]
    assert "three seconds" in told.text
    assert bed.slack.modal(bed.ada) is None

    bed.slack.triggers.life_s = life
    await bed.slack.clicks(bed.ada, told.ts, "Open it")
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)


async def test_a_command_whose_form_came_too_late_can_be_said_again_by_a_tap(over_socket: Bed) -> None:
    bed, life = over_socket, over_socket.slack.triggers.life_s
    bed.inbox.answers["say"] = SEND
    bed.slack.triggers.life_s = 0
    await bed.slack.says("/drill", "setup 5 West", bed.ada, bed.ward)
    await bed.slack.settled()
    bed.slack.triggers.life_s = life
    await bed.slack.clicks(bed.ada, bed.alone(bed.ada)[-1].ts, "Open it")
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)
    assert [came.words for came in bed.inbox.came if isinstance(came, Asked)] == ["setup 5 West"] * 2


async def test_a_card_that_missed_its_three_seconds_is_shown_all_the_same(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers["answer"] = a_card("You have answered this one")
    bed.slack.triggers.life_s = 0
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    assert "You have answered this one" in bed.alone(bed.ada)[-1].text


async def test_a_form_that_slack_refuses_is_said_to_be_our_fault_not_asked_for_again(over_socket: Bed) -> None:
    bed = over_socket
    message = await a_drill(bed)
    bed.slack.troubles.add("views.open", refused("view_too_large"))
    await bed.slack.clicks(bed.ada, message, "Answer")
    await bed.slack.settled()
    told = bed.alone(bed.ada)[-1]
    assert "on our side" in told.text
    assert told.buttons == ()


async def test_a_slack_that_is_busy_when_it_should_tell_somebody_is_asked_once_more(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers["say"] = NEXT
    message = await a_drill(bed)
    bed.slack.troubles.add("chat.postEphemeral", rate_limited(1))
    await bed.slack.types(bed.ada, bed.ward, "I hear you.", message)
    await bed.slack.settled()
    assert bed.alone(bed.ada) == []
    await asyncio.sleep(1.1)
    await bed.slack.settled()
    assert "Reading your reply…" in bed.alone(bed.ada)[-1].text


async def test_a_modal_is_opened_ahead_of_an_answer_that_takes_its_time(
    bed: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await a_drill(bed)
    monkeypatch.setattr(listeners, "OPEN_S", 0.1)
    bed.inbox.seconds = 0.8
    acked = await bed.slack.clicks(bed.ada, message, "Answer")
    assert acked.after_s < bed.inbox.seconds
    await bed.slack.settled(0.05)
    assert "One moment" in bed.slack.modal_words(bed.ada)
    await asyncio.sleep(0.8)
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)


async def test_a_modal_that_was_closed_while_it_waited_stays_closed(
    over_socket: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    bed = over_socket
    message = await a_drill(bed)
    monkeypatch.setattr(listeners, "OPEN_S", 0.1)
    bed.inbox.seconds = 0.6
    await bed.slack.clicks(bed.ada, message, "Answer")
    await bed.slack.settled(0.05)
    await bed.slack.closes(bed.ada)
    await asyncio.sleep(0.6)
    await bed.slack.settled()
    assert bed.slack.modal(bed.ada) is None
    assert bed.alone(bed.ada) == []


async def test_a_newer_block_that_slack_no_longer_takes_is_told_in_plainer_ones(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers["answer"] = a_card("Everything", *EVERY_BLOCK)
    message = await a_drill(bed)
    bed.slack.refuses |= {"rich_text", "header", "table", "markdown"}
    await bed.slack.clicks(bed.ada, message, "Answer")
    await bed.slack.settled()
    words = bed.slack.modal_words(bed.ada)
    assert [word for word in WORDS_OF_EVERY_BLOCK if word not in words] == []


@pytest.mark.parametrize("then", [NEXT, replace(SEND, title="Reading your reply…", intent=Intent("ticks", ("a1",)))])
async def test_a_form_that_is_taken_slowly_keeps_its_words_and_turns_when_it_is_in(
    over_socket: Bed, monkeypatch: pytest.MonkeyPatch, then: Card | Form
) -> None:
    bed = over_socket
    bed.inbox.answers["reply"] = then
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    monkeypatch.setattr(listeners, "SUBMIT_S", 0.1)
    bed.inbox.seconds = 0.4
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    modal = bed.slack.modal(bed.ada)
    assert modal
    assert "still here" in modal.errors["words"]
    assert modal.fields == {"words": "I hear you."}
    await asyncio.sleep(0.4)
    await bed.slack.settled()
    assert "Reading your reply…" in bed.slack.modal_words(bed.ada)

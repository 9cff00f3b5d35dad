"""What happens in Discord when somebody taps or asks: the real discord.py on a fake gateway."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_drill import NEXT, SEND, a_drill
from discord_drill import refused as back_with
from discord_scene import Scene, discord_scene
from fake_discord.discord_hands import Unheard
from fake_discord.discord_paths import CALLBACK
from fake_discord.discord_state import SEND as SEND_MESSAGES
from fake_discord.discord_trouble import refused, slow
from made_cards import a_card

from adapters.discord import listeners
from adapters.discord.answers import MODAL, NEW_MESSAGE, ONE_MOMENT, QUIETLY, SAME_MESSAGE
from drills.chat.cards import Button, Text
from drills.chat.inbound import Asked, Pressed, Profile, Submitted
from drills.chat.intents import Intent
from drills.errors import TellPerson

SECRET = "Mr. Quillfeather-Zzyzx wept"


@pytest.fixture
async def bed(tmp_path: Path) -> AsyncIterator[Scene]:
    async with discord_scene(tmp_path) as made:
        yield made


async def test_a_tap_opens_the_form_and_sending_it_is_acknowledged_in_private(bed: Scene) -> None:
    bed.inbox.answers["reply"] = NEXT
    opened = await bed.discord.clicks(bed.ben, await a_drill(bed), "Answer")
    assert opened.type == MODAL
    assert "What you say" in bed.discord.modal_words(bed.ben)
    acked = await bed.discord.submits(bed.ben, {"words": "I hear you & <wait>."})
    assert acked
    assert acked.type == NEW_MESSAGE
    assert "Reading your reply…" in bed.alone(bed.ben)[-1].text
    assert bed.alone(bed.ada) == []
    tapped, sent = bed.inbox.came
    assert isinstance(tapped, Pressed)
    assert isinstance(sent, Submitted)
    assert (tapped.person, tapped.place, tapped.intent) == (bed.ref(bed.ben), bed.here, Intent("answer", ("p1",)))
    assert (sent.person, sent.place, sent.intent) == (bed.ref(bed.ben), bed.here, Intent("reply", ("a1",)))
    assert sent.values == {"words": "I hear you & <wait>."}


async def test_the_two_taps_of_a_second_look_turn_the_pages_of_one_message(bed: Scene) -> None:
    first, second = Button("Give it", Intent("before", ("a1", "give"))), Button("Wait", Intent("after", ("a1", "wait")))
    bed.inbox.answers |= {"answer": a_card("First tap", buttons=(first,)), "after": SEND, "reply": NEXT}
    bed.inbox.answers["before"] = a_card("The AI says", buttons=(second,))
    await bed.discord.clicks(bed.ben, await a_drill(bed), "Answer")
    page = bed.alone(bed.ben)[-1].id
    turned = await bed.discord.clicks(bed.ben, page, "Give it")
    assert turned.type == SAME_MESSAGE
    assert "The AI says" in bed.alone(bed.ben)[-1].text
    await bed.discord.clicks(bed.ben, page, "Wait")
    await bed.discord.submits(bed.ben, {"words": "I would wait."})
    assert [sight.id for sight in bed.alone(bed.ben)] == [page]
    assert [intent.verb for intent in bed.inbox.intents] == ["answer", "before", "after", "reply"]


async def test_ticks_stand_in_one_message_that_leads_back_to_the_feedback_in_its_place(bed: Scene) -> None:
    back, tick = Button("Back", Intent("feedback", ("e1",))), Button("I said this", Intent("tick", ("e1", "c1")))
    ticks = a_card("Your own ticks", buttons=(tick, back))
    bed.inbox.answers |= {"ticks": ticks, "tick": ticks, "feedback": a_card("Your feedback")}
    begin = Button("Tick what it missed", Intent("ticks", ("e1",)))
    bed.inbox.answers["say"] = a_card("Feedback", buttons=(begin, Button("Fair", Intent("fair", ("e1",)))))
    await bed.discord.says("drill", "mine", bed.ben, bed.ward)
    labels = ("Tick what it missed", "I said this", "Back")
    kinds = [(await bed.discord.clicks(bed.ben, bed.alone(bed.ben)[-1].id, label)).type for label in labels]
    assert kinds == [NEW_MESSAGE, SAME_MESSAGE, SAME_MESSAGE]


async def test_private_feedback_stays_where_a_tap_on_it_is_answered(bed: Scene) -> None:
    feedback = a_card("Your feedback", buttons=(Button("This was fair", Intent("fair", ("a1",))),))
    bed.inbox.answers |= {"mine": feedback, "fair": a_card("Thank you")}
    await bed.discord.clicks(bed.ben, await a_drill(bed, Button("Mine", Intent("mine"))), "Mine")
    await bed.discord.clicks(bed.ben, bed.alone(bed.ben)[-1].id, "This was fair")
    assert ["Your feedback" in sight.text for sight in bed.alone(bed.ben)] == [True, False]


async def test_a_long_answer_comes_in_as_many_messages_as_it_needs(bed: Scene) -> None:
    bed.inbox.answers["mine"] = a_card("All of it", *(Text(f"{n:02d} " + "x" * 700) for n in range(12)))
    await bed.discord.clicks(bed.ben, await a_drill(bed, Button("Mine", Intent("mine"))), "Mine")
    await bed.discord.settled()
    told = "".join(sight.text for sight in bed.alone(bed.ben))
    assert len(bed.alone(bed.ben)) == 3
    assert [n for n in range(12) if f"{n:02d} x" not in told] == []
    assert bed.alone(bed.ada) == []


async def test_a_command_is_answered_for_nobody_else_to_see(bed: Scene) -> None:
    bed.inbox.answers["say"] = a_card("Your drills")
    await bed.discord.says("drill", "snooze 7", bed.ben, bed.ward)
    assert "Your drills" in bed.alone(bed.ben)[-1].text
    assert bed.alone(bed.ada) == []
    (came,) = bed.inbox.came
    assert isinstance(came, Asked)
    assert (came.words, came.place, came.profile) == ("snooze 7", bed.here, Profile(name="Ben"))


async def test_looking_after_a_team_is_offered_to_who_manages_the_server(bed: Scene) -> None:
    assert "drill-admin" in bed.discord.offers(bed.ada, bed.ward)
    assert "drill-admin" not in bed.discord.offers(bed.ben, bed.ward)


async def test_a_messages_menu_answers_the_drill_that_is_there(bed: Scene) -> None:
    bed.inbox.answers["here"] = SEND
    message = await a_drill(bed)
    await bed.discord.uses_message_command(bed.ben, "Answer this drill", bed.ward, message)
    assert "What you say" in bed.discord.modal_words(bed.ben)
    assert bed.inbox.intents == [Intent("here", (message,))]


async def test_a_tap_that_comes_twice_is_one_tap(bed: Scene) -> None:
    bed.inbox.answers["skip"] = a_card("Skipped")
    await bed.discord.clicks(bed.ben, await a_drill(bed, Button("Skip", Intent("skip", ("p1",)))), "Skip")
    await bed.discord.redelivers()
    await bed.discord.settled()
    assert len(bed.inbox.came) == 1
    assert len(bed.alone(bed.ben)) == 1


async def test_an_answer_that_takes_long_says_one_moment_and_comes_in_its_place(
    bed: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "IN_TIME_S", 0.05)
    bed.inbox.seconds = 0.3
    bed.inbox.answers["mine"] = a_card("Your drills")
    acked = await bed.discord.clicks(bed.ben, await a_drill(bed, Button("Mine", Intent("mine"))), "Mine")
    assert acked.type == ONE_MOMENT
    told = await bed.discord.soon(bed.ben, "Your drills")
    assert told.private
    assert bed.alone(bed.ada) == []


@pytest.mark.parametrize("code", [10062, 40060])
async def test_an_answer_that_discord_no_longer_takes_is_logged_and_nothing_falls_over(
    bed: Scene, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    bed.discord.patience_s = 0.5
    message = await a_drill(bed)
    bed.discord.trouble(CALLBACK, refused(404 if code == 10062 else 400, code))
    with pytest.raises(Unheard):
        await bed.discord.clicks(bed.ben, message, "Answer")
    assert str(code) in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert (await bed.discord.clicks(bed.ben, message, "Answer")).type == MODAL


async def test_a_crash_behind_the_inbox_is_a_sentence(bed: Scene) -> None:
    bed.inbox.answers["mine"] = RuntimeError("boom")
    await bed.discord.clicks(bed.ben, await a_drill(bed, Button("Mine", Intent("mine"))), "Mine")
    assert "Something went wrong on our side" in bed.alone(bed.ben)[-1].text
    assert "boom" not in bed.alone(bed.ben)[-1].text


async def test_a_refusal_is_told_in_its_own_words(bed: Scene) -> None:
    bed.inbox.answers["skip"] = TellPerson("raised", tell="That drill is over.")
    await bed.discord.clicks(bed.ben, await a_drill(bed, Button("Skip", Intent("skip", ("p1",)))), "Skip")
    assert "That drill is over." in bed.alone(bed.ben)[-1].text


async def test_who_prepares_a_drill_where_none_can_be_posted_is_told_so_at_once(bed: Scene) -> None:
    bed.guild.channels[bed.ward].denied = SEND_MESSAGES
    bed.inbox.answers["say"] = a_card("On its way")
    for words in ("push", "roles"):
        await bed.discord.says("drill-admin", words, bed.ada, bed.ward)
        await bed.discord.settled()
    first, warned, second = (sight.text for sight in bed.alone(bed.ada))
    assert "On its way" in first
    assert "Readback lacks Send Messages in this channel" in warned
    assert "On its way" in second


async def test_what_is_no_button_of_ours_is_answered_quietly(bed: Scene) -> None:
    bed.inbox.answers["mine"] = None
    acked = await bed.discord.clicks(bed.ben, await a_drill(bed, Button("Mine", Intent("mine"))), "Mine")
    assert acked.type == QUIETLY
    assert bed.alone(bed.ben) == []


async def test_no_word_of_anybody_is_in_the_log(bed: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bed.inbox.answers["reply"] = back_with(SECRET, "Too short.")
    await bed.discord.clicks(bed.ben, await a_drill(bed), "Answer")
    bed.discord.trouble(CALLBACK, slow(0.1))
    await bed.discord.submits(bed.ben, {"words": SECRET})
    await bed.discord.writes_directly(bed.ben, SECRET)
    await bed.discord.settled()
    assert SECRET not in caplog.text

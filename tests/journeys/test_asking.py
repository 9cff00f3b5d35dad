"""`/drill …`: every word leads somewhere, and an unknown one to the help card."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import a_person
from ward import Ward

from drills.chat.cards import Card, Form
from drills.chat.inbound import Profile
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.people import Place
from drills.views.help import COMMANDS


@pytest.mark.parametrize("words", ["", "help", "what?", "NOW-ish"])
async def test_unknown_words_get_the_help_card(ward: Ward, words: str) -> None:
    text = plain(await ward.ask(words))
    assert all(f"/drill {command}" in text for command, _ in COMMANDS)


async def test_an_unknown_word_is_named_and_a_known_one_or_none_is_not(ward: Ward) -> None:
    assert "I don't know “xyz”" in plain(await ward.ask("XYZ and more"))
    assert f"I don't know “{'x' * 40}…”" in plain(await ward.ask("x" * 3000))
    for words in ("", "help", "HELP me"):
        assert "I don't know" not in plain(await ward.ask(words))


async def test_the_doctor_stands_on_the_help_card_of_those_who_may_ask_for_it(ward: Ward) -> None:
    admin = Profile(admin=True)
    for place in (ward.team.place, Place(ward.team.workspace, "#elsewhere")):
        assert "/drill doctor" in plain(await ward.ask("help", place=place, profile=admin))
        assert "/drill doctor" not in plain(await ward.ask("help", place=place))
    assert "readback doctor" in plain(await ward.ask("doctor"))  # where the platform did not answer it


async def test_now_opens_the_newest_drill_that_is_not_answered(ward: Ward) -> None:
    nothing = await ward.ask("now")
    assert "Nothing is open" in plain(nothing)
    push = await ward.push()
    assert isinstance(await ward.ask("now"), Form)
    await ward.reply(push, "Please come now, he is much sicker.")
    assert "Nothing is open" in plain(await ward.ask("now"))


async def test_snoozing_keeps_drills_away_until_it_ends(ward: Ward) -> None:
    assert "1 to 90" in plain(await ward.ask("snooze soon"))
    assert "No drills until" in plain(await ward.ask("snooze 7"))
    push = await ward.push()
    async with ward.memory.read() as work:
        assert "kai" not in {one.user for one in await work.pushes.eligible(push)}
    ward.clock.pass_by(days=8)
    later = await ward.push(slot="2")
    async with ward.memory.read() as work:
        assert "kai" in {one.user for one in await work.pushes.eligible(later)}


async def test_leaving_and_coming_back_are_one_word_each(ward: Ward) -> None:
    await ward.ask("leave")
    async with ward.memory.read() as work:
        member = await work.members.get(a_person("kai"), ward.team.id)
    assert member is not None
    assert not member.takes_part(ward.clock() + timedelta(days=3650))
    assert "Welcome back" in plain(await ward.ask("join"))


async def test_a_stranger_in_the_channel_is_asked_for_a_profession_first_then_goes_on(ward: Ward) -> None:
    push = await ward.push()
    asked = await ward.press("answer", push.id, by="newcomer")
    assert isinstance(asked, Form)
    assert asked.intent == Intent("enrol", (push.id,))
    answer = await ward.submit(asked, by="newcomer", profession="pharmacist")
    assert isinstance(answer.show, Form)
    assert answer.show.intent.verb == "reply"


async def test_newcomers_count_for_the_drill_they_came_by(ward: Ward) -> None:
    push = await ward.push()
    form = await ward.press("answer", push.id, by="newcomer")
    assert isinstance(form, Form)
    reply = await ward.submit(form, by="newcomer", profession="nurse")
    assert isinstance(reply.show, Form)
    assert "0 of 7 answered" in plain(await ward.refresh(push))
    await ward.submit(reply.show, by="newcomer", words="Please come and look at him now, he is not well.")
    assert "1 of 7 answered" in plain(await ward.refresh(push))


async def test_whose_profession_the_drill_is_not_for_may_answer_and_counts_nowhere(ward: Ward) -> None:
    push = await ward.push()
    form = await ward.press("answer", push.id, by="newcomer")
    assert isinstance(form, Form)
    await ward.submit(form, by="newcomer", profession="chaplain")
    assert "of 6 answered" in plain(await ward.refresh(push))


async def test_the_board_opens_for_everybody_in_the_channel(ward: Ward) -> None:
    await ward.push()
    assert isinstance(await ward.ask("board"), Card)


async def test_a_button_of_an_older_version_is_answered_with_a_sentence(ward: Ward) -> None:
    assert "older version" in plain(await ward.press("dance"))
    assert "older version" in plain(await ward.press("before", "only-one-argument"))
    assert "no longer here" in plain(await ward.press("answer", "gone"))

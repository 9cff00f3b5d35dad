"""Platforms deliver an event twice, databases are busy, two taps race: nothing changes that nobody asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import a_drill_file, a_person
from ward import Ward

from drills.attempt import AttemptState
from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.inbound import Answer, NotTaken, Pressed, Submitted
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.errors import ReadbackError, Stale
from drills.journeys.inbox import Inbox
from drills.journeys.tools import Tools
from drills.people import Place, Role
from drills.push import Push
from storage.outages import MemoryBusy

WORDS = "Dr. Lark, this is Kai on 5 South. Please come now."


async def test_a_skip_that_comes_again_does_not_undo_answering_after_all(ward: Ward) -> None:
    push = await ward.push()
    await ward.press("skip", push.id, key="skip")
    await ward.press("answer", push.id, key="answer")
    await ward.press("skip", push.id, key="skip")
    assert await _states(ward) == [AttemptState.OPENED]


async def test_an_answer_that_comes_again_does_not_undo_a_skip(ward: Ward) -> None:
    push = await ward.push()
    await ward.press("answer", push.id, key="answer")
    await ward.press("skip", push.id, key="skip")
    again = await ward.press("answer", push.id, key="answer")
    assert await _states(ward) == [AttemptState.SKIPPED]
    assert "is skipped" in plain(again)


async def test_a_second_tap_that_comes_again_does_not_take_a_later_choice_back(ward: Ward) -> None:
    push = await ward.push(a_drill_file("ai-001-ribs"))
    before = await ward.press("answer", push.id)
    assert isinstance(before, Card)
    attempt = before.buttons[0].intent.args[0]
    await ward.press("before", attempt, "go")
    for key, option in (("one", "go"), ("two", "pause"), ("one", "go")):
        assert isinstance(await ward.press("after", attempt, option, key=key), Form)
    async with ward.memory.read() as work:
        (kept,) = await work.attempts.of_person(a_person("kai"))
    assert kept.after == "pause"


async def test_another_version_is_opened_once_however_often_it_is_pressed(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    forms = [await ward.press("again", push.id, key=key) for key in ("one", "one", "two")]
    assert forms[0] == forms[1] == forms[2]
    await ward.submit(forms[0], words=WORDS)
    assert "You have answered this one" in plain(await ward.press("again", push.id, key="one"))
    assert await _states(ward) == [AttemptState.REPLIED] * 2


async def test_leaving_that_comes_again_does_not_undo_coming_back(ward: Ward) -> None:
    await ward.ask("leave", key="leave")
    await ward.ask("join", key="join")
    await ward.ask("leave", key="leave")
    async with ward.memory.read() as work:
        member = await work.members.get(a_person("kai"), ward.team.id)
    assert member is not None
    assert member.takes_part(ward.clock())


async def test_an_old_profession_form_changes_nothing_about_a_member(ward: Ward) -> None:
    push = await ward.push()
    kai = ward.members[0]
    lead = replace(kai, role=Role.LEAD, snoozed_until=ward.clock() + timedelta(days=3))
    async with ward.memory.begin() as work:
        await work.members.save(lead, was=kai)
    answer = await ward.submit(Intent("enrol", (push.id,)), profession="chaplain")
    assert isinstance(answer.show, Form)
    async with ward.memory.read() as work:
        assert await work.members.get(kai.person, ward.team.id) == lead


@pytest.mark.parametrize("picked", ["", "any", "wizard"])
async def test_no_profession_comes_back_as_a_sentence_beside_the_field(ward: Ward, picked: str) -> None:
    push = await ward.push()
    answer = await ward.submit(Intent("enrol", (push.id,)), by="newcomer", profession=picked)
    assert isinstance(answer.show, FieldErrors)
    assert set(answer.show.errors) == {"profession"}


@pytest.mark.parametrize("trouble", [MemoryBusy("busy"), RuntimeError("a bug"), ReadbackError()])
async def test_a_form_that_cannot_be_kept_just_now_keeps_its_words(ward: Ward, trouble: Exception) -> None:
    async def fails(_tools: Tools, _submitted: Submitted) -> Answer:
        raise trouble

    inbox = Inbox(ward.tools, submitted={"reply": fails}, pressed={})
    intent = Intent("reply", ("a1",))
    answer = await inbox.receive(Submitted("k", a_person(), ward.team.place, intent, {"words": WORDS}))
    assert isinstance(answer.show, NotTaken)
    assert "again" in answer.show.sentence


async def test_who_loses_a_race_is_answered_from_what_the_winner_left(ward: Ward) -> None:
    tries = 0

    async def second_time_lucky(_tools: Tools, _pressed: Pressed) -> Answer:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise Stale("somebody was faster")
        return Answer()

    inbox = Inbox(ward.tools, pressed={"skip": second_time_lucky})
    assert await inbox.receive(Pressed("k", a_person(), ward.team.place, Intent("skip", ("p1",)))) == Answer()


async def test_now_and_board_also_work_where_no_team_has_its_channel(ward: Ward) -> None:
    message_to_the_bot = Place(ward.team.workspace, "D-kai")
    push: Push = await ward.push()
    form = await ward.ask("now", place=message_to_the_bot)
    assert isinstance(form, Form)
    assert form == await ward.press("answer", push.id)
    assert "team" in plain(await ward.ask("board", place=message_to_the_bot))
    assert "No team is set up here" in plain(await ward.ask("board", by="stranger", place=message_to_the_bot))


async def _states(ward: Ward) -> list[AttemptState]:
    async with ward.memory.read() as work:
        return [attempt.state for attempt in await work.attempts.of_person(a_person("kai"))]

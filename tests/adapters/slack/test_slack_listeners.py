"""What happens in Slack when somebody taps, sends, types or asks: over Socket Mode and over signed HTTP alike."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fake_slack.slack_delivery import Delivery
from fake_slack.slack_http_door import HttpDoor
from fake_slack.slack_trouble import rate_limited, refused, slow
from made_cards import EVERY_BLOCK, WORDS_OF_EVERY_BLOCK, a_card
from slack_bed import Bed, SlowInbox, a_memory, now, slack_bed

from adapters import Parts
from adapters.slack import build, listeners
from drills.chat.cards import Button, Card, FieldErrors, Form, TextField
from drills.chat.inbound import Asked, NotTaken, Pressed, Profile, Submitted, Typed
from drills.chat.intents import Intent
from drills.errors import TellPerson
from drills.people import Member, MessageRef, Place, Profession, Role, Team
from drills.ports import Once

SECRET = "Mr. Quillfeather-Zzyzx wept"
SEND = Form("The held dose", Intent("reply", ("a1",)), (), (TextField("words", "What you say"),), "Only you see this.")
NEXT = a_card("Reading your reply…")


@pytest.fixture(params=["socket", "http"])
async def bed(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bed]:
    async with slack_bed(tmp_path, request.param) as made:
        yield made


@pytest.fixture
async def over_socket(tmp_path: Path) -> AsyncIterator[Bed]:
    async with slack_bed(tmp_path) as made:
        yield made


async def a_drill(bed: Bed, *buttons: Button) -> str:
    """The drill's card in the channel, with a button that leads to a form."""
    bed.inbox.answers.setdefault("answer", SEND)
    shown = a_card("The held dose", buttons=buttons or (Button("Answer", Intent("answer", ("p1",))),))
    return (await bed.adapter.chat.post(Place(bed.workspace, bed.ward), shown, Once("push:p1"))).id


async def test_a_tap_opens_the_form_and_sending_it_turns_the_page(bed: Bed) -> None:
    bed.inbox.answers["reply"] = NEXT
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)

    await bed.slack.submits(bed.ada, {"words": "I hear you & <wait>."})
    assert "Reading your reply…" in bed.slack.modal_words(bed.ada)
    tapped, sent = bed.inbox.came
    assert isinstance(tapped, Pressed)
    assert isinstance(sent, Submitted)
    assert (tapped.person, tapped.place, tapped.intent) == (
        bed.ref(bed.ada),
        Place(bed.workspace, bed.ward),
        Intent("answer", ("p1",)),
    )
    assert (sent.place, sent.intent, sent.handle) == (tapped.place, Intent("reply", ("a1",)), tapped.handle)
    assert sent.values == {"words": "I hear you & <wait>."}


async def test_a_fault_stands_beside_its_field_and_every_word_stays(bed: Bed) -> None:
    bed.inbox.answers["reply"] = FieldErrors(SEND, {"words": "There is nothing to read yet."})
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "hm"})
    modal = bed.slack.modal(bed.ada)
    assert modal
    assert (modal.errors, modal.fields) == ({"words": "There is nothing to read yet."}, {"words": "hm"})


async def test_a_form_that_could_not_be_taken_stays_open_with_every_word(bed: Bed) -> None:
    bed.inbox.answers["reply"] = NotTaken("Please send it again in a minute.")
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    modal = bed.slack.modal(bed.ada)
    assert modal
    assert (modal.errors, modal.fields) == ({"words": "Please send it again in a minute."}, {"words": "I hear you."})


async def test_faults_of_another_form_than_the_one_sent_come_as_that_form(over_socket: Bed) -> None:
    bed = over_socket
    other = Form("Who you are", Intent("enrol", ("p1",)), (), (TextField("name", "Name", value="Ada"),), "Only you.")
    bed.inbox.answers["reply"] = FieldErrors(other, {"name": "Please say who you are."})
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    assert "Please say who you are." in bed.slack.modal_words(bed.ada)
    modal = bed.slack.modal(bed.ada)
    assert modal
    assert modal.fields == {"name": "Ada"}


async def test_a_form_without_an_answer_closes(bed: Bed) -> None:
    bed.inbox.answers["reply"] = None
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    assert bed.slack.modal(bed.ada) is None


async def test_the_two_taps_of_a_second_look_turn_the_pages_of_one_modal(bed: Bed) -> None:
    first, second = Button("Give it", Intent("before", ("a1", "give"))), Button("Wait", Intent("after", ("a1", "wait")))
    bed.inbox.answers |= {"answer": a_card("First tap", buttons=(first,)), "after": SEND, "reply": None}
    bed.inbox.answers["before"] = a_card("The AI says", buttons=(second,))
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    opened = bed.slack.modal(bed.ada)
    for label in ("Give it", "Wait"):
        await bed.slack.clicks_in_modal(bed.ada, label)
        await bed.slack.settled()
    assert opened is bed.slack.modal(bed.ada)
    await bed.slack.submits(bed.ada, {"words": "I would wait."})
    assert [inbound.place for inbound in bed.inbox.came] == [Place(bed.workspace, bed.ward)] * 4
    assert [intent.verb for intent in bed.inbox.intents] == ["answer", "before", "after", "reply"]


async def test_a_command_is_answered_in_its_acknowledgement_for_nobody_else_to_see(bed: Bed) -> None:
    bed.inbox.answers["say"] = a_card("Your drills")
    acked = await bed.slack.says("/drill", "mine", bed.ada, bed.ward)
    assert acked.payload
    assert acked.payload["response_type"] == "ephemeral"
    assert "Your drills" in bed.alone(bed.ada)[-1].text
    assert bed.alone(bed.ben) == []
    (came,) = bed.inbox.came
    assert isinstance(came, Asked)
    assert (came.words, came.place) == ("mine", Place(bed.workspace, bed.ward))


async def test_a_command_that_leads_to_a_form_opens_it(bed: Bed) -> None:
    bed.inbox.answers["say"] = SEND
    await bed.slack.says("/drill", "now", bed.ada, bed.ward)
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)


async def test_a_tap_that_comes_twice_opens_one_form_and_says_nothing_more(bed: Bed) -> None:
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.redelivers()
    await bed.slack.settled()
    assert len(bed.slack.modals[bed.ada]) == 1
    assert bed.alone(bed.ada) == []


async def test_a_form_that_comes_twice_is_the_same_event(bed: Bed) -> None:
    bed.inbox.answers["reply"] = NEXT
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    await bed.slack.submits(bed.ada, {"words": "I hear you."})
    await bed.slack.redelivers()
    _, first, again = bed.inbox.came
    assert first == again


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


async def test_a_form_that_is_taken_slowly_keeps_its_words_and_turns_when_it_is_in(
    over_socket: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    bed = over_socket
    bed.inbox.answers["reply"] = NEXT
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


async def test_whatever_goes_wrong_behind_the_door_a_person_reads_a_sentence(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers |= {"answer": RuntimeError("a bug"), "say": TellPerson(tell="Say how many days, 1 to 90.")}
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    assert "try again in a few minutes" in bed.slack.modal_words(bed.ada)
    await bed.slack.says("/drill", "snooze forever", bed.ada, bed.ward)
    assert "Say how many days, 1 to 90." in bed.alone(bed.ada)[-1].text


async def test_words_in_a_thread_are_answered_to_their_writer_alone(bed: Bed) -> None:
    bed.inbox.answers["say"] = NEXT
    message = await a_drill(bed)
    await bed.slack.types(bed.ada, bed.ward, "I hear you.", message)
    await bed.slack.settled()
    (came,) = bed.inbox.came
    assert isinstance(came, Typed)
    assert came.reply_to == MessageRef(Place(bed.workspace, bed.ward), message)
    assert "Reading your reply…" in bed.alone(bed.ada)[-1].text
    assert bed.alone(bed.ben) == []


async def test_a_direct_message_is_answered_where_it_stays(bed: Bed) -> None:
    bed.inbox.answers["say"] = a_card("Hello")
    await bed.slack.writes_directly(bed.ada, "help")
    await bed.slack.settled()
    bed.slack.reloads(bed.ada)
    assert "Hello" in bed.slack.sees(bed.ada)[-1].text


async def test_typed_words_that_lead_to_a_form_get_a_button_to_it(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers |= {"say": SEND, "here": SEND}
    message = await a_drill(bed)
    await bed.slack.types(bed.ada, bed.ward, "now", message)
    await bed.slack.settled()
    told = bed.alone(bed.ada)[-1]
    await bed.slack.clicks(bed.ada, told.ts, "Open the form")
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)
    assert bed.inbox.intents == [Intent("here", (message,))]


async def test_typed_words_are_with_the_inbox_before_slack_hears_that_they_came(bed: Bed) -> None:
    bed.inbox.seconds = 0.4
    acked = await bed.slack.happens(
        bed.team,
        {"type": "message", "channel_type": "im", "channel": "D0", "user": bed.ada, "text": "hi", "ts": "1.1"},
    )
    assert acked.after_s >= 0.4
    assert len(bed.inbox.came) == 1


async def test_what_the_bot_itself_posts_is_not_heard(over_socket: Bed) -> None:
    bed = over_socket
    bed.slack.echoes = True
    await a_drill(bed)
    await bed.slack.settled()
    assert bed.inbox.came == []


async def test_the_home_tab_shows_the_persons_own_page_and_its_buttons_open_modals(bed: Bed) -> None:
    snooze = Button("A week off", Intent("snooze", ("7",)))
    bed.inbox.answers |= {"home": a_card("Your drills", buttons=(snooze,)), "snooze": a_card("Snoozed")}
    await bed.slack.opens_home(bed.ada)
    await bed.slack.settled()
    assert "Your drills" in bed.slack.home(bed.ada)
    assert bed.slack.home(bed.ben) == ""

    await bed.slack.clicks_at_home(bed.ada, "A week off")
    await bed.slack.settled()
    assert "Snoozed" in bed.slack.modal_words(bed.ada)
    assert bed.inbox.intents == [Intent("home"), Intent("snooze", ("7",))]


async def test_a_home_tab_that_slack_will_not_show_costs_nothing_else(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers["home"] = a_card("Your drills")
    bed.slack.troubles.add("views.publish", refused("view_too_large"))
    await bed.slack.opens_home(bed.ada)
    await bed.slack.settled()
    await bed.slack.opens_home(bed.ada)
    await bed.slack.settled()
    assert "Your drills" in bed.slack.home(bed.ada)


async def test_the_shortcut_on_a_drills_message_opens_its_form(bed: Bed) -> None:
    message = await a_drill(bed)
    bed.inbox.answers["here"] = SEND
    await bed.slack.uses_shortcut(bed.ada, "answer_drill", bed.ward, message)
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)
    assert bed.inbox.intents == [Intent("here", (message,))]


async def test_the_global_shortcut_asks_for_the_newest_drill(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers["say"] = SEND
    await bed.slack.uses_global_shortcut(bed.ada, "answer_drill")
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)


async def test_who_administers_the_workspace_is_asked_only_where_it_matters_and_once(over_socket: Bed) -> None:
    bed = over_socket
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    assert "users.info" not in [call.method for call in bed.slack.calls]
    for user in (bed.ada, bed.ada, bed.ben):
        await bed.slack.says("/drill", "setup", user, bed.ward)
    profiles = [came.profile for came in bed.inbox.came if isinstance(came, Asked)]
    assert [profile.admin for profile in profiles] == [True, True, False]
    assert (profiles[0].name, profiles[0].tz) == ("Ada", "America/Chicago")
    assert [call.method for call in bed.slack.calls].count("users.info") == 2


@pytest.mark.parametrize("trouble", [refused("missing_scope"), slow(9)])
async def test_somebody_slack_does_not_tell_us_about_is_nobody_in_particular(
    over_socket: Bed, trouble: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    bed = over_socket
    monkeypatch.setattr("adapters.slack.profiles.PATIENCE_S", 0.2)
    bed.slack.troubles.add("users.info", trouble)  # type: ignore[arg-type]
    for _ in range(2):
        await bed.slack.says("/drill", "setup", bed.ada, bed.ward)
    profiles = [came.profile for came in bed.inbox.came if isinstance(came, Asked)]
    assert profiles[0] == Profile()
    assert profiles[1].admin


async def test_the_doctor_speaks_to_admins_and_leads_only(over_socket: Bed) -> None:
    bed = over_socket
    await bed.slack.says("/drill", "doctor", bed.ben, bed.ward)
    await bed.slack.settled()
    assert "For admins and leads" in bed.alone(bed.ben)[-1].text

    async with bed.memory.begin() as work:
        await work.teams.save(Team(bed.workspace, "5-west", "5 West", bed.ward, "UTC"))
        lead = Member(bed.ref(bed.ben), "5-west", "Ben", Profession.NURSE, Role.LEAD)
        await work.members.save(lead)
    for user in (bed.ben, bed.ada):
        await bed.slack.says("/drill", "doctor", user, bed.ward)
        await bed.slack.settled()
        assert "For admins and leads" not in bed.alone(user)[-1].text
    assert bed.inbox.came == []


async def test_nothing_that_slack_sends_goes_unacknowledged(bed: Bed) -> None:
    door = bed.slack.door
    assert door
    who = {"team": {"id": bed.team.id}, "user": {"id": bed.ada}, "trigger_id": "0.0.0"}
    interactions = [
        {"type": "view_closed", "view": {"id": "V1", "type": "modal", "callback_id": "reply:a1"}},
        {"type": "view_submission", "view": {"id": "V1", "type": "modal", "callback_id": "", "blocks": []}},
        {"type": "block_suggestion", "action_id": "x", "block_id": "b", "value": ""},
        {"type": "block_actions", "actions": [{"type": "overflow", "action_id": "x", "block_id": "b"}]},
        {"type": "shortcut", "callback_id": "somebody_elses"},
        {"type": "message_action", "callback_id": "somebody_elses", "message": {"ts": "1"}, "channel": {"id": "C"}},
        {"type": "interactive_message", "callback_id": "old", "actions": [{"name": "a", "type": "button"}]},
        {"type": "dialog_submission", "callback_id": "older", "submission": {}},
        {"type": "a_kind_that_is_invented_in_2030"},
    ]
    for payload in interactions:
        await door.deliver(Delivery("interaction", {**payload, **who}))
    for inner in (
        {"type": "reaction_added", "user": bed.ada},
        {"type": "message", "subtype": "message_changed", "channel": bed.ward},
        {"type": "member_joined_channel", "user": bed.ada, "channel": bed.ward},
        {"type": "app_home_opened", "user": bed.ada, "channel": "D1", "tab": "messages"},
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": ["B1"]}},
    ):
        await bed.slack.happens(bed.team, inner)
    assert bed.inbox.came == []


async def test_no_word_of_a_learner_reaches_a_log_not_even_at_debug(
    bed: Bed, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("slack_sdk", "slack_bolt"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    bed.inbox.answers["say"] = NEXT
    message = await a_drill(bed)
    for reply in (NEXT, FieldErrors(SEND, {"words": "Not yet."}), NotTaken("Again, please."), RuntimeError("a bug")):
        bed.inbox.answers["reply"] = reply
        bed.slack.reloads(bed.ada)
        await bed.slack.clicks(bed.ada, message, "Answer")
        await bed.slack.settled()
        await bed.slack.submits(bed.ada, {"words": SECRET})
    await bed.slack.types(bed.ada, bed.ward, SECRET, message)
    await bed.slack.says("/drill", SECRET, bed.ada, bed.ward)
    bed.inbox.answers["answer"] = Card(SECRET, (), "Only you see this.")
    bed.slack.troubles.add("views.open", refused("invalid_arguments"), refused("view_too_large"))
    await bed.slack.clicks(bed.ada, message, "Answer")
    await bed.slack.settled()
    assert sum(SECRET in str(getattr(came, "values", came)) for came in bed.inbox.came) >= 5
    assert caplog.records
    assert "Zzyzx" not in caplog.text


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[tuple[Bed, HttpDoor]]:
    async with slack_bed(tmp_path, "http") as made:
        assert isinstance(made.slack.door, HttpDoor)
        yield made, made.slack.door


async def test_an_unsigned_a_wrongly_signed_and_an_old_request_are_refused(
    http: tuple[Bed, HttpDoor], caplog: pytest.LogCaptureFixture
) -> None:
    bed, door = http
    body, form = urlencode({"command": "/drill", "text": SECRET}), "application/x-www-form-urlencoded"
    old = datetime.now(UTC).timestamp() - 301
    caplog.set_level(logging.DEBUG)
    answers = [await door.post(body, form, signature="v0=0"), await door.post(body, form, at=old)]
    assert [answer.status for answer in answers] == [401, 401]
    assert bed.inbox.came == []
    assert "SLACK_SIGNING_SECRET" in caplog.text
    assert "Zzyzx" not in caplog.text


@pytest.mark.parametrize("body", ["{", "payload=%7B", "payload=7", "[1]", "\ufffd", ""])
async def test_a_body_that_is_no_payload_is_refused_without_a_fault(http: tuple[Bed, HttpDoor], body: str) -> None:
    _, door = http
    answer = await door.post(body, "application/json")
    assert answer.status in {200, 400, 401}


async def test_slack_verifies_our_address_by_a_word_that_we_say_back(http: tuple[Bed, HttpDoor]) -> None:
    _, door = http
    answer = await door.post('{"type":"url_verification","challenge":"abc"}', "application/json")
    assert (answer.status, answer.text) == (200, '{"challenge": "abc"}')


def test_a_program_without_slack_does_not_wait_for_slacks_libraries() -> None:
    code = "import sys, adapters; adapters.platforms(); print([m for m in sys.modules if m.startswith('slack_')])"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603  # ours
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("settings", [{}, {"slack_signing_secret": "s"}, {"slack_client_id": "1.2"}])
async def test_slack_stays_away_until_it_is_configured(tmp_path: Path, settings: dict[str, str]) -> None:
    memory = await a_memory(tmp_path / "none.db")
    assert build(Parts(settings, memory, SlowInbox().receive, now)) is None
    await memory.close()


async def test_what_the_environment_says_to_slacks_libraries_is_not_listened_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-somebody-else")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "of-somebody-else")
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with slack_bed(tmp_path, "http") as bed:
        await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
        await bed.slack.settled()
        assert "What you say" in bed.slack.modal_words(bed.ada)

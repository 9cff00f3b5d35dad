"""What Discord sends, as the four inbound values: the whole meaning is in ids, so nothing waits for it in a process."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord import inbound
from adapters.discord.buttons import id_of
from adapters.discord.commands import commands, words_of
from adapters.discord.inbound import Came, Said
from drills.attempt import Handle
from drills.chat.inbound import Asked, Pressed, Profile, Submitted, Typed
from drills.chat.intents import MAX_PACKED, Intent, IntentTooLong
from drills.people import MessageRef, PersonRef, Place, Workspace

NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
NORTH = Workspace("discord", "100")
SERVER = "1573967324409495553"
"""In a direct message every id ends in it."""
ADA = PersonRef(NORTH, "7")
HERE = Place(NORTH, "200")


def came(custom_id: str = "", /, data: dict[str, Any] | None = None, **more: Any) -> Came:
    facts: dict[str, Any] = {
        "id": "900",
        "token": "tok",
        "application": "50",
        "server": "100",
        "channel": "200",
        "user": "7",
    }
    return Came(**{**facts, "data": data if data is not None else {"custom_id": custom_id}, **more})


def sent(custom_id: str, *components: dict[str, Any]) -> Came:
    labels = [{"type": 18, "component": one} for one in components]
    return came(data={"custom_id": custom_id, "components": [{"type": 10, "id": 1}, *labels]})


def said(text: str = "Level at 15:00 please", **more: Any) -> Said:
    return Said(**{"id": "901", "server": "100", "channel": "200", "user": "7", "text": text, **more})


def test_a_press_names_its_person_its_place_and_the_right_to_answer_it() -> None:
    found = inbound.pressed(came("skip:p1#2", name="Ada", admin=True), NOW)
    handle = Handle("50:tok", NOW + timedelta(minutes=14))
    assert found == Pressed("900", ADA, HERE, Intent("skip", ("p1",)), handle, Profile(admin=True, name="Ada"))


def test_in_a_thread_the_place_is_the_channel_with_its_thread() -> None:
    found = inbound.pressed(came("skip:p1", channel="300", parent="200"), NOW)
    assert found
    assert found.place == Place(NORTH, "200", "300")


def test_in_a_direct_message_the_button_says_which_server_it_is_about() -> None:
    found = inbound.pressed(came("feedback:a1@100", server=""), NOW)
    assert isinstance(found, Pressed)
    assert (found.person, found.intent, found.place.direct) == (ADA, Intent("feedback", ("a1",)), True)


def test_the_button_of_a_waiting_form_is_the_press_that_led_there() -> None:
    for verb in (inbound.OPEN, inbound.RETRY):
        found = inbound.pressed(came(f"{verb}:answer:p1"), NOW)
        assert isinstance(found, Pressed)
        assert found.intent == Intent("answer", ("p1",))
    again = inbound.pressed(came("open:asked:snooze 7"), NOW)
    assert isinstance(again, Asked)
    assert again.words == "snooze 7"


@pytest.mark.parametrize("foreign", ["", ":", "@5", "#2"])
def test_what_is_no_button_of_ours_is_left_alone(foreign: str) -> None:
    assert inbound.pressed(came(foreign), NOW) is None
    assert inbound.submitted(came(foreign), NOW) is None


def test_a_form_brings_its_values_back_by_name() -> None:
    found = inbound.submitted(
        sent(
            "reply:a1~answer:p1",
            {"type": 4, "custom_id": "words", "value": "I hear you.\nNow?"},
            {"type": 21, "custom_id": "sure", "value": "no"},
            {"type": 22, "custom_id": "boxes", "values": ["a", "b"]},
            {"type": 3, "custom_id": "list", "values": ["nurse"]},
            {"type": 5, "custom_id": "people", "values": ["7", "8"]},
            {"type": 21, "custom_id": "open", "value": None},
        ),
        NOW,
    )
    assert isinstance(found, Submitted)
    assert (found.intent, found.key, found.person) == (Intent("reply", ("a1",)), "900", ADA)
    assert found.values == {
        "words": "I hear you.\nNow?",
        "sure": "no",
        "boxes": "a,b",
        "list": "nurse",
        "people": "7,8",
        "open": "",
    }


def test_a_modal_knows_what_opened_it_and_finds_the_way_back() -> None:
    press = inbound.pressed(came("answer:p1"), NOW)
    assert press
    modal = inbound.modal_id(Intent("reply", ("a1",)), press, came("answer:p1"))
    back = came(data={"custom_id": modal, "components": []})
    form = inbound.submitted(back, NOW)
    assert form
    assert form.intent == Intent("reply", ("a1",))
    assert inbound.once_more(inbound.RETRY, inbound.origin(form, back)) == Intent("retry", ("answer", "p1"))


def test_the_way_back_is_left_out_where_an_id_has_no_room_for_it() -> None:
    intent = Intent("answer", ("x" * 80,))
    press = Pressed("900", ADA, HERE, intent)
    assert inbound.modal_id(Intent("reply", ("a1" * 20,)), press, came()) == Intent("reply", ("a1" * 20,)).pack()
    assert inbound.once_more(inbound.RETRY, "answer:" + "x" * 90) is None


def pressed_again(found: Intent, server: str = "") -> Pressed:
    """What comes of a button that means this: in a direct message it names its server, and nothing else does."""
    again = inbound.pressed(came(id_of(found, server), server="" if server else "100"), NOW)
    assert isinstance(again, Pressed)
    return again


def sent_from(intent: Intent, press: Pressed, server: str = "") -> tuple[Submitted, Came]:
    """A form of this intent that the press opened, as it comes back."""
    where = "" if server else "100"
    opened = inbound.modal_id(intent, press, came(server=where))
    assert len(opened) <= MAX_PACKED
    back = came(data={"custom_id": opened, "components": []}, server=where)
    form = inbound.submitted(back, NOW)
    assert form
    assert (form.intent, form.person) == (intent, PersonRef(Workspace("discord", server or "100"), "7"))
    return form, back


@pytest.mark.parametrize("server", ["", SERVER], ids=["in a server", "in a direct message"])
@pytest.mark.parametrize(
    ("opened_by", "means"),
    [
        (Intent("campaign", ("edit", "spring")), Intent("campaign", ("edit", "spring", "a1b2c3d4e5f6g7h"))),
        (Intent("campaign", ("edit", "x" * 54)), Intent("campaign", ("edit", "x" * 54, "abcde"))),
        (Intent("campaign", ("edit", "x" * 60)), Intent("campaign", ("edit", "x" * 60))),
        (Intent("contest", ("e1",)), Intent("contest", ("e1",))),
    ],
    ids=["short", "long, and all it saw", "of 60 characters", "the very same"],
)
def test_a_form_that_its_own_intent_opens_is_one_tap_away_from_itself(
    opened_by: Intent, means: Intent, server: str
) -> None:
    form, back = sent_from(means, pressed_again(opened_by, server), server)
    again = inbound.once_more(inbound.RETRY, inbound.origin(form, back), server)
    assert again
    assert pressed_again(again, server).intent == means
    seen_since = replace(means, args=(*means.args[:2], *(saw[::-1] for saw in means.args[2:])))
    refused = inbound.once_more(inbound.RETRY, inbound.way_back(seen_since, form, back), server)
    assert refused
    assert pressed_again(refused, server).intent == seen_since  # and no longer with what stood there before
    form, _ = sent_from(seen_since, pressed_again(refused, server), server)
    assert form.intent == seen_since


@given(st.integers(1, 90), st.sampled_from(["", SERVER]), st.booleans())
def test_a_way_back_leads_to_the_form_or_is_left_out_whatever_room_there_is(
    characters: int, server: str, by_itself: bool
) -> None:
    means = Intent("campaign", ("edit", "x" * characters))
    press = Pressed("900", PersonRef(Workspace("discord", server or "100"), "7"), HERE, means)
    if not by_itself:
        press = replace(press, intent=Intent("campaign", ("draft", "x" * characters)))
    try:
        form, back = sent_from(means, press, server)
    except IntentTooLong:
        assert len("campaign:draft:") + characters + (len(server) + 1 if server else 0) > MAX_PACKED
        return
    for before in (inbound.origin(form, back), inbound.way_back(means, form, back)):
        for verb in (inbound.OPEN, inbound.RETRY):
            again = inbound.once_more(verb, before, server)
            if again is not None:
                assert pressed_again(again, server).intent == press.intent
            else:
                ours = f"@{server}" if server else ""
                one_id, both = (
                    f"{verb}:{before}{ours}",
                    f"{means.pack()}{ours}~{':'.join((press.intent.verb, *press.intent.args))}",
                )
                assert max(len(one_id), len(both)) > MAX_PACKED


@pytest.mark.parametrize("server", ["", SERVER])
@pytest.mark.parametrize("act", ["draft", "start", "save"])
def test_a_press_that_is_answered_with_what_is_wrong_leads_to_the_form_and_not_to_the_same_answer(
    act: str, server: str
) -> None:
    """A draft that the library no longer bears."""
    for id_, saw in (("spring", ("a1b2c",)), ("x" * 60, ())):
        press = pressed_again(Intent("campaign", (act, id_)), server)
        means = Intent("campaign", ("edit", id_, *saw))
        where = came(server="" if server else "100")
        again = inbound.once_more(inbound.RETRY, inbound.way_back(means, press, where), server)
        assert again
        assert pressed_again(again, server).intent == means


@given(st.text(max_size=60))
@example("🩺" * 23)  # few characters, and many bytes
def test_words_of_a_command_never_make_an_id_that_means_something_else(words: str) -> None:
    asked = Asked("900", ADA, HERE, words)
    before = inbound.origin(asked, came())
    intent = inbound.once_more(inbound.OPEN, before)
    if intent is not None:
        again = inbound.pressed(came(intent.pack()), NOW)
        assert isinstance(again, Asked)
        assert again.words == (words or "help")


def test_words_that_name_us_in_a_channel_are_said_to_us() -> None:
    found = inbound.typed(said("<@42> help <@77>", named=True))
    assert found
    assert (found.text, found.to_us, found.place.direct, found.reply_to) == ("help @someone", True, False, None)


def test_a_slash_command_says_what_would_have_been_typed() -> None:
    option = {"type": 1, "name": "snooze", "options": [{"type": 4, "name": "days", "value": 7}]}
    found = inbound.asked(came(data={"type": 1, "name": "drill", "options": [option]}), NOW)
    assert found.words == "snooze 7"
    assert words_of({"name": "drill", "options": [{"type": 1, "name": "mine"}]}) == "mine"
    assert all(words_of({"options": [word]}) for word in commands()[0]["options"])


def test_answering_from_a_messages_menu_means_the_drill_at_that_message() -> None:
    found = inbound.on_message(came(data={"type": 3, "name": "Answer this drill", "target_id": "555"}), NOW)
    assert (found.intent, found.place) == (Intent("here", ("555",)), HERE)


def test_a_reply_in_a_drills_thread_answers_the_message_it_began_at() -> None:
    found = inbound.typed(said(channel="555", parent="200", answers="777"))
    place = Place(NORTH, "200", "555")
    assert found == Typed("said:901", ADA, place, "Level at 15:00 please", MessageRef(HERE, "555"))


def test_an_answer_to_a_message_of_ours_names_that_message() -> None:
    found = inbound.typed(said(answers="555"))
    assert found
    assert (found.reply_to, found.place) == (MessageRef(HERE, "555"), HERE)


def test_a_direct_message_is_typed_in_a_direct_place() -> None:
    found = inbound.typed(said("hello", server="", channel="400"))
    assert found
    assert (found.text, found.reply_to, found.place.direct) == ("hello", None, True)


@pytest.mark.parametrize("more", [{"by_person": False, "answers": "5"}, {"text": "  ", "answers": "5"}, {}])
def test_what_bots_say_what_is_kept_from_us_and_what_is_not_said_to_us_is_left_alone(more: dict[str, Any]) -> None:
    assert inbound.typed(replace(said(), **more)) is None


def test_no_token_and_no_word_is_in_what_a_log_would_show() -> None:
    assert "tok" not in repr(came(data={"custom_id": "x", "components": ["secret"]}))
    assert "secret" not in repr(came(data={"custom_id": "x", "components": ["secret"]}))
    assert "Level" not in repr(said())

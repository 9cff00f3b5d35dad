"""Slack's payloads become our four values: with the same key when they come again, with nothing invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import inbound
from adapters.slack.origin import Origin, place_of
from drills.attempt import Handle
from drills.chat.inbound import Asked, Pressed, Submitted, Typed
from drills.chat.intents import Intent
from drills.people import MessageRef, PersonRef, Place, Workspace

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NORTH = Workspace("slack", "T0NORTH")
ADA = PersonRef(NORTH, "U0ADA")
SAMPLES = Path(__file__).parents[4] / "shared" / "specs" / "slack_samples"


def who(**more: Any) -> dict[str, Any]:
    team, user = {"id": "T0NORTH", "domain": "north"}, {"id": "U0ADA", "team_id": "T0NORTH"}
    return {"team": team, "user": user, "enterprise": None, "is_enterprise_install": False, **more}


def tap(action_id: str, **more: Any) -> dict[str, Any]:
    action = {"action_id": action_id, "type": "button", "action_ts": "1.5"}
    container = {"type": "message", "message_ts": "1.2", "channel_id": "C0WEST"}
    where = {"channel": {"id": "C0WEST"}, "container": container, "response_url": "https://hooks.example/1"}
    return who(**{"type": "block_actions", "trigger_id": "1.2.3", "actions": [action], **where, **more})


def form(state: dict[str, Any], **view: Any) -> dict[str, Any]:
    values = {block: {"value": element} for block, element in state.items()}
    made = {"id": "V1", "hash": "h1", "type": "modal", "callback_id": "reply:a1", "state": {"values": values}}
    return who(type="view_submission", trigger_id="1.2.3", view={**made, **view})


def event(**inner: Any) -> dict[str, Any]:
    return {"type": "event_callback", "team_id": "T0NORTH", "event_id": "Ev1", "event": inner}


def said(text: str = "I hear you.", **more: Any) -> dict[str, Any]:
    inner = {"type": "message", "channel_type": "im", "channel": "D0ADA", "user": "U0ADA", "text": text, "ts": "9.1"}
    return event(**{**inner, **more})


def command(**more: Any) -> dict[str, Any]:
    where = {"team_id": "T0NORTH", "channel_id": "C0WEST", "user_id": "U0ADA", "trigger_id": "7.7.7"}
    return {"command": "/drill", "text": "now", "response_url": "https://hooks.example/2", **where, **more}


def test_a_tap_says_who_where_and_what_and_brings_its_right_to_answer() -> None:
    came = inbound.pressed(tap("before:a1:rest"), NOW)
    handle = Handle("https://hooks.example/1", NOW + timedelta(minutes=30))
    intent = Intent("before", ("a1", "rest"))
    assert came == Pressed("press:1.2.3", ADA, Place(NORTH, "C0WEST"), intent, handle)


def test_the_same_intent_twice_on_a_card_is_told_apart_by_a_number_that_means_nothing() -> None:
    came = inbound.pressed(tap("answer:p1#2"), NOW)
    assert isinstance(came, Pressed)
    assert came.intent == Intent("answer", ("p1",))


def test_a_tap_without_a_trigger_is_known_by_what_was_tapped_when_and_by_whom() -> None:
    body = tap("skip:p1")
    del body["trigger_id"]
    again, other = inbound.pressed(body, NOW), inbound.pressed({**body, "user": {"id": "U0BEN"}}, NOW)
    assert inbound.pressed(body, NOW) == again
    assert again
    assert other
    assert again.key != other.key


@pytest.mark.parametrize("action", [{"type": "button", "url": "https://example.org"}, {"type": "overflow"}])
def test_a_link_and_a_menu_are_no_buttons_of_ours(action: dict[str, str]) -> None:
    assert inbound.pressed(tap("x", actions=[{"action_id": "link", **action}]), NOW) is None


def test_a_tap_inside_a_modal_comes_from_where_the_modal_was_opened() -> None:
    opened_at = Origin(Place(NORTH, "C0WEST", "8.8"), Handle("https://hooks.example/3", NOW))
    view = {"id": "V1", "type": "modal", "private_metadata": opened_at.pack()}
    came = inbound.pressed(tap("after:a1:yes", view=view, channel=None, response_url=None), NOW)
    assert came
    assert (came.place, came.handle) == (opened_at.place, opened_at.handle)


def test_a_form_brings_its_values_by_field_name_whatever_the_kind_of_input() -> None:
    options = [{"value": "nurse"}, {"value": "rt"}]
    body = form(
        {
            "words": {"type": "plain_text_input", "value": "I hear you.\nLevel & <now>?"},
            "profession": {"type": "static_select", "selected_option": {"value": "nurse"}},
            "mood": {"type": "radio_buttons", "selected_option": None},
            "list": {"type": "checkboxes", "selected_options": options},
            "long": {"type": "multi_static_select", "selected_options": options[:1]},
            "leads": {"type": "multi_users_select", "selected_users": ["U1", "U2"]},
            "left": {"type": "plain_text_input", "value": None},
        }
    )
    came = inbound.submitted(body, NOW)
    assert isinstance(came, Submitted)
    assert (came.key, came.intent) == ("form:V1:h1", Intent("reply", ("a1",)))
    assert came.values == {
        "words": "I hear you.\nLevel & <now>?",
        "profession": "nurse",
        "mood": "",
        "list": "nurse,rt",
        "long": "nurse",
        "leads": "U1,U2",
        "left": "",
    }


def test_a_command_brings_its_words_as_they_were_typed() -> None:
    came = inbound.asked(command(text="  hold A&amp;E &lt;now&gt; &amp;lt; "), NOW)
    assert isinstance(came, Asked)
    assert (came.key, came.words, came.place) == ("ask:7.7.7", "hold A&E <now> &lt;", Place(NORTH, "C0WEST"))
    assert came.handle == Handle("https://hooks.example/2", NOW + timedelta(minutes=30))


def test_a_button_can_say_a_command_once_more() -> None:
    came = inbound.pressed(tap("asked:snooze 7"), NOW)
    assert isinstance(came, Asked)
    assert came.words == "snooze 7"


def test_the_shortcut_on_a_message_means_the_drill_at_the_head_of_its_thread() -> None:
    body = who(type="message_action", callback_id="answer_drill", trigger_id="5.5", channel={"id": "C0WEST"})
    at_head = inbound.shortcut({**body, "message": {"ts": "8.8"}}, NOW)
    at_reply = inbound.shortcut({**body, "message": {"ts": "9.9", "thread_ts": "8.8"}}, NOW)
    assert isinstance(at_head, Pressed)
    assert at_head.intent == Intent("here", ("8.8",))
    assert at_head == at_reply
    assert inbound.shortcut({**body, "callback_id": "somebody_elses", "message": {"ts": "8.8"}}, NOW) is None


def test_the_global_shortcut_means_the_newest_drill() -> None:
    came = inbound.shortcut(who(type="shortcut", callback_id="answer_drill", trigger_id="5.5"), NOW)
    assert isinstance(came, Asked)
    assert (came.words, came.place.direct) == ("now", True)


def test_opening_the_home_tab_asks_for_the_home_page_and_the_messages_tab_for_nothing() -> None:
    opened = event(type="app_home_opened", user="U0ADA", channel="D0ADA", tab="home")
    came = inbound.home_opened(opened)
    assert came == Pressed("event:Ev1", ADA, Place(NORTH, "D0ADA"), Intent("home"))
    assert came.place.direct
    assert inbound.home_opened(event(type="app_home_opened", user="U0ADA", channel="D0ADA", tab="messages")) is None


def test_a_reply_in_a_thread_answers_the_message_at_its_head() -> None:
    came = inbound.typed(said(channel_type="channel", channel="C0WEST", thread_ts="8.8"))
    assert isinstance(came, Typed)
    assert came.reply_to == MessageRef(Place(NORTH, "C0WEST"), "8.8")
    assert (came.place, came.place.direct) == (Place(NORTH, "C0WEST", "8.8"), False)


def test_a_direct_message_is_typed_in_a_direct_place() -> None:
    came = inbound.typed(said("hello"))
    assert isinstance(came, Typed)
    assert (came.text, came.reply_to, came.place.direct) == ("hello", None, True)


def test_naming_us_arrives_as_two_events_and_counts_once() -> None:
    words = "<@U0BOT> Level &gt; 20 at <https://example.org/x|the lab>, <@U0BEN>"
    in_channel = {"channel_type": "channel", "channel": "C0WEST", "thread_ts": "8.8"}
    named, heard = (inbound.typed(said(words, type=kind, **in_channel)) for kind in ("app_mention", "message"))
    assert named
    assert heard
    assert named == replace(heard, to_us=True)
    assert named.key == heard.key
    assert named.text == "Level > 20 at the lab, @someone"


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed", "message": {"text": "new", "user": "U0ADA"}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "me_message"},
        {"edited": {"user": "U0ADA", "ts": "9.2"}},
        {"hidden": True},
        {"user": "USLACKBOT"},
        {"user": None},
        {"channel_type": "channel", "channel": "C0WEST"},
        {"channel_type": "channel", "channel": "C0WEST", "thread_ts": "9.1"},
        {"text": ""},
    ],
)
def test_what_bots_say_what_is_changed_and_what_is_not_said_to_us_is_left_alone(more: dict[str, Any]) -> None:
    assert inbound.typed(said(**more)) is None


def test_an_app_installed_for_a_whole_organisation_is_one_workspace_whatever_the_team() -> None:
    org = {"enterprise": {"id": "E0ORG"}, "is_enterprise_install": True}
    for_org = {"enterprise_id": "E0ORG", "team_id": None, "is_enterprise_install": True}
    bodies = [
        {**tap("skip:p1"), **org},
        {**form({}), **org, "team": None},
        command(enterprise_id="E0ORG", is_enterprise_install="true"),
        {**said(), "authorizations": [for_org]},
    ]
    assert [inbound.workspace_of(body) for body in bodies] == [Workspace("slack", "E0ORG")] * 4


def test_in_a_shared_channel_the_workspace_is_the_one_that_installed_us() -> None:
    modal = form({}, app_installed_team_id="T0NORTH")
    modal["team"] = {"id": "T0OTHER"}
    message = {**said(), "team_id": "T0OTHER", "authorizations": [{"team_id": "T0NORTH"}]}
    assert inbound.workspace_of(modal) == inbound.workspace_of(message) == NORTH


@given(st.text(), st.text(), st.none() | st.text(min_size=1))
def test_where_a_modal_came_from_survives_the_way_through_slack(channel: str, url: str, thread: str | None) -> None:
    origin = Origin(place_of(NORTH, channel, thread), Handle(url, NOW) if url else None)
    assert Origin.read(NORTH, origin.pack()) == origin


@pytest.mark.parametrize("foreign", ["", "{", "[]", "7", '{"until": 3}', '"text"'])
def test_foreign_metadata_is_from_nowhere(foreign: str) -> None:
    assert Origin.read(NORTH, foreign) == Origin(Place(NORTH, ""))


@given(st.text())
def test_what_slack_escapes_is_what_was_typed(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert inbound.unescaped(escaped) == typed
    assert inbound.spoken(escaped) == typed.strip()


READERS: dict[str, Callable[[dict[str, Any]], object]] = {
    "BlockActionPayload": lambda body: inbound.pressed(body, NOW),
    "ViewSubmissionPayload": lambda body: inbound.submitted(body, NOW),
    "ViewClosedPayload": inbound.workspace_of,
    "SlashCommandPayload": lambda body: inbound.asked(body, NOW),
    "AppHomeOpenedPayload": inbound.home_opened,
    "AppMentionPayload": inbound.typed,
    "MessagePayload": inbound.typed,
    "MessageBotPayload": inbound.typed,
    "MessageChangedPayload": inbound.typed,
    "MessageChannelJoinPayload": inbound.typed,
    "MessageDeletedPayload": inbound.typed,
    "MessageMePayload": inbound.typed,
    "MessageRepliedPayload": inbound.typed,
    "AppUninstalledPayload": inbound.workspace_of,
    "MemberJoinedChannelPayload": inbound.workspace_of,
    "TokensRevokedPayload": inbound.workspace_of,
}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="Slack's sample payloads (shared/specs/slack_samples) are not here")
@pytest.mark.parametrize("kind", READERS)
def test_slacks_own_samples_are_read_without_a_fault(kind: str) -> None:
    (path,) = SAMPLES.glob(f"*_{kind}.json")
    READERS[kind](json.loads(path.read_text(encoding="utf-8")))

"""Slack's own sample payloads, as its Java SDK records them, pass through our translation without an error."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from fake_slack.slack_delivery import Delivery
from room_house import NOW
from slack_bed import slack_bed

from adapters.slack import inbound
from drills.chat.inbound import Asked, Pressed, Submitted, Typed
from drills.chat.intents import Intent

SAMPLES = Path(__file__).parents[4] / "shared" / "specs" / "slack_samples"
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="Slack's sample payloads are not here (shared/specs)")

EVENTS = sorted(path.name for path in SAMPLES.glob("events_*.json"))
INTERACTIONS = sorted(path.name for path in SAMPLES.glob("app-backend_*.json"))


def sample(name: str) -> dict[str, Any]:
    return dict(json.loads((SAMPLES / name).read_text(encoding="utf-8")))


SAID = {"team_id": "T1", "channel": "C1", "user": "U1", "text": "Hi &amp; bye", "ts": "1.2"}


def filled(value: Any, **words: str) -> Any:
    """The sample with real ids in place of the empty ones that Slack's tests leave."""
    if isinstance(value, dict):
        return {name: words.get(name, "") if part == "" else filled(part, **words) for name, part in value.items()}
    return [filled(part, **words) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_translated_or_left_alone(name: str) -> None:
    body = sample(name)
    readers: tuple[Callable[[Any], object], ...] = (inbound.workspace_of,)
    if body["event"]["type"] in {"message", "app_mention"}:
        readers += (inbound.typed,)
    if body["event"]["type"] == "app_home_opened":
        readers += (inbound.home_opened,)
    for read in readers:
        read(body)


@pytest.mark.parametrize("name", INTERACTIONS)
def test_an_interaction_is_translated_or_left_alone(name: str) -> None:
    body = sample(name)
    match body.get("type", "command"):
        case "block_actions":
            came = inbound.pressed(body, NOW)
        case "view_submission":
            came = inbound.submitted(body, NOW)
        case "command":
            came = inbound.asked(body, NOW)
        case _:
            came = None
    assert came is None or came.person.workspace.platform == "slack"
    assert inbound.origin_of(body, NOW).place.workspace.platform == "slack"


def test_words_of_a_person_become_typed_words() -> None:
    body = filled(sample("events_MessagePayload.json"), **SAID)
    body["event"] |= {"bot_id": "", "thread_ts": "1.1", "edited": None}
    del body["event"]["edited"]
    typed = inbound.typed(body)
    assert isinstance(typed, Typed)
    assert (typed.person.user, typed.text, typed.reply_to and typed.reply_to.id) == ("U1", "Hi & bye", "1.1")


@pytest.mark.parametrize("kind", ["Bot", "Changed", "ChannelJoin", "Deleted", "Me", "Replied"])
def test_what_no_person_says_is_no_words(kind: str) -> None:
    body = filled(sample(f"events_Message{kind}Payload.json"), **SAID)
    body["event"]["channel_type"] = "im"
    assert inbound.typed(body) is None


def test_a_tap_a_form_and_a_command_keep_who_where_and_what() -> None:
    ids = {"id": "X1", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2", "text": "now"}
    tap = filled(sample("app-backend_interactive-components_BlockActionPayload.json"), **ids)
    tap["actions"] = [{"type": "button", "action_id": "answer:p1", "block_id": "b", "action_ts": "1.3"}]
    form = filled(sample("app-backend_views_ViewSubmissionPayload.json"), **ids, callback_id="reply:a1")
    for payload in (tap, form):
        payload["user"]["id"], payload["team"]["id"], payload["enterprise"] = "U1", "T1", None
    tap["view"], tap["channel"] = None, {"id": "C1"}
    command = filled(sample("app-backend_slash-commands_SlashCommandPayload.json"), **ids)
    pressed, submitted, asked = inbound.pressed(tap, NOW), inbound.submitted(form, NOW), inbound.asked(command, NOW)
    assert isinstance(pressed, Pressed)
    assert isinstance(submitted, Submitted)
    assert isinstance(asked, Asked)
    assert (pressed.intent, pressed.place.channel) == (Intent("answer", ("p1",)), "C1")
    assert (submitted.intent, submitted.person.user) == (Intent("reply", ("a1",)), "U1")
    assert (asked.words, asked.place.channel, asked.person.user) == ("now", "C1", "U1")


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_every_sample_is_acknowledged_by_the_real_app(way: str, tmp_path: Path) -> None:
    async with slack_bed(tmp_path, way) as bed:
        ids = {"team_id": bed.team.id, "channel": bed.ward, "user": bed.ada, "id": "X1", "text": "x", "ts": "1.2"}
        for name in (*EVENTS, *INTERACTIONS):
            body = filled(sample(name), **ids, event_id=f"Ev-{name}", trigger_id=f"t-{name}")
            body |= {"type": "event_callback"} if name in EVENTS else {}
            command = "command" in body
            kind: Literal["event", "interaction", "command"] = "interaction"
            kind = "event" if name in EVENTS else "command" if command else kind
            await bed.slack.deliver(Delivery(kind, body | ({"command": "/drill"} if command else {})))

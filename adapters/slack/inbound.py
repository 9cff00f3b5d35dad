"""Slack's payloads become the four inbound values. Pure: nothing is asked, nothing is sent, nothing is kept.

Every key is an id that Slack repeats when it delivers the same thing again (platforms.md §4.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import uuid4

from slack_bolt.request.internals import extract_enterprise_id, extract_is_enterprise_install, extract_team_id

from adapters.slack.origin import Origin, place_of
from drills.attempt import Handle
from drills.chat.inbound import Asked, Pressed, Submitted, Typed
from drills.chat.intents import ASKED, Intent, IntentTooLong
from drills.people import MessageRef, PersonRef, Place, Workspace

Body: TypeAlias = Mapping[str, Any]

PLATFORM = "slack"
ANSWER_DRILL = "answer_drill"  # the shortcut's callback_id in the manifest
HANDLE_LIFE = timedelta(minutes=30)  # of a response_url, platforms.md §3

_SAID_BY_PEOPLE = {None, "", "thread_broadcast", "file_share"}  # every other subtype is Slack's own bookkeeping
_COPY = re.compile(r"#\d+$")  # action ids are unique in a message, so the same intent twice is numbered


def workspace_of(body: Body) -> Workspace:
    """The installation's own id: the organisation where the app is installed for all of it, else the team."""
    payload = dict(body)
    org, team = extract_enterprise_id(payload), extract_team_id(payload)
    whole = extract_is_enterprise_install(payload)
    return Workspace(PLATFORM, (org if whole and org else team or org) or "")


def pressed(body: Body, now: datetime) -> Pressed | Asked | None:
    """None for what is no button of ours: a link, a menu."""
    actions = body.get("actions") or [{}]
    intent = _intent(_COPY.sub("", actions[0].get("action_id") or ""))
    if intent is None or actions[0].get("type") != "button" or actions[0].get("url"):
        return None
    origin, key = origin_of(body, now), f"press:{_press_id(body)}"
    if intent.verb == ASKED:
        return Asked(key, _person(body), origin.place, ":".join(intent.args), origin.handle)
    return Pressed(key, _person(body), origin.place, intent, origin.handle)


def submitted(body: Body, now: datetime) -> Submitted | None:
    """None for a modal that is none of ours."""
    view = body["view"]
    intent = _intent(view.get("callback_id") or "")
    if intent is None:
        return None
    origin = origin_of(body, now)
    key = f"form:{view.get('id')}:{view.get('hash')}"
    return Submitted(key, _person(body), origin.place, intent, _values(view), origin.handle)


def asked(body: Body, now: datetime) -> Asked:
    key = f"ask:{body.get('trigger_id') or body.get('response_url') or uuid4().hex}"
    place = place_of(workspace_of(body), body.get("channel_id", ""))
    return Asked(key, _person(body), place, unescaped(body.get("text", "")).strip(), _handle(body, now))


def shortcut(body: Body, now: datetime) -> Pressed | Asked | None:
    """On a message: the drill at it, or at the head of its thread. From anywhere else: the newest one."""
    if body.get("callback_id") != ANSWER_DRILL:
        return None
    key, person = f"short:{body.get('trigger_id') or uuid4().hex}", _person(body)
    message = body.get("message")
    if not message:
        return Asked(key, person, place_of(person.workspace, ""), "now")
    place = place_of(person.workspace, body["channel"]["id"])
    ts = message.get("thread_ts") or message["ts"]
    return Pressed(key, person, place, Intent("here", (ts,)), _handle(body, now))


def home_opened(body: Body) -> Pressed | None:
    """None when the person looks at the messages tab."""
    event = body["event"]
    if event.get("tab") != "home":
        return None
    person = PersonRef(workspace_of(body), event["user"])
    place = place_of(person.workspace, event.get("channel", ""))
    return Pressed(f"event:{body.get('event_id')}", person, place, Intent("home"))


def typed(body: Body) -> Typed | None:
    """What a person said to us: in a direct message, under a message, or by naming us. None for all the rest.

    Naming us arrives as two events, so the key is the message's own. Edits and deletions change nothing.
    """
    event = body["event"]
    if not _said_by_person(event) or not _said_to_us(event):
        return None
    workspace, channel, ts = workspace_of(body), event["channel"], event["ts"]
    thread = event.get("thread_ts")
    head = MessageRef(Place(workspace, channel), thread) if thread and thread != ts else None
    place, names_us = place_of(workspace, channel, thread), event["type"] == "app_mention"
    person, words = PersonRef(workspace, event["user"]), spoken(event["text"])
    return Typed(f"said:{channel}:{ts}", person, place, words, head, to_us=names_us)


def origin_of(body: Body, now: datetime) -> Origin:
    """Where a press or a form came from, and the right to answer it that came along."""
    workspace = workspace_of(body)
    if view := body.get("view"):
        return Origin.read(workspace, view.get("private_metadata") or "")
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    return Origin(place_of(workspace, channel, container.get("thread_ts")), _handle(body, now))


def unescaped(text: str) -> str:
    """Slack escapes three characters in what people type, and only these."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def spoken(text: str) -> str:
    """The words as they were typed: our own name in front and Slack's markup of links and names gone."""
    bare = re.sub(r"^\s*<@[^>]+>[\s,:]*", "", text)
    return unescaped(re.sub(r"<([^<>]*)>", _label, bare)).strip()


def _label(markup: re.Match[str]) -> str:
    target, bar, label = markup[1].partition("|")
    if bar and label:
        return label
    return "@someone" if target.startswith("@") else target.removeprefix("!").removeprefix("mailto:")


def _said_by_person(event: Body) -> bool:
    ours_or_a_bots = event.get("bot_id") or event.get("user") in {None, "", "USLACKBOT"}
    changed = "edited" in event or event.get("hidden") or event.get("subtype") not in _SAID_BY_PEOPLE
    return bool(not ours_or_a_bots and not changed and event.get("text") and event.get("ts"))


def _said_to_us(event: Body) -> bool:
    thread = event.get("thread_ts")
    in_thread = bool(thread) and thread != event.get("ts")
    return event["type"] == "app_mention" or event.get("channel_type") == "im" or in_thread


def _press_id(body: Body) -> str:
    if trigger := body.get("trigger_id"):
        return str(trigger)
    container = body.get("container") or {}
    where = container.get("view_id") or f"{container.get('channel_id')}:{container.get('message_ts')}"
    return f"{where}:{body['actions'][0].get('action_ts')}:{_person(body).user}"


def _intent(packed: str) -> Intent | None:
    return Intent.unpack(packed) if packed and not packed.startswith(":") else None


def packable(intent: Intent) -> bool:
    """Whether a button can carry it."""
    try:
        intent.pack()
    except (ValueError, IntentTooLong):
        return False
    return True


def _person(body: Body) -> PersonRef:
    user = body.get("user")
    return PersonRef(workspace_of(body), user["id"] if isinstance(user, Mapping) else body.get("user_id", ""))


def _handle(body: Body, now: datetime) -> Handle | None:
    url = body.get("response_url")
    return Handle(url, now + HANDLE_LIFE) if url else None


def _values(view: Body) -> dict[str, str]:
    """By field name, which is the block's id; each block holds one element."""
    state = (view.get("state") or {}).get("values") or {}
    return {block: _value(element) for block, elements in state.items() for element in elements.values()}


def _value(element: Body) -> str:
    match element.get("type"):
        case "checkboxes" | "multi_static_select":
            return ",".join(option["value"] for option in element.get("selected_options") or ())
        case "multi_users_select":
            return ",".join(element.get("selected_users") or ())
        case "static_select" | "radio_buttons":
            return str((element.get("selected_option") or {}).get("value") or "")
        case _:
            return str(element.get("value") or "")

"""The payloads that Slack sends: taps, forms, commands, shortcuts, events."""

from __future__ import annotations

import time

from fake_slack.slack_methods_chat import shown
from fake_slack.slack_screens import Modal
from fake_slack.slack_state import Channel, Json, Message, Team, User
from fake_slack.slack_triggers import Response
from fake_slack.slack_world import World

_KINDS = {"channels": "channel", "groups": "group", "im": "im"}


def tap(world: World, team: Team, user: User, element: Json, block: Json, where: Json) -> Json:
    """block_actions; `where` says on what: a message, a modal, the home tab."""
    action = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
        "action_ts": world.numbers.ts(),
    }
    action |= {name: element[name] for name in ("text", "value", "style", "selected_option") if name in element}
    return {"type": "block_actions", **_who(world, team, user), **where, "actions": [action]}


def on_message(world: World, team: Team, user: User, channel: Channel, message: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.to is not None,
    }
    container |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name},
        # The whole message is left out for a passing one, as Slack does.
        **({} if message.to else {"message": shown(team, message)}),
        "state": {"values": {}},
        "response_url": response_url(world, Response(user.id, channel.id, message.ts, message.thread_ts)),
    }


def on_view(view: Json, state: Json) -> Json:
    return {"container": {"type": "view", "view_id": view["id"]}, "view": {**view, "state": state}}


def submission(world: World, team: Team, user: User, modal: Modal) -> Json:
    return {
        "type": "view_submission",
        **_who(world, team, user),
        "view": {**modal.view, "state": modal.state()},
        "response_urls": [],
    }


def closed(world: World, team: Team, user: User, modal: Modal) -> Json:
    body = {"type": "view_closed", **_who(world, team, user), "view": modal.view, "is_cleared": False}
    del body["trigger_id"]
    return body


def command(world: World, team: Team, user: User, channel: Channel, name: str, words: str) -> Json:
    return {
        "token": "old-verification-token",
        "team_id": team.id,
        "team_domain": team.id.lower(),
        **({"enterprise_id": team.enterprise, "enterprise_name": "The Group"} if team.enterprise else {}),
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user.id,
        "user_name": user.name.lower(),
        "command": name,
        "text": escaped(words),
        "api_app_id": "A0FAKE",
        "is_enterprise_install": str(_for_org(world, team)).lower(),
        "response_url": response_url(world, Response(user.id, channel.id, None)),
        "trigger_id": world.triggers.new(user.id),
    }


def message_shortcut(world: World, team: Team, user: User, channel: Channel, message: Message, name: str) -> Json:
    return {
        "type": "message_action",
        **_who(world, team, user),
        "callback_id": name,
        "action_ts": world.numbers.ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": shown(team, message),
        "response_url": response_url(world, Response(user.id, channel.id, None)),
    }


def global_shortcut(world: World, team: Team, user: User, name: str) -> Json:
    return {"type": "shortcut", **_who(world, team, user), "callback_id": name, "action_ts": world.numbers.ts()}


def event(world: World, team: Team, inner: Json) -> Json:
    for_org = _for_org(world, team)
    return {
        "token": "old-verification-token",
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": team.enterprise,
        **({"enterprise_id": team.enterprise} if team.enterprise else {}),
        "api_app_id": "A0FAKE",
        "event": {**inner, "event_ts": inner.get("ts") or world.numbers.ts()},
        "type": "event_callback",
        "event_id": world.numbers.id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": team.enterprise,
                "team_id": None if for_org else team.id,
                "user_id": team.bot_user,
                "is_bot": True,
                "is_enterprise_install": for_org,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-fake",
    }


def message_event(team: Team, channel: Channel, message: Message) -> Json:
    body = shown(team, message)
    body |= {"channel": channel.id, "channel_type": _KINDS[channel.kind]}
    return body if message.by_app else {**body, "client_msg_id": f"cm-{message.ts}"}


def response_url(world: World, response: Response) -> str:
    id_ = world.numbers.id("R")
    world.responses[id_] = response
    return f"{world.base}/response/{id_}"


def escaped(text: str) -> str:
    """What people type, as Slack hands it on in messages and commands."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _who(world: World, team: Team, user: User) -> Json:
    return {
        "user": {"id": user.id, "username": user.name.lower(), "name": user.name.lower(), "team_id": team.id},
        "api_app_id": "A0FAKE",
        "token": "old-verification-token",
        "team": {"id": team.id, "domain": team.id.lower()},
        "enterprise": {"id": team.enterprise, "name": "The Group"} if team.enterprise else None,
        "is_enterprise_install": _for_org(world, team),
        "trigger_id": world.triggers.new(user.id),
    }


def _for_org(world: World, team: Team) -> bool:
    return any(token.enterprise for token in world.tokens.values() if team in token.teams)

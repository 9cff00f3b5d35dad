"""chat.*: posting, changing and passing messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fake_slack.slack_blocks import check_message
from fake_slack.slack_calls import Call
from fake_slack.slack_state import Channel, Json, Message, Refused, Team

if TYPE_CHECKING:
    from fake_slack.slack_world import World


def post_message(world: World, call: Call) -> Json:
    team, channel = _target(call, call.need("channel"))
    message = _message(world, call, team)
    _check_open(team, channel)
    thread = call.args.get("thread_ts")
    if thread and channel.message(thread) is None:
        raise Refused("thread_not_found")
    message.thread_ts = thread
    channel.messages.append(message)
    world.posted(team, channel, message)
    return {"channel": channel.id, "ts": message.ts, "message": shown(team, message, metadata=True)}


def post_ephemeral(world: World, call: Call) -> Json:
    team, channel = call.caller.channel(call.need("channel"))
    _check_open(team, channel)
    user = call.need("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    message = _message(world, call, team)
    message.to = user
    message.thread_ts = call.args.get("thread_ts")
    if team.users[user].active:
        channel.messages.append(message)
    return {"message_ts": message.ts}


def update(world: World, call: Call) -> Json:
    team, channel = call.caller.channel(call.need("channel"))
    message = channel.message(call.need("ts"))
    if message is None or message.to:
        raise Refused("message_not_found")
    if message.user != team.bot_user:
        raise Refused("cant_update_message")
    if "blocks" in call.args:
        message.blocks = world.with_ids(_checked(world, call.args["blocks"] or []))
    if call.args.get("text") is not None:
        message.text = call.args["text"]
    if call.args.get("metadata"):
        message.metadata = _metadata(call)
    message.edited += 1
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown(team, message)}


def delete(world: World, call: Call) -> Json:
    team, channel = call.caller.channel(call.need("channel"))
    message = channel.message(call.need("ts"))
    if message is None or message.to:
        raise Refused("message_not_found")
    if message.user != team.bot_user:
        raise Refused("cant_delete_message")
    channel.messages.remove(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(world: World, call: Call) -> Json:
    team, channel = call.caller.channel(call.need("channel"))
    ts = call.need("message_ts")
    if channel.message(ts) is None:
        raise Refused("message_not_found")
    return {"channel": channel.id, "permalink": f"https://{team.id.lower()}.slack.com/archives/{channel.id}/p{ts}"}


def shown(team: Team, message: Message, *, metadata: bool = False) -> Json:
    """A message as events and answers carry it."""
    body: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts, "team": team.id}
    body |= {"blocks": message.blocks} if message.blocks else {}
    body |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
    body |= {"bot_id": team.bot_id, "app_id": "A0FAKE"} if message.by_app else {}
    body |= {"edited": {"user": message.user, "ts": message.ts}} if message.edited else {}
    body |= {"metadata": message.metadata} if metadata and message.metadata else {}
    return body


def _target(call: Call, where: str) -> tuple[Team, Channel]:
    """A channel, or a person: then their direct message with the app."""
    for team in call.caller.teams:
        if where in team.users:
            if team.users[where].deleted:
                raise Refused("channel_not_found")
            return team, team.direct(where)
    return call.caller.channel(where)


def _check_open(team: Team, channel: Channel) -> None:
    if team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")


def _message(world: World, call: Call, team: Team) -> Message:
    blocks = _checked(world, call.args.get("blocks") or [])
    text = call.args.get("text") or ""
    if not text and not blocks:
        raise Refused("no_text")
    message = Message(world.numbers.ts(), team.bot_user, text[:40_000], world.with_ids(blocks), by_app=True)
    message.metadata = _metadata(call)
    message.names_live = call.args.get("parse") != "none" or call.flag("link_names")
    return message


def _checked(world: World, blocks: list[Json]) -> list[Json]:
    check_message(blocks, world.refuses)
    return blocks


def _metadata(call: Call) -> Json | None:
    metadata = call.args.get("metadata")
    if not metadata:
        return None
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata)) > 8_000:
        raise Refused("metadata_too_large")
    return dict(metadata)

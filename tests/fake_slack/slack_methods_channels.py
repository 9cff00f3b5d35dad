"""conversations.*: what channels there are, who is in them, what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fake_slack.slack_calls import Call
from fake_slack.slack_methods_chat import shown
from fake_slack.slack_state import Channel, Json, Message, Refused, Team

if TYPE_CHECKING:
    from fake_slack.slack_world import World


def open_direct(world: World, call: Call) -> Json:
    users = str(call.need("users")).split(",")
    if len(users) > 1:
        raise Refused("missing_scope", needed="mpim:write", provided=",".join(sorted(call.caller.scopes)))
    team, user = call.caller.user(users[0])
    if user.bot:
        raise Refused("cannot_dm_bot")
    if user.deleted:
        raise Refused("user_disabled")
    return {"channel": {"id": team.direct(user.id).id}, "no_op": False, "already_open": False}


def info(world: World, call: Call) -> Json:
    team, channel = _seen(call, "read")
    return {"channel": described(team, channel, members=call.flag("include_num_members"))}


def members(world: World, call: Call) -> Json:
    _, channel = _seen(call, "read")
    return _page(call, "members", sorted(channel.members))


def listed(world: World, call: Call) -> Json:
    kinds = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
    asked = [kinds[name] for name in str(call.args.get("types") or "public_channel").split(",")]
    for kind in asked:
        require(call, f"{kind}:read")
    found = [
        described(team, channel)
        for team in call.caller.teams
        if call.args.get("team_id") in (None, "", team.id)
        for channel in team.channels.values()
        if channel.kind in asked and (channel.kind == "channels" or team.bot_user in channel.members)
        if not (call.flag("exclude_archived") and channel.archived)
    ]
    if call.method == "users.conversations":
        found = [channel for channel in found if channel["is_member"]]
    return _page(call, "channels", found)


def history(world: World, call: Call) -> Json:
    team, channel = _readable(call)
    top = [message for message in channel.messages if message.thread_ts in (None, message.ts)]
    return _messages(call, team, list(reversed(_between(call, top))))


def replies(world: World, call: Call) -> Json:
    team, channel = _readable(call)
    root = channel.message(call.need("ts"))
    if root is None:
        raise Refused("thread_not_found")
    thread = [root, *(message for message in channel.messages if message.thread_ts == root.ts)]
    return _messages(call, team, _between(call, thread))


def described(team: Team, channel: Channel, *, members: bool = False) -> Json:
    body: Json = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "channels",
        "is_group": channel.kind == "groups",
        "is_im": channel.kind == "im",
        "is_private": channel.kind != "channels",
        "is_archived": channel.archived,
        "is_member": team.bot_user in channel.members,
        "context_team_id": team.id,
    }
    body |= {"user": channel.im} if channel.im else {}
    return body | ({"num_members": len(channel.members)} if members else {})


def require(call: Call, scope: str) -> None:
    """Raises Refused with what is needed and what was given, as Slack does."""
    if scope not in call.caller.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(sorted(call.caller.scopes)))


def _seen(call: Call, what: str) -> tuple[Team, Channel]:
    team, channel = call.caller.channel(call.need("channel"))
    require(call, f"{channel.kind}:{what}")
    return team, channel


def _readable(call: Call) -> tuple[Team, Channel]:
    team, channel = _seen(call, "history")
    if team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return team, channel


def _between(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = float(call.args.get("oldest") or 0), float(call.args.get("latest") or 1e12)
    inclusive = call.flag("inclusive")
    return [
        message
        for message in messages
        if not message.to
        if oldest < float(message.ts) < latest or (inclusive and float(message.ts) in (oldest, latest))
    ]


def _messages(call: Call, team: Team, messages: list[Message]) -> Json:
    with_metadata = call.flag("include_all_metadata")
    page = _page(call, "messages", [shown(team, message, metadata=with_metadata) for message in messages])
    return page | {"has_more": bool(page["response_metadata"]["next_cursor"])}


def _page(call: Call, name: str, items: list[Any]) -> Json:
    start, size = int(call.args.get("cursor") or 0), int(call.args.get("limit") or 100)
    end = start + size
    return {name: items[start:end], "response_metadata": {"next_cursor": str(end) if end < len(items) else ""}}

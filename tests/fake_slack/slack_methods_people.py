"""auth.*, users.*, bots.*, apps.*: who calls, and who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_slack.slack_calls import Call
from fake_slack.slack_state import Json, Refused, User

if TYPE_CHECKING:
    from fake_slack.slack_world import World


def auth_test(world: World, call: Call) -> Json:
    caller = call.caller
    team = caller.team
    return {
        "url": f"https://{team.id.lower()}.slack.com/",
        "team": team.name,
        "user": "readback",
        "team_id": team.id,
        "user_id": team.bot_user,
        "bot_id": team.bot_id,
        "is_enterprise_install": caller.enterprise is not None,
        **({"enterprise_id": team.enterprise} if team.enterprise else {}),
    }


def auth_revoke(world: World, call: Call) -> Json:
    call.caller.trouble = "token_revoked"
    return {"revoked": True}


def users_info(world: World, call: Call) -> Json:
    _, user = call.caller.user(call.need("user"))
    return {"user": described(user)}


def users_list(world: World, call: Call) -> Json:
    return {"members": [described(user) for user in call.caller.team.users.values()]}


def bots_info(world: World, call: Call) -> Json:
    team = call.caller.team
    if call.need("bot") != team.bot_id:
        raise Refused("bot_not_found")
    return {
        "bot": {"id": team.bot_id, "deleted": False, "name": "Readback", "app_id": "A0FAKE", "user_id": team.bot_user}
    }


def connections_open(world: World, call: Call) -> Json:
    return {"url": world.socket_url()}


def described(user: User) -> Json:
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.name.lower().replace(" ", "."),
        "real_name": user.name,
        "deleted": user.deleted,
        "tz": user.tz,
        "tz_label": user.tz,
        "profile": {"real_name": user.name, "display_name": user.name, "team": user.team},
        "is_admin": user.admin or user.owner,
        "is_owner": user.owner,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": user.bot,
        "is_app_user": False,
    }

"""views.*: modals that need a live trigger, and the home tab."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from fake_slack.slack_blocks import check_view
from fake_slack.slack_calls import Call
from fake_slack.slack_screens import DEEPEST, Modal
from fake_slack.slack_state import Json, Refused, Team

if TYPE_CHECKING:
    from fake_slack.slack_world import World

_KEPT = ("title", "submit", "close", "private_metadata", "callback_id", "external_id", "notify_on_close")


def open_view(world: World, call: Call) -> Json:
    return _show(world, call, push=False)


def push(world: World, call: Call) -> Json:
    return _show(world, call, push=True)


def update(world: World, call: Call) -> Json:
    check_view(call.need("view"), "modal", world.refuses)
    modal = _find(world, call)
    _check_hash(call, modal.view)
    modal.show(made(world, call.caller.team, call.args["view"], modal.view))
    return {"view": modal.view}


def publish(world: World, call: Call) -> Json:
    check_view(call.need("view"), "home", world.refuses)
    team, user = call.caller.user(call.need("user_id"))
    before = team.homes.get(user.id)
    if before:
        _check_hash(call, before)
    team.homes[user.id] = made(world, team, call.args["view"], before)
    return {"view": team.homes[user.id]}


def made(world: World, team: Team, view: Json, before: Json | None = None) -> Json:
    """A view with what Slack adds: ids, a hash, an empty state."""
    id_ = before["id"] if before else world.numbers.id("V")
    facts = {name: view[name] for name in _KEPT if name in view}
    return {
        "private_metadata": "",
        "callback_id": "",
        "submit": None,
        "close": None,
        **facts,
        "id": id_,
        "team_id": team.id,
        "app_id": "A0FAKE",
        "bot_id": team.bot_id,
        "app_installed_team_id": team.id,
        "type": view["type"],
        "blocks": world.with_ids(view["blocks"]),
        "hash": f"{int(time.time())}.{world.numbers.id('h')}",
        "state": {"values": {}},
        "clear_on_close": False,
        "root_view_id": before["root_view_id"] if before else id_,
        "previous_view_id": before["previous_view_id"] if before else None,
    }


def _show(world: World, call: Call, *, push: bool) -> Json:
    check_view(call.need("view"), "modal", world.refuses)
    user = world.triggers.exchange(call.need("trigger_id"))
    stack = world.modals.setdefault(user, [])
    view = made(world, call.caller.team, call.args["view"])
    if push:
        if not stack:
            raise Refused("not_found")
        if len(stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        view |= {"previous_view_id": stack[-1].view["id"], "root_view_id": stack[0].view["id"]}
    else:
        stack.clear()
    stack.append(Modal(view))
    return {"view": view}


def _find(world: World, call: Call) -> Modal:
    key = "view_id" if call.args.get("view_id") else "external_id"
    wanted, name = call.need(key), {"view_id": "id"}.get(key, key)
    for stack in world.modals.values():
        for modal in stack:
            if modal.view.get(name) == wanted and modal.view["team_id"] in {team.id for team in call.caller.teams}:
                return modal
    raise Refused("not_found")


def _check_hash(call: Call, view: Json) -> None:
    if "hash" in call.args and call.args["hash"] is not None and call.args["hash"] != view["hash"]:
        raise Refused("hash_conflict")

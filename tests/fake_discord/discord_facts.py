"""What the app can ask about itself, servers, people and commands."""

from __future__ import annotations

import re

from fake_discord import discord_payloads as payloads
from fake_discord.discord_state import (
    NO_ACCESS,
    THREADS,
    UNKNOWN_GUILD,
    UNKNOWN_MEMBER,
    UNKNOWN_USER,
    Guild,
    Json,
    bad_body,
)
from fake_discord.discord_world import MESSAGE_CONTENT, Call, World

_NAME = re.compile(r"^[-_'\w]{1,32}$")


def me(world: World, call: Call) -> Json:
    return {**payloads.user(world.bot), "verified": True, "mfa_enabled": True, "flags": 0, "email": None}


def application(world: World, call: Call) -> Json:
    return {
        "id": world.application,
        "name": "Readback",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": (1 << 19) if world.intents & MESSAGE_CONTENT else 0,
        "team": None,
        "owner": payloads.user(next(one for one in world.people.values())),
        "install_params": None,
        "approximate_guild_count": len(world.guilds),
        "interactions_endpoint_url": None,
    }


def gateway(world: World, call: Call) -> Json:
    limit = {
        "total": 1000,
        "remaining": world.budget,
        "reset_after": 3_600_000,
        "max_concurrency": world.max_concurrency,
    }
    return {"url": world.base.replace("http", "ws") + "/gw", "shards": world.shards, "session_start_limit": limit}


def user(world: World, call: Call) -> Json:
    if call.ids["user_id"] not in world.people:
        raise UNKNOWN_USER
    return payloads.user(world.people[call.ids["user_id"]])


def my_guilds(world: World, call: Call) -> list[Json]:
    return [
        {
            "id": guild.id,
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(guild.allowed),
            "features": [],
        }
        for guild in world.guilds.values()
    ]


def guild(world: World, call: Call) -> Json:
    return payloads.guild(world, _guild(world, call))


def channels(world: World, call: Call) -> list[Json]:
    return [payloads.channel(world, one) for one in _guild(world, call).own() if one.kind not in THREADS]


def roles(world: World, call: Call) -> list[Json]:
    return payloads.roles(_guild(world, call))


def member(world: World, call: Call) -> Json:
    guild, who = _guild(world, call), call.ids["user_id"]
    if who not in guild.members:
        raise UNKNOWN_MEMBER
    found = payloads.member(world, guild, who)
    return {**found, "roles": [guild.bot_role]} if who == world.bot.id else found


def leave(world: World, call: Call) -> None:
    _guild(world, call)
    del world.guilds[call.ids["guild_id"]]


def commands(world: World, call: Call) -> list[Json]:
    _own(world, call)
    return world.commands


def put_commands(world: World, call: Call) -> list[Json]:
    _own(world, call)
    _check_commands(_listed(call))
    return world.registers(_listed(call))


def commands_there(world: World, call: Call) -> list[Json]:
    _own(world, call)
    return world.commands_there.get(_guild(world, call).id, [])


def put_commands_there(world: World, call: Call) -> list[Json]:
    _own(world, call)
    _check_commands(_listed(call))
    there = _guild(world, call).id
    world.commands_there[there] = world.as_registered(_listed(call), there)
    return world.commands_there[there]


def _guild(world: World, call: Call) -> Guild:
    id_ = call.ids["guild_id"]
    if id_ not in world.guilds:
        raise UNKNOWN_GUILD
    return world.guilds[id_]


def _own(world: World, call: Call) -> None:
    if call.ids["application_id"] != world.application:
        raise NO_ACCESS


def _listed(call: Call) -> list[Json]:
    """A body that is a list stands under this name in a Call."""
    found = call.body.get("[]")
    if not isinstance(found, list):
        raise bad_body("_", "a list of commands")
    return found


def _check_commands(given: list[Json]) -> None:
    for at, command in enumerate(given):
        kind = command.get("type", 1)
        if kind == 1:
            _check_slash(command, str(at))
        elif not 1 <= len(command.get("name") or "") <= 32 or command.get("description"):
            raise bad_body(f"{at}.name", "1 to 32 characters, and no description")
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        if sum(one.get("type", 1) == kind for one in given) > most:
            raise bad_body("_", f"more than {most} commands of type {kind}")
    names = [(one.get("type", 1), one["name"]) for one in given]
    if len(set(names)) < len(names):
        raise bad_body("_", "Application command names must be unique")


def _check_slash(command: Json, where: str) -> None:
    name = command.get("name") or ""
    if not _NAME.match(name) or name != name.lower():
        raise bad_body(f"{where}.name", "String value did not match validation regex.")
    if not 1 <= len(command.get("description") or "") <= 100:
        raise bad_body(f"{where}.description", "Must be between 1 and 100 in length.")
    options = command.get("options") or []
    if len(options) > 25:
        raise bad_body(f"{where}.options", "Must be 25 or fewer in length.")
    seen_optional = False
    for at, option in enumerate(options):
        _check_slash(option, f"{where}.options.{at}")
        if option.get("required") and seen_optional:
            raise bad_body(f"{where}.options.{at}", "required options come first")
        seen_optional |= not option.get("required") and option.get("type") not in {1, 2}

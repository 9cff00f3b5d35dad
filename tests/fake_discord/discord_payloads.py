"""Discord's objects as JSON, whole enough for the real discord.py: people, servers, messages, interactions."""

from __future__ import annotations

import itertools
from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fake_discord.discord_state import (
    DIRECT,
    EPOCH_MS,
    EVERYBODYS,
    THREADS,
    V2,
    Channel,
    Guild,
    Json,
    Message,
    Person,
)

if TYPE_CHECKING:
    from fake_discord.discord_world import World

EPHEMERAL_ONLY = {"parse": []}
COMMAND, COMPONENT, SUBMIT = 2, 3, 5
IN_GUILD, IN_BOT_DM = 0, 1


def when(id_: str) -> str:
    return datetime.fromtimestamp(((int(id_) >> 22) + EPOCH_MS) / 1000, UTC).isoformat()


def user(person: Person) -> Json:
    return {
        "id": person.id,
        "username": person.name.lower().replace(" ", "_"),
        "global_name": person.name,
        "discriminator": "0",
        "avatar": None,
        "bot": person.bot,
        "public_flags": 0,
    }


def member(world: World, guild: Guild, id_: str) -> Json:
    return {
        "user": user(world.people[id_]),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": sorted(guild.members[id_]),
        "joined_at": when(id_),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }


def roles(guild: Guild) -> list[Json]:
    named = {guild.id: ("@everyone", EVERYBODYS), **guild.roles, guild.bot_role: ("Readback", guild.allowed)}
    return [
        {
            "id": id_,
            "name": name,
            "permissions": str(permissions),
            "position": at,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": id_ == guild.bot_role,
            "mentionable": False,
            "flags": 0,
        }
        for at, (id_, (name, permissions)) in enumerate(named.items())
    ]


def channel(world: World, one: Channel) -> Json:
    if one.kind == DIRECT:
        other = user(world.people[one.with_])
        return {"id": one.id, "type": DIRECT, "last_message_id": None, "flags": 0, "recipients": [other]}
    made: Json = {
        "id": one.id,
        "type": one.kind,
        "guild_id": one.guild,
        "name": one.name,
        "parent_id": one.parent or None,
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "flags": 0,
        "topic": None,
        "rate_limit_per_user": 0,
        "last_message_id": None,
    }
    if one.kind in THREADS:
        made |= {
            "owner_id": world.bot.id,
            "message_count": len(one.messages),
            "member_count": 1,
            "total_message_sent": len(one.messages),
            "thread_metadata": {
                "archived": one.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": when(one.id),
                "locked": False,
            },
        }
    elif one.denied:
        role = world.guilds[one.guild].bot_role
        made["permission_overwrites"] = [{"id": role, "type": 0, "allow": "0", "deny": str(one.denied)}]
    return made


def guild(world: World, one: Guild) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "owner_id": one.owner,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "vanity_url_code": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": roles(one),
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "preferred_locale": "en-US",
        "nsfw_level": 0,
        "nsfw": False,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
    }


def guild_created(world: World, one: Guild) -> Json:
    own = list(one.own())
    return {
        **guild(world, one),
        "joined_at": when(one.id),
        "large": False,
        "unavailable": False,
        "member_count": len(one.members),
        "voice_states": [],
        "members": [member(world, one, world.bot.id)],
        "channels": [channel(world, each) for each in own if each.kind not in THREADS],
        "threads": [channel(world, each) for each in own if each.kind in THREADS and not each.archived],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message(world: World, one: Message) -> Json:
    made: Json = {
        "id": one.id,
        "channel_id": one.channel,
        "author": user(world.people[one.author]),
        "content": one.content,
        "timestamp": when(one.id),
        "edited_timestamp": when(one.id) if one.edited else None,
        "tts": False,
        "mention_everyone": one.pings,
        "mentions": [],
        "mention_roles": [],
        "attachments": [
            {"id": str(at + 1), "filename": name, "size": 1, "url": f"{world.base}/files/{name}", "proxy_url": ""}
            for at, name in enumerate(one.files)
        ],
        "embeds": one.embeds,
        "components": deepcopy(one.components),
        "pinned": False,
        "type": 19 if one.answers else 0,
        "flags": one.flags,
    }
    if one.nonce:
        made["nonce"] = one.nonce
    if one.webhook:
        made["webhook_id"] = made["application_id"] = one.webhook
    if one.answers:
        made["message_reference"] = {"type": 0, "message_id": one.answers, "channel_id": one.channel}
    return made


def with_ids(components: list[Json], *, v2: bool) -> list[Json]:
    """Components as Discord hands them out: each has an id, those sent without one get the next that is free."""
    given = deepcopy(components)
    used: set[int] = set()
    _collect(given, used)
    free = (number for number in itertools.count(1) if number not in used)
    _number(given, free)
    return given if v2 or given else []


def _collect(components: list[Json], used: set[int]) -> None:
    for one in components:
        if one.get("id"):
            used.add(one["id"])
        _collect(_inner(one), used)


def _number(components: list[Json], free: itertools.count[int]) -> None:  # type: ignore[type-arg]
    for one in components:
        if not one.get("id"):
            one["id"] = next(free)  # type: ignore[call-overload]
        _number(_inner(one), free)


def _inner(one: Json) -> list[Json]:
    parts = [*(one.get("components") or ()), one.get("component"), one.get("accessory")]
    return [part for part in parts if isinstance(part, dict)]


def interaction(world: World, kind: int, who: str, where: Channel, data: Json, pressed: Message | None = None) -> Json:
    """As INTERACTION_CREATE carries it; world.interactions knows it by its id from now on."""
    id_ = world.numbers.id()
    made: Json = {
        "id": id_,
        "application_id": world.application,
        "type": kind,
        "token": f"aW50ZXJhY3Rpb246{id_}",
        "version": 1,
        "data": data,
        "channel_id": where.id,
        "channel": channel(world, where),
        "locale": "en-US",
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "app_permissions": str(_app_permissions(world, where)),
    }
    if where.guild:
        server = world.guilds[where.guild]
        made |= {
            "guild_id": server.id,
            "guild": {"id": server.id, "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": {**member(world, server, who), "permissions": str(server.permissions(who))},
            "context": IN_GUILD,
            "authorizing_integration_owners": {"0": server.id},
        }
    else:
        made |= {
            "user": user(world.people[who]),
            "context": IN_BOT_DM,
            "authorizing_integration_owners": {"0": "0"},
        }
    if pressed is not None:
        made["message"] = message(world, pressed)
    return made


def _app_permissions(world: World, where: Channel) -> int:
    return world.guilds[where.guild].app_permissions(where) if where.guild else EVERYBODYS


def said(world: World, one: Message, where: Channel, *, content: bool) -> Json:
    """MESSAGE_CREATE; without the intent its words are left out."""
    made = message(world, one)
    if where.guild:
        server = world.guilds[where.guild]
        named = member(world, server, one.author) if one.author in server.members else None
        made |= {
            "guild_id": server.id,
            **({"member": {k: v for k, v in named.items() if k != "user"}} if named else {}),
        }
    if f"<@{world.bot.id}>" in one.content:
        made["mentions"] = [user(world.bot)]
    if one.answers and (answered := where.message(one.answers)):
        made["referenced_message"] = message(world, answered)
        if answered.author == world.bot.id:
            made["mentions"] = [user(world.bot)]
    if not content and not made["mentions"]:
        made |= {"content": "", "components": [], "embeds": [], "attachments": []}
    return made


def is_v2(one: Message) -> bool:
    return bool(one.flags & V2)

"""Channels' messages, edits, threads, direct messages: what the app may write where, and what it must not."""

from __future__ import annotations

from fake_discord import discord_payloads as payloads
from fake_discord.discord_rules import check_message, walk
from fake_discord.discord_state import (
    ATTACH,
    CLOSED_DM,
    DIRECT,
    HISTORY,
    IN_THREADS,
    NO_ACCESS,
    NO_COMMON_GUILD,
    NO_PERMISSION,
    NOT_OURS,
    PUBLIC_THREAD,
    PUBLIC_THREADS,
    SEND,
    THREADS,
    UNKNOWN_MESSAGE,
    UNKNOWN_USER,
    V2,
    VIEW,
    Channel,
    Json,
    Message,
    Refused,
    bad_body,
)
from fake_discord.discord_world import Call, World


def post(world: World, call: Call) -> Json:
    where = seen_by_app(world, call.ids["channel_id"])
    _may(world, where, IN_THREADS if where.kind in THREADS else SEND)
    if call.files:
        _may(world, where, ATTACH)
    if where.kind == DIRECT:
        _reachable(world, where.with_)
    nonce = str(call.body.get("nonce") or "")
    if len(nonce) > 25:
        raise bad_body("nonce", "Must be 25 or fewer in length.")
    if call.body.get("enforce_nonce") and (known := world.nonces.get((where.id, nonce))):
        return payloads.message(world, known)
    message = made(world, where, call)
    message.nonce = nonce
    if nonce:
        world.nonces[where.id, nonce] = message
    where.messages.append(message)
    world.dispatch("MESSAGE_CREATE", payloads.said(world, message, where, content=True), where.guild)
    return payloads.message(world, message)


def made(world: World, where: Channel, call: Call, to: str | None = None) -> Message:
    """A new message of the app's. Raises Refused where its body is beyond a limit."""
    body = call.body
    check_message(body, files=call.files)
    v2 = bool((body.get("flags") or 0) & V2)
    message = Message(world.numbers.id(), where.id, world.bot.id, to=to, files=call.files)
    message.flags = body.get("flags") or 0
    message.content = (body.get("content") or "").strip()
    message.embeds = body.get("embeds") or []
    message.components = payloads.with_ids(body.get("components") or [], v2=v2)
    message.allowed = body.get("allowed_mentions")
    message.pings = _pings(message)
    return message


def edit(world: World, call: Call) -> Json:
    where = seen_by_app(world, call.ids["channel_id"])
    message = _known(where, call.ids["message_id"])
    if message.author != world.bot.id:
        raise NOT_OURS
    if where.kind in THREADS and where.archived:
        raise Refused(400, 50083, "Thread is archived")
    change(message, call)
    return payloads.message(world, message)


def change(message: Message, call: Call) -> None:
    """What an edit leaves out stays. Raises Refused, and changes nothing then."""
    body = call.body
    was_v2 = bool(message.flags & V2)
    check_message(body, was_v2=was_v2, files=(*message.files, *call.files)) if _says(body) else None
    if "content" in body:
        message.content = body["content"] or ""
    if "embeds" in body:
        message.embeds = body["embeds"] or []
    if "components" in body:
        v2 = was_v2 or bool((body.get("flags") or 0) & V2)
        message.components = payloads.with_ids(body["components"] or [], v2=v2)
    message.flags |= (body.get("flags") or 0) & V2
    message.files = (*message.files, *call.files) if call.files else message.files
    message.allowed = body.get("allowed_mentions", message.allowed)
    message.edited += 1
    message.pings = _pings(message)


def delete(world: World, call: Call) -> None:
    where = seen_by_app(world, call.ids["channel_id"])
    where.messages.remove(_known(where, call.ids["message_id"]))


def one(world: World, call: Call) -> Json:
    where = seen_by_app(world, call.ids["channel_id"])
    _may(world, where, HISTORY)
    return payloads.message(world, _known(where, call.ids["message_id"]))


def history(world: World, call: Call) -> list[Json]:
    """Newest first. Without the right to read history there is nothing to see."""
    where = seen_by_app(world, call.ids["channel_id"])
    if where.guild and not world.guilds[where.guild].app_permissions(where) & HISTORY:
        return []
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise bad_body("limit", "Must be between 1 and 100.")
    found = [message for message in where.messages if message.to is None]
    if "before" in call.query:
        found = [message for message in found if int(message.id) < int(call.query["before"])]
    if "after" in call.query:
        found = [message for message in found if int(message.id) > int(call.query["after"])][:limit]
    return [payloads.message(world, message) for message in reversed(found[-limit:])]


def open_direct(world: World, call: Call) -> Json:
    user = str(call.body.get("recipient_id") or "")
    if user not in world.people or world.people[user].bot:
        raise UNKNOWN_USER
    return payloads.channel(world, world.direct(user))


def start_thread(world: World, call: Call) -> Json:
    """At a message: the thread has its id. Without one: a new id."""
    where = seen_by_app(world, call.ids["channel_id"])
    _may(world, where, PUBLIC_THREADS)
    name = call.body.get("name") or ""
    if not 1 <= len(name) <= 100:
        raise bad_body("name", "Must be between 1 and 100 in length.")
    if call.body.get("auto_archive_duration", 1440) not in {60, 1440, 4320, 10080}:
        raise bad_body("auto_archive_duration", "no such duration")
    head = call.ids.get("message_id")
    if head:
        _known(where, head)
    kind = call.body.get("type", PUBLIC_THREAD)
    thread = Channel(head or world.numbers.id(), name, where.guild, kind, where.id, where.only, where.denied)
    world.channels[thread.id] = thread
    data = payloads.channel(world, thread)
    world.dispatch("THREAD_CREATE", {**data, "newly_created": True}, where.guild)
    return data


def channel(world: World, call: Call) -> Json:
    return payloads.channel(world, seen_by_app(world, call.ids["channel_id"]))


def seen_by_app(world: World, id_: str) -> Channel:
    where = world.place(id_)
    if where.guild and where.guild not in world.guilds:
        raise NO_ACCESS
    _may(world, where, VIEW, NO_ACCESS)
    return where


def _may(world: World, where: Channel, right: int, no: Exception = NO_PERMISSION) -> None:
    if where.guild and not world.guilds[where.guild].app_permissions(where) & right:
        raise no


def _reachable(world: World, user: str) -> None:
    if world.people[user].closed:
        raise CLOSED_DM
    if not world.guilds_of(user):
        raise NO_COMMON_GUILD


def _known(where: Channel, id_: str) -> Message:
    message = where.message(id_)
    if message is None or message.to is not None:
        raise UNKNOWN_MESSAGE
    return message


def _says(body: Json) -> bool:
    return any(name in body for name in ("content", "embeds", "components"))


def _pings(message: Message) -> bool:
    """Whether it calls everybody. Without allowed_mentions Discord takes every name in it for a call."""
    texts = [message.content, *(str(part.get("content") or "") for part in walk(message.components))]
    named = any("@everyone" in text or "@here" in text for text in texts)
    return named and (message.allowed is None or "everyone" in (message.allowed.get("parse") or []))

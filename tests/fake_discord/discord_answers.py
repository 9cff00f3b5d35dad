"""Answers to interactions: the first within three seconds and once, later ones for a quarter of an hour."""

from __future__ import annotations

from fake_discord import discord_messages as messages
from fake_discord import discord_payloads as payloads
from fake_discord.discord_rules import check_message, check_modal
from fake_discord.discord_state import (
    ACKNOWLEDGED,
    EPHEMERAL,
    LOADING,
    SPENT_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Channel,
    Json,
    Message,
    bad_body,
)
from fake_discord.discord_world import TOKEN_S, Call, Interaction, World

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, AUTOCOMPLETE, MODAL = 4, 5, 6, 7, 8, 9
_AT_DEFER = EPHEMERAL


def first(world: World, call: Call) -> Json | None:
    found = world.interactions.get(call.ids["interaction_id"])
    if found is None or found.token != call.ids["interaction_token"] or found.gone:
        raise UNKNOWN_INTERACTION
    if found.answered is not None:
        raise ACKNOWLEDGED
    if world.now() - found.born > world.patience_s:
        raise UNKNOWN_INTERACTION
    kind, data = call.body.get("type"), call.body.get("data") or {}
    inner = Call(call.name, call.ids, data, call.query, files=call.files)
    _allowed(found, kind)
    message = _applied(world, found, kind, inner)
    found.answered = kind
    if not found.first.done():
        found.first.set_result({"type": kind, "data": data})
    if call.query.get("with_response") not in {"1", "true", "True"}:
        return None
    return _told(world, found, message)


def follow_up(world: World, call: Call) -> Json:
    found = _alive(world, call)
    if found.answered is None:
        raise UNKNOWN_WEBHOOK
    original = _original(world, found)
    if found.answered == DEFERRED and original is not None and original.flags & LOADING:
        _fill(original, call)
        return payloads.message(world, original)
    where = world.channels[found.channel]
    message = _new(world, found, where, call)
    return payloads.message(world, message)


def answer(world: World, call: Call) -> Json:
    return payloads.message(world, _named(world, call))


def edit(world: World, call: Call) -> Json:
    message = _named(world, call)
    if message.flags & LOADING:
        _fill(message, call)
    else:
        messages.change(message, call)
    return payloads.message(world, message)


def delete(world: World, call: Call) -> None:
    message = _named(world, call)
    world.channels[message.channel].messages.remove(message)


def _allowed(found: Interaction, kind: object) -> None:
    """A modal can't answer a modal; only what hangs on a message can change it."""
    submits, on_message = found.payload["type"] == payloads.SUBMIT, found.pressed is not None
    if kind not in {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL}:
        raise bad_body("type", f"{kind} is no answer to this")
    if (kind == MODAL and submits) or (kind in {DEFERRED_UPDATE, UPDATE} and not on_message):
        raise bad_body("type", f"{kind} can't answer this interaction")


def _applied(world: World, found: Interaction, kind: object, call: Call) -> Message | None:
    where = world.channels[found.channel]
    match kind:
        case 4:
            message = _new(world, found, where, call)
            found.original = message.id
            return message
        case 5:
            flags = (call.body.get("flags") or 0) & _AT_DEFER
            message = Message(world.numbers.id(), where.id, world.bot.id, flags=flags | LOADING)
            return _placed(world, found, where, message, original=True)
        case 7:
            assert found.pressed
            messages.change(found.pressed, call)
            found.original = found.pressed.id
            return found.pressed
        case 9:
            check_modal(call.body)
        case 6:
            assert found.pressed
            found.original = found.pressed.id
    return None


def _new(world: World, found: Interaction, where: Channel, call: Call) -> Message:
    """Only the person who tapped sees an ephemeral one."""
    message = messages.made(world, where, call)
    return _placed(world, found, where, message)


def _placed(world: World, found: Interaction, where: Channel, message: Message, *, original: bool = False) -> Message:
    message.to = found.user if message.flags & EPHEMERAL else None
    message.webhook, message.interaction = world.application, found.payload["id"]
    where.messages.append(message)
    if original:
        found.original = message.id
    return message


def _fill(message: Message, call: Call) -> None:
    """Privacy was decided when it was put off."""
    check_message(call.body, files=call.files)
    message.flags &= ~LOADING
    messages.change(message, call)


def _alive(world: World, call: Call) -> Interaction:
    if call.ids["webhook_id"] != world.application:
        raise UNKNOWN_WEBHOOK
    tokens = (one for one in world.interactions.values() if one.token == call.ids["webhook_token"])
    found = next(tokens, None)
    if found is None:
        raise UNKNOWN_WEBHOOK
    if found.gone or world.now() - found.born > TOKEN_S:
        raise SPENT_TOKEN
    return found


def _named(world: World, call: Call) -> Message:
    found = _alive(world, call)
    if found.answered is None:
        raise UNKNOWN_WEBHOOK
    wanted = call.ids.get("message_id") or found.original
    message = world.channels[found.channel].message(wanted or "")
    if message is None:
        raise UNKNOWN_MESSAGE
    return message


def _original(world: World, found: Interaction) -> Message | None:
    return world.channels[found.channel].message(found.original or "")


def _told(world: World, found: Interaction, message: Message | None) -> Json:
    about: Json = {"id": found.payload["id"], "type": found.payload["type"]}
    if message is None:
        return {"interaction": about, "resource": {"type": found.answered}}
    about |= {
        "response_message_id": message.id,
        "response_message_loading": bool(message.flags & LOADING),
        "response_message_ephemeral": bool(message.flags & EPHEMERAL),
    }
    return {"interaction": about, "resource": {"type": found.answered, "message": payloads.message(world, message)}}

"""What people do in Discord, as a test says it: command, type, tap, fill in, send."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fake_discord import discord_payloads as payloads
from fake_discord.discord_answers import DEFERRED, DEFERRED_UPDATE, MODAL
from fake_discord.discord_eyes import labelled
from fake_discord.discord_looking import Looking
from fake_discord.discord_screens import Modal
from fake_discord.discord_state import ADMINISTRATOR, DIRECT, Channel, Json, Message
from fake_discord.discord_world import Interaction


class Unheard(Exception):
    """Nobody answered within three seconds: the person reads "This interaction failed"."""


@dataclass(frozen=True)
class Acked:
    """The first answer to an interaction: its kind, what it held, and how long it took."""

    type: int
    data: Json
    seconds: float

    @property
    def deferred(self) -> bool:
        return self.type in {DEFERRED, DEFERRED_UPDATE}


@dataclass
class Hands(Looking):
    """Every tap raises Unheard when nobody answered within `patience_s`, Discord's three seconds."""

    last: tuple[str, Json, str] | None = None
    acks: list[Acked] = field(default_factory=list)

    async def says(self, command: str, words: str, user: str, channel: str) -> Acked:
        """A slash command; options that are no sub-command take the words one by one. Raises LookupError: no such."""
        where = self.place(channel)
        known = self._command(command, 1, user, where)
        data = {"id": known["id"], "name": known["name"], "type": 1, "options": _options(known, words.split())}
        if where.guild:
            data["guild_id"] = where.guild
        return await self._interacts(payloads.COMMAND, user, where, data)

    def offers(self, user: str, channel: str) -> list[str]:
        """The commands that their client lists there."""
        where = self.place(channel)
        return [one["name"] for one in self._all_commands(where) if self._may_use(one, user, where)]

    async def uses_message_command(self, user: str, name: str, channel: str, message: str) -> Acked:
        """The entry of a message's menu."""
        where = self.place(channel)
        known = self._command(name, 3, user, where)
        target = where.message(message)
        assert target
        data = {
            "id": known["id"],
            "name": name,
            "type": 3,
            "target_id": message,
            "resolved": {"messages": {message: payloads.message(self, target)}},
            "guild_id": where.guild,
        }
        return await self._interacts(payloads.COMMAND, user, where, data)

    async def types(self, user: str, channel: str, text: str, *, answers: str | None = None) -> Message:
        """Words in a channel, a thread or the direct message; `answers` is the message they reply to."""
        where = self.place(channel)
        message = Message(self.numbers.id(), where.id, user, text, answers=answers)
        where.messages.append(message)
        data = payloads.said(self, message, where, content=True)
        self.last = ("MESSAGE_CREATE", data, where.guild)
        self.dispatch(*self.last)
        return message

    async def writes_directly(self, user: str, text: str) -> Message:
        return await self.types(user, self.direct(user).id, text)

    async def opens_thread(self, user: str, channel: str, message: str, name: str = "Talk") -> str:
        """A thread at a message; returns its id."""
        where = self.place(channel)
        thread = Channel(message, name, where.guild, 11, where.id, where.only, where.denied)
        self.channels[thread.id] = thread
        data = {**payloads.channel(self, thread), "owner_id": user, "newly_created": True}
        self.dispatch("THREAD_CREATE", data, where.guild)
        return thread.id

    async def clicks(self, user: str, message: str, label: str) -> Acked:
        """A button (or a menu's option) under a message they see."""
        for where in self.channels.values():
            found = where.message(message)
            if found and found.to in (None, user) and self.may_see(user, where):
                return await self._tap(user, where, found, labelled(found.components, label))
        raise LookupError(f"{user} sees no message {message}")

    async def submits(self, user: str, values: Mapping[str, str]) -> Acked | None:
        """Fill the open modal and send it. None when Discord's own client refuses; unheard, it stays open."""
        modal = self._open(user)
        modal.fill(values)
        modal.errors = modal.missing()
        if modal.errors:
            return None
        data = modal.submitted()
        people = [value for _, one in modal.inputs() if one["type"] == 5 for value in _parts(modal, one)]
        if people:
            data["resolved"] = {"users": {id_: payloads.user(self.people[id_]) for id_ in people}}
        acked = await self._interacts(payloads.SUBMIT, user, self.place(modal.channel), data, modal.pressed)
        if self.modals.get(user) is modal:
            del self.modals[user]
        return acked

    def closes(self, user: str) -> None:
        """The cross of the modal: nobody hears of it."""
        self._open(user)
        del self.modals[user]

    async def redelivers(self) -> None:
        """The last event once more, as a resume that goes back too far brings it."""
        assert self.last
        self.dispatch(*self.last)

    async def _tap(self, user: str, where: Channel, message: Message, one: Json) -> Acked:
        data: Json = {"component_type": one["type"], "custom_id": one["custom_id"], "id": one["id"]}
        if "picked" in one:
            data["values"] = [one["picked"]]
        return await self._interacts(payloads.COMPONENT, user, where, data, message)

    async def _interacts(
        self, kind: int, user: str, where: Channel, data: Json, pressed: Message | None = None
    ) -> Acked:
        payload = payloads.interaction(self, kind, user, where, data, pressed)
        first: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        known = Interaction(payload, user, where.id, pressed, self.now(), first)
        self.interactions[payload["id"]] = known
        began = time.monotonic()
        self.last = ("INTERACTION_CREATE", payload, where.guild)
        self.dispatch(*self.last)
        try:
            answer = await asyncio.wait_for(first, self.patience_s)
        except TimeoutError as nobody:
            raise Unheard(f"nobody answered the tap: {data.get('custom_id') or data.get('name')}") from nobody
        if answer["type"] == MODAL:
            self.modals[user] = Modal(answer["data"], where.id, pressed)
        self.acks.append(Acked(answer["type"], answer["data"], time.monotonic() - began))
        return self.acks[-1]

    def _command(self, name: str, kind: int, user: str, where: Channel) -> Json:
        for one in self._all_commands(where):
            if (one["name"], one["type"]) == (name, kind) and self._may_use(one, user, where):
                return one
        raise LookupError(f"{user} is offered no command {name!r} there, only {self.offers(user, where.id)}")

    def _all_commands(self, where: Channel) -> list[Json]:
        return [*self.commands, *self.commands_there.get(where.guild, [])]

    def _may_use(self, command: Json, user: str, where: Channel) -> bool:
        context = 1 if where.kind == DIRECT else 0
        if command["contexts"] is not None and context not in command["contexts"]:
            return False
        needed = command["default_member_permissions"]
        if needed is None or where.kind == DIRECT:
            return True
        held = self.servers[where.guild].permissions(user)
        return bool(held & ADMINISTRATOR) or held & int(needed) == int(needed)

    def _open(self, user: str) -> Modal:
        modal = self.modal(user)
        if modal is None:
            raise LookupError(f"{user} has no modal open")
        return modal


def _parts(modal: Modal, one: Json) -> list[str]:
    return [part for part in modal.typed[one["custom_id"]].split(",") if part]


def _options(command: Json, words: list[str]) -> list[Json]:
    """As Discord sends what was typed. Raises LookupError for a word that is not offered, or one too many."""
    offered = {one["name"]: one for one in command.get("options") or []}
    subs = {name for name, one in offered.items() if one["type"] in {1, 2}}
    if subs:
        if not words or words[0] not in subs:
            raise LookupError(f"/{command['name']} offers {sorted(subs)}, not {words[:1]}")
        return [{"type": 1, "name": words[0], "options": _options(offered[words[0]], words[1:])}]
    if len(words) > len(offered):
        raise LookupError(f"/{command['name']} takes no {words[len(offered) :]}")
    needed = [name for name, one in offered.items() if one.get("required")]
    if len(words) < len(needed):
        raise LookupError(f"/{command['name']} needs {needed[len(words) :]}")
    return [
        {"type": one["type"], "name": name, "value": _typed(one, word)}
        for (name, one), word in zip(offered.items(), words, strict=False)
    ]


def _typed(option: Json, word: str) -> Any:
    if option["type"] != 4:
        return word
    number = int(word)  # Discord's client takes nothing else
    if not option.get("min_value", number) <= number <= option.get("max_value", number):
        raise LookupError(f"{option['name']} takes {option.get('min_value')} to {option.get('max_value')}")
    return number

"""What a Discord holds: people, servers (guilds), channels and their messages. Plain data for the fake's doors."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

EPOCH_MS = 1_420_070_400_000
VIEW, SEND, EMBED, ATTACH, HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 16
PUBLIC_THREADS, PRIVATE_THREADS, IN_THREADS = 1 << 35, 1 << 36, 1 << 38
ADMINISTRATOR, MANAGE_GUILD = 1 << 3, 1 << 5
ASKED_FOR = VIEW | SEND | EMBED | ATTACH | HISTORY | PUBLIC_THREADS | PRIVATE_THREADS | IN_THREADS
EVERYBODYS = VIEW | SEND | EMBED | ATTACH | HISTORY | PUBLIC_THREADS | IN_THREADS | 1 << 31
TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12
THREADS = {PUBLIC_THREAD, PRIVATE_THREAD}
EPHEMERAL, LOADING, V2 = 1 << 6, 1 << 7, 1 << 15


class Refused(Exception):
    """Discord says no: an HTTP status, its own number, a sentence, and for a bad body where in it."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code}: {message} {errors or ''}")
        self.status, self.code, self.message, self.errors = status, code, message, errors


def bad_body(where: str, says: str) -> Refused:
    """`where` with dots: components.0.label."""
    inner: Json = {"_errors": [{"code": "INVALID", "message": says}]}
    for part in reversed(where.split(".")):
        inner = {part: inner}
    return Refused(400, 50035, "Invalid Form Body", inner)


UNKNOWN_CHANNEL = Refused(404, 10003, "Unknown Channel")
UNKNOWN_GUILD = Refused(404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = Refused(404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = Refused(404, 10008, "Unknown Message")
UNKNOWN_USER = Refused(404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = Refused(404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = Refused(404, 10062, "Unknown interaction")
ACKNOWLEDGED = Refused(400, 40060, "Interaction has already been acknowledged.")
NAMELESS = Refused(403, 40333, "internal network error")  # https://docs.discord.com/developers/reference#user-agent
NO_ACCESS = Refused(403, 50001, "Missing Access")
NOT_OURS = Refused(403, 50005, "Cannot edit a message authored by another user")
CLOSED_DM = Refused(403, 50007, "Cannot send messages to this user")
NO_PERMISSION = Refused(403, 50013, "Missing Permissions")
SPENT_TOKEN = Refused(401, 50027, "Invalid Webhook Token")
NO_COMMON_GUILD = Refused(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
UNAUTHORIZED = Refused(401, 0, "401: Unauthorized")


@dataclass
class Numbers:
    """Snowflakes: they never repeat within one fake, and carry the time as Discord's do."""

    _last: int = 0

    def id(self) -> str:
        self._last = max(self._last + 1, (int(time.time() * 1000) - EPOCH_MS) << 22)
        return str(self._last)

    def id_on(self, shard: int, shards: int) -> str:
        """Of a server that belongs to that shard."""
        self._last = ((self._last >> 22) // shards + 1) * shards + shard << 22
        return str(self._last)


@dataclass
class Person:
    """`closed`: takes no direct messages. They are one person in every server they are in."""

    id: str
    name: str
    bot: bool = False
    closed: bool = False


@dataclass
class Message:
    """`to` is the one person who sees it, for an ephemeral one. `marked` by nobody: what the app sent, as sent."""

    id: str
    channel: str
    author: str
    content: str = ""
    components: list[Json] = field(default_factory=list)
    flags: int = 0
    embeds: list[Json] = field(default_factory=list)
    nonce: str = ""
    to: str | None = None
    answers: str | None = None
    webhook: str | None = None
    interaction: str | None = None
    edited: int = 0
    pings: bool = False
    allowed: Json | None = None
    files: tuple[str, ...] = ()


@dataclass
class Channel:
    """`guild` is empty in a direct message; `only` see a private channel; `denied` is what the app may not."""

    id: str
    name: str
    guild: str
    kind: int = TEXT
    parent: str = ""
    only: set[str] | None = None
    denied: int = 0
    with_: str = ""
    archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def message(self, id_: str) -> Message | None:
        return next((message for message in self.messages if message.id == id_), None)


@dataclass
class Guild:
    """`allowed` is what the app's own role may do there; `roles` are names of roles by their ids."""

    id: str
    name: str
    owner: str
    numbers: Numbers
    people: dict[str, Person]
    channels: dict[str, Channel]
    allowed: int = ASKED_FOR
    bot_role: str = ""
    members: dict[str, set[str]] = field(default_factory=dict)
    roles: dict[str, tuple[str, int]] = field(default_factory=dict)

    def person(self, name: str, *, admin: bool = False, closed: bool = False) -> str:
        """Somebody new joins the server; returns their id. `admin`: they may manage it."""
        person = Person(self.numbers.id(), name, closed=closed)
        self.people[person.id] = person
        self.joins(person.id)
        if admin:
            self.members[person.id].add(self.role("Managers", MANAGE_GUILD))
        return person.id

    def joins(self, user: str) -> None:
        self.members[user] = set()

    def role(self, name: str, permissions: int = 0) -> str:
        """The role of that name; made when there is none."""
        for id_, (known, _) in self.roles.items():
            if known == name:
                return id_
        id_ = self.numbers.id()
        self.roles[id_] = (name, permissions)
        return id_

    def channel(self, name: str, *only: str, denied: int = 0) -> str:
        """A channel for everybody, or for these people only; returns its id."""
        channel = Channel(self.numbers.id(), name, self.id, only=set(only) or None, denied=denied)
        self.channels[channel.id] = channel
        return channel.id

    def permissions(self, user: str) -> int:
        if user == self.owner:
            return EVERYBODYS | ADMINISTRATOR | MANAGE_GUILD
        allowed = EVERYBODYS
        for role in self.members.get(user, set()):
            allowed |= self.roles[role][1]
        return allowed

    def app_permissions(self, channel: Channel) -> int:
        parent = self.channels.get(channel.parent) if channel.parent else channel
        return self.allowed & ~(parent or channel).denied

    def own(self) -> Iterator[Channel]:
        return (channel for channel in self.channels.values() if channel.guild == self.id)

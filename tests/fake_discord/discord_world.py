"""Everything that this Discord knows, and what a test says about it: servers, tokens, interactions, troubles."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from fake_discord import discord_payloads as payloads
from fake_discord.discord_state import (
    DIRECT,
    UNKNOWN_CHANNEL,
    Channel,
    Guild,
    Json,
    Message,
    Numbers,
    Person,
)
from fake_discord.discord_trouble import Trouble, Troubles

TOKEN_S = 900.0
NONCE_S = 300.0  # “a few minutes”, Discord says
MESSAGE_CONTENT = 1 << 15


@dataclass
class Interaction:
    """`answered` is the kind of the first answer; `original` the message it made, even an empty one."""

    payload: Json
    user: str
    channel: str
    pressed: Message | None
    born: float
    first: asyncio.Future[Json]
    answered: int | None = None
    original: str | None = None
    gone: bool = False

    @property
    def token(self) -> str:
        return str(self.payload["token"])


@dataclass
class Call:
    """One request. `name` is a method and a path, see discord_paths; `status` is None when nobody heard the answer."""

    name: str
    ids: Mapping[str, str]
    body: Json
    query: Mapping[str, str]
    status: int | None = None
    answer: Json | list[Json] | None = None
    files: tuple[str, ...] = ()
    uploads: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    at: float = field(default_factory=time.monotonic)


@dataclass
class World:
    """`servers` are all there are, `guilds` those that have the app.

    `intents` are the privileged ones that the portal grants; `budget` is how many IDENTIFYs are left today;
    `patience_s` is how long a first answer may take. `shards` are recommended, `least_shards` insisted on;
    `max_concurrency` is into how many buckets they fall.
    """

    token: str = "a-discord-token"
    judged: bool = True
    intents: int = 0
    budget: int = 1000
    patience_s: float = 3.0
    shards: int = 1
    least_shards: int = 1
    max_concurrency: int = 1
    numbers: Numbers = field(default_factory=Numbers)
    people: dict[str, Person] = field(default_factory=dict)
    servers: dict[str, Guild] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    commands_there: dict[str, list[Json]] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    troubles: Troubles = field(default_factory=Troubles)
    calls: list[Call] = field(default_factory=list)
    nonces: dict[tuple[str, str], Message] = field(default_factory=dict)
    base: str = ""
    bot: Person = field(init=False)
    application: str = field(init=False)
    ahead: float = 0

    def __post_init__(self) -> None:
        self.application = self.numbers.id()
        self.bot = Person(self.application, "Readback", bot=True)
        self.people[self.bot.id] = self.bot

    def now(self) -> float:
        return time.monotonic() + self.ahead

    def passes(self, seconds: float) -> None:
        """Discord's clock goes on by so much: interactions' tokens run out, nonces are forgotten."""
        self.ahead += seconds
        if seconds > NONCE_S:
            self.nonces.clear()

    def empty_guild(self, name: str, shard: int | None = None) -> Guild:
        """A server that has not added the app yet; one of that shard's, if it matters."""
        owner = Person(self.numbers.id(), f"Owner of {name}")
        self.people[owner.id] = owner
        id_ = self.numbers.id() if shard is None else self.numbers.id_on(shard, self.shards)
        guild = Guild(id_, name, owner.id, self.numbers, self.people, self.channels)
        guild.bot_role = self.numbers.id()
        guild.joins(owner.id)
        self.servers[guild.id] = guild
        return guild

    def guild(self, name: str, shard: int | None = None) -> Guild:
        """A server that has the app."""
        guild = self.empty_guild(name, shard)
        self.adds(guild)
        return guild

    def adds(self, guild: Guild) -> None:
        """The app is in that server from now on, and its gateway says so."""
        guild.joins(self.bot.id)
        self.guilds[guild.id] = guild
        self.dispatch("GUILD_CREATE", payloads.guild_created(self, guild), guild.id)

    def removes(self, guild: Guild) -> None:
        """Somebody takes the app away."""
        del self.guilds[guild.id]
        guild.members.pop(self.bot.id, None)
        self.dispatch("GUILD_DELETE", {"id": guild.id}, guild.id)

    def registers(self, commands: list[Json]) -> list[Json]:
        """Global commands, all at once, as the client app lists them afterwards."""
        self.commands = self.as_registered(commands)
        return self.commands

    def as_registered(self, commands: list[Json], guild: str = "") -> list[Json]:
        there = {"guild_id": guild} if guild else {}
        return [
            {
                "type": 1,
                "description": "",
                "default_member_permissions": None,
                "nsfw": False,
                "contexts": None,
                "integration_types": [0],
                **command,
                **there,
                "id": self.numbers.id(),
                "application_id": self.application,
                "version": self.numbers.id(),
            }
            for command in commands
        ]

    def direct(self, user: str) -> Channel:
        """The direct message between a person and the app."""
        found = next((one for one in self.channels.values() if one.kind == DIRECT and one.with_ == user), None)
        if found is None:
            found = Channel(self.numbers.id(), "", "", DIRECT, with_=user)
            self.channels[found.id] = found
        return found

    def place(self, channel: str) -> Channel:
        """Raises Refused for what is no channel."""
        if channel not in self.channels:
            raise UNKNOWN_CHANNEL
        return self.channels[channel]

    def guilds_of(self, user: str) -> list[Guild]:
        return [guild for guild in self.guilds.values() if user in guild.members]

    def trouble(self, call: str, *troubles: Trouble) -> None:
        """The next calls of this kind meet these, in order."""
        self.troubles.add(call, *troubles)

    def calls_of(self, name: str) -> list[Call]:
        return [call for call in self.calls if call.name == name]

    def dispatch(self, event: str, data: Json, guild: str = "") -> None:
        """Over the gateway, to whoever holds a session for that server."""

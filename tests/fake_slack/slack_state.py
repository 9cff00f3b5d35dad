"""What a Slack workspace holds: people, channels with their messages, homes. Plain data that the fake's doors share."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

REQUIRED_SCOPES = frozenset(
    {"chat:write", "commands", "im:write", "im:history", "channels:read", "groups:read", "users:read"}
)
OPTIONAL_SCOPES = frozenset({"channels:history", "groups:history", "app_mentions:read"})


class Refused(Exception):
    """Slack says no: `error` is its word for it, `more` stands beside it in the answer."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error, self.more = error, more


@dataclass
class Numbers:
    """Ids and timestamps that never repeat within one fake."""

    _next: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def id(self, prefix: str) -> str:
        return f"{prefix}0FAKE{next(self._next):05d}"

    def ts(self) -> str:
        return f"{int(time.time())}.{next(self._next):06d}"


@dataclass
class User:
    """`active`: their client is open, so that a passing (ephemeral) message reaches it."""

    id: str
    team: str
    name: str
    admin: bool = False
    owner: bool = False
    tz: str = "America/Chicago"
    deleted: bool = False
    bot: bool = False
    active: bool = True


@dataclass
class Message:
    """`to` is the one person who sees it, for a passing message; `names_live`: a bare @here in its text may ping."""

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    to: str | None = None
    by_app: bool = False
    edited: int = 0
    names_live: bool = False


@dataclass
class Channel:
    """`im` is the person at the other end of a direct message with the app."""

    id: str
    name: str
    members: set[str]
    private: bool = False
    im: str | None = None
    archived: bool = False
    messages: list[Message] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """As Slack's scopes are called: channels, groups, im."""
        return "im" if self.im else "groups" if self.private else "channels"

    def message(self, ts: str) -> Message | None:
        return next((message for message in self.messages if message.ts == ts), None)


@dataclass
class Team:
    """One workspace. `homes` are the published home tabs by user."""

    id: str
    name: str
    bot_user: str
    bot_id: str
    enterprise: str | None = None
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)

    def person(self, name: str, **facts: Any) -> str:
        """Somebody joins the workspace; returns their id."""
        user = User(self.numbers.id("U"), self.id, name, **facts)
        self.users[user.id] = user
        return user.id

    def channel(self, name: str, *members: str, bot: bool = True, private: bool = False) -> str:
        """A channel with these people in it, and the app unless `bot` is False; returns its id."""
        inside = {*members, *([self.bot_user] if bot else [])}
        channel = Channel(self.numbers.id("C"), name, inside, private)
        self.channels[channel.id] = channel
        return channel.id

    def direct(self, user: str) -> Channel:
        """The direct message between a person and the app, opened when there is none."""
        found = next((channel for channel in self.channels.values() if channel.im == user), None)
        if found is None:
            found = Channel(self.numbers.id("D"), "directmessage", {user, self.bot_user}, im=user)
            self.channels[found.id] = found
        return found


@dataclass
class Token:
    """What a caller may do. `trouble` is the error that Slack answers with instead: `token_revoked` and such."""

    text: str
    teams: tuple[Team, ...]
    scopes: frozenset[str]
    enterprise: str | None = None
    trouble: str | None = None
    refresh: str | None = None

    @property
    def team(self) -> Team:
        return self.teams[0]

    def channel(self, id_: str) -> tuple[Team, Channel]:
        """Raises Refused when the caller can't see such a channel."""
        for team in self.teams:
            channel = team.channels.get(id_)
            if channel and (channel.kind == "channels" or team.bot_user in channel.members):
                return team, channel
        raise Refused("channel_not_found")

    def user(self, id_: str) -> tuple[Team, User]:
        for team in self.teams:
            if id_ in team.users:
                return team, team.users[id_]
        raise Refused("user_not_found")

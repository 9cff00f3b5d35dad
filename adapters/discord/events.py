"""discord.py's side of the gateway: its objects are read here, and none of them goes any further."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from weakref import WeakSet

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from typing_extensions import override

from adapters.discord.guilds import Guilds, Share
from adapters.discord.inbound import Came, Said
from adapters.discord.install import draws, missing
from adapters.discord.listeners import Listeners

log = logging.getLogger(__name__)
CLOSE_S = 3.0  # for Discord's goodbye


class Events(discord.Client):
    """The connection of one shard. Keeps no messages, no members and nobody's presence."""

    def __init__(
        self,
        listeners: Listeners,
        guilds: Guilds,
        identify: Callable[[int], Awaitable[None]],
        shard: int,
        *,
        content: bool,
        shards: int,
        gateway: str,
        fixed: bool,
    ) -> None:
        """`content`: ask for the words of messages, too. `fixed`: `gateway` whatever Discord says later."""
        super().__init__(
            intents=intents(content=content),
            shard_id=shard,
            shard_count=shards,
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.5,  # READY names every server at once; nothing of ours needs more of them
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self._listeners_of_ours = listeners
        self._guilds_of_ours = guilds
        self._identify = identify
        self._shard = Share(shard, shards)
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        self._lines: WeakSet[aiohttp.ClientWebSocketResponse] = WeakSet()
        self._connects_by(gateway if fixed else "")

    def has_line(self) -> bool:
        return any(not line.closed for line in self._lines)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        await self._listeners_of_ours.interaction(interaction.type.value, came(interaction))

    async def on_message(self, message: discord.Message) -> None:
        await self._listeners_of_ours.message(said(message, self.user.id if self.user else 0))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._guilds_of_ours.came(str(guild.id))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """discord.py's word for a join as well, where Discord says of the server that it is not unavailable."""
        if self.is_ready():  # else READY names them all
            await self._guilds_of_ours.came(str(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """discord.py keeps this for servers that are gone: one that is away for a while only is another event."""
        await self._guilds_of_ours.went(str(guild.id))

    async def on_ready(self) -> None:
        """After every new session, and so after each one that could not be resumed."""
        await self._guilds_of_ours.are({str(guild.id) for guild in self.guilds}, self._shard)

    @override
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        await self._identify(self._shard.number)

    @override
    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """discord.py tells even a closed client what it was about to tell."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    @override
    async def close(self) -> None:
        """Over a line that is dead discord.py would wait half a minute for a goodbye.

        It forgets lines that were cut short before they had a session, and their heartbeats beat on in threads.
        """
        for beating in threading.enumerate():
            if isinstance(beating, KeepAliveHandler) and beating.ws.socket in self._lines:
                beating.stop()
        await _in_time(super().close())
        for line in list(self._lines):
            await _in_time(line.close())
        await self.http.close()

    def _connects_by(self, fixed: str) -> None:
        """A stand-in for Discord may name Discord's own address to resume at; nothing may leave this machine then."""
        connect = self.http.ws_connect

        async def there(url: str, *, compress: int = 0) -> Any:
            address = str(yarl.URL(fixed).with_query(yarl.URL(url).query)) if fixed else url
            line = await connect(address, compress=compress)
            self._lines.add(line)
            return line

        self.http.ws_connect = there  # type: ignore[method-assign]  # the one place where every address comes by

    @override
    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Without the arguments: they hold people's words."""
        log.exception("%s crashed", event_method)


def intents(*, content: bool) -> discord.Intents:
    """Servers, and messages in them and to us. Their words only where Discord was told so, in its developer portal."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=content)


def came(interaction: discord.Interaction[Any]) -> Came:
    message, channel = interaction.message, interaction.channel
    permissions = interaction.permissions
    return Came(
        id=str(interaction.id),
        token=interaction.token,
        application=str(interaction.application_id),
        server=str(interaction.guild_id or ""),
        channel=str(interaction.channel_id or ""),
        parent=_parent(channel),
        user=str(interaction.user.id),
        name=interaction.user.display_name,
        admin=bool(interaction.guild_id and (permissions.administrator or permissions.manage_guild)),
        roles=_roles(interaction.user),
        draws=not interaction.guild_id or draws(interaction.app_permissions.value),
        lacks=missing(interaction.app_permissions.value) if interaction.guild_id else (),
        data=dict(interaction.data or {}),
        message=[one.to_dict() for one in message.components] if message else (),
        ephemeral=bool(message and message.flags.ephemeral),
    )


def said(message: discord.Message, me: int) -> Said:
    """Only what people type counts: no other bot, and none of Discord's own lines."""
    answered = message.reference if message.type is discord.MessageType.reply else None
    by_person = not message.author.bot and not message.webhook_id
    typed = message.type in {discord.MessageType.default, discord.MessageType.reply}
    return Said(
        id=str(message.id),
        server=str(message.guild.id) if message.guild else "",
        channel=str(message.channel.id),
        parent=_parent(message.channel),
        user=str(message.author.id),
        text=message.content,
        answers=str(answered.message_id) if answered and answered.message_id else None,
        named=f"<@{me}>" in message.content or f"<@!{me}>" in message.content,
        by_person=by_person and typed and message.author.id != me,
    )


def _roles(user: discord.User | discord.Member) -> frozenset[str]:
    """Names; none in a direct message, where nobody is a member of anything."""
    return frozenset(role.name for role in user.roles) if isinstance(user, discord.Member) else frozenset()


def _parent(channel: object) -> str | None:
    return str(channel.parent_id) if isinstance(channel, discord.Thread) else None


async def _in_time(closing: Awaitable[object]) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(closing, CLOSE_S)

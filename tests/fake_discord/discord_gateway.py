"""The gateway: hello, identify, ready, heartbeats, events in order, resuming, and every way to be cut off."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web
from fake_discord import discord_payloads as payloads
from fake_discord.discord_state import Json
from fake_discord.discord_world import MESSAGE_CONTENT, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 7, 9, 10, 11
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
PRIVILEGED = MESSAGE_CONTENT | 1 << 1 | 1 << 8
_NEEDS = {
    "GUILD_CREATE": GUILDS,
    "GUILD_DELETE": GUILDS,
    "THREAD_CREATE": GUILDS,
    "CHANNEL_DELETE": GUILDS,
    "CHANNEL_UPDATE": GUILDS,
}


@dataclass
class Session:
    """`sent` are its events by their numbers, kept for whoever resumes it; `line` is None while nobody holds it."""

    id: str
    intents: int
    shard: int = 0
    shards: int = 1
    line: web.WebSocketResponse | None = None
    transport: asyncio.Transport | None = None
    sent: list[Json] = field(default_factory=list)
    kept: bool = True

    def wants(self, event: str, guild: str) -> bool:
        if guild and (int(guild) >> 22) % self.shards != self.shard:
            return False
        if not guild and self.shard != 0:
            return False
        if event.startswith("MESSAGE_"):
            return bool(self.intents & (GUILD_MESSAGES if guild else DIRECT_MESSAGES))
        return not (needed := _NEEDS.get(event, 0)) or bool(self.intents & needed)


@dataclass
class Gateway:
    """`identifies` and `resumes` are when they came; `began` and `resumed` say of which shards.

    `every_s` is the least time that Discord wants between two IDENTIFYs of one bucket. `lines` are open, with a session
    or not. `forgets`: no session can be resumed. `deaf`: heartbeats are not acknowledged. `refuses` closes every
    newcomer. `unreachable`: nobody gets as far as that, and so many were `turned_away`.
    """

    world: World
    beat_s: float = 40.0
    every_s: float = 0.0
    sessions: dict[str, Session] = field(default_factory=dict)
    identifies: list[float] = field(default_factory=list)
    resumes: list[float] = field(default_factory=list)
    began: list[tuple[int, float]] = field(default_factory=list)
    resumed: list[int] = field(default_factory=list)
    lines: list[web.WebSocketResponse] = field(default_factory=list)
    forgets: bool = False
    deaf: bool = False
    refuses: int = 0
    unreachable: bool = False
    turned_away: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def held(self) -> list[Session]:
        """Sessions that somebody listens on."""
        return [one for one in self.sessions.values() if one.line is not None]

    async def link(self, request: web.Request) -> web.StreamResponse:
        if self.unreachable:
            self.turned_away += 1
            raise web.HTTPBadGateway
        line = web.WebSocketResponse(max_msg_size=0)
        await line.prepare(request)
        self.lines.append(line)
        await _say(line, {"op": HELLO, "d": {"heartbeat_interval": int(self.beat_s * 1000)}, "s": None, "t": None})
        session: Session | None = None
        try:
            async for message in line:
                if message.type is WSMsgType.TEXT:
                    session = await self._heard(json.loads(message.data), line, request, session)
        finally:
            self.lines.remove(line)
            if session is not None and session.line is line:
                session.line = None
        return line

    async def connected(self, count: int = 1, *, within: float = 10.0) -> None:
        """Wait until the app holds as many sessions."""
        async with asyncio.timeout(within):
            while len(self.held) < count:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.005)

    def dispatch(self, event: str, data: Json, guild: str = "") -> int:
        """To every session that is for it; whoever is away gets it on resuming. Returns how many heard it at once."""
        heard = 0
        for session in list(self.sessions.values()):
            if session.wants(event, guild):
                heard += self._send(session, event, data)
        return heard

    def again(self, event: str, data: Json, guild: str = "") -> None:
        """The same event once more, as after a resume that went too far back."""
        self.dispatch(event, data, guild)

    async def closes(self, code: int = 4000, shard: int | None = None) -> None:
        """Cut every line, or a shard's; after 4000 sessions may be resumed, after 1000 and 4009 not."""
        for session in [one for one in self.held if shard in (None, one.shard)]:
            line, session.line = session.line, None
            session.kept = code not in {1000, 4007, 4009}
            assert line
            await line.close(code=code)

    def breaks_off(self) -> None:
        """Cut every line without a word."""
        for session in self.held:
            session.line = None
            if session.transport:
                session.transport.abort()

    async def asks_to_reconnect(self) -> None:
        for session in self.held:
            assert session.line
            await _say(session.line, {"op": RECONNECT, "d": None, "s": None, "t": None})

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        for session in self.held:
            line, session.line = session.line, None
            assert line
            await line.close(code=1001)

    async def _heard(
        self, said: Json, line: web.WebSocketResponse, request: web.Request, session: Session | None
    ) -> Session | None:
        match said["op"]:
            case 1:
                if not self.deaf:
                    await _say(line, {"op": HEARTBEAT_ACK, "d": None, "s": None, "t": None})
            case 2:
                return await self._identify(said["d"], line, request)
            case 6:
                return await self._resume(said["d"], line, request)
        return session

    async def _identify(self, said: Json, line: web.WebSocketResponse, request: web.Request) -> Session | None:
        code = self._refusal(said)
        if code:
            await line.close(code=code)
            return None
        shard, shards = said.get("shard") or (0, 1)
        now = time.monotonic()
        bucket = [at for other, at in self.began if (other - shard) % self.world.max_concurrency == 0]
        self.identifies.append(now)
        self.began.append((shard, now))
        self.world.budget -= 1
        if bucket and now - bucket[-1] < self.every_s:
            await _say(line, {"op": INVALID, "d": False, "s": None, "t": None})
            return None
        session = Session(f"session-{self.world.numbers.id()}", said["intents"], shard, shards, line, request.transport)
        self.sessions[session.id] = session
        self._send(session, "READY", self._ready(session))
        for guild in self.world.guilds.values():
            if session.wants("GUILD_CREATE", guild.id):
                self._send(session, "GUILD_CREATE", payloads.guild_created(self.world, guild))
        return session

    def _refusal(self, said: Json) -> int:
        if self.refuses:
            return self.refuses
        if said["token"] != self.world.token or self.world.budget <= 0:
            return 4004  # beyond the budget Discord takes the token away
        if (said.get("shard") or (0, 1))[1] < self.world.least_shards:
            return 4011
        return 4014 if said["intents"] & PRIVILEGED & ~self.world.intents else 0

    async def _resume(self, said: Json, line: web.WebSocketResponse, request: web.Request) -> Session | None:
        self.resumes.append(time.monotonic())
        session = self.sessions.get(said["session_id"])
        if session is None or not session.kept or self.forgets:
            self.sessions.pop(said["session_id"], None)
            await _say(line, {"op": INVALID, "d": False, "s": None, "t": None})
            return None
        session.line, session.transport = line, request.transport
        self.resumed.append(session.shard)
        for event in session.sent:
            if event["s"] > said["seq"]:
                await _say(line, event)
        self._send(session, "RESUMED", {})
        return session

    def _ready(self, session: Session) -> Json:
        url = self.world.base.replace("http", "ws") + "/gw"
        guilds = [one.id for one in self.world.guilds.values() if session.wants("GUILD_CREATE", one.id)]
        return {
            "v": 10,
            "user": {**payloads.user(self.world.bot), "verified": True, "mfa_enabled": True, "flags": 0, "email": None},
            "guilds": [{"id": id_, "unavailable": True} for id_ in guilds],
            "session_id": session.id,
            "resume_gateway_url": url,
            "session_type": "normal",
            "shard": [session.shard, session.shards],
            "application": {"id": self.world.application, "flags": 0},
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
        }

    def _send(self, session: Session, event: str, data: Json) -> bool:
        if event == "MESSAGE_CREATE" and not session.intents & MESSAGE_CONTENT and data.get("guild_id"):
            data = _without_words(self.world, data)
        numbered = {"op": DISPATCH, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(numbered)
        if session.line is None or session.line.closed:
            return False
        task = asyncio.create_task(_say(session.line, numbered))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True


def _without_words(world: World, data: Json) -> Json:
    """In a server, without the intent: only what the app wrote, and what names it or answers it, has its words."""
    named = any(one["id"] == world.bot.id for one in data.get("mentions") or ())
    if named or data["author"]["id"] == world.bot.id:
        return data
    return {**data, "content": "", "components": [], "embeds": [], "attachments": []}


async def _say(line: web.WebSocketResponse, said: Json) -> None:
    """In TEXT frames: discord.py takes them although it asks for compression."""
    try:
        await line.send_str(json.dumps(said))
    except ConnectionError:
        return

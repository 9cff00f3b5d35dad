"""Socket Mode: hello, envelopes and their acks, disconnects asked for and not, several connections at once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web
from fake_slack.slack_delivery import Acked, Delivery, Unheard
from fake_slack.slack_state import Json
from fake_slack.slack_world import World

_TYPES = {"event": "events_api", "interaction": "interactive", "command": "slash_commands"}


@dataclass
class SocketDoor:
    """`late` are events that nobody acknowledged; they come again on the next connection, as Slack does it.

    `deaf`: acknowledgements get lost. `broadcasts`: every line gets everything, as no Slack should do.
    """

    world: World
    base: str = ""
    connections: dict[web.WebSocketResponse, asyncio.Transport | None] = field(default_factory=dict)
    tickets: int = 0
    hellos: int = 0
    acks: list[Acked] = field(default_factory=list)
    late: list[Delivery] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _waiting: dict[str, asyncio.Future[Json | None]] = field(default_factory=dict)
    deaf: bool = False
    broadcasts: bool = False
    _turn: int = 0

    def url(self) -> str:
        self.tickets += 1
        return f"{self.base.replace('http', 'ws')}/link?ticket=t{self.tickets}&app_id=A0FAKE"

    async def link(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections[socket] = request.transport
        self.hellos += 1
        await socket.send_json(
            {"type": "hello", "num_connections": len(self.connections), "connection_info": {"app_id": "A0FAKE"}}
        )
        late, self.late = self.late, []
        for delivery in late:
            self.beside(delivery.again("timeout"))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acked(json.loads(message.data))
        finally:
            self._gone(socket)
        return socket

    async def connected(self, count: int = 1, *, within: float = 5.0) -> None:
        """Wait until the app holds as many connections."""
        async with asyncio.timeout(within):
            while len(self.connections) < count:  # noqa: ASYNC110  # a test's patience
                await asyncio.sleep(0.005)

    async def deliver(self, delivery: Delivery) -> Acked:
        """Send to one of the connections. Raises Unheard when nobody acknowledged within the time."""
        envelope = self.world.numbers.id("env-")
        answer = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = answer
        started = time.monotonic()
        try:
            for socket in self._targets():
                await socket.send_json(self._envelope(envelope, delivery))
            payload = await asyncio.wait_for(answer, delivery.within_s)
        except (TimeoutError, ConnectionError, Unheard) as nobody:
            if delivery.kind == "event":
                self.late.append(delivery)
            raise Unheard(f"nobody acknowledged the {delivery.kind}") from nobody
        finally:
            del self._waiting[envelope]
        self.acks.append(Acked(delivery, payload, time.monotonic() - started))
        return self.acks[-1]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Slack asks every connection to come again, then closes it."""
        for socket in list(self.connections):
            self._gone(socket)
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}})

    def break_off(self) -> None:
        """Every connection is cut without a word."""
        for socket, transport in list(self.connections.items()):
            self._gone(socket)
            if transport:
                transport.abort()

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        for socket in list(self.connections):
            await socket.close()

    def _targets(self) -> list[web.WebSocketResponse]:
        """One of the connections, each in its turn."""
        if not self.connections:
            raise Unheard("the app holds no connection")
        self._turn += 1
        lines = list(self.connections)
        return lines if self.broadcasts else [lines[self._turn % len(lines)]]

    def _envelope(self, id_: str, delivery: Delivery) -> Json:
        body: Json = {
            "type": _TYPES[delivery.kind],
            "envelope_id": id_,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "event",
        }
        if delivery.kind == "event":
            body |= {"retry_attempt": delivery.retry, "retry_reason": delivery.reason}
        return body

    def _acked(self, message: Json) -> None:
        waiting = self._waiting.get(message.get("envelope_id", ""))
        if waiting and not waiting.done() and not self.deaf:
            waiting.set_result(message.get("payload") or None)

    def _gone(self, socket: web.WebSocketResponse) -> None:
        self.connections.pop(socket, None)

    def beside(self, delivery: Delivery) -> None:
        """Deliver without waiting for it; Slack tries again if nobody hears."""
        task = asyncio.create_task(self._quietly(delivery))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _quietly(self, delivery: Delivery) -> None:
        with contextlib.suppress(Unheard):
            await self.deliver(delivery)

"""One call to Slack's Web API: at our pace, with its errors made ours, and plainly where a newer block is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.slack.blocks import Json
from adapters.slack.clients import Clients
from adapters.slack.errors import code_of, is_limit, outgoing
from adapters.slack.pacing import Pace
from drills.errors import OursToFix, TryLater
from drills.people import Workspace

_REFUSED_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_arguments"}


class Calls:
    """Raises TryLater, CannotReach or OursToFix."""

    def __init__(self, clients: Clients, pace: Pace) -> None:
        self._clients = clients
        self._pace = pace

    async def call(self, workspace: Workspace, method: str, body: Json) -> dict[str, Any]:
        """Slack's answer. `body` goes as JSON."""
        client = await self._clients.of(workspace)
        await self._pace.turn(workspace, method, str(body.get("channel", "")))
        try:
            async with outgoing(method):
                answer = await client.api_call(method, json=body)
        except TryLater as later:
            if is_limit(later.__cause__):
                self._pace.pause(workspace, method, later.retry_after)
            raise
        return answer.data if isinstance(answer.data, dict) else {}

    async def show(self, workspace: Workspace, method: str, made: Callable[[bool], Json]) -> dict[str, Any]:
        """`made(plainly)` is the body. Slack's newer kinds of block are tried first and do not have to be known."""
        try:
            return await self.call(workspace, method, made(False))
        except OursToFix as fault:
            if code_of(fault.__cause__) not in _REFUSED_BLOCKS:
                raise
        return await self.call(workspace, method, made(True))

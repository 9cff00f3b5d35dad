"""A model server that outlives the program it serves: slow, sometimes overloaded, and it counts what it finished."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from aiohttp import web
from fake_anthropic import FakeAnthropic, Request
from typing_extensions import override


@dataclass
class FlakyModel(FakeAnthropic):
    """`finished` says in which of the program's lives each reply's verdict was sent off in full."""

    chance: Random = field(default_factory=Random)
    overloaded: float = 0.1
    life: int = 0
    finished: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0

    @override
    async def _messages(self, request: web.Request) -> web.Response:
        life, reply = self.life, Request(json.loads(await request.read()), {}).reply
        self.latency_s = self.chance.uniform(0.05, 0.3)
        if self.chance.random() < self.overloaded:
            self.refused += 1
            busy = {"type": "error", "error": {"type": "overloaded_error", "message": "overloaded"}}
            return web.json_response(busy, status=529, headers={"retry-after": "1"})
        response = await super()._messages(request)
        self.finished[reply].append(life)
        return response

    @property
    def twice(self) -> dict[str, list[int]]:
        """Replies whose verdict was sent more than once, with the lives it was sent in."""
        return {reply: lives for reply, lives in self.finished.items() if len(lives) > 1}

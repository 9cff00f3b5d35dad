"""People at their browsers: Answer, then Submit, and the same form again when no answer came back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import aiohttp
from faults.scene import TEAM, Scene

_INTENT = re.compile(r'data-intent="reply:([^"]+)"')
_KEPT = "Reading your reply"
_PATIENCE = aiohttp.ClientTimeout(total=5)


@dataclass
class Learners:
    """Write replies until told to stop. `base` is where the program listens; None while it is dead.

    `kept` holds what the room acknowledged: the words by attempt. `refused` is what it answered instead.
    """

    scene: Scene
    chance: Random
    base: str | None = None
    stopping: bool = False
    kept: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    reposts: int = 0

    def __post_init__(self) -> None:
        pairs = self.scene.pairs
        self.chance.shuffle(pairs)
        self._turns: Iterator[tuple[int, tuple[str, str]]] = iter(enumerate(pairs))

    async def write(self, at_once: int = 4) -> None:
        """Until `stopping` is set; what was begun is finished."""
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session, asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(self._one_after_the_other(session))

    async def _one_after_the_other(self, session: aiohttp.ClientSession) -> None:
        while not self.stopping and (turn := next(self._turns, None)):
            number, (person, push) = turn
            await self._reply(
                session, person, push, f"Reply {number}: Mrs. Voss in 12, sats 86 on two litres, I need you."
            )
            await asyncio.sleep(self.chance.uniform(0, 0.4))

    async def _reply(self, session: aiohttp.ClientSession, person: str, push: str, words: str) -> None:
        form = await self._post(session, f"/{TEAM.id}/as/{person}/press", {"intent": f"answer:{push}"})
        found = _INTENT.search(form)
        if found is None:
            self.refused.append(f"Answer gave no form: {_seen(form)}")
            return
        fields = {"intent": f"reply:{found[1]}", "value.words": words}
        answer = await self._post(session, f"/{TEAM.id}/as/{person}/submit", fields)
        if _KEPT in answer:
            self.kept[found[1]] = words
        else:
            self.refused.append(f"Submit was answered with: {_seen(answer)}")

    async def _post(self, session: aiohttp.ClientSession, path: str, fields: dict[str, str]) -> str:
        """The dialog's inside, asked for until it comes, always with the same key."""
        sent = {"key": str(UUID(int=self.chance.getrandbits(128))), **fields}
        for attempt in range(10_000):
            base = self.base
            if base is not None:
                self.reposts += attempt > 0
                try:
                    async with session.post(base + path, data=sent, headers={"x-room": "1"}) as response:
                        return f"{response.status} {await response.text()}"
                except (aiohttp.ClientError, TimeoutError):
                    pass
            await asyncio.sleep(0.05)
        raise TimeoutError(f"{path} was never answered")


def _seen(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())[:160]

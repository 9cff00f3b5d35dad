"""What is being answered at this moment, so that a program which stops can let it come to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
STOPS_WITHIN_S = 3.0  # as long as a platform waits for an answer; later nobody hears one


class AtWork:
    """The tasks of one platform's listeners. It holds them as well: the loop does so by a thread only."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    @contextmanager
    def here(self) -> Iterator[None]:
        """Around an answer, in whatever task runs it."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # listeners are coroutines
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    def begin(self, answer: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A task of its own for it."""
        task = asyncio.create_task(answer)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def done(self) -> None:
        """What is being answered now is, or the time is up. Raises nothing."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=STOPS_WITHIN_S)

    async def end(self) -> None:
        """As `done`, and what is not ready by then is given up: nothing that it needs will be open any more."""
        await self.done()
        left = set(self._tasks)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)

"""A listener whose acknowledgement goes out at once. Bolt's own way looks for it a hundred times a second, and two
hundred people who press a button in the same instant leave it no time for anything but looking.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from slack_bolt.response import BoltResponse

from drills.chat.at_work import AtWork

Payload: TypeAlias = dict[str, Any]
Ack: TypeAlias = Callable[..., Awaitable[Any]]
Listener: TypeAlias = Callable[[Ack, Payload], Awaitable[None]]
Middleware: TypeAlias = Callable[[Ack, Payload], Awaitable[BoltResponse]]

log = logging.getLogger(__name__)


def prompt(at_work: AtWork, listener: Listener) -> Middleware:
    """As middleware, which may answer in a listener's place. What the listener does after its ack goes on beside.

    Raises what the listener raises before it has acknowledged.
    """

    async def answer(ack: Ack, body: Payload) -> BoltResponse:
        acknowledged: asyncio.Future[BoltResponse] = asyncio.get_running_loop().create_future()

        async def at_once(**said: Any) -> None:
            acknowledged.set_result(await ack(**said))

        _task = at_work.begin(_run(listener, at_once, body, acknowledged))
        return await acknowledged

    return answer


async def never(ack: Ack) -> None:
    """Stands where Bolt wants a listener: its middleware has answered before."""
    await ack()


async def _run(listener: Listener, ack: Ack, body: Payload, acknowledged: asyncio.Future[BoltResponse]) -> None:
    try:
        await listener(ack, body)
        if not acknowledged.done():
            await ack()
    except Exception as error:  # the edge: Bolt hears of it in time, or it is said here
        if acknowledged.done():
            log.exception("a listener crashed after its acknowledgement")
        else:
            acknowledged.set_exception(error)
    finally:
        acknowledged.cancel()  # of a listener that was given up; no-op for all others

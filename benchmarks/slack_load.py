"""Slack's side of the measurement: many deliveries at once, or as fast as they are acknowledged."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import aiohttp
from fake_slack.slack_delivery import Delivery
from fake_slack.slack_http_door import encoded
from fake_slack.slack_sockets import SocketDoor
from slack_sdk.signature import SignatureVerifier

_PATIENCE_S = 30.0  # so that a late acknowledgement is counted, not lost


@dataclass(frozen=True, slots=True)
class Heard:
    after_s: float
    payload: dict[str, Any] | None

    @property
    def is_kept(self) -> bool:
        """Whether the person reads at once that their words are in."""
        shown = (self.payload or {}).get("view") or {}
        return "Reading your reply" in json.dumps(shown)


Send: TypeAlias = Callable[[Delivery], Awaitable[Heard]]


def by_socket(door: SocketDoor) -> Send:
    async def send(delivery: Delivery) -> Heard:
        acked = await door.deliver(replace(delivery, within_s=_PATIENCE_S))
        return Heard(acked.after_s, acked.payload)

    return send


def by_http(session: aiohttp.ClientSession, url: str, secret: str) -> Send:
    """Signed as Slack signs, over connections that stay open."""
    signer = SignatureVerifier(secret)

    async def send(delivery: Delivery) -> Heard:
        body, kind = encoded(delivery)
        stamp = str(int(time.time()))
        signature = signer.generate_signature(timestamp=stamp, body=body) or ""
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
        limit = aiohttp.ClientTimeout(total=_PATIENCE_S)
        began = time.perf_counter()
        async with session.post(url, data=body.encode(), headers=headers, timeout=limit) as answer:
            assert answer.status == 200, await answer.text()
            text = await answer.text()
        return Heard(time.perf_counter() - began, json.loads(text) if text.startswith("{") else None)

    return send


async def burst(send: Send, deliveries: Sequence[Delivery]) -> list[Heard]:
    return await asyncio.gather(*[send(one) for one in deliveries])


async def sustained(send: Send, deliveries: Sequence[Delivery], at_once: int = 16) -> float:
    """Acknowledged in a second, with so many on their way at any moment."""
    waiting = iter(deliveries)

    async def one_after_another() -> None:
        for delivery in waiting:
            await send(delivery)

    began = time.perf_counter()
    await asyncio.gather(*[one_after_another() for _ in range(at_once)])
    return len(deliveries) / (time.perf_counter() - began)

"""Deliveries by HTTP: signed as Slack signs them, to the address that the app gave."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp
from fake_slack.slack_delivery import Acked, Delivery, Unheard
from fake_slack.slack_state import Json
from fake_slack.slack_world import World
from slack_sdk.signature import SignatureVerifier


@dataclass(frozen=True)
class Got:
    status: int
    text: str


@dataclass
class HttpDoor:
    """`url` is where events, interactions and commands go."""

    world: World
    url: str
    acks: list[Acked] = field(default_factory=list)

    async def deliver(self, delivery: Delivery) -> Acked:
        """Raises Unheard for any status but 200, and for an answer after the time."""
        started = time.monotonic()
        retries = {"X-Slack-Retry-Num": str(delivery.retry), "X-Slack-Retry-Reason": delivery.reason}
        try:
            got = await self.post(
                *encoded(delivery), headers=retries if delivery.retry else {}, within=delivery.within_s
            )
        except (TimeoutError, aiohttp.ClientError) as nobody:
            raise Unheard(f"no answer to the {delivery.kind}") from nobody
        if got.status != 200:
            raise Unheard(f"the app answered {got.status} to the {delivery.kind}: {got.text[:200]}")
        self.acks.append(Acked(delivery, _payload(got.text), time.monotonic() - started))
        return self.acks[-1]

    async def post(
        self,
        body: str,
        content_type: str,
        *,
        at: float | None = None,
        signature: str | None = None,
        headers: Mapping[str, str] | None = None,
        within: float = 3.0,
    ) -> Got:
        """A signed request; `at` and `signature` can be made wrong on purpose."""
        stamp = str(int(time.time() if at is None else at))
        signed = SignatureVerifier(self.world.signing_secret).generate_signature(timestamp=stamp, body=body)
        all_headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature or signed or "",
            **(headers or {}),
        }
        async with aiohttp.ClientSession() as browser:
            limit = aiohttp.ClientTimeout(total=within)
            async with browser.post(self.url, data=body.encode(), headers=all_headers, timeout=limit) as answer:
                return Got(answer.status, await answer.text())


def encoded(delivery: Delivery) -> tuple[str, str]:
    """The body as Slack writes it, and its content type."""
    form = "application/x-www-form-urlencoded"
    match delivery.kind:
        case "event":
            return json.dumps(delivery.payload), "application/json"
        case "interaction":
            return urlencode({"payload": json.dumps(delivery.payload)}), form
        case _:
            return urlencode({name: value for name, value in delivery.payload.items() if value is not None}), form


def _payload(text: str) -> Json | None:
    if not text.strip():
        return None
    try:
        read = json.loads(text)
    except ValueError:
        return {"text": text}  # a command may be answered with plain words
    return read or None if isinstance(read, dict) else {"text": text}

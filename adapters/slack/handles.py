"""A response address: Slack's passing right to answer a tap in private, five times within half an hour."""

from __future__ import annotations

from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.blocks import Json
from adapters.slack.clients import TIMEOUT_S, quiet
from adapters.slack.errors import outgoing, retry_after
from drills.attempt import Handle
from drills.errors import TryLater

_DOING = "response_url"


async def answer_at(handle: Handle, message: Json, proxy: str | None) -> bool:
    """False where the address is spent or refuses the message. Raises TryLater when nobody knows whether it got there.

    A second copy is harmless: it goes with the next reload.
    """
    client = AsyncWebhookClient(handle.value, timeout=TIMEOUT_S, retry_handlers=[], logger=quiet())
    client.proxy = proxy
    async with outgoing(_DOING):
        answer: WebhookResponse = await client.send_dict(
            {"response_type": "ephemeral", "replace_original": False, **message}
        )
    if answer.status_code == 429:
        raise TryLater(f"{_DOING}: Slack asked us to wait", retry_after=retry_after(answer.headers))
    if answer.status_code >= 500:
        raise TryLater(f"{_DOING}: Slack answered with status {answer.status_code}")
    return answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", "")

"""What was sent under which key: from memory where this process sent it, else by looking into the channel.

What is done where Slack does not let us look: docs/decisions/0005-unknown-outcome-on-slack.md.
"""

from __future__ import annotations

import logging
from typing import Any

from typing_extensions import override

from adapters.slack.blocks import Json
from adapters.slack.calls import Calls
from adapters.slack.errors import code_of
from drills.errors import OursToFix
from drills.people import MessageRef, Place
from drills.ports.sent import SentKeys

log = logging.getLogger(__name__)

EVENT = "readback"
_NEWEST = 100  # messages looked through; some workspaces get 15 of them, whatever we ask for


def metadata(key: str) -> Json:
    """Goes with a message, unseen, and comes back with the channel's history."""
    return {"event_type": EVENT, "event_payload": {"key": key}}


class Sent(SentKeys):
    """Looks by the metadata of messages: https://docs.slack.dev/messaging/message-metadata"""

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls

    @override
    async def look(self, place: Place, key: str) -> MessageRef | None:
        try:
            messages = await self._newest(place)
        except OursToFix as fault:
            if code_of(fault.__cause__) != "missing_scope":
                raise
            log.warning("a message may have been posted and is posted again: %s", fault)
            return None
        return next((MessageRef(place, message["ts"]) for message in messages if _key(message) == key), None)

    async def _newest(self, place: Place) -> list[dict[str, Any]]:
        body: Json = {"channel": place.channel, "limit": _NEWEST, "include_all_metadata": True}
        method = "conversations.history"
        if place.thread:
            method, body = "conversations.replies", {**body, "ts": place.thread}
        return list((await self._calls.call(place.workspace, method, body)).get("messages") or ())


def _key(message: dict[str, Any]) -> str | None:
    found = message.get("metadata") or {}
    return (found.get("event_payload") or {}).get("key") if found.get("event_type") == EVENT else None

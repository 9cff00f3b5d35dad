"""What was sent under which key: from memory where this process sent it, else by looking into the channel.

What is done where Slack does not let us look: docs/decisions/0005-unknown-outcome-on-slack.md.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import Any, TypeAlias

from adapters.slack.blocks import Json
from adapters.slack.calls import Calls
from adapters.slack.errors import code_of
from drills.errors import OursToFix
from drills.people import MessageRef, PersonRef, Place
from drills.ports import Once

log = logging.getLogger(__name__)

EVENT = "readback"
_NEWEST = 100  # messages looked through; some workspaces get 15 of them, whatever we ask for
_KEPT = 5_000

To: TypeAlias = Place | PersonRef


def metadata(key: str) -> Json:
    """Goes with a message, unseen, and comes back with the channel's history."""
    return {"event_type": EVENT, "event_payload": {"key": key}}


class Sent:
    """The newest keys of this process: which got through as what, and which surely did not."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._done: OrderedDict[tuple[To, str], MessageRef | None] = OrderedDict()

    def note(self, to: To, once: Once, message: MessageRef) -> None:
        self._keep((to, once.key), message)

    def note_failed(self, to: To, once: Once) -> None:
        """It surely did not get through, so the next try need not look."""
        self._keep((to, once.key), None)

    def note_unknown(self, to: To, once: Once) -> None:
        self._done.pop((to, once.key), None)

    def remembered(self, to: To, once: Once) -> MessageRef | None:
        return self._done.get((to, once.key))

    async def find(self, place: Place, once: Once) -> MessageRef | None:
        """What an earlier try put into the channel or thread. None where there is nothing, or nothing can be seen."""
        known = self._done.get((place, once.key))
        if known or not once.again or (place, once.key) in self._done:
            return known
        try:
            messages = await self._newest(place)
        except OursToFix as fault:
            if code_of(fault.__cause__) != "missing_scope":
                raise
            log.warning("a message may have been posted and is posted again: %s", fault)
            return None
        return next((MessageRef(place, message["ts"]) for message in messages if _key(message) == once.key), None)

    async def _newest(self, place: Place) -> list[dict[str, Any]]:
        body: Json = {"channel": place.channel, "limit": _NEWEST, "include_all_metadata": True}
        method = "conversations.history"
        if place.thread:
            method, body = "conversations.replies", {**body, "ts": place.thread}
        return list((await self._calls.call(place.workspace, method, body)).get("messages") or ())

    def _keep(self, key: tuple[To, str], message: MessageRef | None) -> None:
        self._done[key] = message
        self._done.move_to_end(key)
        if len(self._done) > _KEPT:
            self._done.popitem(last=False)


def _key(message: dict[str, Any]) -> str | None:
    found = message.get("metadata") or {}
    return (found.get("event_payload") or {}).get("key") if found.get("event_type") == EVENT else None

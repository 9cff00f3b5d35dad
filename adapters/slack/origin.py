"""Where a modal was opened from: Slack leaves the channel out of a modal's payloads, so it travels with the modal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from drills.attempt import Handle
from drills.people import Place, Workspace


@dataclass(frozen=True, slots=True)
class Origin:
    """`pack` fits in `private_metadata` (3,000 characters): two ids and one address."""

    place: Place
    handle: Handle | None = None

    def pack(self) -> str:
        carried: dict[str, Any] = {"channel": self.place.channel, "thread": self.place.thread}
        if self.handle:
            carried |= {"answer_at": self.handle.value, "until": self.handle.until.timestamp()}
        return json.dumps({name: value for name, value in carried.items() if value}, separators=(",", ":"))

    @classmethod
    def read(cls, workspace: Workspace, packed: str) -> Origin:
        """The inverse of `pack`. A view without any, such as App Home, came from nowhere in particular."""
        carried = _object(packed)
        channel, url = carried.get("channel", ""), carried.get("answer_at")
        handle = Handle(url, datetime.fromtimestamp(carried.get("until", 0), UTC)) if url else None
        return cls(place_of(workspace, channel, carried.get("thread")), handle)


def place_of(workspace: Workspace, channel: str, thread: str | None = None) -> Place:
    """Ids of direct messages begin with D; no channel at all is the person's own page."""
    return Place(workspace, channel, thread, direct=not channel or channel.startswith("D"))


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

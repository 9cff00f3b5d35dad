"""Readback in the browser: the local chat room, and later the dashboard."""

from __future__ import annotations

from adapters import Parts
from adapters.web.room.adapter import RoomAdapter


def build(parts: Parts) -> RoomAdapter | None:
    """The room, when the setting `room` asks for it: it has no sign-in, so nobody gets it by accident."""
    return RoomAdapter(parts) if parts.settings.get("room") else None

"""Readback in Discord: drills in the channel, answers in modals, feedback that only its reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters import Parts

if TYPE_CHECKING:
    from adapters.discord.adapter import DiscordAdapter


def build(parts: Parts) -> DiscordAdapter | None:
    """The adapter, with a bot token. One token serves every server that added the app."""
    if not parts.settings.get("discord_token"):
        return None
    from adapters.discord.adapter import DiscordAdapter  # noqa: PLC0415 - Discord's SDK is slow to import

    return DiscordAdapter(parts)

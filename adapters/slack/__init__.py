"""Readback in Slack: drills in the channel, answers in modals, feedback that only its reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters import Parts

if TYPE_CHECKING:
    from adapters.slack.adapter import SlackAdapter


def build(parts: Parts) -> SlackAdapter | None:
    """The adapter, with a bot token of one's own, or with what an app for many workspaces needs."""
    settings = parts.settings
    if not settings.get("slack_bot_token") and not (
        settings.get("slack_signing_secret") and settings.get("slack_client_id")
    ):
        return None
    from adapters.slack.adapter import SlackAdapter  # noqa: PLC0415 - Slack's SDK is slow to import

    return SlackAdapter(parts)

"""Slack's Web API for one workspace at a time. Whoever asks gets a client and never sees a token."""

from __future__ import annotations

import logging
from typing import Protocol
from urllib.parse import urlsplit

from slack_sdk.web.async_client import AsyncWebClient

from drills.people import Workspace

SLACK_API = "https://slack.com/api/"
TIMEOUT_S = 10


class Clients(Protocol):
    """Which token answers for which workspace."""

    async def of(self, workspace: Workspace) -> AsyncWebClient:
        """Raises CannotReach where the app is not installed (any more)."""
        ...


class OneWorkspace:
    """Implements `Clients` with the one token of a self-hosted bot: whatever comes in is its workspace's."""

    def __init__(self, base: str, token: str) -> None:
        self._client = web_client(base, token)

    async def of(self, workspace: Workspace) -> AsyncWebClient:
        return self._client


def web_client(base: str, token: str | None = None, kind: type[AsyncWebClient] = AsyncWebClient) -> AsyncWebClient:
    """A client that never tries again by itself: who posts must look first, and who opens a modal has no time.

    `base` is the API's address; one on this machine is reached without the proxy that the environment names.
    """
    address = f"{base.rstrip('/')}/"  # without the slash the SDK drops the path's last part
    client = kind(token, base_url=address, timeout=TIMEOUT_S, retry_handlers=[], logger=quiet())
    if is_override(base):
        client.proxy = None
    return client


def is_override(base: str) -> bool:
    """Whether this is a stand-in for Slack. Settings let such a one be on this machine only."""
    return urlsplit(base).hostname != urlsplit(SLACK_API).hostname


def quiet() -> logging.Logger:
    """The logger for Slack's libraries. Below ERROR they print what was sent and received, people's words included."""
    logger = logging.getLogger("slack_sdk.readback")
    logger.setLevel(logging.ERROR)
    return logger
